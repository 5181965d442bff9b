//! The answers as comma-separated values, one row a case, for a spreadsheet.

use crate::{
    report::{answers::Answer, csv_row, phrases::contact},
    schedule::assess::Assessment,
};
use jiff::civil::Date;

/// The names of the columns.
pub const HEAD: &str = "crn,on,tier,computed,provisional,lowest,highest,deciding_rule,flags,contact,next_contact_due,\
                        next_review_due,grade,place,trial,error\n";

/// Writes a row.
pub fn row(answer: &Answer<'_>, to: &mut Vec<u8>) {
    csv_row::write(cells(answer), to);
}

/// The cells of a row.
#[must_use]
pub fn cells(answer: &Answer<'_>) -> [String; 16] {
    match answer {
        Answer::Decided { assessment, .. } => decided(assessment),
        Answer::Failed(failed) => failed.cells(),
    }
}

fn decided(assessment: &Assessment) -> [String; 16] {
    let decision = &assessment.decision;
    let text = |word: Option<&str>| word.unwrap_or_default().to_owned();
    let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let tier = decision.computed.as_deref();
    let [lowest, highest] = decision.range.as_ref().map_or([tier, tier], |[low, high]| [Some(low), Some(high)]);
    let codes: Vec<&str> = decision.flags.iter().map(|flag| &*flag.code).collect();
    let standards: Vec<String> = decision.contact.iter().chain(&decision.further_contact).map(contact).collect();
    let next = assessment.next.as_ref();
    [
        decision.crn.to_string(),
        decision.assessed_on.to_string(),
        text(decision.tier.as_deref()),
        text(tier),
        decision.provisional.to_string(),
        text(lowest),
        text(highest),
        text(decision.deciding().map(|reason| &*reason.rule)),
        codes.join(";"),
        standards.join("; "),
        day(next.and_then(|next| next.contact.due)),
        day(next.and_then(|next| next.review.due)),
        text(decision.allocation.map(|held| held.grade.as_str())),
        text(decision.allocation.map(|held| held.from.as_str())),
        decision.policy.otherwise().unwrap_or_default(),
        String::new(),
    ]
}
