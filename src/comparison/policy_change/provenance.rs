//! What differs between two policies that no answer rests on.

use super::differing;
use crate::policy::{
    Policy,
    parameters::{DatedValue, Parameters},
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What numbers, inputs of a policy's own and presumptions say of themselves otherwise, and dates that only say a number again: no
/// answer rests on it.
pub(super) fn provenance(old: &Policy, new: &Policy) -> Vec<String> {
    let [before, after] = [old, new].map(Policy::parameters);
    let own = |parameters: &'_ Parameters| -> BTreeSet<String> { parameters.own_inputs.keys().cloned().collect() };
    let own = [own(before), own(after)];
    let mut found: Vec<String> = own[1].difference(&own[0]).map(|name| format!("local: {name}: new")).collect();
    found.extend(own[0].difference(&own[1]).map(|name| format!("local: {name}: gone")));
    for (name, was) in &before.by_name {
        let Some(is) = after.by_name.get(name) else { continue };
        if was.description != is.description {
            found.push(format!("{name}: description"));
        }
        let of = |dated: &DatedValue| (dated.unit.clone(), dated.source.clone());
        let said = [was, is].map(|one| -> BTreeMap<Date, (Option<String>, String)> {
            one.values.iter().map(|(from, dated)| (*from, of(dated))).collect()
        });
        for from in differing(&said[0], &said[1]) {
            let values = [was, is].map(|one| one.values.get(from).map(|dated| &dated.value));
            let what = match [said[0].get(from), said[1].get(from)] {
                _ if values[0].zip(values[1]).is_some_and(|(was, is)| was != is) => continue,
                [Some((was, _)), Some((is, _))] if was != is => "unit",
                [Some(_), Some(_)] => "source",
                [None, _] if was.on(*from).map(|(_, dated)| &dated.value) == values[1] => "said again",
                [_, None] if is.on(*from).map(|(_, dated)| &dated.value) == values[0] => "said again no longer",
                _ => continue,
            };
            found.push(format!("{name}: {what}, from {from}"));
        }
    }
    let presumed = [before, after].map(|parameters| -> BTreeMap<&String, (&String, &String)> {
        parameters.presumed.iter().map(|(path, one)| (path, (&one.description, &one.source))).collect()
    });
    let both = |name: &&&String| presumed.iter().all(|one| one.contains_key(**name));
    let differ = differing(&presumed[0], &presumed[1]);
    found.extend(
        differ.into_iter().filter(|name| both(name)).map(|name| format!("presumed: {name}: what it says of itself")),
    );
    found
}
