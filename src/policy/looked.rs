//! The case that is looked at, with everything that was asked of it so far.

use crate::{
    case::value::Value,
    policy::{
        answers::Kept,
        question::{Question, QuestionId, Questions},
        session::{Asked, SharedSession},
        sight::{Assumed, Facts, Sight},
    },
};
use std::sync::Arc;

/// The case that is looked at, with everything that is asked of it.
#[derive(Debug)]
pub(super) struct Looked {
    pub(super) sight: Sight,
    pub(super) session: SharedSession,
    /// Whether the session has turned to the case: only a script needs it.
    is_turned: bool,
    pub(super) questions: Questions,
    pub(super) kept: Kept,
}

impl Looked {
    /// Nothing was asked of the case yet.
    pub(super) fn new(facts: Arc<Facts>) -> Self {
        Self {
            session: SharedSession::new(Arc::clone(&facts), Assumed::new()),
            sight: Sight { facts, assumed: Assumed::new() },
            is_turned: true,
            questions: Questions::default(),
            kept: Kept::default(),
        }
    }

    /// Of the same case with other values for what is not known, only what rests on those is asked anew.
    pub(super) fn turn_to(&mut self, facts: &Arc<Facts>, assumed: Assumed) {
        self.is_turned = false;
        if !Arc::ptr_eq(facts, &self.sight.facts) {
            self.sight = Sight { facts: Arc::clone(facts), assumed };
            self.kept.forget();
            return;
        }
        let before = std::mem::replace(&mut self.sight.assumed, assumed);
        let now = &self.sight.assumed;
        let changed = before.keys().chain(now.keys()).filter(|fact| before.get(fact) != now.get(fact));
        for fact in changed {
            self.kept.forget_about(*fact, &self.questions);
        }
    }

    /// The session of the scripts, turned to the case.
    pub(super) fn session(&mut self) -> &SharedSession {
        if !self.is_turned {
            self.session.lock().turn_to(self.sight.clone());
            self.is_turned = true;
        }
        &self.session
    }

    /// What a rule read, as questions with their answers; nothing where it read a history. Two cases hardly ever have the
    /// same one: keeping it would fill the memory and find nothing again.
    pub(super) fn path(&mut self, read: &[Asked]) -> Option<Vec<(QuestionId, Value)>> {
        let mut path = Vec::with_capacity(read.len());
        for asked in read {
            let (value, _) = self.sight.look_up(asked.input, asked.presence).ok()?;
            if is_history(&value) {
                return None;
            }
            // The value of an input that is only asked whether it is there may still be used.
            let question = self.questions.number(Question::Input(asked.input));
            if asked.presence {
                let given = self.questions.number(Question::Given(asked.input));
                path.push((given, Value::Bool(!value.is_absent())));
                if value.is_absent() {
                    continue;
                }
            }
            path.push((question, value));
        }
        Some(path)
    }
}

/// Whether a value is a list of records or dates.
fn is_history(value: &Value) -> bool {
    match value {
        Value::List(entries) => matches!(entries.first(), Some(Value::Record(_) | Value::Date(_))),
        Value::Record(_) => true,
        _ => false,
    }
}
