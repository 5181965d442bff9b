//! How a value of a case looks in a script, and how a value of a script looks outside it.

use crate::{
    calendar::WorkingDays,
    case::{
        input::{Entry, GroupId, InputTable},
        value::Value,
    },
    policy::{
        blank::has_blanks,
        engine::fault_at,
        seen::{Seen, first_seen},
        session::{Comparison, Session, SharedSession},
        word::Word,
    },
};
use jiff::civil::Date;
use rhai::{Array, Dynamic, EvalAltResult, ImmutableString, Map, NativeCallContext, Position};

/// `person`, or a group of inputs below it such as `person.oasys`. It holds no values: each is read when it is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Person(pub GroupId);

/// What a script function gives, or why it cannot.
pub type Scripted<T> = Result<T, Box<EvalAltResult>>;

/// Reads `person.<name>`: an input, or a group of inputs.
pub fn property(context: &NativeCallContext<'_>, person: &mut Person, name: &ImmutableString) -> Scripted<Dynamic> {
    let at = context.call_position();
    let session = session_of(context)?;
    let mut session = session.lock();
    let inputs = std::sync::Arc::clone(&session.facts().inputs);
    match inputs.group(person.0).entries.get(name.as_str()) {
        Some(Entry::Group(group)) => Ok(Dynamic::from(Person(*group))),
        Some(Entry::Input(input)) => match session.read(*input) {
            Ok(value) => {
                let presence = session.asks_presence();
                if let Some(inquiry) = &mut session.inquiry {
                    return Ok(inquiry.input(*input, inputs.get(*input), presence, value));
                }
                if session.keeps_comparisons() && !session.asks_presence() {
                    keep_truth(context, &mut session, &inputs.get(*input).path, &value);
                }
                Ok(to_script(&value))
            }
            Err(_) => Err(EvalAltResult::ErrorTerminated(Dynamic::UNIT, at).into()),
        },
        None => Err(unknown_input(&inputs, person.0, name, at)),
    }
}

/// A truth value that is read is a condition by itself: nothing compares it.
fn keep_truth(context: &NativeCallContext<'_>, session: &mut Session, path: &str, value: &Value) {
    if let Value::Bool(holds) = value {
        let at = context.call_position();
        session.compared(Comparison {
            file: context.call_source().unwrap_or_default().to_owned(),
            line: at.line().unwrap_or(0),
            column: at.position().unwrap_or(0),
            left: path.to_owned(),
            operator: "is",
            right: holds.to_string(),
            holds: *holds,
        });
    }
}

fn unknown_input(inputs: &InputTable, group: GroupId, name: &str, at: Position) -> Box<EvalAltResult> {
    let (message, help) = unknown_name(inputs, group, name);
    fault_at(message, Some(help), at)
}

/// What to say of a name that no input bears.
#[must_use]
pub fn unknown_name(inputs: &InputTable, group: GroupId, name: &str) -> (String, String) {
    let group = inputs.group(group);
    let known: Vec<&String> = group.entries.keys().collect();
    let path = |name: &str| if group.path.is_empty() { name.to_owned() } else { format!("{}.{name}", group.path) };
    let help = match crate::case::fault::nearest(name, &known) {
        Some(meant) => format!("did you mean `person.{}`?", path(meant)),
        None => "`brag show inputs` lists every input".to_owned(),
    };
    (format!("unknown input `person.{}`", path(name)), help)
}

/// The session of the case under evaluation.
pub fn session_of(context: &NativeCallContext<'_>) -> Scripted<SharedSession> {
    context
        .tag()
        .and_then(|tag| tag.clone().try_cast::<SharedSession>())
        .ok_or_else(|| fault_at("asks for an input outside a rule".to_owned(), None, context.call_position()))
}

/// A value as a script sees it. Nothing known is `()`.
pub fn to_script(value: &Value) -> Dynamic {
    match value {
        Value::Absent => Dynamic::UNIT,
        Value::Bool(value) => (*value).into(),
        Value::Whole(value) => (*value).into(),
        Value::Decimal(value) => (*value).into(),
        Value::Word(value) => ImmutableString::from(*value).into(),
        Value::Text(value) => ImmutableString::from(&**value).into(),
        Value::Date(value) => Dynamic::from(*value),
        Value::List(values) => values.iter().map(to_script).collect::<Array>().into(),
        Value::Record(values) => {
            let entries = values.iter().map(|(name, value)| ((&**name).into(), to_script(value)));
            entries.collect::<Map>().into()
        }
    }
}

/// A value of a script as one of a case; nothing where no case could have it.
pub fn value_of(value: &Dynamic) -> Option<Value> {
    if let Some(items) = value.read_lock::<Array>() {
        return items.iter().map(value_of).collect::<Option<Vec<Value>>>().map(Value::list);
    }
    if let Some(fields) = value.read_lock::<Map>() {
        let fields = fields.iter().map(|(name, value)| Some((name.to_string(), value_of(value)?)));
        return fields.collect::<Option<Vec<_>>>().map(Value::record);
    }
    if let Some(date) = value.read_lock::<Date>() {
        return Some(Value::Date(*date));
    }
    match value.type_name() {
        "()" => Some(Value::Absent),
        "bool" => value.as_bool().ok().map(Value::Bool),
        "i64" => value.as_int().ok().map(Value::Whole),
        "decimal" => value.as_decimal().ok().map(Value::Decimal),
        "string" => {
            let text = value.as_immutable_string_ref().ok().filter(|text| !has_blanks(text))?;
            Some(Value::Text(text.as_str().into()))
        }
        _ => None,
    }
}

/// A word of plain values of a script. None of the words called so counts working days, so no calendar of the run is needed.
pub fn of_plain(word: &Word, values: &[&Dynamic]) -> Option<Dynamic> {
    let read = values.iter().map(|value| value_of(value)).collect::<Option<Vec<Value>>>()?;
    word.of(&read.iter().collect::<Vec<_>>(), &WorkingDays::shipped()).map(|answer| to_script(&answer))
}

/// A value of a script in words, for reasons.
#[must_use]
pub fn in_words(value: &Dynamic) -> String {
    if let Some(seen) = value.read_lock::<Seen>() {
        return seen.in_text().unwrap_or_else(|| in_words(&seen.force()));
    }
    if value.is_unit() {
        return "not known".to_owned();
    }
    if let Some(date) = value.clone().try_cast::<Date>() {
        return date.to_string();
    }
    if value.is_map()
        && let Some(seen) = first_seen(value)
    {
        seen.spoil();
    }
    match value.read_lock::<Array>() {
        Some(items) => format!("[{}]", items.iter().map(in_words).collect::<Vec<_>>().join(", ")),
        None => value.to_string(),
    }
}
