//! The dates that the cases of a comparison were looked at for.

use crate::report::phrases::on_dates;
use jiff::civil::Date;

/// The first and the last of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dates(Option<[Date; 2]>);

impl Dates {
    /// One more.
    pub fn add(&mut self, on: Date) {
        let [first, last] = self.0.unwrap_or([on, on]);
        self.0 = Some([first.min(on), last.max(on)]);
    }

    /// The latest.
    #[must_use]
    pub fn latest(&self) -> Option<Date> {
        self.0.map(|[_, last]| last)
    }

    /// The date of every case, where all have the same.
    #[must_use]
    pub fn only(&self) -> Option<Date> {
        self.0.filter(|[first, last]| first == last).map(|[on, _]| on)
    }

    /// The first and the last.
    #[must_use]
    pub const fn ends(&self) -> Option<[Date; 2]> {
        self.0
    }

    /// When cases move, behind that they do.
    pub(super) fn in_words(self) -> String {
        self.0.map(|[first, last]| on_dates(first, last)).unwrap_or_default()
    }
}
