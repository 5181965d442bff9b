//! Which functions of a script can be run on things of the case without knowing their values. A function that does anything
//! else is run on plain values: what is not on the list below could take such a thing for something that it is not.

use crate::{
    case::input::{Entry, InputTable},
    policy::{
        blank::{MARK, has_blanks},
        inquiry::has_few_values,
        script::{Program, Script},
    },
};
use rhai::{ASTNode, Expr, FnCallExpr, Position, Stmt};
use std::collections::{BTreeMap, BTreeSet};

/// Words and operators that know what to do with something of the case, or refuse it.
static SAFE: &[&str] = &[
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "+",
    "-",
    "*",
    "/",
    "%",
    "!",
    "..",
    "+=",
    "in",
    "contains",
    "at_least",
    "decide",
    "points",
    "flag",
    "provisional",
    "reaches",
    "worst",
    "band",
    "raised",
    "rank",
    "pick",
    "overlap",
    "join",
    "date",
    "days_between",
    "years_after",
    "months_after",
    "days_after",
    "working_days_after",
    "latest",
    "earliest",
    "changes",
    "dates",
    "between",
    "having",
    "longest_gap",
    "covers",
    "counted",
    "every",
    "times",
    "first_within",
    "upcoming",
    "held_by",
    "push",
    "reaching",
    "len",
    "is_empty",
    "filter",
    "map",
    "some",
    "call",
    "known",
    "curry",
];

/// Properties that a text has.
static OF_TEXTS: &[&str] = &["len", "is_empty", "chars", "bytes"];

/// A function: the name by which a script is imported, empty for the policy's own, and its own name.
type Function = (String, String);

/// What the functions of a policy do with things of the case.
#[derive(Debug, Default)]
struct Doubts {
    /// Which calls which.
    calls: BTreeMap<Function, BTreeSet<Function>>,
    /// Those that do what is not on the list.
    doubtful: BTreeSet<Function>,
    /// Those that may take a text apart by its characters, of which a text with blanks has others.
    taking_apart: BTreeSet<Function>,
}

/// The public functions of a policy that can be run so, each with whether it can be given texts with blanks.
#[must_use]
pub fn vouched(program: &Program, inputs: &InputTable) -> BTreeMap<String, bool> {
    let mut doubts = Doubts::default();
    let scripts = program.imports.iter().map(|(alias, script)| (alias.as_str(), script));
    for (alias, script) in scripts.chain([("", &program.main)]) {
        look_at((alias, script), &trusted(alias, script, program), inputs, &mut doubts);
    }
    let doubtful = with_callers(doubts.doubtful, &doubts.calls);
    let taking_apart = with_callers(doubts.taking_apart, &doubts.calls);
    let has_marks = program.imports.values().chain([&program.main]).any(|script| mentions_mark(&script.text));
    let public = program.rules.iter().map(|rule| &*rule.name).chain(program.reserved.keys().map(String::as_str));
    let is_in = |functions: &BTreeSet<Function>, name: &str| functions.contains(&(String::new(), name.to_owned()));
    let vouched = public.filter(|name| !is_in(&doubtful, name));
    vouched.map(|name| (name.to_owned(), !has_marks && !is_in(&taking_apart, name))).collect()
}

/// Some functions with all that call one of them, however long the way.
fn with_callers(mut some: BTreeSet<Function>, calls: &BTreeMap<Function, BTreeSet<Function>>) -> BTreeSet<Function> {
    loop {
        let calls_one = |(caller, called): &(&Function, &BTreeSet<Function>)| {
            !some.contains(*caller) && called.iter().any(|one| some.contains(one))
        };
        let further: Vec<Function> = calls.iter().filter(calls_one).map(|(caller, _)| caller.clone()).collect();
        if further.is_empty() {
            return some;
        }
        some.extend(further);
    }
}

/// Whether a script has the mark of a blank, or writes it by its number.
fn mentions_mark(text: &str) -> bool {
    has_blanks(text) || text.to_ascii_lowercase().contains(&format!("{:x}", u32::from(MARK)))
}

/// Notes what each function of a script calls, and which do what is not on the list.
fn look_at((alias, script): (&str, &Script), public: &BTreeSet<&str>, inputs: &InputTable, doubts: &mut Doubts) {
    // A closure is a function of its own in the script engine; here it belongs to the one in which it is written.
    let mut begins: Vec<(Position, String)> = Vec::new();
    for function in script.ast.iter_fn_def().filter(|function| !function.name.starts_with("anon$")) {
        begins.push((function.body.start_position(), function.name.to_string()));
    }
    begins.sort();
    let own: BTreeSet<String> = begins.iter().map(|(_, name)| name.clone()).collect();
    let within = |at: Position| {
        let inside = begins.iter().rev().find(|(begin, _)| *begin <= at);
        inside.map(|(_, name)| (alias.to_owned(), name.clone()))
    };
    script.ast.walk(&mut |path: &[ASTNode<'_>]| {
        let found = path.last().map(|node| met(node, &own));
        match found {
            Some(Met::Call(name, at)) => {
                if let Some(caller) = within(at) {
                    let called = if name.0.is_empty() { (alias.to_owned(), name.1) } else { name };
                    doubts.calls.entry(caller).or_default().insert(called);
                }
            }
            Some(Met::Doubt(at)) => doubts.doubtful.extend(within(at)),
            Some(Met::TakesApart(at)) => doubts.taking_apart.extend(within(at)),
            Some(Met::Switch(on, at)) => {
                let function = within(at);
                let is_public = function.as_ref().is_some_and(|(_, name)| public.contains(name.as_str()));
                if !(is_public && is_told_apart(on, inputs)) {
                    doubts.doubtful.extend(function);
                }
            }
            _ => {}
        }
        true
    });
}

/// Something in a script that bears on whether it can be vouched for.
enum Met<'a> {
    /// A call of a function of a script.
    Call(Function, Position),
    /// A `switch` on something.
    Switch(&'a Expr, Position),
    /// What is not on the list.
    Doubt(Position),
    /// What could be a part of a text.
    TakesApart(Position),
    /// Anything else.
    Nothing,
}

fn met<'a>(node: &ASTNode<'a>, own: &BTreeSet<String>) -> Met<'a> {
    match node {
        ASTNode::Expr(Expr::FnCall(call, at) | Expr::MethodCall(call, at)) | ASTNode::Stmt(Stmt::FnCall(call, at)) => {
            called(call, *at, own)
        }
        ASTNode::Expr(Expr::Index(of, _, at)) if !matches!(of.rhs, Expr::StringConstant(..)) => Met::TakesApart(*at),
        ASTNode::Expr(Expr::Property(property, at)) if OF_TEXTS.contains(&property.2.as_str()) => Met::TakesApart(*at),
        ASTNode::Stmt(Stmt::Switch(switch, at)) => Met::Switch(&switch.0, *at),
        ASTNode::Stmt(Stmt::While(_, at) | Stmt::Do(_, _, at) | Stmt::TryCatch(_, at)) => Met::Doubt(*at),
        _ => Met::Nothing,
    }
}

fn called<'a>(call: &FnCallExpr, at: Position, own: &BTreeSet<String>) -> Met<'a> {
    let name = call.name.to_string();
    if !call.namespace.is_empty() {
        return Met::Call((call.namespace.root().to_owned(), name), at);
    }
    if own.contains(&name) {
        return Met::Call((String::new(), name), at);
    }
    if SAFE.contains(&name.as_str()) { Met::Nothing } else { Met::Doubt(at) }
}

/// Names that brag itself gives to a public function, unless the script gives them to something else.
static GIVEN: &[&str] = &["person", "tier"];

/// The public functions of a script, if in it a given name always means what it was given for.
fn trusted<'a>(alias: &str, script: &Script, program: &'a Program) -> BTreeSet<&'a str> {
    let renamed = |name: &&&str| {
        ["let ", "for ", "|", ", "].iter().any(|before| script.text.contains(&format!("{before}{name} ")))
            || script.text.contains(&format!("|{name}"))
            || script.text.contains(&format!(", {name}|"))
    };
    let own = alias.is_empty() && !GIVEN.iter().any(|name| renamed(&name));
    let public = program.rules.iter().map(|rule| &*rule.name).chain(program.reserved.keys().map(String::as_str));
    public.filter(|_| own).collect()
}

/// A `switch` compares without asking anybody. In a public function it can be trusted with the tier that this is called
/// with, and with inputs that have few values.
fn is_told_apart(on: &Expr, inputs: &InputTable) -> bool {
    match on {
        Expr::Variable(name, ..) => name.1 == "tier" && name.2.is_empty(),
        Expr::Dot(..) => path_of(on).and_then(|path| inputs.entry(&path)).is_some_and(|entry| match entry {
            Entry::Input(id) => has_few_values(inputs.get(id)),
            Entry::Group(_) => false,
        }),
        _ => false,
    }
}

/// The path of an input written out from `person`.
fn path_of(chain: &Expr) -> Option<String> {
    let Expr::Dot(first, ..) = chain else { return None };
    if !matches!(&first.lhs, Expr::Variable(name, ..) if name.1 == "person" && name.2.is_empty()) {
        return None;
    }
    let mut steps: Vec<String> = Vec::new();
    let mut rest = &first.rhs;
    loop {
        let (step, next) = match rest {
            Expr::Dot(dot, ..) => (&dot.lhs, Some(&dot.rhs)),
            other => (other, None),
        };
        let Expr::Property(property, _) = step else { return None };
        steps.push(property.2.to_string());
        match next {
            Some(next) => rest = next,
            None => return Some(steps.join(".")),
        }
    }
}
