//! How the present phase has gone: its beginning, the times seen, the longest time without.

use super::{
    file::{DAYS, File, day},
    reference::{FACE_TO_FACE, standards},
};
use brag::{
    case::words::ContactMode,
    schedule::phase::{initial_deadline, longest_gap, phase_start, times_seen},
};

fn released() -> File {
    File::in_custody("2018-11-26", "2019-03-25")
        .rated("2018-12-03", "Blue")
        .rated("2018-12-31", "Red-Amber")
        .contact("2019-02-01", "prison_visit", "attended")
        .seen("2019-03-25")
        .contact("2019-04-03", "home_visit", "attended")
        .seen("2019-04-03")
        .contact("2019-05-20", "telephone", "attended")
}

#[test]
fn a_phase_begins_with_the_sentence_or_the_last_release() {
    let case = released().case();
    assert_eq!(phase_start(&case, day("2018-11-25")), None);
    assert_eq!(phase_start(&case, day("2019-03-24")), Some(day("2018-11-26")));
    assert_eq!(phase_start(&case, day("2019-03-25")), Some(day("2019-03-25")));
}

#[test]
fn times_seen_are_dates_once_each_and_in_order() {
    let case = released().seen("2019-03-28").case();
    let all = times_seen(&case, &FACE_TO_FACE, day("2019-03-25"), day("2019-06-01"));
    assert_eq!(all, [day("2019-03-25"), day("2019-03-28"), day("2019-04-03")]);
    let telephone = times_seen(&case, &[ContactMode::Telephone], day("2019-03-25"), day("2019-06-01"));
    assert_eq!(telephone, [day("2019-05-20")]);
}

#[test]
fn the_longest_gap_runs_to_the_date_or_the_end() {
    let case = released().case();
    assert_eq!(longest_gap(&case, &FACE_TO_FACE, day("2019-04-05")), Some(9));
    assert_eq!(longest_gap(&case, &FACE_TO_FACE, day("2019-06-12")), Some(70));
    let unseen = File::from_to("2019-02-04", "2019-03-04").case();
    assert_eq!(longest_gap(&unseen, &FACE_TO_FACE, day("2019-06-12")), Some(28));
    assert_eq!(longest_gap(&unseen, &FACE_TO_FACE, day("2019-02-01")), None);
}

#[test]
fn the_first_deadline_of_the_phase() {
    let deadline = |file: &File, on: &str| {
        let case = file.case();
        initial_deadline(&case, day(on), None, &standards(&case), &DAYS).unwrap()
    };
    assert_eq!(deadline(&released(), "2019-05-01"), Some(day("2019-03-26")));
    assert_eq!(deadline(&released(), "2019-01-10"), None, "in custody");
    let order = File::starting("2019-02-04").rated("2019-02-12", "Amber").rated("2019-03-04", "Red").seen("2019-02-13");
    assert_eq!(deadline(&order, "2019-03-10"), Some(day("2019-02-11")), "of the tier that was recorded first");
    assert_eq!(deadline(&order, "2019-02-08"), None, "no tier was recorded by then");
}
