//! What missing facts leave open. Over possible values the rules give the lowest and the highest tier that can be, whatever is
//! missing; the highest is acted on, so that a missing fact never lowers a tier. For each end a way to fill the facts in is looked
//! for that leads there.

use crate::{
    case::{input::InputId, record::Shape, value::Value},
    decision::verdict::{Verdict, verdict},
    evaluate::{
        evaluator::{Evaluator, Held, Spread, halves},
        inputs::{Assumed, Facts, Inputs, Origin, Unknown},
        outcome::NoOutcome,
        possible::value::{Atom, end},
    },
    language::{effect::Effect, fault::PolicyFault, tiers::Tiers},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    sync::Arc,
};

/// Most parts that a case is split into in search of a way to an end of its range.
const MAX_PARTS: usize = 256;
/// Most facts that one way is completed with that nobody expected.
const MAX_SURPRISES: usize = 64;

/// Where a case can come out.
#[derive(Debug, Clone)]
pub struct Range {
    /// The way that is acted on: what is taken for missing facts, with what comes out.
    pub top: (Assumed, Verdict),
    /// The lowest and the highest tier, when they differ.
    pub ends: Option<[String; 2]>,
    /// Whether a way is known to each end. Where not, what can be may be less than this.
    pub exact: bool,
    /// The codes of the flags that each rule raises on every way; nothing where there is one way only.
    pub flags: Option<Vec<BTreeSet<Arc<str>>>>,
    /// What was presumed on any of the ways that were gone; nothing where there is one way only.
    pub presumed: BTreeSet<InputId>,
}

/// Finds where a case can come out.
///
/// # Errors
///
/// A fault that a rule meets on one of the ways that were gone.
pub fn range(evaluator: &mut Evaluator<'_>, facts: &Arc<Facts>) -> Result<Range, Box<PolicyFault>> {
    evaluator.turn_to(facts, Assumed::new());
    match verdict(evaluator) {
        Ok(verdict) => {
            let top = (Assumed::new(), verdict);
            Ok(Range { top, ends: None, exact: true, flags: None, presumed: BTreeSet::new() })
        }
        Err(NoOutcome::Fault(fault)) => Err(fault),
        Err(NoOutcome::Unknown(_)) => Search::new(evaluator, facts).range(),
    }
}

/// Where a tier stands in the order, counted from 1; 0 outside it.
#[must_use]
pub fn place(tiers: &Tiers, tier: Option<&str>) -> usize {
    tier.and_then(|tier| tiers.rank(tier)).map_or(0, |rank| rank + 1)
}

/// A way to fill facts in, with what comes out.
pub(super) type Way = (Assumed, Verdict);

struct Search<'a, 'p> {
    evaluator: &'a mut Evaluator<'p>,
    facts: &'a Arc<Facts>,
    /// The best known ways to the lowest and to the highest tier.
    lowest: Option<Way>,
    highest: Option<Way>,
    /// What was presumed on the ways that were gone.
    presumed: BTreeSet<InputId>,
}

/// Facts held to some of their values, with where the case can come out then.
struct Part {
    held: Held,
    places: [usize; 2],
}

impl<'a, 'p> Search<'a, 'p> {
    fn new(evaluator: &'a mut Evaluator<'p>, facts: &'a Arc<Facts>) -> Self {
        evaluator.open(facts, Assumed::new());
        Self { evaluator, facts, lowest: None, highest: None, presumed: BTreeSet::new() }
    }

    fn range(mut self) -> Result<Range, Box<PolicyFault>> {
        let whole = self.evaluator.outlook();
        let held = Held::new();
        self.try_ends(&held)?;
        let high = self.bound(Part { held: held.clone(), places: whole.places }, true)?;
        let low = self.bound(Part { held, places: whole.places }, false)?;
        let (Some(highest), Some(lowest)) = (self.highest, self.lowest) else {
            let file = self.evaluator.rules().first().map_or("policy.rhai", |entry| &entry.rule.file);
            return Err(Box::new(PolicyFault::failed(file, "no way through the rules")));
        };
        let tiers = self.evaluator.tiers();
        let found = [&lowest, &highest].map(|(_, verdict)| place(tiers, verdict.tier.as_deref()));
        let name = |at: usize, way: &Way| {
            let known = (place(tiers, way.1.tier.as_deref()) == at).then(|| way.1.tier.clone()).flatten();
            known.or_else(|| tiers.ordered().get(at.checked_sub(1)?).cloned())
        };
        // Where no way is known to what can be, it is a tier outside the order that some rule decides, or else none, and nothing is
        // below the lowest of the order.
        let outside = || whole.all.decides.iter().find(|tier| tiers.is_outside(tier)).map(ToString::to_string);
        let lower = name(low, &lowest).or_else(outside).or_else(|| tiers.ordered().first().cloned());
        let upper = name(high, &highest);
        // Where both ends are one tier, the way that takes least for what is missing is the one to tell of.
        let mut top = if found == [high, high] { lowest } else { highest };
        top.1.tier.clone_from(&upper);
        let ends = match (lower, upper) {
            (Some(lower), Some(upper)) if lower != upper => Some([lower, upper]),
            _ => None,
        };
        let flags = whole.rules.iter().map(|outlook| outlook.flags.clone()).collect();
        Ok(Range { top, ends, exact: found == [low, high], flags: Some(flags), presumed: self.presumed })
    }

    /// The highest place that the tier can have in a part, or the lowest: the one that a way is known to, or where none was
    /// found to the end of what can be, that one.
    fn bound(&mut self, whole: Part, up: bool) -> Result<usize, Box<PolicyFault>> {
        let end = |part: &Part| {
            let [low, high] = part.places;
            if up { high } else { low }
        };
        let better = |one: usize, other: usize| if up { one > other } else { one < other };
        let mut open = vec![whole];
        for _ in 0..MAX_PARTS {
            let known = self.found(up);
            let next = (0..open.len()).reduce(|best, at| match (open.get(best), open.get(at)) {
                (Some(one), Some(other)) if better(end(other), end(one)) => at,
                _ => best,
            });
            let Some(next) = next else { return Ok(known.unwrap_or_default()) };
            let part = open.swap_remove(next);
            if known.is_some_and(|known| !better(end(&part), known)) {
                return Ok(known.unwrap_or_default());
            }
            let Some(halves) = halves(&self.evaluator.possible().domain.facts, &part.held) else {
                open.push(part);
                break;
            };
            for held in halves {
                self.hold(&held);
                let places = self.evaluator.outlook().places;
                let part = Part { held, places };
                if self.found(up).is_none_or(|known| better(end(&part), known)) {
                    self.try_ends(&part.held)?;
                    open.push(part);
                }
            }
        }
        let bounds = open.iter().map(end).chain(self.found(up));
        Ok(if up { bounds.max() } else { bounds.min() }.unwrap_or_default())
    }

    fn found(&self, up: bool) -> Option<usize> {
        let way = if up { &self.highest } else { &self.lowest };
        way.as_ref().map(|(_, verdict)| place(self.evaluator.tiers(), verdict.tier.as_deref()))
    }

    fn hold(&mut self, held: &Held) {
        self.evaluator.possible().domain.hold(held.clone());
    }

    /// Goes the ways on which every fact has the last, and the first, of its values.
    fn try_ends(&mut self, held: &Held) -> Result<(), Box<PolicyFault>> {
        for last in [true, false] {
            let facts = &self.evaluator.possible().domain.facts;
            let ends = facts.iter().map(|fact| (fact.input, end(held.get(&fact.input).unwrap_or(&fact.set), last)));
            let assumed = ends.collect();
            if let Some(way) = self.go(assumed, last)? {
                self.keep(way);
            }
        }
        Ok(())
    }

    /// What comes out when facts have these values; one that only this way asks for has an end of its own values.
    fn go(&mut self, mut assumed: Assumed, last: bool) -> Result<Option<Way>, Box<PolicyFault>> {
        for _ in 0..MAX_SURPRISES {
            self.evaluator.turn_to(self.facts, assumed.clone());
            match verdict(self.evaluator) {
                Ok(verdict) => {
                    let read: BTreeSet<InputId> = verdict.reads().map(|read| read.input).collect();
                    assumed.retain(|input, _| read.contains(input));
                    let inputs = Inputs { facts: Arc::clone(self.facts), assumed };
                    self.presumed.extend(presumed(&inputs, &verdict));
                    return Ok(Some((inputs.assumed, verdict)));
                }
                Err(NoOutcome::Unknown(Unknown(fact))) => {
                    let shape = &self.facts.inputs.get(fact).shape;
                    let set = crate::evaluate::possible::value::of_shape(shape);
                    let most = self.evaluator.possible().domain.inputs().at_most(fact).filter(|_| last);
                    let value = match (most, set, shape) {
                        (Some(most), ..) => most,
                        (None, Some(set), _) => end(&set, last),
                        (None, None, Shape::List(_)) => Value::list([]),
                        (None, None, _) => Value::Absent,
                    };
                    assumed.insert(fact, value);
                }
                Err(NoOutcome::Fault(fault)) => return Err(fault),
            }
        }
        Ok(None)
    }

    fn keep(&mut self, way: Way) {
        let tiers = self.evaluator.tiers();
        let at = place(tiers, way.1.tier.as_deref());
        let of = |known: &Way| place(tiers, known.1.tier.as_deref());
        if self.lowest.as_ref().is_none_or(|known| at <= of(known)) {
            self.lowest = Some(way.clone());
        }
        if self.highest.as_ref().is_none_or(|known| at > of(known)) {
            self.highest = Some(way);
        }
    }
}

/// The facts that a verdict rests on without the case giving them, because the policy presumes something of them.
pub(super) fn presumed(inputs: &Inputs, verdict: &Verdict) -> Vec<InputId> {
    if inputs.facts.presumed.is_empty() {
        return Vec::new();
    }
    let read = verdict.reads().filter(|read| inputs.facts.presumed.contains_key(&read.input));
    let is_presumed = |input, presence| matches!(inputs.look_up(input, presence), Ok((_, Origin::Presumed)));
    read.filter(|read| is_presumed(read.input, read.presence)).map(|read| read.input).collect()
}

/// The same way with every number taken no further than what the rules say asks for: from 90 on the tier is Red, so 90 and not
/// 100 is taken. For the range that was found last.
pub(super) fn no_further(evaluator: &mut Evaluator<'_>, facts: &Arc<Facts>, way: &mut Way) {
    let open = evaluator.possible().domain.facts.clone();
    let said = |verdict: &Verdict| -> Vec<Vec<Effect>> {
        verdict.outcomes.iter().map(|outcome| outcome.effects.clone()).collect()
    };
    let effects = said(&way.1);
    for fact in open {
        let Some(taken) = way.0.get(&fact.input).and_then(Value::number) else { continue };
        let firsts = fact.pieces(&fact.set).into_iter().filter(|piece| piece.numbers().is_some());
        let firsts: Vec<Value> = firsts.map(|piece| end(&[piece], false)).collect();
        let below = firsts.iter().rev().filter(|first| first.number().is_some_and(|first| first < taken));
        for first in below {
            let mut nearer = way.0.clone();
            nearer.insert(fact.input, first.clone());
            evaluator.turn_to(facts, nearer.clone());
            match verdict(evaluator) {
                Ok(verdict) if verdict.tier == way.1.tier && said(&verdict) == effects => *way = (nearer, verdict),
                _ => break,
            }
        }
    }
}

/// For each open fact: its stretches, and what the range is on each.
pub(super) type Stretches = BTreeMap<InputId, Vec<(Rc<[Atom]>, Spread)>>;

/// What becomes of the range when a fact is held to one stretch of its values after the other.
pub(super) fn stretches(evaluator: &mut Evaluator<'_>, facts: &Arc<Facts>) -> Stretches {
    evaluator.open(facts, Assumed::new());
    evaluator.outlook();
    let open = evaluator.possible().domain.facts.clone();
    let mut found = BTreeMap::new();
    for fact in open {
        let mut spreads = Vec::new();
        for piece in fact.pieces(&fact.set) {
            let piece: Rc<[Atom]> = [piece].into();
            evaluator.possible().domain.hold(Held::from([(fact.input, Rc::clone(&piece))]));
            spreads.push((piece, evaluator.outlook()));
        }
        found.insert(fact.input, spreads);
    }
    found
}
