//! The answer as Markdown, for a case record or a ticket.

use crate::{
    decision::Decision,
    report::{
        Answer, Writer,
        page::{Page, Table},
        words::{allocation, and, contact, date, effects, period, said_of},
    },
    schedule::assess::Assessment,
};

/// Writes Markdown sections, one a case.
#[derive(Debug)]
pub struct Markdown;

impl Writer for Markdown {
    fn answer(&self, answer: &Answer<'_>, to: &mut Vec<u8>) {
        let page = match answer {
            Answer::Decided { assessment, .. } => page(assessment),
            Answer::Failed { file, error, .. } => {
                let mut page = Page::default();
                page.heading(2, file);
                page.paragraph(&format!("No answer: {error}"));
                page
            }
        };
        to.extend_from_slice(page.markdown().as_bytes());
    }
}

fn page(assessment: &Assessment) -> Page {
    let decision = &assessment.decision;
    let mut page = Page::default();
    let tier = decision.tier.as_deref().unwrap_or("no tier");
    page.heading(2, &format!("{}: {tier}", decision.crn));
    let policy = &decision.policy;
    page.paragraph(&format!(
        "On {}, by `{}` (digest `{:.12}`).",
        date(decision.assessed_on),
        policy.name,
        policy.digest
    ));
    if let Some([low, high]) = &decision.range {
        page.paragraph(&format!("**{low} to {high}, provisional**: facts are missing, and the highest is acted on."));
    }
    if let Some(judgement) = &decision.judgement {
        page.paragraph(&format!("Computed {}; override to {}: {}.", judgement.from, judgement.tier, judgement.note));
    }
    let mut standards = Table::new(&["", ""]);
    let all: Vec<String> = decision.contact.iter().chain(&decision.further_contact).map(contact).collect();
    if !all.is_empty() {
        standards.row(["contact", &and(&all)]);
    }
    if let Some(due) = assessment.next.as_ref().and_then(|next| next.contact.due) {
        standards.row(["next seen", &format!("by {}", date(due))]);
    }
    if let Some(review) = &decision.review {
        let by = review.due.map(|due| format!("by {}, ", date(due))).unwrap_or_default();
        standards.row(["review", &format!("{by}{}", period(review.standard.every, review.standard.unit))]);
    }
    if let Some(held) = &decision.allocation {
        standards.row(["held by", &allocation(held)]);
    }
    for (axis, points) in &decision.points {
        standards.row([&format!("points, {axis}"), &points.to_string()]);
    }
    page.table(standards);
    rules(&mut page, decision);
    if !decision.flags.is_empty() {
        page.heading(3, "Flags");
        page.list(decision.flags.iter().map(|flag| format!("`{}`{}", flag.code, said_of(flag))));
    }
    if !decision.unsettled.is_empty() {
        page.heading(3, "Missing");
        page.list(decision.unsettled.iter().map(|fact| format!("`{}`", fact.path)));
    }
    page
}

fn rules(page: &mut Page, decision: &Decision) {
    page.heading(3, "Why");
    let mut table = Table::new(&["rule", "says", "because", "source"]);
    let deciding = decision.deciding().map(|reason| &reason.rule);
    let first = decision.reasons.iter().filter(|reason| Some(&reason.rule) == deciding);
    let others = decision.reasons.iter().filter(|reason| Some(&reason.rule) != deciding);
    for reason in first.chain(others).filter(|reason| reason.fired) {
        table.row([&reason.rule, &effects(&reason.effects), &reason.text, reason.cite.as_deref().unwrap_or("")]);
    }
    page.table(table);
}
