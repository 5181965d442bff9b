//! Whether one of two policies gives no tier where the other gives one: nobody who had a tier is to be without, whatever else holds.

use super::{Beside, Came, Claim, is_asked_about, shown};
use crate::{
    evaluate::evaluator::Spread,
    verify::{
        Proof, Property, Verdict, ask,
        region::{Said, Space},
        stretch::Stretch,
    },
};
use std::cell::RefCell;

/// What is proved of those who have a tier under both holds of nobody else: where one policy gives no tier to somebody whom the other
/// gives one, a claim that this breaks is refuted, or not decided.
pub(super) fn of_claim(stretch: &mut Stretch<'_>, beside: &mut Beside<'_>, claim: &Claim<'_>, proof: &mut Proof) {
    let ways: &[bool] = match claim.property {
        Property::Same => &[true, false],
        Property::NeverLower => &[true],
        _ => &[],
    };
    for is_lost in ways {
        if !matches!(proof.verdict, Verdict::Proved { .. }) {
            return;
        }
        let lost = is_nobody_without(stretch, beside, claim, *is_lost);
        proof.regions += lost.regions;
        proof.verdict = lost.verdict;
    }
}

/// Whether every case that one policy gives a tier has one under the other too: the new one, or where nothing `is_lost` the old one.
fn is_nobody_without(stretch: &mut Stretch<'_>, beside: &mut Beside<'_>, claim: &Claim<'_>, is_lost: bool) -> Proof {
    let space = Space { root: stretch.root.clone(), apart: beside.apart.clone(), ..Space::default() };
    let (beside, has_function) = (RefCell::new(beside), stretch.has_tier_function());
    let has_one = |spread: &Spread, has_function: bool| {
        let floor = if has_function { spread.places[0] } else { spread.all.floor[0] };
        floor > 0 || (spread.all.surely_decides && !spread.all.anything && !has_function)
    };
    let gives_none = |spread: &Spread| spread.places[1] == 0 && spread.all.decides.is_empty() && !spread.all.anything;
    ask(
        stretch,
        (claim.property, String::new()),
        &space,
        &mut |stretch, held| {
            let mut beside = beside.borrow_mut();
            let (is_asked_about, mut reads) = is_asked_about(stretch, claim, held);
            if is_asked_about == Some(false) {
                return (Said::Holds, reads);
            }
            let old_has_function = beside.old.has_tier_function();
            let [old, new] = beside.both(stretch, held, [None, None]);
            let [(from, _), (to, to_has)] = if is_lost {
                [(&old, old_has_function), (&new, has_function)]
            } else {
                [(&new, has_function), (&old, old_has_function)]
            };
            let is_vacant = |spread: &Spread| spread.is_impossible || spread.fails.is_some();
            let holds = is_vacant(from) || is_vacant(to) || has_one(to, to_has) || gives_none(from);
            reads.extend(old.reads.iter().chain(&new.reads).copied());
            (if holds { Said::Holds } else { Said::Open }, reads)
        },
        &mut |stretch, held| {
            let says = |[before, after]: [Came; 2]| {
                let (had, without) = if is_lost { (before, after) } else { (after, before) };
                let tier = had.ok()?.tier?;
                let fault = without.err().filter(|fault| fault.message.contains("gives this case a tier"))?;
                let [one, other] = if is_lost { ["old", "new"] } else { ["new", "old"] };
                Some(format!("{tier} under the {one} policy, and under the {other} one {}", fault.message))
            };
            shown(stretch, &mut beside.borrow_mut(), claim, held, &says)
        },
    )
}
