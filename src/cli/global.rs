//! What every verb takes.

use crate::{
    calendar::{WorkingDays, day_of},
    case::document,
    error::Error,
    policy::source::read_whole,
    report::Format,
};
use clap::{Args, ValueEnum};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::path::{Path, PathBuf};

/// What every verb takes.
#[derive(Debug, Args)]
pub struct Global {
    /// The policy: a name, a folder with a `policy.rhai`, or one of a commit: HEAD:policies/bgsw [default: that of brag.toml, else bgsw]
    #[arg(long, global = true, env = "BRAG_POLICY", value_name = "NAME|FOLDER")]
    pub policy: Option<String>,
    /// The date the answer is for, YYYY-MM-DD [default: the case's `assessed_on`, else today]
    #[arg(long, global = true, env = "BRAG_ON", value_name = "DATE", value_parser = day)]
    pub on: Option<Date>,
    /// The date whose rules and numbers are in force, YYYY-MM-DD [default: the date the answer is for]
    #[arg(long, global = true, env = "BRAG_LAW", value_name = "DATE", value_parser = day)]
    pub law: Option<Date>,
    /// The time zone that today is reckoned in, such as Europe/London [default: `TZ`, else the system's]
    #[arg(long, global = true, env = "BRAG_TZ", value_name = "ZONE", value_parser = zone)]
    pub tz: Option<TimeZone>,
    /// How the result is written [default: text]
    #[arg(long, global = true, env = "BRAG_FORMAT", value_name = "FORMAT")]
    pub format: Option<Format>,
    /// Bank holidays to use instead of the shipped ones of England and Wales: a CSV file `date,name`, or the JSON of GOV.UK
    #[arg(long, global = true, env = "BRAG_HOLIDAYS", value_name = "FILE")]
    pub holidays: Option<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, env = "BRAG_COLOR", value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// Show values of a case in messages, not only the paths of fields
    #[arg(long, global = true, env = "BRAG_SHOW_VALUES")]
    pub show_values: bool,
    /// Say nothing but errors on standard error
    #[arg(short, long, global = true, env = "BRAG_QUIET")]
    pub quiet: bool,
    /// Say more on standard error: which policy, from where, which cases
    #[arg(short, long, global = true, env = "BRAG_VERBOSE", conflicts_with = "quiet")]
    pub verbose: bool,
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

/// Reads a date of the command line.
///
/// # Errors
///
/// When it is not written YYYY-MM-DD or does not exist.
pub fn day(text: &str) -> Result<Date, String> {
    crate::case::day::Day::parse(text)
        .map(|day| day.0)
        .ok_or("expected a date that exists, written YYYY-MM-DD".to_owned())
}

/// Reads a time zone of the command line: a name of the time zone database, or rules as in `TZ`.
///
/// # Errors
///
/// When it is neither.
fn zone(text: &str) -> Result<TimeZone, String> {
    let zone = TimeZone::get(text).or_else(|_| TimeZone::posix(text));
    zone.map_err(|_| "expected a time zone such as Europe/London".to_owned())
}

impl Global {
    /// The date an answer is for: as asked, as the case says, or today.
    ///
    /// # Errors
    ///
    /// When it is today, and `TZ` names no time zone.
    pub fn date(&self, case: Option<Date>) -> Result<Date, Error> {
        self.on.or(case).map_or_else(|| self.today(), Ok)
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
            (Some(zone), _) => Ok(zone.clone()),
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

    /// The format asked for, if the verb has it.
    ///
    /// # Errors
    ///
    /// When the verb does not write that format.
    pub fn format_among(&self, known: &[Format]) -> Result<Format, Error> {
        Self::among(self.format, known)
    }

    /// A format, if the verb has it; text where none is asked for.
    ///
    /// # Errors
    ///
    /// As [`Global::format_among`].
    pub fn among(format: Option<Format>, known: &[Format]) -> Result<Format, Error> {
        let format = format.unwrap_or(Format::Text);
        if known.contains(&format) {
            return Ok(format);
        }
        let name =
            |format: &Format| format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        let known: Vec<String> = known.iter().map(name).collect();
        Err(Error::input(format!("--format {}", name(&format)), "this verb does not write that format")
            .with_help(format!("it writes {}", known.join(", "))))
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
