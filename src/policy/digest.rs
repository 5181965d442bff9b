//! Digests: which bytes an answer rests on.

use crate::policy::{
    script::Program,
    source::{PARAMETERS, PolicyFiles, RULES},
};
use sha2::{Digest, Sha256};

/// The digest covers raw bytes, so that one changed blank in a comment is another policy.
pub(super) fn digest(files: &PolicyFiles, program: &Program) -> String {
    let mut parts = vec![(RULES, files.rules.as_str()), (PARAMETERS, files.parameters.as_str())];
    parts.extend(program.imports.iter().map(|(name, script)| (name.as_str(), script.text.as_str())));
    let mut hash = Sha256::new();
    for (name, text) in parts {
        hash.update(format!("{name}\n{}\n", text.len()));
        hash.update(text);
    }
    hexadecimal(&hash.finalize())
}

/// Bytes as lower-case hexadecimal digits.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        digits.push_str(&format!("{byte:02x}"));
        digits
    })
}
