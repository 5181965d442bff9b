//! Cases by chance: where cutting settles nothing, the worked cases are tried once more, which are small, each with some of what the
//! rules read put otherwise. The chance has a seed, so that the same question finds the same case.

use super::{Pool, SEED, Shows, filling::put, lists::spelt_lists};
use crate::{
    case::{
        input::Source,
        record::{Kind, Shape},
        value::Value,
    },
    evaluate::possible::{Open, value::end},
    policy::Policy,
    verify::proof::Shown,
};
use brag_made_up::Dice;
use jiff::civil::Date;

/// Cases that are run for one question at most.
const MAX_DRAWN: usize = 12_000;
/// And for each thing that can be put otherwise: where those are few, so are the cases that differ.
const RUN_FOR_EACH: usize = 600;
/// Most things of a case that are put otherwise at once.
const AT_ONCE: u32 = 8;

/// What a case can be given at one place.
enum Choice {
    /// One of some values.
    Values(String, Vec<Value>),
    /// Some of some words.
    Words(String, Vec<&'static str>),
}

/// What can be put otherwise: the facts that the rules were seen to read, at the ends of the stretches on which they say the same, and
/// lists of the words that the policy spells.
fn choices(policy: &Policy, domain: &Open, on: Date) -> Vec<Choice> {
    let table = policy.inputs();
    let facts = domain.facts.iter().filter(|fact| usize::from(fact.input.0) < table.all().len());
    let of_facts = facts.filter_map(|fact| {
        let input = table.get(fact.input);
        let is_given = matches!(input.source, Source::Field(_) | Source::Local(_));
        if !is_given || !matches!(input.shape, Shape::Leaf(_)) || &*input.path == "assessed_on" {
            return None;
        }
        let pieces = fact.pieces(&fact.set);
        let ends = pieces.iter().flat_map(|piece| [false, true].map(|last| end(std::slice::from_ref(piece), last)));
        let mut values: Vec<Value> = ends.collect();
        values.dedup();
        if input.kind != Kind::Required {
            values.push(Value::Absent);
        }
        Some(Choice::Values(input.path.to_string(), values))
    });
    let lists = spelt_lists(policy, on).into_iter().filter(|(_, words)| !words.is_empty());
    let lists = lists.map(|(id, words)| Choice::Words(table.get(id).path.to_string(), words));
    of_facts.chain(lists).collect()
}

impl<'p> Pool<'p> {
    /// Draws cases until one shows something; what may be run of others is left as it was.
    pub(super) fn draw(&mut self, domain: &Open, shows: Shows<'_, 'p>) -> Option<Shown> {
        let choices = choices(self.policy, domain, self.on);
        let most = self.may_run(MAX_DRAWN.min(choices.len() * RUN_FOR_EACH));
        let left = std::mem::replace(&mut self.left, most);
        let drawn = self.draw_from(&choices, shows);
        self.left = left;
        drawn
    }

    fn draw_from(&mut self, choices: &[Choice], shows: Shows<'_, 'p>) -> Option<Shown> {
        let how_many = u32::try_from(choices.len()).ok().filter(|count| *count > 0)?;
        let mut dice = Dice::of(SEED, 0);
        for at in (0..self.written).cycle() {
            // What cannot be put costs as well.
            self.pay(1, 0)?;
            let mut text = self.bases.get(at)?.text.clone();
            for _ in 0..dice.below(AT_ONCE + 1) {
                let chosen = usize::try_from(dice.below(how_many)).ok()?;
                match choices.get(chosen)? {
                    Choice::Values(path, values) => {
                        let value = usize::try_from(dice.below(u32::try_from(values.len()).ok()?)).ok()?;
                        put(&mut text, path, values.get(value)?);
                    }
                    Choice::Words(path, words) => {
                        let per_thousand = dice.below(1_000);
                        let some = words.iter().filter(|_| dice.happens(per_thousand)).map(|word| Value::Word(word));
                        put(&mut text, path, &Value::list(some));
                    }
                }
            }
            if shows(self, &text).is_some() {
                return self.smallest(text, shows);
            }
        }
        None
    }
}
