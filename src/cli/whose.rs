//! Whose cases a command line asks for.

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
    /// Whether the cases of an officer and office are asked for.
    #[must_use]
    pub fn holds(&self, officer: Option<&str>, office: Option<&str>) -> bool {
        self.officer.as_deref().is_none_or(|asked| officer == Some(asked))
            && self.office.as_deref().is_none_or(|asked| office == Some(asked))
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
