//! Digests: which bytes an answer rests on.

use crate::{
    case::digest::hexadecimal,
    language::program::Program,
    policy::source::{PARAMETERS, PolicyFiles, RULES},
};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The digest covers raw bytes, so that one changed blank in a comment is another policy.
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
