//! Digests: which bytes an answer rests on.

use crate::{
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

/// A digest as lower-case hexadecimal digits.
#[must_use]
pub fn hexadecimal(digest: [u8; 32]) -> Arc<str> {
    let digit = |half: u8| half + if half < 10 { b'0' } else { b'a' - 10 };
    let mut digits = [0; 64];
    for (pair, byte) in digits.chunks_exact_mut(2).zip(digest) {
        pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
    }
    str::from_utf8(&digits).unwrap_or_default().into()
}
