//! What a rule was seen to say, kept by the answers to its questions.
//!
//! A rule is a function of those answers, and the answers so far say which question comes next. So what it asked is a path
//! down a tree: at each node stands a question, below it one branch for every answer that was met, and at the end what the
//! rule said. Another case with the same answers is told the same without a script. A question that stops at a missing fact
//! stops the look-up exactly where it would stop the rule.

use crate::{
    case::value::Value,
    policy::{answers::Answers, question::QuestionId, sight::Unknown},
};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Most nodes of one tree; past it nothing more is kept.
const MAX_NODES: usize = 12_000;
/// Most branches that are looked through one by one.
const FEW: usize = 8;
/// After so many runs in vain, a rule that was looked up less often than it ran is not kept any more.
const TRIED: u32 = 2_000;

/// How a rule is run where nothing is kept for a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Its questions are written down; its texts may be made with blanks.
    Asked {
        /// Whether they are.
        leaves_blanks: bool,
    },
    /// Its inputs are, each with its value: what it does with them cannot be put as questions.
    Read,
    /// Nothing is kept of it: it is not worth while.
    Plain,
}

/// What is kept of one rule.
#[derive(Debug)]
pub struct Memo<T> {
    nodes: Vec<Node<T>>,
    roots: Branches,
    way: Way,
    found: u32,
    ran: u32,
}

#[derive(Debug)]
enum Node<T> {
    /// Nothing was seen here yet.
    Open,
    /// A question with two answers.
    Either { question: QuestionId, no: usize, yes: usize },
    /// A question with any number of them.
    Any { question: QuestionId, branches: Branches },
    /// What the rule says.
    Says(Rc<T>),
}

#[derive(Debug)]
enum Branches {
    Few(Vec<(Value, usize)>),
    Many(FxHashMap<Value, usize>),
}

/// Where nothing is kept: for answers that were not met before.
const OPEN: usize = 0;

impl<T> Memo<T> {
    /// Empty, for a rule that is run in some way.
    #[must_use]
    pub fn new(way: Way) -> Self {
        Self { nodes: vec![Node::Open], roots: Branches::Few(Vec::new()), way, found: 0, ran: 0 }
    }

    /// How the rule is to be run.
    #[must_use]
    pub const fn way(&self) -> Way {
        self.way
    }

    /// From now on it is run in another way.
    pub fn turn(&mut self, way: Way) {
        *self = Self::new(way);
    }

    /// What the rule says of a case, if its answers were met before; `of` is what it was called with beside the case.
    ///
    /// # Errors
    ///
    /// When it would ask for a fact that is not known.
    pub fn look_up(&mut self, of: &Value, answers: &mut Answers<'_>) -> Result<Option<&Rc<T>>, Unknown> {
        let mut at = self.roots.get(of);
        loop {
            match self.nodes.get(at) {
                Some(Node::Either { question, no, yes }) => match answers.holds(*question)? {
                    Some(holds) => at = if holds { *yes } else { *no },
                    None => return Ok(None),
                },
                Some(Node::Any { question, branches }) => match answers.to(*question)? {
                    Some(answer) => at = branches.get(answer),
                    None => return Ok(None),
                },
                Some(Node::Says(_)) => break,
                Some(Node::Open) | None => return Ok(None),
            }
        }
        self.found = self.found.saturating_add(1);
        Ok(match self.nodes.get(at) {
            Some(Node::Says(said)) => Some(said),
            _ => None,
        })
    }

    /// The rule ran, and nothing of it can be kept.
    pub fn ran_in_vain(&mut self) {
        self.ran = self.ran.saturating_add(1);
        if self.ran > TRIED && self.found < self.ran {
            self.turn(Way::Plain);
        }
    }

    /// Keeps what the rule said after some questions and answers.
    pub fn keep(&mut self, of: &Value, path: &[(QuestionId, Value)], said: &Rc<T>) {
        self.ran_in_vain();
        if self.way == Way::Plain {
            return;
        }
        if self.nodes.len() + path.len() > MAX_NODES {
            return;
        }
        let mut at = self.root(of);
        for (question, answer) in path {
            let Some(next) = self.step(at, *question, answer) else { return };
            at = next;
        }
        if let Some(node @ Node::Open) = self.nodes.get_mut(at) {
            *node = Node::Says(Rc::clone(said));
        }
    }

    fn root(&mut self, of: &Value) -> usize {
        let known = self.roots.get(of);
        if known != OPEN {
            return known;
        }
        let root = self.open();
        self.roots.insert(of.clone(), root);
        root
    }

    fn open(&mut self) -> usize {
        self.nodes.push(Node::Open);
        self.nodes.len() - 1
    }

    /// The node below an answer, made if there is none. Nothing where the tree asks something else here, which the same
    /// answers never lead to.
    fn step(&mut self, at: usize, asked: QuestionId, answer: &Value) -> Option<usize> {
        if matches!(self.nodes.get(at)?, Node::Open) {
            let node = match answer {
                Value::Bool(_) => Node::Either { question: asked, no: OPEN, yes: OPEN },
                _ => Node::Any { question: asked, branches: Branches::Few(Vec::new()) },
            };
            *self.nodes.get_mut(at)? = node;
        }
        let below = match (self.nodes.get(at)?, answer) {
            (Node::Either { question, no, yes }, Value::Bool(holds)) if *question == asked => {
                if *holds {
                    *yes
                } else {
                    *no
                }
            }
            (Node::Any { question, branches }, answer) if *question == asked => branches.get(answer),
            _ => return None,
        };
        if below != OPEN {
            return Some(below);
        }
        let new = self.open();
        match (self.nodes.get_mut(at)?, answer) {
            (Node::Either { no, .. }, Value::Bool(false)) => *no = new,
            (Node::Either { yes, .. }, _) => *yes = new,
            (Node::Any { branches, .. }, answer) => branches.insert(answer.clone(), new),
            _ => return None,
        }
        Some(new)
    }
}

impl Branches {
    fn get(&self, answer: &Value) -> usize {
        match self {
            Self::Few(few) => few.iter().find(|(met, _)| met == answer).map_or(OPEN, |(_, below)| *below),
            Self::Many(many) => many.get(answer).copied().unwrap_or(OPEN),
        }
    }

    fn insert(&mut self, answer: Value, below: usize) {
        match self {
            Self::Few(few) if few.len() < FEW => few.push((answer, below)),
            Self::Few(few) => {
                *self = Self::Many(few.drain(..).chain([(answer, below)]).collect());
            }
            Self::Many(many) => drop(many.insert(answer, below)),
        }
    }
}
