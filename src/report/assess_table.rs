//! The answers as a table for people, one line a case. Columns have fixed widths, so that a line can be written before the next
//! case is read.

use crate::{
    report::{
        Answer, Writer,
        assess_csv::said,
        words::{bold, styled, tier_style},
    },
    schedule::assess::Assessment,
};
use jiff::civil::Date;

/// Writes lines.
#[derive(Debug)]
pub struct Table;

impl Writer for Table {
    fn start(&self) -> &'static str {
        "case        tier        range                  seen by     review by   decided by                flags\n"
    }

    fn answer(&self, answer: &Answer<'_>, to: &mut Vec<u8>) {
        let line = match answer {
            Answer::Decided { assessment, .. } => decided(assessment),
            Answer::Failed { file, line, error } => {
                format!("{:<10}  no answer   {}", error.crn().unwrap_or("?"), said(file, *line, error))
            }
        };
        to.extend_from_slice(line.trim_end().as_bytes());
        to.push(b'\n');
    }
}

fn decided(assessment: &Assessment) -> String {
    let decision = &assessment.decision;
    let tier = decision.tier.as_deref().unwrap_or("no tier");
    let range = match &decision.range {
        Some([low, high]) => format!("{low} to {high}"),
        None if decision.provisional => "provisional".to_owned(),
        None => String::new(),
    };
    let day = |date: Option<Date>| date.map_or_else(|| "-".to_owned(), |date| date.to_string());
    let next = assessment.next.as_ref();
    let flags: Vec<&str> = decision.flags.iter().map(|flag| &*flag.code).collect();
    format!(
        "{}  {}  {range:<21}  {:<10}  {:<10}  {:<24}  {}",
        styled(bold(), &format!("{:<10}", decision.crn)),
        styled(tier_style(tier), &format!("{tier:<10}")),
        day(next.and_then(|next| next.contact.due)),
        day(next.and_then(|next| next.review.due)),
        decision.deciding().map_or("-", |reason| &*reason.rule),
        flags.join(" "),
    )
}
