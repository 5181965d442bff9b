//! A higher tier is seen at least as often as the one below it.

use super::{
    Proof, Property, ask,
    region::{Said, Space},
    stretch::Stretch,
};
use crate::{
    evaluate::{
        outcome::NoOutcome,
        possible::value::{Atom, Possible},
    },
    language::{
        datum::Datum,
        standard::{ContactStandard, Standard, Unit},
    },
};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Days of four years, over which contacts are counted: a month is a forty-eighth of them.
const FOUR_YEARS: i64 = 1_461;

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
                let rates = [of_lower.value, of_higher.value].map(|value| value.as_ref().and_then(rates));
                let [Some([least, most]), Some([above_least, above_most])] = rates else { return (Said::Open, reads) };
                let said = match (most <= above_least, least > above_most) {
                    (true, _) => Said::Holds,
                    (_, true) => Said::Fails,
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
                        let said: Option<Vec<Vec<Standard>>> = said.map_err(|_: NoOutcome| ()).ok();
                        said.map(|ways| ways.iter().map(|way| of_way(way)).min().unwrap_or_default())
                    });
                    let is_less = above? < below?;
                    is_less.then(|| (format!("as {higher} the case is seen less often than as {lower}"), vec![text]))
                })
            },
        )
    });
    all.collect()
}

/// Contacts in four years.
fn rate(standard: &ContactStandard) -> Decimal {
    let period = match standard.unit {
        Unit::Day => Decimal::ONE,
        Unit::Week => Decimal::from(7),
        Unit::Month => Decimal::from(FOUR_YEARS) / Decimal::from(48),
    };
    let period = period * Decimal::from(standard.every.max(1));
    Decimal::from(FOUR_YEARS) * Decimal::from(standard.times) / period
}

fn of_way(way: &[Standard]) -> Decimal {
    let of_contact = way.iter().filter_map(|standard| match standard {
        Standard::Contact(contact) => Some(rate(contact)),
        _ => None,
    });
    of_contact.sum()
}

/// The fewest and the most contacts in four years that a value asks for; none where that is not told.
fn rates(value: &Possible) -> Option<[Decimal; 2]> {
    let atoms = match value {
        Possible::Known(datum) => vec![Atom::Known(datum.clone())],
        Possible::Several(atoms) => atoms.to_vec(),
        _ => return None,
    };
    let each: Option<Vec<[Decimal; 2]>> = atoms.iter().map(of_atom).collect();
    each?.into_iter().reduce(|[low, high], [least, most]| [low.min(least), high.max(most)])
}

fn of_atom(atom: &Atom) -> Option<[Decimal; 2]> {
    match atom {
        Atom::Known(Datum::Absent) => Some([Decimal::ZERO; 2]),
        Atom::Known(Datum::Standard(standard)) => match &**standard {
            Standard::Contact(contact) => Some([rate(contact); 2]),
            _ => None,
        },
        Atom::Known(Datum::List(list)) => {
            let each: Option<Vec<[Decimal; 2]>> =
                list.items.iter().map(|item| of_atom(&Atom::Known(item.clone()))).collect();
            Some(sum(each?))
        }
        Atom::List(list) => {
            let each: Option<Vec<[Decimal; 2]>> = list.iter().map(rates).collect();
            Some(sum(each?))
        }
        _ => None,
    }
}

fn sum(each: Vec<[Decimal; 2]>) -> [Decimal; 2] {
    each.into_iter().fold([Decimal::ZERO; 2], |[low, high], [least, most]| [low + least, high + most])
}
