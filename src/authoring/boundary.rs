//! Worked cases at the thresholds of a policy. A threshold is a value of an input from which a rule says something else: it is
//! found by running the rules over existing cases with every value that the input can have, so that one in a list of cut-offs
//! or a table is found like one in a comparison.

use crate::{
    authoring::{
        case_text::CaseText,
        worked::{Answer, WorkedCase},
    },
    calendar::WorkingDays,
    case::{
        domain::Domain,
        input::{Input, InputId, Source},
        value::Value,
    },
    decision::{desk::Desk, range::range, tried::numbers_in_force, verdict::Verdict},
    error::Error,
    policy::{
        Policy,
        edition::Edition,
        effect::Effect,
        fault::PolicyFault,
        sight::{Facts, Sight},
    },
};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// A worked case beside a threshold.
#[derive(Debug, Clone)]
pub struct Drafted {
    /// Name of its file, without the ending.
    pub name: String,
    /// Its text, with what comes out now as its expectation.
    pub text: String,
}

/// Where a rule begins to say something else.
#[derive(Debug, Clone)]
struct Threshold<'a> {
    path: Arc<str>,
    at: Decimal,
    base: &'a WorkedCase,
    moves_tier: bool,
}

/// Worked cases at, just below and just above every threshold that the existing cases lead to. The one whose tier the threshold
/// moves is preferred as the base.
///
/// # Errors
///
/// When an existing case is invalid, or a rule fails on a value.
pub fn cases(policy: &Policy, existing: &[WorkedCase], days: &WorkingDays) -> Result<Vec<Drafted>, Box<Error>> {
    let mut found: BTreeMap<(Arc<str>, Decimal), Threshold<'_>> = BTreeMap::new();
    for base in existing {
        for threshold in thresholds(policy, base)? {
            let key = (Arc::clone(&threshold.path), threshold.at);
            let better = found.get(&key).is_none_or(|known| threshold.moves_tier && !known.moves_tier);
            if better {
                found.insert(key, threshold);
            }
        }
    }
    let mut drafted = Vec::new();
    for threshold in found.values() {
        drafted.extend(threshold.drafts(policy, days)?);
    }
    Ok(drafted)
}

/// The thresholds of the inputs that the rules read in one case.
fn thresholds<'a>(policy: &Policy, base: &'a WorkedCase) -> Result<Vec<Threshold<'a>>, Box<Error>> {
    let file = base.read()?;
    let Some(on) = file.case.assessed_on.map(|day| day.0) else { return Ok(Vec::new()) };
    let failed = |fault: PolicyFault| Box::new(Error::Policy { crn: Some(file.case.crn.to_string()), fault });
    let mut desk = Desk::new(policy);
    let known = desk.facts(&file.case, on);
    let runner = &mut desk.at(&known).map_err(failed)?.runner;
    let edition = Arc::clone(runner.edition());
    let mut says = |instead: BTreeMap<InputId, Value>| -> Result<Option<Says>, Box<Error>> {
        let facts = Arc::new(Facts { instead, ..Facts::clone(&known) });
        let range = range(runner, &facts).map_err(|fault| failed(*fault))?;
        let top = range.top(policy.tiers());
        Ok(top.map(|(assumed, verdict)| said(verdict, &Sight { facts, assumed: assumed.clone() })))
    };
    let read = says(BTreeMap::new())?.map(|says| says.read).unwrap_or_default();
    let mut found = Vec::new();
    for id in read {
        let input = policy.inputs().get(id);
        let mut former: Option<Says> = None;
        for value in values(input, &edition) {
            let given = value.to_i64().filter(|_| value.is_integer()).map_or(Value::Decimal(value), Value::Whole);
            // A value that a rule refuses is no threshold.
            let Ok(now) = says(BTreeMap::from([(id, given)])) else { break };
            if let (Some(former), Some(now)) = (&former, &now)
                && former.effects != now.effects
            {
                let moves_tier = former.tier != now.tier;
                found.push(Threshold { path: Arc::clone(&input.path), at: value, base, moves_tier });
            }
            former = now;
        }
    }
    Ok(found)
}

/// What the rules say for one value.
struct Says {
    tier: Option<String>,
    effects: Vec<Vec<Effect>>,
    read: BTreeSet<InputId>,
}

/// Flags are left out: their texts repeat values, and so would differ at every one.
fn said(verdict: &Verdict, sight: &Sight) -> Says {
    let bearing = |effects: &[Effect]| {
        effects.iter().filter(|effect| !matches!(effect, Effect::Flag { .. })).cloned().collect::<Vec<_>>()
    };
    let tier = verdict.tier.as_deref().map(|tier| Effect::AtLeast(tier.into())).into_iter().collect();
    let effects = verdict.outcomes.iter().map(|outcome| bearing(&outcome.effects)).chain([tier]).collect();
    let asked = verdict.outcomes.iter().flat_map(|outcome| &outcome.asked);
    let given =
        asked.filter(|asked| sight.look_up(asked.input, asked.presence).is_ok_and(|(value, _)| !value.is_absent()));
    Says { tier: verdict.tier.clone(), effects, read: given.map(|asked| asked.input).collect() }
}

/// The values to try: whole numbers in full; of a decimal every number among the parameters and the one just below it.
fn values(input: &Input, edition: &Edition) -> Vec<Decimal> {
    if !matches!(input.source, Source::Field(_)) {
        return Vec::new();
    }
    match input.domain() {
        Some(Domain::Whole { min, max }) if *max <= 1_000 => (*min..=*max).map(Decimal::from).collect(),
        Some(Domain::Decimal { min, max }) => {
            let near = numbers_in_force(edition).into_iter().flat_map(|step| [step - just(input), step]);
            let within = near.filter(|step| (Decimal::from(*min)..=Decimal::from(*max)).contains(step));
            within.collect::<BTreeSet<_>>().into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// How far the nearest other value is that a case file would give.
fn just(input: &Input) -> Decimal {
    if matches!(input.domain(), Some(Domain::Whole { .. })) { Decimal::ONE } else { Decimal::new(1, 2) }
}

/// The text of a case with another value, and with an expectation instead of its own.
fn changed(base: &WorkedCase, path: &str, value: Decimal, expect: Option<(&str, &str)>) -> Option<String> {
    let mut text = CaseText::read(&base.text).ok()?;
    // A need may be written as its score alone.
    let short = path.strip_suffix(".score").filter(|_| path.starts_with("oasys.sections."));
    let value = value.normalize().to_string();
    text.set(path, &value).or_else(|_| text.set(short.unwrap_or(path), &value)).ok()?;
    text.remove("expect");
    let Some((comment, expect)) = expect else { return Some(text.write("")) };
    text.set("expect", expect).ok()?;
    Some(text.write(comment))
}

impl Threshold<'_> {
    fn drafts(&self, policy: &Policy, days: &WorkingDays) -> Result<Vec<Drafted>, Box<Error>> {
        let Some(input) = policy.inputs().find(&self.path).map(|input| policy.inputs().get(input)) else {
            return Ok(Vec::new());
        };
        let step = just(input);
        let mut drafts = Vec::new();
        for (word, value) in [("below", self.at - step), ("at", self.at), ("above", self.at + step)] {
            // A value outside the domain of the input is no case.
            let Some(text) = changed(self.base, &self.path, value, None) else { continue };
            let case = WorkedCase { text, ..self.base.clone() };
            if case.read().is_err() {
                continue;
            }
            let answer = case.run(&mut Desk::new(policy), None, days)?;
            let place = if word == "at" { "at" } else { &format!("just {word}") };
            let comment = format!("{} {}: {place} the threshold {}", self.path, value.normalize(), self.at.normalize());
            if let Some(text) = changed(self.base, &self.path, value, Some((&comment, &expectation(&answer)))) {
                let number = self.at.normalize().to_string().replace('.', "_");
                let name = format!("boundary-{}-{number}-{word}", self.path.replace(['.', '_'], "-"));
                drafts.push(Drafted { name, text });
            }
        }
        Ok(drafts)
    }
}

/// What comes out now, as an expectation that somebody must confirm.
#[must_use]
pub fn expectation(answer: &Answer) -> String {
    let decision = &answer.assessment.decision;
    let fired: Vec<&str> = decision.reasons.iter().filter(|reason| reason.fired).map(|reason| &*reason.rule).collect();
    let mut parts = Vec::new();
    if let Some(tier) = &decision.tier {
        parts.push(format!("tier: {tier}"));
    }
    if decision.provisional {
        parts.push("provisional: true".to_owned());
    }
    if !decision.points.is_empty() {
        let points: Vec<String> = decision.points.iter().map(|(axis, points)| format!("{axis}: {points}")).collect();
        parts.push(format!("points: {{{}}}", points.join(", ")));
    }
    parts.push(format!("fired: [{}]", fired.join(", ")));
    parts.push("unconfirmed: true".to_owned());
    format!("{{{}}}", parts.join(", "))
}
