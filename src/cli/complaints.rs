//! What is wrong with the cases of a run, told at its end: a fault that many cases share once, with their count and where the first
//! of them has it.

use crate::{cli::terminal::Terminal, error::Error};
use std::collections::BTreeMap;

/// As many of a kind of thing as are told one by one; of the others there is a count.
pub const TOLD: usize = 20;
/// As many as are told apart: hostile books have no end of them.
pub const KINDS: usize = 1_000;

/// What is wrong, as far as a run has come.
#[derive(Default)]
pub struct Complaints {
    kinds: Vec<Kind>,
    by_name: BTreeMap<String, usize>,
    /// Faults that are only counted.
    uncounted: usize,
    /// Cases without an answer.
    pub cases: usize,
}

/// A fault that cases share.
struct Kind {
    /// That of the first of them.
    first: Error,
    cases: usize,
}

impl Complaints {
    /// Takes what is wrong with a case.
    pub fn take(&mut self, error: &Error) {
        self.cases += 1;
        self.uncounted += error.uncounted();
        // Faults of one case that are the same but for their place count apart: of each there are as many as cases.
        let mut met = BTreeMap::new();
        for mut fault in error.each() {
            let mut name = name(&fault);
            let nth: &mut usize = met.entry(name.clone()).or_default();
            *nth += 1;
            name.push_str(&nth.to_string());
            let kinds = self.kinds.len();
            if let Some(kind) = self.by_name.get(&name).and_then(|kind| self.kinds.get_mut(*kind)) {
                kind.cases += 1;
            } else if kinds == KINDS {
                self.uncounted += 1;
            } else {
                if kinds >= TOLD {
                    fault.forget_text();
                }
                self.by_name.insert(name, kinds);
                self.kinds.push(Kind { first: fault, cases: 1 });
            }
        }
    }

    /// Tells it, of a run of so many cases.
    pub fn tell(&self, of: usize, terminal: &mut Terminal) {
        for Kind { first, cases } in self.kinds.iter().take(TOLD) {
            match cases {
                1 => terminal.complain(first),
                _ => terminal.complain_of_many(first, *cases),
            }
        }
        let hidden = self.kinds.iter().skip(TOLD).map(|kind| kind.cases).sum::<usize>() + self.uncounted;
        let failed = self.cases;
        match hidden {
            0 if failed < 2 || self.kinds.iter().all(|kind| kind.cases == 1) => {}
            0 => terminal.warn(&format!("{failed} of {of} cases have no answer")),
            _ => terminal.warn(&format!("{hidden} more faults; {failed} of {of} cases have no answer")),
        }
    }
}

/// The same for faults that are the same: without the places of entries, the case, and the file that it is in.
fn name(error: &Error) -> String {
    let said = match error {
        Error::Policy { fault, .. } => format!("{}:{:?}:{:?}: {fault}", fault.file, fault.line, fault.column),
        Error::Input { file, message, .. } => format!("{file}: {message}"),
        _ => error.to_string(),
    };
    let mut name = String::with_capacity(said.len());
    for part in said.split_inclusive('[') {
        let entry =
            if name.ends_with('[') { part.trim_start_matches(|letter: char| letter.is_ascii_digit()) } else { part };
        name.push_str(entry);
    }
    if let Some(case) = error.crn().filter(|_| matches!(error, Error::NoFirmTier { .. } | Error::Calendar { .. })) {
        name = name.replace(case, "");
    }
    format!("{name}\n{}", error.remedy().unwrap_or_default())
}
