//! `known(person.oasys.rosh)`: whether a case gives an input. Asking this way never meets the input as a missing fact.

use crate::policy::session::{Comparison, SharedSession};
use rhai::{Dynamic, Engine, EvalContext, Expression};

/// Adds the word to an engine.
pub fn register(engine: &mut Engine) {
    // The pieces are fixed words, so this cannot fail; if it ever did, every policy that uses the word would not compile.
    let _ = engine.register_custom_syntax(["known", "(", "$expr$", ")"], false, known);
}

fn known(
    context: &mut EvalContext<'_, '_, '_, '_, '_, '_>,
    inputs: &[Expression<'_>],
) -> Result<Dynamic, Box<rhai::EvalAltResult>> {
    let session = context.tag().clone().try_cast::<SharedSession>();
    let ask = |asking| {
        if let Some(session) = &session {
            session.lock().ask_presence(asking);
        }
    };
    ask(true);
    let value = inputs.first().map(|input| context.eval_expression_tree(input)).transpose();
    ask(false);
    let known = value?.is_some_and(|value| !value.is_unit());
    if let (Some(session), Some(input)) = (&session, inputs.first()) {
        keep(session, context.source(), input.position(), known);
    }
    Ok(known.into())
}

/// Asking whether an input is known is a condition by itself: nothing compares it.
fn keep(session: &SharedSession, file: Option<&str>, at: rhai::Position, known: bool) {
    let mut session = session.lock();
    let Some(input) = session.last_read().filter(|_| session.keeps_comparisons()) else { return };
    let left = session.facts().inputs.get(input).path.to_string();
    session.compared(Comparison {
        file: file.unwrap_or_default().to_owned(),
        line: at.line().unwrap_or(0),
        column: at.position().unwrap_or(0),
        left,
        operator: "is",
        right: if known { "known" } else { "not known" }.to_owned(),
        holds: known,
    });
}
