//! The bank holidays of England and Wales as GOV.UK publishes them, in JSON.

use super::{HolidayFault, HolidayWrong, WorkingDays, day};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Published<'a> {
    #[serde(rename = "england-and-wales", borrow)]
    division: Division<'a>,
}

#[derive(Deserialize)]
struct Division<'a> {
    #[serde(borrow)]
    events: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Event {
    date: String,
    title: String,
}

impl WorkingDays {
    /// Reads the bank holidays of England and Wales from the JSON that GOV.UK publishes; `file` is what a fault calls it.
    ///
    /// # Errors
    ///
    /// When it is something else, a date stands twice, or a year between the first and the last has no holiday; at the line of the
    /// date, or where it stops being what it should.
    pub fn from_json(text: &str, file: &str) -> Result<Self, HolidayFault> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let fault = |line, wrong| HolidayFault { file: file.to_owned(), line, wrong };
        let other = |error: &serde_json::Error, from: u64| {
            let further = u64::try_from(error.line()).unwrap_or(1).saturating_sub(1);
            fault(from + further, HolidayWrong::Json)
        };
        let published: Published<'_> = serde_json::from_str(text).map_err(|error| other(&error, 1))?;
        let (mut holidays, mut places) = (BTreeMap::new(), BTreeMap::new());
        for event in published.division.events.iter().map(|event| event.get()) {
            let Event { date, title } =
                serde_json::from_str(event).map_err(|error| other(&error, line_of(text, event)))?;
            let place = event.split_once("\"date\"").map_or(event, |(_, after)| after);
            let date = day(&date).ok_or_else(|| fault(line_of(text, place), HolidayWrong::Date))?;
            if holidays.insert(date, title).is_some() {
                return Err(fault(line_of(text, place), HolidayWrong::Twice));
            }
            places.insert(date, place);
        }
        Self::of(holidays).map_err(|wrong| {
            // A gap is seen where the next year begins.
            let next = match wrong {
                HolidayWrong::Gap(year) => places.iter().find(|(date, _)| date.year() > year),
                _ => None,
            };
            fault(next.map_or(1, |(_, place)| line_of(text, place)), wrong)
        })
    }
}

/// The line of a text on which a part of it begins.
fn line_of(text: &str, part: &str) -> u64 {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let before = text.get(..start).unwrap_or_default();
    u64::try_from(before.matches('\n').count()).unwrap_or(u64::MAX).saturating_add(1)
}
