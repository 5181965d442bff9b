//! The numbers under which the worked cases of a policy last came out as accepted: a copy of its `parameters.yaml` beside the
//! snapshots. What a number was before an edit, and which edit made a difference, is read off it.

use crate::{
    authoring::snapshot_store::Folder,
    case::document::parse,
    error::Error,
    policy::{
        Policy,
        parameters::{Parameter, Parameters},
    },
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// A number that is another one than when the answers were accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ChangedNumber {
    /// The policy.
    pub policy: String,
    /// The parameter.
    pub name: String,
    /// The date from which the value holds.
    pub from: Date,
    /// What it was on that date; null where it had no value then.
    pub was: Option<String>,
    /// What it is on that date now; null where it has no value then.
    pub is: Option<String>,
    /// How messages call the file.
    pub file: String,
    /// The line, from 1.
    #[schemars(range(min = 1))]
    pub line: Option<usize>,
    /// Whether the value of that date was changed where it stands, so that answers of the past come out otherwise too.
    pub in_place: bool,
    /// The parameter as it was, through time; nothing where there was none.
    #[serde(skip)]
    former: Option<Parameter>,
}

impl ChangedNumber {
    /// The policy with the value of that date as it was.
    #[must_use]
    pub fn undone(&self, policy: &Policy) -> Policy {
        let member = policy.member(&self.policy);
        let now = member.parameters().by_name.get(&self.name);
        let former = self.former.as_ref();
        let gone = || former.map(|former| Parameter { values: BTreeMap::new(), ..former.clone() });
        let mut parameter = now.cloned().or_else(gone);
        if let Some(parameter) = &mut parameter {
            match former.and_then(|former| former.values.get(&self.from)) {
                Some(dated) => drop(parameter.values.insert(self.from, dated.clone())),
                None => drop(parameter.values.remove(&self.from)),
            }
        }
        policy
            .with_member(member.with_parameter(&self.name, parameter.filter(|parameter| !parameter.values.is_empty())))
    }
}

/// What changed in the numbers of a policy and of those that run with it since the answers beside them were accepted, by policy,
/// name and date; nothing where that is not known.
///
/// # Errors
///
/// When the copy of the numbers is there and cannot be read.
pub fn changed(policy: &Policy, folder: &Folder) -> Result<Vec<ChangedNumber>, Error> {
    let mut all = Vec::new();
    for member in std::iter::once(policy).chain(policy.companions()) {
        let Some(text) = folder.numbers(member.name())? else { continue };
        // A copy that is no longer well-formed tells nothing.
        let Ok(document) = parse(&text) else { continue };
        let (former, _) = Parameters::read(&document);
        let now = member.parameters();
        let names = former.by_name.keys().chain(now.by_name.keys().filter(|name| !former.by_name.contains_key(*name)));
        for name in names {
            let (was, is) = (former.by_name.get(name), now.by_name.get(name));
            all.extend(of_one(member, name, was, is));
        }
    }
    Ok(all)
}

fn of_one(member: &Policy, name: &str, former: Option<&Parameter>, now: Option<&Parameter>) -> Vec<ChangedNumber> {
    let dates = [former, now].into_iter().flatten().flat_map(|one| one.values.keys().copied());
    let dates: std::collections::BTreeSet<Date> = dates.collect();
    // What holds on a date: its own value, or an earlier one.
    let on = |parameter: Option<&Parameter>, date: Date| Some(parameter?.on(date)?.1.value.written());
    let differing = dates.into_iter().filter(|date| on(former, *date) != on(now, *date));
    let changed = |from: Date| {
        let at = now.map(|now| now.on(from).map_or(now.at, |(_, dated)| dated.at));
        ChangedNumber {
            policy: member.name().to_string(),
            name: name.to_owned(),
            from,
            was: on(former, from),
            is: on(now, from),
            file: member.parameters().file.clone(),
            line: at.map(|at| at.line),
            in_place: former.is_some_and(|former| former.values.contains_key(&from)),
            former: former.cloned(),
        }
    };
    differing.map(changed).collect()
}

/// Keeps the numbers of a policy as those under which its answers are accepted, or where some wait, as those under which these came
/// out.
///
/// # Errors
///
/// When the copy cannot be read or written.
pub fn keep(policy: &Policy, folder: &Folder, is_any_pending: bool) -> Result<(), Error> {
    let text = &policy.parameters().text;
    if is_any_pending {
        return folder.propose_numbers(policy.name(), text);
    }
    if folder.numbers(policy.name())?.as_ref() == Some(text) {
        return folder.reject_numbers(policy.name());
    }
    folder.keep_numbers(policy.name(), text)
}
