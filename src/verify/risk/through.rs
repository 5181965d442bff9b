//! A rule that sees an input through one helper alone: it rises with the input where the helper rises with it and the rule with what
//! the helper gives. The second is found once for all inputs that the helper reads.

use super::{
    super::{
        region::{Found, Said, Space, search},
        stretch::{Rises, Stretch, alone},
    },
    both, rule_rises,
};
use crate::{
    case::{input::InputId, words::Level},
    evaluate::{
        evaluator::{Held, Told},
        possible::value::{Atom, Possible},
    },
    language::datum::Datum,
};
use rust_decimal::Decimal;
use std::{collections::BTreeSet, rc::Rc};

/// Into how many regions the cases were cut to see that a rule rises by a step through a helper; none where that was not found.
pub(super) fn through(stretch: &mut Stretch<'_>, at: usize, id: InputId, step: &[Rc<[Atom]>; 2]) -> Option<usize> {
    let questions = stretch.evaluator.possible().domain.questions.clone()?;
    let helpers = questions.all().filter(|(_, question)| question.inputs.contains(&id));
    for (helper, question) in helpers {
        let (Some(gives), Some(function)) = (&question.gives, question.function) else { continue };
        let Some(ordered) = ordered(gives).filter(|ordered| ordered.len() > 1) else { continue };
        if !sees_through(stretch, at, helper, id, gives) {
            continue;
        }
        for upwards in [true, false] {
            let (rises, cut) = helper_rises(stretch, function, id, step, upwards);
            if rises && rule_rises_with(stretch, at, helper, &ordered, upwards) {
                return Some(cut);
            }
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

/// Where a value stands among those of its kind: numbers, levels, false before true.
fn rank(atom: &Atom) -> Option<Decimal> {
    match atom {
        Atom::Known(Datum::Bool(holds)) => Some(Decimal::from(u8::from(*holds))),
        Atom::Known(datum) => datum.as_number().or_else(|| {
            let word = datum.as_text()?;
            Level::WORDS.iter().position(|known| *known == word).map(Decimal::from)
        }),
        Atom::Numbers(_) | Atom::Texts | Atom::List(_) | Atom::Table(_) => None,
    }
}

/// Values in their order; none where they have none.
fn ordered(gives: &[Atom]) -> Option<Vec<Atom>> {
    let mut all: Vec<(Decimal, Atom)> =
        gives.iter().map(|atom| Some((rank(atom)?, atom.clone()))).collect::<Option<_>>()?;
    all.sort_by_key(|(rank, _)| *rank);
    Some(all.into_iter().map(|(_, atom)| atom).collect())
}

/// The lowest and the highest that a helper gives.
fn ends(told: &Told) -> Option<[Decimal; 2]> {
    let ranks: Vec<Decimal> = match told.value.as_ref()? {
        Possible::Known(datum) => vec![rank(&Atom::Known(datum.clone()))?],
        Possible::Several(atoms) => atoms.iter().map(rank).collect::<Option<_>>()?,
        _ => return None,
    };
    Some([ranks.iter().min().copied()?, ranks.iter().max().copied()?])
}

/// Whether what a helper gives is no less after a step, or no more where it goes downwards; and into how many regions the cases
/// were cut.
fn helper_rises(
    stretch: &mut Stretch<'_>,
    function: u32,
    id: InputId,
    step: &[Rc<[Atom]>; 2],
    upwards: bool,
) -> (bool, usize) {
    let space = Space { root: stretch.root.clone(), apart: BTreeSet::from([id]), ..Space::default() };
    let (found, cut) = search(
        stretch,
        &space,
        &mut |stretch, held| {
            let [before, after] = both(held, id, step).map(|held| {
                stretch.evaluator.hold(&held);
                stretch.evaluator.take_up();
                stretch.evaluator.told_of(function, Vec::new())
            });
            if before.is_impossible || after.is_impossible {
                return (Said::Holds, BTreeSet::new());
            }
            let sides = (ends(&before), ends(&after));
            let reads = before.reads.into_iter().chain(after.reads).collect();
            let holds = match sides {
                (Some(before), Some(after)) if upwards => before[1] <= after[0],
                (Some(before), Some(after)) => before[0] >= after[1],
                _ => false,
            };
            (if holds { Said::Holds } else { Said::Open }, reads)
        },
        &mut |_, _| None,
    );
    (matches!(found, Found::Holds), cut)
}

/// Whether a rule rises, or where the helper goes downwards falls, with what a helper gives.
fn rule_rises_with(stretch: &mut Stretch<'_>, at: usize, helper: InputId, ordered: &[Atom], upwards: bool) -> bool {
    if let Some(known) = stretch.rises.get(&(at, helper, upwards)) {
        stretch.is_vacant |= known.is_vacant;
        return known.does;
    }
    let space =
        Space { root: stretch.root.clone(), apart: BTreeSet::from([helper]), stays_outside: true, ..Space::default() };
    let was_vacant = std::mem::replace(&mut stretch.is_vacant, false);
    // Between two values that cases have there may be one that none has with all else the same.
    let mut pairs =
        ordered.iter().enumerate().flat_map(|(at, less)| ordered.iter().skip(at + 1).map(move |more| (less, more)));
    let rises = pairs.all(|(less, more)| {
        let step = if upwards { [alone(less), alone(more)] } else { [alone(more), alone(less)] };
        let regions = |held: &Held| both(held, helper, &step);
        let (found, _) =
            search(stretch, &space, &mut |stretch, held| rule_rises(stretch, at, &regions(held)), &mut |_, _| None);
        matches!(found, Found::Holds)
    });
    let found = Rises { does: rises, is_vacant: stretch.is_vacant };
    stretch.is_vacant |= was_vacant;
    stretch.rises.insert((at, helper, upwards), found);
    rises
}
