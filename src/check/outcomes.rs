//! What can come of the rules when every input is open, between one change of the numbers and the next: conditions that always
//! come out alike, rules that never say anything, tiers that have no standard, decisions that contradict each other. Where the
//! evaluator is wider than what can be, nothing is found: silence is no promise, and a finding is one.

mod dated;
mod decisions;
mod standards;

use self::{
    dated::{DatedTruth, by_days, when},
    decisions::Contradictions,
};
use super::attainable::{beginning, days, facts, handed};
use crate::{
    evaluate::{
        evaluator::{Evaluator, Held},
        inputs::{Assumed, Facts},
        possible::{
            Met,
            value::{Atom, Possible},
        },
        stop::{Fault, Stop},
    },
    language::{
        datum::Datum,
        fault::PolicyFault,
        lower::follows_from_tier,
        program::{Condition, Entry},
        rule::Rule,
    },
    policy::Policy,
};
use jiff::civil::Date;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Most letters of a value that a policy works out and that a finding tells.
const MAX_LETTERS: usize = 60;

/// What was learnt of one stretch of time.
struct Stretch {
    from: Date,
    /// Whether every number has a value.
    has_numbers: bool,
    met: BTreeMap<u32, Met>,
    /// The functions that were run, by name, each with how it fails whatever the case is.
    fails: Fails,
    /// Rules in force, by name, and whether they can say anything.
    says: BTreeMap<Arc<str>, bool>,
    /// What else is wrong in it.
    found: Vec<PolicyFault>,
}

/// How functions fail, by name: what is said of whatever value, and the whole fault.
type Fails = BTreeMap<Arc<str>, Vec<(String, PolicyFault)>>;

/// Everything that is found by what can come of a policy.
#[must_use]
pub fn outcomes(policy: &Policy) -> Vec<PolicyFault> {
    let mut known = Contradictions::new();
    let stretches: Vec<Stretch> = days(policy).into_iter().map(|from| stretch(policy, from, &mut known)).collect();
    let ever = beginning(policy);
    let wrong: Vec<(Date, &[PolicyFault])> = stretches.iter().map(|one| (one.from, one.found.as_slice())).collect();
    let mut found = by_days(&wrong, ever);
    found.extend(failing(&stretches, ever));
    found.extend(conditions(policy, &stretches, ever));
    found.extend(silent(policy, &stretches));
    found
}

/// What is learnt of the stretch that begins on a day.
fn stretch(policy: &Policy, from: Date, known: &mut Contradictions) -> Stretch {
    let facts = facts(policy, from);
    let in_force = policy.in_force(from);
    let has_numbers = in_force.parameters.iter().all(Result::is_ok);
    let evaluator = Evaluator::new(in_force, &facts);
    let mut look = Look { policy, evaluator, facts, has_numbers, fails: Fails::new(), found: Vec::new() };
    let says = look.rules();
    if has_numbers {
        look.others(from);
    }
    look.standards();
    let met = look.evaluator.possible().domain.met.clone().unwrap_or_default();
    look.decisions(from, known);
    Stretch { from, has_numbers, met, fails: look.fails, says, found: look.found }
}

struct Look<'p> {
    policy: &'p Policy,
    evaluator: Evaluator<'p>,
    facts: Arc<Facts>,
    /// Whether every number has a value.
    has_numbers: bool,
    /// How the functions that were run fail whatever the case is.
    fails: Fails,
    found: Vec<PolicyFault>,
}

impl Look<'_> {
    fn open(&mut self) {
        self.evaluator.open(&self.facts, Assumed::new());
        self.evaluator.open_everything();
        self.evaluator.possible().domain.met.get_or_insert_default();
    }

    /// Which rules can say anything.
    fn rules(&mut self) -> BTreeMap<Arc<str>, bool> {
        let mut says = BTreeMap::new();
        for entry in self.evaluator.rules().to_vec() {
            self.open();
            let made = self.evaluator.possible().run(entry.function, []);
            says.insert(Arc::clone(&entry.rule.name), self.is_said(entry, &made));
        }
        says
    }

    /// The functions that say nothing of the tier by themselves, for how they fail.
    fn others(&mut self, from: Date) {
        let met = self.evaluator.possible().domain.met.clone();
        let all = self.policy.program().entries().filter(|entry| entry.rule.holds_on(from));
        let left: Vec<&Entry> = all.filter(|entry| !self.fails.contains_key(&entry.rule.name)).collect();
        for entry in left {
            // What follows from a tier is asked of somebody in the community, too.
            let follows = follows_from_tier(&entry.rule.name).then(|| self.community());
            for held in std::iter::once(Held::new()).chain(follows) {
                for arguments in handed(self.policy, &entry.rule.name) {
                    self.open();
                    self.evaluator.possible().domain.hold(held.clone());
                    let made = self.evaluator.possible().run(entry.function, arguments);
                    self.is_said(entry, &made);
                }
            }
        }
        // What their conditions come to is kept where every function is run.
        self.evaluator.possible().domain.met = met;
    }

    /// Whether a function can say anything; that it always fails is noted here.
    fn is_said(&mut self, entry: &Entry, made: &Result<Possible, Stop>) -> bool {
        // Where a number has no value yet, that is found of the number.
        let fails = self.has_numbers.then(|| self.fails.entry(Arc::clone(&entry.rule.name)).or_default());
        match made {
            // A way that fails could have said something.
            Ok(value) => {
                let failed = self.evaluator.possible().domain.may_fail.as_ref();
                !is_nothing(value) || failed.is_some_and(|fault| !fault.wrong.message.contains("does not give"))
            }
            Err(Stop::Fault(fault)) if !fault.wrong.is_limit => {
                let (said, found) = (fault.wrong.message.clone(), fault_of(self.policy, fault));
                // Of a function that is handed one tier after the other each may be the value that is told.
                let is_it = |(known, other): &(String, PolicyFault)| {
                    (known, other.line, other.column) == (&said, found.line, found.column)
                };
                if let Some(fails) = fails.filter(|fails| !fails.iter().any(is_it)) {
                    fails.push((said, found));
                }
                true
            }
            Err(_) => true,
        }
    }
}

/// Whether a value is nothing, or a list without entries, for certain.
#[must_use]
pub fn is_nothing(value: &Possible) -> bool {
    let is_empty = |datum: &Datum| datum.is_absent() || datum.as_list().is_some_and(<[Datum]>::is_empty);
    match value {
        Possible::Known(datum) => is_empty(datum),
        Possible::Several(atoms) => atoms.iter().all(|atom| match atom {
            Atom::Known(datum) => is_empty(datum),
            Atom::List(list) => list.is_empty(),
            _ => false,
        }),
        Possible::Fact(_) | Possible::Asked(_) | Possible::Closure(_) | Possible::Anything => false,
    }
}

/// How a function fails: the place, and what is wrong there.
fn fault_of(policy: &Policy, fault: &Fault) -> PolicyFault {
    let source = policy.program().source(fault.script);
    let (file, text) = source.map_or(("", ""), |source| (source.file.as_str(), source.text.as_str()));
    let (line, column) = (fault.place.line as usize, fault.place.column as usize);
    // There is no case here: what it is about comes of the policy, or is one of all that an input can be.
    let said = fault.wrong.message.replace("{}", &shortened(fault.wrong.value.as_deref().unwrap_or_default()));
    let help = fault.wrong.help.clone().unwrap_or_else(|| "look at what the line is given".to_owned());
    PolicyFault::invalid(file, said).code("always-fails").at(Some(line), Some(column)).text(text).help(help)
}

/// A value in the words of a finding: its letters up to some.
fn shortened(value: &str) -> String {
    let letters: String = value.chars().filter(|letter| !letter.is_control()).take(MAX_LETTERS).collect();
    if letters.parse::<i64>().is_ok() { letters } else { format!("`{letters}`") }
}

/// Functions that fail whatever the case is, and on which days, where there are others.
fn failing(stretches: &[Stretch], ever: Option<Date>) -> Vec<PolicyFault> {
    let mut found: Vec<PolicyFault> = Vec::new();
    let mut known = BTreeSet::new();
    for (name, fault) in stretches
        .iter()
        .flat_map(|one| &one.fails)
        .flat_map(|(name, faults)| faults.iter().map(move |(_, fault)| (name, fault)))
    {
        if !known.insert((Arc::clone(name), fault.line, fault.column, fault.message.clone())) {
            continue;
        }
        let ran = stretches.iter().filter_map(|one| {
            let fails = one.fails.get(name)?;
            Some((one.from, fails.iter().any(|(_, other)| other == fault)))
        });
        let ran: Vec<DatedTruth> = ran.collect();
        let when = when(&ran, ever).map(|when| format!(" {when},")).unwrap_or_default();
        let message = format!("`{name}` fails here{when} whatever the case is: {}", fault.message);
        found.push(PolicyFault { message, ..fault.clone() });
    }
    found
}

/// Conditions that always come out alike, and on which days, where there are others.
fn conditions(policy: &Policy, stretches: &[Stretch], ever: Option<Date>) -> Vec<PolicyFault> {
    let numbers: BTreeSet<u32> = stretches.iter().flat_map(|stretch| stretch.met.keys().copied()).collect();
    let mut found = Vec::new();
    for number in numbers {
        let Some(condition) = policy.program().conditions.get(number as usize) else { continue };
        let met: Vec<(&Stretch, Met)> =
            stretches.iter().filter_map(|stretch| Some((stretch, *stretch.met.get(&number)?))).collect();
        if condition.is_arm || met.iter().any(|(_, met)| met.is_set) {
            continue;
        }
        for holds in [false, true] {
            // Where a number has no value yet, not all is come to that comes to it later: alike there is no finding.
            let is_alike = |met: &Met| met.can == [!holds, holds];
            let ran = met.iter().filter(|(stretch, met)| stretch.has_numbers || !is_alike(met));
            let ran: Vec<DatedTruth> = ran.map(|(stretch, met)| (stretch.from, is_alike(met))).collect();
            if ran.iter().any(|(_, is_alike)| *is_alike) {
                let when = when(&ran, ever).map(|when| format!(" {when}")).unwrap_or_default();
                found.extend(alike(policy, condition, holds, &when));
            }
        }
    }
    found
}

/// That a condition always holds, or never.
fn alike(policy: &Policy, condition: &Condition, holds: bool, when: &str) -> Option<PolicyFault> {
    let (code, how, help) = if holds {
        ("always-holds", "always", "take it away, or correct what it compares")
    } else {
        ("never-holds", "never", "correct what it compares, or take away what it would bring")
    };
    let message = format!("`{}` {how} holds{when}, whatever the case is", condition.text);
    let text = policy.program().scripts.iter().find(|script| script.file == condition.file)?;
    let column = Some(condition.column).filter(|column| *column > 0);
    let fault = PolicyFault::invalid(&condition.file, message).code(code).at(Some(condition.line), column);
    Some(fault.text(&text.text).help(help))
}

/// Rules that say nothing, whenever they are in force.
fn silent(policy: &Policy, stretches: &[Stretch]) -> Vec<PolicyFault> {
    let is_silent = |rule: &&Rule| {
        let mut says = stretches.iter().filter_map(|stretch| stretch.says.get(&rule.name)).peekable();
        says.peek().is_some() && says.all(|says| !says)
    };
    let said = |rule: &Rule| {
        let message = format!("`{}` never says anything, whatever the case is", rule.name);
        at_rule(policy, rule, "never-fires", message).help("correct its conditions, or take the rule away")
    };
    policy.rules().filter(is_silent).map(said).collect()
}

/// What is wrong with a rule as a whole.
pub(super) fn at_rule(policy: &Policy, rule: &Rule, code: &'static str, message: String) -> PolicyFault {
    let text = policy.program().source(0).map_or("", |source| &source.text);
    PolicyFault::invalid(&rule.file, message).code(code).at(Some(rule.line), None).text(text)
}
