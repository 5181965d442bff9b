//! Any stage's error, with the exit class it leads to and the line it is about.

use crate::{
    case::fault::Fault,
    policy::fault::{FaultClass, PolicyFault},
    schedule::{assess::NoSchedule, working_days::OutOfYears},
};
use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};
use std::fmt::{self, Display};

/// How a run ends. The number is the process's exit code; in a batch the highest wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Everything asked for was done.
    Done = 0,
    /// A finding: a failed test, a pending snapshot, overdue work where that was asked for.
    Finding = 1,
    /// The command line is not one that `brag` takes.
    Usage = 2,
    /// A case, policy or parameter file cannot be read or is invalid, or there was nothing to do.
    Invalid = 3,
    /// A case has no firm tier, and that was refused.
    NoFirmTier = 4,
    /// A policy rule failed, or a limit was hit.
    PolicyFault = 5,
}

impl Exit {
    /// Every way to end, in order.
    pub const ALL: &'static [Self] =
        &[Self::Done, Self::Finding, Self::Usage, Self::Invalid, Self::NoFirmTier, Self::PolicyFault];

    /// The sentence that the documentation gives.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Done => "Everything asked for was done.",
            Self::Finding => "A finding: a failed test, a pending snapshot, overdue work where that was asked for.",
            Self::Usage => "The command line is not one that `brag` takes.",
            Self::Invalid => "A case, policy or parameter file cannot be read or is invalid, or nothing was found.",
            Self::NoFirmTier => "A case has no firm tier, and `--on-missing refuse` was given.",
            Self::PolicyFault => "A policy rule failed, or a limit was hit.",
        }
    }

    /// The exit code.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }
}

/// What went wrong, for which file, and what it means for the run.
#[derive(Debug, Clone)]
pub enum Error {
    /// A case file.
    Case {
        /// How messages call the file.
        file: String,
        /// The case reference, where the file got so far.
        crn: Option<String>,
        /// What is wrong.
        fault: Fault,
        /// The file's text, to draw the line from.
        text: String,
    },
    /// A policy.
    Policy {
        /// The case that it failed on, where it did.
        crn: Option<String>,
        /// What is wrong.
        fault: PolicyFault,
    },
    /// A file that cannot be read, or nothing to do.
    Input {
        /// How messages call it.
        file: String,
        /// What is wrong.
        message: String,
        /// What to do.
        help: Option<String>,
    },
    /// A case with a date for which no working days are known.
    Calendar {
        /// The case reference.
        crn: String,
        /// The file.
        file: String,
        /// Which years are known.
        years: OutOfYears,
    },
    /// A case whose tier the facts leave open, where that was refused.
    NoFirmTier {
        /// The case reference.
        crn: String,
        /// The file.
        file: String,
        /// What would settle it.
        unsettled: Vec<String>,
    },
}

impl Error {
    /// How the run ends because of it.
    #[must_use]
    pub const fn exit(&self) -> Exit {
        match self {
            Self::Policy { fault, .. } => match fault.class {
                FaultClass::Failed => Exit::PolicyFault,
                FaultClass::Invalid => Exit::Invalid,
            },
            Self::Case { .. } | Self::Input { .. } | Self::Calendar { .. } => Exit::Invalid,
            Self::NoFirmTier { .. } => Exit::NoFirmTier,
        }
    }

    /// A stable word for it, for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Case { fault, .. } => fault.code(),
            Self::Policy { fault, .. } => match fault.class {
                FaultClass::Failed => "policy_fault",
                FaultClass::Invalid => "policy_invalid",
            },
            Self::Input { .. } => "unreadable",
            Self::Calendar { .. } => "out_of_years",
            Self::NoFirmTier { .. } => "no_firm_tier",
        }
    }

    /// The file it is about.
    #[must_use]
    pub fn file(&self) -> &str {
        match self {
            Self::Case { file, .. }
            | Self::Input { file, .. }
            | Self::Calendar { file, .. }
            | Self::NoFirmTier { file, .. } => file,
            Self::Policy { fault, .. } => &fault.file,
        }
    }

    /// The case it is about, where known.
    #[must_use]
    pub fn crn(&self) -> Option<&str> {
        match self {
            Self::Case { crn, .. } | Self::Policy { crn, .. } => crn.as_deref(),
            Self::NoFirmTier { crn, .. } | Self::Calendar { crn, .. } => Some(crn),
            Self::Input { .. } => None,
        }
    }

    /// The path of the field it is about, where there is one.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Case { fault, .. } => Some(fault.path.as_str()).filter(|path| !path.is_empty()),
            _ => None,
        }
    }

    /// Line and column, from 1, where known.
    #[must_use]
    pub fn place(&self) -> Option<(usize, usize)> {
        match self {
            Self::Case { fault, .. } => fault.at.map(|at| (at.line, at.column)),
            Self::Policy { fault, .. } => fault.line.map(|line| (line, fault.column.unwrap_or(1))),
            _ => None,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> Option<String> {
        match self {
            Self::Case { fault, .. } => fault.help(),
            Self::Policy { fault, .. } => fault.help.clone(),
            Self::Input { help, .. } => help.clone(),
            Self::Calendar { .. } => Some("give a calendar that has them: `--holidays FILE`".to_owned()),
            Self::NoFirmTier { unsettled, .. } => Some(format!("find out: {}", unsettled.join(", "))),
        }
    }
}

impl Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Case { fault, .. } => fault.fmt(out),
            Self::Policy { crn: Some(crn), fault } => write!(out, "case {crn}: {fault}"),
            Self::Policy { crn: None, fault } => fault.fmt(out),
            Self::Input { message, .. } => out.write_str(message),
            Self::Calendar { crn, years, .. } => write!(out, "case {crn}: {years}"),
            Self::NoFirmTier { crn, .. } => write!(out, "case {crn}: the facts leave the tier open"),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// The error of a case that has no schedule.
    #[must_use]
    pub fn of_case(crn: &str, file: &str, why: NoSchedule) -> Self {
        match why {
            NoSchedule::Policy(fault) => Self::Policy { crn: Some(crn.to_owned()), fault: *fault },
            NoSchedule::Years(years) => Self::Calendar { crn: crn.to_owned(), file: file.to_owned(), years },
        }
    }
}

impl From<PolicyFault> for Error {
    fn from(fault: PolicyFault) -> Self {
        Self::Policy { crn: None, fault }
    }
}

/// An error drawn for people: the line it is about, and what to do. Values of a case are blotted out unless asked for.
#[derive(Debug)]
pub struct Drawn {
    message: String,
    help: Option<String>,
    source: Option<NamedSource<String>>,
    label: Option<LabeledSpan>,
}

impl Drawn {
    /// An error as it will be drawn.
    #[must_use]
    pub fn new(error: &Error, show_values: bool) -> Self {
        let text = match error {
            Error::Case { text, .. } if show_values => Some(text.clone()),
            Error::Case { text, .. } => Some(blotted(text)),
            Error::Policy { fault, .. } => fault.text.clone(),
            Error::Input { .. } | Error::NoFirmTier { .. } | Error::Calendar { .. } => None,
        };
        let drawn = text.zip(error.place());
        let label = drawn.as_ref().map(|(text, (line, column))| LabeledSpan::underline(span(text, *line, *column)));
        let message = match (&drawn, error.place()) {
            (Some(_), _) => error.to_string(),
            (None, Some((line, _))) => format!("{}:{line}: {error}", error.file()),
            (None, None) => format!("{}: {error}", error.file()),
        };
        let source = drawn.map(|(text, _)| NamedSource::new(error.file(), text));
        Self { message, help: error.remedy(), source, label }
    }
}

impl Display for Drawn {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Drawn {}

impl Diagnostic for Drawn {
    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.label.clone().map(|label| Box::new(std::iter::once(label)) as Box<dyn Iterator<Item = LabeledSpan>>)
    }
}

/// The bytes of the word at a line and column, both from 1.
fn span(text: &str, line: usize, column: usize) -> std::ops::Range<usize> {
    let start_of_line = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let rest = text.get(start_of_line..).unwrap_or("");
    let into = rest.char_indices().nth(column.saturating_sub(1)).map_or(0, |(index, _)| index);
    let word = rest.get(into..).unwrap_or("");
    let length = word.find(|letter: char| !(letter.is_alphanumeric() || "_-.".contains(letter))).unwrap_or(word.len());
    let start = start_of_line + into;
    start..start + length.max(usize::from(!word.is_empty()))
}

/// A case file with every value blotted out: keys stay, so that a line can be found, and nothing about the person does.
fn blotted(text: &str) -> String {
    let mut blotted = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = rest.find(|letter: char| !is_word(letter)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length.max(first.len_utf8()));
        let is_key = length > 0 && after.starts_with(':') && !word.starts_with(|letter: char| letter.is_ascii_digit());
        let is_quoted_key = length > 0 && after.starts_with("\":");
        if is_key || is_quoted_key || length == 0 {
            blotted.push_str(word);
        } else {
            blotted.extend(word.chars().map(|_| '*'));
        }
        rest = after;
    }
    blotted
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}
