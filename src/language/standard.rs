//! Standards: how often somebody must be seen and reviewed. A policy's `contact` and `review` functions return them.

use crate::case::words::{ContactMode, Grade, Place};
use jiff::{Span, civil::Date};
use schemars::JsonSchema;
use serde::Serialize;

/// A unit of time in a standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Calendar days.
    Day,
    /// Seven calendar days, counted from the day itself.
    Week,
    /// Calendar months: the same day number, or the last day of a shorter month.
    Month,
}

impl Unit {
    /// Its length in days; of a month, the longest.
    #[must_use]
    pub const fn days(self) -> u32 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 31,
        }
    }

    /// The date so many units later; none past the last year of the calendar.
    #[must_use]
    pub fn after(self, date: Date, count: u32) -> Option<Date> {
        let count = i64::from(count);
        let span = match self {
            Self::Day => Span::new().try_days(count),
            Self::Week => Span::new().try_weeks(count),
            Self::Month => Span::new().try_months(count),
        };
        span.and_then(|span| date.checked_add(span)).ok()
    }
}

/// How often somebody must be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ContactStandard {
    /// Length of the period, in `unit`.
    #[schemars(range(min = 1))]
    pub every: u32,
    /// The unit of `every`.
    pub unit: Unit,
    /// The kind of contact, as the policy calls it: `face_to_face`, `home_visit` and so on.
    pub mode: String,
    /// Contacts in each period.
    #[schemars(range(min = 1))]
    pub times: u32,
    /// The modes of contact that count.
    #[serde(skip)]
    pub accepts: Vec<ContactMode>,
    /// Working days within which the first contact of a sentence is due; the period itself when the policy does not say.
    #[serde(skip)]
    pub first_within: Option<u32>,
    /// Calendar days before the due date from which a contact counts as upcoming.
    #[serde(skip)]
    pub upcoming: u32,
}

/// How often a rating must be reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReviewStandard {
    /// Length of the period, in `unit`.
    #[schemars(range(min = 1))]
    pub every: u32,
    /// The unit of `every`.
    pub unit: Unit,
}

/// What `contact`, `review`, `allocate` and `workload` return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standard {
    /// Of contact.
    Contact(ContactStandard),
    /// Of review.
    Review(ReviewStandard),
    /// Who holds the case.
    Allocation(Allocation),
    /// Points of the work that the case asks for.
    Workload(u32),
}

/// The numbers of a calendar that do not depend on the tier. Working days are those of England and Wales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarRules {
    /// Calendar days after a due date that are not yet counted as overdue.
    pub grace_days: u32,
    /// First contact after release from custody, working days.
    pub contact_after_release: u32,
    /// First contact after a return from suspension, working days.
    pub contact_after_return: u32,
    /// Contact after a transfer, working days.
    pub contact_after_transfer: u32,
    /// Least time to catch up after the tier was raised, working days.
    pub catch_up: u32,
    /// First confirmed rating, working days after the start.
    pub review_first: u32,
    /// Review after a significant event, working days.
    pub review_triggered: u32,
    /// Review after a transfer, working days.
    pub review_after_transfer: u32,
    /// Calendar days before a review's due date from which it counts as upcoming.
    pub review_upcoming: u32,
    /// Assessment before release, calendar days before it.
    pub pre_release: u32,
    /// The same when the release date became known too late, working days after that day.
    pub pre_release_late: u32,
    /// Calendar days before the assessment's due date from which it counts as upcoming.
    pub pre_release_upcoming: u32,
    /// Calendar days before the assessment's due date from which a rating counts as that assessment.
    pub pre_release_early: u32,
}

impl CalendarRules {
    /// The parameters that they are, which a policy with `contact` or `review` has.
    pub const NUMBERS: &'static [&'static str] = &[
        "grace_days",
        "contact_after_release",
        "contact_after_return",
        "contact_after_transfer",
        "catch_up",
        "review_first",
        "review_triggered",
        "review_after_transfer",
        "review_upcoming",
        "pre_release",
        "pre_release_late",
        "pre_release_upcoming",
        "pre_release_early",
    ];
}

/// The numbers beside which the work of officers is seen, where a policy or one that runs with it has them: most cases of an
/// officer by grade, and the percentages of that from which the workload is amber and red.
pub const WORKLOAD_NUMBERS: &[&str] =
    &["target_po", "target_pso", "target_pqip", "target_spo", "workload_amber", "workload_red"];

/// Who holds a case, and from where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Allocation {
    /// Grade of officer.
    pub grade: Grade,
    /// From where the case is managed.
    pub from: Place,
}
