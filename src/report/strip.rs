//! The next six weeks as a strip of days for every case: when the person was seen, what is due, and where today is.

use crate::calendar::{OutOfYears, WorkingDays, days_between};
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

/// Days drawn after today.
const AHEAD: i64 = 42;
/// Days drawn before today, and those to the Monday before them.
const BEHIND: i64 = 14;
/// Characters of a case reference that are drawn.
const REFERENCE: usize = 32;

/// What a strip shows of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The case reference.
    pub crn: String,
    /// When the person was seen.
    pub seen: Vec<Date>,
    /// By when a contact is due.
    pub contact: Option<Date>,
    /// By when a review is due.
    pub review: Option<Date>,
}

/// What the marks of a strip mean.
pub const LEGEND: &str = "v today   . working day   - weekend   h bank holiday   * seen\n\
    C contact due   R review due   B both due   small letters when overdue, < from before the strip\n";

/// Draws one strip a row under a line of dates, at most 100 columns wide, with the legend below.
///
/// # Errors
///
/// The strip reaches beyond the years of the calendar.
///
/// ```
/// use brag::{calendar::WorkingDays, report::strip::{Row, strip}};
/// use jiff::civil::date;
///
/// let row = Row {
///     crn: "X320741".to_owned(),
///     seen: vec![date(2019, 4, 12)],
///     contact: Some(date(2019, 5, 3)),
///     review: Some(date(2019, 4, 18)),
/// };
/// let drawn = strip(&[row], date(2019, 4, 23), &WorkingDays::shipped()).unwrap();
/// let lines: Vec<&str> = drawn.lines().collect();
/// assert_eq!(lines[0], "         8 Apr  15 Apr 22 Apr 29 Apr 6 May  13 May 20 May 27 May 3 Jun");
/// assert_eq!(lines[1], "                        v");
/// assert_eq!(lines[2], "X320741  ....*--...rh--h....--....C--h....--.....--.....--h....--..");
/// ```
pub fn strip(rows: &[Row], on: Date, days: &WorkingDays) -> Result<String, OutOfYears> {
    let drawn = window(on, days)?;
    let width = rows.iter().map(|row| reference(row).chars().count()).max().unwrap_or(0);
    let mut text = format!("{:width$}  {}\n", "", dates(&drawn).trim_end());
    let today = drawn.iter().take_while(|(day, _)| *day < on).count();
    text.push_str(&format!("{:width$}  {:today$}v\n", "", ""));
    for row in rows {
        let marks: String =
            drawn.iter().enumerate().map(|(index, (day, mark))| row.mark(index, *day, *mark, on)).collect();
        text.push_str(&format!("{:width$}  {marks}\n", reference(row)));
    }
    text.push_str(LEGEND);
    Ok(text)
}

/// Every day that is drawn, with the mark of its kind. The first is a Monday, so that weeks stand below their dates.
fn window(on: Date, days: &WorkingDays) -> Result<Vec<(Date, char)>, OutOfYears> {
    let back = BEHIND + i64::from(on.weekday().since(Weekday::Monday));
    let (first, last) = (on.saturating_sub(back.days()), on.saturating_add(AHEAD.days()));
    let mark = |day: Date| match day.weekday() {
        Weekday::Saturday | Weekday::Sunday => Ok((day, '-')),
        _ => Ok((day, if days.is_working(day)? { '.' } else { 'h' })),
    };
    first.series(1.day()).take_while(|day| *day <= last).map(mark).collect()
}

/// The date of every Monday, above its column.
fn dates(drawn: &[(Date, char)]) -> String {
    let mondays = drawn.iter().filter(|(day, _)| day.weekday() == Weekday::Monday);
    mondays.map(|(day, _)| format!("{:7}", day.strftime("%-d %b").to_string())).collect::<Vec<_>>().concat()
}

fn reference(row: &Row) -> String {
    row.crn.chars().take(REFERENCE).collect()
}

impl Row {
    /// What is drawn for one day: what is due before what was done, and that before the kind of day.
    fn mark(&self, index: usize, day: Date, kind: char, on: Date) -> char {
        let before = |due: Option<Date>| index == 0 && due.is_some_and(|due| days_between(day, due) < 0);
        if before(self.contact) || before(self.review) {
            return '<';
        }
        let due = match (self.contact == Some(day), self.review == Some(day)) {
            (true, true) => 'B',
            (true, false) => 'C',
            (false, true) => 'R',
            (false, false) if self.seen.contains(&day) => return '*',
            (false, false) => return kind,
        };
        if day < on { due.to_ascii_lowercase() } else { due }
    }
}
