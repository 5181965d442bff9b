//! What a rule asks of a case: an input, or a word over the answers to other questions. A rule is a function of the answers
//! to its questions, and the answers so far say which question comes next.

use crate::{
    case::{input::InputId, value::Value},
    policy::word::Word,
};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// Number of a question among those that a policy was seen to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct QuestionId(pub u32);

/// One question to a case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Question {
    /// What an input is.
    Input(InputId),
    /// Whether the case gives an input.
    Given(InputId),
    /// What the script itself says.
    Constant(Value),
    /// A word over the answers to other questions.
    Word(Word, Arc<[QuestionId]>),
}

/// Every question that was asked, each once. What a question rests on has a lower number.
#[derive(Debug, Default)]
pub struct Questions {
    all: Vec<Question>,
    numbers: HashMap<Question, QuestionId>,
    /// On how many others in a row each rests.
    depths: Vec<u16>,
    /// The questions that look at an input, straight or through others.
    looking: HashMap<InputId, Vec<QuestionId>>,
}

impl Questions {
    /// The number of a question.
    #[expect(clippy::cast_possible_truncation, reason = "the trees that lead to them are bounded far below")]
    pub fn number(&mut self, question: Question) -> QuestionId {
        if let Some(known) = self.numbers.get(&question) {
            return *known;
        }
        let id = QuestionId(self.all.len() as u32);
        for input in self.inputs_of(&question) {
            self.looking.entry(input).or_default().push(id);
        }
        let depth = match &question {
            Question::Word(_, on) => on.iter().map(|one| self.depth(*one)).max().unwrap_or_default().saturating_add(1),
            _ => 0,
        };
        self.depths.push(depth);
        self.all.push(question.clone());
        self.numbers.insert(question, id);
        id
    }

    /// A question by its number.
    #[must_use]
    pub fn get(&self, id: QuestionId) -> Option<&Question> {
        self.all.get(id.0 as usize)
    }

    /// On how many others in a row a question rests.
    #[must_use]
    pub fn depth(&self, id: QuestionId) -> u16 {
        self.depths.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// The questions that look at an input.
    #[must_use]
    pub fn looking_at(&self, input: InputId) -> &[QuestionId] {
        self.looking.get(&input).map_or(&[], Vec::as_slice)
    }

    /// The inputs that a question looks at, each once.
    fn inputs_of(&self, question: &Question) -> BTreeSet<InputId> {
        match question {
            Question::Input(input) | Question::Given(input) => BTreeSet::from([*input]),
            Question::Constant(_) => BTreeSet::new(),
            Question::Word(_, on) => {
                on.iter().filter_map(|one| self.get(*one)).flat_map(|one| self.inputs_of(one)).collect()
            }
        }
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether none was asked yet.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}
