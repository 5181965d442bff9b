//! What two policies ask for in a week, as rows of a table.

use crate::{
    comparison::tally::{Load, Whose},
    report::{
        compare::CompareReport,
        compare_words::{more, tenth},
    },
};

/// The columns of the loads.
pub(super) const LOAD_HEAD: [&str; 7] = ["", "contacts", "then", "more", "reviews", "then", "more"];

impl CompareReport {
    /// The loads before and after: of all cases, and of those whose load changes, so many of each level.
    pub(super) fn load_rows(&self, most: usize) -> Vec<[String; 7]> {
        let mut rows = Vec::new();
        for whose in [Whose::All, Whose::Grade, Whose::Office, Whose::Officer] {
            let mut loads: Vec<(&Option<String>, &[Load; 2])> = self
                .tally
                .loads
                .iter()
                .filter(|((of, _), _)| *of == whose)
                .map(|((_, name), loads)| (name, loads))
                .collect();
            loads.retain(|(_, [before, after])| before != after || whose == Whose::All);
            loads.sort_by_key(|(name, [before, after])| (-(after.contacts - before.contacts).abs(), (*name).clone()));
            for (name, [before, after]) in loads.iter().take(most) {
                let name = name.as_deref().unwrap_or("all cases");
                rows.push([
                    name.to_owned(),
                    tenth(before.contacts),
                    tenth(after.contacts),
                    more(before.contacts, after.contacts),
                    tenth(before.reviews),
                    tenth(after.reviews),
                    more(before.reviews, after.reviews),
                ]);
            }
            if loads.len() > most {
                let left = loads.len() - most;
                let what = if whose == Whose::Office { "offices" } else { "officers" };
                let mut row: [String; 7] = Default::default();
                row[0] = format!("{left} more {what}");
                rows.push(row);
            }
        }
        rows
    }
}
