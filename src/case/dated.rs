//! The dates of a case: what happened to somebody, or is planned for them. None lies before they were born. What is a date of theirs
//! stands in the declarations of the records.

use super::{
    model::Case,
    record::{Record, View},
    value::Value,
};
use crate::calendar::OutOfYears;
use jiff::civil::Date;

/// Names every date of a case that is before the day of birth.
pub(super) fn before_birth(case: &Case, born: Date, name: &mut dyn FnMut(String)) {
    walk_dates(case, &mut |path, day| {
        if day < born {
            name(path);
        }
    });
}

/// The date of a case for which no bank holidays are known, and from which the one that there are none for was reckoned, with its path.
#[must_use]
pub fn out_of_years(case: &Case, years: &OutOfYears) -> Option<String> {
    let mut found: Option<(String, Date)> = None;
    walk_dates(case, &mut |path, day| {
        let is_known = (years.first..=years.last).contains(&day.year());
        let is_later = found.as_ref().is_none_or(|(_, known)| *known < day);
        if path != "date_of_birth" && !is_known && day <= years.date && is_later {
            found = Some((path, day));
        }
    });
    found.map(|(path, _)| path)
}

/// Goes through the dates of a case.
fn walk_dates(case: &Case, take: &mut dyn FnMut(String, Date)) {
    for (index, field) in case.fields().iter().enumerate() {
        // The day of an answer is a date of whoever asks; what a policy declares for itself may be anything.
        if !["assessed_on", "local", "expect"].contains(&field.name) {
            look(field.name, &case.part(index), take);
        }
    }
    for (index, one) in case.registrations.iter().enumerate() {
        for (field, day) in [("date", one.date), ("to", one.to)] {
            if let Some(day) = day {
                take(format!("registrations[{index}].{field}"), day.0);
            }
        }
    }
}

fn look(path: &str, view: &View<'_>, take: &mut dyn FnMut(String, Date)) {
    match view {
        View::Leaf(Value::Date(day)) => take(path.to_owned(), *day),
        View::Leaf(_) => {}
        View::Record(record) => {
            for (index, field) in record.fields().iter().enumerate() {
                look(&format!("{path}.{}", field.name), &record.part(index), take);
            }
        }
        View::List(list) => {
            for index in 0..list.count() {
                look(&format!("{path}[{index}]"), &list.entry(index), take);
            }
        }
    }
}
