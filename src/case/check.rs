//! What no single field can be checked for: that dates stand in an order that can be, and that one assessment counts.

use super::{
    dated::before_birth,
    day::Day,
    derived::age_on,
    document::Node,
    fault::{Fault, Wrong},
    model::Case,
    oasys::Oasys,
    record::Part,
    words::AssessmentStatus,
};
use jiff::civil::Date;
use std::{collections::BTreeMap, iter::once};

const LOCKED: Option<AssessmentStatus> = Some(AssessmentStatus::LockedIncomplete);

/// Everything of a case that cannot stand beside something else of it; with the document that it was read from, a fault names the
/// line.
#[must_use]
pub fn contradictions(case: &Case, document: Option<&Node>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |path: String, wrong| {
        let node = document.and_then(|document| document.nearest(&path));
        faults.push(Fault::at(path, node.map(|node| node.at), wrong));
    };
    assessments(case, &mut fault);
    dates(case, &mut |path, rule| fault(path, Wrong::DateOrder { rule }));
    faults
}

/// Of several assessments the latest complete one counts: which that is must be plain, or a higher one could be set aside.
fn assessments(case: &Case, fault: &mut dyn FnMut(String, Wrong)) {
    let mut wrong = |path: String, said, remedy| fault(path, Wrong::Contradiction { said, remedy });
    if !case.assessments.is_empty() && case.oasys != Oasys::default() {
        let remedy = "put it into the list too, with its `completed_on`: the latest complete one counts";
        wrong("oasys".to_owned(), "an assessment beside the list `assessments`", remedy);
    }
    // One that was locked and never completed needs no date: it does not count beside one that was completed.
    let is_any_complete = case.assessments.iter().any(|one| one.ranked().0);
    let counts = |one: &Oasys| one.completed_on.is_some() || !is_any_complete || one.status != LOCKED;
    let several = case.assessments.iter().enumerate().filter(|_| case.assessments.len() > 1);
    let mut first_of_rank = BTreeMap::new();
    for (index, one) in several.filter(|(_, one)| counts(one)) {
        if one.completed_on.is_none() {
            let remedy = "give each its `completed_on`: the latest complete one counts";
            wrong(format!("assessments[{index}]"), "one of several assessments, without its date", remedy);
        } else if *first_of_rank.entry(one.ranked()).or_insert(one) != one {
            let remedy = "keep the one that counts";
            wrong(format!("assessments[{index}]"), "another assessment of the same day says otherwise", remedy);
        }
    }
}

/// Pairs of dates that cannot stand as they do.
fn dates(case: &Case, fault: &mut dyn FnMut(String, &'static str)) {
    let reversed = |first: Option<Day>, then: Option<Day>| first.zip(then).is_some_and(|(first, then)| then < first);
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
    let registrations = case.registrations.iter().enumerate();
    for (index, _) in registrations.filter(|(_, one)| reversed(one.date, one.to)) {
        fault(format!("registrations[{index}].to"), "ends before it begins");
    }
    if let (Some(born), Some(on)) = (case.date_of_birth, case.assessed_on)
        && age_on(born.0, on.0).is_none()
    {
        fault("date_of_birth".to_owned(), "the person is under 10 years old on `assessed_on`, or over 120");
    }
    if let Some(Day(born)) = case.date_of_birth
        && case.holds_earlier(born)
    {
        before_birth(case, born, &mut |path| fault(path, "before the date of birth"));
    }
}

/// What is wrong with a date of birth on the date that an answer is for: nobody under ten is supervised, or not yet born.
#[must_use]
pub fn of_no_age(case: &Case, on: Date) -> Option<Fault> {
    let rule = "the person is under 10 years old on the date of the answer, or over 120";
    let is_wrong = case.date_of_birth.is_some_and(|born| age_on(born.0, on).is_none());
    is_wrong.then(|| Fault::at("date_of_birth", None, Wrong::DateOrder { rule }))
}
