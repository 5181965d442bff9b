//! Whose cases a command line asks for.

use crate::{
    case::{Case, text::Label},
    error::Error,
};
use clap::Args;

/// Whose cases.
#[derive(Debug, Args)]
pub struct Whose {
    /// Only cases of this officer
    #[arg(long, value_name = "ID")]
    officer: Option<String>,
    /// Only cases of this office
    #[arg(long, value_name = "OFFICE")]
    office: Option<String>,
}

impl Whose {
    /// Whether a case is asked for.
    #[must_use]
    pub fn holds(&self, case: &Case) -> bool {
        let is = |asked: &Option<String>, said: &Option<Label>| {
            asked.as_deref().is_none_or(|asked| said.as_ref().map(Label::as_str) == Some(asked))
        };
        is(&self.officer, &case.supervision.officer.id) && is(&self.office, &case.supervision.office)
    }

    /// That no case is asked for, where not all are.
    ///
    /// # Errors
    ///
    /// Then.
    pub fn some(&self, any: bool) -> Result<(), Error> {
        match self.in_words() {
            Some(whose) if !any => Err(Error::input("the cases named", format!("none is of {whose}"))
                .with_help("write it as the cases do; `brag caseload CASES` tells whose they are")),
            _ => Ok(()),
        }
    }

    /// Whether the cases of every officer of an office are.
    #[must_use]
    pub const fn is_of_all_officers(&self) -> bool {
        self.officer.is_none()
    }

    /// Whose are asked for, where not all are.
    #[must_use]
    pub fn in_words(&self) -> Option<String> {
        let officer = self.officer.as_ref().map(|officer| format!("officer {officer}"));
        let office = self.office.as_ref().map(|office| format!("office {office}"));
        let said: Vec<String> = officer.into_iter().chain(office).collect();
        (!said.is_empty()).then(|| said.join(" in "))
    }
}
