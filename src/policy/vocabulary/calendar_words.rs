//! The words for dates.

use crate::{
    calendar::{self, WorkingDays},
    case::day::Day,
    policy::{
        engine::fault_at,
        script_value::of_plain,
        word::{MAX_WORKING_DAYS, Word},
    },
};
use jiff::civil::Date;
use rhai::{Dynamic, Engine, ImmutableString, NativeCallContext};

/// Adds the words to an engine.
pub fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Date>("date");
    engine.register_fn("to_string", |date: &mut Date| date.to_string());
    engine.register_fn("date", |context: NativeCallContext<'_>, text: ImmutableString| {
        Day::parse(&text).map(|day| day.0).ok_or_else(|| {
            let message = "`date` needs a date that exists, written YYYY-MM-DD".to_owned();
            fault_at(message, None, context.call_position())
        })
    });
    engine.register_fn("days_between", |from: Date, to: Date| calendar::days_between(from, to));
    for (name, word) in
        [("days_after", Word::DaysAfter), ("months_after", Word::MonthsAfter), ("years_after", Word::YearsAfter)]
    {
        engine.register_fn(name, move |context: NativeCallContext<'_>, date: Date, n: i64| {
            of_plain(&word, &[&Dynamic::from(date), &n.into()])
                .ok_or_else(|| fault_at("a date past the year 9999".to_owned(), None, context.call_position()))
        });
    }
}

/// Adds the word for working days, which reckons with the calendar of the run.
pub fn register_working_days(engine: &mut Engine, days: &WorkingDays) {
    let days = days.clone();
    engine.register_fn("working_days_after", move |context: NativeCallContext<'_>, date: Date, n: i64| {
        let count = u32::try_from(n).ok().filter(|n| *n <= MAX_WORKING_DAYS);
        let wrong = |message: String| fault_at(message, None, context.call_position());
        let count =
            count.ok_or_else(|| wrong(format!("`working_days_after` counts from 0 to {MAX_WORKING_DAYS}, not {n}")))?;
        days.after(date, count).map_err(|years| wrong(years.to_string()))
    });
}
