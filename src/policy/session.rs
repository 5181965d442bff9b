//! One case under evaluation: gives a script the inputs it asks for, and keeps what was asked, in order.
//!
//! Everything that the answer promises stands on this: reasons are what a rule asked for, a range comes from the facts that
//! were asked for and are not known, and an outcome is kept by the answers to what was asked.

use crate::{
    case::{input::InputId, value::Value},
    policy::{
        inquiry::Inquiry,
        sight::{Assumed, Facts, Sight, Unknown},
    },
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// One input that a rule asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Asked {
    /// Which.
    pub input: InputId,
    /// Only whether it is known was asked.
    pub presence: bool,
}

/// One condition that a rule met, for `explain`: a comparison, a truth value that it read, or whether an input is known. Of
/// the last two the left operand is the input's path and the operator is `is`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The script, as messages call it.
    pub file: String,
    /// Line of the script.
    pub line: usize,
    /// Column of the operator.
    pub column: usize,
    /// Left operand, as seen.
    pub left: String,
    /// The operator.
    pub operator: &'static str,
    /// Right operand, as seen.
    pub right: String,
    /// What came out.
    pub holds: bool,
}

/// The state of one evaluation.
#[derive(Debug)]
pub struct Session {
    sight: Sight,
    asked: Vec<Asked>,
    comparisons: Option<Vec<Comparison>>,
    asking_presence: u32,
    unknown: Option<Unknown>,
    pub(super) inquiry: Option<Inquiry>,
}

/// A session as scripts hold it.
#[derive(Debug, Clone)]
pub struct SharedSession(Arc<Mutex<Session>>);

impl SharedSession {
    /// A session over some facts, with values taken for facts that are not known.
    #[must_use]
    pub fn new(facts: Arc<Facts>, assumed: Assumed) -> Self {
        let session = Session {
            sight: Sight { facts, assumed },
            asked: Vec::new(),
            comparisons: None,
            asking_presence: 0,
            unknown: None,
            inquiry: None,
        };
        Self(Arc::new(Mutex::new(session)))
    }

    /// The session, for a moment. A panic elsewhere cannot leave it half changed: every change is one assignment.
    pub fn lock(&self) -> MutexGuard<'_, Session> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    /// The facts it is over.
    #[must_use]
    pub const fn facts(&self) -> &Arc<Facts> {
        &self.sight.facts
    }

    /// What the rules see.
    #[must_use]
    pub const fn sight(&self) -> &Sight {
        &self.sight
    }

    /// Turns to another case, or to other values for what is not known of it.
    pub fn turn_to(&mut self, sight: Sight) {
        self.sight = sight;
        self.begin();
    }

    /// The value of an input, as a script sees it; kept among what was asked.
    ///
    /// # Errors
    ///
    /// When it is a fact that is neither known, nor presumed, nor assumed.
    pub fn read(&mut self, input: InputId) -> Result<Value, Unknown> {
        let presence = self.asks_presence();
        match self.sight.look_up(input, presence) {
            Ok((value, _)) => {
                self.asked.push(Asked { input, presence });
                Ok(value)
            }
            Err(unknown) => {
                self.unknown = Some(unknown);
                Err(unknown)
            }
        }
    }

    /// Starts a rule: forgets what the one before it asked.
    pub fn begin(&mut self) {
        self.asked.clear();
        self.unknown = None;
        self.asking_presence = 0;
        if let Some(comparisons) = &mut self.comparisons {
            comparisons.clear();
        }
    }

    /// Ends a rule: what it asked for, in order, each once.
    #[must_use]
    pub fn end(&mut self) -> Vec<Asked> {
        let mut all: Vec<Asked> = Vec::with_capacity(self.asked.len());
        for asked in self.asked.drain(..) {
            if !all.contains(&asked) {
                all.push(asked);
            }
        }
        all
    }

    /// Whether values are tried for facts that are not known.
    #[must_use]
    pub fn is_trying(&self) -> bool {
        !self.sight.assumed.is_empty()
    }

    /// The fact that stopped the rule, if one did.
    #[must_use]
    pub const fn unknown(&self) -> Option<Unknown> {
        self.unknown
    }

    /// From here on, or no longer, only whether an input is known is asked.
    pub const fn ask_presence(&mut self, asking: bool) {
        self.asking_presence = if asking { self.asking_presence + 1 } else { self.asking_presence.saturating_sub(1) };
    }

    /// Whether only the presence of inputs is asked for at the moment.
    #[must_use]
    pub const fn asks_presence(&self) -> bool {
        self.asking_presence > 0
    }

    /// The input that was asked for last.
    #[must_use]
    pub fn last_read(&self) -> Option<InputId> {
        self.asked.last().map(|asked| asked.input)
    }

    /// Keeps every comparison from here on.
    pub fn keep_comparisons(&mut self) {
        self.comparisons = Some(Vec::new());
    }

    /// Whether comparisons are kept.
    #[must_use]
    pub const fn keeps_comparisons(&self) -> bool {
        self.comparisons.is_some()
    }

    /// Keeps one comparison, if they are kept.
    pub fn compared(&mut self, comparison: Comparison) {
        if let Some(comparisons) = &mut self.comparisons {
            comparisons.push(comparison);
        }
    }

    /// The comparisons of the rule, in order.
    #[must_use]
    pub fn comparisons(&mut self) -> Vec<Comparison> {
        self.comparisons.as_mut().map(std::mem::take).unwrap_or_default()
    }
}
