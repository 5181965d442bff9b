//! Today is the day where the user is.

use crate::program::Program;
use brag::calendar::day_of;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

fn day(moment: &str, zone: &str) -> String {
    day_of(moment.parse().unwrap(), &TimeZone::get(zone).unwrap()).to_string()
}

/// Half past midnight of summer time is still yesterday by universal time; in winter the two are one.
#[test]
fn half_an_hour_past_midnight_in_britain() {
    assert_eq!(day("2026-06-14T23:30:00Z", "Europe/London"), "2026-06-15");
    assert_eq!(day("2026-06-14T22:59:59Z", "Europe/London"), "2026-06-14");
    assert_eq!(day("2026-06-14T23:30:00Z", "UTC"), "2026-06-14");
    assert_eq!(day("2026-01-15T00:30:00Z", "Europe/London"), "2026-01-15");
    assert_eq!(day("2026-01-14T23:30:00Z", "Europe/London"), "2026-01-14");
    // The nights in which clocks change.
    assert_eq!(day("2026-03-29T00:30:00Z", "Europe/London"), "2026-03-29");
    assert_eq!(day("2026-10-24T23:30:00Z", "Europe/London"), "2026-10-25");
    assert_eq!(day("2026-10-25T23:30:00Z", "Europe/London"), "2026-10-25");
}

/// Two days at one moment, on both sides of the line; and where a day was left out to change sides.
#[test]
fn on_the_date_line() {
    assert_eq!(day("2026-06-15T10:30:00Z", "Pacific/Kiritimati"), "2026-06-16");
    assert_eq!(day("2026-06-15T10:30:00Z", "Pacific/Niue"), "2026-06-14");
    assert_eq!(day("2026-06-15T10:30:00Z", "Pacific/Auckland"), "2026-06-15");
    assert_eq!(day("2011-12-30T09:59:59Z", "Pacific/Apia"), "2011-12-29");
    assert_eq!(day("2011-12-30T10:00:00Z", "Pacific/Apia"), "2011-12-31");
}

/// The date of an answer to a case that has none.
fn answered(program: &Program, arguments: &str) -> Date {
    let ran = program.run(&format!("assess c.yaml --format json {arguments}"));
    assert_eq!(ran.code, 0, "{}", ran.whole());
    ran.json()["assessed_on"].as_str().unwrap().parse().unwrap()
}

fn program() -> Program {
    Program::new().file("c.yaml", "crn: X1\nactive_event: false\n")
}

/// Never the same day in these two: the clock may go on while the program runs, and not by a day.
#[test]
fn where_the_user_is_can_be_said() {
    for zone in ["Pacific/Kiritimati", "Etc/GMT+12", "Europe/London", "UTC", "<+14>-14"] {
        let known = TimeZone::get(zone).or_else(|_| TimeZone::posix(zone)).unwrap();
        let today = || day_of(Timestamp::now(), &known);
        for said in ["option", "variable", "TZ", "both"] {
            let (program, option) = match said {
                "option" => (program(), format!("--tz {zone}")),
                "variable" => (program().variable("BRAG_TZ", zone), String::new()),
                "TZ" => (program().variable("TZ", zone), String::new()),
                _ => (program().variable("TZ", "Pacific/Niue"), format!("--tz {zone}")),
            };
            let before = today();
            let on = answered(&program, &option);
            assert!((before..=today()).contains(&on), "{zone} by {said}: {on}");
        }
    }
    let days = ["--tz Pacific/Kiritimati", "--tz Etc/GMT+12"].map(|option| answered(&program(), option));
    assert!(days[0] > days[1], "{days:?}");
    // A date that is given is that date everywhere.
    assert_eq!(answered(&program(), "--tz Pacific/Kiritimati --on 2026-06-15").to_string(), "2026-06-15");
}

#[test]
fn a_time_zone_that_there_is_not_is_an_error() {
    let ran = program().run("assess c.yaml --tz Europe/Londn");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("expected a time zone such as Europe/London"), "{}", ran.stderr);
    let wrong = program().variable("TZ", "Europe/Londn");
    let ran = wrong.run("assess c.yaml");
    assert_eq!(ran.code, 3);
    assert_eq!(
        ran.stderr,
        "  × TZ: names no time zone that is known\n  help: set it to a name such as Europe/London, or say `--tz` or `--on`\n"
    );
    let row = wrong.run("assess c.yaml --format csv").stdout;
    assert!(row.trim_end().ends_with(",TZ: names no time zone that is known"), "the case file is not to blame: {row}");
    // Nobody asks for today where a date is given.
    assert_eq!(wrong.run("assess c.yaml --on 2026-06-15").code, 0);
    assert_eq!(wrong.run("assess c.yaml --tz Europe/London").code, 0);
}
