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
    decision::{assessor::Assessor, range::range, verdict::Verdict},
    error::Error,
    evaluate::{
        evaluator::Evaluator,
        inputs::{Assumed, Facts, Inputs},
    },
    language::{effect::Effect, fault::PolicyFault},
    policy::Policy,
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
    let file = base.read()?.under(&policy.recorded_tiers()).map_err(|fault| base.fault(fault))?;
    let Some(on) = file.case.assessed_on.map(|day| day.0) else { return Ok(Vec::new()) };
    let failed = |fault: PolicyFault| Box::new(Error::Policy { crn: Some(file.case.crn.to_string()), fault });
    let mut assessor = Assessor::new(policy);
    let known = assessor.facts(&file.case, on);
    let evaluator = &mut assessor.begin(&known).evaluator;
    let says = |evaluator: &mut Evaluator<'_>, instead: BTreeMap<InputId, Value>| -> Result<Says, Box<Error>> {
        let facts = Arc::new(Facts { instead, ..Facts::clone(&known) });
        evaluator.begin(&facts);
        let range = range(evaluator, &facts).map_err(|fault| failed(*fault))?;
        let (assumed, verdict) = range.top;
        Ok(said(&verdict, &Inputs { facts, assumed }))
    };
    let read = says(evaluator, BTreeMap::new())?.read;
    evaluator.begin(&known);
    evaluator.open(&known, Assumed::new());
    evaluator.possible().domain.open_these(read.clone());
    evaluator.outlook();
    let open = evaluator.possible().domain.facts.clone();
    let mut found = Vec::new();
    for id in read {
        let input = policy.inputs().get(id);
        let fact = open.iter().find(|fact| fact.input == id);
        let cuts: Vec<Decimal> = fact.map(|fact| fact.cuts.iter().copied().collect()).unwrap_or_default();
        let every = fact.is_some_and(|fact| fact.every);
        let mut former: Option<Says> = None;
        for value in values(input, &cuts, every) {
            let given = value.to_i64().filter(|_| value.is_integer()).map_or(Value::Decimal(value), Value::Whole);
            // A value that a rule refuses is no threshold.
            let Ok(now) = says(evaluator, BTreeMap::from([(id, given)])) else { break };
            if let Some(former) = former.as_ref().filter(|former| former.effects != now.effects) {
                let moves_tier = former.tier != now.tier;
                found.push(Threshold { path: Arc::clone(&input.path), at: value, base, moves_tier });
            }
            former = Some(now);
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
fn said(verdict: &Verdict, inputs: &Inputs) -> Says {
    let bearing = |effects: &[Effect]| {
        effects.iter().filter(|effect| !matches!(effect, Effect::Flag { .. })).cloned().collect::<Vec<_>>()
    };
    let tier = verdict.tier.as_deref().map(|tier| Effect::AtLeast(tier.into())).into_iter().collect();
    let effects = verdict.outcomes.iter().map(|outcome| bearing(&outcome.effects)).chain([tier]).collect();
    let reads = verdict.outcomes.iter().flat_map(|outcome| &outcome.reads);
    let given =
        reads.filter(|read| inputs.look_up(read.input, read.presence).is_ok_and(|(value, _)| !value.is_absent()));
    Says { tier: verdict.tier.clone(), effects, read: given.map(|read| read.input).collect() }
}

/// The values to try, in order: on both sides of each number that the rules hold the input against.
fn values(input: &Input, cuts: &[Decimal], every: bool) -> Vec<Decimal> {
    if !matches!(input.source, Source::Field(_)) {
        return Vec::new();
    }
    let (min, max) = match input.domain() {
        Some(Domain::Whole { min, max }) if every && *max <= 1_000 => {
            return (*min..=*max).map(Decimal::from).collect();
        }
        Some(Domain::Whole { min, max } | Domain::Decimal { min, max }) => (Decimal::from(*min), Decimal::from(*max)),
        _ => return Vec::new(),
    };
    let step = just(input);
    let whole = step == Decimal::ONE;
    let near =
        cuts.iter().map(|cut| if whole { cut.ceil() } else { *cut }).flat_map(|cut| [cut - step, cut, cut + step]);
    near.filter(|value| (min..=max).contains(value)).collect::<BTreeSet<_>>().into_iter().collect()
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
            let answer = case.run(&mut Assessor::new(policy), None, days)?;
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
