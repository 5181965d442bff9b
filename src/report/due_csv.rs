//! The list of what is owed as comma-separated values, one case a line, for a spreadsheet.

use crate::{
    decision::otherwise,
    report::{csv_row, due::DueReport, failed::Failed, sheet::Sheet, shown::shown},
    schedule::{Due, assess::DueCase},
};
use jiff::civil::Date;

const HEAD: &str = "crn,on,recorded,tier,computed,provisional,contact_due,contact_state,contact_days_overdue,contact_why,\
                    review_due,review_state,review_days_overdue,review_kind,review_why,officer,office,\
                    recorded_below,settled_by,last_seen,release,trial,error\n";

/// The list as a sheet.
pub fn sheet(report: &DueReport) -> Sheet {
    let mut sheet = Sheet::new("Due", HEAD);
    for row in report.cases.iter().map(cells).chain(report.failed.iter().map(Failed::cells)) {
        sheet.row(row.map(|cell| shown(&cell).into_owned()));
    }
    sheet
}

/// The list with a line of column names. A case without an answer has only its reference and the error.
pub fn csv(report: &DueReport) -> String {
    let mut written = HEAD.as_bytes().to_vec();
    for row in report.cases.iter().map(cells).chain(report.failed.iter().map(Failed::cells)) {
        csv_row::write(row, &mut written);
    }
    String::from_utf8(written).unwrap_or_default()
}

fn cells(case: &DueCase) -> [String; 23] {
    let text = |word: &Option<String>| word.clone().unwrap_or_default();
    let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let day = |due: &Due| date(due.due);
    [
        case.crn.to_string(),
        case.on.to_string(),
        text(&case.recorded),
        text(&case.tier),
        text(&case.computed),
        case.provisional.to_string(),
        day(&case.contact),
        case.contact.state.to_string(),
        case.contact.days_overdue.to_string(),
        case.contact.why.clone(),
        day(&case.review),
        case.review.state.to_string(),
        case.review.days_overdue.to_string(),
        case.review.kind.map(|kind| kind.to_string()).unwrap_or_default(),
        case.review.why.clone(),
        text(&case.officer),
        text(&case.office),
        case.recorded_below.to_string(),
        case.settled_by.join(";"),
        date(case.last_seen),
        date(case.release),
        otherwise(&case.trial, case.law).unwrap_or_default(),
        String::new(),
    ]
}
