//! Words for what a rule says. They know the policy's tiers and axes, so that a tier that is neither is a fault at its line.

use super::{Builtin, Env, Given, Run, word};
use crate::{
    case::{fault::nearest, text::FreeWord},
    language::{datum::Datum, effect::Effect, kinds::Kinds, wrong::Wrong},
};
use std::{rc::Rc, sync::Arc};

/// Most entries of what a rule returns, lists in lists counted each time that they stand there.
pub const MAX_RETURNED: usize = 10_000;

/// The rows.
pub static WORDS: &[Builtin] = &[
    word!(Word "at_least" "at_least(tier)" [Kinds::TEXT] Kinds::EFFECT, Run::Plain(at_least),
        "A floor: this tier or a more intensive one. The highest floor wins."),
    word!(Word "decide" "decide(tier)" [Kinds::TEXT] Kinds::EFFECT, Run::Plain(decide),
        "Settles the tier outright. Two rules that decide differently are a fault."),
    word!(Word "points" "points(axis, n)" [Kinds::TEXT, Kinds::NUMBER] Kinds::EFFECT, Run::Plain(points),
        "Adds to an axis of a points model; `AXES` names the axes."),
    word!(Word "flag" "flag(code, text)" [Kinds::TEXT, Kinds::TEXT] Kinds::EFFECT, Run::Plain(flag),
        "Something a person must look at; changes no tier."),
    word!(Word "provisional" "provisional(text)" [Kinds::TEXT] Kinds::EFFECT, Run::Plain(provisional),
        "The tier stands, but on incomplete evidence."),
    word!(Word "raised" "raised(tier, steps, top)" [Kinds::TEXT, Kinds::NUMBER, Kinds::TEXT] Kinds::TEXT, Run::Plain(raised),
        "The tier so many steps up, never past `top`, and never lower than it was."),
    word!(Word "rank" "rank(tier)" [Kinds::TEXT] Kinds::NUMBER, Run::Plain(rank),
        "The place of a tier in `TIERS`, from 0 for the least intensive; -1 outside."),
];

fn effect(effect: Effect) -> Datum {
    Datum::Effect(Rc::new(effect))
}

fn name(given: &[Datum], at: usize) -> Result<&str, Wrong> {
    given.get(at).and_then(Datum::as_text).ok_or_else(Wrong::given)
}

fn at_least(env: &mut Env, given: &mut [Datum]) -> Given {
    let tier = name(given, 0)?;
    match env.tiers.rank(tier).and_then(|rank| env.names.get(rank)) {
        Some(tier) => Ok(effect(Effect::AtLeast(Arc::clone(tier)))),
        None if env.tiers.is_outside(tier) => {
            let wrong = Wrong::about(tier, "{} is outside the order of tiers, so it cannot be a floor");
            Err(wrong.help(format!("use `decide(\"{tier}\")`")))
        }
        None => Err(unknown_tier(env, tier, &format!("a floor is one of {}", listed(env.tiers.ordered())))),
    }
}

fn decide(env: &mut Env, given: &mut [Datum]) -> Given {
    let tier = name(given, 0)?;
    match env.names.iter().find(|known| ***known == *tier) {
        Some(tier) => Ok(effect(Effect::Decide(Arc::clone(tier)))),
        None => Err(unknown_tier(env, tier, &format!("the tiers are {}", listed(&env.tiers.all())))),
    }
}

fn points(env: &mut Env, given: &mut [Datum]) -> Given {
    let [axis, Datum::Whole(points)] = given else { return Err(Wrong::given()) };
    let axis = axis.as_text().ok_or_else(Wrong::given)?;
    if env.tiers.axes().iter().any(|one| one == axis) {
        return Ok(effect(Effect::Points { axis: axis.to_owned(), points: *points }));
    }
    let help = format!("the axes are {}; `AXES` at the top of the policy names them", listed(env.tiers.axes()));
    Err(Wrong::new("an axis that the policy does not name").help(help))
}

fn flag(env: &mut Env, given: &mut [Datum]) -> Given {
    let (code, text) = (name(given, 0)?, name(given, 1)?);
    env.budget.room(text.len() as u64)?;
    if FreeWord::parse(code).is_none() {
        return Err(Wrong::new("the code of a flag is no such word")
            .help("write it in lower-case letters, digits and underscores"));
    }
    Ok(effect(Effect::Flag { code: code.into(), text: text.to_owned() }))
}

fn provisional(env: &mut Env, given: &mut [Datum]) -> Given {
    let text = name(given, 0)?;
    env.budget.room(text.len() as u64)?;
    Ok(effect(Effect::Provisional(text.to_owned())))
}

fn rank(env: &mut Env, given: &mut [Datum]) -> Given {
    let rank = env.tiers.rank(name(given, 0)?).and_then(|rank| i64::try_from(rank).ok());
    Ok(Datum::Whole(rank.unwrap_or(-1)))
}

fn raised(env: &mut Env, given: &mut [Datum]) -> Given {
    let (tier, top) = (name(given, 0)?, name(given, 2)?);
    let Some(Datum::Whole(steps)) = given.get(1) else { return Err(Wrong::given()) };
    let unknown = |tier: &str| {
        let help = format!("the tiers are {}", listed(env.tiers.ordered()));
        if env.tiers.is_outside(tier) {
            return Wrong::about(tier, "{} is outside the order of tiers, so nothing lies above it").help(help);
        }
        unknown_tier(env, tier, &help)
    };
    let from = env.tiers.rank(tier).ok_or_else(|| unknown(tier))?;
    let top = env.tiers.rank(top).ok_or_else(|| unknown(top))?;
    let to = from.saturating_add(usize::try_from(*steps).unwrap_or(0)).min(top).max(from);
    Ok(env.tiers.ordered().get(to).map_or(Datum::Absent, |tier| Datum::text(tier)))
}

fn unknown_tier(env: &Env, tier: &str, help: &str) -> Wrong {
    match nearest(tier, &env.tiers.all()) {
        Some(meant) => Wrong::about(tier, "unknown tier {}").help(format!("did you mean `{meant}`?")),
        None => Wrong::about(tier, "unknown tier {}").help(help),
    }
}

fn listed(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    if words.is_empty() { "none".to_owned() } else { words.join(" ") }
}

/// What a rule returned, as effects: nothing, one, or several.
///
/// # Errors
///
/// What it returned instead.
pub fn effects_of(returned: &Datum) -> Result<Vec<Effect>, &'static str> {
    fn collect(returned: &Datum, left: &mut usize, into: &mut Vec<Effect>) -> Result<(), &'static str> {
        *left = left.checked_sub(1).ok_or("a list of more than 10,000 entries")?;
        match returned {
            Datum::Absent => {}
            Datum::Effect(effect) => into.push(Effect::clone(effect)),
            Datum::List(list) => list.items.iter().try_for_each(|item| collect(item, left, into))?,
            other => return Err(other.kind()),
        }
        Ok(())
    }
    let (mut left, mut effects) = (MAX_RETURNED, Vec::new());
    collect(returned, &mut left, &mut effects)?;
    Ok(effects)
}
