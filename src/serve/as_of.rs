//! The dates that an answer of the workbench is for. They are settled with each question: a server runs for weeks, and today goes on.

use crate::{
    case::{Case, answer_date::AnswerDate},
    error::Error,
};
use jiff::civil::Date;

/// The dates of a question.
#[derive(Debug, Clone)]
pub struct AsOf {
    /// The date that an answer is for, where it is not that of each case.
    pub on: Option<Date>,
    /// The date whose rules and numbers are in force, where it is not that of each case.
    pub law: Option<Date>,
    /// The day where the server is, for a case without a date.
    pub today: Result<Date, Error>,
}

impl AsOf {
    /// The date that an answer to a case is for.
    ///
    /// # Errors
    ///
    /// When it is today, and no clock says it.
    pub fn date(&self, case: &Case) -> Result<Date, Error> {
        self.dates().of(case).map_or_else(|| self.today.clone(), Ok)
    }

    /// Which date an answer is for.
    #[must_use]
    pub fn dates(&self) -> AnswerDate {
        AnswerDate { asked: self.on, today: self.today.clone().ok() }
    }

    /// Whether every case has the answers of another time.
    #[must_use]
    pub fn is_that_of(&self, other: &Self) -> bool {
        let dates = |one: &Self| (one.on, one.law, one.today.clone().ok());
        dates(self) == dates(other)
    }
}
