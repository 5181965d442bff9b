//! Mutants: a policy with one thing in it wrong. Would its worked cases notice? In: a policy and its worked cases. Out: for each
//! mutant the case that notices it, or that none does, and then a case that would.
//!
//! What is changed is the syntax tree or a value of a parameter, never the text: every mutant is a policy that could have been
//! written.

pub mod bench;
pub mod catcher;
mod expressions;
pub mod judge;
mod nudges;
mod numbers;

use crate::{
    case::value::Value,
    language::{program::Program, tree::Expr},
    policy::{Policy, otherwise::Scripts},
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// The function of a policy that looks at many cases together.
const BOOK: &str = "caseload";

/// What kind of change a mutant is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MutantKind {
    /// A number, a level or a truth value of a parameter is the next one.
    Number,
    /// The same of one that no rule reads: due dates are reckoned with it.
    Calendar,
    /// A tier is the next one: of `at_least` and `decide`, or of a parameter.
    Tier,
    /// A condition is its contrary.
    Negated,
    /// A comparison takes its edge in, or leaves it out.
    Edge,
    /// `&&` is `||`, or the other way round.
    Connective,
    /// A rule is gone.
    Removed,
}

impl MutantKind {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Calendar => "calendar",
            Self::Tier => "tier",
            Self::Negated => "negated",
            Self::Edge => "edge",
            Self::Connective => "connective",
            Self::Removed => "removed",
        }
    }
}

/// What is otherwise in a mutant, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Alteration {
    /// What kind of change it is.
    pub kind: MutantKind,
    /// The rule, helper or parameter.
    pub of: String,
    /// How messages call the file.
    pub file: String,
    /// Line, from 1.
    #[schemars(range(min = 1))]
    pub line: usize,
    /// Column, from 1; 0 where the parser gives none.
    pub column: usize,
    /// What stands there.
    pub was: String,
    /// What stands there instead.
    pub is: String,
}

/// A policy with one thing in it otherwise.
#[derive(Debug, Clone)]
pub struct Mutant<'s> {
    /// What.
    pub alteration: Alteration,
    change: Edit<'s>,
}

#[derive(Debug, Clone)]
enum Edit<'s> {
    Expression { of: &'s Expr, by: Expr },
    Rule,
    Number { from: Date, value: Value },
}

impl Mutant<'_> {
    /// The policy with the change; nothing where the language does not take it.
    #[must_use]
    pub fn policy(&self, policy: &Policy, scripts: &Scripts) -> Option<Policy> {
        match &self.change {
            Edit::Expression { of, by } => policy.with_expression(scripts, of, by),
            Edit::Rule => Some(policy.without_rule(&self.alteration.of)),
            Edit::Number { from, value } => Some(policy.with_number(&self.alteration.of, *from, value)),
        }
    }

    /// The numbers that the change is about, to look for a case on both sides of them.
    fn numbers(&self) -> Vec<&str> {
        if matches!(self.alteration.kind, MutantKind::Number | MutantKind::Calendar) {
            vec![&self.alteration.was, &self.alteration.is]
        } else {
            Vec::new()
        }
    }

    /// What it is, in one line.
    #[must_use]
    pub fn said(&self) -> String {
        match self.alteration.kind {
            MutantKind::Removed => format!("rule `{}` removed", self.alteration.of),
            _ => format!("`{}` made `{}`", self.alteration.was, self.alteration.is),
        }
    }
}

/// Every mutant of a policy, by file and line: of what is in force on some date that its worked cases are run on. `tiers` is the
/// policy that they are run under, whose tiers it speaks of.
#[must_use]
pub fn mutants<'s>(policy: &Policy, tiers: &Policy, scripts: &'s Scripts, dates: &BTreeSet<Date>) -> Vec<Mutant<'s>> {
    let reached = Reached::of(policy, dates);
    let mut all = numbers::mutants(policy, tiers.tiers(), dates);
    all.retain(|mutant| !reached.of_books.contains(mutant.alteration.of.as_str()));
    for mutant in all.iter_mut().filter(|mutant| !reached.numbers.contains(mutant.alteration.of.as_str())) {
        mutant.alteration.kind = MutantKind::Calendar;
    }
    for (number, script) in scripts.all() {
        for function in script.functions.iter().filter(|one| reached.functions.contains(&(number, one.body.place))) {
            if number == 0 && reached.rules.contains(function.name.as_str()) {
                all.push(Mutant {
                    alteration: Alteration {
                        kind: MutantKind::Removed,
                        of: function.name.clone(),
                        file: script.file.clone(),
                        line: function.body.place.line as usize,
                        column: 0,
                        was: function.name.clone(),
                        is: String::new(),
                    },
                    change: Edit::Rule,
                });
            }
            all.extend(expressions::mutants(script, function, tiers.tiers()));
        }
    }
    all.sort_by(|one, other| place(&one.alteration).cmp(&place(&other.alteration)));
    all
}

fn place(of: &Alteration) -> (&str, usize, usize) {
    (&of.file, of.line, of.column)
}

/// What worked cases can reach: not what looks at a whole book.
struct Reached<'p> {
    rules: BTreeSet<&'p str>,
    /// The numbers that only what looks at a whole book reads.
    of_books: BTreeSet<&'p str>,
    /// The numbers that anything else reads.
    numbers: BTreeSet<&'p str>,
    functions: BTreeSet<(u16, crate::language::tree::Place)>,
}

impl<'p> Reached<'p> {
    fn of(policy: &'p Policy, dates: &BTreeSet<Date>) -> Self {
        let program: &Program = policy.program();
        let rules: Vec<_> = dates.iter().flat_map(|date| policy.rules_on(*date)).collect();
        let reserved = program.reserved.iter().filter(|(name, _)| *name != BOOK).map(|(_, entry)| entry);
        let entries = rules.iter().copied().chain(reserved);
        let (mut functions, mut read) = (BTreeSet::new(), BTreeSet::new());
        for ground in entries.map(|entry| program.ground(entry.function)) {
            functions.extend(ground.functions);
            read.extend(ground.numbers);
        }
        let book = program.reserved.get(BOOK).map(|entry| program.ground(entry.function).numbers).unwrap_or_default();
        let functions = functions.into_iter().map(|number| program.function(number));
        Self {
            of_books: book.difference(&read).copied().collect(),
            numbers: read,
            functions: functions.map(|function| (function.script, function.place)).collect(),
            rules: rules.iter().map(|entry| &*entry.rule.name).collect(),
        }
    }
}
