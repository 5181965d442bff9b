//! What looks into a text: the words and operators of the language that do, each of which refuses a text with blanks.

use crate::policy::{
    blank::{MARK, has_blanks},
    engine::fault_at,
    script_value::Scripted,
};
use rhai::{Engine, EvalAltResult, ImmutableString, Map, NativeCallContext};

/// Adds them to an engine, in place of those that it has by itself.
pub fn register(engine: &mut Engine) {
    type Context<'a> = NativeCallContext<'a>;
    type Text = ImmutableString;
    engine.register_fn("-", |context: Context<'_>, text: Text, part: Text| {
        without_blanks(&context, &[&text, &part]).map(|()| text - part)
    });
    engine.register_fn("-", |context: Context<'_>, text: Text, part: char| {
        without_blanks(&context, &[&text]).map(|()| text - part)
    });
    engine.register_fn("-=", |context: Context<'_>, text: &mut Text, part: Text| {
        without_blanks(&context, &[text, &part]).map(|()| *text -= part)
    });
    engine.register_fn("-=", |context: Context<'_>, text: &mut Text, part: char| {
        without_blanks(&context, &[text]).map(|()| *text -= part)
    });
    engine.register_fn("len", |context: Context<'_>, text: &mut Text| {
        without_blanks(&context, &[text]).map(|()| i64::try_from(text.chars().count()).unwrap_or(i64::MAX))
    });
    engine.register_fn("is_empty", |context: Context<'_>, text: &mut Text| {
        without_blanks(&context, &[text]).map(|()| text.is_empty())
    });
    engine.register_fn("contains", |context: Context<'_>, text: &mut Text, part: Text| {
        without_blanks(&context, &[text, &part]).map(|()| text.contains(part.as_str()))
    });
    engine.register_fn("contains", |context: Context<'_>, text: &mut Text, part: char| {
        without_blanks(&context, &[text]).map(|()| text.contains(part))
    });
    engine.register_fn("contains", |context: Context<'_>, fields: &mut Map, name: Text| {
        without_blanks(&context, &[&name]).map(|()| fields.contains_key(name.as_str()))
    });
}

/// Nothing, if none of some texts has blanks.
pub(super) fn without_blanks(context: &NativeCallContext<'_>, texts: &[&ImmutableString]) -> Scripted<()> {
    if texts.iter().any(|text| has_blanks(text)) { Err(looked_into(context)) } else { Ok(()) }
}

/// A text with blanks was looked into. Nobody reads this unless the mark of a blank stands in a case or a policy: the rule
/// is run again on plain values.
pub(super) fn looked_into(context: &NativeCallContext<'_>) -> Box<EvalAltResult> {
    let code = u32::from(MARK);
    let message = format!("looks into a text with the character U+{code:X}, which stands for a place to fill in");
    let help = "leave that character out of the case, the parameters and the script".to_owned();
    fault_at(message, Some(help), context.call_position())
}
