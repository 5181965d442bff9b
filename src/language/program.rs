//! A program: the functions of a policy, lowered. Names are resolved to places: an input to its number, a parameter and a
//! local to a slot, a word to its row. Whatever is asked about a policy is asked of this.

pub mod digest;
mod ground;
mod source;
mod statement;
mod visit;

pub use self::{
    source::Source,
    statement::{Block, For, Stmt},
};

use crate::{
    case::{
        input::{GroupId, InputId},
        value::Value,
    },
    language::{builtins::Builtin, rule::Rule, tree::Place},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Everything that is known of a policy's scripts before a case comes.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// The scripts: the policy's own, then the imported ones.
    pub scripts: Vec<Source>,
    /// Every function, once for each way in which it is called with `person` or a part of it.
    pub functions: Vec<Function>,
    /// The rules, in the order of the file, whenever they hold.
    pub rules: Vec<Entry>,
    /// The laws, in the order of the file: what must hold of every case and its tier.
    pub laws: Vec<Entry>,
    /// The reserved functions that the policy defines, by name.
    pub reserved: BTreeMap<String, Entry>,
    /// Names of the parameters, by slot.
    pub parameters: Vec<String>,
    /// Literal texts, lists and tables.
    pub constants: Vec<Value>,
    /// What can come out both ways, and the arms of a `switch`.
    pub conditions: Vec<Condition>,
    /// How many calls are worked out once a case.
    pub cells: u16,
    /// Constants that are lists of words.
    pub lists: BTreeMap<String, Vec<String>>,
    /// Where the entries of a constant list stand, with the script, by where a script mentions the list.
    pub listed: BTreeMap<(u16, Place), (u16, Vec<Place>)>,
    /// Constants that are one word.
    pub words: BTreeMap<String, String>,
    /// The `//!` lines: title first.
    pub about: Vec<String>,
    /// Constants and imports of its own script that nothing in it uses: what each is, its name and its place.
    pub unused: Vec<(&'static str, String, Place)>,
    /// The codes of the flags that its own script raises.
    pub flag_codes: BTreeSet<String>,
}

/// A function that something outside calls.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it says of itself.
    pub rule: Rule,
    /// Its number.
    pub function: u32,
}

/// What a function is called with, where that is known before any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Argument {
    /// A value, known when it runs.
    Value,
    /// `person`, or a group of inputs below it.
    Group(u16),
}

/// A lowered function.
#[derive(Debug, Clone)]
pub struct Function {
    /// Its name.
    pub name: Arc<str>,
    /// What it means: the `///` lines without the marks.
    pub text: Arc<str>,
    /// Where its body begins.
    pub place: Place,
    /// Which script it stands in.
    pub script: u16,
    /// How many values it is given.
    pub parameters: u16,
    /// How many slots its variables need, those of its parameters first.
    pub slots: u16,
    /// How deep what it does nests, calls left out.
    pub own_nesting: u16,
    /// The same with what it calls.
    pub nesting: u16,
    /// Where its answer is kept for a case, where it is given nothing but groups of inputs.
    pub cell: Option<u16>,
    /// What it does.
    pub body: Block,
}

/// A condition of a script, or one way through a `switch`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// How messages call the file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1; 0 where the parser gives none.
    pub column: usize,
    /// As it stands in the script.
    pub text: String,
    /// An arm of a `switch` is only ever taken or not.
    pub is_arm: bool,
}

/// An expression with its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub expr: Expr,
    /// Where it stands in its script.
    pub place: Place,
}

/// An expression.
#[derive(Debug, Clone)]
pub enum Expr {
    /// `()`.
    Absent,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// A literal, by its number.
    Constant(u16),
    /// A parameter, by its slot.
    Parameter(u16),
    /// A variable, by its slot.
    Local(u16),
    /// An input.
    Input(InputId),
    /// `person`, or a group of inputs.
    Group(GroupId),
    /// Whether a case gives something: reads inside ask for presence alone.
    Known(Box<Node>),
    /// A field of a value; with `safe`, nothing of nothing.
    Field {
        /// The value.
        of: Box<Node>,
        /// The name.
        name: Arc<str>,
        /// Whether nothing of nothing is nothing.
        safe: bool,
    },
    /// An entry of a value; with `safe`, nothing of nothing.
    Index {
        /// The value.
        of: Box<Node>,
        /// Which entry.
        at: Box<Node>,
        /// Whether nothing of nothing is nothing.
        safe: bool,
    },
    /// The input of a name in each group of a group: `sections[name].score`.
    Keyed {
        /// The group of groups.
        group: GroupId,
        /// The name of the group.
        key: Box<Node>,
        /// The input of each name.
        inputs: Box<[(Arc<str>, InputId)]>,
    },
    /// A list.
    List(Box<[Node]>),
    /// A table.
    Table(Box<[(Arc<str>, Node)]>),
    /// A text with values in it.
    Template(Box<[Node]>),
    /// Whether all hold; the first that does not ends it.
    And(Box<[Node]>),
    /// Whether one holds; the first that does ends it.
    Or(Box<[Node]>),
    /// The contrary.
    Not(Box<Node>),
    /// The first that is not nothing.
    Coalesce(Box<[Node]>),
    /// A condition, by its number.
    Condition(u32, Box<Node>),
    /// A call of a function of the policy with values.
    Call(u32, Box<[Node]>),
    /// A word.
    Builtin(&'static Builtin, Box<[Node]>),
    /// A word that changes the variable in a slot.
    Change(u16, &'static Builtin, Box<[Node]>),
    /// A closure, with the slots that it takes values from.
    Closure(u32, Box<[u16]>),
    /// Whole numbers from one to before another, or to it where `true`.
    Range(Box<(Node, Node)>, bool),
    /// Two ways.
    If(Box<(Node, Block, Block)>),
    /// Several ways.
    Switch(Box<Switch>),
    /// A block.
    Block(Block),
}

/// Several ways, by a value.
#[derive(Debug, Clone)]
pub struct Switch {
    /// The value.
    pub of: Node,
    /// The ways, in order.
    pub arms: Box<[Arm]>,
    /// What is done where none is taken.
    pub otherwise: Option<(u32, Node)>,
}

/// One way.
#[derive(Debug, Clone)]
pub struct Arm {
    /// What it is for.
    pub label: Label,
    /// What else must hold.
    pub condition: Option<Node>,
    /// Its number among the conditions.
    pub number: u32,
    /// What it gives.
    pub body: Node,
}

/// What a way is for.
#[derive(Debug, Clone)]
pub enum Label {
    /// This value.
    Value(Value),
    /// Whole numbers from one to before another.
    Range(i64, i64),
}

impl Program {
    /// A script by its number.
    #[must_use]
    pub fn source(&self, number: u16) -> Option<&Source> {
        self.scripts.get(usize::from(number))
    }

    /// A line of a script, with its indentation.
    #[must_use]
    pub fn source_line(&self, file: &str, line: usize) -> &str {
        let script = self.scripts.iter().find(|script| script.file == file);
        script.and_then(|script| script.text.lines().nth(line.saturating_sub(1))).unwrap_or("")
    }

    /// A function by its number.
    ///
    /// # Panics
    ///
    /// When the number is not from this program.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "numbers are only ever given out by this program")]
    pub fn function(&self, number: u32) -> &Function {
        &self.functions[number as usize]
    }

    /// Every function that something outside calls: the rules, the reserved functions and the laws.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.rules.iter().chain(self.reserved.values()).chain(&self.laws)
    }

    /// The conditions that stand in laws, by their number.
    #[must_use]
    pub fn conditions_of_laws(&self) -> BTreeSet<u32> {
        let mut found = BTreeSet::new();
        for law in &self.laws {
            self.function(law.function).body.walk(&mut |node| {
                if let Expr::Condition(number, _) = node.expr {
                    found.insert(number);
                }
            });
        }
        found
    }

    /// Whether the policy defines a function of a reserved name.
    #[must_use]
    pub fn has(&self, reserved: &str) -> bool {
        self.reserved.contains_key(reserved)
    }
}
