//! Every rule says something of some case, every condition can come out both ways, every flag can be raised. The worked and the
//! made-up cases show most of it; a case that shows the rest is looked for.

use super::{
    Pool, Proof, Property, Verdict, ask,
    region::{Said, Space},
    stretch::Stretch,
};
use crate::{
    authoring::case_text::CaseText,
    case::input::{InputId, InputTable, Source},
    check::outcomes::is_nothing,
    evaluate::{
        evaluator::Held,
        possible::{
            Met,
            value::{Atom, Possible},
        },
        trace::{CameOut, came_out},
    },
    language::{builtins::effects_of, datum::Datum, effect::Effect, lower::follows_from_tier, program::Entry},
};
use std::collections::{BTreeMap, BTreeSet};

/// What cases have shown.
#[derive(Debug, Default)]
struct Seen {
    fired: BTreeSet<String>,
    flags: BTreeSet<String>,
    conditions: CameOut,
}

/// A proof for each rule in force, each flag and each condition of the policy's own script.
pub(super) fn reach(stretch: &mut Stretch<'_>) -> Vec<Proof> {
    let mut seen = Seen::default();
    let names = names(stretch);
    for mut text in stretch.pool.bases() {
        stretch.pool.begin();
        if let Some(shown) = look(&mut stretch.pool, &names, &mut text) {
            seen.add(shown);
        }
    }
    let seen = &seen;
    let rules: Vec<&Entry> = stretch.evaluator.rules().to_vec();
    let mut proofs = Vec::new();
    for entry in rules {
        let name = entry.rule.name.to_string();
        let is_shown = |seen: &Seen| seen.fired.contains(&name);
        proofs.push(shown_or(stretch, seen, (Property::CanFire, name.clone()), &is_shown, &mut |stretch, held| {
            stretch.evaluator.hold(held);
            let told = stretch.evaluator.told(entry, Vec::new());
            let said = if told.value.as_ref().is_some_and(is_nothing) { Said::Holds } else { Said::Open };
            (!told.is_impossible).then_some((said, told.reads))
        }));
    }
    for code in stretch.policy.program().flag_codes.clone() {
        let is_shown = |seen: &Seen| seen.flags.contains(&code);
        proofs.push(shown_or(stretch, seen, (Property::CanBeRaised, code.clone()), &is_shown, &mut |stretch, held| {
            stretch.evaluator.hold(held);
            let mut reads = BTreeSet::new();
            // What is said after the rules is not asked here.
            let mut can = stretch.policy.program().has("provisional");
            for entry in stretch.evaluator.rules().to_vec() {
                let told = stretch.evaluator.told(entry, Vec::new());
                let is_raised = told.value.as_ref().is_some_and(|value| raises(value, &code));
                can |= is_raised;
                if is_raised {
                    reads.extend(told.reads);
                }
            }
            Some((if can { Said::Open } else { Said::Holds }, reads))
        }));
    }
    proofs.extend(conditions(stretch, seen));
    proofs
}

/// What a case shows; what it lacks is put into it.
fn look(pool: &mut Pool<'_>, names: &[String], text: &mut CaseText) -> Option<Seen> {
    let mut seen = Seen::default();
    let (facts, ran) = pool.run(text)?;
    let verdict = ran.ok()?;
    let fired = names.iter().zip(&verdict.outcomes).filter(|(_, outcome)| !outcome.effects.is_empty());
    seen.fired.extend(fired.map(|(name, _)| name.clone()));
    let effects = verdict.outcomes.iter().chain(&verdict.provisional).flat_map(|outcome| &outcome.effects);
    seen.flags.extend(effects.filter_map(|effect| match effect {
        Effect::Flag { code, .. } => Some(code.to_string()),
        _ => None,
    }));
    // What follows from the tier has conditions too.
    pool.follow(&facts);
    seen.conditions = pool.take_seen();
    Some(seen)
}

impl Seen {
    fn add(&mut self, other: Self) {
        self.fired.extend(other.fired);
        self.flags.extend(other.flags);
        other.conditions.into_iter().for_each(|(number, came)| came_out(&mut self.conditions, number, came));
    }
}

/// The names of the rules in force.
fn names(stretch: &Stretch<'_>) -> Vec<String> {
    stretch.evaluator.rules().iter().map(|entry| entry.rule.name.to_string()).collect()
}

/// What a region says of something that is looked for, and what was read for that; none where no case is held so.
type Can<'a> = &'a mut dyn FnMut(&mut Stretch<'_>, &Held) -> Option<(Said, BTreeSet<InputId>)>;

/// What was seen, or is looked for: `can` says of a region whether it may be found there, and what was read for that.
fn shown_or(
    stretch: &mut Stretch<'_>,
    seen: &Seen,
    (property, about): (Property, String),
    is_shown: &dyn Fn(&Seen) -> bool,
    can: Can<'_>,
) -> Proof {
    if is_shown(seen) {
        return Proof { property, about, verdict: Verdict::Proved { shown: None }, regions: 0 };
    }
    let space = Space { root: stretch.root.clone(), ..Space::default() };
    let said = format!("`{about}`: a case that shows it");
    let inputs = stretch.policy.inputs();
    let mut rests_on_another = false;
    let proof = ask(
        stretch,
        (property, about),
        &space,
        &mut |stretch, held| match can(stretch, held) {
            None => (Said::Holds, BTreeSet::new()),
            Some((said, reads)) => {
                rests_on_another |= reads.iter().any(|input| is_told_later(inputs, *input));
                (said, reads)
            }
        },
        &mut |stretch, held| {
            let names = names(stretch);
            stretch.show(held, &mut |pool, text| {
                let mut text = text.clone();
                let now = look(pool, &names, &mut text)?;
                is_shown(&now).then(|| (said.clone(), vec![text]))
            })
        },
    );
    match proof.verdict {
        // What it says of that no case can show here.
        Verdict::Refuted { .. } | Verdict::NotDecided { .. } if rests_on_another => {
            let why = "it looks at what the policy says that it runs with, and alone it is told nothing".to_owned();
            Proof { verdict: Verdict::NotDecided { why }, ..proof }
        }
        _ => proof,
    }
}

/// Whether an input is told by the policy that another runs with.
fn is_told_later(inputs: &InputTable, input: InputId) -> bool {
    inputs.all().get(usize::from(input.0)).is_some_and(|input| matches!(input.source, Source::Later(_)))
}

/// Conditions of the policy's own script, but for those that its numbers settle.
fn conditions(stretch: &mut Stretch<'_>, seen: &Seen) -> Vec<Proof> {
    let program = stretch.policy.program();
    let own = program.source(0).map_or("", |source| source.file.as_str());
    let (met, by_entry) = met(stretch);
    let mut proofs = Vec::new();
    for (number, condition) in (0..).zip(&program.conditions) {
        let settled = met.get(&number).is_none_or(|met| met.is_set);
        if condition.file != own || condition.is_arm || settled {
            continue;
        }
        let meeting: BTreeSet<u32> =
            by_entry.iter().filter(|(_, met)| met.contains(&number)).map(|(function, _)| *function).collect();
        for (way, holds) in [(0, false), (1, true)] {
            let is_shown = |seen: &Seen| seen.conditions.get(&number).is_some_and(|seen| seen.get(way) == Some(&true));
            let word = if holds { "holds" } else { "does not hold" };
            let about = format!("line {}: `{}` {word}", condition.line, condition.text);
            proofs.push(shown_or(stretch, seen, (Property::BothWays, about), &is_shown, &mut |stretch, held| {
                stretch.evaluator.hold(held);
                let mut reads = BTreeSet::new();
                let mut can = [false; 2];
                stretch.passes_over(false);
                for (entry, arguments) in entries(stretch) {
                    if !meeting.contains(&entry.function) {
                        continue;
                    }
                    stretch.evaluator.possible().domain.met = Some(BTreeMap::new());
                    let read = stretch.evaluator.told(entry, arguments).reads;
                    let met = stretch.evaluator.possible().domain.met.take().unwrap_or_default();
                    if let Some(met) = met.get(&number) {
                        reads.extend(read);
                        can = [can[0] || met.can[0], can[1] || met.can[1]];
                    }
                }
                if stretch.passes_over(false) {
                    can = [true; 2];
                }
                let said = match (can.get(way), can.get(1 - way)) {
                    (Some(true), Some(false)) => Said::Fails,
                    (Some(true), _) => Said::Open,
                    _ => Said::Holds,
                };
                Some((said, reads))
            }));
        }
    }
    proofs
}

/// Every function that something outside calls, with what it is handed.
fn entries<'p>(stretch: &Stretch<'p>) -> Vec<(&'p Entry, Vec<Possible>)> {
    let rules = stretch.evaluator.rules().iter().map(|entry| (*entry, Vec::new()));
    let tiers = stretch.policy.tiers().all();
    let following = stretch.policy.program().reserved.iter();
    let following = following.filter(|(name, _)| follows_from_tier(name));
    let following = following
        .flat_map(|(_, entry)| tiers.iter().map(move |tier| (entry, vec![Possible::Known(Datum::text(tier))])));
    rules.chain(following).collect()
}

/// What conditions can come to over every case, and which of them each function meets.
fn met(stretch: &mut Stretch<'_>) -> (BTreeMap<u32, Met>, BTreeMap<u32, BTreeSet<u32>>) {
    let (mut all, mut by_entry): (BTreeMap<u32, Met>, BTreeMap<u32, BTreeSet<u32>>) = Default::default();
    stretch.evaluator.hold(&stretch.root.clone());
    for (entry, arguments) in entries(stretch) {
        stretch.evaluator.possible().domain.met = Some(BTreeMap::new());
        drop(stretch.evaluator.told(entry, arguments));
        for (number, met) in stretch.evaluator.possible().domain.met.take().unwrap_or_default() {
            let known = all.entry(number).or_default();
            *known = Met {
                can: [known.can[0] || met.can[0], known.can[1] || met.can[1]],
                is_set: known.is_set || met.is_set,
            };
            by_entry.entry(entry.function).or_default().insert(number);
        }
    }
    (all, by_entry)
}

/// Whether a rule that gives this may raise a flag.
fn raises(value: &Possible, code: &str) -> bool {
    let of_datum = |datum: &Datum| {
        effects_of(datum).is_ok_and(|effects| {
            effects.iter().any(|effect| matches!(effect, Effect::Flag { code: raised, .. } if **raised == *code))
        })
    };
    match value {
        Possible::Known(datum) => of_datum(datum),
        Possible::Several(atoms) => atoms.iter().any(|atom| match atom {
            Atom::Known(datum) => of_datum(datum),
            Atom::List(items) => items.iter().any(|item| raises(item, code)),
            _ => true,
        }),
        _ => true,
    }
}
