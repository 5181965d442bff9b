//! Possible values against known ones: whatever facts are filled in with, what every rule of a drawn script says lies within
//! what was said to be possible while they were open.

use crate::{
    cases::{pointer, without},
    draw::{Draw, many},
    fillings::{Filler, numbers_in},
    oracle::with_room,
    oracle_scripts::{Ground, numbered},
    scripts,
};
use brag::{
    decision::{range::place, verdict::verdict},
    evaluate::{
        evaluator::{Evaluator, Spread},
        inputs::{Assumed, Facts, Unknown},
        outcome::{NoOutcome, Outcome, Outlook},
    },
    language::{effect::Effect, tiers::Tiers},
};
use std::{collections::BTreeMap, sync::Arc};

/// The facts that drawn scripts read.
pub const READ: [&str; 9] = [
    "oasys.ogrs3",
    "oasys.ogp",
    "oasys.rosh",
    "oasys.rsr",
    "local.score",
    "local.share",
    "local.colour",
    "local.urgent",
    "sentence.starts_on",
];

/// What is wrong with what a rule says, if it is not among what was possible.
fn outside(outlook: &Outlook, outcome: &Outcome, tiers: &Tiers) -> Option<String> {
    let places = outcome.effects.iter().filter_map(|effect| match effect {
        Effect::AtLeast(tier) => Some(place(tiers, Some(tier))),
        _ => None,
    });
    let floor = places.max().unwrap_or(0);
    let decided: Vec<_> = outcome.effects.iter().filter(|effect| matches!(effect, Effect::Decide(_))).collect();
    let raises = |code: &Arc<str>| {
        outcome.effects.iter().any(|one| matches!(one, Effect::Flag { code: raised, .. } if raised == code))
    };
    if let Some(code) = outlook.flags.iter().find(|code| !raises(code)) {
        return Some(format!("the flag {code} is not raised"));
    }
    if outlook.surely_decides && decided.is_empty() {
        return Some("nothing is decided".to_owned());
    }
    if outlook.anything {
        return None;
    }
    if !(outlook.floor[0]..=outlook.floor[1]).contains(&floor) {
        return Some(format!("the floor {floor} is outside {:?}", outlook.floor));
    }
    let undreamt = |effect: &&&Effect| matches!(effect, Effect::Decide(tier) if !outlook.decides.contains(tier));
    if let Some(effect) = decided.iter().find(undreamt) {
        return Some(format!("{effect:?} is outside {:?}", outlook.decides));
    }
    let mut points: BTreeMap<&str, i64> = outlook.points.keys().map(|axis| (axis.as_str(), 0)).collect();
    for effect in &outcome.effects {
        if let Effect::Points { axis, points: more } = effect {
            *points.entry(axis).or_default() += more;
        }
    }
    points.into_iter().find_map(|(axis, sum)| {
        let [least, most] = outlook.points.get(axis).copied().unwrap_or_default();
        (!(least..=most).contains(&sum)).then(|| format!("{sum} {axis} is outside {least} to {most}"))
    })
}

struct Tried<'a, 'p> {
    evaluator: Evaluator<'p>,
    filler: Filler,
    facts: &'a Arc<Facts>,
    spread: Spread,
}

impl Tried<'_, '_> {
    /// One way to fill the facts in; how many rules were compared, or what is wrong.
    fn way(&mut self, mut assumed: Assumed, draw: &mut Draw) -> Result<usize, String> {
        let (mut compared, mut index) = (0, 0);
        let tiers = self.evaluator.tiers().clone();
        self.evaluator.begin(self.facts);
        self.evaluator.turn_to(self.facts, assumed.clone());
        while index < self.evaluator.rules().len() {
            match self.evaluator.rule(index) {
                Ok(outcome) => {
                    compared += 1;
                    if let Some(wrong) = outside(&self.spread.rules[index], &outcome, &tiers) {
                        return Err(format!("rule r{index}: {wrong}, by {}", self.shown(&assumed)));
                    }
                }
                Err(NoOutcome::Unknown(Unknown(input))) => {
                    assumed.insert(input, self.filler.value(self.facts, input, draw));
                    self.evaluator.turn_to(self.facts, assumed.clone());
                    continue;
                }
                Err(NoOutcome::Fault(_)) => {}
            }
            index += 1;
        }
        if let Ok(verdict) = verdict(&mut self.evaluator) {
            let at = place(&tiers, verdict.tier.as_deref());
            let [low, high] = self.spread.places;
            if !(low..=high).contains(&at) {
                return Err(format!("the tier at {at} is outside {low} to {high}, by {}", self.shown(&assumed)));
            }
        }
        Ok(compared)
    }

    fn shown(&self, assumed: &Assumed) -> String {
        let shown = assumed.iter().map(|(id, value)| format!("{}: {value}", self.facts.inputs.get(*id).path));
        shown.collect::<Vec<_>>().join(", ")
    }
}

/// What was compared over one script, or many.
#[derive(Debug, Default, Clone, Copy)]
pub struct Compared {
    /// Outcomes of rules.
    pub outcomes: usize,
    /// Rules.
    pub rules: usize,
    /// Rules of which anything was possible.
    pub lost: usize,
}

/// Fills in what is missing of a person in some ways, and holds what every rule then says against what was possible.
///
/// # Panics
///
/// When something comes out that was not possible.
pub fn within(ground: &Ground, text: &str, whole: &serde_json::Value, ways: usize, own: &mut Draw) -> Compared {
    let Some(program) = ground.program(text) else { return Compared::default() };
    let given: Vec<&str> = READ.into_iter().filter(|path| whole.pointer(&pointer(path)).is_some()).collect();
    let left_out = 1 + own.below(5);
    let missing = own.some(&given, left_out);
    let less = missing.iter().fold(whole.clone(), |document, path| without(&document, path));
    let facts = ground.facts(&less);
    let mut evaluator = Evaluator::new(ground.in_force(&program), &facts);
    evaluator.begin(&facts);
    evaluator.open(&facts, Assumed::new());
    let spread = evaluator.outlook();
    let lost = spread.rules.iter().filter(|rule| rule.anything).count();
    let mut compared = Compared { outcomes: 0, rules: spread.rules.len(), lost };
    let numbers = numbers_in(text).into_iter().chain([50.into(), 75.into(), 90.into()]).collect();
    let mut tried = Tried { evaluator, filler: Filler { numbers }, facts: &facts, spread };
    for _ in 0..ways {
        let ids = missing.iter().map(|path| ground.inputs.find(path).unwrap());
        let assumed = ids.map(|id| (id, tried.filler.value(&facts, id, own))).collect();
        match tried.way(assumed, own) {
            Ok(more) => compared.outcomes += more,
            Err(wrong) => panic!("without {missing:?}: {wrong}\n{}", numbered(text)),
        }
    }
    compared
}

#[test]
fn what_comes_of_a_filling_was_possible() {
    with_room(|| {
        let draw = Draw::of("possible against known");
        let ground = Ground::new();
        let people = Ground::people(&draw, 60);
        let count = many(3_000, 100_000);
        let mut all = Compared::default();
        for number in 0..count as u64 {
            let mut own = draw.stream(1_000_000 + number);
            let text = scripts::script(draw.stream(number), 4);
            let whole = &people[own.below(people.len())];
            let Compared { outcomes, rules, lost } = within(&ground, &text, whole, 12, &mut own);
            all = Compared { outcomes: all.outcomes + outcomes, rules: all.rules + rules, lost: all.lost + lost };
        }
        println!("{count} scripts: {all:?}");
        assert!(all.lost * 4 < all.rules, "too little is known of what is possible");
    });
}

/// Scripts in which a way was once lost, each with the tiers that it can come to while `local.urgent` and `local.score` are
/// not known.
const LOST_ONCE: [(&str, [usize; 2]); 6] = [
    // A helper that was worked out under a narrowing in one rule, and is asked under another in the next.
    (
        "fn a(person) { if person.local.score >= 10 { if many(person) { return flag(\"one\", \"many\"); } } }
         fn b(person) { if person.local.score < 10 { if many(person) { return at_least(\"Green\"); } at_least(\"Red\") } }
         private fn many(person) { person.local.score >= 10 }",
        [0, 4],
    ),
    // One closure with two captured values.
    (
        "fn a(person) {
             let f = if person.local.urgent { over(1) } else { over(9) };
             if f.call(5) { at_least(\"Red\") }
         }
         private fn over(from) { |n| n > from }",
        [0, 4],
    ),
    // A list on one way, something that cannot be pushed to on the other.
    (
        "fn a(person) {
             let x = [];
             if person.local.urgent { x = \"none\"; }
             x.push(1);
             at_least(\"Red\")
         }",
        [4, 4],
    ),
    // An entry that is only asked where the one before it did not settle the answer.
    (
        "fn a(person) { if [person.local.urgent, ()].some(|one| one) { at_least(\"Red\") } }",
        [0, 4],
    ),
    // A number looked for in a list with a changed entry: it matters where each of the entries stands.
    (
        "fn a(person) { let x = [0, 50, 2]; x[2] = 10; if person.local.score in x { return; } at_least(\"Red\") }",
        [0, 4],
    ),
    // A switch by ranges.
    (
        "fn a(person) { switch person.local.score { 20 => at_least(\"Red\"), 0..8 => at_least(\"Green\"), _ => at_least(\"Amber\") } }",
        [1, 4],
    ),
];

#[test]
fn no_way_is_lost_that_once_was() {
    let ground = Ground::new();
    let person = serde_json::json!({ "crn": "X320741" });
    let facts = ground.facts(&person);
    for (text, places) in LOST_ONCE {
        let program = ground.program(text).unwrap();
        let mut evaluator = Evaluator::new(ground.in_force(&program), &facts);
        evaluator.begin(&facts);
        evaluator.open(&facts, Assumed::new());
        let spread = evaluator.outlook();
        let [low, high] = spread.places;
        assert!(low <= places[0] && high >= places[1], "{:?} is not {places:?}:\n{text}", spread.places);
    }
}
