//! Rules that give points: where the tier rises with the points of every axis, and the points that the rules give rise with an
//! input, the tier rises with the input. The first is found once for all inputs, and what an input does is seen without cutting
//! what only the tier sees.

use super::{
    super::{
        Numbers,
        region::{Found, Said, Space, search},
        stretch::Stretch,
    },
    both, compared, reading,
};
use crate::{
    case::input::InputId,
    evaluate::{
        evaluator::{Held, Spread, Vacant},
        outcome::Outlook,
        possible::{numbers::Grain, value::Atom},
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// Numbers of what rules give together, one an axis.
const FIRST: u16 = 0x7000;
/// Most points of one axis that are gone through one by one.
const MOST: i64 = 2_000;

/// Between which points some rules give together on each axis, each as something that can be cut.
pub(super) struct Points(Vec<(String, InputId, Rc<[Atom]>)>);

impl Points {
    /// What some rules give.
    pub(super) fn of(stretch: &Stretch<'_>, all: &Outlook) -> Self {
        let axes = stretch.policy.tiers().axes().iter().zip(FIRST..);
        Self(
            axes.map(|(axis, number)| {
                let [least, most] = all.points.get(axis).copied().unwrap_or_default();
                let numbers = Numbers::new(least.into(), most.into(), Grain::Whole);
                (axis.clone(), InputId(number), [numbers.atom()].into())
            })
            .collect(),
        )
    }

    /// What can be cut.
    pub(super) fn cut(&self) -> Vec<(InputId, Rc<[Atom]>)> {
        self.0.iter().map(|(_, id, set)| (*id, Rc::clone(set))).collect()
    }

    /// The points of a region.
    pub(super) fn within(&self, held: &Held) -> BTreeMap<String, [i64; 2]> {
        self.0.iter().map(|(axis, id, set)| (axis.clone(), bounds(held.get(id).unwrap_or(set)))).collect()
    }
}

fn bounds(set: &[Atom]) -> [i64; 2] {
    use rust_decimal::prelude::ToPrimitive;
    let numbers = set.iter().filter_map(Atom::numbers).reduce(|one, other| one.hull(&other));
    numbers.map_or([0, 0], |numbers| [numbers.low, numbers.high].map(|end| end.to_i64().unwrap_or_default()))
}

/// What can come of every case of a region by some rules, beside others that give so many points; nothing where there is no such
/// case, or a rule fails on all of them.
pub(super) fn beside(
    stretch: &mut Stretch<'_>,
    held: &Held,
    only: &BTreeSet<usize>,
    points: BTreeMap<String, [i64; 2]>,
) -> Option<Spread> {
    stretch.evaluator.hold(held);
    let spread = stretch.evaluator.outlook_beside(only, points);
    stretch.is_vacant |= spread.fails.is_some();
    (!spread.is_impossible && spread.fails.is_none()).then_some(spread)
}

/// Whether rules give points and nothing else that bears on the tier.
pub(super) fn alone(all: &Outlook) -> bool {
    all.floor == [0, 0] && all.decides.is_empty() && !all.anything
}

/// Into how many regions the cases were cut to see that the tier rises by a step through points; none where that was not found.
pub(super) fn through(stretch: &mut Stretch<'_>, input: InputId, id: InputId, step: &[Rc<[Atom]>; 2]) -> Option<usize> {
    if !stretch.has_tier_function() || !alone(&stretch.whole.all) {
        return None;
    }
    let sees = tier_rises(stretch)?;
    let questions = stretch.evaluator.possible().domain.questions.as_ref()?;
    let rests_on_it = |read: &InputId| {
        *read == id || *read == input || questions.get(*read).is_some_and(|asked| asked.inputs.contains(&input))
    };
    if sees.iter().any(rests_on_it) {
        return None;
    }
    let reading = reading(stretch, id);
    let space = Space { root: stretch.root.clone(), apart: BTreeSet::from([id]), ..Space::default() };
    let (found, cut) = search(
        stretch,
        &space,
        &mut |stretch, held| points_rise(stretch, &reading, &both(held, id, step)),
        &mut |_, _| None,
    );
    matches!(found, Found::Holds).then_some(cut)
}

/// Whether the points that some rules give are on no axis fewer in the second of two regions.
fn points_rise(stretch: &mut Stretch<'_>, rules: &BTreeSet<usize>, regions: &[Held; 2]) -> (Said, BTreeSet<InputId>) {
    let (mut reads, mut sides) = (BTreeSet::new(), [Outlook::default(), Outlook::default()]);
    for (held, side) in regions.iter().zip(&mut sides) {
        stretch.evaluator.hold(held);
        for at in rules {
            match stretch.evaluator.says(*at) {
                Ok((said, more)) => {
                    reads.extend(more);
                    *side = std::mem::take(side).and(&said, stretch.policy.tiers());
                }
                Err(vacant) => {
                    stretch.is_vacant |= vacant == Vacant::Fails;
                    return (Said::Holds, BTreeSet::new());
                }
            }
        }
    }
    let of = |side: &Outlook, axis: &String| side.points.get(axis).copied().unwrap_or_default();
    let [before, after] = &sides;
    let rises = stretch.policy.tiers().axes().iter().all(|axis| of(before, axis)[1] <= of(after, axis)[0]);
    (if rises && !before.anything && !after.anything { Said::Holds } else { Said::Open }, reads)
}

/// What the policy's `tier` function reads, where the tier rises with the points of every axis; none where that was not found.
fn tier_rises(stretch: &mut Stretch<'_>) -> Option<BTreeSet<InputId>> {
    if let Some(known) = stretch.tier_rises.get() {
        return known.clone();
    }
    // What holds of cases without a tier says nothing of those that lie before and after them.
    let was_vacant = std::mem::replace(&mut stretch.is_vacant, false);
    let points = Points::of(stretch, &stretch.whole.all);
    let mut reads = BTreeSet::new();
    let all_rise = (0..points.0.len()).all(|axis| axis_rises(stretch, &points, axis, &mut reads));
    let found = all_rise.then_some(reads);
    stretch.is_vacant = was_vacant;
    stretch.tier_rises.get_or_init(|| found).clone()
}

/// Whether one more point on an axis never gives a lower tier, whatever the others are.
fn axis_rises(stretch: &mut Stretch<'_>, points: &Points, axis: usize, reads: &mut BTreeSet<InputId>) -> bool {
    let Some((name, id, set)) = points.0.get(axis) else { return false };
    let [least, most] = bounds(set);
    if most - least > MOST {
        return false;
    }
    let at = |points: &Points, held: &Held, count: i64| {
        let mut points = points.within(held);
        points.insert(name.clone(), [count; 2]);
        points
    };
    // Fewer points than any case has that is given a tier are before none that has one.
    let root = stretch.root.clone();
    let gives = |count: &i64| beside(stretch, &root, &BTreeSet::new(), at(points, &root, *count)).is_some();
    let Some(least) = (least..=most).find(gives) else { return true };
    stretch.is_vacant = false;
    let more = points.cut().into_iter().filter(|(other, _)| other != id).collect();
    let space = Space { root: stretch.root.clone(), more, ..Space::default() };
    let rises = (least..most).all(|fewer| {
        let (found, _) = search(
            stretch,
            &space,
            &mut |stretch, held| {
                let sides =
                    [fewer, fewer + 1].map(|count| beside(stretch, held, &BTreeSet::new(), at(points, held, count)));
                let [Some(before), Some(after)] = sides else { return (Said::Holds, BTreeSet::new()) };
                let read: BTreeSet<InputId> = before.reads.union(&after.reads).copied().collect();
                reads.extend(&read);
                (compared(stretch, &before, &after), read)
            },
            &mut |_, _| None,
        );
        matches!(found, Found::Holds)
    });
    rises && !stretch.is_vacant
}
