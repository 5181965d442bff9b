//! What is wrong with a program and can be seen before any case: an effect that goes nowhere, a comparison of kinds that are never
//! equal, a word that is given what it does not take, a tier that nobody declared.

mod kinds;
mod tiers;

use crate::language::{
    builtins::{Builtin, Run},
    fault::PolicyFault,
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
        kept: Vec::new(),
        read: BTreeSet::new(),
        found: Vec::new(),
        script: 0,
    };
    for function in &program.functions {
        checker.script = function.script;
        checker.block(&function.body, true);
        checker.kept();
    }
    checker.names();
    checker.found
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
    /// The slots in which an effect is kept, with where.
    kept: Vec<(u16, Place)>,
    /// The slots that are looked at.
    read: BTreeSet<u16>,
    found: Vec<PolicyFault>,
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
        if !self.found.contains(&fault) {
            self.found.push(fault);
        }
    }

    /// Effects in variables that nothing looks at.
    fn kept(&mut self) {
        let read = std::mem::take(&mut self.read);
        for (_, place) in std::mem::take(&mut self.kept).into_iter().filter(|(slot, _)| !read.contains(slot)) {
            let message = "an effect in a variable that nothing looks at: it is as if it were not there";
            self.find("lost-effect", place, message, "return the variable, or write `return` in place of `let ... =`");
        }
    }

    fn block(&mut self, block: &Block, used: bool) {
        let Some((last, before)) = block.0.split_last() else { return };
        for statement in before {
            self.statement(statement, false);
        }
        self.statement(last, used);
    }

    fn statement(&mut self, statement: &Stmt, used: bool) {
        match statement {
            Stmt::Expr(node) => self.node(node, used),
            Stmt::Set(slot, node) => {
                if says(self.kinds(node)) {
                    self.kept.push((*slot, node.place));
                }
                self.node(node, true);
            }
            Stmt::Update(slot, _, node) => {
                self.read.insert(*slot);
                self.node(node, true);
            }
            Stmt::SetPart { slot, at, value, .. } => {
                self.read.insert(*slot);
                self.node(at, true);
                self.node(value, true);
            }
            Stmt::For(inside) => {
                self.node(&inside.over, true);
                // What the last statement of a loop comes to goes nowhere.
                self.block(&inside.body, false);
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
            Expr::Local(slot) | Expr::Change(slot, ..) => drop(self.read.insert(*slot)),
            Expr::Closure(_, slots) => self.read.extend(slots),
            _ => {}
        }
        if !used {
            let kinds = self.kinds(node);
            if says(kinds) {
                let what = kinds.and(SAID).in_words();
                let help = "write `return` before it, or make it the last statement of the rule";
                self.find(
                    "lost-effect",
                    node.place,
                    format!("{what} that goes nowhere: what follows is done as if it were not there"),
                    help,
                );
            }
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
                } else {
                    "compare values of one kind"
                };
                let what = if matches!(word.name, "==" | "!=") { ", which are never the same" } else { "" };
                let message = format!("`{}` compares {} with {}{what}", word.name, one.in_words(), other.in_words());
                self.find("wrong-kind", place, message, help);
                return;
            }
            if one == Kinds::TEXT && other == Kinds::TEXT && !matches!(word.name, "==" | "!=") {
                let message = format!("`{}` would put words in alphabetical order", word.name);
                self.find("wrong-kind", place, message, "for levels of risk write `reaches(level, \"medium\")`");
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
        for ((given, takes), argument) in kinds.iter().zip(word.takes).zip(arguments) {
            let given = given.without(Kinds::ABSENT);
            if given.is_apart_from(*takes) && !given.is_empty() {
                let message = format!("`{}` takes {} here, not {}", word.name, takes.in_words(), given.in_words());
                self.find("wrong-kind", argument.place, message, format!("write `{}`", word.usage));
            }
        }
    }
}
