//! A case that moved, as a row for a spreadsheet or an object for programs.

use crate::{
    comparison::{
        sides::Compared,
        tally::{direction, tier_of},
    },
    language::tiers::Tiers,
    report::{compare_words::why, csv_row},
};
use serde_json::json;
use std::cmp::Ordering;

/// The names of the columns.
pub const HEAD: &str = "crn,officer,office,old,new,direction,why,saw,old_contacts_a_week,new_contacts_a_week,flags_gained,flags_lost,error\n";

/// Writes the row of a case that moved.
pub fn csv(case: &Compared, tiers: [&Tiers; 2], to: &mut Vec<u8>) {
    csv_row::write(cells(case, tiers), to);
}

/// The cells of the row of a case that moved.
#[must_use]
pub fn cells(case: &Compared, tiers: [&Tiers; 2]) -> [String; 13] {
    let [old, new] = [&case.old, &case.new].map(tier_of);
    let (contacts, codes) = match (&case.old, &case.new) {
        (Ok(old), Ok(new)) => {
            let codes = |gains: &crate::comparison::Stand, over: &crate::comparison::Stand| {
                gains.flags.difference(&over.flags).map(ToString::to_string).collect::<Vec<_>>().join(";")
            };
            let contacts = [old, new].map(|stand| stand.contacts.round_dp(2).normalize().to_string());
            (contacts, [codes(new, old), codes(old, new)])
        }
        _ => Default::default(),
    };
    let text = |word: &Option<String>| word.clone().unwrap_or_default();
    let [old_contacts, new_contacts] = contacts;
    let [gained, lost] = codes;
    [
        case.crn.to_string(),
        text(&case.officer),
        text(&case.office),
        old.to_owned(),
        new.to_owned(),
        way(old, new, tiers).to_owned(),
        why(&case.causes),
        case.saw.join("; "),
        old_contacts,
        new_contacts,
        gained,
        lost,
        error(case).unwrap_or_default(),
    ]
}

/// Writes the object of a case that moved.
pub fn json(case: &Compared, tiers: [&Tiers; 2], to: &mut Vec<u8>) {
    let [old, new] = [&case.old, &case.new].map(tier_of);
    let rules: Vec<&str> = case.causes.iter().map(|cause| &*cause.rule).collect();
    let object = json!({
        "crn": case.crn, "officer": case.officer, "office": case.office,
        "old": old, "new": new, "direction": way(old, new, tiers),
        "rules": rules, "saw": case.saw, "error": error(case),
    });
    to.extend(object.to_string().into_bytes());
}

/// Why one side has no answer.
fn error(case: &Compared) -> Option<String> {
    [&case.old, &case.new].into_iter().find_map(|side| side.as_ref().err()).map(ToString::to_string)
}

fn way(old: &str, new: &str, tiers: [&Tiers; 2]) -> &'static str {
    match direction(old, new, tiers) {
        Ordering::Greater => "up",
        Ordering::Less => "down",
        Ordering::Equal => "other",
    }
}
