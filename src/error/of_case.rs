//! The error of a case: everything that is wrong with it, in the order of its file.

use super::Error;
use crate::{
    case::{
        dated::out_of_years,
        fault::{Fault, Wrong},
    },
    decision::decide::CaseFile,
    schedule::assess::NoSchedule,
};
use std::sync::Arc;

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

    /// The same with so many faults more that are only counted.
    #[must_use]
    pub fn and_more(mut self, uncounted: usize) -> Self {
        if let Self::Case { others, .. } = &mut self {
            others.more += uncounted;
        }
        self
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

    /// The error of a case that has no schedule.
    #[must_use]
    pub fn of_case(CaseFile { case, document, .. }: &CaseFile, file: &str, why: NoSchedule) -> Self {
        let crn = case.crn.to_string();
        match why {
            NoSchedule::Case(fault) => Self::of_text(file, [fault], 1, String::new()).in_case(Some(crn)),
            NoSchedule::Policy(fault) => Self::Policy { crn: Some(crn), fault: *fault },
            NoSchedule::Years(years) => {
                let field = out_of_years(case, &years).map(|path| {
                    let node = document.as_ref().and_then(|document| document.nearest(&path));
                    (path, node.map(|node| node.at))
                });
                Self::Calendar { crn, file: file.to_owned(), field, years }
            }
        }
    }

    /// Lets go of the text of a case, which only drawing needs: a run that keeps many errors would keep many cases.
    pub fn forget_text(&mut self) {
        if let Self::Case { text, .. } = self {
            *text = String::new();
        }
    }
}
