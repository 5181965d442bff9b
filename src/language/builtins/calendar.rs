//! Words for dates.

use super::{Builtin, Env, Given, Run, word};
use crate::{
    calendar::days_between as days,
    case::day::Day,
    language::{datum::Datum, kinds::Kinds, wrong::Wrong},
};
use jiff::{Span, civil::Date};

/// Most working days that are counted.
const MAX_WORKING_DAYS: u32 = 1_000;

/// The rows.
pub static WORDS: &[Builtin] = &[
    word!(Word "date" "date(text)" [Kinds::TEXT] Kinds::DATE, Run::Plain(date), "A date written `YYYY-MM-DD`."),
    word!(Word "days_between" "days_between(from, to)" [Kinds::DATE, Kinds::DATE] Kinds::NUMBER, Run::Plain(days_between),
        "Days from one date to another."),
    word!(Word "years_after" "years_after(date, n)" [Kinds::DATE, Kinds::NUMBER] Kinds::DATE,
        Run::Plain(|_, given| later(given, |n| Span::new().try_years(n))),
        "The same day so many years later; 29 February becomes 28."),
    word!(Word "months_after" "months_after(date, n)" [Kinds::DATE, Kinds::NUMBER] Kinds::DATE,
        Run::Plain(|_, given| later(given, |n| Span::new().try_months(n))),
        "The same day so many months later, or the last of a shorter month."),
    word!(Word "days_after" "days_after(date, n)" [Kinds::DATE, Kinds::NUMBER] Kinds::DATE,
        Run::Plain(|_, given| later(given, |n| Span::new().try_days(n))), "So many days later."),
    word!(Word "working_days_after" "working_days_after(date, n)" [Kinds::DATE, Kinds::NUMBER] Kinds::DATE,
        Run::Plain(working_days_after), "The n-th working day after a date, by the bank holidays of the run."),
];

fn date(_: &mut Env, given: &mut [Datum]) -> Given {
    let text = given.first().and_then(Datum::as_text).ok_or_else(Wrong::given)?;
    let day = Day::parse(text).ok_or_else(|| Wrong::new("`date` needs a date that exists, written YYYY-MM-DD"))?;
    Ok(Datum::Date(day.0))
}

fn days_between(_: &mut Env, given: &mut [Datum]) -> Given {
    match given {
        [Datum::Date(from), Datum::Date(to)] => Ok(Datum::Whole(days(*from, *to))),
        _ => Err(Wrong::given()),
    }
}

fn later(given: &[Datum], span: fn(i64) -> Result<Span, jiff::Error>) -> Given {
    let [Datum::Date(date), Datum::Whole(n)] = given else { return Err(Wrong::given()) };
    let later: Option<Date> = span(*n).and_then(|span| date.checked_add(span)).ok();
    later.map(Datum::Date).ok_or_else(|| Wrong::new("a date past the year 9999"))
}

fn working_days_after(env: &mut Env, given: &mut [Datum]) -> Given {
    let [Datum::Date(date), Datum::Whole(n)] = given else { return Err(Wrong::given()) };
    let count = u32::try_from(*n).ok().filter(|n| *n <= MAX_WORKING_DAYS);
    let count = count.ok_or_else(|| {
        Wrong::about(&n.to_string(), format!("`working_days_after` counts from 0 to {MAX_WORKING_DAYS}, not {{}}"))
    })?;
    env.budget.work(usize::try_from(count).unwrap_or(0) / 4)?;
    env.days.after(*date, count).map(Datum::Date).map_err(|years| Wrong::new(years.without_date()))
}
