//! The old of two policies beside the new one: both asked over the same regions, by the same questions. A function that means the
//! same in both is one to them, and so is a helper that was written otherwise and is proved to give the same.

use super::{
    super::{
        pool::Pool,
        region::{Found, Said, Space, search},
        stretch::Stretch,
    },
    differences::{Both, differ, helpers, of_rules},
    outlooks::{are_one, floors_only, is_covered, is_no_higher},
};
use crate::{
    case::input::InputId,
    evaluate::{
        evaluator::{Held, Spread, Told},
        possible::value::{Possible, alike},
    },
    language::{
        datum::Datum,
        program::{
            Entry,
            digest::{FunctionDigest, FunctionDigests},
        },
    },
    policy::Policy,
    verify::Property,
};
use std::collections::{BTreeMap, BTreeSet};

/// Most regions for whether two helpers give the same.
const HELPER_BUDGET: usize = 2_000;
/// From here on are the functions of the old policy that the new one has not.
const OWN: u32 = 1 << 24;

/// The old policy, at work beside the new one.
#[derive(Debug)]
pub(super) struct Beside<'p> {
    /// The old policy.
    pub old: Stretch<'p>,
    /// The rules that do not mean the same, by their place in the old policy and in the new one.
    pub changed: [BTreeSet<usize>; 2],
    /// Those of them that do not mean the same even where all that they call gives the same.
    pub changed_themselves: [BTreeSet<usize>; 2],
    /// The helpers that were written otherwise and do not give the same everywhere: all that differs starts from them, or from
    /// those rules.
    pub roots: Vec<[u32; 2]>,
    /// What helpers give that do not mean the same: what one gives is not cut, for the other would be left open.
    pub apart: BTreeSet<InputId>,
    /// Whether the tier is made of what rules say in the same way.
    pub is_tier_same: bool,
    /// The place of each rule in both, where they have the same rules.
    pairs: Option<Vec<[usize; 2]>>,
}

impl<'p> Beside<'p> {
    /// The old policy beside the new one, from the same day on.
    pub fn new(stretch: &mut Stretch<'p>, policy: &'p Policy, pool: Pool<'p>) -> Self {
        let new = stretch.policy;
        let mut both = Both { old: policy.function_digests(stretch.from), new: new.function_digests(stretch.from) };
        let mut old = beside(stretch, policy, pool, &mut both);
        let mut pairs = helpers(policy, new);
        // One that means what some function of the other policy does is no other, whatever the two are called.
        let known = [both.old.all(), both.new.all()];
        pairs.retain(|[was, is]| !known[1].contains(&both.old.of(*was)) && !known[0].contains(&both.new.of(*is)));
        // What would mean the same if all that it calls did.
        let (mut assumed, mut roots, mut others) = (both.clone(), Vec::new(), Vec::new());
        for [was, is] in pairs {
            if assumed.old.of(was) != assumed.new.of(is) {
                if gives_the_same(stretch, &mut old, [was, is]) {
                    both.old.take(was, both.new.of(is));
                    old = beside(stretch, policy, old.pool, &mut both);
                } else {
                    roots.push([was, is]);
                }
                assumed.old.take(was, assumed.new.of(is));
            }
            if both.old.of(was) != both.new.of(is) {
                others.extend([OWN + was, is]);
            }
        }
        let [changed, changed_themselves] = [&mut both, &mut assumed].map(|digests| {
            let sides = [of_rules(&old, &mut digests.old), of_rules(stretch, &mut digests.new)];
            [differ(&sides[0], &sides[1], &old.bearing), differ(&sides[1], &sides[0], &stretch.bearing)]
        });
        let reserved = |policy: &Policy, digests: &mut FunctionDigests<'p>| {
            policy.program().reserved.get("tier").map(|entry| digests.of(entry.function))
        };
        let is_tier_same = reserved(policy, &mut both.old) == reserved(new, &mut both.new);
        let names = [&old, stretch].map(|stretch| names(stretch));
        let place_of = |name: &String| names[1].iter().position(|other| other == name);
        let same_rules = names[0].len() == names[1].len() && names[0].iter().all(|name| place_of(name).is_some());
        let pairs = names[0].iter().enumerate().filter_map(|(at, name)| Some([at, place_of(name)?]));
        let pairs = same_rules.then(|| pairs.collect());
        let questions = stretch.evaluator.possible().domain.questions.as_ref();
        let calls = |number: u32| questions.into_iter().flat_map(move |all| all.of_function(number));
        let apart = others.into_iter().flat_map(calls).collect();
        Self { old, changed, changed_themselves, roots, apart, is_tier_same, pairs }
    }

    /// Looks at some of the rules that differ and at no others.
    pub fn keep_only(&mut self, stretch: &Stretch<'_>, is_one: &dyn Fn(&str) -> bool) {
        let names = [&self.old, stretch].map(names);
        for sides in [&mut self.changed, &mut self.changed_themselves] {
            for (side, names) in sides.iter_mut().zip(&names) {
                side.retain(|at| names.get(*at).is_some_and(|name| is_one(name)));
            }
        }
    }

    /// The rules that the new policy has otherwise.
    pub fn changed_rules(&self, stretch: &Stretch<'p>) -> Vec<&'p Entry> {
        let rules = stretch.evaluator.rules();
        self.changed[1].iter().filter_map(|at| rules.get(*at).copied()).collect()
    }

    /// What can come of a region under the old policy and the new one, by some of the rules each, or all that bear on the tier.
    pub fn both(
        &mut self,
        stretch: &mut Stretch<'_>,
        held: &Held,
        [of_old, of_new]: [Option<&BTreeSet<usize>>; 2],
    ) -> [Spread; 2] {
        let new = spread(stretch, held, of_new);
        [with_old(stretch, &mut self.old, |old| spread(old, held, of_old)), new]
    }

    /// Whether the helpers that all that differs starts from give the same over a region, and what was read for it.
    pub fn roots_agree(&mut self, stretch: &mut Stretch<'_>, held: &Held) -> (bool, BTreeSet<InputId>) {
        let mut reads = BTreeSet::new();
        let roots = self.roots.clone();
        let agree = roots.iter().all(|pair| {
            let (agree, more) = agree(stretch, &mut self.old, *pair, held);
            reads.extend(more);
            agree
        });
        (agree, reads)
    }

    /// Whether the rules that differ do not show, on the side or sides where they could break what is asked, beside all others; and
    /// what was read for it.
    pub fn are_covered(
        &self,
        stretch: &mut Stretch<'_>,
        held: &Held,
        ([old, new], changed): (&[Spread; 2], &[BTreeSet<usize>; 2]),
        property: Property,
    ) -> (bool, BTreeSet<InputId>) {
        let set_floors = floors_only(&old.all) && floors_only(&new.all);
        if !self.is_tier_same || stretch.has_tier_function() || !set_floors {
            return (false, BTreeSet::new());
        }
        let others = stretch.bearing.difference(&changed[1]).copied().collect();
        let rest = spread(stretch, held, Some(&others));
        let covered = match property {
            Property::NeverLower => is_covered(&old.all, &rest.all),
            Property::NeverHigher => is_covered(&new.all, &rest.all),
            _ => is_covered(&old.all, &rest.all) && is_covered(&new.all, &rest.all),
        };
        (covered || rest.is_impossible || rest.fails.is_some(), rest.reads)
    }

    /// Whether what the rules say that differ, by themselves, is enough: whatever the others say, it comes to what is asked.
    pub fn settles(&self, stretch: &Stretch<'_>, [old, new]: &[Spread; 2], property: Property) -> bool {
        if !self.is_tier_same {
            return false;
        }
        if stretch.has_tier_function() {
            // It may look at each rule by its name.
            let of = |spread: &Spread, at: usize| spread.rules.get(at).cloned().unwrap_or_default();
            return self
                .pairs
                .as_ref()
                .is_some_and(|pairs| pairs.iter().all(|[was, is]| are_one(&of(old, *was), &of(new, *is))));
        }
        are_one(&old.all, &new.all)
            || match property {
                Property::NeverLower => is_no_higher(&old.all, &new.all),
                Property::NeverHigher => is_no_higher(&new.all, &old.all),
                _ => false,
            }
    }
}

/// The names of the rules in force, by their place.
fn names(stretch: &Stretch<'_>) -> Vec<String> {
    stretch.evaluator.rules().iter().map(|entry| entry.rule.name.to_string()).collect()
}

/// The old policy at work, by the questions of the new one.
fn beside<'p>(stretch: &mut Stretch<'p>, policy: &'p Policy, pool: Pool<'p>, both: &mut Both<'p>) -> Stretch<'p> {
    let mut of_new: BTreeMap<FunctionDigest, u32> = BTreeMap::new();
    for (number, _) in (0..).zip(&stretch.policy.program().functions) {
        of_new.entry(both.new.of(number)).or_insert(number);
    }
    let functions = (0..).zip(&policy.program().functions);
    let functions = functions.map(|(number, _)| of_new.get(&both.old.of(number)).copied().unwrap_or(OWN + number));
    let functions = functions.collect();
    let domain = &mut stretch.evaluator.possible().domain;
    let questions = domain.questions.take();
    let mut old = Stretch::asking(policy, (stretch.from, stretch.until), pool, stretch.budget, (questions, functions));
    give_back(stretch, &mut old);
    old
}

/// What can come of a region, by some rules or all that bear on the tier.
fn spread(stretch: &mut Stretch<'_>, held: &Held, only: Option<&BTreeSet<usize>>) -> Spread {
    stretch.evaluator.hold(held);
    let only = only.cloned().unwrap_or_else(|| stretch.bearing.clone());
    stretch.evaluator.outlook_of(Some(&only))
}

/// Asks the old policy, by the questions of the new one.
fn with_old<'p, R>(stretch: &mut Stretch<'_>, old: &mut Stretch<'p>, ask: impl FnOnce(&mut Stretch<'p>) -> R) -> R {
    let questions = stretch.evaluator.possible().domain.questions.take();
    let inside = questions.as_ref().map(|questions| questions.inside.clone()).unwrap_or_default();
    old.evaluator.possible().domain.questions = questions;
    let said = ask(old);
    give_back(stretch, old);
    if let Some(questions) = &mut stretch.evaluator.possible().domain.questions {
        questions.inside.extend(inside);
    }
    said
}

/// Gives the new policy its questions back, with where the values of facts matter to the old one.
fn give_back(stretch: &mut Stretch<'_>, old: &mut Stretch<'_>) {
    let domain = &mut old.evaluator.possible().domain;
    let (questions, facts) = (domain.questions.take(), std::mem::take(&mut domain.facts));
    let of_new = &mut stretch.evaluator.possible().domain;
    of_new.questions = questions;
    of_new.learn(&facts);
    old.evaluator.possible().domain.facts = facts;
}

/// Whether a helper of the old policy gives what one of the new gives, wherever both give something.
fn gives_the_same(stretch: &mut Stretch<'_>, old: &mut Stretch<'_>, [was, is]: [u32; 2]) -> bool {
    let space = Space { root: stretch.root.clone(), ..Space::default() };
    let budget = std::mem::replace(&mut stretch.budget, HELPER_BUDGET);
    let (found, _) = search(
        stretch,
        &space,
        &mut |stretch, held| {
            let (agree, reads) = agree(stretch, old, [was, is], held);
            (if agree { Said::Holds } else { Said::Open }, reads)
        },
        &mut |_, _| None,
    );
    stretch.budget = budget;
    matches!(found, Found::Holds)
}

/// Whether two helpers give the same of every case of a region of which both give something, and what was read for it.
fn agree(
    stretch: &mut Stretch<'_>,
    old: &mut Stretch<'_>,
    [was, is]: [u32; 2],
    held: &Held,
) -> (bool, BTreeSet<InputId>) {
    let (new, is) = tell(stretch, held, is);
    let (old, was) = with_old(stretch, old, |old| tell(old, held, was));
    let is_vacant = |told: &Told| told.is_impossible || told.fails;
    let agree = is_vacant(&old) || is_vacant(&new) || is_one(was.as_ref(), is.as_ref());
    (agree, old.reads.into_iter().chain(new.reads).collect())
}

/// What a function gives of the cases of a region, and where that is one value or what one fact is, that.
fn tell(stretch: &mut Stretch<'_>, held: &Held, function: u32) -> (Told, Option<Result<Datum, InputId>>) {
    stretch.evaluator.hold(held);
    stretch.evaluator.take_up();
    let told = stretch.evaluator.told_of(function, Vec::new());
    let one = match &told.value {
        Some(Possible::Known(datum)) => Some(Ok(datum.clone())),
        Some(Possible::Fact(place)) => {
            let facts = &stretch.evaluator.possible().domain.facts;
            facts.get(usize::from(*place)).map(|fact| Err(fact.input))
        }
        Some(Possible::Asked(id)) => Some(Err(*id)),
        _ => None,
    };
    (told, one)
}

fn is_one(one: Option<&Result<Datum, InputId>>, other: Option<&Result<Datum, InputId>>) -> bool {
    match (one, other) {
        (Some(Ok(one)), Some(Ok(other))) => alike(one, other),
        (Some(Err(one)), Some(Err(other))) => one == other,
        _ => false,
    }
}
