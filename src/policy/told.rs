//! What is told of a case: what was said of another that answers alike, or what the script says now.

use crate::{
    case::value::Value,
    decision::standard::{Allocation, ContactStandard, ReviewStandard},
    policy::{
        answers::Answers,
        edition::{Edition, Outcome, Stop},
        effect::Effect,
        inquiry::Inquiry,
        looked::Looked,
        memo::{Memo, Way},
        question::QuestionId,
        session::{Asked, SharedSession},
        sight::Unknown,
    },
};
use std::{rc::Rc, sync::Arc};

/// What is told of the case: what was said before, or what the script says now.
pub(super) fn said<T: Asks>(
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
            let known = Rc::clone(known);
            return told(known, memo.way(), &mut answers)?.map_or_else(|| script(looked.session()).map(Rc::new), Ok);
        }
    }
    match memo.way() {
        Way::Plain => script(looked.session()).map(Rc::new),
        Way::Read => read(memo, of, looked, script),
        Way::Asked { leaves_blanks } => match inquired(looked, edition, leaves_blanks && T::FILLS, &script) {
            Written::Down(said, path) => {
                let said = Rc::new(said);
                memo.keep(of, &path, &said);
                let Looked { sight, questions, kept, .. } = looked;
                let mut answers = Answers::new(questions, sight, kept, edition.days());
                told(said, memo.way(), &mut answers)?.map_or_else(|| script(looked.session()).map(Rc::new), Ok)
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

/// What was said, as it is told of a case; nothing where the script must be asked.
fn told<T: Asks>(said: Rc<T>, way: Way, answers: &mut Answers<'_>) -> Result<Option<Rc<T>>, Stop> {
    match way {
        Way::Asked { leaves_blanks: true } => T::filled(said, answers).map_err(Stop::Unknown),
        _ => Ok(Some(said)),
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
    leaves_blanks: bool,
    script: &impl Fn(&SharedSession) -> Result<T, Stop>,
) -> Written<T> {
    let session = looked.session().clone();
    let questions = std::mem::take(&mut looked.questions);
    let (days, facts_stop) = (edition.days().clone(), !looked.sight.facts.as_written);
    session.lock().inquiry = Some(Inquiry::new(questions, session.clone(), days, facts_stop, leaves_blanks));
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

/// What a function of a policy gives, with what it asked for where it says so.
pub(super) trait Asks: Sized {
    /// Whether its texts can have blanks.
    const FILLS: bool = false;

    /// What it asked for; nothing where the session still has it.
    fn asked(&self) -> Option<&[Asked]> {
        None
    }

    /// The same with the blanks in its texts filled in; nothing where a case does not answer one as a text.
    fn filled(this: Rc<Self>, _: &mut Answers<'_>) -> Result<Option<Rc<Self>>, Unknown> {
        Ok(Some(this))
    }
}

impl Asks for Outcome {
    const FILLS: bool = true;

    fn asked(&self) -> Option<&[Asked]> {
        Some(&self.asked)
    }

    fn filled(this: Rc<Self>, answers: &mut Answers<'_>) -> Result<Option<Rc<Self>>, Unknown> {
        if !this.effects.iter().any(Effect::has_blanks) {
            return Ok(Some(this));
        }
        let mut effects = Vec::with_capacity(this.effects.len());
        for effect in &this.effects {
            let Some(effect) = effect.filled(|question, out| answers.write(question, out))? else { return Ok(None) };
            effects.push(effect);
        }
        Ok(Some(Rc::new(Self { effects, asked: this.asked.clone() })))
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
