//! No function of the policy fails on any case.

use super::{
    Proof, Property, Verdict, ask,
    region::{Said, Space},
    stretch::Stretch,
};
use crate::{
    evaluate::{
        evaluator::Held,
        outcome::NoOutcome,
        possible::value::{Atom, Possible},
    },
    language::{builtins::effects_of, datum::Datum, lower::follows_from_tier, program::Entry},
};
use std::collections::BTreeSet;

/// No rule and nothing that follows from a tier fails on any case.
pub(super) fn never_fails(stretch: &mut Stretch<'_>) -> Vec<Proof> {
    let program = stretch.policy.program();
    let rules: Vec<&Entry> = stretch.evaluator.rules().to_vec();
    let mut proofs: Vec<Proof> = rules.into_iter().map(|entry| of_entry(stretch, entry, None)).collect();
    proofs.extend(decisions(stretch));
    let following = program.reserved.iter().filter(|(name, _)| follows_from_tier(name));
    for (name, entry) in following {
        let mut of_tiers = stretch.policy.tiers().all().into_iter().map(|tier| of_entry(stretch, entry, Some(&tier)));
        let Some(first) = of_tiers.next() else { continue };
        let mut all = vec![Proof { about: name.clone(), ..first }];
        for more in of_tiers {
            super::merge(&mut all, Proof { about: name.clone(), ..more });
        }
        proofs.extend(all);
    }
    proofs
}

/// No two rules decide differently for one case; asked where more than one can decide.
fn decisions(stretch: &mut Stretch<'_>) -> Option<Proof> {
    let deciding: BTreeSet<usize> = {
        let said = stretch.whole.rules.iter().enumerate();
        said.filter(|(_, said)| said.anything || !said.decides.is_empty()).map(|(at, _)| at).collect()
    };
    if deciding.len() < 2 {
        return None;
    }
    let space = Space { root: stretch.root.clone(), ..Space::default() };
    Some(ask(
        stretch,
        (Property::NeverFails, "two rules that decide".to_owned()),
        &space,
        &mut |stretch, held| {
            stretch.evaluator.hold(held);
            let spread = stretch.evaluator.outlook_of(Some(&deciding));
            let decides = spread.rules.iter().filter(|said| said.anything || !said.decides.is_empty()).count();
            let is_settled = spread.is_impossible || decides < 2 || spread.all.decides.len() < 2;
            let said = if is_settled && !spread.all.anything { Said::Holds } else { Said::Open };
            (said, spread.reads)
        },
        &mut |stretch, held| {
            stretch.show(held, &mut |pool, text| {
                let mut text = text.clone();
                let fault = pool.run(&mut text)?.1.err()?;
                let is_it = fault.message.starts_with("decides ");
                is_it.then(|| (fault.message.clone(), vec![text]))
            })
        },
    ))
}

/// Whether a function can only return what is asked of it: a rule effects, what follows from a tier standards or points.
fn fits(value: &Possible, follows: Option<&str>) -> bool {
    let of_one = |datum: &Datum| match (follows, datum) {
        (None, datum) => effects_of(datum).is_ok(),
        (Some("workload"), Datum::Whole(points)) => *points >= 0,
        (Some(_), datum) => matches!(datum, Datum::Absent | Datum::Standard(_)),
    };
    let of_datum = |datum: &Datum| match (follows, datum) {
        (Some(_), Datum::List(list)) => list.items.iter().all(of_one),
        _ => of_one(datum),
    };
    match value {
        Possible::Known(datum) => of_datum(datum),
        Possible::Several(atoms) => atoms.iter().all(|atom| match atom {
            Atom::Known(datum) => of_datum(datum),
            Atom::List(items) => items.iter().all(|item| fits(item, follows)),
            Atom::Numbers(_) => follows == Some("workload"),
            Atom::Texts | Atom::Entries(_) | Atom::Table(_) => false,
        }),
        // What is not followed is passed over elsewhere.
        _ => true,
    }
}

/// A rule fails on no case; or what follows from a tier does not.
pub(super) fn of_entry(stretch: &mut Stretch<'_>, entry: &Entry, tier: Option<&str>) -> Proof {
    let space = Space { root: stretch.root.clone(), ..Space::default() };
    let arguments = || tier.map(|tier| vec![Possible::Known(Datum::text(tier))]).unwrap_or_default();
    let mut passed_over = false;
    let name = entry.rule.name.to_string();
    let look = |stretch: &mut Stretch<'_>, held: &Held| {
        stretch.show(held, &mut |pool, text| {
            let mut text = text.clone();
            let (facts, ran) = pool.run(&mut text)?;
            let fault = match tier {
                None => ran.err()?,
                Some(tier) => {
                    let said = pool.assessor.begin(&facts).evaluator.follows(&name, tier);
                    said.err().and_then(|said| match said {
                        NoOutcome::Fault(fault) => Some(fault),
                        NoOutcome::Unknown(_) => None,
                    })?
                }
            };
            let is_its = fault.rule.as_deref() == Some(&*name);
            is_its.then(|| (format!("line {}: {}", fault.line.unwrap_or_default(), fault.message), vec![text]))
        })
    };
    let mut proof = ask(
        stretch,
        (Property::NeverFails, name.clone()),
        &space,
        &mut |stretch: &mut Stretch<'_>, held: &Held| {
            stretch.evaluator.hold(held);
            stretch.passes_over(false);
            let told = stretch.evaluator.told(entry, arguments());
            passed_over |= stretch.passes_over(false) || matches!(told.value, Some(Possible::Anything));
            let may_fail = told.may_fail.is_some()
                || told.value.as_ref().is_some_and(|value| !fits(value, tier.map(|_| name.as_str())));
            let said = match (told.is_impossible, may_fail, told.fails) {
                (true, ..) | (_, false, _) => Said::Holds,
                (_, _, true) => Said::Fails,
                _ => Said::Open,
            };
            (said, told.reads)
        },
        &mut |stretch, held| look(stretch, held),
    );
    if passed_over && matches!(proof.verdict, Verdict::Proved { .. }) {
        let root = stretch.root.clone();
        stretch.pool.turn_to_region(false);
        let why = "what is done with entries of histories and lists, and with numbers that hang together, is not looked into; everything else holds";
        proof.verdict = match look(stretch, &root) {
            Some(shown) => Verdict::Refuted { shown: Some(shown) },
            None => Verdict::NotDecided { why: why.to_owned() },
        };
    }
    proof
}
