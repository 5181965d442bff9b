//! What changed between two books as one page of HTML: the totals of each officer, and what changed, which unfolds officer by officer.

use crate::report::{
    book_diff::{BookDiffReport, said, whose},
    html_page::{fold, html_page, table},
    phrases::count_of,
    shown::escaped,
};

/// The whole page.
#[must_use]
pub fn text(report: &BookDiffReport) -> String {
    let title = report.title();
    let mut body = format!("<h1>{}</h1>\n", escaped(&title));
    for (place, sentence) in report.sentences().iter().enumerate() {
        let class = if place == 0 { " class=\"lead\"" } else { "" };
        body.push_str(&format!("<p{class}>{}</p>\n", escaped(sentence)));
    }
    let (columns, rows) = report.totals();
    if !rows.is_empty() {
        let head: Vec<&str> = std::iter::once("officer").chain(columns).collect();
        body.push_str(&format!("<h2>In all</h2>\n{}", table("Changes by officer", &head, &rows, true)));
        body.push_str("<h2>What changed</h2>\n");
    }
    for group in report.by_officer() {
        let whose = whose(group.first().and_then(|first| first.officer.as_ref()));
        let row = |change| vec![crn(change), said(change)];
        let rows: Vec<Vec<String>> = group.iter().map(row).collect();
        let inside = table(&format!("Changes, {whose}"), &["case", "what changed"], &rows, false);
        body.push_str(&fold(&format!("{whose}: {}", count_of(group.len(), "change")), &inside));
    }
    html_page(&title, &body)
}

fn crn(change: &crate::book_diff::BookChange) -> String {
    change.crn.as_deref().unwrap_or("no reference").to_owned()
}
