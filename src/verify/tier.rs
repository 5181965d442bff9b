//! Every case gets a tier, and the laws of the policy hold of every case and its tier.

use super::{
    Proof, Property, ask,
    region::{Said, Space},
    stretch::Stretch,
};
use crate::{
    evaluate::possible::value::{Atom, Possible, alike},
    language::{datum::Datum, program::Entry},
};
use std::collections::BTreeSet;

/// Every case gets a tier.
pub(super) fn always(stretch: &mut Stretch<'_>) -> Proof {
    let space = Space { root: stretch.root.clone(), ..Space::default() };
    ask(
        stretch,
        (Property::AlwaysATier, String::new()),
        &space,
        &mut |stretch, held| {
            let has_function = stretch.has_tier_function();
            let Some(spread) = stretch.outlook(held) else { return (Said::Holds, BTreeSet::new()) };
            let floor = if has_function { spread.places[0] } else { spread.all.floor[0] };
            let said = match (floor > 0, spread.all.surely_decides, spread.all.anything) {
                (true, ..) => Said::Holds,
                (_, true, false) if !has_function => Said::Holds,
                _ => Said::Open,
            };
            (said, spread.reads)
        },
        &mut |stretch, held| {
            stretch.show(held, &mut |pool, text| {
                let mut text = text.clone();
                let (_, ran) = pool.run(&mut text)?;
                let fault = ran.err().filter(|fault| fault.message.contains("gives this case a tier"))?;
                Some((fault.message.clone(), vec![text]))
            })
        },
    )
}

/// The laws in force hold.
pub(super) fn laws(stretch: &mut Stretch<'_>) -> Vec<Proof> {
    let (policy, from) = (stretch.policy, stretch.from);
    let laws = policy.program().laws.iter().filter(|law| law.rule.holds_on(policy.law().unwrap_or(from)));
    laws.map(|law| holds(stretch, law)).collect()
}

fn holds(stretch: &mut Stretch<'_>, law: &Entry) -> Proof {
    stretch.evaluator.hold(&stretch.root.clone());
    let any =
        Possible::of_atoms(stretch.policy.tiers().all().iter().map(|tier| Atom::Known(Datum::text(tier))).collect());
    let first = stretch.evaluator.told(law, vec![any]).reads;
    let space = Space { root: stretch.root.clone(), first, ..Space::default() };
    ask(
        stretch,
        (Property::Law, law.rule.name.to_string()),
        &space,
        &mut |stretch, held| {
            let Some(spread) = stretch.outlook(held) else { return (Said::Holds, BTreeSet::new()) };
            let tiers = spread.tiers.iter().map(|tier| Atom::Known(Datum::text(tier)));
            let told = stretch.evaluator.told(law, vec![Possible::of_atoms(tiers.collect())]);
            let mut reads = spread.reads;
            reads.extend(told.reads);
            if told.is_impossible {
                return (Said::Holds, reads);
            }
            let said = match told.value {
                Some(Possible::Known(datum)) if alike(&datum, &Datum::Bool(true)) => Said::Holds,
                Some(Possible::Known(datum)) if alike(&datum, &Datum::Bool(false)) => Said::Fails,
                _ => Said::Open,
            };
            (if told.may_fail.is_some() { Said::Open } else { said }, reads)
        },
        &mut |stretch, held| {
            stretch.show(held, &mut |pool, text| {
                let mut text = text.clone();
                let (_, ran) = pool.run(&mut text)?;
                let tier = ran.ok()?.tier?;
                let broken = pool.breaks(law, &text, &tier)?;
                Some((broken, vec![text]))
            })
        },
    )
}
