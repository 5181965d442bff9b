//! The answers as comma-separated values, one row a case, for a spreadsheet.

use crate::{
    error::Error,
    report::{Answer, Writer, words::contact},
    schedule::assess::Assessment,
};
use jiff::civil::Date;

const HEAD: &str = "crn,on,tier,computed,provisional,lowest,highest,deciding_rule,flags,contact,next_contact_due,\
                    next_review_due,grade,place,error\n";
const CELLS: usize = 15;

/// Writes rows. A case without an answer has only its reference and the error.
#[derive(Debug)]
pub struct Csv;

impl Writer for Csv {
    fn start(&self) -> &'static str {
        HEAD
    }

    fn answer(&self, answer: &Answer<'_>, to: &mut Vec<u8>) {
        let cells = match answer {
            Answer::Decided { assessment, .. } => decided(assessment),
            Answer::Failed { file, line, error } => failed(file, *line, error),
        };
        let mut writer = csv::Writer::from_writer(to);
        // Writing to memory cannot fail, and every row has as many cells as the head.
        let _ = writer.write_record(cells);
    }

    fn nothing(&self) -> &'static str {
        HEAD
    }
}

fn decided(assessment: &Assessment) -> [String; CELLS] {
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
        String::new(),
    ]
}

fn failed(file: &str, line: Option<usize>, error: &Error) -> [String; CELLS] {
    let mut cells: [String; CELLS] = Default::default();
    let [crn, .., last] = &mut cells;
    crn.push_str(error.crn().unwrap_or(""));
    last.push_str(&said(file, line, error));
    cells
}

/// What is wrong, and where.
#[must_use]
pub fn said(file: &str, line: Option<usize>, error: &Error) -> String {
    match (error.place(), line) {
        (Some((line, column)), _) => format!("{file}:{line}:{column}: {error}"),
        (None, Some(line)) => format!("{file}:{line}: {error}"),
        (None, None) => format!("{file}: {error}"),
    }
}
