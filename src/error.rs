//! Any stage's error, with the exit class it leads to and the line it is about.

use crate::{
    calendar::OutOfYears,
    case::fault::{Fault, Wrong},
    language::fault::{FaultClass, PolicyFault},
    policy::source::plain,
    schedule::assess::NoSchedule,
};
use std::{
    fmt::{self, Display},
    io,
    path::Path,
    sync::Arc,
};

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
    /// Somebody stopped the run, or the system asked it to end.
    Interrupted = 130,
}

impl Exit {
    /// Every way to end, in order.
    pub const ALL: &'static [Self] = &[
        Self::Done,
        Self::Finding,
        Self::Usage,
        Self::Invalid,
        Self::NoFirmTier,
        Self::PolicyFault,
        Self::Interrupted,
    ];

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
            Self::Interrupted => "Stopped by Ctrl-C, or by a signal to end (SIGTERM, SIGHUP).",
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
        /// What is wrong first.
        fault: Fault,
        /// What else is.
        others: Others,
        /// The line of the file that `text` begins at, from 1.
        first_line: usize,
        /// The file's text, or that of one case in it, to draw the line from.
        text: String,
        /// The sheet of a workbook that it is from.
        sheet: Option<Arc<str>>,
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
    /// Whoever reads the answers has seen enough and closed standard output. The run ends there, and nothing is wrong.
    ReaderGone,
}

/// What is wrong with a case beside the first thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Others {
    /// As many as are told one by one.
    pub faults: Vec<Fault>,
    /// How many there are beyond those.
    pub more: usize,
}

/// Faults of a case that are told one by one; of more there is a count.
const TOLD: usize = 10;

impl Error {
    /// What is wrong with a text of a case, which begins on a line of its file, in the order of the file.
    #[must_use]
    pub fn of_text(file: &str, faults: impl IntoIterator<Item = Fault>, first_line: usize, text: String) -> Self {
        let mut faults = faults.into_iter();
        let fault = faults.next().unwrap_or(Fault::whole(Wrong::Empty));
        let others = Others { faults: faults.by_ref().take(TOLD - 1).collect(), more: faults.count() };
        Self::Case { file: file.to_owned(), crn: None, fault, others, first_line, text, sheet: None }
    }

    /// The same of the case of a reference.
    #[must_use]
    pub fn in_case(mut self, reference: Option<String>) -> Self {
        if let Self::Case { crn, .. } = &mut self {
            *crn = reference;
        }
        self
    }

    /// The same of a row of a sheet.
    #[must_use]
    pub fn in_sheet(mut self, name: Option<&Arc<str>>) -> Self {
        if let Self::Case { sheet, .. } = &mut self {
            *sheet = name.cloned();
        }
        self
    }

    /// The error for each fault of a case that is told by itself.
    pub fn each(&self) -> impl Iterator<Item = Self> {
        let others = match self {
            Self::Case { others, .. } => others.faults.as_slice(),
            _ => &[],
        };
        let alone = |fault: Option<&Fault>| {
            let mut error = self.clone();
            if let Self::Case { fault: first, others, .. } = &mut error {
                fault.inspect(|fault| first.clone_from(fault));
                *others = Others::default();
            }
            error
        };
        std::iter::once(alone(None)).chain(others.iter().map(move |fault| alone(Some(fault))))
    }

    /// Faults of a case that are only counted.
    #[must_use]
    pub const fn uncounted(&self) -> usize {
        match self {
            Self::Case { others, .. } => others.more,
            _ => 0,
        }
    }

    /// Where it is, as it is written behind the name of its file: line and column, or the cell of a sheet.
    #[must_use]
    pub fn spot(&self) -> Option<String> {
        let (line, column) = self.place()?;
        match self {
            Self::Case { sheet: Some(sheet), .. } => Some(format!("{sheet}!{}{line}", letters(column))),
            _ => Some(format!("{line}:{column}")),
        }
    }

    /// It with its file and its place.
    #[must_use]
    pub fn on_one_line(&self) -> String {
        let spot = self.spot().map(|spot| format!(":{spot}")).unwrap_or_default();
        format!("{}{spot}: {self}", self.file())
    }

    /// Something that cannot be read or done.
    #[must_use]
    pub fn input(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Input { file: file.into(), message: message.into(), help: None }
    }

    /// A file that cannot be read.
    #[must_use]
    pub fn unreadable(file: &Path, why: &io::Error) -> Self {
        Self::input(file.display().to_string(), format!("cannot be read: {}", plain(why)))
    }

    /// A file that cannot be written.
    #[must_use]
    pub fn unwritable(file: &Path, why: &io::Error) -> Self {
        Self::input(file.display().to_string(), format!("cannot be written: {}", plain(why)))
    }

    /// The same error with what to do about it, where it says nothing of that by itself.
    #[must_use]
    pub fn with_help(mut self, text: impl Into<String>) -> Self {
        if let Self::Input { help, .. } = &mut self {
            *help = Some(text.into());
        }
        self
    }

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
            Self::ReaderGone => Exit::Done,
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
            Self::ReaderGone => "reader_gone",
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
            Self::ReaderGone => "standard output",
        }
    }

    /// The case it is about, where known.
    #[must_use]
    pub fn crn(&self) -> Option<&str> {
        match self {
            Self::Case { crn, .. } | Self::Policy { crn, .. } => crn.as_deref(),
            Self::NoFirmTier { crn, .. } | Self::Calendar { crn, .. } => Some(crn),
            Self::Input { .. } | Self::ReaderGone => None,
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
            Self::ReaderGone => None,
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
            Self::Calendar { crn, years, .. } => write!(out, "case {crn}: {}", years.without_date()),
            Self::NoFirmTier { crn, .. } => write!(out, "case {crn}: the facts leave the tier open"),
            Self::ReaderGone => out.write_str("closed by its reader"),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// The error of a case that has no schedule.
    #[must_use]
    pub fn of_case(crn: &str, file: &str, why: NoSchedule) -> Self {
        match why {
            NoSchedule::Case(fault) => Self::of_text(file, [fault], 1, String::new()).in_case(Some(crn.to_owned())),
            NoSchedule::Policy(fault) => Self::Policy { crn: Some(crn.to_owned()), fault: *fault },
            NoSchedule::Years(years) => Self::Calendar { crn: crn.to_owned(), file: file.to_owned(), years },
        }
    }
}

impl Error {
    /// Lets go of the text of a case, which only drawing needs: a run that keeps many errors would keep many cases.
    pub fn forget_text(&mut self) {
        if let Self::Case { text, .. } = self {
            *text = String::new();
        }
    }
}

/// The letters of a column of a sheet, which is counted from 1.
fn letters(column: usize) -> String {
    let (mut left, mut letters) = (column, Vec::new());
    while left > 0 {
        letters.push(char::from(b'A' + u8::try_from((left - 1) % 26).unwrap_or_default()));
        left = (left - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

impl From<PolicyFault> for Error {
    fn from(fault: PolicyFault) -> Self {
        Self::Policy { crn: None, fault }
    }
}
