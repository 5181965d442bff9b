//! The inputs of their own of two policies: where they differ, a case can give one what only the other takes.

use crate::{
    decision::decide::CaseFile,
    language::fault::PolicyFault,
    policy::{Policy, vocabulary::Vocabulary},
};

/// What each of two policies takes under its own inputs, with the file that says so; nothing where both take the same.
#[derive(Debug)]
pub(super) struct OwnInputs(Option<[(Vocabulary, String); 2]>);

impl OwnInputs {
    /// Those of an old and a new policy.
    pub fn between(old: &Policy, new: &Policy) -> Self {
        let differ = old.own_domains() != new.own_domains();
        let side = |policy: &Policy| (policy.vocabulary(), policy.parameters().file.clone());
        Self(differ.then(|| [side(old), side(new)]))
    }

    /// Why either takes no such case.
    pub fn refuse(&self, file: &CaseFile) -> [Option<Box<PolicyFault>>; 2] {
        let Some(sides) = &self.0 else { return [None, None] };
        sides.each_ref().map(|(known, parameters)| {
            let wrong = file.unfit(known).next()?;
            let help = "give the input what both policies take, or change what it takes in `local`";
            Some(Box::new(PolicyFault::invalid(parameters.clone(), wrong.to_string()).help(help)))
        })
    }
}
