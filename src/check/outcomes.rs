//! What can come of the rules when every input is open, between one change of the numbers and the next: conditions that always
//! come out alike, rules that never say anything, tiers that have no standard, decisions that contradict each other. Where the
//! evaluator is wider than what can be, nothing is found: silence is no promise, and a finding is one.

mod decisions;

use super::notes::returns;
use crate::{
    case::Case,
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
    /// Rules in force, by name, and whether they can say anything.
    says: BTreeMap<Arc<str>, bool>,
}

/// Everything that is found by what can come of a policy.
pub fn outcomes(policy: &Policy) -> Vec<PolicyFault> {
    let mut found = Vec::new();
    let mut stretches = Vec::new();
    let mut dates: Vec<Date> = policy.changes().iter().copied().collect();
    if dates.is_empty() {
        dates.push(jiff::civil::date(2000, 1, 1));
    }
    let last = dates.last().copied();
    for from in dates {
        let facts = facts(policy, from);
        let in_force = policy.in_force(from);
        let has_numbers = in_force.parameters.iter().all(Result::is_ok);
        let evaluator = Evaluator::new(in_force, &facts);
        let mut look = Look { policy, evaluator, facts, has_numbers, found: &mut found };
        let says = look.rules();
        if Some(from) == last {
            look.standards();
        }
        let met = look.evaluator.possible().domain.met.clone().unwrap_or_default();
        if Some(from) == last {
            look.decisions();
        }
        stretches.push(Stretch { from, met, says });
    }
    found.extend(conditions(policy, &stretches));
    found.extend(silent(policy, &stretches));
    found
}

/// A case of which nothing is known.
fn facts(policy: &Policy, on: Date) -> Arc<Facts> {
    Arc::new(Facts {
        case: Arc::new(Case::default()),
        on,
        inputs: Arc::clone(policy.inputs()),
        presumed: Arc::clone(policy.presumed()),
        as_written: policy.is_as_written(),
        instead: BTreeMap::new(),
        later: None,
    })
}

struct Look<'p, 'f> {
    policy: &'p Policy,
    evaluator: Evaluator<'p>,
    facts: Arc<Facts>,
    /// Whether every number has a value; where one has none yet, that is found of the number.
    has_numbers: bool,
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

    /// Whether a function can say anything; that it always fails is found here.
    fn is_said(&mut self, entry: &Entry, made: &Result<Possible, Stop>) -> bool {
        match made {
            // A way that fails could have said something.
            Ok(value) => {
                let failed = self.evaluator.possible().domain.may_fail.as_ref();
                !is_nothing(value) || failed.is_some_and(|fault| !fault.wrong.message.contains("does not give"))
            }
            Err(Stop::Fault(fault)) if !fault.wrong.is_limit => {
                if self.has_numbers {
                    self.fails(entry, fault);
                }
                true
            }
            Err(_) => true,
        }
    }

    fn fails(&mut self, entry: &Entry, fault: &Fault) {
        let source = self.policy.program().source(fault.script);
        let (file, text) = source.map_or(("", ""), |source| (source.file.as_str(), source.text.as_str()));
        let drawn = text.lines().nth((fault.place.line as usize).saturating_sub(1)).unwrap_or_default();
        let value = fault.wrong.value.as_deref().and_then(|value| spelt(value, drawn));
        let said = fault.wrong.message.replace("{}", value.as_deref().unwrap_or("the value that it is given"));
        let message = format!("`{}` fails here whatever the case is: {said}", entry.rule.name);
        let (line, column) = (fault.place.line as usize, fault.place.column as usize);
        let help = fault.wrong.help.clone().unwrap_or_else(|| "look at what the line is given".to_owned());
        let found = PolicyFault::invalid(file, message).code("always-fails").at(Some(line), Some(column)).text(text);
        let found = found.help(help);
        if !self.found.contains(&found) {
            self.found.push(found);
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
