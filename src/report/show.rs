//! The pages of `brag show`. Each function draws one for people, and gives the same for programs.

use crate::{
    case::{record::Kind, row::Header, value::InFull},
    check::catalogue,
    error::Exit,
    language::{builtins, rule::Rule},
    policy::{
        Policy,
        parameters::{ASSUMPTION, DatedValue, DeclaredPresumption, Parameter},
    },
    report::{page::Page, phrases::date, shown::code, table::Table},
};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The rules in force on a date, the functions that something outside calls, and the laws.
pub fn rules(page: &mut Page, policy: &Policy, on: Date) -> Value {
    page.heading(1, policy.about().first().map_or(&**policy.name(), String::as_str));
    if let Some((_, rest)) = policy.about().split_first().filter(|(_, rest)| !rest.is_empty()) {
        page.paragraph(&rest.join(" "));
    }
    let tiers = policy.tiers();
    if !tiers.is_empty() {
        let mut said = format!("Tiers, least to most intensive: {}.", tiers.ordered().join(", "));
        if !tiers.outside().is_empty() {
            said.push_str(&format!(" Outside the order: {}.", tiers.outside().join(", ")));
        }
        page.paragraph(&said);
    }
    page.paragraph(&format!("In force on {}.", date(on)));
    let in_force: Vec<&Rule> = policy.rules().filter(|rule| rule.holds_on(on)).collect();
    for rule in &in_force {
        rule_part(page, rule);
    }
    for rule in policy.reserved() {
        rule_part(page, rule);
    }
    let laws: Vec<&Rule> = policy.laws().filter(|law| law.holds_on(on)).collect();
    if !laws.is_empty() {
        page.heading(2, "Laws");
        page.paragraph(
            "What must hold of every case and its tier: `brag verify` asks it of all cases that there could be.",
        );
    }
    for law in &laws {
        rule_part(page, law);
    }
    let listed = in_force.into_iter().chain(policy.reserved());
    json!({
        "policy": policy.name(),
        "digest": policy.digest(),
        "on": on,
        "about": policy.about(),
        "tiers": tiers.ordered(),
        "outside": tiers.outside(),
        "rules": listed.map(rule_json).collect::<Vec<_>>(),
        "laws": laws.into_iter().map(rule_json).collect::<Vec<_>>(),
    })
}

fn rule_json(rule: &Rule) -> Value {
    json!({
        "rule": rule.name, "text": rule.text, "cite": rule.cite, "from": rule.from, "until": rule.until,
        "severity": rule.severity, "line": rule.line,
    })
}

fn rule_part(page: &mut Page, rule: &Rule) {
    page.heading(2, &rule.name);
    page.paragraph(if rule.text.is_empty() { "(no text)" } else { &rule.text });
    let mut facts = Vec::new();
    facts.extend(rule.cite.as_ref().map(|cite| format!("Source: {cite}")));
    facts.extend(rule.severity.as_ref().map(|severity| format!("Severity: {severity}")));
    facts.extend(rule.from.map(|from| format!("From {}", date(from))));
    facts.extend(rule.until.map(|until| format!("Until {}", date(until))));
    facts.push(format!("{}, line {}", rule.file, rule.line));
    page.list(facts);
}

/// The numbers in force on a date; what no source settles stands first.
pub fn parameters(page: &mut Page, policy: &Policy, on: Date, asked: &str) -> Value {
    let numbers = policy.parameters();
    let mut all: Vec<(&String, &Parameter)> = numbers.by_name.iter().filter(|(name, _)| name.contains(asked)).collect();
    let assumed = |parameter: &Parameter| parameter.on(on).map(|(_, dated)| is_assumed(dated));
    all.sort_by_key(|(name, parameter)| {
        let place = [Some(true), Some(false), None].iter().position(|one| *one == assumed(parameter));
        (place, (*name).clone())
    });
    page.heading(1, &format!("Numbers of {} on {}", policy.name(), date(on)));
    let count = |is: Option<bool>| all.iter().filter(|(_, parameter)| assumed(parameter) == is).count();
    let (of_owner, without) = (count(Some(true)), count(None));
    page.paragraph(&match all.len() - without {
        0 => "None of them has a value on this date.".to_owned(),
        in_force => {
            let rest = if without == 0 { String::new() } else { format!(" {without} have no value on this date.") };
            format!(
                "{of_owner} of {in_force} are assumptions, which a policy owner must confirm; they stand first.{rest}"
            )
        }
    });
    let mut table = Table::new(&["name", "value", "since", "source", "what it is"]);
    for (name, parameter) in &all {
        match parameter.on(on) {
            Some((since, dated)) => {
                table.row([name, &with_unit(dated), &since.to_string(), &dated.source, &parameter.description]);
            }
            None => table.row([name, &format!("no value on {on}"), "", "", &parameter.description]),
        }
    }
    for (path, presumed) in numbers.presumed.iter().filter(|(path, _)| path.contains(asked)) {
        let is = match &presumed.is {
            DeclaredPresumption::Value(value) => format!("presumed {value}"),
            DeclaredPresumption::AtMost(other) => format!("presumed at most {other}"),
        };
        table.row([path, &is, "", &presumed.source, &presumed.description]);
    }
    page.table(&table);
    let json = all.iter().map(|(name, parameter)| {
        let dated = parameter.on(on);
        json!({
            "name": name, "description": parameter.description, "value": dated.map(|(_, dated)| InFull(&dated.value)),
            "unit": dated.and_then(|(_, dated)| dated.unit.clone()), "since": dated.map(|(since, _)| since),
            "source": dated.map(|(_, dated)| dated.source.clone()), "assumption": assumed(parameter) == Some(true),
        })
    });
    json!({ "policy": policy.name(), "on": on, "parameters": json.collect::<Vec<_>>() })
}

fn is_assumed(dated: &DatedValue) -> bool {
    let source = dated.source.to_lowercase();
    source.contains(ASSUMPTION) || source.contains("assumed")
}

fn with_unit(dated: &DatedValue) -> String {
    let value = in_words(&dated.value);
    dated.unit.as_ref().map_or(value.clone(), |unit| format!("{value} {unit}"))
}

fn in_words(value: &crate::case::value::Value) -> String {
    use crate::case::value::Value as Of;
    match value {
        Of::List(values) => format!("[{}]", values.iter().map(in_words).collect::<Vec<_>>().join(", ")),
        Of::Record(values) => {
            values.iter().map(|(name, value)| format!("{name}: {}", in_words(value))).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

/// Every change, by date.
pub fn timeline(page: &mut Page, policy: &Policy) -> Value {
    let mut changes: BTreeMap<Date, Vec<(String, String, String)>> = BTreeMap::new();
    for (name, parameter) in &policy.parameters().by_name {
        let mut former: Option<&DatedValue> = None;
        for (from, dated) in &parameter.values {
            let said = match former {
                Some(former) => format!("{} (was {})", with_unit(dated), with_unit(former)),
                None => with_unit(dated),
            };
            changes.entry(*from).or_default().push((name.clone(), said, dated.source.clone()));
            former = Some(dated);
        }
    }
    for rule in policy.rules() {
        let cite = rule.cite.as_deref().unwrap_or_default();
        let mut add = |on: Date, said: &str| {
            changes.entry(on).or_default().push((rule.name.to_string(), said.to_owned(), cite.to_owned()));
        };
        if let Some(from) = rule.from {
            add(from, "rule begins to hold");
        }
        if let Some(until) = rule.until {
            add(until, "rule holds for the last day");
        }
    }
    page.heading(1, &format!("Timeline of {}", policy.name()));
    let mut listed = Vec::new();
    for (from, changed) in &changes {
        page.heading(2, &date(*from));
        let mut table = Table::new(&["what", "becomes", "source"]);
        for (name, said, source) in changed {
            table.row([name, said, source]);
            listed.push(json!({ "date": from, "what": name, "becomes": said, "source": source }));
        }
        page.table(&table);
    }
    json!({ "policy": policy.name(), "changes": listed })
}

/// Every input that a script can read, of whose path or description this is a part.
pub fn inputs(page: &mut Page, policy: &Policy, asked: &str) -> Value {
    page.heading(1, "Inputs of a case");
    page.paragraph("A path in the file is the path in a script: `oasys.ogrs3` is `person.oasys.ogrs3`.");
    let mut table = Table::new(&["path", "can hold", "kind", "from", "what it is"]);
    let mut listed = Vec::new();
    let is_asked = |texts: [&str; 2]| texts.iter().any(|text| text.to_lowercase().contains(&asked.to_lowercase()));
    for input in policy.inputs().all().iter().filter(|input| is_asked([&input.path, &input.doc])) {
        let kind = input.kind.as_str();
        table.row([&input.path, &input.describe(), kind, &input.from, &input.doc]);
        listed.push(json!({ "path": input.path, "domain": input.describe(), "kind": kind, "from": input.from, "doc": input.doc }));
    }
    page.table(&table);
    let kinds = [
        (Kind::Register, "false or empty when absent"),
        (Kind::Fact, "unknown when absent: it never lowers a tier"),
        (Kind::History, "a list that may be empty"),
        (Kind::Detail, "absent means that there is none"),
    ];
    page.list(kinds.map(|(kind, meaning)| format!("{}: {meaning}", kind.as_str())));
    Value::Array(listed)
}

/// The header of a table of cases: every input that a case can give, the policy's own at the end.
#[must_use]
pub fn header(policy: &Policy) -> Header {
    Header::all(policy.inputs().all().iter().filter_map(|input| input.path.strip_prefix("local.")))
}

/// The policies that can be named, with where each stands.
pub fn policies(page: &mut Page, all: &[(Policy, String)]) -> Value {
    page.heading(1, "Policies");
    let mut table = Table::new(&["name", "tiers", "what it is", "where"]);
    let mut listed = Vec::new();
    for (policy, place) in all {
        let title = policy.about().first().cloned().unwrap_or_default();
        table.row([policy.name(), &policy.tiers().all().join(" "), &title, place]);
        listed.push(json!({ "name": policy.name(), "digest": policy.digest(), "tiers": policy.tiers().all(), "title": title, "place": place }));
    }
    page.table(&table);
    Value::Array(listed)
}

/// The words of a policy script in whose usage this stands.
pub fn script_words(page: &mut Page, asked: &str) -> Value {
    let mut table = Table::new(&["word", "what it does"]);
    let words = || builtins::words().into_iter().filter(|word| word.usage.contains(asked));
    for word in words() {
        table.row([&code(word.usage), word.doc]);
    }
    page.table(&table);
    words().map(|word| json!({ "word": word.usage, "doc": word.doc })).collect()
}

/// The exit codes.
pub fn exits(page: &mut Page) -> Value {
    let mut table = Table::new(&["code", "meaning"]);
    for exit in Exit::ALL {
        table.row([&exit.code().to_string(), exit.sentence()]);
    }
    page.table(&table);
    Exit::ALL.iter().map(|exit| json!({ "code": exit.code(), "meaning": exit.sentence() })).collect()
}

/// The codes of what `brag check` finds.
pub fn findings(page: &mut Page) -> Value {
    let mut table = Table::new(&["code", "severity", "what it finds"]);
    for one in catalogue::pages() {
        table.row([&format!("`{}`", one.code), one.severity.as_str(), one.finds]);
    }
    page.table(&table);
    let one =
        |one: &catalogue::Page| json!({ "code": one.code, "severity": one.severity.as_str(), "finds": one.finds });
    catalogue::pages().into_iter().map(one).collect()
}
