//! Rhai's own interpreter over the scripts of a policy: the oracle that the evaluator is held against. The words are ours, asked
//! value by value; every step between them is Rhai's.

use brag::{
    case::input::{Entry, GroupId, InputId},
    evaluate::{
        evaluator::InForce,
        inputs::{Assumed, Facts, Inputs},
        machine::Read,
    },
    language::{
        budget::Budget,
        builtins::{self, Builtin, Calling, Env, Run, contact_modes, effects_of},
        datum::{Closure, Datum},
        effect::Effect,
        pattern::Pattern,
        standard::Standard,
        wrong::Wrong,
    },
};
use jiff::civil::Date;
use rhai::{
    AST, Array, CallFnOptions, Dynamic, Engine, EvalAltResult, EvalContext, Expression, FnPtr, ImmutableString, Map,
    Module, NativeCallContext, OptimizationLevel, Position, Scope, Token,
    module_resolvers::StaticModuleResolver,
    packages::{BasicIteratorPackage, LogicPackage, Package},
};
use std::{cell::RefCell, rc::Rc, sync::Arc};

/// What came of a rule.
#[derive(Debug, Clone, PartialEq)]
pub enum Came<T> {
    /// This, by reading these inputs.
    Said(T, Vec<Read>),
    /// It asked for a fact that is not known.
    Unknown(InputId),
    /// It failed at this line; what a word found wrong, where it was a word.
    Fault(usize, Option<String>),
}

/// `person`, or a group of inputs.
#[derive(Debug, Clone)]
struct Group(u16);

/// One rule at work.
#[derive(Debug, Default)]
struct Session {
    inputs: Option<Inputs>,
    reads: Vec<Read>,
    presence: u32,
    unknown: Option<InputId>,
    env: Option<Env>,
    wrong: Option<Wrong>,
}

thread_local! {
    static SESSION: RefCell<Session> = RefCell::default();
}

type Given = Result<Dynamic, Box<EvalAltResult>>;

/// The scripts of a policy and the numbers in force, ready for the interpreter.
pub struct Interpreter {
    engine: Engine,
    ast: AST,
}

impl Interpreter {
    /// Over what is in force. The words of this thread are those of this policy from here on.
    pub fn new(in_force: &InForce<'_>) -> Self {
        let mut engine = engine();
        let mut parameters = Module::new();
        for (name, value) in in_force.program.parameters.iter().zip(&in_force.parameters) {
            if let Ok(value) = value {
                parameters.set_var(name.as_str(), to_dynamic(&Datum::from(*value)));
            }
        }
        engine.register_static_module("param", parameters.into());
        let mut resolver = StaticModuleResolver::new();
        for source in in_force.program.scripts.iter().skip(1) {
            let ast = engine.compile(&source.text).unwrap();
            let module = Module::eval_ast_as_new(Scope::new(), &ast, &engine).unwrap();
            resolver.insert(source.path.trim_end_matches(".rhai"), module);
        }
        engine.set_module_resolver(resolver);
        let ast = engine.compile(&in_force.program.scripts[0].text).unwrap();
        Self { engine, ast }
    }

    /// Reads another script, under the same numbers.
    pub fn read(&mut self, text: &str) {
        self.ast = self.engine.compile(text).unwrap();
    }

    /// Turns this thread's words to what is in force.
    pub fn turn_to(in_force: &InForce<'_>) {
        let slot = in_force.program.parameters.iter().position(|name| name == "contact_modes");
        let kinds = slot.and_then(|slot| in_force.parameters[slot].as_ref().ok()).copied();
        let env = Env {
            tiers: Arc::clone(in_force.tiers),
            names: in_force.tiers.all().iter().map(|tier| tier.as_str().into()).collect(),
            modes: contact_modes(kinds),
            days: in_force.days.clone(),
            budget: Budget::of_a_book(usize::MAX),
        };
        SESSION.with_borrow_mut(|session| session.env = Some(env));
    }

    /// What a function returns for a case, made into something.
    pub fn call<T>(
        &self,
        name: &str,
        more: Option<&Datum>,
        facts: &Arc<Facts>,
        assumed: &Assumed,
        make: impl Fn(&Datum) -> Option<T>,
    ) -> Came<T> {
        SESSION.with_borrow_mut(|session| {
            session.inputs = Some(Inputs { facts: Arc::clone(facts), assumed: assumed.clone() });
            session.reads.clear();
            (session.presence, session.unknown, session.wrong) = (0, None, None);
        });
        let mut arguments = vec![Dynamic::from(Group(0))];
        arguments.extend(more.map(to_dynamic));
        let called = self.engine.call_fn_with_options::<Dynamic>(
            CallFnOptions::new().eval_ast(true),
            &mut Scope::new(),
            &self.ast,
            name,
            arguments,
        );
        let line = |error: Box<EvalAltResult>| error.unwrap_inner().position().line().unwrap_or(0);
        let (reads, unknown, wrong) = SESSION.with_borrow_mut(|session| {
            let mut reads: Vec<Read> = Vec::new();
            for read in session.reads.drain(..) {
                if !reads.contains(&read) {
                    reads.push(read);
                }
            }
            (reads, session.unknown, session.wrong.take())
        });
        match (called, unknown) {
            (_, Some(unknown)) => Came::Unknown(unknown),
            (Ok(value), None) => match make(&to_datum(&value)) {
                Some(said) => Came::Said(said, reads),
                None => Came::Fault(0, None),
            },
            (Err(error), None) => {
                if std::env::var_os("BRAG_SHOW").is_some() {
                    println!("rhai: {error}");
                }
                Came::Fault(line(error), wrong.map(|wrong| wrong.message))
            }
        }
    }

    /// What a rule says.
    pub fn rule(&self, name: &str, facts: &Arc<Facts>, assumed: &Assumed) -> Came<Vec<Effect>> {
        self.call(name, None, facts, assumed, |value| effects_of(value).ok())
    }
}

fn engine() -> Engine {
    let mut engine = Engine::new_raw();
    BasicIteratorPackage::new().register_into_engine(&mut engine);
    LogicPackage::new().register_into_engine(&mut engine);
    engine
        .set_max_call_levels(64)
        .set_max_expr_depths(64, 64)
        .set_strict_variables(true)
        .set_fail_on_invalid_map_property(true)
        .set_fast_operators(false)
        .set_optimization_level(OptimizationLevel::None);
    #[expect(deprecated, reason = "as the parser of the language does")]
    engine.on_parse_token(|token, _, _| match token {
        Token::Reserved(word) if matches!(word.as_str(), "with" | "public") => Token::Identifier(word),
        other => other,
    });
    engine.register_type_with_name::<Group>("group");
    engine.register_indexer_get(|context: NativeCallContext<'_>, group: &mut Group, name: ImmutableString| {
        read(&context, group, &name)
    });
    engine.register_custom_syntax(["known", "(", "$expr$", ")"], false, known).unwrap();
    for word in builtins::all() {
        register(&mut engine, word);
    }
    engine
}

fn known(context: &mut EvalContext<'_, '_, '_, '_, '_, '_>, inputs: &[Expression<'_>]) -> Given {
    SESSION.with_borrow_mut(|session| session.presence += 1);
    let value = context.eval_expression_tree(&inputs[0]);
    SESSION.with_borrow_mut(|session| session.presence -= 1);
    Ok((!value?.is_unit()).into())
}

fn read(context: &NativeCallContext<'_>, group: &Group, name: &str) -> Given {
    SESSION.with_borrow_mut(|session| {
        let inputs = session.inputs.as_ref().unwrap();
        match inputs.facts.inputs.group(GroupId(group.0)).entries.get(name) {
            Some(Entry::Group(inner)) => Ok(Dynamic::from(Group(inner.0))),
            Some(Entry::Input(input)) => {
                let presence = session.presence > 0;
                match inputs.value(*input, presence) {
                    Ok(value) => {
                        session.reads.push(Read::new(*input, presence));
                        Ok(to_dynamic(&Datum::from(&value)))
                    }
                    Err(unknown) => {
                        session.unknown = Some(unknown.0);
                        Err(EvalAltResult::ErrorTerminated(Dynamic::UNIT, context.call_position()).into())
                    }
                }
            }
            None => fails("no such input", context.call_position()),
        }
    })
}

fn fails(message: &str, at: Position) -> Given {
    Err(EvalAltResult::ErrorRuntime(message.into(), at).into())
}

fn register(engine: &mut Engine, word: &'static Builtin) {
    type Context<'c> = NativeCallContext<'c>;
    let name = word.name;
    match (word.run, word.takes.len()) {
        (Run::Plain(run), 1) => {
            engine.register_fn(name, move |context: Context<'_>, a: Dynamic| plain(&context, run, &[a]));
        }
        (Run::Plain(run), 2) => {
            engine.register_fn(name, move |context: Context<'_>, a: Dynamic, b: Dynamic| plain(&context, run, &[a, b]));
        }
        (Run::Plain(run), 3) => {
            let three =
                move |context: Context<'_>, a: Dynamic, b: Dynamic, c: Dynamic| plain(&context, run, &[a, b, c]);
            engine.register_fn(name, three);
        }
        (Run::Plain(run), _) => {
            let four = move |context: Context<'_>, a: Dynamic, b: Dynamic, c: Dynamic, d: Dynamic| {
                plain(&context, run, &[a, b, c, d])
            };
            engine.register_fn(name, four);
        }
        (Run::Changing(run), 1) => {
            engine.register_fn(name, move |context: Context<'_>, list: &mut Array| changing(&context, run, list, &[]));
        }
        (Run::Changing(run), 2) => {
            let two = move |context: Context<'_>, list: &mut Array, a: Dynamic| changing(&context, run, list, &[a]);
            engine.register_fn(name, two);
        }
        (Run::Changing(run), _) => {
            let three = move |context: Context<'_>, list: &mut Array, a: Dynamic, b: Dynamic| {
                changing(&context, run, list, &[a, b])
            };
            engine.register_fn(name, three);
        }
        (Run::Calling(Calling::Sort), _) => {
            engine
                .register_fn(name, |context: Context<'_>, list: &mut Array, order: FnPtr| sort(&context, list, &order));
        }
        (Run::Calling(Calling::Call), _) => {}
        (Run::Calling(calling), 2) => {
            let two = move |context: Context<'_>, list: Dynamic, each: FnPtr| {
                calling_with(&context, calling, &list, &each, Dynamic::UNIT)
            };
            engine.register_fn(name, two);
        }
        (Run::Calling(calling), _) => {
            let three = move |context: Context<'_>, list: Dynamic, each: FnPtr, first: Dynamic| {
                calling_with(&context, calling, &list, &each, first)
            };
            engine.register_fn(name, three);
        }
    }
}

fn found(context: &NativeCallContext<'_>, wrong: Wrong) -> Box<EvalAltResult> {
    let message: Dynamic = wrong.message.clone().into();
    SESSION.with_borrow_mut(|session| session.wrong = Some(wrong));
    EvalAltResult::ErrorRuntime(message, context.call_position()).into()
}

fn plain(
    context: &NativeCallContext<'_>,
    run: fn(&mut Env, &mut [Datum]) -> builtins::Given,
    given: &[Dynamic],
) -> Given {
    let mut given: Vec<Datum> = given.iter().map(to_datum).collect();
    let made = SESSION.with_borrow_mut(|session| run(session.env.as_mut().unwrap(), &mut given));
    made.map(|datum| to_dynamic(&datum)).map_err(|wrong| found(context, wrong))
}

fn changing(
    context: &NativeCallContext<'_>,
    run: fn(&mut Env, &mut Datum, &mut [Datum]) -> builtins::Given,
    list: &mut Array,
    given: &[Dynamic],
) -> Given {
    let mut target = Datum::list(list.iter().map(to_datum).collect());
    let mut given: Vec<Datum> = given.iter().map(to_datum).collect();
    let made = SESSION.with_borrow_mut(|session| run(session.env.as_mut().unwrap(), &mut target, &mut given));
    *list = target.as_list().unwrap().iter().map(to_dynamic).collect();
    made.map(|datum| to_dynamic(&datum)).map_err(|wrong| found(context, wrong))
}

fn entries(context: &NativeCallContext<'_>, list: &Dynamic) -> Result<Vec<Datum>, Box<EvalAltResult>> {
    match to_datum(list) {
        Datum::List(list) => Ok(list.items.clone()),
        _ => Err(EvalAltResult::ErrorRuntime("no list".into(), context.call_position()).into()),
    }
}

fn calling_with(
    context: &NativeCallContext<'_>,
    calling: Calling,
    list: &Dynamic,
    each: &FnPtr,
    first: Dynamic,
) -> Given {
    let holds = |item: &Datum| -> Result<bool, Box<EvalAltResult>> {
        let said: Dynamic = each.call_within_context(context, (to_dynamic(item),))?;
        said.as_bool().map_err(|_| EvalAltResult::ErrorRuntime("no condition".into(), context.call_position()).into())
    };
    let list = entries(context, list)?;
    let mut kept: Vec<Dynamic> = Vec::new();
    let mut sum = first;
    for item in &list {
        match calling {
            Calling::Filter if holds(item)? => kept.push(to_dynamic(item)),
            Calling::Map => kept.push(each.call_within_context(context, (to_dynamic(item),))?),
            Calling::Some if holds(item)? => return Ok(true.into()),
            Calling::All if !holds(item)? => return Ok(false.into()),
            Calling::Find if holds(item)? => return Ok(to_dynamic(item)),
            Calling::Reduce => sum = each.call_within_context(context, (sum, to_dynamic(item)))?,
            _ => {}
        }
    }
    Ok(match calling {
        Calling::Filter | Calling::Map => kept.into(),
        Calling::Some => false.into(),
        Calling::All => true.into(),
        Calling::Reduce => sum,
        _ => Dynamic::UNIT,
    })
}

/// By insertion: what contradicts itself is left out of what is compared.
fn sort(context: &NativeCallContext<'_>, list: &mut Array, order: &FnPtr) -> Given {
    let mut sorted: Array = Vec::new();
    for item in std::mem::take(list) {
        let mut at = sorted.len();
        while at > 0 {
            let said: Dynamic = order.call_within_context(context, (item.clone(), sorted[at - 1].clone()))?;
            match said.as_int() {
                Ok(order) if order < 0 => at -= 1,
                Ok(_) => break,
                Err(_) => return fails("no order", context.call_position()),
            }
        }
        sorted.insert(at, item);
    }
    *list = sorted;
    Ok(Dynamic::UNIT)
}

fn to_dynamic(datum: &Datum) -> Dynamic {
    match datum {
        Datum::Absent | Datum::Closure(_) => Dynamic::UNIT,
        Datum::Bool(value) => (*value).into(),
        Datum::Whole(value) => (*value).into(),
        Datum::Decimal(value) => (*value).into(),
        Datum::Word(word) => (*word).into(),
        Datum::Text(text) => (&**text).into(),
        Datum::Date(date) => Dynamic::from(*date),
        Datum::List(list) => list.items.iter().map(to_dynamic).collect::<Array>().into(),
        Datum::Table(table) => {
            let entries = table.entries.iter().map(|(name, value)| (name.to_string().into(), to_dynamic(value)));
            entries.collect::<Map>().into()
        }
        Datum::Group(group) => Dynamic::from(Group(group.0)),
        Datum::Effect(effect) => Dynamic::from(Effect::clone(effect)),
        Datum::Standard(standard) => Dynamic::from(Standard::clone(standard)),
        Datum::Pattern(pattern) => Dynamic::from(Pattern::clone(pattern)),
    }
}

fn to_datum(value: &Dynamic) -> Datum {
    let value = value.clone().flatten();
    if let Ok(value) = value.as_bool() {
        return Datum::Bool(value);
    }
    if let Ok(value) = value.as_int() {
        return Datum::Whole(value);
    }
    if let Ok(value) = value.as_decimal() {
        return Datum::Decimal(value);
    }
    if let Ok(letter) = value.as_char() {
        return Datum::text(&letter.to_string());
    }
    if let Ok(text) = value.as_immutable_string_ref() {
        return Datum::text(text.as_str());
    }
    if let Ok(list) = value.as_array_ref() {
        return Datum::list(list.iter().map(to_datum).collect());
    }
    if let Ok(map) = value.as_map_ref() {
        return Datum::table(map.iter().map(|(name, value)| (name.to_string().into(), to_datum(value))).collect());
    }
    if let Some(date) = value.read_lock::<Date>() {
        return Datum::Date(*date);
    }
    if let Some(group) = value.read_lock::<Group>() {
        return Datum::Group(GroupId(group.0));
    }
    if let Some(effect) = value.read_lock::<Effect>() {
        return Datum::Effect(Rc::new(effect.clone()));
    }
    if let Some(standard) = value.read_lock::<Standard>() {
        return Datum::Standard(Rc::new(standard.clone()));
    }
    if let Some(pattern) = value.read_lock::<Pattern>() {
        return Datum::Pattern(Rc::new(pattern.clone()));
    }
    if let Some(range) = value.read_lock::<std::ops::Range<i64>>() {
        return Datum::list(range.clone().map(Datum::Whole).collect());
    }
    if let Some(range) = value.read_lock::<std::ops::RangeInclusive<i64>>() {
        return Datum::list(range.clone().map(Datum::Whole).collect());
    }
    if value.is::<FnPtr>() {
        return Datum::Closure(Rc::new(Closure { function: 0, captured: Vec::new(), depth: 1 }));
    }
    Datum::Absent
}
