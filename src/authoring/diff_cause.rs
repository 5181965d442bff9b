//! Which rule made a difference between two snapshots of a case, and the values it saw there.

use crate::authoring::{
    accepted_numbers::ChangedNumber,
    snapshot::{Fired, Snapshot, read},
};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// A case whose answer is not the accepted one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Difference {
    /// Name of the snapshot.
    pub name: String,
    /// The accepted tier; null for a case that was never accepted.
    pub old_tier: Option<String>,
    /// The tier that comes out now.
    pub new_tier: String,
    /// What made the difference.
    pub cause: Cause,
    /// The accepted text.
    pub old: String,
    /// The text that comes out now.
    pub new: String,
}

/// What made a difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cause {
    /// What cases with the same cause share: the policy, and the rule or part of the answer.
    pub id: String,
    /// The rule, where one did it.
    pub rule: Option<String>,
    /// What the rule said, or the part of the answer read.
    pub was: String,
    /// What it says now.
    pub is: String,
    /// The values that the rule saw.
    pub saw: Vec<String>,
    /// The numbers whose change made it, where a change of numbers did.
    pub numbers: Vec<ChangedNumber>,
}

/// The difference between the accepted text of a snapshot and a new one.
#[must_use]
pub fn difference(name: &str, old: Option<&str>, new: &str) -> Difference {
    let now = read(new).unwrap_or_default();
    let before = old.and_then(read);
    let policy = name.split("__").next().unwrap_or(name);
    let mut cause = match (&before, old) {
        (Some(before), _) => cause(before, &now),
        (None, None) => part("new case", "", &now.tier),
        (None, Some(_)) => part("text", "not written by this program", &now.tier),
    };
    cause.id = format!("{policy}:{}", cause.id);
    Difference {
        name: name.to_owned(),
        old_tier: before.map(|before| before.tier),
        new_tier: now.tier,
        cause,
        old: old.unwrap_or_default().to_owned(),
        new: new.to_owned(),
    }
}

/// A rule comes before what follows from it: the tier, then the standards.
fn cause(before: &Snapshot, now: &Snapshot) -> Cause {
    let changed = changed_rules(before, now);
    let decides = |rule: &&Changed<'_>| {
        let says = |fired: Option<&Fired>, tier: &str| {
            fired.is_some_and(|fired| fired.says.split(", ").any(|effect| effect.ends_with(&format!(" {tier}"))))
        };
        says(rule.is, &now.tier) || says(rule.was, &before.tier)
    };
    let deciding = if before.tier == now.tier { None } else { changed.iter().find(decides) };
    if let Some(rule) = deciding.or(changed.first()) {
        return rule.cause();
    }
    let shown = |value: &Option<String>| value.clone().unwrap_or_default();
    let parts = [
        ("tier", before.tier.clone(), now.tier.clone()),
        ("range", shown(&before.range), shown(&now.range)),
        ("override", shown(&before.judgement), shown(&now.judgement)),
        ("flags", format!("{:?}", before.flags), format!("{:?}", now.flags)),
        ("contact", before.contact.join("; "), now.contact.join("; ")),
        ("review", shown(&before.review), shown(&now.review)),
        ("allocation", shown(&before.allocation), shown(&now.allocation)),
        ("workload", shown(&before.workload), shown(&now.workload)),
        ("due", joined(before), joined(now)),
    ];
    let differs = parts.into_iter().find(|(_, was, is)| was != is);
    differs.map_or_else(|| part("what was read", "", ""), |(name, was, is)| part(name, &was, &is))
}

fn joined(snapshot: &Snapshot) -> String {
    snapshot.due.iter().map(|(what, due)| format!("{what} {due}")).collect::<Vec<_>>().join("; ")
}

fn part(name: &str, was: &str, is: &str) -> Cause {
    Cause {
        id: name.to_owned(),
        rule: None,
        was: was.to_owned(),
        is: is.to_owned(),
        saw: Vec::new(),
        numbers: Vec::new(),
    }
}

struct Changed<'a> {
    rule: &'a str,
    was: Option<&'a Fired>,
    is: Option<&'a Fired>,
}

impl Changed<'_> {
    /// A rule that no longer fires left what it saw in the accepted snapshot.
    fn cause(&self) -> Cause {
        let says = |fired: Option<&Fired>| fired.map_or_else(|| "nothing".to_owned(), |fired| fired.says.clone());
        Cause {
            id: self.rule.to_owned(),
            rule: Some(self.rule.to_owned()),
            was: says(self.was),
            is: says(self.is),
            saw: self.is.or(self.was).map(|fired| fired.saw.clone()).unwrap_or_default(),
            numbers: Vec::new(),
        }
    }
}

/// The rules that say something else than before, in the order of the policy now.
fn changed_rules<'a>(before: &'a Snapshot, now: &'a Snapshot) -> Vec<Changed<'a>> {
    let find = |in_: &'a Snapshot, rule: &str| in_.rules.iter().find(|fired| fired.rule == rule);
    let mut seen = BTreeSet::new();
    let names = now.rules.iter().chain(&before.rules).map(|fired| fired.rule.as_str());
    names
        .filter(|rule| seen.insert(*rule))
        .map(|rule| Changed { rule, was: find(before, rule), is: find(now, rule) })
        .filter(|changed| changed.was.map(|fired| &fired.says) != changed.is.map(|fired| &fired.says))
        .collect()
}
