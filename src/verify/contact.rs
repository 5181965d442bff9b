//! A higher tier is seen at least as often as the one below it.

use super::{
    Proof, Property, ask,
    region::{Said, Space},
    stretch::Stretch,
};
use crate::{
    calendar::days_between,
    evaluate::{
        outcome::NoOutcome,
        possible::value::{Atom, Possible},
    },
    language::{
        datum::Datum,
        standard::{ContactStandard, Standard, Unit},
    },
};
use jiff::{ToSpan, civil::Date};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Days of four years, over which contacts are counted.
const FOUR_YEARS: i64 = 1_461;
/// Months of four years, one of which has 29 days in February.
const MONTHS: i32 = 48;
/// The first of them.
const FIRST: Date = jiff::civil::date(2001, 1, 1);

/// How long months are taken to be: a standard in months is held against one in days at both ends.
#[derive(Debug, Clone, Copy)]
enum Months {
    Shortest,
    Longest,
}

/// A proof for each tier and the one above it.
pub(super) fn contact(stretch: &mut Stretch<'_>) -> Vec<Proof> {
    let Some(entry) = stretch.policy.program().reserved.get("contact") else { return Vec::new() };
    let tiers = stretch.policy.tiers().ordered();
    let pairs = tiers.iter().zip(tiers.iter().skip(1));
    let all = pairs.map(|(lower, higher)| {
        let space = Space { root: stretch.root.clone(), ..Space::default() };
        ask(
            stretch,
            (Property::Contact, format!("{higher} over {lower}")),
            &space,
            &mut |stretch, held| {
                stretch.evaluator.hold(held);
                let [of_lower, of_higher] =
                    [lower, higher].map(|tier| stretch.evaluator.told(entry, vec![Possible::Known(Datum::text(tier))]));
                let mut reads = of_lower.reads;
                reads.extend(of_higher.reads);
                if of_lower.is_impossible || of_higher.is_impossible {
                    return (Said::Holds, BTreeSet::new());
                }
                let values = [of_lower.value, of_higher.value];
                let said = [Months::Shortest, Months::Longest].map(|months| {
                    let rates = values.each_ref().map(|value| value.as_ref().and_then(|value| rates(value, months)));
                    match rates {
                        [Some([_, most]), Some([above_least, _])] if most <= above_least => Said::Holds,
                        [Some([least, _]), Some([_, above_most])] if least > above_most => Said::Fails,
                        _ => Said::Open,
                    }
                });
                let said = match said {
                    [Said::Holds, Said::Holds] => Said::Holds,
                    said if said.contains(&Said::Fails) => Said::Fails,
                    _ => Said::Open,
                };
                (said, reads)
            },
            &mut |stretch, held| {
                stretch.show(held, &mut |pool, text| {
                    let mut text = text.clone();
                    let (facts, _) = pool.run(&mut text)?;
                    let [below, above] = [lower, higher].map(|tier| {
                        let said = pool.assessor.begin(&facts).evaluator.follows("contact", tier);
                        said.map_err(|_: NoOutcome| ()).ok()
                    });
                    let (below, above) = (below?, above?);
                    let is_less = [Months::Shortest, Months::Longest].into_iter().any(|months| {
                        let fewest = |ways: &[Vec<Standard>]| ways.iter().map(|way| of_way(way, months)).min();
                        fewest(&above).unwrap_or_default() < fewest(&below).unwrap_or_default()
                    });
                    is_less.then(|| (format!("as {higher} the case is seen less often than as {lower}"), vec![text]))
                })
            },
        )
    });
    all.collect()
}

/// Contacts in four years.
fn rate(standard: &ContactStandard, months: Months) -> Decimal {
    let every = standard.every.max(1);
    let period = match standard.unit {
        Unit::Day | Unit::Week => i64::from(every) * i64::from(standard.unit.days()),
        Unit::Month => days_of(every, months),
    };
    Decimal::from(FOUR_YEARS) * Decimal::from(standard.times) / Decimal::from(period.max(1))
}

/// The days of so many months, one after the other.
fn days_of(count: u32, months: Months) -> i64 {
    let begins = (0..MONTHS).filter_map(|month| FIRST.checked_add(month.months()).ok());
    let lengths = begins.filter_map(|from| Some(days_between(from, Unit::Month.after(from, count)?)));
    match months {
        Months::Shortest => lengths.min(),
        Months::Longest => lengths.max(),
    }
    .unwrap_or(FOUR_YEARS)
}

fn of_way(way: &[Standard], months: Months) -> Decimal {
    let of_contact = way.iter().filter_map(|standard| match standard {
        Standard::Contact(contact) => Some(rate(contact, months)),
        _ => None,
    });
    of_contact.sum()
}

/// The fewest and the most contacts in four years that a value asks for; none where that is not told.
fn rates(value: &Possible, months: Months) -> Option<[Decimal; 2]> {
    let atoms = match value {
        Possible::Known(datum) => vec![Atom::Known(datum.clone())],
        Possible::Several(atoms) => atoms.to_vec(),
        _ => return None,
    };
    let each: Option<Vec<[Decimal; 2]>> = atoms.iter().map(|atom| of_atom(atom, months)).collect();
    each?.into_iter().reduce(|[low, high], [least, most]| [low.min(least), high.max(most)])
}

fn of_atom(atom: &Atom, months: Months) -> Option<[Decimal; 2]> {
    match atom {
        Atom::Known(Datum::Absent) => Some([Decimal::ZERO; 2]),
        Atom::Known(Datum::Standard(standard)) => match &**standard {
            Standard::Contact(contact) => Some([rate(contact, months); 2]),
            _ => None,
        },
        Atom::Known(Datum::List(list)) => {
            let each: Option<Vec<[Decimal; 2]>> =
                list.items.iter().map(|item| of_atom(&Atom::Known(item.clone()), months)).collect();
            Some(sum(each?))
        }
        Atom::List(list) => {
            let each: Option<Vec<[Decimal; 2]>> = list.iter().map(|value| rates(value, months)).collect();
            Some(sum(each?))
        }
        _ => None,
    }
}

fn sum(each: Vec<[Decimal; 2]>) -> [Decimal; 2] {
    each.into_iter().fold([Decimal::ZERO; 2], |[low, high], [least, most]| [low + least, high + most])
}
