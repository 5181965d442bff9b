//! The answer for people at a terminal: the tier first, then what follows from it, then why.

use crate::{
    decision::{
        Decision,
        reason::{Flag, Reason},
    },
    policy::effect::Effect,
    report::{
        Answer, Writer,
        words::{
            allocation, and, bold, contact, date, dim, effects, period, said_of, saw, spoken, styled, tier_style,
            wrapped,
        },
    },
    schedule::{Due, assess::Assessment},
};
use std::fmt::Write;

/// Width that lines are kept within.
const WIDTH: usize = 96;

/// Writes answers for people, one below the other; what has none is told elsewhere.
#[derive(Debug)]
pub struct Text;

impl Writer for Text {
    fn answer(&self, answer: &Answer<'_>, to: &mut Vec<u8>) {
        if let Answer::Decided { assessment, .. } = answer {
            to.extend_from_slice(text(assessment).as_bytes());
        }
    }

    fn between(&self) -> &'static str {
        "\n"
    }
}

/// The whole answer for one case.
#[must_use]
pub fn text(assessment: &Assessment) -> String {
    let decision = &assessment.decision;
    let mut out = String::new();
    head(&mut out, decision);
    standards(&mut out, assessment);
    why(&mut out, decision);
    flags(&mut out, &decision.flags);
    missing(&mut out, decision);
    out
}

fn line(out: &mut String, label: &str, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "  {} {text}", styled(dim(), &format!("{label:<11}")));
}

fn head(out: &mut String, decision: &Decision) {
    let tier = decision.tier.as_deref().unwrap_or("no tier");
    let on = date(decision.assessed_on);
    let _ = writeln!(
        out,
        "{}  {}  on {on}, by {}",
        styled(bold(), &decision.crn),
        styled(tier_style(tier), tier),
        decision.policy.name
    );
    if let Some([low, high]) = &decision.range {
        line(out, "range", &format!("{low} to {high}, provisional: the highest is acted on"));
    } else if decision.provisional {
        let texts = decision.reasons.iter().flat_map(|reason| &reason.effects).filter_map(|effect| match effect {
            Effect::Provisional(text) => Some(text.clone()),
            _ => None,
        });
        line(out, "provisional", &texts.collect::<Vec<_>>().join("; "));
    }
    if let Some(judgement) = &decision.judgement {
        let to = if judgement.applied { "moved to" } else { "not moved to" };
        line(out, "override", &format!("computed {}, {to} {}: {}", judgement.from, judgement.tier, judgement.note));
    }
    if !decision.points.is_empty() {
        let points: Vec<String> = decision.points.iter().map(|(axis, points)| format!("{axis} {points}")).collect();
        line(out, "points", &points.join(", "));
    }
}

fn standards(out: &mut String, assessment: &Assessment) {
    let decision = &assessment.decision;
    let all: Vec<String> = decision.contact.iter().chain(&decision.further_contact).map(contact).collect();
    if !all.is_empty() {
        line(out, "contact", &and(&all));
    }
    if let Some(next) = &assessment.next {
        line(out, "next seen", &due(&next.contact));
        line(out, "next review", &due(&next.review));
    } else if let Some(review) = &decision.review {
        let by = review.due.map(|due| format!("by {} ", date(due))).unwrap_or_default();
        line(out, "review", &format!("{by}({})", period(review.standard.every, review.standard.unit)));
    }
    if let Some(held) = &decision.allocation {
        line(out, "held by", &allocation(held));
    }
}

/// A due date in one line: by when, where that stands, why.
fn due(due: &Due) -> String {
    let state = spoken(due.state.as_str());
    match due.due {
        Some(by) => format!("by {} ({state}): {}", date(by), due.why),
        None => format!("{state}: {}", due.why),
    }
}

/// The deciding rule first, then the other rules that set a floor or gave points.
fn why(out: &mut String, decision: &Decision) {
    let deciding = decision.deciding();
    if let Some(reason) = deciding {
        let _ = writeln!(out, "\n{}", styled(bold(), "Why"));
        rule(out, reason);
        let _ = write!(out, "{}", wrapped(&reason.text, "      ", WIDTH));
        if let Some(cite) = &reason.cite {
            let _ = write!(out, "{}", styled(dim(), &wrapped(&format!("Source: {cite}"), "      ", WIDTH)));
        }
        let _ = write!(out, "{}", wrapped(&format!("Saw {}", saw(&reason.reads)), "      ", WIDTH));
    }
    let says_of_tier =
        |effect: &Effect| matches!(effect, Effect::AtLeast(_) | Effect::Decide(_) | Effect::Points { .. });
    let others = decision.reasons.iter().filter(|reason| deciding.is_none_or(|first| first.rule != reason.rule));
    let others: Vec<&Reason> = others.filter(|reason| reason.effects.iter().any(says_of_tier)).collect();
    if !others.is_empty() {
        let _ = writeln!(out, "\n{}", styled(bold(), if deciding.is_some() { "Also" } else { "Why" }));
        for reason in others {
            rule(out, reason);
        }
    }
}

fn rule(out: &mut String, reason: &Reason) {
    let _ = writeln!(out, "  {:<24} {}", reason.rule, effects(&reason.effects));
}

fn flags(out: &mut String, flags: &[Flag]) {
    if flags.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", styled(bold(), "Flags"));
    for flag in flags {
        let text = format!("{}{}", flag.code, said_of(flag));
        let _ = write!(out, "{}", wrapped(&text, "  ", WIDTH));
    }
}

fn missing(out: &mut String, decision: &Decision) {
    if !decision.unsettled.is_empty() {
        let _ = writeln!(out, "\n{}", styled(bold(), "Missing"));
        for fact in &decision.unsettled {
            let _ = writeln!(out, "  {:<36} {} of {} values settle the tier", fact.path, fact.settles, fact.tried);
        }
        if !decision.range_exhaustive {
            let said =
                "Too much is missing to try every combination: one value of each kind, or the extremes, were tried.";
            let _ = write!(out, "{}", wrapped(said, "  ", WIDTH));
        }
    }
    if !decision.presumed.is_empty() {
        let said = format!("Taken for granted, because the case does not say: {}.", decision.presumed.join(", "));
        let _ = write!(out, "\n{}", wrapped(&said, "", WIDTH));
    }
}
