//! What can come of the rules when every input is open, between one change of the numbers and the next: conditions that always
//! come out alike, rules that never say anything, tiers that have no standard, decisions that contradict each other. Where the
//! evaluator is wider than what can be, nothing is found: silence is no promise, and a finding is one.

mod decisions;

use super::{
    attainable::{days, facts, handed},
    notes::returns,
};
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
    language::{datum::Datum, fault::PolicyFault, lower::follows_from_tier, program::Entry, rule::Rule, wrong::spelt},
    policy::Policy,
};
use jiff::civil::Date;
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    sync::Arc,
};

/// What was learnt of one stretch of time.
struct Stretch {
    from: Date,
    met: BTreeMap<u32, Met>,
    /// The functions that were run, by name, each with how it fails whatever the case is.
    fails: BTreeMap<Arc<str>, Vec<PolicyFault>>,
    /// Rules in force, by name, and whether they can say anything.
    says: BTreeMap<Arc<str>, bool>,
}

/// Everything that is found by what can come of a policy.
pub fn outcomes(policy: &Policy) -> Vec<PolicyFault> {
    let mut found = Vec::new();
    let mut stretches = Vec::new();
    let dates = days(policy);
    let last = dates.last().copied();
    for from in dates {
        let facts = facts(policy, from);
        let in_force = policy.in_force(from);
        let has_numbers = in_force.parameters.iter().all(Result::is_ok);
        let evaluator = Evaluator::new(in_force, &facts);
        let mut look = Look { policy, evaluator, facts, has_numbers, fails: BTreeMap::new(), found: &mut found };
        let says = look.rules();
        if has_numbers {
            look.others(from);
        }
        if Some(from) == last {
            look.standards();
        }
        let met = look.evaluator.possible().domain.met.clone().unwrap_or_default();
        if Some(from) == last {
            look.decisions();
        }
        let fails = look.fails;
        stretches.push(Stretch { from, met, fails, says });
    }
    found.extend(failing(&stretches));
    found.extend(conditions(policy, &stretches));
    found.extend(silent(policy, &stretches));
    found
}

struct Look<'p, 'f> {
    policy: &'p Policy,
    evaluator: Evaluator<'p>,
    facts: Arc<Facts>,
    /// Whether every number has a value.
    has_numbers: bool,
    /// The functions that were run, by name, each with how it fails whatever the case is.
    fails: BTreeMap<Arc<str>, Vec<PolicyFault>>,
    found: &'f mut Vec<PolicyFault>,
}

impl Look<'_, '_> {
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
                let found = fault_of(self.policy, fault);
                fails.filter(|fails| !fails.contains(&found)).into_iter().for_each(|fails| fails.push(found.clone()));
                true
            }
            Err(_) => true,
        }
    }

    /// Tiers for which a reserved function gives nothing to somebody in the community: in custody most ask for nothing.
    fn standards(&mut self) {
        let tiers = self.policy.tiers().all();
        for (name, entry) in &self.policy.program().reserved {
            if !follows_from_tier(name) {
                continue;
            }
            for tier in &tiers {
                let run = |look: &mut Self, held: Held| {
                    look.open();
                    look.evaluator.possible().domain.hold(held);
                    look.evaluator.possible().run(entry.function, [Possible::Known(Datum::text(tier))])
                };
                // What conditions come to is kept of the run in which everything is open.
                drop(run(self, Held::new()));
                let met = self.evaluator.possible().domain.met.clone();
                let made = run(self, self.community());
                if !self.policy.tiers().is_outside(tier) && !self.is_said(entry, &made) {
                    let message = format!("`{name}` gives nothing for the tier `{tier}` in the community");
                    let fault = at_rule(self.policy, &entry.rule, "no-standard", message);
                    self.found.push(fault.help(format!("give it {}", returns(name).1)));
                }
                self.evaluator.possible().domain.met = met;
            }
        }
    }

    /// That a person is in the community.
    fn community(&self) -> Held {
        let places = [("in_custody", false), ("in_community", true)];
        let held = places.iter().filter_map(|(path, holds)| {
            Some((self.policy.inputs().find(path)?, Rc::from([Atom::Known(Datum::Bool(*holds))])))
        });
        held.collect()
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
    let drawn = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let value = fault.wrong.value.as_deref().and_then(|value| spelt(value, drawn));
    let said = fault.wrong.message.replace("{}", value.as_deref().unwrap_or("the value that it is given"));
    let help = fault.wrong.help.clone().unwrap_or_else(|| "look at what the line is given".to_owned());
    PolicyFault::invalid(file, said).code("always-fails").at(Some(line), Some(column)).text(text).help(help)
}

/// Functions that fail whatever the case is, and on which days, where there are others.
fn failing(stretches: &[Stretch]) -> Vec<PolicyFault> {
    let mut found: Vec<PolicyFault> = Vec::new();
    let mut known = BTreeSet::new();
    for (name, fault) in stretches
        .iter()
        .flat_map(|one| &one.fails)
        .flat_map(|(name, faults)| faults.iter().map(move |fault| (name, fault)))
    {
        if !known.insert((Arc::clone(name), fault.line, fault.column, fault.message.clone())) {
            continue;
        }
        let ran = stretches.iter().filter_map(|one| Some((one.from, one.fails.get(name)?.contains(fault))));
        let ran: Vec<(Date, bool)> = ran.collect();
        let since = ran.iter().find(|(_, fails)| *fails).map(|(from, _)| *from);
        let after = ran.iter().rev().take_while(|(_, fails)| !fails).last().map(|(from, _)| *from);
        let is_always = ran.iter().all(|(_, fails)| *fails);
        let when = match (since.filter(|_| !is_always), after) {
            (Some(since), None) => format!(" from {since} on,"),
            (Some(since), Some(after)) => format!(" from {since} to before {after},"),
            (None, _) => String::new(),
        };
        let message = format!("`{name}` fails here{when} whatever the case is: {}", fault.message);
        found.push(PolicyFault { message, ..fault.clone() });
    }
    found
}

/// Conditions that always come out alike, and from when on.
fn conditions(policy: &Policy, stretches: &[Stretch]) -> Vec<PolicyFault> {
    let numbers: BTreeSet<u32> = stretches.iter().flat_map(|stretch| stretch.met.keys().copied()).collect();
    let all = numbers.into_iter().filter_map(|number| {
        let condition = policy.program().conditions.get(number as usize)?;
        let met: Vec<(Date, Met)> =
            stretches.iter().filter_map(|stretch| Some((stretch.from, *stretch.met.get(&number)?))).collect();
        let (_, last) = met.last()?;
        let holds = match last.can {
            [false, true] => true,
            [true, false] => false,
            _ => return None,
        };
        if condition.is_arm || met.iter().any(|(_, met)| met.is_set) {
            return None;
        }
        let since = met.iter().rev().take_while(|(_, met)| met.can == last.can).last().map(|(from, _)| *from)?;
        let when = match met.first() {
            Some((first, _)) if *first < since => format!(" from {since} on"),
            _ => String::new(),
        };
        let (code, how) = if holds { ("always-holds", "always") } else { ("never-holds", "never") };
        let help = if holds {
            "take it away, or correct what it compares"
        } else {
            "correct what it compares, or take away what it would bring"
        };
        let message = format!("`{}` {how} holds{when}, whatever the case is", condition.text);
        let text = policy.program().scripts.iter().find(|script| script.file == condition.file)?;
        let column = Some(condition.column).filter(|column| *column > 0);
        let fault = PolicyFault::invalid(&condition.file, message).code(code).at(Some(condition.line), column);
        Some(fault.text(&text.text).help(help))
    });
    all.collect()
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
