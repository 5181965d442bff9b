//! The answer for people, at a terminal or in a record: the tier first, then what follows from it, then why.

use crate::{
    decision::{Decision, reason::Reason},
    language::effect::Effect,
    report::{
        page::Page,
        phrases::{
            BOLD, allocation, and, contact, date, effects, period, said_of, saw, spoken, styled, tier_style, under_law,
            unsettled,
        },
        shown::{code, shown},
    },
    schedule::{Due, assess::Assessment},
};

/// Draws the whole answer for one case.
pub fn draw(page: &mut Page, assessment: &Assessment) {
    let decision = &assessment.decision;
    titled(page, decision);
    head(page, decision);
    standards(page, assessment);
    why(page, decision);
    if !decision.flags.is_empty() {
        page.section("Flags");
    }
    for flag in &decision.flags {
        page.note(2, &format!("{}{}", code(&flag.code), said_of(flag)));
    }
    missing(page, decision);
}

/// Begins the page of a case: who, which tier, on what date, by which policy.
pub fn titled(page: &mut Page, decision: &Decision) {
    let tier = decision.tier.as_deref().unwrap_or("no tier");
    let (crn, on, policy) = (&*decision.crn, date(decision.assessed_on), &decision.policy);
    let trial = if policy.trial.is_empty() {
        String::new()
    } else {
        format!(", a trial with {}", shown(&policy.trial.join(", ")))
    };
    let law = format!("{}{trial}", under_law(policy.law));
    if page.is_record() {
        page.heading(2, &format!("{crn}: {tier}"));
        page.paragraph(&format!(
            "On {on}, by {} (digest {}){law}.",
            code(&policy.name),
            code(&format!("{:.12}", policy.digest))
        ));
    } else {
        let (crn, tier) = (styled(BOLD, &shown(crn)), styled(tier_style(tier), &shown(tier)));
        page.raw(&format!("{crn}  {tier}  on {on}, by {}{law}\n", shown(&policy.name)));
    }
}

fn head(page: &mut Page, decision: &Decision) {
    if let Some([low, high]) = &decision.range {
        page.fact("range", &format!("{low} to {high}, provisional: the highest is acted on"));
        decision.doubts.iter().for_each(|doubt| page.fact("provisional", doubt));
    }
    reserved(page, decision);
    if !decision.points.is_empty() {
        page.fact("points", &points(decision));
    }
}

/// The points of each axis: `protect 30, change 14`.
pub fn points(decision: &Decision) -> String {
    let points: Vec<String> = decision.points.iter().map(|(axis, points)| format!("{axis} {points}")).collect();
    points.join(", ")
}

/// Why the evidence does not suffice, where the tier is one all the same, and what professional judgement made of it.
pub fn reserved(page: &mut Page, decision: &Decision) {
    if decision.provisional && decision.range.is_none() {
        let texts = decision.reasons.iter().flat_map(|reason| &reason.effects).filter_map(|effect| match effect {
            Effect::Provisional(text) => Some(text.clone()),
            _ => None,
        });
        page.fact("provisional", &texts.chain(decision.doubts.iter().cloned()).collect::<Vec<_>>().join("; "));
    }
    if let Some(judgement) = &decision.judgement {
        let to = if judgement.applied { "moved to" } else { "not moved to" };
        page.fact("override", &format!("computed {}, {to} {}: {}", judgement.from, judgement.tier, judgement.note));
    }
}

fn standards(page: &mut Page, assessment: &Assessment) {
    let decision = &assessment.decision;
    let all: Vec<String> = decision.contact.iter().chain(&decision.further_contact).map(contact).collect();
    if !all.is_empty() {
        page.fact("contact", &and(&all));
    }
    if let Some(next) = &assessment.next {
        page.fact("next seen", &due(&next.contact));
        page.fact("next review", &due(&next.review));
    } else if let Some(review) = &decision.review {
        let by = review.due.map(|due| format!("by {} ", date(due))).unwrap_or_default();
        page.fact("review", &format!("{by}({})", period(review.standard.every, review.standard.unit)));
    }
    if let Some(held) = &decision.allocation {
        page.fact("held by", &allocation(held));
    }
    if let Some(points) = decision.workload {
        page.fact("workload", &format!("{points} points"));
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

/// The deciding rule first, then the other rules that set a floor or gave points; in a record every rule that fired.
fn why(page: &mut Page, decision: &Decision) {
    let deciding = decision.deciding();
    if let Some(reason) = deciding {
        page.section("Why");
        rule(page, reason, true);
    }
    let is_shown = |effect: &Effect| {
        page.is_record() || matches!(effect, Effect::AtLeast(_) | Effect::Decide(_) | Effect::Points { .. })
    };
    let others = decision.reasons.iter().filter(|reason| deciding.is_none_or(|first| first.rule != reason.rule));
    let others: Vec<&Reason> = others.filter(|reason| reason.effects.iter().any(is_shown)).collect();
    if !others.is_empty() {
        page.section(if deciding.is_some() { "Also" } else { "Why" });
    }
    for reason in others {
        rule(page, reason, page.is_record());
    }
}

fn rule(page: &mut Page, reason: &Reason, in_full: bool) {
    page.named(2, 24, &reason.rule, &effects(&reason.effects));
    if in_full {
        page.note(6, &reason.text);
        if let Some(cite) = &reason.cite {
            page.aside(6, &format!("Source: {cite}"));
        }
        page.note(6, &format!("Saw {}", saw(&reason.reads)));
    }
}

fn missing(page: &mut Page, decision: &Decision) {
    if !decision.unsettled.is_empty() {
        page.section("Missing");
        for fact in &decision.unsettled {
            let given = fact.to_find_out();
            let read = if given == fact.path { String::new() } else { format!(", as {}", code(&fact.path)) };
            page.note(2, &format!("{}{read}: {}", code(&given), unsettled(fact)));
        }
        if !decision.range_exact {
            page.note(2, "So much is missing that less may be open than this range says, never more.");
        }
    }
    if !decision.presumed.is_empty() {
        let said = format!("Taken for granted, because the case does not say: {}.", decision.presumed.join(", "));
        page.remark(&said);
    }
}
