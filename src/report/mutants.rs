//! What became of the mutants of a policy, for programs and in one line for people; the survivors are drawn in their source by
//! whoever prints.

use crate::authoring::mutants::judge::{Fate, Judged};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

/// How many of some mutants there are of each fate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// A worked case noticed them.
    pub killed: usize,
    /// None did.
    pub survived: usize,
    /// The language does not take them.
    pub not_viable: usize,
    /// Those in numbers that no rule reads, which are told apart: noticed, and not.
    pub calendar: (usize, usize),
}

impl Count {
    /// Of these.
    #[must_use]
    pub fn of(judged: &[Judged]) -> Self {
        let count = |of_calendar, fate| {
            let is_it = |one: &&Judged| one.fate == fate && one.is_of_calendar() == of_calendar;
            judged.iter().filter(is_it).count()
        };
        Self {
            killed: count(false, Fate::Killed),
            survived: count(false, Fate::Survived),
            not_viable: count(false, Fate::NotViable),
            calendar: (count(true, Fate::Killed), count(true, Fate::Survived)),
        }
    }

    /// The share that worked cases noticed of those that are policies, in percent; all of none.
    #[must_use]
    pub fn percent(self) -> f64 {
        let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        let all = self.killed + self.survived;
        if all == 0 { 100.0 } else { number(self.killed) * 100.0 / number(all) }
    }

    /// In one line.
    #[must_use]
    pub fn said(self, of: &str) -> String {
        let Self { killed, survived, not_viable, calendar: (noticed, not) } = self;
        let rest =
            if not_viable > 0 { format!(", {not_viable} that the language does not take") } else { String::new() };
        let all = killed + survived + not_viable;
        let apart = match noticed + not {
            0 => String::new(),
            more => format!("\n{of}: {more} more in numbers that no rule reads: {noticed} noticed, {not} not"),
        };
        format!("{of}: {all} mutants: {killed} noticed, {survived} not{rest}; {:.1}% noticed{apart}", self.percent())
    }
}

/// What became of the mutants of a policy. Keys may be added; none is renamed or taken away.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Mutants")]
pub(super) struct MutantsDocument<'a> {
    /// The mutants, by file and line.
    mutants: &'a [Judged],
    /// How many there are of each fate.
    count: MutantCount,
}

/// How many mutants there are of each fate.
#[derive(Serialize, JsonSchema)]
struct MutantCount {
    /// All, but for those in numbers that no rule reads.
    mutants: usize,
    /// A worked case noticed them.
    killed: usize,
    /// None did.
    survived: usize,
    /// The language does not take them.
    not_viable: usize,
    /// Those in numbers that no rule reads.
    calendar: CalendarCount,
    /// The share that worked cases noticed of those that are policies, in percent.
    #[schemars(range(min = 0, max = 100))]
    percent: f64,
}

/// How many mutants there are in numbers that no rule reads.
#[derive(Serialize, JsonSchema)]
struct CalendarCount {
    /// A worked case noticed them.
    killed: usize,
    /// None did.
    survived: usize,
}

/// All of them for programs.
#[must_use]
pub fn json(judged: &[Judged]) -> Value {
    let count = Count::of(judged);
    let (killed, survived) = count.calendar;
    let count = MutantCount {
        mutants: count.killed + count.survived + count.not_viable,
        killed: count.killed,
        survived: count.survived,
        not_viable: count.not_viable,
        calendar: CalendarCount { killed, survived },
        percent: (count.percent() * 10.0).round() / 10.0,
    };
    json!(MutantsDocument { mutants: judged, count })
}
