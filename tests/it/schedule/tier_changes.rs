//! A tier raised brings the contact forward; a tier lowered clears nothing.

use super::file::{DAYS, File, day, short};
use super::reference;
use brag::schedule::schedule_if_adopted;

/// Amber, seen on Wednesday 20 March 2019: due on 10 April.
fn amber() -> File {
    File::starting("2019-02-04").rated("2019-02-04", "Amber").seen("2019-03-20")
}

/// Red, seen on Monday 1 April 2019: due on 8 April.
fn red() -> File {
    File::starting("2019-02-04").rated("2019-02-04", "Red").seen("2019-04-01")
}

#[test]
fn raised_before_on_and_after_the_due_date() {
    assert_eq!(
        amber().rated("2019-03-22", "Red").contact_on("2019-03-22"),
        "not_due 2019-03-27",
        "last contact and a week"
    );
    assert_eq!(amber().rated("2019-04-01", "Red").contact_on("2019-04-01"), "upcoming 2019-04-03", "time to catch up");
    assert_eq!(amber().rated("2019-04-09", "Red").contact_on("2019-04-09"), "upcoming 2019-04-10", "buys no time");
    assert_eq!(amber().rated("2019-04-10", "Red").contact_on("2019-04-10"), "due 2019-04-10");
    assert_eq!(amber().rated("2019-04-12", "Red").contact_on("2019-04-12"), "overdue by 2 2019-04-10");
}

#[test]
fn raised_before_the_first_contact() {
    let file = File::starting("2019-02-04").rated("2019-02-04", "Green");
    assert_eq!(file.contact_on("2019-02-04"), "upcoming 2019-02-11");
    assert_eq!(file.clone().rated("2019-02-05", "Red").contact_on("2019-02-05"), "upcoming 2019-02-07");
    assert_eq!(file.rated("2019-02-05", "Amber").contact_on("2019-02-05"), "upcoming 2019-02-11");
}

#[test]
fn raised_after_release_before_the_first_contact() {
    let file = File::in_custody("2019-01-10", "2019-06-14").rated("2019-05-01", "Amber").rated("2019-06-14", "Red");
    assert_eq!(file.contact_on("2019-06-14"), "upcoming 2019-06-17");
    let raised = file.rated("2019-06-18", "Red");
    assert_eq!(raised.contact_on("2019-06-18"), "overdue by 1 2019-06-17");
}

#[test]
fn lowered_before_on_and_after_the_due_date() {
    assert_eq!(
        red().rated("2019-04-03", "Amber").contact_on("2019-04-03"),
        "not_due 2019-04-18",
        "22 April is a holiday"
    );
    assert_eq!(red().rated("2019-04-08", "Amber").contact_on("2019-04-08"), "not_due 2019-04-18");
    let late = red().rated("2019-04-09", "Amber");
    assert_eq!(late.contact_on("2019-04-09"), "overdue by 1 2019-04-08");
    assert_eq!(late.contact_on("2019-05-09"), "overdue by 31 2019-04-08", "and goes on being overdue");
}

#[test]
fn lowered_twice_while_overdue_clears_nothing() {
    let file = red().rated("2019-04-09", "Amber").rated("2019-04-10", "Green");
    assert_eq!(file.contact_on("2019-04-10"), "overdue by 2 2019-04-08");
    let why = file.schedule(day("2019-04-10")).contact.why;
    let said = "seen on 1 April 2019, every 7 days; \
                the tier was lowered on 9 April 2019 when it was overdue, which clears nothing";
    assert_eq!(why, said);
}

#[test]
fn lowered_before_the_first_contact_moves_nothing() {
    let file = File::starting("2019-02-04").rated("2019-02-04", "Red").rated("2019-02-05", "Green");
    assert_eq!(file.contact_on("2019-02-05"), "upcoming 2019-02-06");
}

#[test]
fn lowered_and_seen_on_one_day() {
    let file = red().rated("2019-04-10", "Amber").seen("2019-04-10");
    assert_eq!(file.contact_on("2019-04-10"), "not_due 2019-05-01");
}

#[test]
fn raised_and_seen_on_one_day() {
    let file = amber().rated("2019-04-01", "Red").seen("2019-04-01");
    assert_eq!(file.contact_on("2019-04-01"), "not_due 2019-04-08");
}

#[test]
fn a_transfer_deadline_outlives_a_lowered_tier() {
    let binding = red().transferred("2019-04-02").rated("2019-04-03", "Green");
    assert_eq!(binding.contact_on("2019-04-03"), "upcoming 2019-04-09", "though 8 April was due first when it was set");
    let seen = binding.seen("2019-04-04");
    assert_eq!(seen.contact_on("2019-04-04"), "not_due 2019-05-03", "4 May is a Saturday");
}

#[test]
fn up_and_down_within_three_days_makes_no_past_date() {
    let file = File::starting("2019-11-01").rated("2019-11-01", "Green").seen("2019-11-15");
    let file = file.rated("2019-12-08", "Red").rated("2019-12-10", "Red-Amber");
    assert_eq!(file.contact_on("2019-12-10"), "due 2019-12-10");
    assert_eq!(file.contact_on("2019-12-11"), "overdue by 1 2019-12-10");
}

#[test]
fn of_two_ratings_on_one_date_the_later_in_the_list_wins() {
    let file = amber().rated("2019-04-01", "Red").rated("2019-04-01", "Amber");
    assert_eq!(file.contact_on("2019-04-01"), "not_due 2019-04-10", "as if it had not been raised");
    let file = amber().rated("2019-04-01", "Amber").rated("2019-04-01", "Red");
    assert_eq!(file.contact_on("2019-04-01"), "upcoming 2019-04-03");
}

#[test]
fn the_same_tier_again_and_blue_move_nothing() {
    for tier in ["Amber", "Blue", "Grey"] {
        assert_eq!(amber().rated("2019-04-08", tier).contact_on("2019-04-08"), "upcoming 2019-04-10");
    }
}

#[test]
fn a_tier_if_it_were_adopted_today() {
    let case = amber().case();
    let standards = reference::standards(&case);
    let adopted = |tier| schedule_if_adopted(&case, day("2019-04-01"), tier, &standards, &DAYS).unwrap();
    assert_eq!(short(&adopted("Red").contact), "upcoming 2019-04-03");
    assert_eq!(short(&adopted("Red").review), "not_due 2019-05-13 six_weekly");
    assert_eq!(short(&adopted("Green").contact), "not_due 2019-04-18", "20 April is a Saturday, the 19th Good Friday");
    assert_eq!(amber().contact_on("2019-04-01"), "not_due 2019-04-10", "the record itself is as it was");
}

#[test]
fn the_reason_is_one_line_of_words() {
    let why = |file: File, on: &str| file.schedule(day(on)).contact.why;
    assert_eq!(why(amber(), "2019-03-20"), "seen on 20 March 2019, every 21 days");
    let moved = File::starting("2019-02-04").rated("2019-02-04", "Amber").seen("2019-04-01");
    assert_eq!(why(moved, "2019-04-01"), "seen on 1 April 2019, every 21 days; 22 April 2019 is a bank holiday");
    let first = File::starting("2019-02-04").rated("2019-02-04", "Red");
    assert_eq!(why(first, "2019-02-04"), "started on 4 February 2019, due within 2 working days");
    let raised = amber().rated("2019-04-01", "Red");
    assert_eq!(why(raised, "2019-04-01"), "tier raised on 1 April 2019, due within 2 working days");
    let ends = File::from_to("2019-02-04", "2019-04-05").rated("2019-02-04", "Amber").seen("2019-03-20");
    let said = "supervision ends on 5 April 2019, before 10 April 2019: seen on 20 March 2019, every 21 days";
    assert_eq!(why(ends, "2019-03-21"), said);
}

#[test]
fn an_answer_in_json() {
    let json = serde_json::to_string(&amber().schedule(day("2019-04-12"))).unwrap();
    let expected = concat!(
        r#"{"contact":{"due":"2019-04-10","state":"overdue","days_overdue":2,"#,
        r#""why":"seen on 20 March 2019, every 21 days"},"#,
        r#""review":{"due":"2019-03-18","state":"overdue","days_overdue":25,"kind":"six_weekly","#,
        r#""why":"rated on 4 February 2019, every 42 days"}}"#
    );
    assert_eq!(json, expected);
}
