//! The questions that were asked, each by its number and the text in which it is asked.

use crate::{
    case::input::InputId,
    evaluate::possible::value::{Atom, Possible},
    language::{
        datum::{Datum, List},
        kinds::Kinds,
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// Numbers from here on are those of questions; inputs have the ones below.
pub(super) const FIRST: u16 = 0x4000;
/// Most questions that are told apart.
const MAX_ASKED: u16 = 0x2000;
/// How the points of an axis are called in a question.
pub(super) const POINTS: &str = "points.";

/// How it is called that a list was gone through, entry by entry.
pub(super) const EACH: &str = "each";

/// A question, or what a helper gives.
#[derive(Debug, Clone)]
pub struct Question {
    /// As it is asked.
    pub text: String,
    /// The kinds that its answer may be of.
    pub kinds: Kinds,
    /// The inputs and other questions that its answer rests on.
    pub inputs: BTreeSet<InputId>,
    /// What a helper can give, where that are a few known values.
    pub gives: Option<Rc<[Atom]>>,
    /// The function that it is what comes of, where it is a helper, and the known values that it is handed beside the case.
    pub call: Option<(u32, Vec<Datum>)>,
    /// What its entries are among, where it is a list or counts one, and that is known.
    pub among: Option<Rc<List>>,
    /// What each of its entries can be, where it is a list and that is known.
    pub entry: Option<Rc<Possible>>,
    /// Whether an entry more in the list that it rests on makes it more, or less; none where neither is known.
    pub grows: Option<bool>,
}

/// Every question that was asked, by its number.
#[derive(Debug, Clone, Default)]
pub struct Questions {
    pub(super) by_text: BTreeMap<String, u16>,
    pub(super) all: Vec<Question>,
    /// Whether something was passed over that may fail: what is done with each entry of a list that is a question.
    pub passed_over: bool,
    /// What was read inside of helpers that are held to one value: it bears on nothing but whether any case is held so.
    pub inside: BTreeSet<InputId>,
}

impl Questions {
    /// Whether a number is that of a question.
    #[must_use]
    pub const fn is_one(id: InputId) -> bool {
        id.0 >= FIRST
    }

    /// The question of a number.
    #[must_use]
    pub fn get(&self, id: InputId) -> Option<&Question> {
        self.all.get(usize::from(id.0.checked_sub(FIRST)?))
    }

    /// The numbers of what a function gives, whatever it is handed, by how questions call it.
    pub fn of_function(&self, function: u32) -> impl Iterator<Item = InputId> {
        let called = format!("#{function}(");
        let ours = self.by_text.range(called.clone()..).take_while(move |(text, _)| text.starts_with(&called));
        ours.map(|(_, at)| InputId(FIRST + at))
    }

    /// Whether a number says that a list was gone through: what comes of that is not seen to grow with it.
    #[must_use]
    pub fn is_each(&self, id: InputId) -> bool {
        self.get(id).is_some_and(|question| question.text.strip_prefix(EACH).is_some_and(|rest| rest.starts_with('(')))
    }

    /// The numbers of the points of each axis.
    pub fn of_points(&self) -> impl Iterator<Item = InputId> {
        let ours = self.by_text.range(POINTS.to_owned()..).take_while(|(text, _)| text.starts_with(POINTS));
        ours.map(|(_, at)| InputId(FIRST + at))
    }

    /// The calls of functions that are handed known values, of which it is not told yet what they can give.
    #[must_use]
    pub fn untold(&self) -> Vec<(InputId, u32, Vec<Datum>)> {
        let untold = self.all().filter(|(_, question)| question.gives.is_none());
        untold
            .filter_map(|(id, question)| question.call.clone().map(|(function, given)| (id, function, given)))
            .collect()
    }

    /// Takes what a helper can give, of every case that there could be.
    pub fn tell(&mut self, id: InputId, gives: &[Atom]) {
        if let Some(question) = id.0.checked_sub(FIRST).and_then(|at| self.all.get_mut(usize::from(at))) {
            question.gives = Some(gives.into());
        }
    }

    /// Every question with its number, in the order in which they were first asked.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = (InputId, &Question)> {
        (FIRST..).map(InputId).zip(&self.all).collect::<Vec<_>>().into_iter()
    }

    /// The number of a question, new or known; none where there are too many.
    pub(super) fn number(&mut self, text: String, kinds: Kinds, inputs: BTreeSet<InputId>) -> Option<InputId> {
        if let Some(at) = self.by_text.get(&text) {
            return Some(InputId(FIRST + at));
        }
        let at = u16::try_from(self.all.len()).ok().filter(|at| *at < MAX_ASKED)?;
        self.by_text.insert(text.clone(), at);
        self.all.push(Question { text, kinds, inputs, gives: None, call: None, among: None, entry: None, grows: None });
        Some(InputId(FIRST + at))
    }
}
