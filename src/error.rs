//! Any stage's error, with the exit class it leads to and the line it is about.

mod exit;
mod of_case;

pub use self::{exit::Exit, of_case::Others};

use crate::{
    calendar::OutOfYears,
    case::fault::{Fault, Mark},
    language::fault::{FaultClass, PolicyFault},
    policy::source::plain,
};
use std::{
    fmt::{self, Display},
    io,
    path::Path,
    sync::Arc,
};

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
        /// The field that the date stands in, or that it is reckoned from, and where, where one does.
        field: Option<(String, Option<Mark>)>,
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

impl Error {
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
            Self::Calendar { field: Some((path, _)), .. } => Some(path),
            _ => None,
        }
    }

    /// Line and column, from 1, where known.
    #[must_use]
    pub fn place(&self) -> Option<(usize, usize)> {
        match self {
            Self::Case { fault: Fault { at, .. }, .. } | Self::Calendar { field: Some((_, at)), .. } => {
                at.map(|at| (at.line, at.column))
            }
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
            Self::Calendar { field: Some(_), .. } => Some(
                "record what came after it, the last rating and the last meeting, or give a calendar that has it: `--holidays FILE`"
                    .to_owned(),
            ),
            Self::Calendar { field: None, .. } => Some("give a calendar that has it: `--holidays FILE`".to_owned()),
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
            Self::Calendar { crn, field: None, years, .. } => write!(out, "case {crn}: {}", years.without_date()),
            Self::Calendar { crn, field: Some((path, _)), years, .. } => {
                write!(out, "case {crn}: {}", years.said_of(&format!("`{path}`")))
            }
            Self::NoFirmTier { crn, .. } => write!(out, "case {crn}: the facts leave the tier open"),
            Self::ReaderGone => out.write_str("closed by its reader"),
        }
    }
}

impl std::error::Error for Error {}

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
