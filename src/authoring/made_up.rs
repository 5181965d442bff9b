//! Made-up cases for a policy: their ratings have its tiers, as far up its order as those of the shipped policy stand in theirs.

use crate::{calendar::WorkingDays, language::tiers::Tiers};
use brag_made_up::Book;
use jiff::civil::Date;
use serde_json::Value;

/// The tiers of made-up ratings, the least intensive first, and the one outside their order.
const TIERS: [&str; 4] = ["Green", "Amber", "Red-Amber", "Red"];
const OUTSIDE: &str = "Blue";
/// The years that a book may be of: every date in it lies within the calendar of working days.
pub const BOOK_YEARS: std::ops::RangeInclusive<i16> = 2016..=2036;
/// The parts of a case that name a tier.
const NAMING: [&str; 2] = ["ratings", "override"];

/// The cases of a book, without end, each of a number.
pub fn made_up(seed: u64, on: Date, days: WorkingDays, tiers: Option<&Tiers>) -> impl Iterator<Item = Value> {
    let book = Book::new(seed, on, move |date| days.is_working(date).unwrap_or(true));
    let others =
        tiers.filter(|tiers| !tiers.ordered().is_empty() && !TIERS.iter().all(|tier| tiers.contains(tier))).cloned();
    (0..).map(move |number| {
        let mut case = book.case(number);
        if let (Some(tiers), Some(fields)) = (&others, case.as_object_mut()) {
            fields
                .iter_mut()
                .filter(|(name, _)| NAMING.contains(&name.as_str()))
                .for_each(|(_, part)| rename(part, tiers));
        }
        case
    })
}

fn rename(part: &mut Value, tiers: &Tiers) {
    match part {
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, tiers)),
        Value::Object(fields) => fields.values_mut().for_each(|field| rename(field, tiers)),
        Value::String(text) => {
            let ordered = tiers.ordered();
            let rank = TIERS.iter().position(|tier| tier == text).or((text == OUTSIDE).then_some(0));
            let place = rank.map(|rank| rank * ordered.len() / TIERS.len());
            let outside = tiers.outside().first().filter(|_| text == OUTSIDE);
            if let Some(tier) = outside.or_else(|| ordered.get(place?)) {
                tier.clone_into(text);
            }
        }
        _ => {}
    }
}
