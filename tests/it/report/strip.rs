//! The strip of the next six weeks.

use brag::{
    calendar::WorkingDays,
    report::strip::{Row, strip},
};
use jiff::{
    ToSpan,
    civil::{Date, date},
};

fn row(crn: &str, seen: &[Date], contact: Option<Date>, review: Option<Date>) -> Row {
    Row { crn: crn.to_owned(), seen: seen.to_vec(), contact, review }
}

#[test]
fn a_strip_for_every_case() {
    let rows = [
        row("X320741", &[date(2019, 4, 12)], Some(date(2019, 5, 3)), Some(date(2019, 4, 18))),
        row("X3", &[date(2019, 3, 1), date(2019, 4, 23)], Some(date(2019, 5, 14)), Some(date(2019, 5, 14))),
        row("X20", &[], Some(date(2019, 3, 4)), None),
        row("X21", &[date(2019, 4, 9)], Some(date(2019, 4, 23)), Some(date(2019, 7, 1))),
        row("X22", &[], None, None),
    ];
    let drawn = strip(&rows, date(2019, 4, 23), &WorkingDays::shipped()).unwrap();
    let expected = "         8 Apr  15 Apr 22 Apr 29 Apr 6 May  13 May 20 May 27 May 3 Jun
                        v
X320741  ....*--...rh--h....--....C--h....--.....--.....--h....--..
X3       .....--....h--h*...--.....--h....--.B...--.....--h....--..
X20      <....--....h--h....--.....--h....--.....--.....--h....--..
X21      .*...--....h--hC...--.....--h....--.....--.....--h....--..
X22      .....--....h--h....--.....--h....--.....--.....--h....--..
v today   . working day   - weekend   h bank holiday   * seen
C contact due   R review due   B both due   small letters when overdue, < from before the strip
";
    assert_eq!(drawn, expected);
}

#[test]
fn it_fits_100_columns_on_any_day_with_any_reference() {
    let days = WorkingDays::shipped();
    for on in date(2019, 1, 1).series(1.day()).take(366) {
        let drawn = strip(&[row(&"X".repeat(40), &[], None, None)], on, &days).unwrap();
        for line in drawn.lines() {
            assert!(line.chars().count() <= 100, "{} columns: {line}", line.chars().count());
        }
    }
}

#[test]
fn beyond_the_calendar_is_an_error() {
    assert!(strip(&[], date(2040, 12, 1), &WorkingDays::shipped()).is_err());
}
