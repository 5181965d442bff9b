//! The words that a policy script can use beyond the language itself. The list below is what the README prints.

mod calendar_words;
mod effect_words;
mod history_words;
mod pattern_words;
mod risk_words;
mod standard_words;

use rhai::Engine;

/// One word of a policy script.
#[derive(Debug, Clone, Copy)]
pub struct ScriptWord {
    /// How it is written.
    pub usage: &'static str,
    /// What it does, one sentence.
    pub doc: &'static str,
}

/// Every word, grouped by what it is for.
pub static SCRIPT_WORDS: &[ScriptWord] = &[
    word("at_least(tier)", "A floor: this tier or a more intensive one. The highest floor wins."),
    word("decide(tier)", "Settles the tier outright. Two rules that decide differently are a fault."),
    word("points(axis, n)", "Adds to an axis of a points model; `AXES` names the axes."),
    word("flag(code, text)", "Something a person must look at; changes no tier."),
    word("provisional(text)", "The tier stands, but on incomplete evidence."),
    word(
        "known(input)",
        "Whether the case gives the input. The only way to read a fact that may be missing without a range.",
    ),
    word("reaches(level, floor)", "Whether a level of risk is `floor` or higher."),
    word("worst(levels)", "The highest of several levels of risk; `()` among them is passed over."),
    word(
        "band(score, cut_offs)",
        "`low`, `medium`, `high` or `very_high`, by three cut-offs; each belongs to the band above it.",
    ),
    word("raised(tier, steps, top)", "The tier so many steps up, never past `top`, and never lower than it was."),
    word("rank(tier)", "The place of a tier in `TIERS`, from 0 for the least intensive; -1 outside."),
    word(
        "pick(table, score)",
        "From rows `[from, entry]` in any order, the entry of the highest `from` that the score reaches; `()` below all.",
    ),
    word(
        "reaching(scores, table)",
        "How many of some scores reach the cut-off of the row `[name, cut-off]` in the same place.",
    ),
    word("overlap(list, list)", "What stands in both lists."),
    word("join(list, between)", "The entries of a list as one text."),
    word("date(text)", "A date written `YYYY-MM-DD`."),
    word("days_between(from, to)", "Days from one date to another."),
    word("years_after(date, n)", "The same day so many years later; 29 February becomes 28."),
    word("months_after(date, n)", "The same day so many months later, or the last of a shorter month."),
    word("days_after(date, n)", "So many days later."),
    word("working_days_after(date, n)", "The n-th working day after a date, by the bank holidays of the run."),
    word("latest(list)", "The entry of a history with the latest `date`, of several the last; `()` of an empty one."),
    word("earliest(list)", "The entry with the earliest `date`, of several the first; `()` of an empty one."),
    word("changes(list, field)", "The entries of a history that differ in a field from the one before."),
    word("dates(list)", "The dates of a history, in order."),
    word(
        "between(list, from, to)",
        "The entries of a history, or the dates of a list, from one date to another, both included.",
    ),
    word(
        "having(list, field, wanted)",
        "The entries of a history of which a field is a value, or one of a list of values.",
    ),
    word("longest_gap(dates, from, to)", "The longest time without one of the dates: `.from`, `.to` and `.days`."),
    word(
        "covers(periods, date)",
        "Whether one of the periods holds on a date: from its `from` to before its `to`; without `to` it is open.",
    ),
    word("grouped(list, fields)", "The entries that agree in some fields, as lists, in order of first appearance."),
    word("counted(n, thing)", "A number with its noun: 1 day, 2 days."),
    word(
        "every(n, unit, mode)",
        "A standard of contact: once in every n `day`, `week` or `month`, of a mode that `contact_modes` names.",
    ),
    word("every(n, unit)", "A standard of review."),
    word(".times(k)", "So many contacts in each period."),
    word(".first_within(n)", "The first contact of a sentence within n working days."),
    word(".upcoming(n)", "A contact counts as upcoming n days before it is due."),
    word("held_by(grade, place)", "Who holds the case and from where."),
    word(
        "pattern(code, severity, text, entries)",
        "In `caseload(book)`: a pattern over many cases, with the entries of the book that show it.",
    ),
];

const fn word(usage: &'static str, doc: &'static str) -> ScriptWord {
    ScriptWord { usage, doc }
}

/// Adds every word that does not depend on the policy to an engine.
pub fn register(engine: &mut Engine) {
    risk_words::register(engine);
    calendar_words::register(engine);
    history_words::register(engine);
    pattern_words::register(engine);
}

pub use calendar_words::register_working_days;
pub use effect_words::{effects_of, register_effects};
pub use history_words::counted;
pub use standard_words::{Standard, contact_modes, register_standards};
