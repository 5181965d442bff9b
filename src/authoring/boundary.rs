//! Worked cases at the thresholds of a policy. A threshold is a value of an input from which a rule says something else: it is
//! found by running the rules over existing cases with every value that the input can have, so that one in a list of cut-offs
//! or a table is found like one in a comparison.

mod cuts;

use self::cuts::cuts_of_rules;
use crate::{
    authoring::{
        case_text::CaseText,
        expected::expectation,
        script_thresholds::{ScriptThreshold, script_thresholds},
        worked::WorkedCase,
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
use jiff::civil::Date;
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

/// The worked cases at the thresholds of a policy, and what is left.
#[derive(Debug, Clone, Default)]
pub struct Boundary {
    /// The cases.
    pub drafted: Vec<Drafted>,
    /// The thresholds that no worked case leads to.
    pub missed: Vec<Missed>,
    /// The days that the existing cases were looked at on.
    pub dates: BTreeSet<Date>,
}

/// A threshold that stands in the rules, and that no worked case leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// The input, or what is asked in the script.
    pub path: String,
    /// The number that the rules hold it against.
    pub at: Decimal,
    /// Why there is no case.
    pub why: &'static str,
}

/// Where a rule begins to say something else.
#[derive(Debug, Clone)]
struct Threshold<'a> {
    path: Arc<str>,
    at: Decimal,
    base: &'a WorkedCase,
    moves_tier: bool,
}

/// Worked cases at, just below and just above every threshold that stands in the rules. The one of the existing cases whose tier
/// the threshold moves is preferred as the base; `on` is the day on which each is looked at, where not its own.
///
/// # Errors
///
/// When an existing case is invalid, or a rule fails on a value.
pub fn cases(
    policy: &Policy,
    existing: &[WorkedCase],
    on: Option<Date>,
    days: &WorkingDays,
) -> Result<Boundary, Box<Error>> {
    let existing: Vec<WorkedCase> = existing.iter().map(|base| dated(base, on)).collect();
    let mut found: BTreeMap<(Arc<str>, Decimal), Threshold<'_>> = BTreeMap::new();
    let (mut read, mut dates) = (BTreeSet::new(), BTreeSet::new());
    for base in &existing {
        let Some(one) = of_case(policy, base)? else { continue };
        read.extend(one.read);
        dates.insert(one.on);
        for threshold in one.thresholds {
            let key = (Arc::clone(&threshold.path), threshold.at);
            let better = found.get(&key).is_none_or(|known| threshold.moves_tier && !known.moves_tier);
            if better {
                found.insert(key, threshold);
            }
        }
    }
    let standing: BTreeSet<(InputId, Decimal)> = dates.iter().flat_map(|on| cuts_of_rules(policy, *on)).collect();
    let asked: BTreeSet<ScriptThreshold> = dates.iter().flat_map(|on| script_thresholds(policy, *on)).collect();
    let mut boundary = Boundary { dates, ..Boundary::default() };
    for threshold in found.values() {
        boundary.drafted.extend(threshold.drafts(policy, days)?);
    }
    let led_to = |(id, at): &(InputId, Decimal)| {
        let input = policy.inputs().get(*id);
        // A comparison that leaves its edge out begins one step later.
        found.keys().any(|(path, known)| *path == input.path && (*known - *at).abs() <= just(input))
    };
    let missed = standing.into_iter().filter(|threshold| !led_to(threshold));
    boundary.missed.extend(missed.map(|(id, at)| {
        let input = policy.inputs().get(id);
        let why = match input.source {
            Source::Field(_) | Source::Local(_) if !read.contains(&id) => "no worked case is one whose rules read it",
            Source::Field(_) | Source::Local(_) => "in every worked case something else gives the same on both sides",
            _ => "it is worked out from other inputs, and has no value of its own to be set",
        };
        Missed { path: input.path.to_string(), at, why }
    }));
    let told: Vec<Decimal> = found.keys().map(|(_, at)| *at).chain(boundary.missed.iter().map(|one| one.at)).collect();
    // A variable may hold an input: then its number is one of those above, or the next one.
    let is_told =
        |one: &ScriptThreshold| one.may_be_input && told.iter().any(|at| (*at - one.number).abs() <= Decimal::ONE);
    let why = "what is counted, added up or reckoned there has no value of its own to be set";
    let others = asked.into_iter().filter(|one| !is_told(one));
    let missed = others.map(|one| Missed { path: format!("`{}`", one.asked), at: one.number, why });
    boundary.missed.extend(missed.collect::<Vec<_>>());
    Ok(boundary)
}

/// The case as it is looked at on another day.
fn dated(base: &WorkedCase, on: Option<Date>) -> WorkedCase {
    let text = on.zip(CaseText::read(&base.text).ok()).and_then(|(on, mut text)| {
        text.set("assessed_on", &on.to_string()).ok()?;
        Some(text.write(""))
    });
    WorkedCase { text: text.unwrap_or_else(|| base.text.clone()), ..base.clone() }
}

/// What one case leads to.
struct OfCase<'a> {
    on: Date,
    read: BTreeSet<InputId>,
    thresholds: Vec<Threshold<'a>>,
}

/// The thresholds of the inputs that the rules read in one case.
fn of_case<'a>(policy: &Policy, base: &'a WorkedCase) -> Result<Option<OfCase<'a>>, Box<Error>> {
    let file = base.read()?.under(&policy.vocabulary()).map_err(|fault| base.fault(fault))?;
    let Some(on) = file.case.assessed_on.map(|day| day.0) else { return Ok(None) };
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
    let mut thresholds = Vec::new();
    for id in read.iter().copied() {
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
                thresholds.push(Threshold { path: Arc::clone(&input.path), at: value, base, moves_tier });
            }
            former = Some(now);
        }
    }
    Ok(Some(OfCase { on, read, thresholds }))
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
    if !matches!(input.source, Source::Field(_) | Source::Local(_)) {
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
    text.set_input(path, &value.normalize().to_string()).ok()?;
    text.remove("expect");
    let Some((comment, expect)) = expect else { return Some(text.write("")) };
    text.set("expect", expect).ok()?;
    Some(text.as_file(comment))
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
            let law = policy.law().map(|law| format!(" by the rules and numbers of {law}")).unwrap_or_default();
            let (path, at) = (&self.path, self.at.normalize());
            let comment = format!("{path} {}: {place} the threshold {at}{law}", value.normalize());
            if let Some(text) = changed(self.base, &self.path, value, Some((&comment, &expectation(&answer)))) {
                let number = self.at.normalize().to_string().replace('.', "_");
                let name = format!("boundary-{}-{number}-{word}", self.path.replace(['.', '_'], "-"));
                drafts.push(Drafted { name, text });
            }
        }
        Ok(drafts)
    }
}
