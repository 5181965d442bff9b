//! The next review: regular, at once after an event, before and after release.

use super::file::{File, day};

/// In the community since 4 February 2019, rated on that day: reviewed by 18 March.
fn rated() -> File {
    File::starting("2019-02-04").rated("2019-02-04", "Amber")
}

/// In custody since 5 November 2018.
fn in_custody() -> File {
    File::in_custody("2018-11-05", "").rated("2018-11-12", "Blue")
}

#[test]
fn the_first_rating_then_every_six_weeks() {
    let file = File::starting("2019-03-04");
    assert_eq!(file.review_on("2019-03-04"), "not_due 2019-03-25 initial");
    assert_eq!(file.review_on("2019-03-26"), "overdue by 1 2019-03-25 initial");
    let file = file.rated("2019-03-11", "Green");
    assert_eq!(file.review_on("2019-03-11"), "not_due 2019-04-18 six_weekly", "22 April is Easter Monday");
    assert_eq!(file.clone().rated("2019-03-01", "Red").review_on("2019-03-11"), "not_due 2019-04-18 six_weekly");
    assert_eq!(file.rated("2019-03-20", "Blue").review_on("2019-03-20"), "not_due 2019-05-01 six_weekly");
    assert_eq!(
        File::starting("2019-03-04").rated("2019-03-01", "Red").review_on("2019-03-04"),
        "not_due 2019-03-25 initial"
    );
}

#[test]
fn the_window_opens_a_week_before() {
    assert_eq!(rated().review_on("2019-03-10"), "not_due 2019-03-18 six_weekly");
    assert_eq!(rated().review_on("2019-03-11"), "upcoming 2019-03-18 six_weekly");
    assert_eq!(rated().review_on("2019-03-18"), "due 2019-03-18 six_weekly");
}

#[test]
fn an_event_asks_for_a_review_at_once() {
    let file = rated().event("2019-02-20").event("2019-02-25");
    assert_eq!(file.review_on("2019-02-19"), "not_due 2019-03-18 six_weekly", "not known yet");
    assert_eq!(file.review_on("2019-02-20"), "upcoming 2019-02-21 triggered");
    assert_eq!(file.review_on("2019-02-26"), "overdue by 5 2019-02-21 triggered", "the first of two");
    let between = file.clone().rated("2019-02-22", "Amber");
    assert_eq!(
        between.review_on("2019-02-25"),
        "upcoming 2019-02-26 triggered",
        "a rating answers what came before it"
    );
    let after = file.rated("2019-02-25", "Amber");
    assert_eq!(after.review_on("2019-02-26"), "not_due 2019-04-08 six_weekly", "also on the same day");
}

#[test]
fn an_event_puts_nothing_off() {
    let file = rated().event("2019-03-20");
    assert_eq!(file.review_on("2019-03-20"), "overdue by 2 2019-03-18 six_weekly");
}

#[test]
fn an_event_that_is_not_significant_or_in_custody_asks_for_nothing() {
    assert_eq!(rated().quiet_event("2019-02-20").review_on("2019-02-26"), "not_due 2019-03-18 six_weekly");
    let file = in_custody().event("2019-01-15").release("2019-07-12", "2018-11-05");
    assert_eq!(file.review_on("2019-01-16"), "not_due 2019-04-18 pre_release");
}

#[test]
fn twelve_weeks_before_release() {
    let file = in_custody().release("2019-07-12", "2018-11-05");
    assert_eq!(file.review_on("2019-04-03"), "not_due 2019-04-18 pre_release");
    assert_eq!(file.review_on("2019-04-04"), "upcoming 2019-04-18 pre_release", "two weeks before");
    let why = file.schedule(day("2019-04-03")).review.why;
    assert_eq!(why, "release on 12 July 2019, an assessment 84 days before; 19 April 2019 is a bank holiday");
    assert_eq!(
        file.clone().rated("2019-04-03", "Amber").review_on("2019-04-25"),
        "overdue by 7 2019-04-18 pre_release"
    );
    assert_eq!(file.clone().rated("2019-04-04", "Amber").review_on("2019-04-25"), "none", "from 14 days before");
    assert_eq!(file.clone().rated("2019-04-04", "Blue").review_on("2019-04-19"), "overdue by 1 2019-04-18 pre_release");
    assert_eq!(file.rated("2019-05-02", "Red").review_on("2019-05-02"), "none", "late and done");
}

#[test]
fn a_release_known_late_gives_five_working_days() {
    let brought_forward = in_custody().release("2019-06-28", "2019-05-01");
    assert_eq!(brought_forward.review_on("2019-04-30"), "none", "not known yet");
    assert_eq!(brought_forward.review_on("2019-05-01"), "upcoming 2019-05-09 pre_release");
    let short = File::in_custody("2019-03-04", "").release("2019-05-03", "2019-03-04");
    assert_eq!(short.review_on("2019-03-04"), "upcoming 2019-03-11 pre_release", "sixty days in all");
    let unsaid = File::in_custody("2019-03-04", "").with("release: {date: 2019-05-03}");
    assert_eq!(unsaid.review_on("2019-03-04"), "upcoming 2019-03-11 pre_release", "known no earlier than custody");
    let sunday = File::in_custody("2019-03-04", "").release("2019-06-09", "2019-03-17");
    assert_eq!(sunday.review_on("2019-03-17"), "upcoming 2019-03-22 pre_release", "84 days before is that Sunday");
}

#[test]
fn a_release_put_back_asks_again() {
    let early = in_custody().rated("2019-03-12", "Amber");
    assert_eq!(early.clone().release("2019-06-10", "2018-11-05").review_on("2019-03-20"), "none");
    assert_eq!(early.release("2019-09-02", "2019-05-01").review_on("2019-05-28"), "upcoming 2019-06-10 pre_release");
}

#[test]
fn a_recall_has_its_own_release() {
    let recalled =
        |days_to| rated().rated("2019-05-28", "Red").custody("2019-06-03", "").release(days_to, "2019-06-03");
    assert_eq!(recalled("2019-06-17").review_on("2019-06-03"), "upcoming 2019-06-10 pre_release", "14 days");
    assert_eq!(recalled("2019-07-01").review_on("2019-06-11"), "overdue by 1 2019-06-10 pre_release", "28 days");
    let standard = rated().custody("2019-06-03", "");
    assert_eq!(standard.review_on("2019-06-20"), "none");
    let why = standard.schedule(day("2019-06-20")).review.why;
    assert_eq!(why, "in custody since 3 June 2019, release date not known");
    let old_date = rated().custody("2019-06-03", "").release("2019-04-01", "2018-11-05");
    assert_eq!(old_date.review_on("2019-06-20"), "none", "the date is of an earlier release");
}

#[test]
fn iom_in_custody_has_no_six_weekly_review() {
    let file = File::in_custody("2019-01-07", "").with("iom: true").rated("2019-01-14", "Red");
    let file = file.release("2019-09-02", "2019-01-07");
    assert_eq!(file.review_on("2019-03-20"), "not_due 2019-06-10 pre_release");
}

#[test]
fn six_weeks_after_release_whatever_was_done_before() {
    let file = File::in_custody("2019-01-10", "2019-06-14").rated("2019-03-18", "Amber");
    assert_eq!(file.review_on("2019-06-13"), "none");
    assert_eq!(file.review_on("2019-06-14"), "not_due 2019-07-26 release");
    assert_eq!(file.rated("2019-06-20", "Amber").review_on("2019-06-20"), "not_due 2019-08-01 six_weekly");
}

#[test]
fn an_event_before_custody_waits_for_a_rating() {
    let file = rated().event("2019-03-04").custody("2019-03-05", "2019-04-01");
    assert_eq!(file.review_on("2019-04-01"), "overdue by 27 2019-03-05 triggered");
    assert_eq!(file.rated("2019-03-06", "Blue").review_on("2019-04-01"), "not_due 2019-05-13 release");
}

#[test]
fn a_transfer_brings_the_review_forward() {
    assert_eq!(rated().transferred("2019-02-20").review_on("2019-02-20"), "upcoming 2019-02-27 transfer");
    assert_eq!(rated().transferred("2019-03-14").review_on("2019-03-14"), "upcoming 2019-03-18 six_weekly");
    let twice = rated().transferred("2019-02-20").transferred("2019-02-22");
    assert_eq!(twice.review_on("2019-02-22"), "upcoming 2019-02-27 transfer");
    assert_eq!(twice.rated("2019-02-26", "Amber").review_on("2019-02-26"), "not_due 2019-04-09 six_weekly");
    let in_custody = in_custody().release("2019-07-12", "2018-11-05").transferred("2019-02-20");
    assert_eq!(in_custody.review_on("2019-02-20"), "not_due 2019-04-18 pre_release");
}

#[test]
fn a_suspension_does_not_stop_the_review() {
    let file = rated().status("absconded", "2019-02-20", "", true);
    assert_eq!(file.review_on("2019-03-20"), "overdue by 2 2019-03-18 six_weekly");
}

#[test]
fn the_end_comes_first_or_last() {
    let file = |end| File::from_to("2019-02-04", end).rated("2019-02-04", "Amber");
    assert_eq!(file("2019-03-17").review_on("2019-03-01"), "ends_first", "the end is a Sunday");
    assert_eq!(file("2019-03-18").review_on("2019-03-18"), "due 2019-03-18 six_weekly");
    assert_eq!(file("2019-03-18").review_on("2019-03-19"), "none");
    assert_eq!(file("2019-03-18").schedule(day("2019-03-19")).review.why, "supervision ended on 18 March 2019");
    assert_eq!(file("2019-03-18").review_on("2019-02-01"), "none", "before the start");
}
