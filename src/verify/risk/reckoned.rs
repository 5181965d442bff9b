//! A tier that the policy reckons with a function of its own, from points alone: it rises with an input where no axis loses points,
//! more points never give a lower tier, and nor does what the function reads of the input beside them.

use super::{
    super::{
        region::{Found, Said, Space, search},
        stretch::Stretch,
    },
    Step, both, compared,
};
use crate::{
    case::input::InputId,
    evaluate::{
        evaluator::{Held, Spread},
        possible::{OpenFact, asked::Questions, value::Atom},
    },
};
use std::{collections::BTreeSet, rc::Rc};

/// Most ways in which the points of all axes can grow from one stretch to another.
const MAX_WAYS: usize = 1_000;

/// Whether the tier is no lower after a step, where no axis loses points by it.
pub(super) fn tier_rises(stretch: &mut Stretch<'_>, step: &Step) -> bool {
    let all = &stretch.whole.all;
    if all.anything || all.floor != [0, 0] || !all.decides.is_empty() {
        return false;
    }
    let root = stretch.root.clone();
    let reads = reckoned(stretch, &root).reads;
    let questions = stretch.evaluator.possible().domain.questions.as_ref();
    let rests_on = |one: &InputId| {
        *one == step.0
            || questions.and_then(|all| all.get(*one)).is_some_and(|question| question.inputs.contains(&step.0))
    };
    if reads.iter().any(rests_on) {
        return rises(stretch, &reads, Some(step.clone()));
    }
    // It is asked of any two numbers of points, so that a tier that is missing between them breaks nothing.
    let was_vacant = stretch.is_vacant;
    let does = stretch.rises_with_points.unwrap_or_else(|| rises(stretch, &reads, None));
    stretch.rises_with_points = Some(does);
    stretch.is_vacant = was_vacant;
    does
}

/// Whether the tier is no lower where no axis has fewer points, and an input, if any, makes a step.
fn rises(stretch: &mut Stretch<'_>, reads: &BTreeSet<InputId>, of_input: Option<Step>) -> bool {
    let domain = &stretch.evaluator.possible().domain;
    let points: BTreeSet<InputId> = domain.questions.iter().flat_map(Questions::of_points).collect();
    let is_read = |fact: &&OpenFact| points.contains(&fact.input) && reads.contains(&fact.input);
    let axes: Vec<OpenFact> = domain.facts.iter().filter(is_read).cloned().collect();
    let is_still = of_input.is_none() && !axes.iter().any(|axis| axis.loose || axis.every);
    let mut ways: Vec<(Vec<Step>, bool)> = vec![(of_input.into_iter().collect(), is_still)];
    for axis in axes {
        let pieces: Vec<Rc<[Atom]>> = axis.pieces(&axis.set).into_iter().map(|piece| [piece].into()).collect();
        let grows = |(steps, is_still): &(Vec<Step>, bool)| {
            let (steps, is_still) = (steps.clone(), *is_still);
            let pairs = (0..pieces.len()).flat_map(|at| (at..pieces.len()).map(move |to| [at, to]));
            let with = |[at, to]: [usize; 2]| {
                let ends = [pieces.get(at)?, pieces.get(to)?].map(Rc::clone);
                Some((steps.iter().cloned().chain([(axis.input, ends)]).collect(), is_still && at == to))
            };
            pairs.filter_map(with).collect::<Vec<_>>()
        };
        ways = ways.iter().flat_map(grows).collect();
        if ways.len() > MAX_WAYS {
            return false;
        }
    }
    // Where nothing grows, nothing is asked.
    ways.iter().all(|(steps, is_still)| *is_still || is_no_lower(stretch, steps))
}

/// Whether the tier that is reckoned is no lower after some steps at once.
fn is_no_lower(stretch: &mut Stretch<'_>, steps: &[Step]) -> bool {
    let apart = steps.iter().map(|(id, _)| *id).collect();
    let space = Space { root: stretch.root.clone(), apart, ..Space::default() };
    let mut ask = |stretch: &mut Stretch<'_>, held: &Held| {
        let [before, after] = both(held, steps).map(|held| reckoned(stretch, &held));
        stretch.is_vacant |= before.fails.is_some() || after.fails.is_some();
        let is_none = |spread: &Spread| spread.is_impossible || spread.fails.is_some();
        let said = if is_none(&before) || is_none(&after) { Said::Holds } else { compared(stretch, &before, &after) };
        (said, before.reads.into_iter().chain(after.reads).collect())
    };
    matches!(search(stretch, &space, &mut ask, &mut |_, _| None).0, Found::Holds)
}

/// The tier that is reckoned of every case of a region, with any points that rules can give.
fn reckoned(stretch: &mut Stretch<'_>, held: &Held) -> Spread {
    stretch.evaluator.hold(held);
    stretch.evaluator.reckoned(&stretch.whole.all.points)
}
