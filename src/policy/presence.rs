//! `known(person.oasys.rosh)`: whether a case gives an input. Asking this way never meets the input as a missing fact.

use crate::policy::session::SharedSession;
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
    Ok(value?.is_some_and(|value| !value.is_unit()).into())
}
