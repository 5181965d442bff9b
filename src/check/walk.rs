//! A walk over the functions of a policy, by what each expression can be: what is compared with something that it never is, what
//! is looked up and not there, what is not tested and may be absent.

use super::{
    doubts::{Doubt, judged},
    meaning::{Meaning, One, Spot},
    surroundings::of_other_days,
    tested::Tested,
    ways::is_end,
};
use crate::{
    case::value::Value,
    language::{
        fault::PolicyFault,
        fault_list::FaultList,
        kinds::Kinds,
        program::{Block, Expr, Node, Program, Stmt},
        tiers::Tiers,
    },
    policy::Policy,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// Most expressions that are looked at, each counted for every way that leads to it.
const MAX_STEPS: usize = 400_000;

/// A walk over one policy.
pub struct Walk<'a> {
    pub(super) policy: &'a Policy,
    /// The tiers that a case can be recorded with: its own, or those of the policy that it runs with.
    pub(super) tiers: &'a Tiers,
    pub(super) program: &'a Program,
    /// What each parameter can be, by slot.
    numbers: Vec<Meaning>,
    pub(super) tested: Tested,
    pub(super) frames: Vec<Frame>,
    steps: usize,
    walked: BTreeSet<u32>,
    pub(super) script: u16,
    pub(super) is_after_rules: bool,
    /// Whether nothing is wrong with the scripts and the numbers.
    pub(super) is_sound: bool,
    /// What is written down and never fits, and whether it fits somewhere.
    pub(super) judged: BTreeMap<(Spot, &'static str), (bool, PolicyFault)>,
    pub(super) found: FaultList,
    /// What seems to be lacking.
    pub(super) doubts: Vec<Doubt>,
}

/// A function that is being walked.
pub(super) struct Frame {
    pub(super) locals: Vec<Meaning>,
    returned: Meaning,
}

impl<'a> Walk<'a> {
    /// Everything that is found in a policy, whose cases are recorded with some tiers and whose parameters can be this, by
    /// slot. What seems to be lacking is looked into where nothing else is wrong: it is not known what a part that cannot be read
    /// has asked.
    pub fn over(policy: &'a Policy, tiers: &'a Tiers, numbers: Vec<Meaning>, is_sound: bool) -> Vec<PolicyFault> {
        let mut walk = Self {
            policy,
            tiers,
            program: policy.program(),
            numbers,
            tested: Tested::default(),
            frames: Vec::new(),
            steps: 0,
            walked: BTreeSet::new(),
            script: 0,
            is_after_rules: false,
            is_sound,
            judged: BTreeMap::new(),
            found: FaultList::default(),
            doubts: Vec::new(),
        };
        let program = policy.program();
        let others = of_other_days(policy);
        for entry in program.entries().filter(|entry| policy.law().is_none_or(|law| entry.rule.holds_on(law))) {
            walk.tested = Tested::default();
            // What the rules have settled before these two are called is not seen from here.
            walk.is_after_rules = matches!(&*entry.rule.name, "tier" | "provisional");
            let arguments = walk.given(&entry.rule.name);
            let made = walk.call(entry.function, arguments);
            walk.returned(&entry.rule, &made);
        }
        for (number, function) in program.functions.iter().enumerate().filter(|(_, function)| function.script == 0) {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            if !walk.walked.contains(&number) && !others.contains(&number) {
                walk.tested = Tested::default();
                walk.call(number, vec![Meaning::ANYTHING; usize::from(function.parameters)]);
            }
        }
        let never = walk.judged.into_values().filter(|(fits, _)| !fits).map(|(_, fault)| fault);
        let lacking = if is_sound { judged(policy, walk.doubts) } else { Vec::new() };
        walk.found.into_vec().into_iter().chain(never).chain(lacking).collect()
    }

    /// A function that is called with some values.
    pub(super) fn call(&mut self, number: u32, arguments: Vec<Meaning>) -> Meaning {
        let function = self.program.function(number);
        self.walked.insert(number);
        if self.frames.len() > 60 || self.steps > MAX_STEPS {
            return Meaning::ANYTHING;
        }
        let mut locals = arguments;
        locals.resize(usize::from(function.slots), Meaning::one(One::Absent));
        let script = std::mem::replace(&mut self.script, function.script);
        self.frames.push(Frame { locals, returned: Meaning::never() });
        let value = self.block(&function.body);
        let frame = self.frames.pop();
        self.script = script;
        frame.map_or(Meaning::ANYTHING, |frame| frame.returned.or(value))
    }

    pub(super) fn block(&mut self, block: &'a Block) -> Meaning {
        let mut last = Meaning::one(One::Absent);
        for statement in &block.0 {
            last = self.statement(statement);
            // What stands behind it is never reached.
            if is_end(statement) {
                break;
            }
        }
        last
    }

    fn statement(&mut self, statement: &'a Stmt) -> Meaning {
        match statement {
            Stmt::Expr(node) => return self.node(node),
            Stmt::Set(slot, node) => {
                let value = self.node(node);
                self.set(*slot, value);
            }
            Stmt::Update(slot, word, node) => {
                let value = self.node(node);
                let made = self.word(word, &[self.local(*slot), value], &[], node.place);
                let made = self.local(*slot).or(made);
                self.set(*slot, made);
            }
            Stmt::SetPart { slot, at, value, .. } => {
                self.node(at);
                self.node(value);
                self.set(*slot, Meaning::ANYTHING);
            }
            Stmt::For(inside) => {
                let over = self.node(&inside.over);
                self.gone_through(&over, inside.over.place);
                let before = self.locals();
                // What the first turn puts into a variable is there in the second.
                for _ in 0..2 {
                    self.set(inside.item, over.entries());
                    if let Some(counter) = inside.counter {
                        self.set(counter, Meaning::of_kinds(Kinds::NUMBER));
                    }
                    self.block(&inside.body);
                }
                self.join(before);
            }
            Stmt::Return(value) => {
                let value = value.as_ref().map_or(Meaning::one(One::Absent), |node| self.node(node));
                if let Some(frame) = self.frames.last_mut() {
                    let returned = std::mem::replace(&mut frame.returned, Meaning::never());
                    frame.returned = returned.or(value);
                }
                return Meaning::never();
            }
            Stmt::Throw(value, _) => {
                if let Some(value) = value {
                    self.node(value);
                }
                return Meaning::never();
            }
            Stmt::Break | Stmt::Continue => return Meaning::never(),
        }
        Meaning::one(One::Absent)
    }

    pub(super) fn node(&mut self, node: &'a Node) -> Meaning {
        self.steps += 1;
        match &node.expr {
            Expr::Absent => Meaning::one(One::Absent),
            Expr::Bool(value) => self.written(Value::Bool(*value), node),
            Expr::Whole(value) => self.written(Value::Whole(*value), node),
            Expr::Constant(number) => {
                let value = self.program.constants.get(usize::from(*number)).cloned().unwrap_or_default();
                self.mentioned(value, node)
            }
            Expr::Parameter(slot) => self.numbers.get(usize::from(*slot)).cloned().unwrap_or(Meaning::ANYTHING),
            Expr::Local(slot) => self.local(*slot),
            Expr::Input(id) => {
                let input = self.policy.inputs().get(*id);
                self.recorded(Meaning::of_shape(&input.path, &input.shape, Some(*id)))
            }
            Expr::Group(_) => Meaning::of_kinds(Kinds::GROUP),
            Expr::Known(inner) => {
                let value = self.node(inner);
                self.tested.presence(&value);
                Meaning::of_kinds(Kinds::BOOL)
            }
            Expr::Condition(_, inner) => self.asked_to_hold(inner),
            Expr::Not(inner) => {
                self.asked_to_hold(inner);
                Meaning::of_kinds(Kinds::BOOL)
            }
            Expr::And(nodes) | Expr::Or(nodes) => {
                self.operands(nodes, matches!(node.expr, Expr::Or(_)));
                Meaning::of_kinds(Kinds::BOOL)
            }
            Expr::Template(nodes) => {
                self.nodes(nodes);
                Meaning::of_kinds(Kinds::TEXT)
            }
            Expr::List(nodes) => {
                let items = nodes.iter().map(|node| self.node(node)).collect();
                Meaning::one(One::Row(Rc::new((items, Spot::Script(self.script, node.place)))))
            }
            Expr::Call(number, nodes) => {
                let arguments = self.nodes(nodes);
                self.call(*number, arguments)
            }
            Expr::Builtin(word, nodes) => {
                let arguments = self.nodes(nodes);
                self.word(word, &arguments, nodes, node.place)
            }
            Expr::Change(..) | Expr::Range(..) | Expr::Closure(..) => self.rarer(node),
            Expr::If(_) | Expr::Switch(_) | Expr::Block(_) | Expr::Coalesce(_) => self.ways(node),
            Expr::Field { .. } | Expr::Index { .. } | Expr::Keyed { .. } | Expr::Table(_) => self.part(node),
        }
    }

    pub(super) fn nodes(&mut self, nodes: &'a [Node]) -> Vec<Meaning> {
        nodes.iter().map(|node| self.node(node)).collect()
    }

    /// Expressions that are met less often.
    fn rarer(&mut self, node: &'a Node) -> Meaning {
        match &node.expr {
            Expr::Change(slot, word, nodes) => {
                let arguments: Vec<Meaning> = std::iter::once(self.local(*slot)).chain(self.nodes(nodes)).collect();
                let changed = Self::changed(word.name, &arguments);
                self.set(*slot, changed);
                Meaning::of_kinds(word.gives)
            }
            Expr::Range(ends, _) => {
                self.node(&ends.0);
                self.node(&ends.1);
                Meaning::one(One::List(Rc::new(Meaning::of_kinds(Kinds::NUMBER))))
            }
            Expr::Closure(number, slots) => {
                let captured = slots.iter().map(|slot| self.local(*slot)).collect();
                Meaning::one(One::Closure(*number, captured))
            }
            _ => Meaning::ANYTHING,
        }
    }

    fn written(&self, value: Value, node: &Node) -> Meaning {
        Meaning::written(value, Spot::Script(self.script, node.place))
    }

    /// A constant where a script mentions it: the entries of a list that it has a name for stand where the list is declared.
    fn mentioned(&mut self, value: Value, node: &Node) -> Meaning {
        let spot = Spot::Script(self.script, node.place);
        match (&value, self.program.listed.get(&(self.script, node.place))) {
            (Value::List(items), Some((script, places))) => {
                let spots = places.iter().map(|place| Spot::Script(*script, *place));
                let items = items.iter().zip(spots).map(|(item, spot)| self.constant(item.clone(), spot)).collect();
                Meaning::one(One::Row(Rc::new((items, spot))))
            }
            _ => self.constant(value, spot),
        }
    }

    /// A constant: a list or table of them by its entries, which stand where it does.
    fn constant(&mut self, value: Value, spot: Spot) -> Meaning {
        match &value {
            Value::List(items) => {
                let items = items.iter().map(|item| self.constant(item.clone(), spot)).collect();
                Meaning::one(One::Row(Rc::new((items, spot))))
            }
            Value::Record(_) => Meaning::ANYTHING,
            Value::Text(text) => {
                self.unfilled(text, spot);
                Meaning::written(value, spot)
            }
            _ => Meaning::written(value, spot),
        }
    }
}
