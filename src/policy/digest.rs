//! Digests: which bytes an answer rests on.

use crate::{
    calendar::WorkingDays,
    case::digest::hexadecimal,
    language::program::Program,
    policy::{
        Policy,
        source::{PARAMETERS, PolicyFiles, RULES},
    },
};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The digest covers the whole text but how its lines end, so that one changed blank in a comment is another policy.
pub(super) fn digest(files: &PolicyFiles, program: &Program) -> Arc<str> {
    let mut parts = vec![(RULES, files.rules.as_str()), (PARAMETERS, files.parameters.as_str())];
    let imported = program.scripts.iter().filter(|script| !script.path.is_empty());
    parts.extend(imported.map(|script| (script.path.as_str(), script.text.as_str())));
    let mut hash = Sha256::new();
    for (name, text) in parts {
        hash.update(format!("{name}\n{}\n", text.len()));
        hash.update(text);
    }
    hexadecimal(hash.finalize().into())
}

impl Policy {
    /// Works the digest out again, after something that its answers rest on has changed.
    pub(super) fn seal(&mut self) {
        let companions = self.companions.iter().map(|one| format!("with {} {}", one.name, one.digest));
        let law = self.law.map(|law| format!("law {law}"));
        let mut more: Vec<String> = companions.chain(self.trial.iter().cloned()).chain(law).collect();
        if self.days != WorkingDays::shipped() {
            more.extend(self.days.holidays().map(|day| format!("holiday {day}")));
        }
        if more.is_empty() {
            self.digest = Arc::clone(&self.files_digest);
            return;
        }
        let mut hash = Sha256::new_with_prefix(&*self.files_digest);
        for line in &more {
            hash.update(format!("\n{line}"));
        }
        self.digest = hexadecimal(hash.finalize().into());
    }
}
