//! What no single field can be checked for: that dates stand in an order that can be.

use super::{
    day::Day,
    document::Node,
    fault::{Fault, Wrong},
    model::Case,
};
use std::iter::once;

/// Every pair of dates of a case that cannot stand as they do; with the document that it was read from, a fault names the line.
#[must_use]
pub fn date_faults(case: &Case, document: Option<&Node>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let reversed = |first: Option<Day>, then: Option<Day>| first.zip(then).is_some_and(|(first, then)| then < first);
    let mut fault = |path: String, rule| {
        let node = document.and_then(|document| document.nearest(&path));
        faults.push(Fault::at(path, node.map(|node| node.at), Wrong::DateOrder { rule }));
    };
    let others = case.other_sentences.iter().enumerate().map(|(index, sentence)| (Some(index), sentence));
    for (index, sentence) in once((None, &case.sentence)).chain(others) {
        let starts = sentence.starts_on.or(sentence.imposed_on);
        let pairs = [
            (sentence.imposed_on, sentence.starts_on, "starts_on", "starts before it was imposed"),
            (starts, sentence.ends_on, "ends_on", "ends before it starts"),
            (sentence.imposed_on, sentence.terminated_on, "terminated_on", "terminated before it was imposed"),
        ];
        for (_, _, field, rule) in pairs.into_iter().filter(|(first, then, ..)| reversed(*first, *then)) {
            let path = index.map_or_else(|| "sentence".to_owned(), |index| format!("other_sentences[{index}]"));
            fault(format!("{path}.{field}"), rule);
        }
    }
    for (index, _) in case.custody.iter().enumerate().filter(|(_, period)| reversed(Some(period.from), period.to)) {
        fault(format!("custody[{index}].to"), "ends before it begins");
    }
    // Periods may stand in any order in the file; two of them may touch and not overlap.
    let mut periods: Vec<_> = case.custody.iter().enumerate().collect();
    periods.sort_by_key(|(_, period)| (period.from, period.to.is_none(), period.to));
    for ((_, earlier), (index, later)) in periods.iter().zip(periods.iter().skip(1)) {
        if earlier.to.is_none_or(|to| later.from < to) {
            fault(format!("custody[{index}].from"), "overlaps another period in custody");
        }
    }
    let periods = case.supervision.status.iter().enumerate();
    for (index, _) in periods.filter(|(_, status)| reversed(Some(status.from), status.to)) {
        fault(format!("supervision.status[{index}].to"), "ends before it begins");
    }
    if reversed(case.date_of_birth, case.sentence.imposed_on) {
        fault("sentence.imposed_on".to_owned(), "before the date of birth");
    }
    faults
}
