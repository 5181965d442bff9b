//! What is owed as a calendar that other programs open: RFC 5545, one all-day event an obligation.
//!
//! It says no more of a person than the case reference. It has no alarms, because a calendar is opened by many, and its
//! time stamps are the date that the answer is for, so that the same answer is the same file.

use crate::report::shown::shown;
use icalendar::{Calendar, Component, Event, Property};
use jiff::civil::{Date, date};
use std::fmt;

/// What somebody is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObligationKind {
    /// A contact.
    Contact,
    /// A review of the rating.
    Review,
}

impl fmt::Display for ObligationKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(match self {
            Self::Contact => "contact",
            Self::Review => "review",
        })
    }
}

/// Something owed by a date. A case has at most one of each kind open at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obligation {
    /// The case reference.
    pub crn: String,
    /// What is owed.
    pub kind: ObligationKind,
    /// By when.
    pub due: Date,
    /// What the calendar shows.
    pub summary: String,
}

impl Obligation {
    /// The identity of the obligation in every calendar: the case and the kind, not the date. A second import then moves
    /// the event to its new date; with the date in it, the old one would stay beside it, and be wrong.
    #[must_use]
    pub fn uid(&self) -> String {
        format!("{}-{}@due.brag", self.crn, self.kind)
    }

    fn event(&self, on: Date) -> Event {
        let day_after = self.due.tomorrow().unwrap_or(self.due);
        let mut event = Event::new();
        event
            .uid(&shown(&self.uid()))
            .summary(&shown(&self.summary))
            .append_property(Property::new("DTSTAMP", format!("{}T000000Z", basic(on))))
            .append_property(day("DTSTART", self.due))
            .append_property(day("DTEND", day_after))
            // A later answer has a higher number: that is how a calendar knows which of two is newer.
            .add_property("SEQUENCE", days_since_2000(on).to_string())
            .add_property("CLASS", "PRIVATE")
            // Nobody is busy all day because a contact is due by its end.
            .add_property("TRANSP", "TRANSPARENT");
        event.done()
    }
}

/// The calendar of a list of obligations, as of a date.
#[must_use]
pub fn calendar(obligations: &[Obligation], on: Date) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//brag//due//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    calendar.extend(obligations.iter().map(|obligation| obligation.event(on)));
    calendar.to_string()
}

fn day(name: &str, date: Date) -> Property {
    Property::new(name, basic(date)).add_parameter("VALUE", "DATE").done()
}

fn basic(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}

fn days_since_2000(on: Date) -> i64 {
    crate::calendar::days_between(date(2000, 1, 1), on).max(0)
}
