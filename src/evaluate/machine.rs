//! The walk of a program over a case, written once for both kinds of value: known ones, and possible ones. It knows statements,
//! branches, loops and calls; what a value is, and what comes of it, is for the [`Domain`].

mod calls;
mod cells;
mod conditions;
mod statements;
mod workings;

pub(super) use self::cells::Cell;

use self::cells::FirstMet;
use crate::{
    case::input::InputId,
    evaluate::{
        domain::{Domain, Truth},
        stop::{Fault, Stop, Walked},
        trace::{CameOut, Trace},
        workings::Subject,
    },
    language::{
        builtins::{Builtin, Env, Run},
        datum::Datum,
        program::{Expr, Node, Program},
        tree::Place,
        wrong::Wrong,
    },
};
use jiff::civil::Date;

/// One input that a rule read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Read {
    /// Which.
    pub input: InputId,
    /// Only whether it is known was asked.
    pub presence: bool,
    /// It was read inside of a helper that is held to one value: it bears on nothing but whether any case is held so.
    pub inside: bool,
}

impl Read {
    /// Of an input, or of whether it is known alone.
    #[must_use]
    pub const fn new(input: InputId, presence: bool) -> Self {
        Self { input, presence, inside: false }
    }
}

/// A program over one case after the other, on one thread.
#[derive(Debug)]
pub struct Machine<'p, D: Domain> {
    /// What is walked.
    pub program: &'p Program,
    /// What words look at.
    pub env: Env,
    /// What values are.
    pub domain: D,
    /// Values of the parameters, by slot; of one that has none yet the date of its first.
    parameters: Vec<Result<D::Value, Option<Date>>>,
    constants: Vec<D::Value>,
    /// Every variable of every function that is being walked.
    pub(super) stack: Vec<D::Value>,
    /// Where those of the innermost begin.
    pub(super) base: usize,
    /// What the function that just ended returned.
    pub(super) returned: Option<D::Value>,
    /// How deep the functions that are walked nest.
    pub(super) depth: u32,
    /// How many `known(...)` stand around.
    pub(super) presence: u32,
    /// The script of the function that is walked.
    pub(super) script: u16,
    /// What was read, in order.
    pub(super) reads: Vec<Read>,
    met: FirstMet,
    cells: Vec<Option<Cell<D::Value>>>,
    /// What was met, where that is kept.
    pub trace: Option<Trace>,
    /// What the conditions of the last run came to, where that is kept.
    pub conditions: Option<CameOut>,
}

impl<'p, D: Domain> Machine<'p, D> {
    /// A machine for a program and the values that its parameters have in force.
    pub fn new(program: &'p Program, env: Env, domain: D, parameters: Vec<Result<D::Value, Option<Date>>>) -> Self {
        Self {
            constants: program.constants.iter().map(|value| D::of(Datum::from(value))).collect(),
            cells: (0..program.cells).map(|_| None).collect(),
            program,
            env,
            domain,
            parameters,
            stack: Vec::new(),
            base: 0,
            returned: None,
            depth: 0,
            presence: 0,
            script: 0,
            reads: Vec::new(),
            met: FirstMet::default(),
            trace: None,
            conditions: None,
        }
    }

    /// Runs a function that something outside calls, and gives what it returned.
    ///
    /// # Errors
    ///
    /// When it asks for a fact that is not known, or fails.
    pub fn run(&mut self, function: u32, arguments: impl IntoIterator<Item = D::Value>) -> Walked<D::Value> {
        self.reads.clear();
        self.stack.clear();
        self.base = 0;
        self.depth = 0;
        self.presence = 0;
        self.returned = None;
        D::begin(self);
        if let Some(trace) = &mut self.trace {
            trace.clear();
        }
        self.conditions.iter_mut().for_each(CameOut::clear);
        self.stack.extend(arguments);
        self.enter(self.program.function(function))
    }

    /// A fault of a word at a place of the script that is walked.
    pub fn wrong(&self, wrong: Wrong, place: Place) -> Stop {
        Stop::Fault(Box::new(Fault { wrong, script: self.script, place }))
    }

    fn fails<T>(&self, message: &str, help: &str, place: Place) -> Walked<T> {
        Err(self.wrong(Wrong::new(message).help(help), place))
    }

    /// Counts work.
    pub(super) fn work(&mut self, steps: usize, place: Place) -> Walked<()> {
        self.env.budget.work(steps).map_err(|wrong| self.wrong(wrong, place))
    }

    pub(super) fn expr(&mut self, node: &'p Node) -> Walked<D::Value> {
        match &node.expr {
            Expr::Local(slot) => Ok(self.get(*slot)),
            Expr::Input(input) => D::input(self, *input, node.place),
            Expr::Constant(number) => Ok(self.constants.get(usize::from(*number)).cloned().unwrap_or_default()),
            Expr::Parameter(slot) => match self.parameters.get(usize::from(*slot)) {
                Some(Ok(value)) => {
                    let value = value.clone();
                    if self.trace.is_some() {
                        self.worked(Subject::Parameter(*slot, Vec::new()), &value);
                    }
                    Ok(value)
                }
                Some(Err(first)) => self.not_yet(*slot, *first, node.place),
                None => self.not_yet(*slot, None, node.place),
            },
            Expr::Condition(number, inner) if D::looks_at_conditions(self) => self.condition(*number, inner),
            Expr::Condition(_, inner) => self.expr(inner),
            Expr::Builtin(word, arguments) => self.builtin(word, arguments, node.place),
            Expr::Call(function, arguments) => self.call(*function, arguments),
            Expr::If(ways) => {
                let (condition, then, otherwise) = &**ways;
                let value = self.expr(condition)?;
                match D::truth(self, &value, condition.place)? {
                    Truth::Yes => self.block(then),
                    Truth::No => self.block(otherwise),
                    Truth::Open(open) => {
                        D::both(self, open, Some(condition), &mut |machine| machine.block(then), &mut |machine| {
                            machine.block(otherwise)
                        })
                    }
                }
            }
            Expr::And(operands) => self.all_of(operands, true),
            Expr::Or(operands) => self.all_of(operands, false),
            Expr::Not(inner) => self.not(inner),
            Expr::Absent => Ok(D::Value::default()),
            Expr::Bool(value) => Ok(D::of(Datum::Bool(*value))),
            Expr::Whole(value) => Ok(D::of(Datum::Whole(*value))),
            Expr::Group(group) => Ok(D::of(Datum::Group(*group))),
            Expr::Block(block) => self.block(block),
            _ => self.rarer(node),
        }
    }

    /// Expressions that are met less often.
    fn rarer(&mut self, node: &'p Node) -> Walked<D::Value> {
        match &node.expr {
            Expr::Known(inner) => self.known(inner),
            Expr::Field { of, name, safe } if self.trace.is_some() => {
                self.entry_worked(of, Err(name), |machine, of, _| D::field(machine, of, name, *safe, node.place))
            }
            Expr::Index { of, at, safe } if self.trace.is_some() => self.entry_worked(of, Ok(at), |machine, of, at| {
                D::index(machine, of, at.unwrap_or_default(), *safe, node.place)
            }),
            Expr::Field { of, name, safe } => {
                let of = self.expr(of)?;
                D::field(self, of, name, *safe, node.place)
            }
            Expr::Index { of, at, safe } => {
                let of = self.expr(of)?;
                let at = self.expr(at)?;
                D::index(self, of, at, *safe, node.place)
            }
            Expr::Keyed { group, key, inputs } => {
                let key = self.expr(key)?;
                D::keyed(self, *group, key, inputs, node.place)
            }
            Expr::List(items) => {
                let items = self.values(items)?;
                D::list(self, items, node.place)
            }
            Expr::Table(entries) => {
                let values = entries.iter().map(|(name, value)| Ok((name.clone(), self.expr(value)?)));
                let values = values.collect::<Walked<Vec<_>>>()?;
                D::table(self, values, node.place)
            }
            Expr::Template(parts) => {
                let parts = self.values(parts)?;
                D::template(self, parts, node.place)
            }
            Expr::Coalesce(operands) => self.first_of(operands),
            Expr::Change(slot, word, arguments) => self.change(*slot, word, arguments, node.place),
            Expr::Closure(function, slots) => {
                let captured = slots.iter().map(|slot| self.get(*slot)).collect();
                D::closure(self, *function, captured, node.place)
            }
            Expr::Range(ends, inclusive) => {
                let (from, to) = (self.expr(&ends.0)?, self.expr(&ends.1)?);
                D::range(self, from, to, *inclusive, node.place)
            }
            Expr::Switch(switch) => {
                let of = self.expr(&switch.of)?;
                self.work(switch.arms.len() / 8, node.place)?;
                self.switch(switch, &of, 0, false)
            }
            _ => Ok(D::Value::default()),
        }
    }

    pub(super) fn values(&mut self, nodes: &'p [Node]) -> Walked<Vec<D::Value>> {
        let mut values = Vec::with_capacity(nodes.len());
        for node in nodes {
            values.push(self.expr(node)?);
        }
        Ok(values)
    }

    fn not_yet<T>(&self, slot: u16, first: Option<Date>, place: Place) -> Walked<T> {
        let name = self.program.parameters.get(usize::from(slot)).map_or("", String::as_str);
        let first = first.map(|first| format!(": its first holds from {first}")).unwrap_or_default();
        let message = format!("`param::{name}` has no value on this date{first}");
        self.fails(&message, "give parameters.yaml an earlier value", place)
    }

    fn builtin(&mut self, word: &'static Builtin, arguments: &'p [Node], place: Place) -> Walked<D::Value> {
        if let Run::Calling(calling) = word.run {
            return self.calling(calling, word, arguments, place);
        }
        if self.trace.is_some() {
            return self.word_worked(word, arguments, place);
        }
        match arguments {
            [one] => {
                let mut given = [self.expr(one)?];
                D::apply(self, word, &mut given, place)
            }
            [one, two] => {
                let one = self.expr(one)?;
                let mut given = [one, self.expr(two)?];
                D::apply(self, word, &mut given, place)
            }
            [one, two, three] => {
                let (one, two) = (self.expr(one)?, self.expr(two)?);
                let mut given = [one, two, self.expr(three)?];
                D::apply(self, word, &mut given, place)
            }
            more => {
                let mut given = self.values(more)?;
                D::apply(self, word, &mut given, place)
            }
        }
    }

    fn change(&mut self, slot: u16, word: &'static Builtin, arguments: &'p [Node], place: Place) -> Walked<D::Value> {
        let (mut given, mut target) = (self.values(arguments)?, self.take(slot));
        let made = match word.run {
            Run::Calling(_) => self.sorted(&mut target, &given, word, place),
            _ => D::change(self, word, &mut target, &mut given, place),
        };
        self.set(slot, target);
        made
    }
}
