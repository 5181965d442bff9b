//! The answers of one case to the questions of a policy, each found when it is first asked for and kept while the case is
//! looked at.

use crate::{
    calendar::WorkingDays,
    case::value::Value,
    policy::{
        question::{Question, QuestionId, Questions},
        sight::{Sight, Unknown},
    },
};

/// The answers that are kept of the case at hand, by the number of the question. It is kept from case to case, so that
/// nothing is allocated for one.
#[derive(Debug, Default)]
pub struct Kept {
    answers: Vec<(u64, Value)>,
    case: u64,
}

impl Kept {
    /// Another case is looked at, or the same with other values for what is not known.
    pub const fn forget(&mut self) {
        self.case += 1;
    }
}

/// A case that answers.
#[derive(Debug)]
pub struct Answers<'a> {
    /// The questions.
    pub questions: &'a Questions,
    /// The case.
    pub sight: &'a Sight,
    /// Its answers so far.
    pub kept: &'a mut Kept,
    /// The working days of the run.
    pub days: &'a WorkingDays,
}

impl Answers<'_> {
    /// Whether a condition holds. Nothing where the case cannot answer, so that the script must be asked.
    ///
    /// # Errors
    ///
    /// When it rests on a fact that is not known.
    pub fn holds(&mut self, question: QuestionId) -> Result<Option<bool>, Unknown> {
        Ok(match self.to(question)? {
            Some(Value::Bool(holds)) => Some(*holds),
            _ => None,
        })
    }

    /// The answer to a question. Nothing where the case cannot answer, so that the script must be asked.
    ///
    /// # Errors
    ///
    /// When it rests on a fact that is not known.
    pub fn to(&mut self, question: QuestionId) -> Result<Option<&Value>, Unknown> {
        let at = question.0 as usize;
        if self.kept.answers.get(at).is_none_or(|(case, _)| *case != self.kept.case) {
            let Some(answer) = self.find(question)? else { return Ok(None) };
            if self.kept.answers.len() < self.questions.len() {
                self.kept.answers.resize(self.questions.len(), (0, Value::Absent));
            }
            let case = self.kept.case;
            if let Some(kept) = self.kept.answers.get_mut(at) {
                *kept = (case, answer);
            }
        }
        Ok(self.kept.answers.get(at).map(|(_, answer)| answer))
    }

    fn find(&mut self, question: QuestionId) -> Result<Option<Value>, Unknown> {
        let questions = self.questions;
        Ok(match questions.get(question) {
            Some(Question::Input(input)) => Some(self.sight.look_up(*input, false)?.0),
            Some(Question::Given(input)) => Some(Value::Bool(!self.sight.look_up(*input, true)?.0.is_absent())),
            Some(Question::Constant(value)) => Some(value.clone()),
            Some(Question::Word(word, on)) => {
                for one in on.iter() {
                    if self.to(*one)?.is_none() {
                        return Ok(None);
                    }
                }
                let values = on.iter().map(|one| self.kept.answers.get(one.0 as usize).map(|(_, value)| value));
                let values: Option<Vec<&Value>> = values.collect();
                values.and_then(|values| word.of(&values, self.days))
            }
            None => None,
        })
    }
}
