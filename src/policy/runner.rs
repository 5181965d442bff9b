//! A policy at work on one thread: the rules in force, the case that is looked at, and what the rules were seen to say. A
//! rule is run only for a case that answers its questions as no case before; every other is told what was said then.

use crate::{
    case::value::Value,
    decision::standard::{Allocation, ContactStandard, ReviewStandard},
    policy::{
        answers::{Answers, Kept},
        edition::{Edition, Outcome, SoFar, Stop},
        inquiry::Inquiry,
        memo::{Memo, Way},
        question::{Question, QuestionId, Questions},
        session::{Asked, SharedSession},
        sight::{Assumed, Facts, Sight},
    },
};
use std::{rc::Rc, sync::Arc};

/// Most questions that are kept; past it everything is forgotten and learned anew.
const MAX_QUESTIONS: usize = 100_000;

/// An edition at work.
#[derive(Debug)]
pub struct Runner {
    edition: Arc<Edition>,
    /// The tiers, as what the functions of the policy are called with.
    tiers: Vec<Value>,
    desk: Looked,
    rules: Vec<Memo<Outcome>>,
    tier: Memo<Option<String>>,
    provisional: Memo<Option<Outcome>>,
    contact: Memo<Arc<Vec<ContactStandard>>>,
    review: Memo<Option<ReviewStandard>>,
    allocation: Memo<Option<Allocation>>,
}

/// The case that is looked at, with everything that is asked of it.
#[derive(Debug)]
struct Looked {
    sight: Sight,
    session: SharedSession,
    /// Whether the session has turned to the case: only a script needs it.
    is_turned: bool,
    questions: Questions,
    kept: Kept,
}

impl Runner {
    /// An edition at work, which remembers what its rules said or runs them for every case.
    #[must_use]
    pub fn new(edition: Arc<Edition>, facts: Arc<Facts>, remembers: bool) -> Self {
        let way = |name: &str| match (remembers && !edition.is_watched(), edition.vouches_for(name)) {
            (false, _) => Way::Plain,
            (true, true) => Way::Asked,
            (true, false) => Way::Read,
        };
        Self {
            rules: edition.rules().iter().map(|rule| Memo::new(way(&rule.name))).collect(),
            tier: Memo::new(way("tier")),
            provisional: Memo::new(way("provisional")),
            contact: Memo::new(way("contact")),
            review: Memo::new(way("review")),
            allocation: Memo::new(way("allocate")),
            desk: Looked {
                session: SharedSession::new(Arc::clone(&facts), Assumed::new()),
                sight: Sight { facts, assumed: Assumed::new() },
                is_turned: true,
                questions: Questions::default(),
                kept: Kept::default(),
            },
            tiers: edition.tiers().all().into_iter().map(|tier| Value::Text(tier.into())).collect(),
            edition,
        }
    }

    /// The rules in force.
    #[must_use]
    pub const fn edition(&self) -> &Arc<Edition> {
        &self.edition
    }

    /// What is looked at.
    #[must_use]
    pub const fn sight(&self) -> &Sight {
        &self.desk.sight
    }

    /// Turns to a case, with values taken for facts that are not known.
    pub fn turn_to(&mut self, facts: &Arc<Facts>, assumed: Assumed) {
        if self.desk.questions.len() > MAX_QUESTIONS {
            let facts = Arc::clone(&self.desk.sight.facts);
            *self = Self::new(Arc::clone(&self.edition), facts, true);
        }
        self.desk.turn_to(facts, assumed);
    }

    /// What one rule of [`Edition::rules`] says of the case.
    ///
    /// # Errors
    ///
    /// When the rule asks for a fact that is not known, or fails.
    pub fn run(&mut self, index: usize) -> Result<Rc<Outcome>, Stop> {
        let edition = &*self.edition;
        match (self.rules.get_mut(index), edition.rules().get(index)) {
            (Some(memo), Some(rule)) => {
                said(memo, &Value::Absent, &mut self.desk, edition, |session| edition.run_script(rule, session))
            }
            _ => Ok(Rc::new(Outcome::silent(Vec::new()))),
        }
    }

    /// What a rule asked of the case before it came to a fact that is not known.
    #[must_use]
    pub fn asked_in_vain(&mut self, index: usize) -> Vec<Asked> {
        let session = self.desk.session();
        let Some(rule) = self.edition.rules().get(index) else { return Vec::new() };
        match self.edition.run_script(rule, session) {
            Ok(outcome) => outcome.asked,
            Err(_) => session.lock().end(),
        }
    }

    /// The tier that the policy's `tier` function makes of what the rules said, if it has one.
    ///
    /// # Errors
    ///
    /// As [`Runner::run`]; also when the function returns something that is no tier.
    pub fn tier(&mut self, so_far: &SoFar) -> Result<Option<String>, Stop> {
        let edition = &*self.edition;
        let script = |session: &SharedSession| edition.tier(session, so_far);
        said(&mut self.tier, &so_far.as_value(), &mut self.desk, edition, script).map(|tier| (*tier).clone())
    }

    /// What the policy's `provisional` function says, if it has one.
    ///
    /// # Errors
    ///
    /// As [`Runner::run`].
    pub fn provisional(&mut self, so_far: &SoFar) -> Result<Option<Outcome>, Stop> {
        let edition = &*self.edition;
        let script = |session: &SharedSession| edition.provisional(session, so_far);
        said(&mut self.provisional, &so_far.as_value(), &mut self.desk, edition, script).map(|said| (*said).clone())
    }

    /// The standards of contact of a tier; none where the policy gives none.
    ///
    /// # Errors
    ///
    /// As [`Runner::run`].
    pub fn contact(&mut self, tier: &str) -> Result<Arc<Vec<ContactStandard>>, Stop> {
        let edition = &*self.edition;
        let script = |session: &SharedSession| edition.contact(session, tier).map(Arc::new);
        said(&mut self.contact, &tier_value(&self.tiers, tier), &mut self.desk, edition, script)
            .map(|said| Arc::clone(&said))
    }

    /// The standard of review of a tier; none where the policy gives none.
    ///
    /// # Errors
    ///
    /// As [`Runner::run`].
    pub fn review(&mut self, tier: &str) -> Result<Option<ReviewStandard>, Stop> {
        let edition = &*self.edition;
        let script = |session: &SharedSession| edition.review(session, tier);
        said(&mut self.review, &tier_value(&self.tiers, tier), &mut self.desk, edition, script).map(|review| *review)
    }

    /// Who holds a case of a tier; nobody where the policy does not say.
    ///
    /// # Errors
    ///
    /// As [`Runner::run`].
    pub fn allocation(&mut self, tier: &str) -> Result<Option<Allocation>, Stop> {
        let edition = &*self.edition;
        let script = |session: &SharedSession| edition.allocation(session, tier);
        said(&mut self.allocation, &tier_value(&self.tiers, tier), &mut self.desk, edition, script).map(|held| *held)
    }
}

fn tier_value(known: &[Value], tier: &str) -> Value {
    let is_it = |value: &&Value| matches!(value, Value::Text(known) if **known == *tier);
    known.iter().find(is_it).cloned().unwrap_or_else(|| Value::Text(tier.into()))
}

impl Looked {
    /// Of the same case with other values for what is not known, only what rests on those is asked anew.
    fn turn_to(&mut self, facts: &Arc<Facts>, assumed: Assumed) {
        self.is_turned = false;
        if !Arc::ptr_eq(facts, &self.sight.facts) || self.computes_from_facts(facts) {
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

    /// Whether an input that a rule asked for is itself computed from facts.
    fn computes_from_facts(&self, facts: &Facts) -> bool {
        facts.inputs.counted().iter().any(|input| !self.questions.looking_at(*input).is_empty())
    }

    /// The session of the scripts, turned to the case.
    fn session(&mut self) -> &SharedSession {
        if !self.is_turned {
            self.session.lock().turn_to(self.sight.clone());
            self.is_turned = true;
        }
        &self.session
    }

    /// What a rule read, as questions with their answers; nothing where it read a history. Two cases hardly ever have the
    /// same one: keeping it would fill the memory and find nothing again.
    fn path(&mut self, read: &[Asked]) -> Option<Vec<(QuestionId, Value)>> {
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

/// What is told of the case: what was said before, or what the script says now.
fn said<T: Asks>(
    memo: &mut Memo<T>,
    of: &Value,
    looked: &mut Looked,
    edition: &Edition,
    script: impl Fn(&SharedSession) -> Result<T, Stop>,
) -> Result<Rc<T>, Stop> {
    if memo.way() != Way::Plain {
        let Looked { sight, questions, kept, .. } = looked;
        let mut answers = Answers::new(questions, sight, kept, edition.days());
        if let Some(known) = memo.look_up(of, &mut answers).map_err(Stop::Unknown)? {
            return Ok(Rc::clone(known));
        }
    }
    match memo.way() {
        Way::Plain => script(looked.session()).map(Rc::new),
        Way::Read => read(memo, of, looked, script),
        Way::Asked => match inquired(looked, edition, &script) {
            Written::Down(said, path) => {
                let said = Rc::new(said);
                memo.keep(of, &path, &said);
                Ok(said)
            }
            Written::Stopped(stop) => Err(stop),
            Written::Not { is_of_case } => {
                // Only a rule that runs on plain values is one that cannot be written down; one that fails there too is
                // simply at fault.
                let said = script(looked.session())?;
                if !is_of_case {
                    memo.turn(Way::Read);
                }
                Ok(Rc::new(said))
            }
        },
    }
}

/// Runs a rule on plain values and keeps what it said by what it read.
fn read<T: Asks>(
    memo: &mut Memo<T>,
    of: &Value,
    looked: &mut Looked,
    script: impl Fn(&SharedSession) -> Result<T, Stop>,
) -> Result<Rc<T>, Stop> {
    let said = Rc::new(script(looked.session())?);
    let read = said.asked().map_or_else(|| looked.session.lock().end(), <[Asked]>::to_vec);
    match looked.path(&read) {
        Some(path) => memo.keep(of, &path, &said),
        None => memo.ran_in_vain(),
    }
    Ok(said)
}

/// A run that was to be written down.
enum Written<T> {
    /// What the rule said, and what it asked for that.
    Down(T, Vec<(QuestionId, Value)>),
    /// It came to a fact that is not known.
    Stopped(Stop),
    /// It could not be, or failed on the way; with whether that lies in the case alone.
    Not { is_of_case: bool },
}

fn inquired<T>(
    looked: &mut Looked,
    edition: &Edition,
    script: &impl Fn(&SharedSession) -> Result<T, Stop>,
) -> Written<T> {
    let session = looked.session().clone();
    let questions = std::mem::take(&mut looked.questions);
    session.lock().inquiry =
        Some(Inquiry::new(questions, session.clone(), edition.days().clone(), !looked.sight.facts.as_written));
    let said = script(&session);
    let inquiry = session.lock().inquiry.take();
    let Some(inquiry) = inquiry else { return Written::Not { is_of_case: false } };
    let (is_spoiled, is_of_case) = (inquiry.is_spoiled, inquiry.is_oversized);
    let (questions, path) = inquiry.end();
    looked.questions = questions;
    match said {
        _ if is_spoiled => Written::Not { is_of_case },
        Ok(said) => Written::Down(said, path),
        Err(stop @ Stop::Unknown(_)) => Written::Stopped(stop),
        Err(Stop::Fault(_)) => Written::Not { is_of_case },
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

/// What a function of a policy gives, with what it asked for where it says so.
trait Asks {
    /// What it asked for; nothing where the session still has it.
    fn asked(&self) -> Option<&[Asked]> {
        None
    }
}

impl Asks for Outcome {
    fn asked(&self) -> Option<&[Asked]> {
        Some(&self.asked)
    }
}

impl Asks for Option<Outcome> {
    fn asked(&self) -> Option<&[Asked]> {
        self.as_ref().map(|outcome| outcome.asked.as_slice())
    }
}

impl Asks for Option<String> {}
impl Asks for Arc<Vec<ContactStandard>> {}
impl Asks for Option<ReviewStandard> {}
impl Asks for Option<Allocation> {}
