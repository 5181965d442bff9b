//! The words for effects. They know the policy's tiers and axes, so that a tier that is neither is a fault at its line.

#![expect(clippy::needless_pass_by_value, reason = "the script engine hands its values over")]

use crate::{
    case::{fault::nearest, text::FreeWord},
    policy::{blank_words::without_blanks, effect::Effect, engine::fault_at, script_value::Scripted, tiers::Tiers},
};
use rhai::{Dynamic, Engine, ImmutableString, NativeCallContext};
use std::sync::Arc;

/// Adds the words for effects to an engine.
pub fn register_effects(engine: &mut Engine, tiers: &Arc<Tiers>) {
    engine.register_type_with_name::<Effect>("effect");
    let known = Arc::clone(tiers);
    engine.register_fn("at_least", move |context: NativeCallContext<'_>, tier: ImmutableString| {
        let help = || format!("a floor is one of {}", listed(known.ordered()));
        match known.rank(&tier) {
            Some(_) => Ok(Effect::AtLeast(tier.as_str().into())),
            None if known.is_outside(&tier) => {
                let message = format!("`{tier}` is outside the order of tiers, so it cannot be a floor");
                Err(fault_at(message, Some(format!("use `decide(\"{tier}\")`")), context.call_position()))
            }
            None => Err(unknown_tier(&context, &known, &tier, help())),
        }
    });
    let known = Arc::clone(tiers);
    engine.register_fn("decide", move |context: NativeCallContext<'_>, tier: ImmutableString| {
        if known.contains(&tier) {
            return Ok(Effect::Decide(tier.as_str().into()));
        }
        Err(unknown_tier(&context, &known, &tier, format!("the tiers are {}", listed(&known.all()))))
    });
    let known = Arc::clone(tiers);
    engine.register_fn("points", move |context: NativeCallContext<'_>, axis: ImmutableString, points: i64| {
        if known.axes().iter().any(|one| *one == axis.as_str()) {
            return Ok(Effect::Points { axis: axis.into(), points });
        }
        let help = format!("the axes are {}; `AXES` at the top of the policy names them", listed(known.axes()));
        Err(fault_at(format!("unknown axis `{axis}`"), Some(help), context.call_position()))
    });
    engine.register_fn("flag", flag);
    engine.register_fn("provisional", |text: ImmutableString| Effect::Provisional(text.into()));
    let known = Arc::clone(tiers);
    engine.register_fn("rank", move |context: NativeCallContext<'_>, tier: ImmutableString| {
        let rank = || known.rank(&tier).and_then(|rank| i64::try_from(rank).ok()).unwrap_or(-1);
        without_blanks(&context, &[&tier]).map(|()| rank())
    });
    let known = Arc::clone(tiers);
    engine.register_fn(
        "raised",
        move |context: NativeCallContext<'_>,
              tier: ImmutableString,
              steps: i64,
              top: ImmutableString|
              -> Scripted<ImmutableString> {
            let unknown =
                |tier: &str| unknown_tier(&context, &known, tier, format!("the tiers are {}", listed(known.ordered())));
            let from = known.rank(&tier).ok_or_else(|| unknown(&tier))?;
            let top = known.rank(&top).ok_or_else(|| unknown(&top))?;
            let to = from.saturating_add(usize::try_from(steps).unwrap_or(0)).min(top).max(from);
            Ok(known.ordered().get(to).map_or(tier, |tier| tier.as_str().into()))
        },
    );
}

fn flag(context: NativeCallContext<'_>, code: ImmutableString, text: ImmutableString) -> Scripted<Effect> {
    if FreeWord::parse(&code).is_none() {
        let help = "write it in lower-case letters, digits and underscores".to_owned();
        return Err(fault_at(format!("`{code}` is no code for a flag"), Some(help), context.call_position()));
    }
    Ok(Effect::Flag { code: code.as_str().into(), text: text.into() })
}

fn unknown_tier(context: &NativeCallContext<'_>, tiers: &Tiers, tier: &str, help: String) -> Box<rhai::EvalAltResult> {
    let help = nearest(tier, &tiers.all()).map_or(help, |meant| format!("did you mean `{meant}`?"));
    fault_at(format!("unknown tier `{tier}`"), Some(help), context.call_position())
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
pub fn effects_of(returned: &Dynamic) -> Result<Vec<Effect>, &'static str> {
    if returned.is_unit() {
        return Ok(Vec::new());
    }
    if let Some(effect) = returned.clone().try_cast::<Effect>() {
        return Ok(vec![effect]);
    }
    match returned.read_lock::<rhai::Array>() {
        Some(items) => items.iter().map(effects_of).collect::<Result<Vec<_>, _>>().map(|effects| effects.concat()),
        None => Err(crate::policy::operators::kind(returned)),
    }
}
