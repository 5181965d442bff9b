//! A policy at work on one thread: the rules in force, the case that is looked at, and what the rules were seen to say. A
//! rule is run only for a case that answers its questions as no case before; every other is told what was said then.

use crate::{
    case::value::Value,
    decision::standard::{Allocation, ContactStandard, ReviewStandard},
    policy::{
        edition::{Edition, Outcome, SoFar, Stop},
        looked::Looked,
        memo::{Memo, Way},
        session::{Asked, SharedSession},
        sight::{Assumed, Facts, Sight},
        told::said,
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

impl Runner {
    /// An edition at work, which remembers what its rules said or runs them for every case.
    #[must_use]
    pub fn new(edition: Arc<Edition>, facts: Arc<Facts>, remembers: bool) -> Self {
        let remembers = remembers && !edition.is_watched();
        let way = |name: &str| match edition.vouches_for(name) {
            _ if !remembers => Way::Plain,
            true => Way::Asked { leaves_blanks: edition.leaves_blanks(name) },
            false => Way::Read,
        };
        Self {
            rules: edition.rules().iter().map(|rule| Memo::new(way(&rule.name))).collect(),
            tier: Memo::new(way("tier")),
            provisional: Memo::new(way("provisional")),
            contact: Memo::new(way("contact")),
            review: Memo::new(way("review")),
            allocation: Memo::new(way("allocate")),
            desk: Looked::new(facts),
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
