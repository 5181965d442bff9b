//! What a function does, as a digest: two functions that have the same do the same, whatever they are called, wherever they stand,
//! and however they are laid out. It is of the lowered function, the values of the numbers that it reads, and what it calls.

use super::{Block, Expr, Label, Node, Program, Stmt};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The digest of what a function does.
pub type FunctionDigest = [u8; 32];

/// What the functions of a program do.
#[derive(Debug, Clone)]
pub struct FunctionDigests<'p> {
    program: &'p Program,
    /// The values of the parameters, by slot, as they are spelt.
    values: Vec<String>,
    known: BTreeMap<u32, FunctionDigest>,
}

impl<'p> FunctionDigests<'p> {
    /// Of a program with some values of its parameters, by slot.
    #[must_use]
    pub const fn new(program: &'p Program, values: Vec<String>) -> Self {
        Self { program, values, known: BTreeMap::new() }
    }

    /// What a function does.
    pub fn of(&mut self, function: u32) -> FunctionDigest {
        if let Some(known) = self.known.get(&function) {
            return *known;
        }
        let function_of = self.program.function(function);
        let mut text = format!("fn {}", function_of.parameters);
        // Functions never call themselves, by whatever way.
        self.block(&function_of.body, &mut text);
        let digest = Sha256::digest(text).into();
        self.known.insert(function, digest);
        digest
    }

    /// What each function does.
    pub fn all(&mut self) -> BTreeSet<FunctionDigest> {
        (0..).zip(&self.program.functions).map(|(number, _)| self.of(number)).collect()
    }

    /// Takes a function to do what another does, of which that is known otherwise; what calls it is looked at anew.
    pub fn take(&mut self, function: u32, digest: FunctionDigest) {
        self.known.retain(|known, _| !self.program.ground(*known).functions.contains(&function));
        self.known.insert(function, digest);
    }

    /// A block and everything in it: each thing with how many stand in it, so that no two blocks are spelt alike.
    fn block(&mut self, block: &'p Block, text: &mut String) {
        outline(block, text);
        block.walk(&mut |node| self.node(node, text));
    }

    /// An expression without those in it, which follow.
    fn node(&mut self, node: &'p Node, text: &mut String) {
        let said = match &node.expr {
            Expr::Constant(number) => format!("{:?}", self.program.constants.get(usize::from(*number))),
            Expr::Parameter(slot) => format!("param {:?}", self.values.get(usize::from(*slot))),
            Expr::Call(other, given) => format!("call {:?} {}", self.of(*other), given.len()),
            Expr::Closure(other, slots) => format!("closure {:?} {slots:?}", self.of(*other)),
            Expr::Builtin(word, given) => format!("{} {}", word.name, given.len()),
            Expr::Change(slot, word, given) => format!("{slot} {} {}", word.name, given.len()),
            Expr::Condition(..) => "condition".to_owned(),
            Expr::Known(_) => "known".to_owned(),
            Expr::Not(_) => "not".to_owned(),
            Expr::Field { name, safe, .. } => format!("field {name:?} {safe}"),
            Expr::Index { safe, .. } => format!("index {safe}"),
            Expr::Keyed { group, inputs, .. } => format!("keyed {group:?} {inputs:?}"),
            Expr::List(all) => format!("list {}", all.len()),
            Expr::Template(all) => format!("template {}", all.len()),
            Expr::And(all) => format!("and {}", all.len()),
            Expr::Or(all) => format!("or {}", all.len()),
            Expr::Coalesce(all) => format!("coalesce {}", all.len()),
            Expr::Table(entries) => format!("table {:?}", entries.iter().map(|(name, _)| name).collect::<Vec<_>>()),
            Expr::Range(_, inclusive) => format!("range {inclusive}"),
            Expr::If(ways) => {
                let mut said = "if".to_owned();
                outline(&ways.1, &mut said);
                outline(&ways.2, &mut said);
                said
            }
            Expr::Switch(switch) => {
                let arms = switch.arms.iter().map(|arm| {
                    let label = match &arm.label {
                        Label::Value(value) => format!("{value:?}"),
                        Label::Range(from, to) => format!("{from}..{to}"),
                    };
                    (label, arm.condition.is_some())
                });
                format!("switch {:?} {}", arms.collect::<Vec<_>>(), switch.otherwise.is_some())
            }
            Expr::Block(block) => {
                let mut said = "block".to_owned();
                outline(block, &mut said);
                said
            }
            Expr::Absent | Expr::Bool(_) | Expr::Whole(_) | Expr::Local(_) | Expr::Input(_) | Expr::Group(_) => {
                format!("{:?}", node.expr)
            }
        };
        text.push('\n');
        text.push_str(&said);
    }
}

/// The statements of a block, without the expressions in them.
fn outline(block: &Block, text: &mut String) {
    text.push_str(" {");
    for statement in &block.0 {
        let said = match statement {
            Stmt::Expr(_) => " expression".to_owned(),
            Stmt::Set(slot, _) => format!(" set {slot}"),
            Stmt::Update(slot, word, _) => format!(" update {slot} {}", word.name),
            Stmt::SetPart { slot, operator, .. } => format!(" part {slot} {:?}", operator.map(|word| word.name)),
            Stmt::For(inside) => format!(" for {} {:?}", inside.item, inside.counter),
            Stmt::Return(value) => format!(" return {}", value.is_some()),
            Stmt::Throw(value, _) => format!(" throw {}", value.is_some()),
            Stmt::Break => " break".to_owned(),
            Stmt::Continue => " continue".to_owned(),
        };
        text.push_str(&said);
        if let Stmt::For(inside) = statement {
            outline(&inside.body, text);
        }
    }
    text.push('}');
}
