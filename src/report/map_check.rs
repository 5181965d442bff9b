//! What a mapping makes of a source: what is to be decided, by count, and what the source can never give.

use crate::{
    case::fault::Mark,
    mapping::{Counted, DryRun, Tally},
    report::{View, page::Page, shown::code},
};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// A dry run of a mapping.
#[derive(Debug, Default)]
pub struct MapCheck {
    /// How messages call the mapping.
    pub mapping: String,
    /// What was counted.
    pub run: DryRun,
    /// The policy that answers were tried with.
    pub policy: String,
    /// Cases with an answer, and those whose answer is provisional.
    pub answers: [usize; 2],
    /// Inputs that the policy reads and no record gives, with how many answers are provisional because of each.
    pub never_given: BTreeMap<String, usize>,
    /// What the mapping passes over or takes for another word, because it says so.
    pub passed_over: Vec<PassedOver>,
    /// By file of a table, how many of its rows belong to no case.
    pub of_no_case: BTreeMap<String, usize>,
    /// Whether words of the source may be shown.
    pub show_values: bool,
}

/// What a mapping passes over or takes for another word, because it says so.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PassedOver {
    /// The line of the mapping that says so.
    line: usize,
    /// The input that it is about.
    path: String,
    /// What is done.
    message: String,
    /// How often.
    count: usize,
}

impl From<&Tally> for PassedOver {
    fn from(tally: &Tally) -> Self {
        let (line, path, message) = (tally.at.line, tally.path.clone(), tally.what.clone());
        Self { line, path, message, count: tally.count() }
    }
}

impl MapCheck {
    /// Whether anything is to be decided.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.run.unknown.is_empty() && self.run.problems.is_empty()
    }

    fn unknown(&self) -> impl Iterator<Item = (String, usize)> {
        self.run.unknown.iter().map(|(name, unknown)| {
            let place = match unknown.column {
                Some(column) => format!("column {column}"),
                None => format!("a key at {}", place(unknown.at)),
            };
            (if self.show_values { format!("{place}, {}", code(name)) } else { place }, unknown.count)
        })
    }

    fn spellings(&self, counted: &Counted) -> Option<String> {
        let spelt = |(spelling, count): (&String, &usize)| format!("{} ({count})", code(spelling));
        let all = counted.spellings.iter().map(spelt).take(MOST).collect::<Vec<_>>().join(", ");
        (self.show_values && !all.is_empty()).then_some(all)
    }
}

/// Spellings that are shown of one fault.
const MOST: usize = 20;

fn place(at: Mark) -> String {
    format!("line {}, column {}", at.line, at.column)
}

impl View for MapCheck {
    fn draw(&self, page: &mut Page) {
        let run = &self.run;
        page.heading(1, &format!("{}: records: {}", self.mapping, run.records));
        let ignored: usize = run.ignored.values().map(BTreeSet::len).sum();
        let names = format!("{} read, {ignored} ignored, {} not known", run.used.len(), run.unknown.len());
        page.fact("names", &names);
        let [answers, provisional] = self.answers;
        page.fact("answers", &format!("{answers} by {}, of which {provisional} provisional", self.policy));
        if !run.unknown.is_empty() {
            page.section("Names that the mapping does not know: map them, or ignore them");
        }
        for (name, count) in self.unknown() {
            page.note(2, &format!("{name}: {count}"));
        }
        if !run.problems.is_empty() {
            page.section("Values that the mapping does not say");
        }
        for ((line, path, said), counted) in &run.problems {
            let kinds = counted.spellings.len();
            let spelt = if kinds > 1 { format!(" in {kinds} spellings") } else { String::new() };
            let first =
                counted.at.map(|at| format!(", first at {} of {}", place(at), counted.file)).unwrap_or_default();
            let by = if *line > 0 { format!("line {line}, ") } else { String::new() };
            let of = if path.is_empty() { String::new() } else { format!("{}: ", code(path)) };
            page.note(2, &format!("{by}{of}{said}: {}{spelt}{first}", counted.count));
            if let Some(spellings) = self.spellings(counted) {
                page.note(6, &spellings);
            }
            if let Some(remedy) = &counted.remedy {
                page.aside(6, remedy);
            }
        }
        if !self.passed_over.is_empty() {
            page.section("What is passed over or taken for another word, as the mapping says");
        }
        for PassedOver { line, path, message, count } in &self.passed_over {
            page.note(2, &format!("line {line}, {}: {message}: {count}", code(path)));
        }
        if !self.of_no_case.is_empty() {
            page.section("Rows that belong to no case");
        }
        for (file, count) in &self.of_no_case {
            page.named(2, 32, file, &format!("rows: {count}"));
        }
        if !run.ignored.is_empty() {
            page.section("Ignored");
            for (pattern, names) in &run.ignored {
                page.named(2, 32, pattern, &format!("names: {}", names.len()));
            }
        }
        if !self.never_given.is_empty() {
            page.section(&format!("What {} reads and the source never gives", self.policy));
            for (path, count) in &self.never_given {
                let costs = (*count > 0).then(|| format!("answers that are provisional because of it: {count}"));
                page.named(2, 32, path, &costs.unwrap_or_default());
            }
        }
    }

    fn json(&self) -> impl Serialize {
        let run = &self.run;
        let [answers, provisional] = self.answers;
        json!(MapCheckDocument {
            mapping: &self.mapping,
            records: run.records,
            read: &run.used,
            ignored: run.ignored.iter().map(|(pattern, names)| (pattern.as_str(), names.len())).collect(),
            unknown: self.unknown().map(|(name, count)| UnknownName { name, count }).collect(),
            problems: run.problems.iter().map(|(of, counted)| MapProblem::of(of, counted, self.show_values)).collect(),
            policy: &self.policy,
            answers,
            provisional,
            never_given: &self.never_given,
            passed_over: &self.passed_over,
            of_no_case: &self.of_no_case,
        })
    }
}

/// What a mapping makes of a source. Keys may be added; none is renamed or taken away.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MapCheck")]
pub(super) struct MapCheckDocument<'a> {
    /// The mapping, as messages call it.
    mapping: &'a str,
    /// Records that were read.
    records: usize,
    /// Names of the source that the mapping reads.
    read: &'a BTreeSet<String>,
    /// How many names each pattern of `ignore` covers.
    ignored: BTreeMap<&'a str, usize>,
    /// Names that the mapping does not know.
    unknown: Vec<UnknownName>,
    /// Values that the mapping does not say.
    problems: Vec<MapProblem<'a>>,
    /// The policy that answers were tried with.
    policy: &'a str,
    /// Cases with an answer.
    answers: usize,
    /// Those whose answer is provisional.
    provisional: usize,
    /// Inputs that the policy reads and no record gives, each with how many answers are provisional because of it.
    never_given: &'a BTreeMap<String, usize>,
    /// What the mapping passes over or takes for another word, because it says so.
    passed_over: &'a [PassedOver],
    /// By file of a table, how many of its rows belong to no case.
    of_no_case: &'a BTreeMap<String, usize>,
}

/// A name that the mapping does not know.
#[derive(Serialize, JsonSchema)]
struct UnknownName {
    /// Where it stands; with `--show-values` the name too.
    name: String,
    /// How often it is met.
    count: usize,
}

/// Something that the mapping does not say, or that is wrong.
#[derive(Serialize, JsonSchema)]
struct MapProblem<'a> {
    /// Line of the mapping; 0 where it is about none.
    line: usize,
    /// The input that it is about; empty where it is about none.
    path: &'a str,
    /// What is wrong, in a sentence.
    message: &'a str,
    /// How often.
    count: usize,
    /// How many spellings it is about.
    spellings: usize,
    /// With `--show-values` how often each spelling is met.
    values: Option<&'a BTreeMap<String, usize>>,
    /// Where first.
    first: Option<FirstPlace<'a>>,
    /// What to do about it.
    help: Option<&'a str>,
}

/// Where something is met first.
#[derive(Serialize, JsonSchema)]
struct FirstPlace<'a> {
    /// The file of the source.
    file: &'a str,
    /// Line, from 1.
    #[schemars(range(min = 1))]
    line: usize,
    /// Column, from 1.
    #[schemars(range(min = 1))]
    column: usize,
}

impl<'a> MapProblem<'a> {
    fn of((line, path, message): &'a (usize, String, String), counted: &'a Counted, show_values: bool) -> Self {
        Self {
            line: *line,
            path,
            message,
            count: counted.count,
            spellings: counted.spellings.len(),
            values: show_values.then_some(&counted.spellings),
            first: counted.at.map(|at| FirstPlace { file: &counted.file, line: at.line, column: at.column }),
            help: counted.remedy.as_deref(),
        }
    }
}
