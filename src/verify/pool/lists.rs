//! Ways to fill the lists that a region asks of.

use crate::{
    case::{
        domain::Domain,
        input::{InputId, Source},
        record::Shape,
        value::Value,
    },
    evaluate::{
        evaluator::Held,
        possible::{
            asked::Questions,
            value::{Atom, end},
        },
    },
    language::datum::Datum,
    policy::Policy,
};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Most ways for one region.
const MOST: usize = 60;

/// Ways to fill the lists of words that are asked of: as many as are counted in them, none, all, and each word that the policy
/// spells alone.
pub(super) fn ways(policy: &Policy, on: Date, held: &Held, questions: &Questions) -> Vec<Vec<(String, String)>> {
    let table = policy.inputs();
    let asked: BTreeSet<InputId> =
        held.keys().filter_map(|id| questions.get(*id)).flat_map(|question| question.inputs.iter().copied()).collect();
    // What is asked of by its name and is held to be nothing, or none.
    let denied: Vec<&str> = held
        .iter()
        .filter(|(_, set)| set.iter().all(|atom| matches!(atom, Atom::Known(Datum::Bool(false) | Datum::Whole(0)))))
        .filter_map(|(id, _)| questions.get(*id).map(|question| question.text.as_str()))
        .collect();
    let is_denied = |word: &str| denied.iter().any(|text| text.contains(&format!("\"{word}\"")));
    let mut ways: Vec<Vec<(String, String)>> = vec![Vec::new()];
    for (id, mut used) in spelt_lists(policy, on) {
        if !asked.contains(&id) {
            continue;
        }
        used.retain(|word| !is_denied(word));
        let single = used.iter().map(|word| format!("[{word}]"));
        let pairs = used.windows(2).map(|pair| format!("[{}]", pair.join(", ")));
        let all = ["[]".to_owned(), format!("[{}]", used.join(", "))];
        let counted = counted(id, held, questions);
        let options: Vec<String> = counted.into_iter().chain(all).chain(single).chain(pairs).collect();
        let wider = ways.iter().flat_map(|way| {
            options.iter().map(|option| {
                let mut way = way.clone();
                way.push((table.get(id).path.to_string(), option.clone()));
                way
            })
        });
        ways = std::iter::once(Vec::new()).chain(wider).take(MOST).collect();
    }
    ways
}

/// The lists of words that a case gives, each with those of its words that the policy spells.
pub(super) fn spelt_lists(policy: &Policy, on: Date) -> Vec<(InputId, Vec<&'static str>)> {
    let spelt = policy.words_on(on);
    let inputs = (0..).map(InputId).zip(policy.inputs().all());
    let lists = inputs.filter_map(|(id, input)| {
        let Shape::List(of) = &input.shape else { return None };
        let Shape::Leaf(Domain::Words(words)) = &**of else { return None };
        let used = || words.iter().copied().filter(|word| spelt.contains(*word)).collect();
        matches!(input.source, Source::Field(_)).then(|| (id, used()))
    });
    lists.collect()
}

/// A list of words that has as many of those that are counted as a region holds, the fewest and the most.
fn counted(id: InputId, held: &Held, questions: &Questions) -> Vec<String> {
    let of_counts = held.iter().filter_map(|(asked, set)| {
        let question = questions.get(*asked).filter(|question| question.inputs.contains(&id))?;
        let among: Vec<String> =
            question.among.as_ref()?.items.iter().filter_map(Datum::as_text).map(Into::into).collect();
        let counts = [false, true].map(|last| end(set, last));
        Some(counts.into_iter().filter_map(move |count| {
            let Value::Whole(count) = count else { return None };
            let words = among.get(..usize::try_from(count).ok()?)?;
            Some(format!("[{}]", words.join(", ")))
        }))
    });
    of_counts.flatten().collect()
}
