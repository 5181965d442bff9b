//! A case that moved, as a row for a spreadsheet or an object for programs.

use crate::{
    comparison::{
        compared::Compared,
        tally::{direction, tier_of},
    },
    language::tiers::Tiers,
    report::{compare_words::why, csv_row, failed::Failed},
};
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Ordering;

/// A case that moved.
#[derive(Serialize, JsonSchema)]
pub(super) struct MoveRecord<'a> {
    /// Case reference.
    crn: &'a str,
    /// Reference of the case manager.
    officer: Option<&'a str>,
    /// Local delivery unit.
    office: Option<&'a str>,
    /// The old tier. `no tier` where the policy gives none, `no answer` where it fails.
    old: &'a str,
    /// The new tier, likewise.
    new: &'a str,
    /// Up or down the order of tiers, or neither.
    direction: Direction,
    /// The rules that made the difference.
    rules: Vec<&'a str>,
    /// What they saw: path and value.
    saw: &'a [String],
    /// Why one policy has no answer.
    error: Option<String>,
}

/// Where a case moves in the order of tiers.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Direction {
    /// To a more intensive tier.
    Up,
    /// To a less intensive tier.
    Down,
    /// To or from one outside the order, or to no tier or answer.
    Other,
}

impl Direction {
    /// The word for it.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Other => "other",
        }
    }
}

/// How many columns there are.
pub const COLUMNS: usize = 13;
/// Their names.
pub const HEAD: &str = "crn,officer,office,old,new,direction,why,saw,old_contacts_a_week,new_contacts_a_week,flags_gained,flags_lost,error\n";

/// Writes the row of a case that moved.
pub fn csv(case: &Compared, tiers: [&Tiers; 2], to: &mut Vec<u8>) {
    csv_row::write(cells(case, tiers), to);
}

/// Writes the row of a case that neither policy has an answer for.
pub fn csv_failed(failed: &Failed, to: &mut Vec<u8>) {
    csv_row::write(failed.cells::<COLUMNS>(), to);
}

/// Writes the cells of a case that moved, for a sheet.
pub fn for_sheet(case: &Compared, tiers: [&Tiers; 2], to: &mut Vec<u8>) {
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(to, &cells(case, tiers));
}

/// The cells of the row of a case that moved.
fn cells(case: &Compared, tiers: [&Tiers; 2]) -> [String; COLUMNS] {
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
        way(old, new, tiers).as_str().to_owned(),
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
    let record = MoveRecord {
        crn: &case.crn,
        officer: case.officer.as_deref(),
        office: case.office.as_deref(),
        old,
        new,
        direction: way(old, new, tiers),
        rules: case.causes.iter().map(|cause| &*cause.rule).collect(),
        saw: &case.saw,
        error: error(case),
    };
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(to, &record);
}

/// Why one side has no answer.
fn error(case: &Compared) -> Option<String> {
    [&case.old, &case.new].into_iter().find_map(|side| side.as_ref().err()).map(ToString::to_string)
}

fn way(old: &str, new: &str, tiers: [&Tiers; 2]) -> Direction {
    match direction(old, new, tiers) {
        Ordering::Greater => Direction::Up,
        Ordering::Less => Direction::Down,
        Ordering::Equal => Direction::Other,
    }
}
