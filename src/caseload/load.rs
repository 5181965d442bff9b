//! What standards ask for in a week.

use crate::language::standard::{ContactStandard, ReviewStandard, Unit};
use rust_decimal::Decimal;

/// Days of a period of so many units; a month is a twelfth of 365.25 days.
fn days(every: u32, unit: Unit) -> Decimal {
    let unit = match unit {
        Unit::Day => Decimal::ONE,
        Unit::Week => Decimal::from(7),
        Unit::Month => Decimal::new(304_375, 4),
    };
    unit * Decimal::from(every.max(1))
}

/// Contacts in a week.
#[must_use]
pub fn contacts_a_week(standard: &ContactStandard) -> Decimal {
    Decimal::from(7 * u64::from(standard.times)) / days(standard.every, standard.unit)
}

/// Reviews in a week.
#[must_use]
pub fn reviews_a_week(standard: ReviewStandard) -> Decimal {
    Decimal::from(7) / days(standard.every, standard.unit)
}
