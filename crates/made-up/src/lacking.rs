//! Facts that are missing: of every twenty cases one lacks a fact that the tier is decided by.

use crate::dice::Dice;
use serde_json::Value;

/// Of so many cases one lacks a fact.
pub const ONE_IN: u64 = 20;

/// Streams of chance that say which case of a run of twenty it is.
const STREAMS: u64 = 1 << 61;

/// What may be missing, and how often.
const FACTS: [(&str, u32); 11] = [
    ("oasys.ogrs3", 16),
    ("oasys.ogp", 13),
    ("oasys.ovp", 13),
    ("oasys.rsr", 18),
    ("oasys.rosh", 10),
    ("oasys.rosh_to.children", 5),
    ("oasys.sections.accommodation", 5),
    ("oasys.sections.drugs", 6),
    ("oasys.sections.alcohol", 5),
    ("oasys.sections.thinking", 4),
    ("oasys.sections.attitudes", 5),
];

/// Whether the case of this number, from 0, is the one of its run that lacks a fact.
pub fn lacks_a_fact(seed: u64, number: u64) -> bool {
    let run = number / ONE_IN;
    u64::from(Dice::of(seed, STREAMS + run).below(20)) == number % ONE_IN
}

/// Takes facts out of a case: one of them, in three of ten such cases two or three.
pub fn take_out(dice: &mut Dice, case: &mut Value) {
    for _ in 0..dice.one_of(&[(1, 70), (2, 20), (3, 10)]) {
        remove(case, dice.one_of(&FACTS));
    }
}

fn remove(case: &mut Value, path: &str) {
    let Some((group, field)) = path.rsplit_once('.') else { return };
    let found = group.split('.').try_fold(case, |value, name| value.get_mut(name));
    if let Some(fields) = found.and_then(Value::as_object_mut) {
        // The order of the other fields stays as it is.
        fields.shift_remove(field);
    }
}
