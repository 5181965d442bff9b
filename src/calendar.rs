//! Working days: Monday to Friday and not a bank holiday of England and Wales. The holidays are data, because the moved
//! and the single ones follow no rule.

mod gov_uk;

use jiff::{
    Timestamp,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

/// The calendar that is shipped: every bank holiday of England and Wales from 2010 to 2040.
const SHIPPED: &str = include_str!("../data/bank-holidays-england-wales.csv");

/// The working days of a service, for the years that its bank holidays are known for.
///
/// ```
/// use brag::calendar::WorkingDays;
/// use jiff::civil::date;
///
/// let days = WorkingDays::shipped();
/// // Easter 2019: two working days after Maundy Thursday are Tuesday and Wednesday.
/// assert_eq!(days.after(date(2019, 4, 18), 2), Ok(date(2019, 4, 24)));
/// assert_eq!(days.previous_or_same(date(2019, 5, 6)), Ok(date(2019, 5, 3)));
/// assert_eq!(days.is_working(date(2041, 1, 2)).unwrap_err().to_string(), "2 January 2041 is outside the calendar of bank holidays, which has the years 2010 to 2040");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingDays {
    holidays: Arc<BTreeMap<Date, String>>,
    first: i16,
    last: i16,
}

/// A date outside the years that bank holidays are known for. What is due then is not guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "{} is outside the calendar of bank holidays, which has the years {first} to {last}",
    date.strftime("%-d %B %Y")
)]
pub struct OutOfYears {
    /// The date.
    pub date: Date,
    /// First year of the calendar.
    pub first: i16,
    /// Last year of the calendar.
    pub last: i16,
}

impl OutOfYears {
    /// The same without the date, which may be one of a case.
    #[must_use]
    pub fn without_date(&self) -> String {
        self.said_of("a date")
    }

    /// The same of what is called so, and without the date, which may be one of a case.
    #[must_use]
    pub fn said_of(&self, what: &str) -> String {
        format!("{what} is outside the calendar of bank holidays, which has the years {} to {}", self.first, self.last)
    }
}

/// What is wrong with a file of bank holidays, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {wrong}")]
pub struct HolidayFault {
    /// The file, as the user named it.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong.
    pub wrong: HolidayWrong,
}

/// What can be wrong with a file of bank holidays.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HolidayWrong {
    /// The first line is another.
    #[error("the first line must be `date,name`")]
    Header,
    /// A line that has not two columns, or is not text.
    #[error("not a date and a name, separated by a comma")]
    Row,
    /// Not a date.
    #[error("not a date that exists, written YYYY-MM-DD")]
    Date,
    /// The same date a second time.
    #[error("the same date stands on an earlier line")]
    Twice,
    /// No holiday at all.
    #[error("no bank holiday is listed")]
    Empty,
    /// Not the JSON that GOV.UK publishes.
    #[error("not the bank holidays of GOV.UK: no `england-and-wales` with `events`, each with a `date` and a `title`")]
    Json,
    /// A year between the first and the last that has no holiday.
    #[error("no bank holiday is listed for {0}, a year between the first and the last")]
    Gap(i16),
}

impl WorkingDays {
    /// Every bank holiday, in order.
    pub fn holidays(&self) -> impl Iterator<Item = Date> {
        self.holidays.keys().copied()
    }

    /// The calendar that is shipped with the program.
    #[must_use]
    pub fn shipped() -> Self {
        static ONCE: LazyLock<WorkingDays> = LazyLock::new(|| {
            // A test holds that the shipped text reads without fault; an empty calendar has no year and answers nothing.
            let nothing = WorkingDays { holidays: Arc::default(), first: 0, last: -1 };
            WorkingDays::from_csv(SHIPPED, "bank-holidays-england-wales.csv").unwrap_or(nothing)
        });
        ONCE.clone()
    }

    /// Reads a calendar from CSV text with the columns `date` and `name`; `file` is what a fault calls it.
    ///
    /// # Errors
    ///
    /// The first line that is not a date and a name, a date that stands twice, and a year without any holiday between
    /// the first and the last.
    pub fn from_csv(text: &str, file: &str) -> Result<Self, HolidayFault> {
        let fault = |line, wrong| HolidayFault { file: file.to_owned(), line, wrong };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (lines, written): (Vec<u64>, Vec<&str>) =
            (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()).unzip();
        let written = written.join("\n");
        let mut rows = csv::ReaderBuilder::new();
        let rows = rows.has_headers(false).flexible(true).trim(csv::Trim::All).terminator(csv::Terminator::Any(b'\n'));
        let rows = rows.from_reader(written.as_bytes());
        let mut rows = lines.into_iter().zip(rows.into_records().map_while(Result::ok));
        if rows.next().as_ref().and_then(|(_, row)| two_columns(row)) != Some(("date", "name")) {
            return Err(fault(1, HolidayWrong::Header));
        }
        let mut holidays = BTreeMap::new();
        let mut last_line = 1;
        for (line, row) in rows {
            let (date, name) = two_columns(&row).ok_or_else(|| fault(line, HolidayWrong::Row))?;
            let date = day(date).ok_or_else(|| fault(line, HolidayWrong::Date))?;
            if holidays.insert(date, name.to_owned()).is_some() {
                return Err(fault(line, HolidayWrong::Twice));
            }
            last_line = line;
        }
        Self::of(holidays).map_err(|wrong| fault(last_line, wrong))
    }

    fn of(holidays: BTreeMap<Date, String>) -> Result<Self, HolidayWrong> {
        let (Some((first, _)), Some((last, _))) = (holidays.first_key_value(), holidays.last_key_value()) else {
            return Err(HolidayWrong::Empty);
        };
        let (first, last) = (first.year(), last.year());
        let empty = (first..=last).find(|year| !holidays.keys().any(|date| date.year() == *year));
        match empty {
            Some(year) => Err(HolidayWrong::Gap(year)),
            None => Ok(Self { holidays: Arc::new(holidays), first, last }),
        }
    }

    /// The first and the last year of the calendar.
    #[must_use]
    pub const fn years(&self) -> (i16, i16) {
        (self.first, self.last)
    }

    /// The name of the bank holiday on a date, if it is one.
    #[must_use]
    pub fn holiday(&self, date: Date) -> Option<&str> {
        self.holidays.get(&date).map(String::as_str)
    }

    /// Whether a date is a working day.
    ///
    /// # Errors
    ///
    /// The date is outside the years of the calendar.
    pub fn is_working(&self, date: Date) -> Result<bool, OutOfYears> {
        if !(self.first..=self.last).contains(&date.year()) {
            return Err(self.outside(date));
        }
        let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        Ok(!weekend && !self.holidays.contains_key(&date))
    }

    /// The date itself when it is a working day, otherwise the last working day before it.
    ///
    /// # Errors
    ///
    /// A date on the way is outside the years of the calendar.
    pub fn previous_or_same(&self, date: Date) -> Result<Date, OutOfYears> {
        let mut day = date;
        while !self.is_working(day)? {
            day = day.yesterday().map_err(|_| self.outside(day))?;
        }
        Ok(day)
    }

    /// The `n`-th working day strictly after a date; the date itself when `n` is 0.
    ///
    /// # Errors
    ///
    /// A date on the way is outside the years of the calendar.
    pub fn after(&self, date: Date, n: u32) -> Result<Date, OutOfYears> {
        let (mut day, mut left) = (date, n);
        while left > 0 {
            day = day.tomorrow().map_err(|_| self.outside(day))?;
            left -= u32::from(self.is_working(day)?);
        }
        Ok(day)
    }

    /// What is wrong with a date that this calendar does not reach.
    pub(crate) const fn outside(&self, date: Date) -> OutOfYears {
        OutOfYears { date, first: self.first, last: self.last }
    }
}

/// The day that it is somewhere, at a moment.
///
/// ```
/// use brag::calendar::day_of;
/// use jiff::{civil::date, tz::TimeZone};
/// let moment = "2026-06-14T23:30:00Z".parse().unwrap();
/// assert_eq!(day_of(moment, &TimeZone::get("Europe/London").unwrap()), date(2026, 6, 15));
/// assert_eq!(day_of(moment, &TimeZone::UTC), date(2026, 6, 14));
/// ```
#[must_use]
pub fn day_of(moment: Timestamp, zone: &TimeZone) -> Date {
    zone.to_datetime(moment).date()
}

/// Whole days from one date to another, negative when the second is earlier.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// A date written YYYY-MM-DD, and in no other of the ways that the standard allows.
fn day(text: &str) -> Option<Date> {
    text.parse().ok().filter(|date: &Date| date.to_string() == text)
}

/// The two columns of a row, if it has two. A quotation mark that nothing closes would take the lines below it into a name.
fn two_columns(row: &csv::StringRecord) -> Option<(&str, &str)> {
    match (row.get(0), row.get(1), row.len()) {
        (Some(first), Some(second), 2) if !second.contains(['\n', '\r']) => Some((first, second)),
        _ => None,
    }
}
