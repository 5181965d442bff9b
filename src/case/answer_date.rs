//! The date that an answer is for: that of whoever asks, of the case itself, or today.

use super::Case;
use jiff::civil::Date;

/// Which date an answer is for.
#[derive(Debug, Clone, Copy, Default)]
pub struct AnswerDate {
    /// The one that is asked for. Without it a record's own `assessed_on` says it.
    pub asked: Option<Date>,
    /// Where neither does.
    pub today: Option<Date>,
}

impl AnswerDate {
    /// The date that the answer of a case is for, where that is known.
    #[must_use]
    pub fn of(self, case: &Case) -> Option<Date> {
        self.asked.or(case.assessed_on.map(|day| day.0)).or(self.today)
    }
}
