//! The explanation for people at a terminal: the deciding rule first, then what else was said, what failed, what would change.

use crate::{
    decision::{
        explain::{Condition, Explanation, RuleExplained},
        why_not::{Keeps, WhyNot},
    },
    report::{
        explain_words::{between_lines, change, instances, missing_fact, nothing_moves, on_override, operands, place},
        words::{bold, date, dim, effects, saw, styled, tier_style, wrapped},
    },
};
use std::fmt::Write;

/// Width that lines are kept within.
const WIDTH: usize = 96;

/// The whole explanation of one case.
#[must_use]
pub fn text(explanation: &Explanation) -> String {
    let mut out = String::new();
    head(&mut out, explanation);
    let is_deciding = |rule: &&RuleExplained| Some(&rule.rule) == explanation.deciding.as_ref();
    if let Some(rule) = explanation.rules.iter().find(is_deciding) {
        heading(&mut out, "Decided by");
        deciding(&mut out, rule, explanation);
    }
    let others: Vec<&RuleExplained> =
        explanation.rules.iter().filter(|rule| rule.fired && !is_deciding(rule)).collect();
    if !others.is_empty() {
        heading(&mut out, "Also fired");
        for rule in others {
            fired(&mut out, rule);
        }
    }
    let silent: Vec<&RuleExplained> = explanation.rules.iter().filter(|rule| !rule.fired).collect();
    if !silent.is_empty() {
        heading(&mut out, "Did not fire");
        for rule in silent {
            let _ = writeln!(out, "  {}", rule.rule);
            why_silent(&mut out, rule.failed.as_ref(), rule.missing.as_deref());
        }
    }
    match &explanation.why_not {
        Some(asked) => why_not(&mut out, asked),
        None => nearest(&mut out, explanation),
    }
    out
}

fn heading(out: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "\n{}", styled(bold(), text));
}

fn paragraph(out: &mut String, text: &str, indent: &str) {
    out.push_str(&wrapped(text, indent, WIDTH));
}

fn head(out: &mut String, explanation: &Explanation) {
    let decision = &explanation.decision;
    let tier = decision.tier.as_deref().unwrap_or("no tier");
    let (crn, on) = (styled(bold(), &decision.crn), date(decision.assessed_on));
    let _ = writeln!(out, "{crn}  {}  on {on}, by {}", styled(tier_style(tier), tier), decision.policy.name);
    if let Some([low, high]) = &decision.range {
        let taken: Vec<String> =
            explanation.assumed.iter().map(|taken| format!("{} {}", taken.path, taken.value)).collect();
        let said = format!(
            "{low} to {high}, provisional. The highest is explained; it takes {}, and so do the changes below.",
            taken.join(", ")
        );
        paragraph(out, &said, "  ");
    }
    if let Some(judgement) = &decision.judgement {
        paragraph(out, &on_override(judgement), "  ");
    }
}

fn deciding(out: &mut String, rule: &RuleExplained, explanation: &Explanation) {
    let _ = writeln!(out, "  {:<24} {}", rule.rule, effects(&rule.effects));
    paragraph(out, &rule.text, "      ");
    if let Some(cite) = &rule.cite {
        out.push_str(&styled(dim(), &wrapped(&format!("Source: {cite}"), "      ", WIDTH)));
    }
    let reason = explanation.decision.reasons.iter().find(|reason| reason.rule == rule.rule);
    if let Some(reason) = reason.filter(|reason| !reason.reads.is_empty()) {
        paragraph(out, &format!("Saw {}", saw(&reason.reads)), "      ");
    }
    for group in between_lines(&rule.conditions) {
        conditions(out, group);
    }
}

/// The conditions of one line of a script: the line as it is written, then what it saw.
fn conditions(out: &mut String, group: &[Condition]) {
    let Some(first) = group.first() else { return };
    let written = format!("{}: {}", place(first), first.source);
    let _ = writeln!(out, "      {}", styled(dim(), &shortened(&written, WIDTH - 6)));
    paragraph(out, &instances(group), "          ");
}

fn shortened(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(3)).chain("...".chars()).collect()
}

fn fired(out: &mut String, rule: &RuleExplained) {
    let _ = writeln!(out, "  {:<24} {}", rule.rule, effects(&rule.effects));
    let held = rule.conditions.iter().rfind(|condition| condition.holds);
    if let Some(held) = held {
        paragraph(out, &format!("because {} ({})", operands(held), place(held)), "      ");
    }
}

fn why_silent(out: &mut String, failed: Option<&Condition>, missing: Option<&str>) {
    if let Some(path) = missing {
        paragraph(out, &missing_fact(path), "      ");
    }
    if let Some(failed) = failed {
        paragraph(out, &operands(failed), "      ");
        let written = format!("{}: {}", place(failed), failed.source);
        let _ = writeln!(out, "      {}", styled(dim(), &shortened(&written, WIDTH - 6)));
    }
}

fn nearest(out: &mut String, explanation: &Explanation) {
    let nearest = &explanation.nearest;
    if explanation.decision.computed.is_none() {
        return;
    }
    for (title, changes) in [("Nearest changes up", &nearest.up), ("Nearest changes down", &nearest.down)] {
        heading(out, title);
        if changes.is_empty() {
            paragraph(out, nothing_moves(nearest.limit.is_some()), "  ");
        }
        for one in changes {
            paragraph(out, &change(one), "  ");
        }
    }
    limit(out, nearest.limit.as_deref());
}

fn limit(out: &mut String, limit: Option<&str>) {
    if let Some(limit) = limit {
        paragraph(out, &format!("Not everything was tried: {limit}."), "  ");
    }
}

fn why_not(out: &mut String, asked: &WhyNot) {
    heading(out, &format!("Why not {}", asked.tier));
    if asked.computed.as_deref() == Some(&asked.tier) {
        paragraph(out, &format!("The rules give {}.", asked.tier), "  ");
        return;
    }
    for (title, rules) in [("Held elsewhere by", &asked.held_by), ("Could set it, but did not", &asked.could)] {
        if !rules.is_empty() {
            let _ = writeln!(out, "  {title}");
            for rule in rules {
                keeps(out, rule);
            }
        }
    }
    heading(out, &format!("Nearest changes to {}", asked.tier));
    if asked.nearest.is_empty() {
        paragraph(out, nothing_moves(asked.limit.is_some()), "  ");
    }
    for one in &asked.nearest {
        paragraph(out, &change(one), "  ");
    }
    limit(out, asked.limit.as_deref());
}

fn keeps(out: &mut String, rule: &Keeps) {
    let said = if rule.effects.is_empty() { String::new() } else { effects(&rule.effects) };
    let _ = writeln!(out, "{}", format!("    {:<24} {said}", rule.rule).trim_end());
    why_silent(out, rule.failed.as_ref(), rule.missing.as_deref());
}
