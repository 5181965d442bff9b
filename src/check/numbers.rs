//! What is wrong with the numbers by themselves: units, kinds, dates, and numbers that nobody reads.

use super::{attainable::Attainable, meaning::Meaning, surroundings::reached};
use crate::{
    case::{
        document::{self, Content, Key, Node},
        fault::{Wrong, nearest},
        value::Value,
    },
    language::{
        fault::PolicyFault,
        program::Expr,
        rule::Rule,
        standard::{CalendarRules, WORKLOAD_NUMBERS},
    },
    policy::{
        Policy,
        parameters::{Parameter, kind_in_words, scalar},
    },
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The units that a number can have.
pub static UNITS: &[&str] = &[
    "percent",
    "points",
    "score",
    "scores",
    "level",
    "levels",
    "steps",
    "tiers",
    "days",
    "working days",
    "weeks",
    "months",
    "years",
    "hours",
    "minutes",
    "times",
    "cases",
    "changes",
    "contacts",
    "absences",
    "visits",
    "appointments",
    "sessions",
    "needs",
    "sections",
    "flags",
    "plans",
    "reviews",
    "overrides",
    "officers",
    "people",
    "offences",
    "convictions",
    "registrations",
    "requirements",
];

/// Where the numbers of the calendar can be taken from.
const OF_THE_CALENDAR: &str = "`brag new policy` writes them all, and bgsw has them: `brag show params --policy bgsw`";

/// The numbers of a policy as they are written, with where each stands.
pub struct NumberUses<'a> {
    pub(super) policy: &'a Policy,
    entries: Vec<(Key, Node)>,
}

impl<'a> NumberUses<'a> {
    /// Those of a policy.
    pub fn of(policy: &'a Policy) -> Self {
        let document = document::parse(&policy.parameters().text).ok();
        let entries = document.map(|document| match document.content {
            Content::Map(entries) => entries,
            _ => Vec::new(),
        });
        let mut entries = entries.unwrap_or_default();
        if let Some(law) = policy.law() {
            for (key, node) in &mut entries {
                keep_in_force(policy, law, &key.name, node);
            }
        }
        Self { policy, entries }
    }

    /// The dated values of a parameter: the date, and what stands there.
    pub(super) fn dated(&self, name: &str) -> Option<(&Key, &[(Key, Node)])> {
        let (key, node) = self.entries.iter().find(|(key, _)| key.name == name)?;
        let values = get(node, "values").map(|(_, values)| entries(values)).unwrap_or_default();
        Some((key, values))
    }

    /// What each parameter can be on some day, by slot.
    pub fn meanings(&self) -> Vec<Meaning> {
        let of = |name: &String| {
            let (_, dated) = self.dated(name)?;
            let values = dated.iter().filter_map(|(_, node)| get(node, "value"));
            let meanings: Vec<Meaning> =
                values.map(|(key, value)| Meaning::of_node(value, key.at.into(), false)).collect();
            (!meanings.is_empty()).then(|| Meaning::any_of(meanings))
        };
        self.policy.program().parameters.iter().map(|name| of(name).unwrap_or(Meaning::ANYTHING)).collect()
    }

    /// Everything that is wrong with them. Who reads them is known where nothing is wrong with the scripts.
    pub fn findings(&self, is_sound: bool) -> Vec<PolicyFault> {
        let mut found = Vec::new();
        let attainable = is_sound.then(|| Attainable::of(self.policy));
        let readers = readers(self.policy);
        let has = |name: &str| self.policy.program().has(name);
        let calendar: &[&str] = if has("contact") || has("review") { CalendarRules::NUMBERS } else { &[] };
        for (name, parameter) in &self.policy.parameters().by_name {
            let Some((key, dated)) = self.dated(name) else { continue };
            let asked_by = readers.get(name.as_str()).map(Vec::as_slice).unwrap_or_default();
            let by_the_program = [calendar, WORKLOAD_NUMBERS, &["contact_modes"]];
            if asked_by.is_empty() && !by_the_program.iter().any(|used| used.contains(&name.as_str())) {
                let message = format!("nothing reads the parameter `{name}`");
                found.push(self.fault("unused-parameter", key, message, "read it as `param::...`, or take it away"));
            }
            self.units(dated, &mut found);
            self.kinds(parameter, dated, &mut found);
            if let Some(attainable) = &attainable {
                self.times(name, (parameter, dated), asked_by, attainable, &mut found);
            }
            let values = dated.iter().filter_map(|(_, node)| get(node, "value")).map(|(_, value)| value);
            values.for_each(|value| self.order(value, &mut found));
            if calendar.contains(&name.as_str()) {
                self.whole(name, dated, &mut found);
            }
            if name == "contact_modes" {
                self.modes(dated, &mut found);
            }
        }
        let parameters = self.policy.parameters();
        let lacks = calendar.iter().filter(|name| !parameters.by_name.contains_key(**name));
        let lacks: Vec<String> = lacks.map(|name| format!("`{name}`")).collect();
        // Of a file that cannot be read it is not known what it lacks.
        let is_unread = matches!(document::parse(&parameters.text), Err(fault) if fault.wrong != Wrong::Empty);
        if !lacks.is_empty() && !is_unread {
            let message = format!("a policy with `contact` or `review` needs the numbers {}", lacks.join(" "));
            let fault = PolicyFault::invalid(&parameters.file, message).code("missing-parameter").at(Some(1), None);
            found.push(fault.text(&parameters.text).help(OF_THE_CALENDAR));
        }
        found
    }

    /// Whether something is found of a rule that reads a parameter, or on a line that does.
    pub fn is_read_by(&self, name: &str, fault: &PolicyFault) -> bool {
        let line = self.policy.program().source_line(&fault.file, fault.line.unwrap_or(0));
        let readers = readers(self.policy);
        let rules = readers.get(name).map(Vec::as_slice).unwrap_or_default();
        line.contains(&format!("param::{name}"))
            || rules.iter().any(|rule| rule.file == fault.file && Some(rule.line) == fault.line)
    }

    fn units(&self, dated: &[(Key, Node)], found: &mut Vec<PolicyFault>) {
        for (_, node) in dated.iter().filter_map(|(_, node)| get(node, "unit")) {
            let Content::Scalar { text, .. } = &node.content else { continue };
            if !UNITS.iter().any(|unit| unit == text || unit.strip_suffix('s') == Some(text)) {
                let help = match nearest(text, UNITS) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("known: {}", UNITS.join(", ")),
                };
                found.push(self.at(
                    "unknown-unit",
                    node.at.line,
                    node.at.column,
                    format!("`{text}` is no unit"),
                    &help,
                ));
            }
        }
    }

    /// Values of different kinds on different days.
    fn kinds(&self, parameter: &Parameter, dated: &[(Key, Node)], found: &mut Vec<PolicyFault>) {
        let mut values = parameter.values.iter();
        let Some((first, known)) = values.next().filter(|_| self.policy.law().is_none()) else { return };
        let known = kind_in_words(&known.value);
        for (date, value) in values.filter(|(_, value)| kind_in_words(&value.value) != known) {
            let key = dated.iter().find(|(key, _)| key.name == date.to_string());
            let Some((key, _)) = key else { continue };
            let message = format!("{} from {date} on, and {known} from {first}", kind_in_words(&value.value));
            found.push(self.fault("mixed-kinds", key, message, "give values of one kind"));
        }
    }

    /// A number of the calendar is a whole one from 0.
    fn whole(&self, name: &str, dated: &[(Key, Node)], found: &mut Vec<PolicyFault>) {
        for (_, node) in dated.iter().filter_map(|(_, node)| get(node, "value")) {
            let is_whole = matches!(&node.content, Content::Scalar { text, plain }
                if matches!(scalar(text, *plain), Value::Whole(number) if u32::try_from(number).is_ok()));
            if !is_whole {
                let message = format!("`{name}` is a whole number from 0");
                found.push(self.at("out-of-range", node.at.line, node.at.column, message, "give a number of days"));
            }
        }
    }

    pub(super) fn fault(&self, code: &'static str, key: &Key, message: String, help: &str) -> PolicyFault {
        self.at(code, key.at.line, key.at.column, message, help)
    }

    pub(super) fn at(
        &self,
        code: &'static str,
        line: usize,
        column: usize,
        message: String,
        help: &str,
    ) -> PolicyFault {
        let parameters = self.policy.parameters();
        let fault = PolicyFault::invalid(&parameters.file, message).code(code).at(Some(line), Some(column));
        fault.text(&parameters.text).help(help)
    }
}

/// Leaves the value of a parameter that is in force on a day.
fn keep_in_force(policy: &Policy, law: Date, name: &str, node: &mut Node) {
    let parameter = policy.parameters().by_name.get(name);
    let since = parameter.and_then(|parameter| parameter.on(law)).map(|(since, _)| since.to_string());
    let Content::Map(parts) = &mut node.content else { return };
    let values = parts.iter_mut().find(|(key, _)| key.name == "values").map(|(_, values)| &mut values.content);
    if let Some(Content::Map(dated)) = values {
        dated.retain(|(key, _)| Some(&key.name) == since.as_ref());
    }
}

pub(super) fn entries(node: &Node) -> &[(Key, Node)] {
    match &node.content {
        Content::Map(entries) => entries,
        _ => &[],
    }
}

pub(super) fn get<'n>(node: &'n Node, name: &str) -> Option<(&'n Key, &'n Node)> {
    entries(node).iter().find(|(key, _)| key.name == name).map(|(key, node)| (key, node))
}

/// The rules and reserved functions that read each parameter, by its name.
fn readers(policy: &Policy) -> BTreeMap<&str, Vec<&Rule>> {
    let program = policy.program();
    let mut readers: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    for entry in program.entries() {
        let mut slots = BTreeSet::new();
        for number in reached(program, [entry.function]) {
            program.function(number).body.walk(&mut |node| {
                if let Expr::Parameter(slot) = node.expr {
                    slots.insert(slot);
                }
            });
        }
        for name in slots.iter().filter_map(|slot| program.parameters.get(usize::from(*slot))) {
            readers.entry(name).or_default().push(&entry.rule);
        }
    }
    readers
}
