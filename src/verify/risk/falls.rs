//! A case whose tier falls when one thing that speaks of risk is raised.

use super::{Step, both};
use crate::{
    authoring::case_text::CaseText,
    case::{domain::Domain, input::InputId, record::Shape, value::Value},
    decision::range::place,
    evaluate::{
        evaluator::Held,
        inputs::{Assumed, Inputs},
        possible::value::end,
    },
    verify::{
        Shown,
        pool::{Pool, put},
        stretch::Stretch,
    },
};

/// A case of a region that falls by a step.
pub(super) fn shown(stretch: &mut Stretch<'_>, held: &Held, input: InputId, step: &Step) -> Option<Shown> {
    let table = stretch.policy.inputs();
    let path = table.get(input).path.to_string();
    let words: Vec<&'static str> = match &table.get(input).shape {
        Shape::List(of) => match &**of {
            Shape::Leaf(Domain::Words(words)) => words.to_vec(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let [before, _] = both(held, std::slice::from_ref(step));
    let (id, ends) = step;
    if input == *id {
        let [low, high] = ends.each_ref().map(|set| end(set, false));
        // Of one stretch of numbers two are held against each other: its first and its last.
        let high = if low == high { end(&ends[1], true) } else { high };
        return stretch.show(&before, &mut |pool, text| falls(pool, text, &path, &[low.clone(), high.clone()]));
    }
    let spelt = stretch.policy.words_on(stretch.from);
    stretch.show(&before, &mut |pool, text| {
        let mut text = text.clone();
        let (facts, _) = pool.run(&mut text)?;
        let inputs = Inputs { facts, assumed: Assumed::new() };
        let Ok(Value::List(list)) = inputs.value(input, false) else { return None };
        let has = Value::List(list.clone());
        words.iter().filter(|word| spelt.contains(**word)).find_map(|word| {
            let more = Value::list(list.iter().cloned().chain([Value::Word(word)]));
            falls(pool, &text, &path, &[has.clone(), more])
        })
    })
}

/// Whether the tier of a case falls when an input is raised.
fn falls(pool: &mut Pool<'_>, text: &CaseText, path: &str, step: &[Value; 2]) -> Option<(String, Vec<CaseText>)> {
    let mut cases = Vec::new();
    let mut tiers = Vec::new();
    for value in step {
        // What the first case lacks is put into the second, too.
        let mut case = cases.last().unwrap_or(text).clone();
        put(&mut case, path, value)?;
        tiers.push(pool.run(&mut case)?.1.ok()?.tier?);
        cases.push(case);
    }
    let [low, high] = step;
    let order = pool.tiers();
    let (Some(was), Some(is)) = (tiers.first(), tiers.last()) else { return None };
    let places = [was, is].map(|tier| place(order, Some(tier)));
    let falls = places[0] > places[1] && places[1] > 0;
    falls.then(|| (format!("`{path}` from {low} to {high} takes the tier from {was} to {is}"), cases))
}
