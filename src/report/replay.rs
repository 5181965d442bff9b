//! A decision log worked out again: what still stands, and what does not and why.

use crate::{
    decision_log::{
        Entry,
        entry::{LoggedOverride, LoggedPolicy},
        standing::Standing,
    },
    report::{
        Format, View,
        compare::CompareReport,
        compare_json::CompareDocument,
        page::Page,
        phrases::{date, on_trial},
        shown::shown,
    },
};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Lines of one kind that a page names; of the others there is a count.
const NAMED: usize = 20;

/// A decision log worked out again. What stands in its lines is read once more, and only of those that are shown.
#[derive(Debug, Default)]
pub struct ReplayReport {
    /// How its lines stand, in their order.
    pub lines: Vec<Standing>,
    /// The hash of the last one.
    pub head: Arc<str>,
    /// Whether that is not the one which it must have.
    pub cut_short: bool,
    /// The line with the hash that the last one must have, if any.
    pub head_at: Option<usize>,
    /// The policies that were found in a history, each with the commit and the folder in it.
    pub past: Vec<(LoggedPolicy, String)>,
    /// The repository whose history was looked through for policies that are not at hand, if any.
    pub looked_in: Option<String>,
    /// The numbers of the lines that are drawn, where some are asked for.
    pub drawn: BTreeSet<usize>,
    /// What the decisions would be today, where that is asked for.
    pub today: Option<CompareReport>,
}

impl ReplayReport {
    fn good(&self) -> usize {
        self.lines.iter().filter(|standing| standing.is_good()).count()
    }

    /// How a line stands, by its number from 1.
    fn standing(&self, number: usize) -> Option<&Standing> {
        self.lines.get(number.checked_sub(1)?)
    }

    /// Whether nothing speaks against any line.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.cut_short && self.good() == self.lines.len()
    }

    /// The lines by what is said of them: how many, and the first that are bad.
    fn kinds(&self) -> BTreeMap<&'static str, (usize, Vec<usize>)> {
        let mut kinds: BTreeMap<&'static str, (usize, Vec<usize>)> = BTreeMap::new();
        for (place, standing) in self.lines.iter().enumerate() {
            let (count, named) = kinds.entry(standing.said()).or_default();
            *count += 1;
            if !standing.is_good() && named.len() < NAMED {
                named.push(place + 1);
            }
        }
        kinds
    }

    /// The lines whose entries a format shows: every bad one for programs, the first of each kind for people, and those that are
    /// asked for.
    #[must_use]
    pub fn shown(&self, format: Format) -> BTreeSet<usize> {
        let named: Vec<usize> = match format {
            Format::Json => {
                let bad = self.lines.iter().enumerate().filter(|(_, standing)| !standing.is_good());
                bad.map(|(place, _)| place + 1).collect()
            }
            _ => self.kinds().into_values().flat_map(|(_, named)| named).collect(),
        };
        named.into_iter().chain(self.drawn.iter().copied()).collect()
    }

    /// The page, for people: with the entries of the lines that it shows.
    #[must_use]
    pub fn page(&self, format: Format, entries: &BTreeMap<usize, Entry>) -> String {
        let mut page = Page::of(format);
        self.draw(&mut page, entries);
        let today = self.today.as_ref().map(|today| format!("\n{}", today.written(format)));
        page.end() + today.as_deref().unwrap_or_default()
    }

    fn draw(&self, page: &mut Page, entries: &BTreeMap<usize, Entry>) {
        page.heading(1, &format!("{} of {} lines stand", self.good(), self.lines.len()));
        for (said, (count, named)) in self.kinds() {
            page.note(2, &format!("{count}: {said}{}", self.of_the_history(said)));
            for number in &named {
                let entry = entries.get(number);
                let whose = entry.map(|entry| format!(", {} on {}", entry.crn, date(entry.on))).unwrap_or_default();
                let tiers = match (self.standing(*number), entry.and_then(|entry| entry.outcome.tier.as_deref())) {
                    (Some(Standing::Differs(now)), was) => {
                        format!(": {} then, {} now", was.unwrap_or("no tier"), now.as_deref().unwrap_or("no answer"))
                    }
                    _ => String::new(),
                };
                let trial = match (self.standing(*number), entry) {
                    (Some(Standing::PolicyChanged | Standing::NoPolicy), Some(entry)) => on_trial(&entry.policy.trial),
                    _ => String::new(),
                };
                page.aside(6, &format!("line {number}{whose}{tiers}{trial}"));
            }
            if !named.is_empty() && count > named.len() {
                page.aside(6, &format!("and {} more", count - named.len()));
            }
        }
        for (policy, place) in &self.past {
            page.note(2, &format!("policy {}, digest {:.12}, is that of {place}", policy.name, policy.digest));
        }
        if self.cut_short {
            page.note(2, &self.of_the_end());
        }
        page.note(
            2,
            &match &*self.head {
                "" => "the last line has no hash".to_owned(),
                head => format!("the hash of the last line is {head}"),
            },
        );
        for number in &self.drawn {
            if let (Some(standing), Some(entry)) = (self.standing(*number), entries.get(number)) {
                Self::draw_entry(page, *number, standing, entry);
            }
        }
    }

    /// That no commit has a policy either which is not what it was, where one was looked for.
    fn of_the_history(&self, said: &str) -> String {
        let is_of_policy = [Standing::PolicyChanged, Standing::NoPolicy].iter().any(|standing| standing.said() == said);
        match self.looked_in.as_ref().filter(|_| is_of_policy) {
            Some(repository) => format!(", and no commit in the repository of {} has that of then", shown(repository)),
            None => String::new(),
        }
    }

    /// What is said of a log that does not end in the hash which it must end in.
    fn of_the_end(&self) -> String {
        let begin = "the last line does not have the hash that it must have";
        match self.head_at {
            Some(line) => format!("{begin}: that of line {line}, and {} more follow it", self.lines.len() - line),
            None => format!("{begin}: lines at the end were cut off"),
        }
    }

    fn draw_entry(page: &mut Page, number: usize, standing: &Standing, entry: &Entry) {
        let outcome = &entry.outcome;
        let tier = outcome.tier.as_deref().unwrap_or("no tier");
        page.section(&format!("{} {tier} on {}", entry.crn, date(entry.on)));
        let by = entry.by.as_ref().map(|by| format!(", run by {by}")).unwrap_or_default();
        page.fact("logged", &format!("line {}, {}{by}", number, entry.at.strftime("%-d %B %Y, %H:%M UTC")));
        page.fact("stands", standing.said());
        let LoggedPolicy { name, digest, trial, law } = &entry.policy;
        let law = law.map(|law| format!("rules and numbers of {law}"));
        let trial = trial.iter().cloned().chain(law).collect::<Vec<_>>().join("; ");
        let trial = if trial.is_empty() { trial } else { format!(", a trial with {trial}") };
        page.fact("policy", &format!("{name}, digest {digest:.12}{trial}"));
        if let Some(judgement) = &entry.judgement {
            let LoggedOverride { tier, from, note, by, authorised_by, reason, .. } = judgement;
            let on = judgement.date.map(|on| format!(" of {}", date(on))).unwrap_or_default();
            let who = [("by", by), ("authorised by", authorised_by), ("because", reason)];
            let who = who.into_iter().filter_map(|(what, text)| Some(format!(", {what} {}", text.as_ref()?)));
            page.fact("override", &format!("{from} to {tier}{on}: {note}{}", who.collect::<String>()));
        }
        if let Some([low, high]) = &outcome.range {
            page.fact("range", &format!("{low} to {high}"));
        }
        page.fact("rule", outcome.rule.as_deref().unwrap_or("none"));
        page.note(14, outcome.text.as_deref().unwrap_or_default());
        page.note(14, outcome.cite.as_deref().unwrap_or_default());
        for number in &entry.parameters {
            let text = format!("{} = {}, from {} ({})", number.name, number.value, date(number.since), number.source);
            page.fact("number", &text);
        }
        for read in &entry.reads {
            page.fact("read", &format!("{} {}", read.path, read.value.as_deref().unwrap_or("(sealed)")));
        }
        if !outcome.flags.is_empty() {
            page.fact("flags", &outcome.flags.join(", "));
        }
    }

    /// What stands around the lines in the format for programs: before the first and after the last.
    #[must_use]
    pub fn json_frame(&self, any: bool) -> [String; 2] {
        let past = self.past.iter().map(|(policy, place)| FoundPolicy { policy, place });
        let document = ReplayDocument {
            lines: self.lines.len(),
            standing: self.good(),
            head: &self.head,
            cut_short: self.cut_short,
            head_at: self.head_at,
            past: past.collect(),
            today: self.today.as_ref().map(CompareDocument::of),
            of: Vec::new(),
        };
        let whole = format!("{:#}\n", json!(document));
        let (start, end) = whole.rsplit_once("[]").unwrap_or((&whole, ""));
        if any { [format!("{start}["), format!("\n  ]{end}")] } else { [whole, String::new()] }
    }

    /// A line for programs, with what it says.
    #[must_use]
    pub fn json_line(&self, number: usize, entry: Option<&Entry>) -> String {
        let standing = self.standing(number);
        let now = match standing {
            Some(Standing::Differs(now)) => now.as_deref(),
            _ => None,
        };
        let line = LineRecord { line: number, standing: standing.map(Standing::word), now, entry };
        format!("\n    {}", format!("{:#}", json!(line)).replace('\n', "\n    "))
    }
}

/// A decision log worked out again. Keys may be added; none is renamed or taken away.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Replay")]
pub(super) struct ReplayDocument<'a> {
    /// Lines of the log.
    lines: usize,
    /// Those that stand.
    standing: usize,
    /// The hash of the last line; empty where it has none.
    head: &'a str,
    /// Whether that is not the one which it must have.
    cut_short: bool,
    /// The line with the hash that the last one must have, if any.
    #[schemars(range(min = 1))]
    head_at: Option<usize>,
    /// The policies that were found in a history.
    past: Vec<FoundPolicy<'a>>,
    /// What the decisions would be today, where that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    today: Option<CompareDocument<'a>>,
    /// The lines that do not stand, and those that are asked for.
    of: Vec<LineRecord<'a>>,
}

/// A policy that was found in a history.
#[derive(Serialize, JsonSchema)]
struct FoundPolicy<'a> {
    /// The policy, as the log names it.
    policy: &'a LoggedPolicy,
    /// The commit, and the folder in it.
    place: &'a str,
}

/// How a line of the log stands.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReplayLine")]
struct LineRecord<'a> {
    /// Its number, from 1.
    #[schemars(range(min = 1))]
    line: usize,
    /// How it stands.
    #[schemars(with = "String", extend("enum" = Standing::WORDS))]
    standing: Option<&'a str>,
    /// The tier that comes out now, of one that `differs`; null where none does.
    now: Option<&'a str>,
    /// What the line says; null where it cannot be read.
    entry: Option<&'a Entry>,
}
