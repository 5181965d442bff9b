//! What became of a mutant.

use super::{
    Alteration, Mutant, MutantKind,
    bench::Bench,
    catcher::{Catcher, catcher},
};
use crate::policy::{Policy, otherwise::Scripts};
use schemars::JsonSchema;
use serde::Serialize;

/// What became of a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// A worked case noticed it.
    Killed,
    /// None did.
    Survived,
    /// It is no policy: the language does not take it.
    NotViable,
}

/// A mutant, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Judged {
    /// The policy.
    pub policy: String,
    /// What is otherwise.
    #[serde(flatten)]
    pub alteration: Alteration,
    /// What became of it.
    pub fate: Fate,
    /// The first worked case that noticed it.
    pub noticed_by: Option<String>,
    /// A case that would notice it, where none does and one was found.
    pub catcher: Option<Catcher>,
    /// What it is, in one line.
    #[serde(skip)]
    pub said: String,
    /// Text of the file, to draw the line from.
    #[serde(skip)]
    pub text: String,
}

impl Judged {
    /// Whether it is about a number that no rule reads.
    #[must_use]
    pub fn is_of_calendar(&self) -> bool {
        self.alteration.kind == MutantKind::Calendar
    }
}

/// Runs the worked cases under a mutant of a member of their policy; where none notices it, looks for one that would.
#[must_use]
pub fn judge(bench: &Bench<'_>, member: &Policy, scripts: &Scripts, mutant: &Mutant<'_>) -> Judged {
    let mutated = mutant.policy(member, scripts).map(|mutated| bench.policy.with_member(mutated));
    let noticed_by = mutated.as_ref().and_then(|mutated| bench.noticed_by(mutated)).map(str::to_owned);
    let fate = match (&mutated, &noticed_by) {
        (None, _) => Fate::NotViable,
        (Some(_), Some(_)) => Fate::Killed,
        (Some(_), None) => Fate::Survived,
    };
    let survivor = mutated.as_ref().filter(|_| fate == Fate::Survived);
    let catcher = survivor.and_then(|mutated| catcher(bench, mutant, member, mutated));
    let in_numbers = (mutant.alteration.file == member.parameters().file).then(|| member.parameters().text.clone());
    let in_script = || {
        let script = member.program().scripts.iter().find(|script| script.file == mutant.alteration.file);
        script.map(|script| script.text.clone()).unwrap_or_default()
    };
    Judged {
        policy: member.name().to_string(),
        alteration: mutant.alteration.clone(),
        said: mutant.said(),
        text: if fate == Fate::Survived { in_numbers.unwrap_or_else(in_script) } else { String::new() },
        fate,
        noticed_by,
        catcher,
    }
}
