//! The explanation for people, at a terminal or in a record: the deciding rule first, then what else was said, what failed,
//! what would change it.

use crate::{
    decision::{
        change::{Change, How, InputChange},
        condition::{Condition, RuleExplained},
        explain::Explanation,
        why_not::WhyNot,
    },
    report::{
        View,
        assess_page::titled,
        page::Page,
        phrases::{effects, saw},
        shown::code,
    },
};
use serde_json::Value;

/// Most conditions of one line that are written out.
const MOST: usize = 8;

impl View for Explanation {
    fn draw(&self, page: &mut Page) {
        head(page, self);
        let is_deciding = |rule: &&RuleExplained| Some(&rule.rule) == self.deciding.as_ref();
        if let Some(rule) = self.rules.iter().find(is_deciding) {
            page.section("Decided by");
            in_full(page, rule, self);
        }
        let others: Vec<&RuleExplained> = self.rules.iter().filter(|rule| rule.fired && !is_deciding(rule)).collect();
        if !others.is_empty() {
            page.section("Also fired");
        }
        for rule in others {
            if page.is_record() { in_full(page, rule, self) } else { in_short(page, rule) }
        }
        if self.rules.iter().any(|rule| !rule.fired) {
            page.section("Did not fire");
        }
        for rule in self.rules.iter().filter(|rule| !rule.fired) {
            page.named(2, 24, &rule.rule, "");
            silent(page, rule.failed.as_ref(), rule.missing.as_deref());
        }
        match &self.why_not {
            Some(asked) => why_not(page, asked),
            None if self.decision.computed.is_none() => {}
            None => {
                let (nearest, limit) = (&self.nearest, self.nearest.limit.as_deref());
                changes(page, "Nearest changes up", &nearest.up, limit);
                changes(page, "Nearest changes down", &nearest.down, limit);
                not_everything(page, limit);
            }
        }
    }

    fn json(&self) -> Value {
        // Only a map with keys that are no text could fail, and an explanation has none.
        serde_json::to_value(self).unwrap_or_default()
    }
}

fn head(page: &mut Page, explanation: &Explanation) {
    let decision = &explanation.decision;
    titled(page, decision);
    if let Some([low, high]) = &decision.range {
        let taken = explanation.assumed.iter().map(|taken| format!("{} {}", code(&taken.path), taken.value));
        let said = format!(
            "{low} to {high}, provisional. The highest is explained; it takes {}, and so do the changes below.",
            taken.collect::<Vec<_>>().join(", ")
        );
        page.note(2, &said);
    }
    if let Some(judgement) = &decision.judgement {
        let (from, to, note) = (&judgement.from, &judgement.tier, &judgement.note);
        let moved = if judgement.applied { "moved to" } else { "not moved to" };
        page.note(2, &format!("Computed {from}, {moved} {to} by an override: {note}. What follows explains {from}."));
    }
}

fn in_full(page: &mut Page, rule: &RuleExplained, explanation: &Explanation) {
    page.named(2, 24, &rule.rule, &effects(&rule.effects));
    page.note(6, &rule.text);
    if let Some(cite) = &rule.cite {
        page.aside(6, &format!("Source: {cite}"));
    }
    let reason = explanation.decision.reasons.iter().find(|reason| reason.rule == rule.rule);
    if let Some(reason) = reason.filter(|reason| !reason.reads.is_empty()) {
        page.note(6, &format!("Saw {}", saw(&reason.reads)));
    }
    // The conditions of one line of a script: the line as it is written, then what it saw.
    for group in rule.conditions.chunk_by(|one, next| one.file == next.file && one.line == next.line) {
        if let Some(first) = group.first() {
            page.source(6, &place(first), &first.source);
        }
        page.note(10, &instances(group));
    }
}

fn in_short(page: &mut Page, rule: &RuleExplained) {
    page.named(2, 24, &rule.rule, &effects(&rule.effects));
    if let Some(held) = rule.conditions.iter().rfind(|condition| condition.holds) {
        page.note(6, &format!("because {} ({})", operands(held), place(held)));
    }
}

/// Why a rule says nothing.
fn silent(page: &mut Page, failed: Option<&Condition>, missing: Option<&str>) {
    if let Some(path) = missing {
        page.note(6, &format!("{} is not known; another rule settles the tier", code(path)));
    }
    if let Some(failed) = failed {
        page.note(6, &code(&operands(failed)));
        page.source(6, &place(failed), &failed.source);
    }
}

/// Where a condition stands: the file's name where it is a helper's, and the line.
fn place(condition: &Condition) -> String {
    // A shipped script is called `policies/bgsw/policy.rhai (built in)`.
    match condition.file.rsplit('/').next().and_then(|name| name.split(' ').next()) {
        Some(name) if name != crate::policy::source::RULES && !name.is_empty() => {
            format!("{name} line {}", condition.line)
        }
        _ => format!("line {}", condition.line),
    }
}

/// What a condition saw.
fn operands(condition: &Condition) -> String {
    format!("{} {} {}", condition.left, condition.operator, condition.right)
}

/// The conditions of one line, each with whether it holds; a loop's are cut short.
fn instances(group: &[Condition]) -> String {
    let one = |condition: &Condition| {
        let holds = match (condition.operator.as_str(), condition.holds) {
            // A truth value says by itself what it is; whether that was asked for, the line shows.
            ("is", _) => "",
            (_, true) => " holds",
            (_, false) => " does not hold",
        };
        format!("{}{holds}", code(&operands(condition)))
    };
    let mut said: Vec<String> = group.iter().take(MOST).map(one).collect();
    if group.len() > MOST {
        let hold = group.iter().skip(MOST).filter(|condition| condition.holds).count();
        said.push(format!("{} more, of which {hold} hold", group.len() - MOST));
    }
    said.join("; ")
}

fn changes(page: &mut Page, title: &str, changes: &[Change], limit: Option<&str>) {
    page.section(title);
    match (changes, limit) {
        ([], None) => page.note(2, "None, of one input or of two."),
        ([], Some(_)) => page.note(2, "None among those that were tried."),
        _ => changes.iter().for_each(|one| page.note(2, &change(one))),
    }
}

fn not_everything(page: &mut Page, limit: Option<&str>) {
    if let Some(limit) = limit {
        page.note(2, &format!("Not everything was tried: {limit}."));
    }
}

/// A change and the tier that it gives: `oasys.ogrs3 62 -> 75 gives Red-Amber`.
fn change(change: &Change) -> String {
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

fn why_not(page: &mut Page, asked: &WhyNot) {
    page.section(&format!("Why not {}", asked.tier));
    if asked.computed.as_deref() == Some(&asked.tier) {
        page.note(2, &format!("The rules give {}.", asked.tier));
        return;
    }
    for (title, rules) in [("Held elsewhere by", &asked.held_by), ("Could set it, but did not", &asked.could)] {
        if !rules.is_empty() {
            page.note(2, title);
        }
        for rule in rules {
            page.named(4, 24, &rule.rule, &effects(&rule.effects));
            silent(page, rule.failed.as_ref(), rule.missing.as_deref());
        }
    }
    let limit = asked.limit.as_deref();
    changes(page, &format!("Nearest changes to {}", asked.tier), &asked.nearest, limit);
    not_everything(page, limit);
}
