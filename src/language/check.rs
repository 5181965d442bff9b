//! What is wrong with a program and can be seen before any case: an effect that goes nowhere, a comparison of kinds that are never
//! equal, a word that is given what it does not take, a tier that nobody declared.

mod effects;
mod kinds;
mod tiers;

use self::effects::{Kept, ends};
use crate::language::{
    builtins::{Builtin, Family, Run, of_dates},
    fault::PolicyFault,
    fault_list::FaultList,
    kinds::Kinds,
    lower::Known,
    program::{Block, Expr, Node, Program, Stmt},
    tree::Place,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a rule makes that must be returned.
const SAID: Kinds = Kinds::EFFECT.or(Kinds::STANDARD).or(Kinds::PATTERN);

/// Checks a program.
///
/// # Errors
///
/// The first thing that is wrong, in the order of the files.
pub fn check(program: &Program, known: Known<'_>) -> Result<(), PolicyFault> {
    let script = |fault: &PolicyFault| program.scripts.iter().position(|script| script.file == fault.file);
    let first = faults(program, known).into_iter().min_by_key(|fault| (script(fault), fault.line, fault.column));
    first.map_or(Ok(()), Err)
}

/// Everything that is wrong with a program, in no particular order.
#[must_use]
pub fn faults(program: &Program, known: Known<'_>) -> Vec<PolicyFault> {
    let mut checker = Checker {
        program,
        known,
        gives: BTreeMap::new(),
        carrying: BTreeSet::new(),
        kept: Kept::default(),
        found: FaultList::default(),
        script: 0,
    };
    // What a function calls stands before it.
    for (number, function) in (0..).zip(&program.functions) {
        checker.script = function.script;
        checker.block(&function.body, true);
        checker.end_of(number, function);
    }
    checker.names();
    checker.found.into_vec()
}

/// Whether an expression puts two values in order.
fn is_comparison(node: &Node) -> bool {
    matches!(&node.expr, Expr::Builtin(word, _) if matches!(word.name, "<" | "<=" | ">" | ">="))
}

/// Whether a value of these kinds is something that a rule says.
fn says(kinds: Kinds) -> bool {
    kinds != Kinds::ANY && !kinds.is_apart_from(SAID)
}

struct Checker<'a> {
    program: &'a Program,
    known: Known<'a>,
    /// What each function gives.
    gives: BTreeMap<u32, Kinds>,
    /// The functions that give effects, or something with effects in it.
    carrying: BTreeSet<u32>,
    /// What the function that is looked at keeps.
    kept: Kept,
    found: FaultList,
    script: u16,
}

impl Checker<'_> {
    /// Notes what is wrong; a helper that is handed several parts of `person` has each of its faults once.
    fn find(&mut self, code: &'static str, place: Place, message: impl Into<String>, help: impl Into<String>) {
        let source = self.program.source(self.script);
        let (file, text) = source.map_or(("", ""), |source| (source.file.as_str(), source.text.as_str()));
        let (line, column) = (place.line as usize, place.column as usize);
        let fault = PolicyFault::invalid(file, message).code(code).at(Some(line), Some(column).filter(|at| *at > 0));
        let fault = fault.text(text).help(help);
        self.found.note(fault);
    }

    fn block(&mut self, block: &Block, used: bool) {
        let mut filled = BTreeMap::new();
        let last = block.0.len().saturating_sub(1);
        for (at, statement) in block.0.iter().enumerate() {
            self.statement(statement, used && at == last);
            self.filled_again(statement, &mut filled);
            // What throws says itself that nothing comes of the rule.
            let ends = ends(statement) && !matches!(statement, Stmt::Throw(..));
            if ends && self.behind_the_end(block.0.get(at + 1..).unwrap_or_default()) {
                return;
            }
        }
    }

    fn statement(&mut self, statement: &Stmt, used: bool) {
        match statement {
            Stmt::Expr(node) => self.node(node, used),
            Stmt::Set(slot, node) => {
                self.node(node, true);
                self.set(*slot, node);
            }
            Stmt::Update(slot, _, node) => {
                self.node(node, true);
                self.add(*slot, [node]);
            }
            Stmt::SetPart { slot, at, value, .. } => {
                self.node(at, true);
                self.node(value, true);
                self.add(*slot, [value]);
            }
            Stmt::For(inside) => {
                self.node(&inside.over, true);
                self.turn(inside.item, inside.counter, &inside.over);
                self.kept.loops += 1;
                // What the last statement of a loop comes to goes nowhere.
                self.block(&inside.body, false);
                self.kept.loops -= 1;
            }
            Stmt::Return(value) | Stmt::Throw(value, _) => value.iter().for_each(|value| self.node(value, true)),
            Stmt::Break | Stmt::Continue => {}
        }
    }

    fn node(&mut self, node: &Node, used: bool) {
        match &node.expr {
            Expr::If(ways) => {
                let (condition, then, otherwise) = &**ways;
                self.node(condition, true);
                self.block(then, used);
                self.block(otherwise, used);
                return;
            }
            Expr::Block(block) => return self.block(block, used),
            Expr::Switch(switch) => {
                self.node(&switch.of, true);
                for arm in &switch.arms {
                    arm.condition.iter().for_each(|condition| self.node(condition, true));
                    self.node(&arm.body, used);
                }
                switch.otherwise.iter().for_each(|(_, body)| self.node(body, used));
                return;
            }
            Expr::Local(slot) if used => self.kept.read(*slot),
            Expr::Change(slot, word, added) => {
                if used && word.gives != Kinds::ABSENT {
                    self.kept.read(*slot);
                }
                self.add(*slot, added);
            }
            Expr::Closure(_, slots) => slots.iter().for_each(|slot| self.kept.read(*slot)),
            _ => {}
        }
        if !used {
            self.unused(node);
        }
        self.condition(node);
        if let Expr::Builtin(word, arguments) = &node.expr {
            self.word(word, arguments, node.place);
        }
        self.parts(node);
    }

    fn parts(&mut self, node: &Node) {
        match &node.expr {
            Expr::Known(inner) | Expr::Not(inner) | Expr::Condition(_, inner) => self.node(inner, true),
            Expr::Field { of, .. } => self.node(of, true),
            Expr::Keyed { key, .. } => self.node(key, true),
            Expr::Index { of, at, .. } => {
                self.node(of, true);
                self.node(at, true);
            }
            Expr::List(nodes)
            | Expr::Template(nodes)
            | Expr::And(nodes)
            | Expr::Or(nodes)
            | Expr::Coalesce(nodes)
            | Expr::Call(_, nodes)
            | Expr::Builtin(_, nodes)
            | Expr::Change(_, _, nodes) => self.nodes(nodes),
            Expr::Table(entries) => entries.iter().for_each(|(_, value)| self.node(value, true)),
            Expr::Range(ends, _) => {
                self.node(&ends.0, true);
                self.node(&ends.1, true);
            }
            _ => {}
        }
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            self.node(node, true);
        }
    }

    /// What stands where something must hold or not.
    fn condition(&mut self, node: &Node) {
        let asked: Vec<&Node> = match &node.expr {
            Expr::Condition(_, inner) | Expr::Not(inner) => vec![inner],
            Expr::And(operands) | Expr::Or(operands) => operands.iter().collect(),
            _ => return,
        };
        for one in asked {
            let kinds = self.kinds(one);
            if kinds.is_apart_from(Kinds::BOOL) && !kinds.without(Kinds::ABSENT).is_empty() {
                let message =
                    format!("a condition is true or false, and this is {}", kinds.without(Kinds::ABSENT).in_words());
                let help = if kinds.is_apart_from(SAID) {
                    "compare it with something: `... >= 50`, `... == \"high\"`"
                } else {
                    "write `if ... { ... }`"
                };
                self.find("wrong-kind", one.place, message, help);
            }
        }
    }

    fn word(&mut self, word: &'static Builtin, arguments: &[Node], place: Place) {
        if let ("at_least" | "decide", [tier]) = (word.name, arguments) {
            self.tier(tier);
        }
        let kinds: Vec<Kinds> = arguments.iter().map(|one| self.kinds(one)).collect();
        if let ([left, right], "==" | "!=" | "<" | "<=" | ">" | ">=") = (kinds.as_slice(), word.name) {
            let (one, other) = (left.without(Kinds::ABSENT), right.without(Kinds::ABSENT));
            if one.is_apart_from(other) && !one.is_empty() && !other.is_empty() {
                let help = if [one, other].contains(&Kinds::DATE) && [one, other].contains(&Kinds::TEXT) {
                    "write the date as one: `date(\"2019-05-20\")`"
                } else if arguments.first().is_some_and(is_comparison) {
                    "of two limits write two conditions: `a <= b && b < c`"
                } else {
                    "compare values of one kind"
                };
                let what = if matches!(word.name, "==" | "!=") { ", which are never the same" } else { "" };
                let message = format!("`{}` compares {} with {}{what}", word.name, one.in_words(), other.in_words());
                self.find("wrong-kind", place, message, help);
                return;
            }
            if [one, other].contains(&Kinds::TEXT) && !matches!(word.name, "==" | "!=") {
                let message = format!("`{}` would put words in alphabetical order", word.name);
                self.find("wrong-kind", place, message, self.in_order(word.name, arguments));
                return;
            }
        }
        if let ("contains", [Node { expr: Expr::List(items), .. }, _], [_, item]) =
            (word.name, arguments, kinds.as_slice())
        {
            let held = items.iter().map(|one| self.kinds(one)).fold(Kinds::NONE, Kinds::or);
            let item = item.without(Kinds::ABSENT);
            if held.is_apart_from(item) && !held.is_empty() && !item.is_empty() {
                let message = format!("looks for {} in a list of {}", item.in_words(), held.in_words());
                self.find("wrong-kind", place, message, "compare values of one kind");
            }
        }
        if matches!(word.run, Run::Calling(_)) && word.name == "call" {
            return;
        }
        if let Some(help) = of_dates(word, &kinds.iter().map(|kinds| kinds.without(Kinds::ABSENT)).collect::<Vec<_>>())
        {
            self.find("wrong-kind", place, format!("`{}` does not reckon with dates", word.name), help);
            return;
        }
        for ((given, takes), argument) in kinds.iter().zip(word.takes).zip(arguments) {
            let given = given.without(Kinds::ABSENT);
            if given.is_apart_from(*takes) && !given.is_empty() {
                let message = format!("`{}` takes {} here, not {}", word.name, takes.in_words(), given.in_words());
                self.find("wrong-kind", argument.place, message, instead(word, given, *takes));
            }
        }
    }
}

/// What to write where a word is given a kind that it does not take.
fn instead(word: &Builtin, given: Kinds, takes: Kinds) -> String {
    match word.family {
        Family::Operator if !given.is_apart_from(SAID) => {
            "to say both return a list: `[at_least(...), flag(...)]`".to_owned()
        }
        Family::Operator if word.takes.len() == 2 && !word.name.starts_with(char::is_alphabetic) => {
            format!("give it {} on either side", takes.in_words())
        }
        _ if takes == Kinds::CONTACT => "a standard of contact has a mode: `every(n, unit, mode)`".to_owned(),
        _ => format!("write `{}`", word.usage),
    }
}
