//! What is owed as a calendar that other programs open: RFC 5545, one all-day event an obligation.
//!
//! It says no more of a person than the case reference, and what standard asks for it. What is overdue stands on the day that the
//! answer is for, where somebody sees it, and says since when. Its time stamps are that date too, so that the same answer is the
//! same file.

use crate::report::shown::shown;
use icalendar::{Alarm, Calendar, Component, Event, EventLike, Property, Trigger};
use jiff::civil::{Date, date};
use std::{collections::BTreeMap, fmt};

/// When the alarm rings: at eight in the morning of the day.
const MORNING: &str = "PT8H";

/// The most octets of a line, without its break.
const MAX_OCTETS: usize = 75;

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
    /// The date that the answer is for.
    pub on: Date,
    /// By when.
    pub due: Date,
    /// What the calendar shows.
    pub summary: String,
    /// Why it is due then.
    pub why: String,
    /// Reference of the officer whose work it is.
    pub officer: Option<String>,
}

impl Obligation {
    /// The identity of the obligation in every calendar: the case and the kind, not the date. A second import then moves
    /// the event to its new date; with the date in it, the old one would stay beside it, and be wrong.
    #[must_use]
    pub fn uid(&self) -> String {
        format!("{}-{}@due.brag", self.crn, self.kind)
    }

    fn event(&self, nth: usize) -> Event {
        let on = self.on;
        // Of a reference that stands in several cases each has its own.
        let uid = if nth == 0 { self.uid() } else { format!("{}-{}", nth + 1, self.uid()) };
        // Nobody looks at last month's page of a calendar.
        let day_shown = self.due.max(on);
        let day_after = day_shown.tomorrow().unwrap_or(day_shown);
        let mut event = Event::new();
        event
            .uid(&shown(&uid))
            .summary(&shown(&self.summary))
            .append_property(stamp(on))
            .append_property(day("DTSTART", day_shown))
            .append_property(day("DTEND", day_after))
            // A later answer has a higher number: that is how a calendar knows which of two is newer.
            .add_property("SEQUENCE", days_since_2000(on).to_string())
            .add_property("CLASS", "PRIVATE")
            // Nobody is busy all day because a contact is due by its end.
            .add_property("TRANSP", "TRANSPARENT")
            .description(&shown(&self.why));
        if let Ok(morning) = Trigger::try_from(&Property::new("TRIGGER", MORNING)) {
            let mut alarm = Alarm::display(&shown(&self.summary), morning);
            // Else it has the time of the run and a random name.
            alarm.uid(&shown(&format!("alarm-{uid}"))).append_property(stamp(on));
            event.alarm(alarm);
        }
        if let Some(officer) = &self.officer {
            event.add_property("CATEGORIES", shown(officer));
        }
        event.done()
    }
}

/// The calendar of a list of obligations, each as of its own date.
#[must_use]
pub fn calendar(obligations: &[Obligation]) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//brag//due//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    let mut met: BTreeMap<(&str, ObligationKind), usize> = BTreeMap::new();
    for one in obligations {
        let nth = met.entry((&one.crn, one.kind)).or_default();
        calendar.push(one.event(*nth));
        *nth += 1;
    }
    folded(&calendar.to_string())
}

/// The same text with each line folded by its octets, which are what RFC 5545 counts.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for line in text.replace("\r\n ", "").split_inclusive("\r\n") {
        let mut octets = 0;
        for letter in line.chars() {
            if octets + letter.len_utf8() > MAX_OCTETS && !letter.is_control() {
                folded.push_str("\r\n ");
                octets = 1;
            }
            folded.push(letter);
            octets += letter.len_utf8();
        }
    }
    folded
}

fn stamp(on: Date) -> Property {
    Property::new("DTSTAMP", format!("{}T000000Z", basic(on)))
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
