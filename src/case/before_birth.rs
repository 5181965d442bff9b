//! Dates of a person before they were born: nothing that happens to somebody, or is planned for them, lies there. What is a date of
//! theirs stands in the declarations of the records.

use super::{
    model::Case,
    record::{Record, View},
    value::Value,
};
use jiff::civil::Date;

/// Names every date of a case that is before the day of birth.
pub(super) fn before_birth(case: &Case, born: Date, name: &mut dyn FnMut(String)) {
    for (index, field) in case.fields().iter().enumerate() {
        // The day of an answer is a date of whoever asks; what a policy declares for itself may be anything.
        if !["assessed_on", "local", "expect"].contains(&field.name) {
            look(field.name, &case.part(index), born, name);
        }
    }
    for (index, one) in case.registrations.iter().enumerate() {
        for (field, day) in [("date", one.date), ("to", one.to)] {
            if day.is_some_and(|day| day.0 < born) {
                name(format!("registrations[{index}].{field}"));
            }
        }
    }
}

fn look(path: &str, view: &View<'_>, born: Date, name: &mut dyn FnMut(String)) {
    match view {
        View::Leaf(Value::Date(day)) if *day < born => name(path.to_owned()),
        View::Leaf(_) => {}
        View::Record(record) => {
            for (index, field) in record.fields().iter().enumerate() {
                look(&format!("{path}.{}", field.name), &record.part(index), born, name);
            }
        }
        View::List(list) => {
            for index in 0..list.count() {
                look(&format!("{path}[{index}]"), &list.entry(index), born, name);
            }
        }
    }
}
