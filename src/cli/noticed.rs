//! What a run notices of its cases beside their answers, told once at its end: registrations that no list knows, and references that
//! stand in several cases.

use crate::{
    case::{
        Case,
        registered::{belongs_in, is_like_code},
    },
    caseload::raw_case::RawCase,
    cli::{
        case_files::Duplicates,
        complaints::{KINDS, TOLD},
        duplicates::number_of,
        terminal::Terminal,
    },
    error::Exit,
    policy::vocabulary::Vocabulary,
    report::shown::shown,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What is noticed of one case.
#[derive(Default)]
pub struct Noticed {
    /// What was found out of how its file is written.
    pub found: Option<String>,
    /// How many bytes it holds.
    pub size: usize,
    /// Whether nothing after it is read yet.
    pub is_last_at_hand: bool,
    reference: Option<u64>,
    codes: BTreeSet<String>,
    /// Where the case begins.
    place: String,
    /// The first registration that is not written as codes are, and how many there are: such a text may be a name.
    nameless: Option<(usize, usize)>,
    /// Whether it is a row whose reference has no digit, as a row of totals has none.
    is_total: bool,
    is_row: bool,
    /// How many own inputs it has that no policy here declares, and one that may be meant by the first.
    own: (usize, Option<String>),
}

impl Noticed {
    /// Looks at an entry before it is read.
    pub fn of(entry: &RawCase) -> Self {
        let (found, size, is_last_at_hand) = (entry.found_in_words(), entry.size(), entry.is_last_at_hand);
        let place = entry.line().map_or_else(|| entry.file.to_string(), |line| format!("{}:{line}", entry.file));
        Self { found, size, is_last_at_hand, place, is_row: entry.is_row(), ..Self::default() }
    }

    /// Looks at a case that was read, to be judged by a policy of this vocabulary, where its own inputs are to be
    /// looked at.
    pub fn take(&mut self, case: &Case, known: Option<&Vocabulary>) {
        let crn = case.crn.as_str();
        self.reference = Some(number_of(crn));
        self.is_total = self.is_row && !crn.contains(|sign: char| sign.is_ascii_digit());
        if let Some(known) = known {
            let mut lacking = known.lacking(case);
            if let Some(first) = lacking.next() {
                self.own = (1 + lacking.count(), known.nearest(first));
            }
        }
        let (coded, nameless): (Vec<_>, Vec<_>) = case.unlisted().partition(|(_, code)| is_like_code(code.as_str()));
        self.codes = coded.into_iter().map(|(_, code)| code.to_string()).collect();
        self.nameless = nameless.first().map(|(index, _)| (*index, nameless.len()));
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
    /// Where the first registration stands that is not written as codes are, and how many there are.
    nameless: Option<(String, usize)>,
    /// Where the first row stands whose reference has no digit, and how many there are.
    totals: Option<(String, usize)>,
    /// Where the first case stands that has own inputs which no policy here declares, with what may be meant, and how many there are.
    own: Option<(String, Option<String>, usize)>,
}

impl Notices {
    /// Takes what was noticed of a case.
    pub fn take(&mut self, noticed: Noticed) {
        if let Some(reference) = noticed.reference {
            *self.met.entry(reference).or_default() += 1;
        }
        let is_unknown = noticed.nameless.is_some() || noticed.codes.iter().any(|code| belongs_in(code).is_none());
        self.coded += usize::from(is_unknown);
        if let Some((index, count)) = noticed.nameless {
            let first = || (format!("{}, registrations[{index}]", noticed.place), 0);
            self.nameless.get_or_insert_with(first).1 += count;
        }
        if noticed.is_total {
            self.totals.get_or_insert((noticed.place.clone(), 0)).1 += 1;
        }
        let (own, meant) = noticed.own;
        if own > 0 {
            self.own.get_or_insert((noticed.place, meant, 0)).2 += 1;
        }
        for code in noticed.codes {
            if self.codes.len() < KINDS || self.codes.contains_key(&code) {
                *self.codes.entry(code).or_default() += 1;
            }
        }
    }

    /// Tells it.
    pub fn tell(&self, duplicates: Duplicates, exit: &mut Exit, terminal: &mut Terminal) {
        let (elsewhere, unknown): (Vec<_>, Vec<_>) =
            self.codes.iter().partition(|(code, _)| belongs_in(code).is_some());
        let cases = if self.coded == 1 { "1 case has".to_owned() } else { format!("{} cases have", self.coded) };
        let nameless = self.nameless.as_ref().map(|(first, count)| {
            let are = if *count == 1 { "is" } else { "are" };
            format!("{count} that {are} not written as codes are, first in {first}")
        });
        let listed = (!unknown.is_empty()).then(|| listed(unknown));
        let told: Vec<String> = listed.into_iter().chain(nameless).collect();
        if !told.is_empty() {
            terminal.say(&shown(&format!("{cases} registrations that no list knows: {}", told.join("; "))));
        }
        for (code, count) in elsewhere {
            let place = belongs_in(code).unwrap_or_default();
            terminal.say(&format!("registration {code} ({count}) belongs in {place}"));
        }
        if let Some((first, count)) = &self.totals {
            let have = if *count == 1 { "1 row has".to_owned() } else { format!("{count} rows have") };
            let said = format!("{have} a reference without a digit, first {first}: one of totals is no case");
            terminal.warn(&shown(&said));
        }
        if let Some((first, meant, count)) = &self.own {
            let have = if *count == 1 { "1 case has".to_owned() } else { format!("{count} cases have") };
            let meant = meant.as_ref().map(|meant| format!("; is `local.{meant}` meant?")).unwrap_or_default();
            let said = format!("{have} inputs of a policy's own that no policy here declares, first {first}{meant}");
            terminal.warn(&shown(&said));
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
