//! What no single field can be checked for: that dates stand in an order that can be.

use super::{
    day::Day,
    document::Node,
    fault::{Fault, Wrong},
    model::Case,
};
use std::iter::once;

/// Checks a case that has been read; with the document that it was read from, a fault names the line.
///
/// # Errors
///
/// The first pair of dates that cannot stand as they do.
pub fn check_dates(case: &Case, document: Option<&Node>) -> Result<(), Fault> {
    let reversed = |first: Option<Day>, then: Option<Day>| first.zip(then).is_some_and(|(first, then)| then < first);
    let fault = |path: String, rule| {
        let node = document.and_then(|document| document.nearest(&path));
        Err(Fault::at(path, node.map(|node| node.at), Wrong::DateOrder { rule }))
    };
    let others = case.other_sentences.iter().enumerate().map(|(index, sentence)| (Some(index), sentence));
    for (index, sentence) in once((None, &case.sentence)).chain(others) {
        let starts = sentence.starts_on.or(sentence.imposed_on);
        let pairs = [
            (sentence.imposed_on, sentence.starts_on, "starts_on", "starts before it was imposed"),
            (starts, sentence.ends_on, "ends_on", "ends before it starts"),
            (sentence.imposed_on, sentence.terminated_on, "terminated_on", "terminated before it was imposed"),
        ];
        if let Some((_, _, field, rule)) = pairs.into_iter().find(|(first, then, ..)| reversed(*first, *then)) {
            let path = index.map_or_else(|| "sentence".to_owned(), |index| format!("other_sentences[{index}]"));
            return fault(format!("{path}.{field}"), rule);
        }
    }
    if let Some(index) = case.custody.iter().position(|period| reversed(Some(period.from), period.to)) {
        return fault(format!("custody[{index}].to"), "ends before it begins");
    }
    // Periods may stand in any order in the file; two of them may touch and not overlap.
    let mut periods: Vec<_> = case.custody.iter().enumerate().collect();
    periods.sort_by_key(|(_, period)| (period.from, period.to.is_none(), period.to));
    for ((_, earlier), (index, later)) in periods.iter().zip(periods.iter().skip(1)) {
        if earlier.to.is_none_or(|to| later.from < to) {
            return fault(format!("custody[{index}].from"), "overlaps another period in custody");
        }
    }
    if let Some(index) = case.supervision.status.iter().position(|status| reversed(Some(status.from), status.to)) {
        return fault(format!("supervision.status[{index}].to"), "ends before it begins");
    }
    if reversed(case.date_of_birth, case.sentence.imposed_on) {
        return fault("sentence.imposed_on".to_owned(), "before the date of birth");
    }
    Ok(())
}
