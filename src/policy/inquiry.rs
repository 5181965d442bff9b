//! One run of a rule, written down as the questions that it asked and the answers that it got. What a script holds of the
//! case meanwhile are not values but [`Seen`] ones, which remember what they answer; a script learns a value, and can act on
//! it, only when an answer is written down.

use crate::{
    calendar::WorkingDays,
    case::{
        domain::Domain,
        input::{Input, InputId},
        record::{Kind, Shape},
        value::Value,
        words::Level,
    },
    policy::{
        question::{Question, QuestionId, Questions},
        script_value::{to_script, value_of},
        seen::{Seen, holds_seen},
        session::SharedSession,
        word::Word,
    },
};
use rhai::{Array, Dynamic};

/// Most questions that rest on each other in a row: a loop that adds to what it has is no question to ask of another case.
const DEEPEST: u16 = 64;

/// A run as it is written down.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that a run can meet by itself")]
pub struct Inquiry {
    /// Every question that the policy was seen to ask.
    pub questions: Questions,
    /// Those of this run, with their answers, in order.
    pub path: Vec<(QuestionId, Value)>,
    /// Something was done with the case that cannot be written down as a question.
    pub is_spoiled: bool,
    /// The case gives a list so long that the script engine might refuse it: it alone must be run on plain values.
    pub is_oversized: bool,
    /// Whether texts for effects are made with blanks in them.
    pub leaves_blanks: bool,
    /// Facts that were read and of which nothing is written down yet, in order. The script would have stopped at each of
    /// them if it were not known, so the next question must too.
    pending: Vec<QuestionId>,
    /// Whether a fact that is not known ends a run.
    facts_stop: bool,
    session: SharedSession,
    days: WorkingDays,
}

impl Inquiry {
    /// An empty one, for the scripts of a session.
    #[must_use]
    pub const fn new(
        questions: Questions,
        session: SharedSession,
        days: WorkingDays,
        facts_stop: bool,
        leaves_blanks: bool,
    ) -> Self {
        Self {
            questions,
            path: Vec::new(),
            is_spoiled: false,
            is_oversized: false,
            leaves_blanks,
            pending: Vec::new(),
            facts_stop,
            session,
            days,
        }
    }

    /// Writes an answer down, once.
    pub fn record(&mut self, question: QuestionId, answer: Value) {
        if self.is_recorded(question) {
            return;
        }
        // A question that looks at the pending facts in the order in which they were read stops where the script would.
        let mut pending = std::mem::take(&mut self.pending);
        let looked_at = self.inputs_of(question);
        let met: Vec<QuestionId> = looked_at.into_iter().filter(|input| pending.contains(input)).collect();
        if pending.starts_with(&met) {
            pending.drain(..met.len());
            // What is left was read, and is not looked at by this question: it comes first.
        } else {
            self.record_pending(std::mem::take(&mut pending));
        }
        if !pending.is_empty() {
            let first: Vec<QuestionId> = met.into_iter().chain(pending).collect();
            self.record_pending(first);
        }
        self.path.push((question, answer));
    }

    /// What the run leaves behind: its questions with their answers.
    #[must_use]
    pub fn end(mut self) -> (Questions, Vec<(QuestionId, Value)>) {
        let pending = std::mem::take(&mut self.pending);
        self.record_pending(pending);
        (self.questions, self.path)
    }

    fn record_pending(&mut self, pending: Vec<QuestionId>) {
        for input in pending {
            let known = self.questions.number(Question::Word(Word::Known, [input].into()));
            if !self.is_recorded(known) {
                self.path.push((known, Value::Bool(true)));
            }
        }
    }

    fn is_recorded(&self, question: QuestionId) -> bool {
        self.path.iter().any(|(asked, _)| *asked == question)
    }

    /// Whether something that is written down already looks at an input.
    fn is_settled(&self, input: QuestionId) -> bool {
        self.path.iter().any(|(asked, _)| self.inputs_of(*asked).contains(&input))
    }

    /// The inputs that a question looks at, in order.
    fn inputs_of(&self, question: QuestionId) -> Vec<QuestionId> {
        match self.questions.get(question) {
            Some(Question::Input(_)) => vec![question],
            Some(Question::Word(_, on)) => on.iter().flat_map(|one| self.inputs_of(*one)).collect(),
            Some(Question::Given(_) | Question::Constant(_)) | None => Vec::new(),
        }
    }

    /// Hands an input to the script.
    pub fn input(&mut self, id: InputId, input: &Input, presence: bool, value: Value) -> Dynamic {
        if is_oversized(&value) {
            self.is_oversized = true;
            self.is_spoiled = true;
        }
        let question = self.questions.number(Question::Input(id));
        if presence {
            let given = self.questions.number(Question::Given(id));
            self.record(given, Value::Bool(!value.is_absent()));
            if value.is_absent() {
                return Dynamic::UNIT;
            }
        }
        if has_few_values(input) {
            self.record(question, value.clone());
            return to_script(&value);
        }
        match input.kind {
            _ if presence => {}
            // A list is there even where nothing is in it.
            Kind::Register | Kind::Standing | Kind::History if matches!(input.shape, Shape::List(_)) => {}
            Kind::Fact if self.facts_stop && has_values_to_try(input) => {
                if !self.pending.contains(&question) && !self.is_settled(question) {
                    self.pending.push(question);
                }
            }
            _ => self.record_presence(question, &value),
        }
        if value.is_absent() { Dynamic::UNIT } else { self.hold(question, value) }
    }

    /// Asks a word about some values of the script, and hands its answer to it. Nothing where that cannot be done.
    pub fn ask(&mut self, word: Word, about: &[&Dynamic]) -> Option<Dynamic> {
        let Some(lifted) = self.lift_all(&word, about) else { return self.spoil() };
        let values: Vec<&Value> = lifted.iter().map(|(_, value)| value).collect();
        let Some(answer) = word.of(&values, &self.days) else { return self.spoil() };
        let is_picked = matches!(word, Word::Pick) && !matches!(answer, Value::List(_));
        let (may_be_absent, may_fail) = (word.may_be_absent(), word.may_fail());
        let on = lifted.iter().map(|(question, _)| *question).collect();
        let question = self.questions.number(Question::Word(word, on));
        if self.questions.depth(question) > DEEPEST {
            return self.spoil();
        }
        if is_picked {
            self.record(question, answer.clone());
            return Some(to_script(&answer));
        }
        if may_be_absent {
            self.record_presence(question, &answer);
        }
        Some(match answer {
            Value::Absent => Dynamic::UNIT,
            Value::Bool(_) | Value::Word(_) => {
                self.record(question, answer.clone());
                to_script(&answer)
            }
            answer => {
                // Of another case it could be a fault, whether or not the script goes on to do anything with it.
                if may_fail && !may_be_absent {
                    self.record_presence(question, &answer);
                }
                self.hold(question, answer)
            }
        })
    }

    /// Nothing: the run is no use for another case.
    pub const fn spoil<T>(&mut self) -> Option<T> {
        self.is_spoiled = true;
        None
    }

    fn record_presence(&mut self, question: QuestionId, value: &Value) {
        let known = self.questions.number(Question::Word(Word::Known, [question].into()));
        self.record(known, Value::Bool(!value.is_absent()));
    }

    fn hold(&self, question: QuestionId, value: Value) -> Dynamic {
        Dynamic::from(Seen { session: self.session.clone(), question, value })
    }

    /// The values that a word is asked about, as questions with their answers.
    fn lift_all(&mut self, word: &Word, about: &[&Dynamic]) -> Option<Vec<(QuestionId, Value)>> {
        let each = about.split_first().filter(|_| word.is_of_each());
        match each.and_then(|(first, rest)| Some((first.read_lock::<Array>()?, rest))) {
            Some((items, rest)) => items.iter().chain(rest.iter().copied()).map(|one| self.lift(one)).collect(),
            None => about.iter().map(|one| self.lift(one)).collect(),
        }
    }

    /// A value of the script as a question with its answer.
    fn lift(&mut self, value: &Dynamic) -> Option<(QuestionId, Value)> {
        if let Some(seen) = value.read_lock::<Seen>() {
            return Some((seen.question, seen.value.clone()));
        }
        if let Some(items) = value.read_lock::<Array>()
            && items.iter().any(holds_seen)
        {
            let lifted: Option<Vec<(QuestionId, Value)>> = items.iter().map(|item| self.lift(item)).collect();
            let (on, values): (Vec<QuestionId>, Vec<Value>) = lifted?.into_iter().unzip();
            return Some((self.questions.number(Question::Word(Word::Listed, on.into())), Value::list(values)));
        }
        let value = value_of(value)?;
        Some((self.questions.number(Question::Constant(value.clone())), value))
    }
}

/// Most entries of a list that is asked about. The limits of the script engine on what one value may hold lie above it.
const LONGEST: usize = 512;

/// Whether a list is too long to be asked about.
#[must_use]
pub fn is_oversized(value: &Value) -> bool {
    matches!(value, Value::List(entries) if entries.len() > LONGEST)
}

/// Whether a fact that is not known is tried with values, and never as nothing: then a run that goes on has one.
fn has_values_to_try(input: &Input) -> bool {
    use Domain::{Bool, Decimal, OwnWords, Whole, Words};
    matches!(input.shape, Shape::Leaf(Bool | Words(_) | OwnWords(_) | Whole { .. } | Decimal { .. }))
}

/// Whether every value of an input is told apart, because there are few of them. Levels of risk are not: most of them are
/// only compared, or weighed together.
#[must_use]
pub fn has_few_values(input: &Input) -> bool {
    match &input.shape {
        Shape::Leaf(Domain::Words(words)) => *words != Level::WORDS,
        Shape::Leaf(Domain::Bool | Domain::OwnWords(_)) => true,
        Shape::Leaf(_) | Shape::Record(_) | Shape::List(_) => false,
    }
}
