//! The words for dates.

use crate::{
    case::{day::Day, derived},
    policy::{engine::fault_at, script_value::Scripted},
};
use jiff::{Span, civil::Date};
use rhai::{Engine, ImmutableString, NativeCallContext};

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
    engine.register_fn("days_between", |from: Date, to: Date| derived::days_between(from, to));
    engine.register_fn("days_after", |context: NativeCallContext<'_>, date: Date, days: i64| {
        later(&context, date, Span::new().try_days(days))
    });
    engine.register_fn("months_after", |context: NativeCallContext<'_>, date: Date, months: i64| {
        later(&context, date, Span::new().try_months(months))
    });
    engine.register_fn("years_after", |context: NativeCallContext<'_>, date: Date, years: i64| {
        later(&context, date, Span::new().try_years(years))
    });
}

fn later(context: &NativeCallContext<'_>, date: Date, by: Result<Span, jiff::Error>) -> Scripted<Date> {
    by.and_then(|by| date.checked_add(by))
        .map_err(|_| fault_at("a date past the year 9999".to_owned(), None, context.call_position()))
}
