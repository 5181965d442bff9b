//! The answers as a table for people, one line a case. Columns have fixed widths, so that a line can be written before the next
//! case is read.

use crate::{
    report::{
        answers::Answer,
        phrases::{BOLD, styled, tier_style},
        shown::shown,
    },
    schedule::assess::Assessment,
};
use jiff::civil::Date;

/// The names of the columns.
pub const HEAD: &str =
    "case        tier        range                  seen by     review by   decided by                flags\n";

/// The line of a case.
pub fn line(answer: &Answer<'_>) -> String {
    let line = match answer {
        Answer::Decided { assessment, .. } => decided(assessment),
        Answer::Failed(failed) => format!("{:<10}  no answer   {}", failed.crn().unwrap_or("?"), shown(&failed.said())),
    };
    format!("{}\n", line.trim_end())
}

fn decided(assessment: &Assessment) -> String {
    let decision = &assessment.decision;
    let tier = decision.tier.as_deref().unwrap_or("no tier");
    let range = match &decision.range {
        Some([low, high]) => format!("{low} to {high}"),
        None if decision.provisional => "provisional".to_owned(),
        None => String::new(),
    };
    let (tier, range) = (shown(tier), shown(&range));
    let day = |date: Option<Date>| date.map_or_else(|| "-".to_owned(), |date| date.to_string());
    let next = assessment.next.as_ref();
    let flags: Vec<&str> = decision.flags.iter().map(|flag| &*flag.code).collect();
    format!(
        "{}  {}  {range:<21}  {:<10}  {:<10}  {:<24}  {}{}",
        styled(BOLD, &format!("{:<10}", decision.crn)),
        styled(tier_style(&tier), &format!("{tier:<10}")),
        day(next.and_then(|next| next.contact.due)),
        day(next.and_then(|next| next.review.due)),
        decision.deciding().map_or("-", |reason| &*reason.rule),
        shown(&flags.join(" ")),
        decision.policy.otherwise().map(|trial| format!("  [trial: {}]", shown(&trial))).unwrap_or_default(),
    )
}
