//! The calendar file, read back with a parser that did not write it.

use brag::report::ics::{Obligation, ObligationKind, calendar};
use calcard::{
    common::PartialDateTime,
    icalendar::{
        ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty, ICalendarValue, ICalendarValueType,
    },
};
use jiff::civil::{Date, date};

const ON: Date = date(2019, 4, 23);

fn obligation(crn: &str, kind: ObligationKind, due: Date) -> Obligation {
    let summary =
        format!("{crn}: {kind} due, Amber; every 21 days, face to face, with the case manager or the designated one");
    let (why, officer) = ("seen on 12 April 2019, every 21 days".to_owned(), Some("A101PSO01".to_owned()));
    Obligation { crn: crn.to_owned(), kind, on: ON, due, summary, why, officer }
}

fn two() -> Vec<Obligation> {
    vec![
        obligation("X320741", ObligationKind::Contact, date(2019, 5, 3)),
        obligation("X320741", ObligationKind::Review, date(2019, 12, 31)),
    ]
}

fn read(text: &str) -> Vec<ICalendarComponent> {
    ICalendar::parse(text).expect("a calendar that another program can read").components
}

fn events(text: &str) -> Vec<ICalendarComponent> {
    let all = read(text).into_iter();
    all.filter(|one| one.component_type == ICalendarComponentType::VEvent).collect()
}

fn value(event: &ICalendarComponent, name: &ICalendarProperty) -> ICalendarValue {
    let mut found = event.entries.iter().filter(|entry| entry.name == *name);
    let entry = found.next().unwrap_or_else(|| panic!("no {name:?}"));
    assert!(found.next().is_none(), "{name:?} stands once");
    entry.values[0].clone()
}

fn text(event: &ICalendarComponent, name: &ICalendarProperty) -> String {
    match value(event, name) {
        ICalendarValue::Text(text) => text,
        other => panic!("{other:?}"),
    }
}

fn moment(event: &ICalendarComponent, name: &ICalendarProperty) -> PartialDateTime {
    match value(event, name) {
        ICalendarValue::PartialDateTime(moment) => *moment,
        other => panic!("{other:?}"),
    }
}

fn whole_day(moment: &PartialDateTime) -> Date {
    assert_eq!((moment.hour, moment.minute, moment.second), (None, None, None), "a day, not a time");
    date(moment.year.unwrap() as i16, moment.month.unwrap() as i8, moment.day.unwrap() as i8)
}

#[test]
fn every_obligation_is_one_event_of_a_whole_day() {
    let file = calendar(&two());
    let events = events(&file);
    assert_eq!(events.len(), 2);
    for (event, obligation) in events.iter().zip(two()) {
        assert_eq!(text(event, &ICalendarProperty::Uid), obligation.uid());
        assert_eq!(text(event, &ICalendarProperty::Summary), obligation.summary);
        assert_eq!(whole_day(&moment(event, &ICalendarProperty::Dtstart)), obligation.due);
        assert_eq!(whole_day(&moment(event, &ICalendarProperty::Dtend)), obligation.due.tomorrow().unwrap());
        let start = event.entries.iter().find(|entry| entry.name == ICalendarProperty::Dtstart).unwrap();
        assert!(
            format!("{:?}", start.params).contains(&format!("{:?}", ICalendarValueType::Date)),
            "{:?}",
            start.params
        );
    }
}

#[test]
fn what_is_overdue_stands_on_the_day_it_is_looked_at_with_its_reason_and_whose_it_is() {
    let overdue = obligation("X320741", ObligationKind::Contact, date(2019, 4, 3));
    let event = events(&calendar(std::slice::from_ref(&overdue))).remove(0);
    assert_eq!(whole_day(&moment(&event, &ICalendarProperty::Dtstart)), ON);
    assert_eq!(text(&event, &ICalendarProperty::Description), overdue.why);
    assert_eq!(text(&event, &ICalendarProperty::Categories), "A101PSO01");
}

/// A list may hold answers for several dates: work stands on the day of its own.
#[test]
fn each_is_as_of_its_own_date() {
    let mut both = two();
    both[1].on = date(2020, 1, 15);
    let days = events(&calendar(&both)).into_iter().map(|one| whole_day(&moment(&one, &ICalendarProperty::Dtstart)));
    assert_eq!(days.collect::<Vec<_>>(), [both[0].due, both[1].on]);
}

#[test]
fn the_stamp_is_the_date_of_the_answer() {
    let file = calendar(&two());
    for event in events(&file) {
        let stamp = moment(&event, &ICalendarProperty::Dtstamp);
        let at = (stamp.year, stamp.month, stamp.day, stamp.hour, stamp.minute, stamp.second);
        assert_eq!(at, (Some(2019), Some(4), Some(23), Some(0), Some(0), Some(0)));
        assert_eq!((stamp.tz_hour, stamp.tz_minute), (Some(0), Some(0)), "UTC");
    }
    assert_eq!(file, calendar(&two()), "the same answer is the same file");
}

#[test]
fn a_second_import_updates() {
    let mut later = two();
    later[0].due = date(2019, 5, 24);
    for one in &mut later {
        one.on = date(2019, 5, 7);
    }
    let (first, second) = (events(&calendar(&two())), events(&calendar(&later)));
    for (old, new) in first.iter().zip(&second) {
        assert_eq!(text(old, &ICalendarProperty::Uid), text(new, &ICalendarProperty::Uid));
        let number = |event| match value(event, &ICalendarProperty::Sequence) {
            ICalendarValue::Integer(number) => number,
            other => panic!("{other:?}"),
        };
        assert!(number(new) > number(old));
    }
    let uids: Vec<String> = first.iter().map(|event| text(event, &ICalendarProperty::Uid)).collect();
    assert_eq!(uids, ["X320741-contact@due.brag", "X320741-review@due.brag"]);
}

#[test]
fn nothing_else_is_in_it() {
    let file = calendar(&two());
    let kinds = [ICalendarComponentType::VCalendar, ICalendarComponentType::VEvent, ICalendarComponentType::VAlarm];
    assert!(read(&file).iter().all(|one| kinds.contains(&one.component_type)));
    let unfolded = file.replace("\r\n ", "");
    let mut names: Vec<&str> = unfolded.lines().map(|line| line.split([':', ';']).next().unwrap()).collect();
    names.sort_unstable();
    names.dedup();
    let allowed = [
        "ACTION",
        "BEGIN",
        "CALSCALE",
        "CATEGORIES",
        "CLASS",
        "DESCRIPTION",
        "DTEND",
        "DTSTAMP",
        "DTSTART",
        "END",
        "METHOD",
        "PRODID",
        "SEQUENCE",
        "SUMMARY",
        "TRANSP",
        "TRIGGER",
        "UID",
        "VERSION",
    ];
    assert_eq!(names, allowed);
}

#[test]
fn lines_are_folded_and_end_as_the_standard_says() {
    let mut long = two();
    long[0].summary = "Überprüfung – ".repeat(30);
    let file = calendar(&long);
    assert!(file.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(file.matches('\n').count(), file.matches("\r\n").count());
    for line in file.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    assert_eq!(text(&events(&file)[0], &ICalendarProperty::Summary), long[0].summary);
}

#[test]
fn no_line_is_longer_wherever_a_letter_of_several_octets_stands() {
    let mut long = two();
    for before in 0..160 {
        long[0].summary = format!("{}{}", "a".repeat(before), "\u{1d11e}–é".repeat(20));
        long[0].why = "nothing, back\\slash; comma, ".repeat(before / 4 + 1);
        let file = calendar(&long);
        let longest = file.split("\r\n").map(str::len).max().unwrap();
        assert!(longest <= 75, "{longest} octets, with {before} before");
        assert_eq!(text(&events(&file)[0], &ICalendarProperty::Summary), long[0].summary);
        assert_eq!(text(&events(&file)[0], &ICalendarProperty::Description), long[0].why);
    }
}

#[test]
fn no_obligations_are_an_empty_calendar() {
    assert!(events(&calendar(&[])).is_empty());
}
