//! Working days: the shipped data against the rules that the regular holidays follow, and what a file may not say.

use brag::calendar::WorkingDays;
use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};
use std::collections::BTreeSet;

/// Holidays that no rule gives: added for one year, or moved to another day.
const ADDED: [(i16, i8, i8); 8] =
    [(2011, 4, 29), (2012, 6, 4), (2012, 6, 5), (2020, 5, 8), (2022, 6, 2), (2022, 6, 3), (2022, 9, 19), (2023, 5, 8)];
/// What the moved ones were moved from.
const REMOVED: [(i16, i8, i8); 3] = [(2012, 5, 28), (2020, 5, 4), (2022, 5, 30)];

/// Easter Sunday in the Gregorian calendar: the algorithm of Meeus, Jones and Butcher.
fn easter(year: i16) -> Date {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    date(year as i16, (n / 31) as i8, (n % 31 + 1) as i8)
}

fn on_or_after(mut day: Date, weekday: Weekday) -> Date {
    while day.weekday() != weekday {
        day = day.tomorrow().unwrap();
    }
    day
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The holidays of a year by rule, with a substitute on the next free weekday for one that falls on a weekend.
fn regular(year: i16) -> BTreeSet<Date> {
    let sunday = easter(year);
    let mut all = BTreeSet::from([
        sunday - 2.days(),
        sunday + 1.day(),
        on_or_after(date(year, 5, 1), Weekday::Monday),
        on_or_after(date(year, 5, 25), Weekday::Monday),
        on_or_after(date(year, 8, 25), Weekday::Monday),
    ]);
    let fixed = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)];
    all.extend(fixed);
    for day in fixed.into_iter().filter(|day| is_weekend(*day)) {
        let mut substitute = day;
        while is_weekend(substitute) || all.contains(&substitute) {
            substitute = substitute.tomorrow().unwrap();
        }
        all.insert(substitute);
    }
    all
}

fn days_of(list: &[(i16, i8, i8)]) -> BTreeSet<Date> {
    list.iter().map(|(year, month, day)| date(*year, *month, *day)).collect()
}

#[test]
fn every_day_from_2010_to_2040_is_what_the_rules_say() {
    let days = WorkingDays::shipped();
    assert_eq!(days.years(), (2010, 2040));
    let (added, removed) = (days_of(&ADDED), days_of(&REMOVED));
    let mut checked = 0;
    for year in 2010..=2040 {
        let by_rule = regular(year);
        for day in date(year, 1, 1).series(1.day()).take_while(|day| day.year() == year) {
            let holiday = (by_rule.contains(&day) && !removed.contains(&day)) || added.contains(&day);
            assert_eq!(days.holiday(day).is_some(), holiday, "{day}");
            assert_eq!(days.is_working(day), Ok(!holiday && !is_weekend(day)), "{day}");
            checked += 1;
        }
    }
    assert_eq!(checked, 11_323);
}

#[test]
fn easter_is_what_a_library_says() {
    for year in 1900..=2199 {
        let library = computus::gregorian(i32::from(year)).unwrap();
        let ours = easter(year);
        let same = (library.year, library.month, library.day);
        assert_eq!((i32::from(ours.year()), ours.month() as u32, ours.day() as u32), same);
    }
}

#[test]
fn counting_skips_weekends_and_holidays() {
    let days = WorkingDays::shipped();
    assert_eq!(days.after(date(2018, 12, 24), 2), Ok(date(2018, 12, 28)));
    assert_eq!(days.after(date(2019, 1, 1), 1), Ok(date(2019, 1, 2)));
    assert_eq!(days.after(date(2018, 12, 29), 2), Ok(date(2019, 1, 2)), "counted from a Saturday");
    assert_eq!(days.after(date(2019, 6, 1), 0), Ok(date(2019, 6, 1)));
    assert_eq!(days.previous_or_same(date(2018, 12, 30)), Ok(date(2018, 12, 28)));
    assert_eq!(days.previous_or_same(date(2018, 12, 28)), Ok(date(2018, 12, 28)));
}

#[test]
fn outside_the_years_is_an_error_that_names_them() {
    let days = WorkingDays::shipped();
    let said = "1 January 2041 is outside the calendar of bank holidays, which has the years 2010 to 2040";
    assert_eq!(days.after(date(2040, 12, 31), 1).unwrap_err().to_string(), said);
    assert!(days.is_working(date(2009, 12, 31)).is_err());
    assert!(days.previous_or_same(date(2010, 1, 1)).is_err(), "the last working day of 2009 is not known");
}

#[test]
fn a_file_of_holidays_says_where_it_is_wrong() {
    let fault = |text: &str| WorkingDays::from_csv(text, "local.csv").unwrap_err().to_string();
    assert_eq!(fault("day,holiday\n2019-01-01,New Year\n"), "local.csv:1: the first line must be `date,name`");
    assert_eq!(fault(""), "local.csv:1: the first line must be `date,name`");
    assert_eq!(fault("date,name\n"), "local.csv:1: no bank holiday is listed");
    let wrong = "local.csv:3: not a date that exists, written YYYY-MM-DD";
    assert_eq!(fault("date,name\n2019-01-01,New Year\n2019-02-29,None\n"), wrong);
    assert_eq!(fault("date,name\n2019-01-01,New Year\n01/02/2019,None\n"), wrong);
    let wrong = "local.csv:3: not a date and a name, separated by a comma";
    assert_eq!(fault("date,name\n2019-01-01,New Year\n2019-12-25\n"), wrong);
    assert_eq!(fault("date,name\n2019-01-01,New Year\n2019-12-25,Christmas,Day\n"), wrong);
    assert_eq!(fault("date,name\n2019-01-01,New Year\n2019-12-25,\"Christmas\n2019-12-26,Boxing Day\n"), wrong);
    assert_eq!(fault("date,name\n\n2019-12-25,\"Christmas\nDay\"\n"), wrong);
    assert_eq!(fault("date,name\n\n2019-12-25,Christmas\r2019-12-26,Boxing Day\n"), wrong);
    let wrong = "local.csv:4: the same date stands on an earlier line";
    assert_eq!(fault("date,name\n2019-01-01,New Year\n\n2019-01-01,Again\n"), wrong);
    let wrong = "local.csv:3: no bank holiday is listed for 2020, a year between the first and the last";
    assert_eq!(fault("date,name\n2019-01-01,New Year\n2021-01-01,New Year\n"), wrong);
}

#[test]
fn a_file_of_holidays_may_have_windows_line_ends_and_a_byte_order_mark() {
    let days = WorkingDays::from_csv("\u{feff}date,name\r\n2019-03-04,\"Held, locally\"\r\n", "local.csv").unwrap();
    assert_eq!(days.years(), (2019, 2019));
    assert_eq!(days.holiday(date(2019, 3, 4)), Some("Held, locally"));
    assert_eq!(days.is_working(date(2019, 12, 25)), Ok(true), "the file replaces the shipped calendar");
}
