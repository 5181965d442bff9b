//! The one place where the script engine is set up: what a policy may use, and how far it may go.
//!
//! A policy script is not trusted. It computes and nothing else: it has no files, network, clock, random numbers, `eval`,
//! `sleep` or output, and every limit below holds alike in debug and release builds.

use crate::policy::{
    blank_words, operators, presence,
    script_value::{Person, property},
    seen_words, vocabulary,
};
use rhai::{
    Dynamic, Engine, EvalAltResult, OptimizationLevel, Position, Token,
    packages::{
        ArithmeticPackage, BasicArrayPackage, BasicIteratorPackage, BasicMapPackage, BasicMathPackage,
        BasicStringPackage, LogicPackage, MoreStringPackage, Package,
    },
};
use std::{
    cell::Cell,
    time::{Duration, Instant},
};

/// Most operations of one rule.
pub const MAX_OPERATIONS: u64 = 400_000;
/// Longest time of one rule, for what few operations can make slow.
pub const MAX_TIME: Duration = Duration::from_millis(500);
/// Longest time of one look at many cases.
const MAX_BOOK_TIME: Duration = Duration::from_secs(20);
/// Most operations of one look at many cases.
const MAX_BOOK_OPERATIONS: u64 = 8_000_000;
/// Most text in a book of cases, in bytes.
const MAX_BOOK_TEXT: usize = 4 << 20;
/// Most entries of a book of cases, with those of its parts.
const MAX_BOOK_ENTRIES: usize = 400_000;
/// Deepest nesting of calls.
pub const MAX_CALLS: usize = 24;
/// Deepest nesting of an expression.
const MAX_EXPRESSION: usize = 48;
/// Most text in one value, in bytes.
const MAX_TEXT: usize = 128 * 1024;
/// Most entries of one list or table.
pub const MAX_ENTRIES: usize = 10_000;
/// Most variables at once.
const MAX_VARIABLES: usize = 64;

thread_local! {
    static DEADLINE: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Runs one rule under the time limit.
pub fn within_time<T>(run: impl FnOnce() -> T) -> T {
    within(MAX_TIME, run)
}

/// Runs a look at many cases under its time limit.
pub fn within_book_time<T>(run: impl FnOnce() -> T) -> T {
    within(MAX_BOOK_TIME, run)
}

fn within<T>(time: Duration, run: impl FnOnce() -> T) -> T {
    DEADLINE.set(Some(Instant::now() + time));
    let result = run();
    DEADLINE.set(None);
    result
}

/// What a native function found wrong, as it travels through the script engine.
#[derive(Debug, Clone)]
pub struct ScriptFault {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// A fault of a native function at a place in the script.
#[must_use]
pub fn fault_at(message: String, help: Option<String>, at: Position) -> Box<EvalAltResult> {
    EvalAltResult::ErrorRuntime(Dynamic::from(ScriptFault { message, help }), at).into()
}

/// An engine that can run policies; `parameters` are not in it yet.
#[must_use]
pub fn engine() -> Engine {
    let mut engine = Engine::new_raw();
    ArithmeticPackage::new().register_into_engine(&mut engine);
    BasicMathPackage::new().register_into_engine(&mut engine);
    LogicPackage::new().register_into_engine(&mut engine);
    BasicStringPackage::new().register_into_engine(&mut engine);
    MoreStringPackage::new().register_into_engine(&mut engine);
    BasicArrayPackage::new().register_into_engine(&mut engine);
    BasicMapPackage::new().register_into_engine(&mut engine);
    BasicIteratorPackage::new().register_into_engine(&mut engine);
    limit(&mut engine);
    engine.register_type_with_name::<Person>("person");
    engine.register_indexer_get(
        |context: rhai::NativeCallContext<'_>, person: &mut Person, name: rhai::ImmutableString| {
            property(&context, person, &name)
        },
    );
    presence::register(&mut engine);
    operators::register(&mut engine);
    seen_words::register(&mut engine);
    blank_words::register(&mut engine);
    vocabulary::register(&mut engine);
    engine
}

/// An engine with room for a book of many cases, which one value holds.
#[must_use]
pub fn roomy_engine() -> Engine {
    let mut engine = engine();
    engine
        .set_max_operations(MAX_BOOK_OPERATIONS)
        .set_max_string_size(MAX_BOOK_TEXT)
        .set_max_array_size(MAX_BOOK_ENTRIES)
        .set_max_map_size(MAX_BOOK_ENTRIES);
    engine
}

fn limit(engine: &mut Engine) {
    engine
        .set_max_operations(MAX_OPERATIONS)
        .set_max_call_levels(MAX_CALLS)
        .set_max_expr_depths(MAX_EXPRESSION, MAX_EXPRESSION)
        .set_max_string_size(MAX_TEXT)
        .set_max_array_size(MAX_ENTRIES)
        .set_max_map_size(MAX_ENTRIES)
        .set_max_variables(MAX_VARIABLES)
        .set_max_functions(2_000)
        .set_max_modules(32)
        .set_strict_variables(true)
        .set_fail_on_invalid_map_property(true)
        // Comparisons are ours (see `operators`), so that an absent input is never silently smaller than a number.
        .set_fast_operators(false)
        // A folded condition could not be shown, nor counted as covered.
        .set_optimization_level(OptimizationLevel::None);
    engine.disable_symbol("eval").disable_symbol("print").disable_symbol("debug");
    engine.on_progress(|operations| {
        let late = || DEADLINE.get().is_some_and(|deadline| Instant::now() > deadline);
        (operations % 256 == 0 && late()).then(|| "time".into())
    });
    // Words of the case model that the language reserves without using them: a contact is `with` somebody.
    #[expect(deprecated, reason = "marked volatile by the engine, which is pinned exactly")]
    engine.on_parse_token(|token, _, _| match token {
        Token::Reserved(word) if matches!(word.as_str(), "with" | "public") => Token::Identifier(word),
        other => other,
    });
}
