//! What a comparison of two policies says of its parts, in a line each.

use crate::{
    comparison::{
        cause::MoveCause,
        policy_change::{FunctionChange, LinesAbout, NumberChange, Role},
        target::OverTarget,
    },
    report::{compare::CompareReport, phrases::date},
};
use indicatif::HumanCount;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// How many move.
pub(super) fn moved_in_short(report: &CompareReport) -> String {
    let (tally, on) = (&report.tally, report.dates.in_words());
    let [up, down] = tally.up_and_down;
    let moved = tally.moved();
    let others = match moved - up - down {
        0 => String::new(),
        others => format!(", {} otherwise", count(others)),
    };
    let [moved, cases, up, down] = [moved, tally.cases, up, down].map(count);
    format!("{moved} of {cases} cases move{on}: {up} up, {down} down{others}")
}

/// The officers of a grade beside their target.
pub(super) fn of_target(over: &OverTarget) -> String {
    let target = |target: Option<Decimal>| target.map_or_else(|| "none".to_owned(), |target| target.to_string());
    let [old, new] = [target(over.old_target), target(over.new_target)];
    let targets = if old == new { old } else { format!("{old}, then {new}") };
    let (grade, before, after) = (over.grade.as_str(), count(over.before), count(over.after));
    format!("{grade} over their target of {targets} cases: {before} of {}, then {after}", count(over.officers))
}

/// A number that differs.
pub(super) fn of_number(number: &NumberChange) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
    let unit = number.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let source = match number.since {
        Some(since) => format!("as the policy has it from {} on: {}", date(since), number.source),
        None => number.source.clone(),
    };
    format!("{} to {}{unit}, from {} ({source})", value(&number.old), value(&number.new), date(number.from))
}

/// The lines of a log that a difference is about, with their dates.
pub(super) fn of_lines(lines: &LinesAbout) -> String {
    let LinesAbout { count: many, first, last, from, to } = *lines;
    let which = match many {
        1 => format!("line {first}"),
        _ if last - first + 1 == many => format!("lines {first} to {last}"),
        _ => format!("{} lines from {first} to {last}", count(many)),
    };
    let dates = if from == to { date(from) } else { format!("{} to {}", date(from), date(to)) };
    format!("beside the policy of {which}, of {dates}")
}

/// A function that differs, and where it is a rule or law of certain days, those.
pub(super) fn of_function(function: &FunctionChange) -> String {
    let role = match function.role {
        Role::Rule => "rule",
        Role::Standard => "function",
        Role::Law => "law",
        Role::Helper => "helper",
    };
    let days = |from: Option<Date>, until: Option<Date>| match (from.map(date), until.map(date)) {
        (None, None) => "on every day".to_owned(),
        (Some(from), None) => format!("from {from} on"),
        (None, Some(until)) => format!("until {until}"),
        (Some(from), Some(until)) => format!("from {from} until {until}"),
    };
    let held = (function.held_from, function.held_until);
    let holds = (function.holds_from, function.holds_until);
    let always = (None, None);
    let [was, is] = [held, holds].map(|(from, until)| days(from, until));
    match (&function.old, &function.new) {
        (None, _) if holds == always => format!("new {role}"),
        (None, _) => format!("new {role}, holds {is}"),
        (_, None) if held == always => format!("{role}, gone"),
        (_, None) => format!("{role}, gone; held {was}"),
        _ if held != holds => format!("{role}, changed; held {was}, now {is}"),
        _ if holds == always => format!("{role}, changed"),
        _ => format!("{role}, changed; holds {is}"),
    }
}

/// The causes of a move in a line.
#[must_use]
pub fn why(causes: &[MoveCause]) -> String {
    let one = |cause: &MoveCause| match cause.differs.as_slice() {
        [] => cause.rule.to_string(),
        differs => format!("{} ({})", cause.rule, differs.join("; ")),
    };
    if causes.is_empty() {
        "no answer on one side".to_owned()
    } else {
        causes.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

/// A number of people with its thousands apart.
pub(super) fn count(number: usize) -> String {
    HumanCount(u64::try_from(number).unwrap_or(u64::MAX)).to_string()
}

/// So many cases.
pub(super) fn cases(number: usize) -> String {
    if number == 1 { "1 case".to_owned() } else { format!("{} cases", count(number)) }
}

/// A number with one digit behind the point.
pub(super) fn tenth(number: Decimal) -> String {
    format!("{:.1}", number.round_dp(1))
}

/// How much more it is; nothing where it is as much.
pub(super) fn more(before: Decimal, after: Decimal) -> String {
    let more = (after - before).round_dp(1);
    if more.is_zero() { String::new() } else { format!("{more:+.1}") }
}
