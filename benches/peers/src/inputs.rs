//! What the rules read of a case, by name, for the languages that cannot read a Rust struct. It is made before anything is
//! timed, and already holds what brag and the hard-coded rules derive while they decide: custody, days to release, and the
//! registrations and contacts that were known on the date.

use crate::{
    facts::{Fact, Value as FactValue},
    hard_coded::{is_assessed_for_release, is_grave, next_working_in},
};
use brag::{
    calendar::days_between,
    case::{
        Case,
        derived::{in_custody, single_unpaid_work},
        phase::last_day_of_supervision,
        registered::Register,
    },
    decision::decide::CaseFile,
};
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The inputs of a case on a date: facts that the case does not give are left out.
#[must_use]
pub fn inputs(file: &CaseFile, on: Date) -> Map<String, Value> {
    let case = Case::as_known_on(&file.case, on);
    let mut inputs = recorded(&case, on);
    for fact in Fact::ALL {
        if let Some(value) = fact.given(&case) {
            inputs.insert(fact.name().to_owned(), fact_value(value));
        }
    }
    inputs
}

/// A registration that the rules may know: a code that no list has is none of theirs.
const fn listed(register: &Register) -> Option<&'static str> {
    match register {
        Register::Listed(listed) => Some(listed.as_str()),
        Register::Other(_) => None,
    }
}

/// A value of a fact.
#[must_use]
pub fn fact_value(value: FactValue) -> Value {
    match value {
        FactValue::Level(level) => level.as_str().into(),
        FactValue::Whole(score) => score.into(),
        // The digits of these scores are few, so the nearest binary fraction lies on the same side of every threshold.
        FactValue::Decimal(score) => score.to_string().parse::<f64>().map_or(Value::Null, Value::from),
        FactValue::Offence(offence) => offence.as_str().into(),
        FactValue::Place(place) => place.as_str().into(),
    }
}

fn recorded(case: &Arc<Case>, on: Date) -> Map<String, Value> {
    let yes = |flag: Option<bool>| flag == Some(true);
    let needs = &case.circumstances;
    let in_custody = in_custody(case, on);
    let release = case.release.date.filter(|date| in_custody && date.0 >= on);
    let absences: Vec<Value> = case
        .contacts
        .iter()
        .map(|contact| json!({ "outcome": contact.outcome.map_or("", |one| one.as_str()), "day": day(contact.date.0) }))
        .collect();
    let inputs = json!({
        "today": day(on),
        "in_custody": in_custody,
        "in_community": !in_custody,
        "iom": yes(case.iom),
        "single_unpaid_work": single_unpaid_work(case, on),
        "registrations": case.registrations.iter().filter_map(|one| listed(&one.r#type)).collect::<Vec<_>>(),
        "previous_offences": case.previous_offences.iter().map(|one| one.as_str()).collect::<Vec<_>>(),
        "mappa": case.mappa.category.is_some(),
        "grave_in_another": case.other_sentences.iter().any(|one| is_grave(&one.index_offence)),
        "victim_vulnerable": yes(case.sentence.index_offence.victim.vulnerable),
        "engagement": case.engagement.map_or("mixed", |one| one.as_str()),
        "contacts": absences,
        "days_to_release": release.map_or(-1, |date| days_between(on, date.0)),
        "next_working_in": next_working_in(on),
        "release_assessed": last_day_of_supervision(case, on) < on || is_assessed_for_release(case, on),
        "domestic_abuse_victim": yes(needs.domestic_abuse_victim),
        "vulnerable": yes(needs.vulnerable),
        "learning_difficulty": yes(needs.learning_difficulty),
        "interpreter_required": yes(needs.interpreter_required),
        "rural": yes(needs.rural),
        "evening_reporting": yes(needs.evening_reporting),
        "caring_responsibilities": yes(needs.caring_responsibilities),
        "sex": case.sex.map_or("", |one| one.as_str()),
        "female_officer_asked": case.supervision.female_officer_offered.is_some(),
    });
    match inputs {
        Value::Object(inputs) => inputs,
        _ => Map::new(),
    }
}

/// A date as a number of days, because not every language has dates.
fn day(date: Date) -> i64 {
    days_between(Date::ZERO, date)
}
