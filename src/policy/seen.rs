//! Something of the case in the hands of a script: a value that is not told, with the question that it answers.

use crate::{
    case::value::Value,
    policy::{
        blank::blank,
        question::{Question, QuestionId},
        script_value::to_script,
        session::SharedSession,
        word::Word,
    },
};
use rhai::{Array, Dynamic, Map};

/// Something of the case in the hands of a script, with the question that it answers.
#[derive(Debug, Clone)]
pub struct Seen {
    pub(super) session: SharedSession,
    pub(super) question: QuestionId,
    pub(super) value: Value,
}

/// Whether a value of a script is something of the case, or has such a thing in it.
#[must_use]
pub fn holds_seen(value: &Dynamic) -> bool {
    first_seen(value).is_some()
}

/// The first thing of the case in a value of a script.
#[must_use]
pub fn first_seen(value: &Dynamic) -> Option<Seen> {
    if let Some(seen) = value.read_lock::<Seen>() {
        return Some(seen.clone());
    }
    if let Some(items) = value.read_lock::<Array>() {
        return items.iter().find_map(first_seen);
    }
    value.read_lock::<Map>().and_then(|fields| fields.values().find_map(first_seen))
}

impl Seen {
    /// The value itself, written down as an answer.
    pub fn force(&self) -> Dynamic {
        self.record();
        to_script(&self.value)
    }

    /// Writes the value down as an answer.
    pub fn record(&self) {
        if let Some(inquiry) = &mut self.session.lock().inquiry {
            inquiry.record(self.question, self.value.clone());
        }
    }

    /// It in a text: a blank, where the run leaves them; nothing where it must be told to be written.
    pub(super) fn in_text(&self) -> Option<String> {
        let is_single = !matches!(self.value, Value::List(_) | Value::Record(_));
        let session = self.session.lock();
        session.inquiry.as_ref().filter(|inquiry| is_single && inquiry.leaves_blanks).map(|_| blank(self.question))
    }

    /// Whether it is a list.
    #[must_use]
    pub const fn is_list(&self) -> bool {
        matches!(self.value, Value::List(_))
    }

    /// Something was done with it that cannot be written down.
    pub fn spoil(&self) {
        if let Some(inquiry) = &mut self.session.lock().inquiry {
            inquiry.is_spoiled = true;
        }
    }

    /// Asks a word about this and other values.
    pub(super) fn ask(&self, word: Word, about: &[&Dynamic]) -> Option<Dynamic> {
        self.session.lock().inquiry.as_mut()?.ask(word, about)
    }

    /// The entries of a list, each as something of the case; how many there are is written down.
    pub(super) fn entries(&self) -> Option<Vec<Dynamic>> {
        let this = Dynamic::from(self.clone());
        let mut session = self.session.lock();
        let inquiry = session.inquiry.as_mut()?;
        let Value::List(entries) = &self.value else { return inquiry.spoil() };
        let length = inquiry.questions.number(Question::Word(Word::Length, [self.question].into()));
        let count = i64::try_from(entries.len()).ok()?;
        inquiry.record(length, Value::Whole(count));
        (0..count).map(|index| inquiry.ask(Word::Entry(index), &[&this])).collect()
    }
}
