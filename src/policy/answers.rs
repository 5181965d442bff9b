//! The answers of one case to the questions of a policy, each found when it is first asked for and kept while the case is
//! looked at. This is where a book of cases spends its time: nothing is allocated for a case, and nothing is copied that
//! can be looked at where it is.

use crate::{
    calendar::WorkingDays,
    case::{input::InputId, value::Value},
    policy::{
        inquiry::is_oversized,
        question::{Question, QuestionId, Questions},
        sight::{Sight, Unknown},
        word::Word,
    },
};

use std::fmt::Write;

/// Most values that a word looks at without a list being made of them.
const FEW: usize = 12;

/// The answers that are kept of the case at hand, by the number of the question.
#[derive(Debug)]
pub struct Kept {
    /// The number of the case, from 1.
    case: u32,
    /// For which case a condition is kept, and whether it holds.
    truths: Vec<(u32, bool)>,
    /// For which case a value is kept.
    of: Vec<u32>,
    values: Vec<Value>,
}

impl Default for Kept {
    fn default() -> Self {
        Self { case: 1, truths: Vec::new(), of: Vec::new(), values: Vec::new() }
    }
}

impl Kept {
    /// Another case is looked at, or the same with other values for what is not known.
    pub fn forget(&mut self) {
        self.case = self.case.wrapping_add(1);
        if self.case == 0 {
            // After so many cases a number comes round again; what is kept under it is of another case.
            *self = Self::default();
        }
    }

    /// What rests on an input is asked anew.
    pub fn forget_about(&mut self, input: InputId, questions: &Questions) {
        for question in questions.looking_at(input) {
            let at = question.0 as usize;
            if let (Some(truth), Some(of)) = (self.truths.get_mut(at), self.of.get_mut(at)) {
                (truth.0, *of) = (0, 0);
            }
        }
    }

    fn make_room(&mut self, questions: usize) {
        if self.of.len() < questions {
            self.truths.resize(questions, (0, false));
            self.of.resize(questions, 0);
            self.values.resize(questions, Value::Absent);
        }
    }
}

/// A case that answers.
#[derive(Debug)]
pub struct Answers<'a> {
    questions: &'a Questions,
    sight: &'a Sight,
    kept: &'a mut Kept,
    days: &'a WorkingDays,
}

impl<'a> Answers<'a> {
    /// A case, with what it has answered so far.
    pub fn new(questions: &'a Questions, sight: &'a Sight, kept: &'a mut Kept, days: &'a WorkingDays) -> Self {
        kept.make_room(questions.len());
        Self { questions, sight, kept, days }
    }

    /// Whether a condition holds. Nothing where the case cannot answer, so that the script must be asked.
    ///
    /// # Errors
    ///
    /// When it rests on a fact that is not known.
    pub fn holds(&mut self, question: QuestionId) -> Result<Option<bool>, Unknown> {
        let at = question.0 as usize;
        if let Some((case, holds)) = self.kept.truths.get(at)
            && *case == self.kept.case
        {
            return Ok(Some(*holds));
        }
        let holds = self.find_out(question)?;
        if let (Some(holds), Some(kept)) = (holds, self.kept.truths.get_mut(at)) {
            *kept = (self.kept.case, holds);
        }
        Ok(holds)
    }

    fn find_out(&mut self, question: QuestionId) -> Result<Option<bool>, Unknown> {
        let truth = |value: &Value| match value {
            Value::Bool(holds) => Some(*holds),
            _ => None,
        };
        Ok(match self.questions.get(question) {
            Some(Question::Word(Word::Known, on)) => match &**on {
                [one] => self.to(*one)?.map(|value| !value.is_absent()),
                _ => None,
            },
            Some(Question::Word(word, on)) => match &**on {
                [one, other] if self.is_there(*one)? && self.is_there(*other)? => {
                    self.at(*one).zip(self.at(*other)).and_then(|(one, other)| word.holds(one, other))
                }
                _ => self.word(word, on)?.as_ref().and_then(truth),
            },
            Some(Question::Input(input)) => truth(&self.sight.value(*input, false)?),
            Some(Question::Given(input)) => Some(!self.sight.value(*input, true)?.is_absent()),
            Some(Question::Constant(value)) => truth(value),
            None => None,
        })
    }

    /// The answer to a question. Nothing where the case cannot answer, so that the script must be asked.
    ///
    /// # Errors
    ///
    /// When it rests on a fact that is not known.
    pub fn to(&mut self, question: QuestionId) -> Result<Option<&Value>, Unknown> {
        Ok(if self.is_there(question)? { self.at(question) } else { None })
    }

    /// Writes an answer into a text, as a script would; false where there is none or it is no single value.
    ///
    /// # Errors
    ///
    /// When it rests on a fact that is not known.
    pub fn write(&mut self, question: QuestionId, out: &mut String) -> Result<bool, Unknown> {
        let answer =
            self.to(question)?.filter(|answer| !matches!(answer, Value::Absent | Value::List(_) | Value::Record(_)));
        Ok(answer.is_some_and(|answer| write!(out, "{answer}").is_ok()))
    }

    /// Sees to it that an answer is there to be looked at; false where the case cannot answer.
    fn is_there(&mut self, question: QuestionId) -> Result<bool, Unknown> {
        let at = question.0 as usize;
        if self.kept.of.get(at) == Some(&self.kept.case) {
            return Ok(true);
        }
        let answer = match self.questions.get(question) {
            Some(Question::Constant(_)) => return Ok(true),
            Some(Question::Input(input)) => {
                let Some(kept) = self.kept.values.get_mut(at) else { return Ok(false) };
                self.sight.read(*input, false, kept)?;
                if is_oversized(kept) {
                    return Ok(false);
                }
                if let Some(of) = self.kept.of.get_mut(at) {
                    *of = self.kept.case;
                }
                return Ok(true);
            }
            Some(Question::Given(input)) => Value::Bool(!self.sight.value(*input, true)?.is_absent()),
            Some(Question::Word(word, on)) => match self.word(word, on)? {
                Some(answer) => answer,
                None => return Ok(false),
            },
            None => return Ok(false),
        };
        if let (Some(kept), Some(of)) = (self.kept.values.get_mut(at), self.kept.of.get_mut(at)) {
            *kept = answer;
            *of = self.kept.case;
        }
        Ok(true)
    }

    /// An answer that is there.
    fn at(&self, question: QuestionId) -> Option<&Value> {
        match self.questions.get(question) {
            Some(Question::Constant(value)) => Some(value),
            _ => self.kept.values.get(question.0 as usize),
        }
    }

    /// What a word says of other answers.
    fn word(&mut self, word: &Word, on: &[QuestionId]) -> Result<Option<Value>, Unknown> {
        for one in on {
            if !self.is_there(*one)? {
                return Ok(None);
            }
        }
        if on.len() > FEW {
            let values: Option<Vec<&Value>> = on.iter().map(|one| self.at(*one)).collect();
            return Ok(values.and_then(|values| word.of(&values, self.days)));
        }
        let mut values = [&Value::Absent; FEW];
        for (value, one) in values.iter_mut().zip(on) {
            *value = self.at(*one).unwrap_or(&Value::Absent);
        }
        Ok(values.get(..on.len()).and_then(|values| word.of(values, self.days)))
    }
}
