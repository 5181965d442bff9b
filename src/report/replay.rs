//! A decision log worked out again: what still stands, and what does not and why.

use crate::{
    decision_log::{Entry, chain::Damage},
    report::{View, page::Page, phrases::date},
};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Lines of one kind that a page names; of the others there is a count.
const NAMED: usize = 20;

/// A decision log worked out again.
#[derive(Debug, Default)]
pub struct ReplayReport {
    /// Its lines.
    pub lines: Vec<Line>,
    /// The hash of the last one.
    pub head: String,
    /// Whether that is not the one which it must have.
    pub cut_short: bool,
    /// The lines that are drawn, where only some are asked for.
    drawn: Option<Vec<usize>>,
}

/// One line of the log.
#[derive(Debug)]
pub struct Line {
    /// Its number, from 1.
    pub number: usize,
    /// What it says, where that can be read.
    pub entry: Option<Entry>,
    /// How it stands.
    pub standing: Standing,
}

/// How a line stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nobody gave the cases: only the chain was looked at, and that is whole here.
    NotTried,
    /// The same comes out again.
    Same,
    /// The log was changed.
    Damaged(Damage),
    /// Something else comes out of the same case under the same policy: this tier, or none.
    Differs(Option<String>),
    /// The case says something else now.
    CaseChanged,
    /// The policy is another one now.
    PolicyChanged,
    /// The case was not given.
    NoCase,
    /// There is no policy of that name any more.
    NoPolicy,
}

impl Standing {
    /// Whether nothing speaks against the line.
    const fn is_good(&self) -> bool {
        matches!(self, Self::NotTried | Self::Same)
    }

    const fn word(&self) -> &'static str {
        match self {
            Self::NotTried => "chained",
            Self::Same => "same",
            Self::Damaged(Damage::Altered) => "altered",
            Self::Damaged(Damage::Removed) => "removed_before",
            Self::Damaged(Damage::Reordered) => "reordered",
            Self::Damaged(Damage::Repeated) => "repeated",
            Self::Damaged(Damage::CutOff) => "cut_off",
            Self::Differs(_) => "differs",
            Self::CaseChanged => "case_changed",
            Self::PolicyChanged => "policy_changed",
            Self::NoCase => "no_case",
            Self::NoPolicy => "no_policy",
        }
    }

    const fn said(&self) -> &'static str {
        match self {
            Self::NotTried => "whole, and in its place",
            Self::Same => "the same comes out again",
            Self::Damaged(Damage::Altered) => "altered: its hash is not that of what it says",
            Self::Damaged(Damage::Removed) => "the line before it was removed",
            Self::Damaged(Damage::Reordered) => "stands in another place than it was written at",
            Self::Damaged(Damage::Repeated) => "stands there twice",
            Self::Damaged(Damage::CutOff) => "cut off in the middle",
            Self::Differs(_) => "something else comes out of the same case and policy",
            Self::CaseChanged => "the case says something else now",
            Self::PolicyChanged => "the policy is another one now",
            Self::NoCase => "the case was not given",
            Self::NoPolicy => "there is no such policy any more",
        }
    }
}

impl ReplayReport {
    /// The lines that can be read, with what they say.
    pub fn entries(&self) -> impl Iterator<Item = (&Line, &Entry)> {
        self.lines.iter().filter_map(|line| Some((line, line.entry.as_ref()?)))
    }

    /// Draws the decisions of one case, or for one date.
    pub fn only(&mut self, crn: Option<&str>, on: Option<Date>) {
        if crn.is_some() || on.is_some() {
            let wanted = |entry: &Entry| crn.is_none_or(|crn| entry.crn == crn) && on.is_none_or(|on| entry.on == on);
            let drawn = self.entries().filter(|(_, entry)| wanted(entry)).map(|(line, _)| line.number);
            self.drawn = Some(drawn.collect());
        }
    }

    /// Whether nothing speaks against any line.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.cut_short && self.lines.iter().all(|line| line.standing.is_good())
    }

    fn of(&self, number: usize) -> Option<(&Line, &Entry)> {
        self.entries().find(|(line, _)| line.number == number)
    }

    fn draw_entry(page: &mut Page, line: &Line, entry: &Entry) {
        let outcome = &entry.outcome;
        let tier = outcome.tier.as_deref().unwrap_or("no tier");
        page.section(&format!("{} {tier} on {}", entry.crn, date(entry.on)));
        let by = entry.by.as_ref().map(|by| format!(", run by {by}")).unwrap_or_default();
        page.fact("logged", &format!("line {}, {}{by}", line.number, entry.at.strftime("%-d %B %Y, %H:%M UTC")));
        page.fact("stands", line.standing.said());
        page.fact("policy", &format!("{}, digest {:.12}", entry.policy.name, entry.policy.digest));
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
}

impl View for ReplayReport {
    fn draw(&self, page: &mut Page) {
        let good = self.lines.iter().filter(|line| line.standing.is_good()).count();
        page.heading(1, &format!("{good} of {} lines stand", self.lines.len()));
        let mut kinds: BTreeMap<&'static str, Vec<&Line>> = BTreeMap::new();
        for line in &self.lines {
            kinds.entry(line.standing.said()).or_default().push(line);
        }
        for (said, lines) in kinds {
            page.note(2, &format!("{}: {said}", lines.len()));
            let bad = lines.iter().filter(|line| !line.standing.is_good());
            for line in bad.clone().take(NAMED) {
                let entry = line.entry.as_ref();
                let whose = entry.map(|entry| format!(", {} on {}", entry.crn, date(entry.on))).unwrap_or_default();
                let tiers = match (&line.standing, entry.and_then(|entry| entry.outcome.tier.as_deref())) {
                    (Standing::Differs(now), was) => {
                        format!(": {} then, {} now", was.unwrap_or("no tier"), now.as_deref().unwrap_or("no answer"))
                    }
                    _ => String::new(),
                };
                page.aside(6, &format!("line {}{whose}{tiers}", line.number));
            }
            let left = bad.count().saturating_sub(NAMED);
            if left > 0 {
                page.aside(6, &format!("and {left} more"));
            }
        }
        if self.cut_short {
            page.note(2, "the last line does not have the hash that it must have: lines at the end were cut off");
        }
        page.note(2, &format!("the hash of the last line is {}", self.head));
        for (line, entry) in self.drawn.iter().flatten().filter_map(|number| self.of(*number)) {
            Self::draw_entry(page, line, entry);
        }
    }

    fn json(&self) -> Value {
        let lines = self.lines.iter().filter(|line| {
            let is_asked = self.drawn.as_ref().is_some_and(|drawn| drawn.contains(&line.number));
            is_asked || !line.standing.is_good()
        });
        let line = |line: &Line| {
            let now = match &line.standing {
                Standing::Differs(now) => json!(now),
                _ => Value::Null,
            };
            json!({ "line": line.number, "standing": line.standing.word(), "now": now, "entry": line.entry })
        };
        json!({
            "lines": self.lines.len(),
            "standing": self.lines.iter().filter(|line| line.standing.is_good()).count(),
            "head": self.head,
            "cut_short": self.cut_short,
            "of": lines.map(line).collect::<Vec<_>>(),
        })
    }
}
