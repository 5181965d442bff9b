//! Two policies, an old and a new one: whether both give every case that lacks nothing the same tier, or the new one none a lower or
//! none a higher. What rules say that mean the same in both is left out; the others are asked over regions of both at once, first
//! by themselves, then with all the rest.

mod beside;
mod differences;
mod lost;
mod outlooks;

use self::beside::Beside;
use super::{
    Proof, Property, Report, Verdict, ask, changes_of, days_of, faults, merge,
    pool::Pool,
    region::{Said, Space},
    stretch::Stretch,
};
use crate::{
    case::input::InputId,
    decision,
    evaluate::{
        evaluator::{Held, Spread},
        possible::value::{Possible, alike},
    },
    language::{datum::Datum, fault::PolicyFault, program::Entry},
    policy::Policy,
};
use jiff::civil::Date;
use std::{cell::RefCell, collections::BTreeSet, sync::Arc};

/// What comes of a case: its verdict, or the fault of the policy.
type Came = Result<decision::verdict::Verdict, Box<PolicyFault>>;

/// What is asked of two policies.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'q> {
    /// [`Property::Same`], [`Property::NeverLower`] or [`Property::NeverHigher`].
    pub property: Property,
    /// The law of the new policy that tells which cases are asked about, with how it was written; all of them where there is none.
    pub only: Option<(&'q Entry, &'q str)>,
}

/// Asks of two policies, an old and a new one, what holds of every case that lacks nothing: `worked` are their worked cases as texts, and
/// `budget` the regions that each claim may take. Whoever has a tier under the one and none under the other has not the same, and
/// under the new one none is lower than any. That no rule fails that the new one has otherwise is asked too.
#[must_use]
pub fn verify_two([old, new]: [&Policy; 2], worked: &[String], claims: &[Claim<'_>], budget: usize) -> Report {
    let dates = changes_of([old, new]);
    let mut proofs: Vec<Proof> = Vec::new();
    let stretches = days_of(&dates);
    for (from, until, on) in &stretches {
        let asked = match old.unlike(new, *from) {
            Some(why) => claims.iter().map(|claim| undecided(claim, &why)).collect(),
            None => of_stretch([old, new], worked, claims, budget, (*from, *until, *on)),
        };
        for proof in asked {
            merge(&mut proofs, proof);
        }
    }
    Report {
        policies: [old, new].map(|policy| policy.name().to_string()).to_vec(),
        digests: [old, new].map(|policy| policy.digest().to_string()).to_vec(),
        law: new.law(),
        stretches: stretches.into_iter().map(|(from, ..)| from).collect(),
        excepted: Vec::new(),
        proofs,
    }
}

/// Whether some rules, by their names, say the same of the tier in two policies on a date, of every case that lacks nothing.
#[must_use]
pub fn say_the_same([old, new]: [&Policy; 2], rules: &BTreeSet<Arc<str>>, on: Date, budget: usize) -> bool {
    if old.unlike(new, on).is_some() {
        return false;
    }
    let [of_old, of_new] = [old, new].map(|policy| Pool::new(policy, &[], on));
    let mut stretch = Stretch::new(new, on, Some(on.tomorrow().unwrap_or(on)), of_new, budget);
    let mut beside = Beside::new(&mut stretch, old, of_old);
    let is_one = |name: &str| rules.iter().any(|rule| **rule == *name);
    beside.keep_only(&stretch, &is_one);
    let claim = Claim { property: Property::Same, only: None };
    if !beside.is_tier_same {
        return false;
    }
    let mut proof = asked(&mut stretch, &mut beside, &claim, false);
    lost::of_claim(&mut stretch, &mut beside, &claim, &mut proof);
    matches!(proof.verdict, Verdict::Proved { .. })
}

fn of_stretch(
    [old, new]: [&Policy; 2],
    worked: &[String],
    claims: &[Claim<'_>],
    budget: usize,
    (from, until, on): (Date, Option<Date>, Date),
) -> Vec<Proof> {
    let mut stretch = Stretch::new(new, from, until, Pool::new(new, worked, on), budget);
    let mut beside = Beside::new(&mut stretch, old, Pool::new(old, &[], on));
    let mut proofs = Vec::with_capacity(claims.len());
    for claim in claims {
        let mut proof = asked(&mut stretch, &mut beside, claim, true);
        lost::of_claim(&mut stretch, &mut beside, claim, &mut proof);
        proofs.push(proof);
    }
    let changed: Vec<&Entry> = beside.changed_rules(&stretch);
    proofs.extend(changed.into_iter().map(|entry| faults::of_entry(&mut stretch, entry, None)));
    proofs
}

fn undecided(claim: &Claim<'_>, why: &str) -> Proof {
    let about = about(claim);
    Proof { property: claim.property, about, verdict: Verdict::NotDecided { why: why.to_owned() }, regions: 0 }
}

fn about(claim: &Claim<'_>) -> String {
    claim.only.map(|(_, written)| format!("cases where {written}")).unwrap_or_default()
}

/// What is cut first: what the differences start from.
fn cut_first(stretch: &mut Stretch<'_>, beside: &mut Beside<'_>, root: &Held) -> BTreeSet<InputId> {
    let first = beside.roots_agree(stretch, root).1;
    if !first.is_empty() {
        return first;
    }
    let everything = beside.changed.clone();
    let spreads = beside.both(stretch, root, everything.each_ref().map(Some));
    spreads.into_iter().flat_map(|spread| spread.reads).collect()
}

/// One claim of both.
fn asked(stretch: &mut Stretch<'_>, beside: &mut Beside<'_>, claim: &Claim<'_>, shows: bool) -> Proof {
    let property = claim.property;
    let mut space = Space { root: stretch.root.clone(), apart: beside.apart.clone(), ..Space::default() };
    let (everything, themselves) = (beside.changed.clone(), beside.changed_themselves.clone());
    space.first = cut_first(stretch, beside, &space.root);
    let (beside, mut is_any) = (RefCell::new(beside), false);
    let mut proof = ask(
        stretch,
        (property, about(claim)),
        &space,
        &mut |stretch, held| {
            let mut beside = beside.borrow_mut();
            let (is_asked_about, mut reads) = is_asked_about(stretch, claim, held);
            if is_asked_about == Some(false) {
                return (Said::Holds, reads);
            }
            is_any = true;
            let (agree, more) = beside.roots_agree(stretch, held);
            reads.extend(more);
            let changed = if agree { &themselves } else { &everything };
            let spreads = beside.both(stretch, held, changed.each_ref().map(Some));
            let is_vacant = |spread: &Spread| spread.is_impossible || spread.fails.is_some();
            let holds = spreads.iter().any(is_vacant) || beside.settles(stretch, &spreads, property);
            let (is_covered, more) = if holds || !shows {
                (false, BTreeSet::new())
            } else {
                beside.are_covered(stretch, held, (&spreads, changed), property)
            };
            reads.extend(more.into_iter().chain(spreads.into_iter().flat_map(|spread| spread.reads)));
            if holds || is_covered || !shows {
                return (if holds || is_covered { Said::Holds } else { Said::Open }, reads);
            }
            let [old, new] = beside.both(stretch, held, [None, None]);
            let said = if is_vacant(&old) || is_vacant(&new) {
                Said::Holds
            } else {
                held_against([&old.tiers, &new.tiers], stretch, property)
            };
            reads.extend(old.reads.into_iter().chain(new.reads));
            // Of a region that may lie outside of what is asked about nothing is said to fail.
            (if said == Said::Fails && is_asked_about.is_none() { Said::Open } else { said }, reads)
        },
        &mut |stretch, held| {
            let mut beside = beside.borrow_mut();
            let policy = stretch.policy;
            let says = |came| breaking(policy, property, came);
            shows.then(|| shown(stretch, &mut beside, claim, held, &says)).flatten()
        },
    );
    // What holds of no case is no proof of anything.
    if !is_any {
        let why = if claim.only.is_some() { "no case is as the condition says" } else { "nothing was looked at" };
        proof.verdict = Verdict::NotDecided { why: why.to_owned() };
    }
    proof
}

/// Whether the cases of a region are asked about, where that is settled, and what was read for it.
fn is_asked_about(stretch: &mut Stretch<'_>, claim: &Claim<'_>, held: &Held) -> (Option<bool>, BTreeSet<InputId>) {
    let Some((law, _)) = claim.only else { return (Some(true), BTreeSet::new()) };
    stretch.evaluator.hold(held);
    let told = stretch.evaluator.told(law, vec![Possible::Known(Datum::Absent)]);
    let is = |holds: bool| matches!(&told.value, Some(Possible::Known(datum)) if alike(datum, &Datum::Bool(holds)));
    let meant = match (told.is_impossible || told.fails || is(false), is(true)) {
        (true, _) => Some(false),
        (_, true) => Some(true),
        _ => None,
    };
    (meant, told.reads)
}

/// What is asked, of everything that can come of a region under both.
fn held_against([old, new]: [&BTreeSet<String>; 2], stretch: &Stretch<'_>, property: Property) -> Said {
    let pairs = || old.iter().flat_map(|was| new.iter().map(move |is| (was.as_str(), is.as_str())));
    match (pairs().any(|pair| breaks(stretch.policy, property, pair)), pairs().count()) {
        (false, _) => Said::Holds,
        (true, 1) => Said::Fails,
        _ => Said::Open,
    }
}

/// Whether two tiers are what must not be.
fn breaks(policy: &Policy, property: Property, (was, is): (&str, &str)) -> bool {
    let tiers = policy.tiers();
    let ranks = tiers.rank(was).zip(tiers.rank(is));
    match property {
        Property::NeverLower => ranks.is_some_and(|(was, is)| is < was),
        Property::NeverHigher => ranks.is_some_and(|(was, is)| is > was),
        _ => was != is,
    }
}

/// A case that shows that it is not so: `says` what shows it, of what comes of a case under the old policy and under the new one.
fn shown(
    stretch: &mut Stretch<'_>,
    beside: &mut Beside<'_>,
    claim: &Claim<'_>,
    held: &Held,
    says: &dyn Fn([Came; 2]) -> Option<String>,
) -> Option<super::Shown> {
    beside.old.pool.begin();
    stretch.show(held, &mut |pool, text| {
        let mut text = text.clone();
        // Each puts in what it lacks; what the one puts in, the other sees.
        drop(beside.old.pool.run(&mut text)?);
        let (facts, after) = pool.run(&mut text)?;
        let (_, before) = beside.old.pool.run(&mut text)?;
        if let Some((law, _)) = claim.only
            && !matches!(pool.assessor.begin(&facts).evaluator.law(law, ""), Ok(true))
        {
            return None;
        }
        says([before, after]).map(|said| (said, vec![text]))
    })
}

/// What says of two tiers that they are what must not be.
fn breaking(policy: &Policy, property: Property, [before, after]: [Came; 2]) -> Option<String> {
    let (was, is) = (before.ok()?.tier?, after.ok()?.tier?);
    breaks(policy, property, (&was, &is)).then(|| format!("{was} under the old policy and {is} under the new one"))
}
