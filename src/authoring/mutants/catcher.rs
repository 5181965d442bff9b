//! A case that would notice a mutant which no worked case notices: a worked case with one thing in it otherwise, under which the
//! policy and the mutant give different answers.

use super::{
    Mutant,
    bench::{Bench, Usual},
    nudges::{Concern, Nudge},
};
use crate::{
    authoring::{
        case_text::CaseText,
        expected::expectation,
        snapshot::snapshot,
        worked::{Answer, WorkedCase},
    },
    decision::assessor::Assessor,
    policy::Policy,
};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// Most cases that are tried for one mutant: with other inputs of its function, other dates, other inputs of the rules around.
const MAX_TRIED: [usize; 3] = [900, 600, 500];

/// A case that would notice a mutant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Catcher {
    /// The worked case that it is made from.
    pub base: String,
    /// What is otherwise in it.
    pub path: String,
    /// The value there; null where it goes.
    pub value: Option<String>,
    /// Its text, with what comes out under the policy as it is for its expectation.
    #[serde(skip)]
    pub text: String,
    /// The file that it was written to; null without `--write`.
    pub file: Option<String>,
}

impl Catcher {
    /// What it is, in one line.
    #[must_use]
    pub fn said(&self) -> String {
        let Self { base, path, value, .. } = self;
        value.as_ref().map_or_else(|| format!("{base} without {path}"), |value| format!("{base} with {path}: {value}"))
    }
}

/// Looks for a case that would notice a mutant of a member of the policy.
#[must_use]
pub fn catcher(bench: &Bench<'_>, mutant: &Mutant<'_>, member: &Policy, mutated: &Policy) -> Option<Catcher> {
    let concern = Concern::of(mutant, member);
    let mut search =
        Search { bench, mutant: mutant.said(), usual: Assessor::new(bench.policy), mutated: Assessor::new(mutated) };
    let near = concern.of_inputs(member, 0);
    let far = concern.of_inputs(member, 1);
    let of_inputs = |nudges: &[Nudge]| {
        let nudges = nudges.to_vec();
        move |_: &CaseText, _: &Usual<'_>| nudges.clone()
    };
    let [first, second, third] = MAX_TRIED;
    search
        .among(first, &of_inputs(&near))
        .or_else(|| search.among(second, &|text, usual| concern.of_dates(text, usual.ready.on)))
        .or_else(|| search.among(third, &of_inputs(&far)))
}

struct Search<'b, 'p> {
    bench: &'b Bench<'p>,
    mutant: String,
    usual: Assessor<'b>,
    mutated: Assessor<'b>,
}

impl Search<'_, '_> {
    /// The first of the worked cases, with one thing otherwise, that tells the two apart: of each the first nudge, then of each
    /// the next.
    fn among(&mut self, most: usize, nudges: &dyn Fn(&CaseText, &Usual<'_>) -> Vec<Nudge>) -> Option<Catcher> {
        let bench = self.bench;
        let read = bench.cases.iter().filter_map(|usual| Some((usual, CaseText::read(&usual.worked.text).ok()?)));
        let all: Vec<_> = read.map(|(usual, text)| (usual, nudges(&text, usual), text)).collect();
        let longest = all.iter().map(|(_, nudges, _)| nudges.len()).max().unwrap_or(0);
        let turns = (0..longest).flat_map(|turn| {
            let of_turn = move |nudges: &[Nudge]| nudges.get(turn).cloned();
            all.iter().filter_map(move |(usual, nudges, text)| Some((*usual, text, of_turn(nudges)?)))
        });
        turns.take(most).find_map(|(usual, text, nudge)| self.tell_apart(usual, text, nudge))
    }

    fn tell_apart(&mut self, usual: &Usual<'_>, text: &CaseText, nudge: Nudge) -> Option<Catcher> {
        let mut text = text.clone();
        match &nudge {
            (path, Some(value)) => text.set_input(path, value).ok()?,
            (path, None) => text.unset(path).then_some(())?,
        }
        text.remove("expect");
        let (now, then) = self.both(usual, text.write(""))?;
        let same = then.as_ref().is_some_and(|then| snapshot(then) == snapshot(&now));
        if same {
            return None;
        }
        text.set("expect", &telling(&now, then.as_ref())).ok()?;
        let (path, value) = nudge;
        let mut found = Catcher { base: usual.worked.name.clone(), path, value, text: String::new(), file: None };
        found.text = text.as_file(&format!("{}: notices {}", found.said(), self.mutant));
        Some(found)
    }

    /// What comes out as the policy is, and under the mutant where it runs at all.
    fn both(&mut self, usual: &Usual<'_>, text: String) -> Option<(Answer, Option<Answer>)> {
        let case = WorkedCase { text, ..usual.worked.clone() };
        let ready = case.ready(self.bench.policy, self.bench.on).ok()?;
        let now = ready.run(&mut self.usual, self.bench.days).ok()?;
        Some((now, ready.run(&mut self.mutated, self.bench.days).ok()))
    }
}

/// What must come out of the case: the tier and the rules, and what else differs under the mutant.
fn telling(now: &Answer, then: Option<&Answer>) -> String {
    let expect = expectation(now);
    let Some(then) = then else { return expect };
    let mut more = Vec::new();
    let codes = |answer: &Answer| -> BTreeSet<String> {
        answer.assessment.decision.flags.iter().map(|flag| flag.code.to_string()).collect()
    };
    let (raised, other) = (codes(now), codes(then));
    let listed = |codes: Vec<&String>| codes.into_iter().cloned().collect::<Vec<_>>().join(", ");
    if raised != other {
        let (include, exclude) = (raised.difference(&other).collect(), other.difference(&raised).collect());
        more.push(format!("flags: {{include: [{}], exclude: [{}]}}", listed(include), listed(exclude)));
    }
    for (what, now, then) in
        [("contact", &now.due.contact, &then.due.contact), ("review", &now.due.review, &then.due.review)]
    {
        let due = now.due.filter(|_| now.due != then.due).map(|due| format!("due: {due}"));
        let state = (now.state != then.state).then(|| format!("state: {}", now.state.as_str()));
        let late = (now.days_overdue != then.days_overdue).then(|| format!("days_overdue: {}", now.days_overdue));
        let parts: Vec<String> = [due, state, late].into_iter().flatten().collect();
        if !parts.is_empty() {
            more.push(format!("{what}: {{{}}}", parts.join(", ")));
        }
    }
    let (held, other) = (now.assessment.decision.allocation, then.assessment.decision.allocation);
    if let Some(held) = held.filter(|_| held != other) {
        more.push(format!("allocation: {{grade: {}, from: {}}}", held.grade.as_str(), held.from.as_str()));
    }
    let (points, other) = (now.assessment.decision.workload, then.assessment.decision.workload);
    if let Some(points) = points.filter(|_| points != other) {
        more.push(format!("workload: {points}"));
    }
    more.push("unconfirmed: true".to_owned());
    expect.replace("unconfirmed: true", &more.join(", "))
}
