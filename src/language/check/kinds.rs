//! Which kinds of value an expression can have, as far as that can be seen without a case.

use super::Checker;
use crate::{
    case::{domain::Domain, record::Shape},
    language::{
        kinds::Kinds,
        program::{Block, Expr, Function, Node, Stmt},
    },
};

impl Checker<'_> {
    /// The kinds of value that an expression can give.
    pub(super) fn kinds(&mut self, node: &Node) -> Kinds {
        match &node.expr {
            Expr::Absent => Kinds::ABSENT,
            Expr::Bool(_) | Expr::And(_) | Expr::Or(_) | Expr::Not(_) | Expr::Known(_) => Kinds::BOOL,
            Expr::Whole(_) => Kinds::NUMBER,
            Expr::Template(_) => Kinds::TEXT,
            Expr::List(_) | Expr::Range(..) => Kinds::LIST,
            Expr::Table(_) => Kinds::TABLE,
            Expr::Group(_) => Kinds::GROUP,
            Expr::Closure(..) => Kinds::CLOSURE,
            Expr::Constant(number) => match self.program.constants.get(usize::from(*number)) {
                Some(value) => Kinds::of(&crate::language::datum::Datum::from(value)),
                None => Kinds::ANY,
            },
            Expr::Input(input) => {
                let input = self.known.inputs.get(*input);
                // An input of the policy's own whose kind could not be read.
                if input.path.starts_with("local.") && matches!(input.shape, Shape::Leaf(Domain::Answers)) {
                    return Kinds::ANY;
                }
                Kinds::of_shape(&input.shape) | Kinds::ABSENT
            }
            Expr::Condition(_, inner) => self.kinds(inner),
            // What comes of dates by a sign is nothing, and said where the sign stands.
            Expr::Builtin(word, nodes)
                if matches!(word.name, "+" | "-") && nodes.iter().any(|one| self.kinds(one) == Kinds::DATE) =>
            {
                Kinds::ANY
            }
            Expr::Builtin(word, _) | Expr::Change(_, word, _) => word.gives,
            Expr::Call(function, _) => self.gives(*function),
            Expr::If(ways) => self.of_block(&ways.1) | self.of_block(&ways.2),
            Expr::Block(block) => self.of_block(block),
            Expr::Switch(switch) => {
                let arms = switch.arms.iter().map(|arm| self.kinds(&arm.body)).fold(Kinds::NONE, Kinds::or);
                arms | switch.otherwise.as_ref().map_or(Kinds::ABSENT, |(_, body)| self.kinds(body))
            }
            Expr::Keyed { inputs, .. } => {
                let shapes = inputs.iter().map(|(_, input)| Kinds::of_shape(&self.known.inputs.get(*input).shape));
                shapes.fold(Kinds::ABSENT, Kinds::or)
            }
            _ => Kinds::ANY,
        }
    }

    /// What the last statement of a block comes to.
    fn of_block(&mut self, block: &Block) -> Kinds {
        match block.0.last() {
            Some(Stmt::Expr(node)) => self.kinds(node),
            Some(Stmt::Return(_) | Stmt::Throw(..) | Stmt::Break | Stmt::Continue) => Kinds::NONE,
            Some(_) | None => Kinds::ABSENT,
        }
    }

    /// The kinds of value that a function can give.
    fn gives(&mut self, number: u32) -> Kinds {
        if let Some(known) = self.gives.get(&number) {
            return *known;
        }
        // No function calls itself; this is for the time until it is known.
        self.gives.insert(number, Kinds::ANY);
        let function: &Function = self.program.function(number);
        let mut returned = Vec::new();
        returns(&function.body, &mut returned);
        let kinds = returned.into_iter().map(|node| node.map_or(Kinds::ABSENT, |node| self.kinds(node)));
        let kinds = kinds.fold(Kinds::NONE, Kinds::or);
        let kinds = kinds | self.of_block(&function.body);
        self.gives.insert(number, kinds);
        kinds
    }
}

/// What a function returns before its end.
pub(super) fn returns<'p>(block: &'p Block, into: &mut Vec<Option<&'p Node>>) {
    for statement in &block.0 {
        match statement {
            Stmt::Return(value) => into.push(value.as_ref()),
            Stmt::For(inside) => returns(&inside.body, into),
            Stmt::Expr(node) | Stmt::Set(_, node) => returns_in(node, into),
            _ => {}
        }
    }
}

fn returns_in<'p>(node: &'p Node, into: &mut Vec<Option<&'p Node>>) {
    match &node.expr {
        Expr::If(ways) => {
            returns(&ways.1, into);
            returns(&ways.2, into);
        }
        Expr::Block(block) => returns(block, into),
        Expr::Switch(switch) => {
            switch.arms.iter().for_each(|arm| returns_in(&arm.body, into));
            switch.otherwise.iter().for_each(|(_, body)| returns_in(body, into));
        }
        _ => {}
    }
}
