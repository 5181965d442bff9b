//! The sentences of an explanation, the same for a terminal and for Markdown.

use crate::decision::{
    change::{Change, How, InputChange},
    explain::Condition,
    judgement::Judgement,
};

/// Most conditions of one line that are written out.
const MOST: usize = 8;

/// Where a condition stands: the file's name where it is a helper's, and the line.
#[must_use]
pub fn place(condition: &Condition) -> String {
    // A shipped script is called `policies/bgsw/policy.rhai (built in)`.
    match condition.file.rsplit('/').next().and_then(|name| name.split(' ').next()) {
        Some(name) if name != crate::policy::source::RULES && !name.is_empty() => {
            format!("{name} line {}", condition.line)
        }
        _ => format!("line {}", condition.line),
    }
}

/// What a condition saw.
#[must_use]
pub fn operands(condition: &Condition) -> String {
    format!("{} {} {}", condition.left, condition.operator, condition.right)
}

/// The conditions of one line, each with whether it holds; a loop's are cut short.
#[must_use]
pub fn instances(group: &[Condition]) -> String {
    let one = |condition: &Condition| {
        let holds = match (condition.operator.as_str(), condition.holds) {
            // A truth value says by itself what it is; whether that was asked for, the line shows.
            ("is", _) => "",
            (_, true) => " holds",
            (_, false) => " does not hold",
        };
        format!("{}{holds}", operands(condition))
    };
    let mut said: Vec<String> = group.iter().take(MOST).map(one).collect();
    if group.len() > MOST {
        let hold = group.iter().skip(MOST).filter(|condition| condition.holds).count();
        said.push(format!("{} more, of which {hold} hold", group.len() - MOST));
    }
    said.join("; ")
}

/// Conditions in runs that stand on the same line.
pub fn between_lines(conditions: &[Condition]) -> impl Iterator<Item = &[Condition]> {
    conditions.chunk_by(|one, next| one.file == next.file && one.line == next.line)
}

/// A fact that a rule asked for in vain.
#[must_use]
pub fn missing_fact(path: &str) -> String {
    format!("{path} is not known; another rule settles the tier")
}

/// A change and the tier that it gives: `oasys.ogrs3 62 -> 75 gives Red-Amber`.
#[must_use]
pub fn change(change: &Change) -> String {
    let changes: Vec<String> = change.changes.iter().map(input_change).collect();
    let gives = if changes.len() == 1 { "gives" } else { "give" };
    format!("{} {gives} {}", changes.join(" and "), change.tier)
}

fn input_change(change: &InputChange) -> String {
    let path = &change.path;
    match change.how {
        How::Set if change.to.is_absent() => format!("{path} {} -> none", change.from),
        How::Set => format!("{path} {} -> {}", change.from, change.to),
        How::Add => format!("{path} + {}", change.to),
        How::Remove => format!("{path} - {}", change.from),
    }
}

/// What to say where no change was found.
#[must_use]
pub const fn nothing_moves(limited: bool) -> &'static str {
    if limited { "None among those that were tried." } else { "None, of one input or of two." }
}

/// What an override means for an explanation.
#[must_use]
pub fn on_override(judgement: &Judgement) -> String {
    let (from, to, note) = (&judgement.from, &judgement.tier, &judgement.note);
    let moved = if judgement.applied { "moved to" } else { "not moved to" };
    format!("Computed {from}, {moved} {to} by an override: {note}. What follows explains {from}.")
}
