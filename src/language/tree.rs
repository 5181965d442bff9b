//! The syntax tree of a script: what the parser saw, in types of our own. Nothing is resolved yet.

mod display;

use rust_decimal::Decimal;

/// A place in a script, from 1; 0 where the parser gives none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// An expression with its place.
#[derive(Debug, Clone)]
pub struct Expr {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub kind: ExprKind,
}

/// What an expression is.
#[derive(Debug, Clone)]
pub enum ExprKind {
    /// `()`.
    Unit,
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// A decimal.
    Decimal(Decimal),
    /// A text in quotation marks.
    Text(String),
    /// A text with `${...}` in it.
    Template(Vec<Expr>),
    /// `[a, b]`.
    List(Vec<Expr>),
    /// `#{a: 1}`.
    Table(Vec<(String, Expr)>),
    /// A variable or constant.
    Name(String),
    /// `param::a`.
    Qualified(String, String),
    /// `a.b`, or `a?.b` where `safe`.
    Field {
        /// The value.
        of: Box<Expr>,
        /// The name.
        name: String,
        /// Whether nothing of nothing is nothing.
        safe: bool,
    },
    /// `a[b]`, or `a?[b]` where `safe`.
    Index {
        /// The value.
        of: Box<Expr>,
        /// Which entry.
        at: Box<Expr>,
        /// Whether nothing of nothing is nothing.
        safe: bool,
    },
    /// `a.f(b)`.
    Method {
        /// The value.
        of: Box<Expr>,
        /// The name.
        name: String,
        /// What it is given.
        arguments: Vec<Expr>,
    },
    /// `f(a)` or `module::f(a)`.
    Call {
        /// The script that it is from.
        module: Option<String>,
        /// The name.
        name: String,
        /// What it is given.
        arguments: Vec<Expr>,
    },
    /// `a >= b`, `-a`, `a in b` as `contains(b, a)`.
    Operator(String, Vec<Expr>),
    /// `a && b && c`.
    And(Vec<Expr>),
    /// `a || b || c`.
    Or(Vec<Expr>),
    /// `a ?? b`.
    Coalesce(Vec<Expr>),
    /// `if a { b } else { c }`; an `else if` is a block that holds an `if`.
    If {
        /// What decides.
        condition: Box<Expr>,
        /// What is done where it holds.
        then: Block,
        /// What is done where it does not.
        otherwise: Block,
    },
    /// `switch a { b => c, _ => d }`.
    Switch {
        /// The value.
        of: Box<Expr>,
        /// The ways, in order.
        arms: Vec<Arm>,
        /// What is done where it does not.
        otherwise: Option<Box<Expr>>,
    },
    /// `{ ... }`.
    Block(Block),
    /// `|a| b`; `captured` are the variables around it that it uses.
    Closure {
        /// The variables around it that it uses.
        captured: Vec<String>,
        /// Names of what it is given.
        parameters: Vec<String>,
        /// What it does.
        body: Block,
    },
    /// Something that the language does not have: what it is called there.
    Outside(&'static str),
}

/// One way through a `switch`.
#[derive(Debug, Clone)]
pub struct Arm {
    /// The values that it is for.
    pub label: Label,
    /// What else must hold.
    pub condition: Option<Expr>,
    /// What it gives.
    pub body: Expr,
}

/// What an arm of a `switch` is for.
#[derive(Debug, Clone)]
pub enum Label {
    /// A literal.
    Value(ExprKind),
    /// Whole numbers from one to before another.
    Range(i64, i64),
}

/// A sequence of statements; its value is that of the last.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// In order.
    pub statements: Vec<Stmt>,
    /// Where it begins.
    pub place: Place,
}

/// A statement with its place.
#[derive(Debug, Clone)]
pub struct Stmt {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub kind: StmtKind,
}

/// What a statement is.
#[derive(Debug, Clone)]
pub enum StmtKind {
    /// `let a = b`, `const a = b`.
    Let {
        /// The name.
        name: String,
        /// What is put there.
        value: Expr,
        /// Whether it is a constant.
        constant: bool,
    },
    /// `a = b`, `a += b`: the operator without its `=`.
    Assign {
        /// Where it is put.
        target: Expr,
        /// The operator that puts it together with what is there.
        operator: Option<String>,
        /// What is put there.
        value: Expr,
    },
    /// An expression.
    Expr(Expr),
    /// `for a in b { ... }`, `for (a, n) in b { ... }`.
    For {
        /// The variable of the entry.
        item: String,
        /// The variable of its number, from 0.
        counter: Option<String>,
        /// The list.
        over: Expr,
        /// What it does.
        body: Block,
    },
    /// `return a`.
    Return(Option<Expr>),
    /// `throw a`.
    Throw(Option<Expr>),
    /// `break`.
    Break,
    /// `continue`.
    Continue,
    /// Something that the language does not have.
    Outside(&'static str),
}

/// A function of a script.
#[derive(Debug, Clone)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Names of its parameters.
    pub parameters: Vec<String>,
    /// Its statements.
    pub body: Block,
    /// Its `///` lines.
    pub comment: String,
    /// Whether it is a `private fn`.
    pub private: bool,
}

/// One file.
#[derive(Debug, Clone)]
pub struct Script {
    /// How messages call the file.
    pub file: String,
    /// Its text.
    pub text: String,
    /// Its `//!` lines: title first.
    pub about: Vec<String>,
    /// What it imports: path, the name it is given, place.
    pub imports: Vec<(String, String, Place)>,
    /// Its constants.
    pub constants: Vec<(String, Expr)>,
    /// Its functions, in the order of the file.
    pub functions: Vec<Function>,
}

impl Script {
    /// The words of a constant that is a list of words.
    #[must_use]
    pub fn list(&self, name: &str) -> Option<Vec<String>> {
        let word = |item: &Expr| match &item.kind {
            ExprKind::Text(word) => Some(word.clone()),
            _ => None,
        };
        let (_, value) = self.constants.iter().find(|(known, _)| known == name)?;
        match &value.kind {
            ExprKind::List(items) => items.iter().map(word).collect(),
            _ => None,
        }
    }
}
