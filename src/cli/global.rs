//! What every verb takes.

use crate::{
    calendar::{WorkingDays, day_of},
    case::answer_date::AnswerDate,
    case::document,
    cli::asked_day::AskedDay,
    error::Error,
    policy::source::read_whole,
};
use clap::{Args, ColorChoice, ValueEnum};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// What every verb takes.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// The policy: a name, a folder with a `policy.rhai`, or one of a commit: HEAD:policies/bgsw [default: that of brag.toml, else bgsw]
    #[arg(long, global = true, value_name = "NAME|FOLDER")]
    pub policy: Option<String>,
    /// The date the answer is for: YYYY-MM-DD, today, yesterday, or from today +6w, -10d, +3mo [default: the case's `assessed_on`, else today]
    #[arg(id = "on", long = "on", global = true, value_name = "DATE", value_parser = AskedDay::parse, allow_hyphen_values = true)]
    asked_on: Option<AskedDay>,
    /// The same as a date.
    #[arg(skip)]
    pub on: Option<Date>,
    /// The date whose rules and numbers are in force, written as that of `--on` [default: the date the answer is for]
    #[arg(id = "law", long = "law", global = true, value_name = "DATE", value_parser = AskedDay::parse, allow_hyphen_values = true)]
    asked_law: Option<AskedDay>,
    /// The same as a date.
    #[arg(skip)]
    pub law: Option<Date>,
    /// The time zone that today is reckoned in, such as Europe/London [default: `TZ`, else the system's]
    #[arg(long, global = true, value_name = "ZONE", value_parser = zone)]
    pub tz: Option<Zone>,
    /// Bank holidays to use instead of the shipped ones of England and Wales: a CSV file `date,name`, or the JSON of GOV.UK
    #[arg(long, global = true, value_name = "FILE")]
    pub holidays: Option<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// Show values of a case in messages, not only the paths of fields
    #[arg(long, global = true)]
    pub show_values: bool,
    /// Say nothing but errors on standard error
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more on standard error: which policy, from where, which cases
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    /// The options that the command line itself says, and no variable.
    #[arg(skip)]
    pub written: BTreeSet<String>,
}

/// A time zone, with the word for it.
#[derive(Debug, Clone)]
pub struct Zone {
    #[cfg_attr(not(feature = "serve"), expect(dead_code, reason = "only `brag serve` says it again"))]
    word: String,
    zone: TimeZone,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// As clap wants it.
    pub const fn choice(self) -> ColorChoice {
        match self {
            Self::Auto => ColorChoice::Auto,
            Self::Always => ColorChoice::Always,
            Self::Never => ColorChoice::Never,
        }
    }
}

/// Reads a time zone of the command line: a name of the time zone database, or rules as in `TZ`.
///
/// # Errors
///
/// When it is neither.
fn zone(text: &str) -> Result<Zone, String> {
    let zone = TimeZone::get(text).or_else(|_| TimeZone::posix(text));
    zone.map(|zone| Zone { word: text.to_owned(), zone })
        .map_err(|_| "expected a time zone such as Europe/London".to_owned())
}

impl Global {
    /// Settles which dates are meant by those that are counted from today. The clock is looked at for no others.
    ///
    /// # Errors
    ///
    /// When `TZ` names no time zone, or one lies outside the calendar.
    pub fn settle(&mut self) -> Result<(), Error> {
        self.on = self.asked_on.map(|asked| asked.date(self)).transpose()?;
        self.law = self.asked_law.map(|asked| asked.date(self)).transpose()?;
        Ok(())
    }

    /// The first of some options that the command line says.
    pub fn first_written<'o>(&self, options: &[&'o str]) -> Option<&'o str> {
        options.iter().copied().find(|option| self.written.contains(*option))
    }

    /// The words of the command line that say the same of what an answer rests on, but for the policy.
    #[cfg(feature = "serve")]
    pub fn words(&self) -> Vec<String> {
        let dates = [("on", self.asked_on), ("law", self.asked_law)];
        let dates = dates.into_iter().filter_map(|(name, asked)| Some((name, asked?.to_string())));
        let zone = self.tz.as_ref().map(|zone| ("tz", zone.word.clone()));
        let holidays = self.holidays.as_ref().map(|path| ("holidays", path.display().to_string()));
        dates.chain(zone).chain(holidays).map(|(name, value)| format!("--{name}={value}")).collect()
    }

    /// The date an answer is for: as asked, as the case says, or today.
    ///
    /// # Errors
    ///
    /// When it is today, and `TZ` names no time zone.
    pub fn date(&self, case: Option<Date>) -> Result<Date, Error> {
        self.on.or(case).map_or_else(|| self.today(), Ok)
    }

    /// The same with this date for every case, or each with its own, whatever `--on` says.
    #[must_use]
    pub fn dated(mut self, on: Option<Date>) -> Self {
        self.on = on;
        self
    }

    /// Which date the answers of a run are for.
    ///
    /// # Errors
    ///
    /// When that is today, and `TZ` names no time zone.
    pub fn answer_date(&self) -> Result<AnswerDate, Error> {
        let today = if self.on.is_none() { Some(self.today()?) } else { None };
        Ok(AnswerDate { asked: self.on, today })
    }

    /// The day where the user is.
    ///
    /// # Errors
    ///
    /// When `TZ` names no time zone.
    pub fn today(&self) -> Result<Date, Error> {
        self.zone().map(|zone| day_of(Timestamp::now(), &zone))
    }

    /// Where the user is. A system without any setting keeps universal time.
    fn zone(&self) -> Result<TimeZone, Error> {
        let asked = std::env::var_os("TZ").is_some_and(|zone| !zone.is_empty());
        match (&self.tz, TimeZone::try_system()) {
            (Some(Zone { zone, .. }), _) => Ok(zone.clone()),
            (None, Ok(zone)) => Ok(zone),
            (None, Err(_)) if asked => Err(Error::input("TZ", "names no time zone that is known")
                .with_help("set it to a name such as Europe/London, or say `--tz` or `--on`")),
            (None, Err(_)) => Ok(TimeZone::UTC),
        }
    }

    /// The working days that due dates are reckoned with.
    ///
    /// # Errors
    ///
    /// When the file of bank holidays cannot be read or is invalid.
    pub fn working_days(&self) -> Result<WorkingDays, Error> {
        let Some(path) = &self.holidays else { return Ok(WorkingDays::shipped()) };
        let file = path.display().to_string();
        let help =
            "write a first line `date,name`, then a holiday a line; or take https://www.gov.uk/bank-holidays.json";
        let invalid = |message: String| Error::input(file.clone(), message).with_help(help);
        let text = String::from_utf8(read_file(path)?).map_err(|_| invalid("is not text in UTF-8".to_owned()))?;
        // GOV.UK publishes them as JSON, a spreadsheet as a table.
        let is_json = text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
        let read = if is_json { WorkingDays::from_json } else { WorkingDays::from_csv };
        read(&text, &file).map_err(|fault| invalid(format!("line {}: {}", fault.line, fault.wrong)))
    }
}

/// Reads a file, with an error that names it.
///
/// # Errors
///
/// When it cannot be read, is no file or is too large.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Error> {
    let limit = document::MAX_BYTES;
    let too_large =
        || Error::input(path.display().to_string(), format!("is larger than {limit} bytes, the limit here"));
    let read = read_whole(path, limit as u64).map_err(|error| Error::unreadable(path, &error))?;
    read.ok_or_else(too_large)
}
