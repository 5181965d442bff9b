//! What a script can do with something of the case without knowing what it is: see [`crate::policy::inquiry`]. Whatever is
//! not here ends the run, and the rule is run again on plain values.

use crate::policy::{
    blank::holds_blanks,
    blank_words::looked_into,
    engine::fault_at,
    script_value::{Scripted, in_words},
    seen::{Seen, first_seen, holds_seen},
    word::Word,
};
use rhai::{Array, Dynamic, Engine, EvalAltResult, FnPtr, ImmutableString, NativeCallContext};

/// Adds what can be done with something of the case to an engine.
pub fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Seen>("seen");
    engine.register_iterator::<Seen>();
    engine.register_indexer_get(|context: NativeCallContext<'_>, seen: &mut Seen, name: ImmutableString| {
        asked(&context, &Dynamic::from(seen.clone()), Word::Field(name.as_str().into()), &[])
    });
    engine.register_indexer_get(|context: NativeCallContext<'_>, seen: &mut Seen, index: i64| {
        asked(&context, &Dynamic::from(seen.clone()), Word::Entry(index), &[])
    });
    engine.register_fn("to_string", |seen: &mut Seen| shown(seen));
    engine.register_fn("to_debug", |seen: &mut Seen| {
        seen.spoil();
        String::new()
    });
    lists(engine);
    arithmetic(engine);
    for (name, word) in [("dates", Word::Dates), ("latest", Word::Latest), ("earliest", Word::Earliest)] {
        engine
            .register_fn(name, move |context: NativeCallContext<'_>, of: Dynamic| about(&context, name, &word, &[&of]));
    }
    for (name, word) in TWO {
        engine.register_fn(*name, move |context: NativeCallContext<'_>, one: Dynamic, other: Dynamic| {
            about(&context, name, word, &[&one, &other])
        });
    }
    for (name, word) in [("between", Word::Between), ("longest_gap", Word::LongestGap), ("having", Word::Having)] {
        engine.register_fn(
            name,
            move |context: NativeCallContext<'_>, one: Dynamic, other: Dynamic, third: Dynamic| {
                about(&context, name, &word, &[&one, &other, &third])
            },
        );
    }
}

static TWO: &[(&str, Word)] = &[
    ("overlap", Word::Overlap),
    ("covers", Word::Covers),
    ("changes", Word::Changes),
    ("days_between", Word::DaysBetween),
    ("days_after", Word::DaysAfter),
    ("months_after", Word::MonthsAfter),
    ("years_after", Word::YearsAfter),
    ("working_days_after", Word::WorkingDaysAfter),
];

fn lists(engine: &mut Engine) {
    engine.register_fn("len", |context: NativeCallContext<'_>, seen: &mut Seen| {
        asked(&context, &Dynamic::from(seen.clone()), Word::Length, &[])
    });
    engine.register_fn("is_empty", |context: NativeCallContext<'_>, seen: &mut Seen| {
        let length = asked(&context, &Dynamic::from(seen.clone()), Word::Length, &[])?;
        asked(&context, &length, Word::Same, &[&0.into()])
    });
    engine.register_fn("contains", |context: NativeCallContext<'_>, seen: &mut Seen, item: Dynamic| {
        asked(&context, &Dynamic::from(seen.clone()), Word::Holds, &[&item])
    });
    engine.register_fn("push", |context: NativeCallContext<'_>, seen: &mut Seen, item: Dynamic| {
        let longer = asked(&context, &Dynamic::from(seen.clone()), Word::Plus, &[&Dynamic::from(vec![item])])?;
        *seen = longer.try_cast::<Seen>().ok_or_else(|| stop(&context))?;
        Ok::<_, Box<EvalAltResult>>(())
    });
    engine.register_fn("filter", |context: NativeCallContext<'_>, seen: &mut Seen, wanted: FnPtr| {
        let mut kept = Array::new();
        for entry in entries(&context, seen)? {
            if wanted.call_within_context::<bool>(&context, (entry.clone(),))? {
                kept.push(entry);
            }
        }
        Ok::<_, Box<EvalAltResult>>(kept)
    });
    engine.register_fn("map", |context: NativeCallContext<'_>, seen: &mut Seen, made: FnPtr| {
        let made = |entry| made.call_within_context::<Dynamic>(&context, (entry,));
        entries(&context, seen)?.into_iter().map(made).collect::<Scripted<Array>>()
    });
    engine.register_fn("some", |context: NativeCallContext<'_>, seen: &mut Seen, wanted: FnPtr| {
        for entry in entries(&context, seen)? {
            if wanted.call_within_context::<bool>(&context, (entry,))? {
                return Ok(true);
            }
        }
        Ok::<_, Box<EvalAltResult>>(false)
    });
    engine.register_fn("join", |context: NativeCallContext<'_>, seen: Seen, between: ImmutableString| {
        let words = entries(&context, &seen)?;
        Ok::<_, Box<EvalAltResult>>(words.iter().map(in_words).collect::<Vec<_>>().join(&between))
    });
    engine.register_fn("counted", |context: NativeCallContext<'_>, seen: Seen, thing: ImmutableString| {
        let counted = asked(&context, &Dynamic::from(seen), Word::Counted, &[&thing.into()])?;
        Ok::<_, Box<EvalAltResult>>(in_words(&counted))
    });
}

fn arithmetic(engine: &mut Engine) {
    for (operator, word) in [("+", Word::Plus), ("-", Word::Minus), ("*", Word::Times), ("/", Word::Divided)] {
        let of = word.clone();
        engine.register_fn(operator, move |context: NativeCallContext<'_>, one: Seen, other: Seen| {
            asked(&context, &Dynamic::from(one), of.clone(), &[&Dynamic::from(other)])
        });
        let of = word.clone();
        engine.register_fn(operator, move |context: NativeCallContext<'_>, one: Seen, other: i64| {
            asked(&context, &Dynamic::from(one), of.clone(), &[&other.into()])
        });
        engine.register_fn(operator, move |context: NativeCallContext<'_>, one: i64, other: Seen| {
            about(&context, operator, &word, &[&one.into(), &Dynamic::from(other)])
        });
    }
    engine.register_fn("+", |context: NativeCallContext<'_>, one: Seen, other: Array| {
        asked(&context, &Dynamic::from(one), Word::Plus, &[&Dynamic::from(other)])
    });
    engine.register_fn("+", |context: NativeCallContext<'_>, one: Array, other: Seen| {
        about(&context, "+", &Word::Plus, &[&Dynamic::from(one), &Dynamic::from(other)])
    });
    engine.register_fn("+=", |context: NativeCallContext<'_>, list: &mut Array, more: Seen| {
        if more.is_list() {
            list.extend(entries(&context, &more)?);
        } else {
            list.push(Dynamic::from(more));
        }
        Ok::<_, Box<EvalAltResult>>(())
    });
    engine.register_fn("..", |context: NativeCallContext<'_>, from: i64, to: Seen| {
        let to = to.force().as_int().map_err(|_| stop(&context))?;
        Ok::<_, Box<EvalAltResult>>(from..to)
    });
}

impl IntoIterator for Seen {
    type Item = Dynamic;
    type IntoIter = std::vec::IntoIter<Dynamic>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries().unwrap_or_default().into_iter()
    }
}

/// A single value as text: a blank, or written down as an answer.
fn shown(seen: &Seen) -> String {
    use crate::case::value::Value;
    if matches!(seen.value, Value::List(_) | Value::Record(_)) {
        seen.spoil();
        return String::new();
    }
    seen.in_text().unwrap_or_else(|| {
        seen.record();
        seen.value.to_string()
    })
}

fn entries(context: &NativeCallContext<'_>, seen: &Seen) -> Scripted<Vec<Dynamic>> {
    seen.entries().ok_or_else(|| stop(context))
}

fn asked(context: &NativeCallContext<'_>, first: &Dynamic, word: Word, rest: &[&Dynamic]) -> Scripted<Dynamic> {
    let about: Vec<&Dynamic> = std::iter::once(first).chain(rest.iter().copied()).collect();
    let seen = about.iter().find_map(|one| first_seen(one)).ok_or_else(|| stop(context))?;
    seen.ask(word, &about).ok_or_else(|| stop(context))
}

/// A word over values of which at least one is something of the case. Of plain ones only, it is a word that does not exist:
/// those are registered by their types.
pub(super) fn about(
    context: &NativeCallContext<'_>,
    name: &str,
    word: &Word,
    values: &[&Dynamic],
) -> Scripted<Dynamic> {
    let Some(seen) = values.iter().find_map(|one| first_seen(one)) else {
        let kinds: Vec<&str> = values.iter().map(|value| context.engine().map_type_name(value.type_name())).collect();
        let signature = format!("{name} ({})", kinds.join(", "));
        return Err(EvalAltResult::ErrorFunctionNotFound(signature, context.call_position()).into());
    };
    seen.ask(word.clone(), values).ok_or_else(|| stop(context))
}

/// Compares two values of which one is something of the case; nothing where neither is.
pub(super) fn compared(
    context: &NativeCallContext<'_>,
    word: Word,
    left: &Dynamic,
    right: &Dynamic,
) -> Option<Scripted<bool>> {
    if !holds_seen(left) && !holds_seen(right) {
        // Nothing is no text, whatever stands in the blanks.
        let looks_into = !left.is_unit() && !right.is_unit() && (holds_blanks(left) || holds_blanks(right));
        return looks_into.then(|| Err(looked_into(context)));
    }
    Some(asked(context, left, word, &[right]).and_then(|answer| answer.as_bool().map_err(|_| stop(context))))
}

fn stop(context: &NativeCallContext<'_>) -> Box<EvalAltResult> {
    fault_at("what the case gives is used in a way that is not written down".to_owned(), None, context.call_position())
}
