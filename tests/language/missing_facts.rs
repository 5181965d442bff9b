//! The one promise: a missing fact never lowers a tier. Facts are taken out of the JSON of a case, as many as you like, and
//! filled in again in every way at the thresholds of the policy and in random ways: the tier acted on is at least what comes
//! out, the lowest end at most, and a flag that is raised while facts are missing is raised whatever they are.

use crate::{
    cases::{ON, case_of, made_up, pointer, root, without, worked},
    draw::{Draw, is_long, many},
    fillings::{Filler, allowed, facts, numbers_of, thresholds},
};
use brag::{
    case::input::{Input, InputId},
    decision::{
        assessor::Assessor,
        range::{Range, place},
        ruling::rule,
        verdict::Verdict,
    },
    evaluate::inputs::{Assumed, Facts},
    language::{effect::Effect, fault::PolicyFault},
    policy::{Policy, source::Shelf},
};
use jiff::civil::Date;
use serde_json::Value as Json;
use std::{collections::BTreeSet, sync::Arc};

/// What was tried, and what came out.
#[derive(Debug, Default)]
struct Tally {
    /// Cases with facts taken out.
    cases: usize,
    /// Those whose tier could still differ, or whose facts were asked for at least.
    open: usize,
    /// Those of them to both of whose ends a way is known.
    exact: usize,
    /// Those that have two ends.
    ranges: usize,
    /// Ways to fill facts in.
    ways: usize,
    /// Ways on which the policy fails.
    faults: usize,
}

struct Trial<'p> {
    policy: &'p Policy,
    assessor: Assessor<'p>,
    filler: Filler,
    /// The facts that the policy may ask for.
    facts: Vec<(InputId, &'p Input)>,
    tally: Tally,
}

impl<'p> Trial<'p> {
    fn of(policy: &'p Policy) -> Self {
        let mut assessor = Assessor::new(policy);
        let nobody = assessor.facts(&case_of(&serde_json::json!({ "crn": "X320741" })), ON);
        let evaluator = &mut assessor.begin(&nobody).evaluator;
        evaluator.open(&nobody, Assumed::new());
        evaluator.open_everything();
        evaluator.outlook();
        let asked: BTreeSet<InputId> = evaluator.possible().domain.facts.iter().map(|fact| fact.input).collect();
        let numbers = numbers_of(policy, ON);
        let facts = facts(policy, &asked);
        Self { policy, assessor, filler: Filler { numbers }, facts, tally: Tally::default() }
    }

    /// The facts that a case gives and the policy may ask for.
    fn given(&self, document: &Json) -> Vec<(InputId, &'p Input)> {
        let gives = |input: &Input| document.pointer(&pointer(&input.path)).is_some_and(|value| !value.is_null());
        self.facts.iter().filter(|(_, input)| gives(input)).copied().collect()
    }

    fn place_of(&self, verdict: &Verdict) -> usize {
        place(self.policy.tiers(), verdict.tier.as_deref())
    }

    /// Tries one case without some of its facts.
    fn without(&mut self, name: &str, document: &Json, missing: &[(InputId, &'p Input)], ways: usize, draw: &mut Draw) {
        let less = missing.iter().fold(document.clone(), |document, (_, input)| without(&document, &input.path));
        let paths: Vec<&str> = missing.iter().map(|(_, input)| &*input.path).collect();
        let about = format!("{name} without {paths:?}");
        let facts = self.facts_of(&less);
        self.tally.cases += 1;
        let range = match rule(&mut self.assessor, &facts) {
            Ok(ruling) => ruling.range,
            Err(fault) => panic!("{about}: {fault}"),
        };
        if range.flags.is_some() {
            self.tally.open += 1;
            self.tally.exact += usize::from(range.exact);
            self.tally.ranges += usize::from(range.ends.is_some());
        }
        if range.exact {
            self.witness(&about, &facts, &range, draw);
        }
        for assumed in self.at_thresholds(&facts, missing, many(40, 1_000), draw) {
            self.fill(&about, &facts, &range, assumed, draw);
        }
        for _ in 0..ways {
            let assumed = missing.iter().map(|(id, _)| (*id, self.filler.value(&facts, *id, draw))).collect();
            self.fill(&about, &facts, &range, assumed, draw);
        }
        // The case as it was is a way too, unless it holds what the policy presumes that no case does.
        if !missing.iter().any(|(id, _)| self.policy.presumed().contains_key(id)) {
            let whole = self.facts_of(document);
            self.fill(&format!("{about}, as it was"), &whole, &range, Assumed::new(), draw);
        }
    }

    fn facts_of(&self, document: &Json) -> Arc<Facts> {
        let case = case_of(document);
        let on: Date = case.assessed_on.map_or(ON, |day| day.0);
        self.assessor.facts(&case, on)
    }

    /// Every way at the thresholds, or so many of them.
    fn at_thresholds(
        &self,
        facts: &Arc<Facts>,
        missing: &[(InputId, &'p Input)],
        most: usize,
        draw: &mut Draw,
    ) -> Vec<Assumed> {
        if missing.len() > 3 {
            return Vec::new();
        }
        let mut ways = vec![Assumed::new()];
        for (id, input) in missing {
            let values = allowed(facts, *id, thresholds(input.domain().unwrap(), &self.filler.numbers));
            let longer = ways.iter().flat_map(|way| {
                values.iter().map(|value| {
                    let mut way = way.clone();
                    way.insert(*id, value.clone());
                    way
                })
            });
            ways = draw.some(&longer.collect::<Vec<_>>(), most);
        }
        ways
    }

    /// Where a range is said to be exact, the way that is acted on does lead to its top.
    fn witness(&mut self, about: &str, facts: &Arc<Facts>, range: &Range, draw: &mut Draw) {
        let (assumed, top) = &range.top;
        let evaluator = &mut self.assessor.at(facts).evaluator;
        let (_, found) = self.filler.go(evaluator, facts, assumed.clone(), draw).unwrap();
        assert_eq!(found.tier, top.tier, "{about}: no way to the top by {assumed:?}");
    }

    fn fill(&mut self, about: &str, facts: &Arc<Facts>, range: &Range, assumed: Assumed, draw: &mut Draw) {
        self.tally.ways += 1;
        let evaluator = &mut self.assessor.at(facts).evaluator;
        let Ok((assumed, found)) = self.filler.go(evaluator, facts, assumed, draw) else {
            self.tally.faults += 1;
            return;
        };
        let shown = || -> Vec<String> {
            assumed.iter().map(|(id, value)| format!("{}: {value}", facts.inputs.get(*id).path)).collect()
        };
        let at = self.place_of(&found);
        let ends = match &range.ends {
            Some(ends) => ends.each_ref().map(|tier| place(self.policy.tiers(), Some(tier))),
            None => [self.place_of(&range.top.1); 2],
        };
        let tier = found.tier.as_deref();
        assert!(at <= ends[1], "{about}: {tier:?} above {:?} by {:?}", range.top.1.tier, shown());
        assert!(at >= ends[0], "{about}: {tier:?} below {:?} by {:?}", range.ends, shown());
        for (outcome, codes) in found.outcomes.iter().zip(range.flags.iter().flatten()) {
            for code in codes {
                let raises = |effect: &Effect| matches!(effect, Effect::Flag { code: raised, .. } if raised == code);
                assert!(outcome.effects.iter().any(raises), "{about}: no flag {code} by {:?}", shown());
            }
        }
    }

    /// Every subset of up to three facts, or so many of them, and so many larger ones.
    fn subsets(&mut self, name: &str, document: &Json, small: usize, large: usize, ways: usize, draw: &mut Draw) {
        let given = self.given(document);
        for missing in small_subsets(&given, small, draw) {
            self.without(name, document, &missing, ways, draw);
        }
        for _ in 0..large {
            let count = 4 + draw.below(given.len().saturating_sub(3));
            let missing = draw.some(&given, count);
            self.without(name, document, &missing, ways, draw);
        }
    }

    /// Says what was tried. At least so many in a hundred ranges are to be exact.
    fn told(&self, least: f64) {
        let Tally { cases, open, exact, ranges, ways, faults } = &self.tally;
        #[expect(clippy::cast_precision_loss, reason = "a share is shown with one digit")]
        let share = 100.0 * *exact as f64 / (*open).max(1) as f64;
        println!(
            "{}: {cases} cases with facts missing, {open} open, {ranges} with two ends, {exact} exact ({share:.2} %); \
             {ways} ways filled in, {faults} of them faults",
            self.policy.name()
        );
        assert!(*open > 50, "hardly any case is open: {open}");
        assert!(share >= least, "only {share:.2} in 100 ranges are exact");
    }
}

/// All subsets of one to three, or so many of them.
fn small_subsets<T: Clone>(of: &[T], most: usize, draw: &mut Draw) -> Vec<Vec<T>> {
    if !is_long() {
        let drawn = (0..most).map(|_| {
            let count = 1 + draw.below(3);
            draw.some(of, count)
        });
        return drawn.filter(|subset| !subset.is_empty()).collect();
    }
    let mut all: Vec<Vec<T>> = Vec::new();
    for (a, one) in of.iter().enumerate() {
        all.push(vec![one.clone()]);
        for (b, two) in of.iter().enumerate().skip(a + 1) {
            all.push(vec![one.clone(), two.clone()]);
            all.extend(of.iter().skip(b + 1).map(|three| vec![one.clone(), two.clone(), three.clone()]));
        }
    }
    draw.some(&all, 400)
}

fn load(shelf: &Shelf, name: &str) -> Policy {
    let fault = |fault: PolicyFault| panic!("line {:?}: {fault}", fault.line);
    Policy::load(shelf, name, &[]).unwrap_or_else(fault)
}

#[test]
fn a_missing_fact_never_lowers_a_tier_under_bgsw() {
    let draw = Draw::of("missing facts under bgsw");
    let policy = load(&Shelf::Shipped, "bgsw");
    let mut trial = Trial::of(&policy);
    assert!(trial.facts.len() > 15, "{:?}", trial.facts.len());
    for (number, (name, document)) in worked("bgsw").iter().enumerate() {
        trial.subsets(name, document, 12, many(4, 200), many(12, 100), &mut draw.stream(number as u64));
    }
    for (number, (name, document)) in made_up(1, 2_000).iter().enumerate() {
        let (small, large) = if is_long() { (400, 20) } else { (1, usize::from(number % 4 == 0)) };
        trial.subsets(name, document, small, large, many(4, 20), &mut draw.stream(1_000 + number as u64));
    }
    trial.told(98.0);
}

#[test]
fn a_missing_fact_never_lowers_a_tier_under_a_policy_of_every_construct() {
    let draw = Draw::of("missing facts under every construct");
    let policy = load(&Shelf::Folder(root().join("tests/language/policies")), "missing");
    let mut trial = Trial::of(&policy);
    assert!(trial.facts.len() > 15, "{:?}", trial.facts.len());
    let people = worked("bgsw").into_iter().step_by(many(3, 1)).chain(made_up(2, many(40, 1_000)));
    for (number, (name, mut document)) in people.enumerate() {
        let mut draw = draw.stream(number as u64);
        document["local"] = serde_json::json!({
            "score": draw.below(21),
            "share": f64::from(draw.below(1_001) as u32) / 10.0,
            "colour": *draw.one(&["red", "green", "blue"]),
            "urgent": draw.happens(50),
        });
        trial.subsets(&name, &document, many(3, 100), many(1, 20), many(12, 100), &mut draw);
    }
    trial.told(80.0);
}
