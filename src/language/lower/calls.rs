//! Calls, lowered: of helpers, of words, of operators.

use super::{Lowered, Lowering, outside, refusal::Refusal, refuse, scope::Scope};
use crate::{
    case::fault::nearest,
    language::{
        builtins::{self, Builtin, Calling, Run},
        program::{Argument, Expr, Node},
        refuse::REFUSED,
        tree::{self, ExprKind, Place},
    },
};

/// What other languages call the words of lists and texts, and how they are written here.
const INSTEAD: &[(&str, &str)] = &[
    ("count", ".len()"),
    ("size", ".len()"),
    ("length", ".len()"),
    ("any", ".some(|one| ...)"),
    ("exists", ".some(|one| ...)"),
    ("includes", ".contains(...)"),
    ("has", ".contains(...)"),
];

impl<'a> Lowering<'a> {
    pub(super) fn call(
        &mut self,
        module: Option<&'a str>,
        name: &str,
        arguments: &'a [tree::Expr],
        place: Place,
        scope: &mut Scope,
    ) -> Lowered<Expr> {
        let script = match module {
            None => scope.script,
            Some(module) => match self.modules.get(module) {
                Some(number) => {
                    self.used.insert(module);
                    *number
                }
                None => {
                    let before = u32::try_from(module.len() + 2).unwrap_or(0);
                    return self.not_imported(module, Place { column: place.column.saturating_sub(before), ..place });
                }
            },
        };
        let functions = self.script(script).map(|script| script.functions.as_slice()).unwrap_or_default();
        let named = |one: &&tree::Function| one.name == name && one.parameters.len() == arguments.len();
        if functions.iter().find(named).is_some_and(|one| module.is_none() || !one.private) {
            return self.call_of(script, name, arguments, place, scope);
        }
        if module.is_some() {
            return self.no_word(name, arguments.len(), place, script);
        }
        if scope.find(name).is_some() && !builtins::exists(name) {
            let message = format!("`{name}` is a variable, and called like a helper");
            return refuse(
                "unknown-name",
                place,
                message,
                format!("where it holds a closure write `{name}.call(...)`"),
            );
        }
        self.word(name, &arguments.iter().collect::<Vec<_>>(), place, scope)
    }

    /// A call of a helper: the parts of `person` that it is handed choose the function, the values are handed on.
    fn call_of(
        &mut self,
        script: usize,
        name: &str,
        arguments: &'a [tree::Expr],
        place: Place,
        scope: &mut Scope,
    ) -> Lowered<Expr> {
        let lowered = self.exprs(arguments, scope);
        let handed: Vec<Argument> =
            lowered.iter().map(|one| one.expr.group().map_or(Argument::Value, Argument::Group)).collect();
        let function = self.instance(script, name, handed, place)?;
        let nesting = self.program.function(function).nesting;
        scope.calls(nesting.saturating_add(1));
        Ok(Expr::Call(function, lowered.into_iter().filter(|one| one.expr.group().is_none()).collect()))
    }

    /// A call of a word, as a function or behind a dot.
    pub(super) fn word(
        &mut self,
        name: &str,
        arguments: &[&'a tree::Expr],
        place: Place,
        scope: &mut Scope,
    ) -> Lowered<Expr> {
        if let ("known", [input]) = (name, arguments) {
            if let Some(refusal) = known_of_itself(input) {
                return Err(refusal);
            }
            return Ok(Expr::Known(self.expr(input, scope).into()));
        }
        if let Some((what, _)) = REFUSED.iter().find(|(what, _)| what.trim_matches('`') == name) {
            return Err(outside(what, place));
        }
        // A closure is called with any number of values.
        let taken = if name == "call" { 1 } else { arguments.len() };
        let Some(word) = builtins::find(name, taken) else {
            return self.no_word(name, arguments.len(), place, scope.script);
        };
        if word.changes()
            && let Some((target, rest)) = arguments.split_first()
        {
            if !matches!(target.kind, ExprKind::Name(_)) {
                let help = "put it into a variable first: `let changed = ...`";
                return refuse(
                    "outside-language",
                    place,
                    format!("`{name}` changes something that is no variable"),
                    help,
                );
            }
            let slot = Self::variable(target, place, scope)?;
            return Ok(Expr::Change(slot, word, self.values(rest, scope)));
        }
        Ok(Expr::Builtin(word, self.values(arguments, scope)))
    }

    fn values(&mut self, arguments: &[&'a tree::Expr], scope: &mut Scope) -> Box<[Node]> {
        arguments.iter().map(|one| self.expr(one, scope)).collect()
    }

    fn no_word<T>(&self, name: &str, given: usize, place: Place, script: usize) -> Lowered<T> {
        let usages: Vec<(&str, usize)> =
            builtins::all().filter(|word| word.name == name).map(|word| (word.usage, word.takes.len())).collect();
        let usages = if name == "known" { vec![("known(input)", 1)] } else { usages };
        if !usages.is_empty() {
            let written: Vec<&str> = usages.iter().map(|(usage, _)| *usage).collect();
            let takes: Vec<usize> = usages.iter().map(|(_, takes)| *takes).collect();
            let message = miscounted(name, given, &takes);
            return refuse("wrong-arguments", place, message, format!("write `{}`", written.join("` or `")));
        }
        let functions = self.script(script).map(|script| script.functions.as_slice()).unwrap_or_default();
        if let Some(own) = functions.iter().find(|one| one.name == name) {
            let message = miscounted(name, given, &[own.parameters.len()]);
            return refuse("wrong-arguments", place, message, format!("write `{name}({})`", own.parameters.join(", ")));
        }
        let own = functions.iter().map(|one| one.name.clone());
        let known: Vec<String> =
            own.chain(builtins::all().map(|word| word.name.to_owned())).chain(["known".to_owned()]).collect();
        let instead = INSTEAD.iter().find(|(known, _)| *known == name).map(|(_, written)| *written);
        let help = match (instead, nearest(name, &known)) {
            (Some(written), _) => format!("write `{written}`"),
            (None, Some(meant)) => format!("did you mean `{meant}`?"),
            (None, None) => "`brag help words` lists the words of a policy script".to_owned(),
        };
        refuse("unknown-name", place, format!("no word or helper is called `{name}`"), help)
    }

    pub(super) fn operation(
        &mut self,
        name: &str,
        operands: &'a [tree::Expr],
        place: Place,
        scope: &mut Scope,
    ) -> Lowered<Expr> {
        match (name, operands) {
            ("!", [operand]) => Ok(Expr::Not(self.expr(operand, scope).into())),
            ("+", [operand]) => Ok(self.expr(operand, scope).expr),
            ("-", [tree::Expr { kind: ExprKind::Whole(number), .. }]) => Ok(Expr::Whole(number.saturating_neg())),
            (".." | "..=", [from, to]) => {
                Ok(Expr::Range(Box::new((self.expr(from, scope), self.expr(to, scope))), name == "..="))
            }
            _ => {
                let word = Self::operator(name, operands.len(), place)?;
                Ok(Expr::Builtin(word, self.exprs(operands, scope)))
            }
        }
    }
}

/// What `known` is asked.
const NAMED: &str = "name the input: `known(person.oasys.rosh)`";

/// A value that is written out, where it is asked whether a case gives it.
fn known_of_itself(input: &tree::Expr) -> Option<Box<Refusal>> {
    let (what, help) = match &input.kind {
        ExprKind::Text(text) => {
            let path = text.strip_prefix("person.").unwrap_or(text);
            ("a text", format!("write it without quotation marks: `known(person.{path})`"))
        }
        ExprKind::Whole(_) | ExprKind::Decimal(_) => ("a number", NAMED.to_owned()),
        ExprKind::Bool(_) => ("true or false", NAMED.to_owned()),
        _ => return None,
    };
    let message = format!("`known` asks whether a case gives an input, and this is {what}, which is always there");
    Some(Box::new(Refusal { place: input.place, code: "wrong-kind", message, help }))
}

/// What to say where a word or a helper is given more or less than it takes. What stands before a dot counts, so no number is
/// named.
fn miscounted(name: &str, given: usize, takes: &[usize]) -> String {
    let how = if takes.iter().all(|takes| given < *takes) {
        "too little"
    } else if takes.iter().all(|takes| given > *takes) {
        "too much"
    } else {
        "something else than it takes"
    };
    format!("`{name}` is given {how}")
}

impl Builtin {
    /// Whether it changes its first argument, a variable.
    #[must_use]
    pub const fn changes(&self) -> bool {
        matches!(self.run, Run::Changing(_) | Run::Calling(Calling::Sort))
    }
}

impl Expr {
    /// Whether it is a group of inputs, known before a case comes.
    pub(super) const fn group(&self) -> Option<u16> {
        match self {
            Self::Group(group) => Some(group.0),
            _ => None,
        }
    }
}
