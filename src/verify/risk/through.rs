//! A rule that sees an input through one helper alone: it rises with the input where it rises with what the helper gives from before
//! a step to after it. Each such change is looked at once, for all inputs that the helper reads.

use super::{
    super::{
        region::{Found, Said, Space, search},
        stretch::{Rises, Stretch, alone},
    },
    Step, both, rules_rise,
};
use crate::{
    case::input::InputId,
    evaluate::{
        evaluator::{Held, Told},
        possible::{
            asked::few,
            value::{Atom, Possible},
        },
    },
    language::datum::Datum,
};
use std::collections::BTreeSet;

/// Into how many regions the cases were cut to see that a rule rises by a step through a helper; none where that was not found.
pub(super) fn through(stretch: &mut Stretch<'_>, at: usize, step: &Step) -> Option<usize> {
    let questions = stretch.evaluator.possible().domain.questions.clone()?;
    let helpers = questions.all().filter(|(_, question)| question.inputs.contains(&step.0));
    for (helper, question) in helpers {
        let (Some(gives), Some(call)) = (&question.gives, &question.call) else { continue };
        if gives.len() < 2 || !sees_through(stretch, at, helper, step.0, gives) {
            continue;
        }
        if let Some(cut) = rises_by(stretch, at, (helper, gives, call), step) {
            return Some(cut);
        }
    }
    None
}

/// Whether a rule reads nothing of an input but through a helper.
fn sees_through(stretch: &mut Stretch<'_>, at: usize, helper: InputId, id: InputId, gives: &[Atom]) -> bool {
    gives.iter().all(|one| {
        let mut held = stretch.root.clone();
        held.insert(helper, alone(one));
        stretch.evaluator.hold(&held);
        match stretch.evaluator.says(at) {
            Ok((said, reads)) => !said.anything && !reads.contains(&id),
            Err(_) => true,
        }
    })
}

/// Into how many regions the cases were cut to see that a rule rises with every change of what a helper gives that a step makes.
fn rises_by(
    stretch: &mut Stretch<'_>,
    at: usize,
    (helper, gives, (function, handed)): (InputId, &[Atom], &(u32, Vec<Datum>)),
    step: &Step,
) -> Option<usize> {
    let space = Space { root: stretch.root.clone(), apart: BTreeSet::from([step.0]), ..Space::default() };
    let gives_of = |told: Told| told.value.as_ref().and_then(few).map(|gives| (gives, told.reads));
    let (found, cut) = search(
        stretch,
        &space,
        &mut |stretch, held| {
            let sides = both(held, std::slice::from_ref(step)).map(|held| {
                stretch.evaluator.hold(&held);
                stretch.evaluator.take_up();
                stretch.evaluator.told_of(*function, handed.iter().cloned().map(Possible::Known).collect())
            });
            if sides.iter().any(|told| told.is_impossible) {
                return (Said::Holds, BTreeSet::new());
            }
            let [Some((before, mut reads)), Some((after, also_read))] = sides.map(gives_of) else {
                return (Said::Open, BTreeSet::new());
            };
            reads.extend(also_read);
            let mut pairs = before.iter().flat_map(|less| after.iter().map(move |more| [less, more]));
            let place = |value: &Atom| gives.iter().position(|one| one.is(value));
            let holds = pairs.all(|[less, more]| match [less, more].map(place) {
                [Some(less), Some(more)] => less == more || rises_from(stretch, at, (helper, gives), [less, more]),
                _ => false,
            });
            (if holds { Said::Holds } else { Said::Open }, reads)
        },
        &mut |_, _| None,
    );
    matches!(found, Found::Holds).then_some(cut)
}

/// Whether a rule is no lower where a helper gives one value than where it gives another, by their places, all else the same.
fn rises_from(stretch: &mut Stretch<'_>, at: usize, (helper, gives): (InputId, &[Atom]), change: [usize; 2]) -> bool {
    if let Some(known) = stretch.rises.get(&(at, helper, change)) {
        stretch.is_vacant |= known.is_vacant;
        return known.does;
    }
    let space =
        Space { root: stretch.root.clone(), apart: BTreeSet::from([helper]), stays_outside: true, ..Space::default() };
    let was_vacant = std::mem::replace(&mut stretch.is_vacant, false);
    let step = (helper, change.map(|place| gives.get(place..=place).unwrap_or_default().into()));
    let regions = |held: &Held| both(held, std::slice::from_ref(&step));
    let (found, _) =
        search(stretch, &space, &mut |stretch, held| rules_rise(stretch, &[at], &regions(held)), &mut |_, _| None);
    let found = Rises { does: matches!(found, Found::Holds), is_vacant: stretch.is_vacant };
    stretch.is_vacant |= was_vacant;
    stretch.rises.insert((at, helper, change), found);
    found.does
}
