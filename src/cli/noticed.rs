//! What a run notices of its cases beside their answers, told once at its end: registrations that no list knows, and references that
//! stand in several cases.

use crate::{
    case::{Case, registered::belongs_in},
    caseload::raw_case::RawCase,
    cli::{case_files::Duplicates, duplicates::number_of, terminal::Terminal},
    error::Exit,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Codes that are told by name; hostile books have no end of them.
const CODES: usize = 1_000;
/// Codes that one line tells.
const TOLD: usize = 20;

/// What is noticed of one case.
#[derive(Default)]
pub struct Noticed {
    /// What was found out of how its file is written.
    pub found: Option<String>,
    /// How many bytes it holds.
    pub size: usize,
    /// Whether the next has to be waited for.
    pub is_waited_for: bool,
    reference: Option<u64>,
    codes: BTreeSet<String>,
}

impl Noticed {
    /// Looks at an entry before it is read.
    pub fn of(entry: &RawCase) -> Self {
        let (found, size, is_waited_for) = (entry.found_in_words(), entry.size(), entry.is_waited_for);
        Self { found, size, is_waited_for, ..Self::default() }
    }

    /// Looks at a case that was read.
    pub fn take(&mut self, case: &Case) {
        self.reference = Some(number_of(case.crn.as_str()));
        self.codes = case.unlisted().map(|(_, code)| code.to_string()).collect();
    }
}

/// What is noticed of all.
#[derive(Default)]
pub struct Notices {
    /// How often each reference was met.
    met: HashMap<u64, u32>,
    codes: BTreeMap<String, usize>,
    /// Cases with such a code.
    coded: usize,
}

impl Notices {
    /// Takes what was noticed of a case.
    pub fn take(&mut self, noticed: Noticed) {
        if let Some(reference) = noticed.reference {
            *self.met.entry(reference).or_default() += 1;
        }
        self.coded += usize::from(noticed.codes.iter().any(|code| belongs_in(code).is_none()));
        for code in noticed.codes {
            if self.codes.len() < CODES || self.codes.contains_key(&code) {
                *self.codes.entry(code).or_default() += 1;
            }
        }
    }

    /// Tells it.
    pub fn tell(&self, duplicates: Duplicates, exit: &mut Exit, terminal: &mut Terminal) {
        let (elsewhere, unknown): (Vec<_>, Vec<_>) =
            self.codes.iter().partition(|(code, _)| belongs_in(code).is_some());
        let cases = if self.coded == 1 { "1 case has".to_owned() } else { format!("{} cases have", self.coded) };
        if !unknown.is_empty() {
            terminal.say(&format!("{cases} registrations that no list knows: {}", listed(unknown)));
        }
        for (code, count) in elsewhere {
            let place = belongs_in(code).unwrap_or_default();
            terminal.say(&format!("registration {code} ({count}) belongs in {place}"));
        }
        let (mut references, mut times) = (0, 0);
        for met in self.met.values().filter(|met| **met > 1) {
            references += 1;
            times += u64::from(*met);
        }
        if references > 0 {
            let stand = if references == 1 { "1 reference stands" } else { "references stand" };
            let stand = if references == 1 { stand.to_owned() } else { format!("{references} {stand}") };
            let said = format!("{stand} in more than one case, {times} cases in all: see `--duplicates`");
            if duplicates == Duplicates::Error {
                terminal.warn(&said);
                *exit = (*exit).max(Exit::Invalid);
            } else {
                terminal.say(&said);
            }
        }
    }
}

/// Codes with their counts, the most frequent first.
fn listed(mut codes: Vec<(&String, &usize)>) -> String {
    codes.sort_by(|one, other| other.1.cmp(one.1).then_with(|| one.0.cmp(other.0)));
    let more = codes.len().saturating_sub(TOLD);
    let mut told: Vec<String> = codes.iter().take(TOLD).map(|(code, count)| format!("{code} ({count})")).collect();
    if more > 0 {
        told.push(format!("and {more} others"));
    }
    told.join(", ")
}
