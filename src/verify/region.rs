//! How the cases are cut: a question is asked of a whole region at once; where that does not settle it, the region is cut in two
//! and each part is asked by itself. What helpers give is cut first, for they are few, then what inputs hold.

use super::{BUDGET, proof::Shown, stretch::Stretch};
use crate::{
    case::input::InputId,
    evaluate::{
        evaluator::Held,
        possible::{numbers::Numbers, value::Atom},
    },
};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Most regions that nothing more can be cut of, before no more are looked at.
const MAX_UNSETTLED: usize = 48;
/// Most values that are cut into one by one.
const ONE_BY_ONE: usize = 4;
/// Regions after which cases are looked for by chance, once, before it goes on; or at the end, whatever ends it, where there are fewer.
const DRAWN_AFTER: usize = 1_000;
/// Most numbers that are cut into where they are not seen to differ.
const FEW_NUMBERS: usize = 32;
/// Steps that a region takes at most, one with another.
const STEPS: u64 = 500;
/// All questions of a stretch together take at most so many times what one may, and what one may where nobody says otherwise.
const TOGETHER: u64 = 2;
/// Regions that one question may still be cut into where others have taken all of those.
const AFTER: u64 = 50;

/// What a question comes to over a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It holds of every case of it, or there is none.
    Holds,
    /// It holds of no case of it, as far as possible values say.
    Fails,
    /// That is not settled.
    Open,
}

/// What became of a search.
#[derive(Debug)]
pub enum Found {
    /// It holds everywhere.
    Holds,
    /// A case shows that it does not.
    Case(Shown),
    /// Neither.
    Neither(String),
}

/// Where a question is asked.
#[derive(Debug, Clone, Default)]
pub struct Space {
    /// What is held everywhere.
    pub root: Held,
    /// What is never cut, because the question itself holds it, with everything that rests on it.
    pub apart: BTreeSet<InputId>,
    /// Whether nothing is cut that was read inside of a helper alone, for it may differ between what is held against each other.
    pub stays_outside: bool,
    /// What is cut first, of what was read.
    pub first: BTreeSet<InputId>,
}

/// A question: what it comes to over a region, and what was read for that.
pub type Ask<'a> = &'a mut dyn FnMut(&mut Stretch<'_>, &Held) -> (Said, BTreeSet<InputId>);
/// Looks for a case of a region that shows something.
pub type Show<'a> = &'a mut dyn FnMut(&mut Stretch<'_>, &Held) -> Option<Shown>;

/// Asks over ever smaller regions; with how many there were.
pub fn search(stretch: &mut Stretch<'_>, space: &Space, ask: Ask<'_>, show: Show<'_>) -> (Found, usize) {
    let mut open = vec![space.root.clone()];
    let (mut regions, mut unsettled) = (0, 0);
    let most = most_steps(stretch);
    while let Some(held) = open.pop() {
        regions += 1;
        let is_over = regions > stretch.budget || stretch.evaluator.steps_of_regions() > most;
        if (regions == DRAWN_AFTER || (is_over && regions < DRAWN_AFTER))
            && let Some(shown) = drawn(stretch, space, show)
        {
            return (Found::Case(shown), regions);
        }
        if is_over {
            return (Found::Neither(over(stretch.budget)), regions);
        }
        let (said, reads) = ask(stretch, &held);
        if said == Said::Holds {
            continue;
        }
        let parts = split(stretch, space, &held, &reads);
        stretch.pool.turn_to_region(parts.is_some() && regions > 1);
        // A case is dear to look for: where a region is cut further, at the first and then ever more rarely.
        if (parts.is_none() || said == Said::Fails || regions.is_power_of_two())
            && let Some(shown) = show(stretch, &held)
        {
            return (Found::Case(shown), regions);
        }
        match parts {
            // The first part is looked at first.
            Some(parts) => open.extend(parts.into_iter().rev()),
            None => {
                unsettled += 1;
                if unsettled == MAX_UNSETTLED {
                    break;
                }
            }
        }
    }
    let drawn = if unsettled > 0 && regions < DRAWN_AFTER { drawn(stretch, space, show) } else { None };
    let found = match (unsettled, drawn) {
        (0, _) => Found::Holds,
        (_, Some(shown)) => Found::Case(shown),
        (count, None) => {
            let how_many = if count == MAX_UNSETTLED { format!("{count} or more") } else { count.to_string() };
            Found::Neither(format!(
                "of {regions} regions {how_many} could not be cut further, and no case was found in them: answers that are asked for there hang together in a way that is not seen"
            ))
        }
    };
    (found, regions)
}

/// Up to which of its steps a question may go on that is asked now.
fn most_steps(stretch: &Stretch<'_>) -> u64 {
    let (taken, budget) = (stretch.evaluator.steps_of_regions(), stretch.budget as u64);
    let together = budget.max(BUDGET as u64).saturating_mul(TOGETHER * STEPS).max(taken.saturating_add(AFTER * STEPS));
    taken.saturating_add(budget.saturating_mul(STEPS)).min(together)
}

/// A case of any region, by chance.
fn drawn(stretch: &mut Stretch<'_>, space: &Space, show: Show<'_>) -> Option<Shown> {
    stretch.pool.turn_to_all();
    show(stretch, &space.root)
}

/// Why a question was not decided that took more regions than it may.
pub fn over(budget: usize) -> String {
    format!(
        "{budget} regions, or the work that those may take, did not settle it: give it a larger `--budget`, or ask less at once"
    )
}

/// A region cut into parts, by the first thing that was read and can be cut; none where nothing can.
fn split(stretch: &mut Stretch<'_>, space: &Space, held: &Held, reads: &BTreeSet<InputId>) -> Option<Vec<Held>> {
    let domain = &stretch.evaluator.possible().domain;
    let questions = domain.questions.as_ref()?;
    let rests_apart = |id: InputId| {
        space.apart.contains(&id)
            || questions.get(id).is_some_and(|question| question.inputs.iter().any(|one| space.apart.contains(one)))
    };
    let with = |id: InputId, atoms: &[Atom]| {
        let mut held = held.clone();
        held.insert(id, atoms.into());
        held
    };
    let cut = |id: InputId, pieces: &[Atom]| -> Option<Vec<Held>> {
        if pieces.len() < 2 {
            return None;
        }
        if pieces.len() <= ONE_BY_ONE {
            return Some(pieces.iter().map(|piece| with(id, std::slice::from_ref(piece))).collect());
        }
        let (one, other) = pieces.split_at_checked(pieces.len() / 2)?;
        Some(vec![with(id, one), with(id, other)])
    };
    let by_helper = |reads: &BTreeSet<InputId>| {
        let of_helpers = questions.all().rev().filter(|(id, _)| reads.contains(id) && !rests_apart(*id));
        of_helpers.into_iter().find_map(|(id, question)| cut(id, held.get(&id).unwrap_or(question.gives.as_ref()?)))
    };
    let by_fact = |reads: &BTreeSet<InputId>| {
        let mut facts = domain.facts.iter().filter(|fact| reads.contains(&fact.input) && !rests_apart(fact.input));
        facts.find_map(|fact| cut(fact.input, &fact.pieces(held.get(&fact.input).unwrap_or(&fact.set))))
    };
    // What was read inside of a helper that is held can only show that no case is held so.
    let inside = &questions.inside;
    let first: BTreeSet<InputId> = reads.intersection(&space.first).copied().collect();
    let of_first = by_helper(&first).or_else(|| by_fact(&first));
    let of_all = || by_helper(reads).or_else(|| by_fact(reads));
    let outside = of_first.or_else(of_all);
    // Numbers on which the rules say the same, as far as that was seen, may still come to different sums.
    let by_number = || {
        let mut facts = domain.facts.iter().filter(|fact| reads.contains(&fact.input) && !rests_apart(fact.input));
        facts.find_map(|fact| {
            let [Atom::Numbers(numbers)] = &**held.get(&fact.input).unwrap_or(&fact.set) else { return None };
            let count = numbers.count().filter(|count| *count <= FEW_NUMBERS)?;
            let middle = numbers.low + Decimal::from(count / 2) - Decimal::new(5, 1);
            cut(fact.input, &numbers.pieces(&[middle]).into_iter().map(Numbers::atom).collect::<Vec<_>>())
        })
    };
    if space.stays_outside {
        return outside;
    }
    outside.or_else(|| by_helper(inside)).or_else(|| by_fact(inside)).or_else(by_number)
}
