//! The variables that a function can see, and where each lives.

use crate::language::{
    builtins,
    program::Argument,
    tree::{self, ExprKind, Place, Stmt, StmtKind},
};
use std::collections::BTreeMap;

/// Where a variable lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Binding {
    /// In a slot.
    Slot(u16),
    /// It is a group of inputs, known before a case comes.
    Group(u16),
}

/// What a function that is lowered can see.
#[derive(Debug)]
pub(super) struct Scope {
    /// The script it stands in.
    pub script: usize,
    names: Vec<(String, Binding)>,
    next: u16,
    /// Most slots at once.
    pub slots: u16,
    depth: u16,
    /// Deepest nesting so far, calls left out.
    pub own_nesting: u16,
    /// Deepest nesting so far.
    pub nesting: u16,
    /// How many loops stand around.
    pub loops: u16,
    /// The variables that a closure took from around it.
    pub captured: Vec<String>,
    /// The names that the function assigns to, with the last place of each.
    pub changes: BTreeMap<String, Place>,
}

impl Scope {
    /// That of a function with some parameters.
    pub fn new(script: usize, parameters: &[String], arguments: &[Argument]) -> Self {
        let mut scope = Self {
            script,
            names: Vec::new(),
            next: 0,
            slots: 0,
            depth: 0,
            own_nesting: 0,
            nesting: 0,
            loops: 0,
            captured: Vec::new(),
            changes: BTreeMap::new(),
        };
        for (name, argument) in parameters.iter().zip(arguments) {
            match argument {
                Argument::Value => {
                    scope.declare(name);
                }
                Argument::Group(group) => scope.bind(name, *group),
            }
        }
        scope
    }

    /// A slot for a new variable.
    pub fn declare(&mut self, name: &str) -> u16 {
        let slot = self.next;
        self.next = self.next.saturating_add(1);
        self.slots = self.slots.max(self.next);
        self.names.push((name.to_owned(), Binding::Slot(slot)));
        slot
    }

    /// A name for a group of inputs.
    pub fn bind(&mut self, name: &str, group: u16) {
        self.names.push((name.to_owned(), Binding::Group(group)));
    }

    /// Where a name lives: of several the innermost.
    pub fn find(&self, name: &str) -> Option<Binding> {
        self.names.iter().rev().find(|(known, _)| known == name).map(|(_, binding)| *binding)
    }

    /// Names that a function could have meant.
    pub fn names(&self) -> Vec<&String> {
        self.names.iter().map(|(name, _)| name).collect()
    }

    /// Goes one level deeper; what is declared from here on ends with [`Scope::leave`].
    pub fn enter(&mut self) -> (usize, u16) {
        self.depth = self.depth.saturating_add(1);
        self.own_nesting = self.own_nesting.max(self.depth);
        self.nesting = self.nesting.max(self.depth);
        (self.names.len(), self.next)
    }

    /// Comes back.
    pub fn leave(&mut self, (names, next): (usize, u16)) {
        self.names.truncate(names);
        self.next = next;
        self.depth = self.depth.saturating_sub(1);
    }

    /// Notes that something that is called nests so deep.
    pub fn calls(&mut self, nesting: u16) {
        self.nesting = self.nesting.max(self.depth.saturating_add(nesting));
    }
}

/// The names that a block assigns to, with the last line of each.
pub(super) fn changes(block: &tree::Block) -> BTreeMap<String, Place> {
    let mut found = BTreeMap::new();
    block.walk_statements(&mut |statement: &Stmt| {
        if let StmtKind::Assign { target, .. } = &statement.kind
            && let Some(name) = target.root_name()
        {
            let last: &mut Place = found.entry(name.to_owned()).or_default();
            *last = (*last).max(statement.place);
        }
    });
    block.walk(&mut |expr| {
        if let ExprKind::Method { of, name, .. } = &expr.kind
            && builtins::all().any(|word| word.name == name && word.changes())
            && let Some(of) = of.root_name()
        {
            let last: &mut Place = found.entry(of.to_owned()).or_default();
            *last = (*last).max(expr.place);
        }
    });
    found
}
