//! The list of what is owed for people: a table, why, and a picture of the weeks.

use crate::{
    calendar::{OutOfYears, WorkingDays},
    report::{
        due::{DueReport, in_short, review},
        page::{Page, Table},
        strip::{Row, strip},
        words::{date, spoken},
    },
    schedule::{Due, State, assess::DueCase},
};

/// The list for a terminal.
///
/// # Errors
///
/// When the weeks that are drawn reach beyond the years of the calendar.
pub fn text(report: &DueReport, days: &WorkingDays) -> Result<String, OutOfYears> {
    Ok(page(report, days)?.text())
}

/// The list as a page.
///
/// # Errors
///
/// As [`text`].
pub fn page(report: &DueReport, days: &WorkingDays) -> Result<Page, OutOfYears> {
    let mut page = Page::default();
    let Some(on) = report.on() else {
        page.paragraph("No case to list.");
        return Ok(page);
    };
    page.heading(1, &format!("Due on {}", date(on)));
    page.paragraph(&summary(report));
    let mut table = Table::new(&["case", "recorded", "computed", "contact", "review"]);
    for case in &report.cases {
        let computed = case.computed.clone().unwrap_or_default();
        let computed = if case.provisional { format!("{computed}, provisional") } else { computed };
        let recorded = case.recorded.clone().unwrap_or_else(|| "none".to_owned());
        let marked =
            if case.computed.is_some() && case.recorded != case.computed { format!("{computed} !") } else { computed };
        table.row([&case.crn, &recorded, &marked, &in_short(&case.contact), &in_short(&case.review)]);
    }
    page.table(table);
    page.heading(2, "Why");
    page.list(report.cases.iter().flat_map(why));
    page.heading(2, "Six weeks");
    let rows: Vec<Row> = report.cases.iter().map(row).collect();
    page.verbatim(&strip(&rows, on, days)?);
    Ok(page)
}

/// How many cases stand where.
fn summary(report: &DueReport) -> String {
    let count =
        |state: State, what: fn(&DueCase) -> &Due| report.cases.iter().filter(|case| what(case).state == state).count();
    let line = |name: &str, what: fn(&DueCase) -> &Due| {
        let (overdue, due, upcoming) =
            (count(State::Overdue, what), count(State::Due, what), count(State::Upcoming, what));
        format!("{name}: {overdue} overdue, {due} due today, {upcoming} upcoming")
    };
    let differ = report.cases.iter().filter(|case| case.computed.is_some() && case.recorded != case.computed).count();
    format!(
        "{} cases. {}. {}. {differ} recorded under another tier than the rules give (marked !).",
        report.cases.len(),
        line("Contacts", |case| &case.contact),
        line("Reviews", |case| &case.review)
    )
}

/// What is owed, in a line each of words; what is neither late nor near needs none.
fn why(case: &DueCase) -> Vec<String> {
    let near = |due: &Due| !matches!(due.state, State::NotDue | State::None);
    let mut lines = Vec::new();
    if near(&case.contact) {
        lines.push(format!("{} contact {}: {}", case.crn, spoken(case.contact.state.as_str()), case.contact.why));
    }
    if near(&case.review) {
        let state = spoken(case.review.state.as_str());
        lines.push(format!("{} {} {state}: {}", case.crn, review(&case.review), case.review.why));
    }
    lines
}

fn row(case: &DueCase) -> Row {
    Row { crn: case.crn.to_string(), seen: case.seen.clone(), contact: case.contact.due, review: case.review.due }
}
