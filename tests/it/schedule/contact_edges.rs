//! The next contact at the edges of the record: phases, suspensions, transfers, the end, and odd days of the calendar.

use super::{
    file::{DAYS, File, day, short},
    reference,
};
use brag::{
    case::words::ContactMode,
    language::standard::Unit,
    schedule::{Standards, schedule},
};

fn amber() -> File {
    File::starting("2019-02-04").rated("2019-02-04", "Amber")
}

fn red() -> File {
    File::starting("2019-02-04").rated("2019-02-04", "Red")
}

#[test]
fn release_begins_a_new_phase_with_one_working_day() {
    let file = amber().seen("2019-02-18").custody("2019-02-25", "2019-03-06");
    assert_eq!(file.contact_on("2019-03-01"), "none", "in custody");
    assert_eq!(file.contact_on("2019-03-06"), "upcoming 2019-03-07");
    assert_eq!(file.contact_on("2019-03-08"), "overdue by 1 2019-03-07");
    let seen_on_the_day = file.seen("2019-03-06");
    assert_eq!(seen_on_the_day.contact_on("2019-03-06"), "not_due 2019-03-27");
}

#[test]
fn release_on_a_bank_holiday_counts_from_the_holiday() {
    let file = File::in_custody("2019-01-10", "2019-04-22").rated("2019-04-22", "Red");
    assert_eq!(file.contact_on("2019-04-22"), "upcoming 2019-04-23");
}

#[test]
fn the_tier_before_release_holds_after_it() {
    let file = red().custody("2019-02-25", "2019-06-10").rated("2019-03-25", "Amber");
    assert_eq!(file.contact_on("2019-06-10"), "upcoming 2019-06-11");
    assert_eq!(file.seen("2019-06-11").contact_on("2019-06-11"), "not_due 2019-07-02");
}

#[test]
fn release_with_no_tier_but_blue_is_still_one_working_day() {
    let file = File::in_custody("2019-01-10", "2019-06-14").rated("2019-01-10", "Blue");
    assert_eq!(file.contact_on("2019-06-19"), "overdue by 2 2019-06-17");
}

#[test]
fn periods_in_custody_that_touch_are_one() {
    let file = red().custody("2019-03-04", "2019-03-20").custody("2019-03-20", "2019-04-02");
    assert_eq!(file.contact_on("2019-03-20"), "none");
    assert_eq!(file.contact_on("2019-04-02"), "upcoming 2019-04-03");
}

#[test]
fn remand_before_the_sentence_is_no_phase_of_it() {
    let file = red().custody("2018-12-03", "2018-12-17");
    assert_eq!(file.contact_on("2018-12-20"), "none");
    assert_eq!(file.contact_on("2019-02-04"), "upcoming 2019-02-06");
}

#[test]
fn release_from_remand_on_the_day_of_sentence_is_a_release() {
    let file = amber().custody("2019-01-07", "2019-02-04");
    assert_eq!(file.contact_on("2019-02-04"), "upcoming 2019-02-05");
}

#[test]
fn iom_goes_on_in_custody_and_out_again() {
    let file = red().with("iom: true").seen("2019-03-04").custody("2019-03-11", "2019-05-10");
    assert_eq!(file.contact_on("2019-03-12"), "not_due 2019-04-08");
    let phoned = file.clone().contact("2019-03-20", "telephone", "attended").seen("2019-03-20");
    assert_eq!(phoned.contact_on("2019-03-21"), "not_due 2019-04-08", "neither by telephone nor at an office");
    let visited = phoned.contact("2019-04-02", "video", "attended");
    assert_eq!(visited.contact_on("2019-04-03"), "not_due 2019-04-30");
    assert_eq!(visited.contact_on("2019-05-10"), "upcoming 2019-05-13", "contacts in custody do not carry over");
}

#[test]
fn a_transfer_shortens_and_never_lengthens() {
    let file = amber().seen("2019-02-18");
    assert_eq!(file.clone().transferred("2019-03-07").contact_on("2019-03-08"), "upcoming 2019-03-11");
    let twice = file.transferred("2019-02-20").transferred("2019-02-22");
    assert_eq!(twice.contact_on("2019-02-22"), "upcoming 2019-02-27", "the first of two transfers binds");
    assert_eq!(twice.seen("2019-02-26").contact_on("2019-02-26"), "not_due 2019-03-19");
}

#[test]
fn a_contact_on_the_day_of_a_transfer_does_not_discharge_it() {
    let file = amber().seen("2019-02-20").transferred("2019-02-20");
    assert_eq!(file.contact_on("2019-02-20"), "upcoming 2019-02-27");
}

#[test]
fn a_transfer_in_custody_asks_for_nothing() {
    let file = amber().custody("2019-02-25", "").transferred("2019-03-01");
    assert_eq!(file.contact_on("2019-03-11"), "none");
}

#[test]
fn only_evidence_suspends() {
    let file = red().seen("2019-02-18");
    let without = file.clone().status("absconded", "2019-02-20", "", false);
    assert_eq!(without.contact_on("2019-02-27"), "overdue by 2 2019-02-25");
    let hospital = file.clone().status("hospital", "2019-02-20", "", true);
    assert_eq!(hospital.contact_on("2019-02-27"), "overdue by 2 2019-02-25", "no reason the definitions know");
    let with = file.status("absconded", "2019-02-20", "", true);
    assert_eq!(with.contact_on("2019-02-19"), "not_due 2019-02-25");
    assert_eq!(with.contact_on("2019-02-27"), "suspended");
}

#[test]
fn what_was_missed_before_a_suspension_stays_on_the_record() {
    let file = red().seen("2019-02-18").status("unlawfully_at_large", "2019-02-27", "", true);
    let why = file.schedule(day("2019-03-04")).contact.why;
    let said = "unlawfully at large since 27 February 2019, with evidence; \
                the contact due on 25 February 2019 had been missed";
    assert_eq!(why, said);
}

#[test]
fn a_return_begins_a_new_phase_with_one_working_day() {
    let file = red().seen("2019-02-18").status("absconded", "2019-02-20", "2019-03-04", true);
    assert_eq!(file.contact_on("2019-03-04"), "upcoming 2019-03-05");
    let seen_while_away = file.clone().seen("2019-02-27");
    assert_eq!(seen_while_away.contact_on("2019-03-04"), "upcoming 2019-03-05");
    let lowered_while_away = file.clone().rated("2019-02-25", "Green");
    assert_eq!(lowered_while_away.contact_on("2019-03-04"), "upcoming 2019-03-05");
    assert_eq!(lowered_while_away.seen("2019-03-05").contact_on("2019-03-05"), "not_due 2019-04-05");
    let raised_while_away = amber().status("absconded", "2019-02-20", "2019-03-04", true).rated("2019-02-25", "Red");
    assert_eq!(raised_while_away.contact_on("2019-03-04"), "upcoming 2019-03-05");
}

#[test]
fn suspensions_that_overlap_are_one() {
    let file = red().status("absconded", "2019-02-20", "2019-03-04", true).status(
        "suspended",
        "2019-03-01",
        "2019-03-11",
        true,
    );
    assert_eq!(file.contact_on("2019-03-04"), "suspended");
    assert_eq!(file.contact_on("2019-03-11"), "upcoming 2019-03-12");
}

#[test]
fn somebody_taken_into_custody_is_no_longer_at_large() {
    let file = red().status("absconded", "2019-02-20", "", true).custody("2019-04-01", "2019-05-10");
    assert_eq!(file.contact_on("2019-03-29"), "suspended");
    assert_eq!(file.contact_on("2019-04-01"), "none");
    assert_eq!(file.contact_on("2019-05-14"), "overdue by 1 2019-05-13");
}

#[test]
fn the_end_comes_first_or_last() {
    let file = |end| File::from_to("2019-02-04", end).rated("2019-02-04", "Amber").seen("2019-02-18");
    assert_eq!(file("2019-03-08").contact_on("2019-02-19"), "ends_first");
    assert_eq!(file("2019-03-10").contact_on("2019-02-19"), "ends_first", "the end is a Sunday");
    assert_eq!(file("2019-03-11").contact_on("2019-02-19"), "not_due 2019-03-11");
    assert_eq!(file("2019-03-11").contact_on("2019-03-11"), "due 2019-03-11", "the last day counts");
    assert_eq!(file("2019-03-11").contact_on("2019-03-12"), "none");
    assert_eq!(file("2019-06-28").contact_on("2019-03-12"), "overdue by 1 2019-03-11", "extended by the court");
}

#[test]
fn a_termination_counts_from_its_own_date() {
    let line =
        "sentence: {type: community_order, starts_on: 2019-02-04, ends_on: 2019-12-01, terminated_on: 2019-03-01}";
    let file = File::default().with(line).rated("2019-02-04", "Amber").seen("2019-02-18");
    assert_eq!(file.contact_on("2019-02-28"), "not_due 2019-03-11");
    assert_eq!(file.contact_on("2019-03-01"), "ends_first");
    assert_eq!(file.contact_on("2019-03-02"), "none");
}

#[test]
fn another_sentence_keeps_supervision_going() {
    let file = File::from_to("2019-02-04", "2019-03-08").rated("2019-02-04", "Amber").seen("2019-02-18");
    let file = file.with("other_sentences: [{type: community_order, starts_on: 2019-02-25, ends_on: 2020-02-24}]");
    assert_eq!(file.contact_on("2019-03-12"), "overdue by 1 2019-03-11");
}

#[test]
fn before_and_on_the_first_day() {
    assert_eq!(red().contact_on("2019-02-01"), "none");
    assert_eq!(red().schedule(day("2019-02-01")).contact.why, "supervision starts on 4 February 2019");
    assert_eq!(red().contact_on("2019-02-04"), "upcoming 2019-02-06");
    assert_eq!(red().seen("2019-02-04").contact_on("2019-02-04"), "not_due 2019-02-11");
    assert_eq!(red().seen("2019-02-01").contact_on("2019-02-04"), "upcoming 2019-02-06", "seen before the start");
}

#[test]
fn a_case_without_a_tier_says_so() {
    let file = File::starting("2019-02-04");
    assert_eq!(file.contact_on("2019-02-20"), "none");
    assert_eq!(file.schedule(day("2019-02-20")).contact.why, "no tier is recorded that asks for contact");
    let later = file.rated("2019-02-12", "Amber");
    assert_eq!(later.contact_on("2019-02-11"), "none", "what is recorded later is not known yet");
    assert_eq!(
        later.contact_on("2019-02-12"),
        "overdue by 1 2019-02-11",
        "the first tier after the start holds from it"
    );
}

#[test]
fn month_ends_leap_days_and_moved_holidays() {
    let due = |tier, seen: &str| {
        File::starting(seen).rated(seen, tier).seen(seen).schedule(day(seen)).contact.due.unwrap().to_string()
    };
    assert_eq!(due("Green", "2019-01-31"), "2019-02-28");
    assert_eq!(due("Green", "2019-02-28"), "2019-03-28", "the day number does not drift back up");
    assert_eq!(due("Green", "2020-01-31"), "2020-02-28", "29 February 2020 is a Saturday");
    assert_eq!(due("Green", "2024-01-31"), "2024-02-29");
    assert_eq!(due("Green", "2020-02-29"), "2020-03-27", "29 March 2020 is a Sunday");
    assert_eq!(due("Red", "2018-12-19"), "2018-12-24");
    assert_eq!(due("Red", "2018-12-25"), "2018-12-31");
    assert_eq!(due("Red", "2022-05-27"), "2022-06-01", "the spring holiday of 2022 moved, and one was added");
    assert_eq!(due("Red", "2022-09-12"), "2022-09-16", "a holiday for one year");
    assert_eq!(due("Amber", "2019-02-16"), "2019-03-08", "21 days after a Saturday");
}

#[test]
fn what_does_not_count_changes_nothing() {
    let file = red().seen("2019-02-18");
    let missed = ["acceptable_absence", "unacceptable_absence", "rearranged", "planned"];
    for outcome in missed {
        assert_eq!(
            file.clone().contact("2019-02-21", "office", outcome).contact_on("2019-02-22"),
            "upcoming 2019-02-25"
        );
    }
    for mode in ["telephone", "video", "letter", "group", "prison_visit"] {
        assert_eq!(
            file.clone().contact("2019-02-21", mode, "attended").contact_on("2019-02-22"),
            "upcoming 2019-02-25"
        );
    }
    for with in ["duty_officer", "upw_supervisor", "group_facilitator", "partner_agency"] {
        let other = file.clone().contact_with("2019-02-21", "office", "attended", with);
        assert_eq!(other.contact_on("2019-02-22"), "upcoming 2019-02-25");
    }
    let designated = file.contact_with("2019-02-21", "community_hub", "attended", "designated_case_manager");
    assert_eq!(designated.contact_on("2019-02-22"), "not_due 2019-02-28");
}

#[test]
fn a_hub_case_may_be_telephoned() {
    let sentence =
        "sentence: {type: community_order, starts_on: 2019-02-04, requirements: [{type: unpaid_work, hours: 60}]}";
    let hub = |rosh| {
        let file = File::default().with(sentence).with(&format!("oasys: {{rosh: {rosh}}}"));
        file.with("supervision: {managed_from: operational_hub}").rated("2019-02-04", "Green")
    };
    assert_eq!(hub("low").contact_on("2019-02-04"), "upcoming 2019-02-11");
    let phoned = hub("low").contact("2019-02-08", "telephone", "attended");
    assert_eq!(phoned.contact_on("2019-02-08"), "not_due 2019-03-22");
    let medium = hub("medium").contact("2019-02-08", "telephone", "attended");
    assert_eq!(medium.contact_on("2019-02-12"), "overdue by 1 2019-02-11");
    assert_eq!(
        phoned.rated("2019-03-04", "Amber").contact_on("2019-03-04"),
        "upcoming 2019-03-06",
        "raised out of the hub"
    );
}

/// The reference standards with others for Red.
fn with_red(file: &File, change: impl FnOnce(&mut Standards)) -> Standards {
    let mut standards = reference::standards(&file.case());
    change(&mut standards);
    standards
}

fn due_with(file: &File, on: &str, standards: &Standards) -> String {
    short(&schedule(&file.case(), day(on), standards, &DAYS).unwrap().contact)
}

#[test]
fn two_contacts_a_month_and_one_a_day_counts() {
    let twice = |standards: &mut Standards| {
        let mut standard = reference::every(1, Unit::Month, 5, 3);
        standard.times = 2;
        standards.tiers[3].community = vec![standard].into();
    };
    let once = red().seen("2019-02-06");
    let standards = with_red(&once, twice);
    assert_eq!(due_with(&once, "2019-02-06", &standards), "not_due 2019-03-04", "one of two, counted from the start");
    let one_day = once.clone().contact("2019-02-06", "home_visit", "attended");
    assert_eq!(due_with(&one_day, "2019-02-06", &standards), "not_due 2019-03-04");
    let two = once.seen("2019-02-20");
    assert_eq!(due_with(&two, "2019-02-20", &standards), "not_due 2019-03-06", "counted from the second last");
    let why = schedule(&two.case(), day("2019-02-20"), &standards, &DAYS).unwrap().contact.why;
    assert_eq!(why, "seen on 6 February 2019, 2 contacts every month");
}

#[test]
fn of_several_standards_the_earliest_is_due() {
    let and_at_home = |standards: &mut Standards| {
        let mut home = reference::every(28, Unit::Day, 20, 5);
        (home.mode, home.accepts) = ("home_visit".to_owned(), vec![ContactMode::HomeVisit]);
        std::sync::Arc::make_mut(&mut standards.tiers[3].community).push(home);
    };
    let file = red().seen("2019-02-11").seen("2019-02-18").seen("2019-02-25").seen("2019-03-04");
    let standards = with_red(&file, and_at_home);
    assert_eq!(due_with(&file, "2019-03-04", &standards), "due 2019-03-04", "20 working days for a visit at home");
    let visited = file.clone().contact("2019-03-04", "home_visit", "attended");
    assert_eq!(due_with(&visited, "2019-03-04", &standards), "not_due 2019-03-11");
    let lowered = file.rated("2019-03-06", "Amber");
    assert_eq!(
        due_with(&lowered, "2019-03-06", &standards),
        "overdue by 2 2019-03-04",
        "an overdue visit stays overdue"
    );
    let made_good = lowered.contact("2019-03-07", "home_visit", "attended");
    assert_eq!(due_with(&made_good, "2019-03-07", &standards), "not_due 2019-03-28");
}

#[test]
fn grace_is_not_overdue_and_ends() {
    let file = red().seen("2019-02-18");
    let standards = with_red(&file, |standards| standards.rules.grace_days = 2);
    assert_eq!(due_with(&file, "2019-02-27", &standards), "in_grace 2019-02-25");
    assert_eq!(due_with(&file, "2019-02-28", &standards), "overdue by 3 2019-02-25");
}

#[test]
fn a_sentence_older_than_the_calendar_is_answered_when_the_answer_is_inside_it() {
    let file = File::starting("1998-05-05").rated("1998-05-05", "Amber");
    let case = file.case();
    let answer = schedule(&case, day("2019-03-01"), &reference::standards(&case), &DAYS);
    assert_eq!(
        answer.unwrap_err().to_string(),
        "6 May 1998 is outside the calendar of bank holidays, which has the years 2010 to 2040"
    );
    let file = file.seen("1998-05-06").seen("2019-02-18").rated("2019-02-18", "Amber");
    assert_eq!(file.contact_on("2019-03-01"), "not_due 2019-03-11");
}

#[test]
fn a_due_date_beyond_the_calendar_is_an_error() {
    let case = File::starting("2040-12-03").rated("2040-12-03", "Amber").seen("2040-12-20").case();
    let answer = schedule(&case, day("2040-12-21"), &reference::standards(&case), &DAYS);
    assert_eq!(answer.unwrap_err().first, 2010);
}

#[test]
fn who_is_back_from_a_suspension_in_custody_is_there_since_it_began() {
    let file = amber().custody("2019-03-20", "").status("suspended", "2019-04-20", "2019-04-25", true);
    let why = file.schedule(day("2019-05-20")).contact.why;
    assert_eq!(why, "in custody since 20 March 2019, where the policy asks for no contact");
}
