//! The book of an office as one page of HTML: bars beside the targets, tables that sort, and what would bring officers back.

use crate::{
    caseload::{
        carrying::{Against, Carrying},
        level::Level,
    },
    report::{
        caseload::{CaseloadReport, FORESEEN, back, beside},
        caseload_columns::{PARTS, people, percent, whose},
        compare_words::{cases, count},
        html_page::{fold, html_page_that_sorts, item, table},
        shown::escaped,
    },
};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::cmp::Reverse;

/// Width of a bar, in pixels.
const WIDE: usize = 240;
/// Bars that are drawn of officers; the tables have all.
const BARS: usize = 40;

/// The whole page.
#[must_use]
pub fn text(report: &CaseloadReport) -> String {
    let title = report.title();
    let mut body = format!("<h1>{}</h1>\n", escaped(&title));
    if let Some(said) = report.officers_in_short() {
        body.push_str(&format!("<p class=\"lead\">{}</p>\n", escaped(&said)));
    }
    for said in report.unsaid() {
        body.push_str(&format!("<p class=\"soft\">{}</p>\n", escaped(&said)));
    }
    if let Some(all) = report.all() {
        body.push_str(&format!("<h2>Tiers</h2>\n{}", tiers(report, all)));
        body.push_str(&officers(report));
        body.push_str(&tables(report));
        body.push_str(&coming(report));
        body.push_str(&patterns(report));
    }
    html_page_that_sorts(&title, &body)
}

/// The cases of each tier as they are recorded and as they are to act on: bars with their numbers.
fn tiers(report: &CaseloadReport, all: &Carrying) -> String {
    let both = |tier: &String| {
        [&all.figures.recorded, &all.figures.to_act_on]
            .map(|cases| cases.get(&Some(tier.clone())).copied().unwrap_or_default())
    };
    let most = report.tiers.iter().flat_map(both).max().unwrap_or_default().max(1);
    let row = |tier: &String| {
        let drawn = both(tier).into_iter().zip(["recorded", "to act on"]).map(|(many, how)| {
            let said = format!("{tier} {how}: {}", cases(many));
            let class = if how == "recorded" { "same" } else { "down" };
            format!("{} {} {how}<br/>", bar(class, many * WIDE / most, None, &said), count(many))
        });
        format!("<li><strong>{}</strong><br/>{}</li>\n", escaped(tier), drawn.collect::<String>())
    };
    format!("<ul class=\"bars\">\n{}</ul>\n", report.tiers.iter().map(row).collect::<String>())
}

/// The officers beside their targets, those furthest over it first, and what would bring them back.
fn officers(report: &CaseloadReport) -> String {
    let mut officers: Vec<(&Carrying, &Against)> =
        report.books.iter().filter_map(|book| Some((book, book.against.as_ref()?))).collect();
    officers.sort_by_key(|(_, against)| Reverse(against.share));
    if officers.is_empty() {
        return String::new();
    }
    let pixels = |share: Decimal| (share * Decimal::from(WIDE) / Decimal::from(200)).round().to_usize().unwrap_or(WIDE);
    let row = |(book, against): &(&Carrying, &Against)| {
        let band = against.band.map(|band| format!(", workload {}", band.as_str())).unwrap_or_default();
        let said = format!(
            "{} of a target of {}: {}%{band}",
            cases(book.figures.cases),
            against.target.normalize(),
            percent(against.share)
        );
        let class = if against.over > 0 { "up" } else { "same" };
        let drawn = bar(class, pixels(against.share), Some(WIDE / 2), &said);
        format!("<li><strong>{}</strong><br/>{drawn} {}</li>\n", escaped(&whose(book)), escaped(&said))
    };
    let shown: String = officers.iter().take(BARS).map(row).collect();
    let more = officers.len().saturating_sub(BARS);
    let more = if more > 0 { format!("<p class=\"soft\">and {} more</p>\n", count(more)) } else { String::new() };
    let over: String = officers
        .iter()
        .filter(|(_, against)| against.over > 0)
        .map(|(book, against)| {
            item(format!("{}: {}; {}", whose(book), beside(book, against), back(&book.figures.relief, against)))
        })
        .collect();
    let over = if over.is_empty() {
        String::new()
    } else {
        fold("What would bring officers back under target", &format!("<ul>\n{over}</ul>\n"))
    };
    format!(
        "<h2>Officers beside their targets</h2>\n<p>The line stands at the target.</p>\n<ul class=\"bars\">\n{shown}</ul>\n{more}{over}"
    )
}

/// The tables of offices and of officers. A heading sorts, so officers stand by themselves.
fn tables(report: &CaseloadReport) -> String {
    let drawn = |title: &str, is: fn(&Carrying) -> bool| {
        let parts = PARTS.iter().map(|(part, what)| {
            let (mut head, rows) = people(report, |one| one == *part, is);
            head.iter_mut().take(1).for_each(|first| "of".clone_into(first));
            let head: Vec<&str> = head.iter().map(String::as_str).collect();
            let caption = format!("{title}: {}", what.to_lowercase());
            if rows.is_empty() { String::new() } else { table(&caption, &head, &rows, true) }
        });
        let parts: String = parts.collect();
        if parts.is_empty() { parts } else { format!("<h2>{title}</h2>\n{parts}") }
    };
    let offices = drawn("Offices", |book| book.level != Level::Officer);
    format!("{offices}{}", drawn("Officers", |book| book.level == Level::Officer))
}

fn coming(report: &CaseloadReport) -> String {
    let missing = report.missing();
    let rows: Vec<Vec<String>> = missing.iter().map(|(path, many)| vec![(*path).to_owned(), count(*many)]).collect();
    let facts = table("Facts that are not recorded", &["fact", "cases"], &rows, true);
    let facts = if rows.is_empty() { String::new() } else { format!("<h2>Not recorded</h2>\n{facts}") };
    let Some((head, rows)) = report.weeks_ahead(|date| date.to_string()) else { return facts };
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let weeks = table("What is known to come, week by week", &head, &rows, true);
    format!("{facts}<h2>To come</h2>\n{weeks}<p class=\"soft\">{FORESEEN}</p>\n")
}

fn patterns(report: &CaseloadReport) -> String {
    let found = report.patterns.found.iter().map(|found| {
        let whose =
            found.book.name.as_deref().map_or("All".to_owned(), |name| format!("{} {name}", found.book.level.as_str()));
        let pattern = &found.pattern;
        let crns = pattern.cases.join(" ");
        item(format!("{whose}: {} ({}): {}: {crns}", pattern.code, pattern.severity, pattern.text))
    });
    let too_large = report.patterns.too_large.iter().map(|book| {
        let whose = book.name.as_deref().map_or("All".to_owned(), |name| format!("{} {name}", book.level.as_str()));
        item(format!("{whose}: too many cases to be looked at as one"))
    });
    let found: String = found.chain(too_large).collect();
    if found.is_empty() { String::new() } else { format!("<h2>Patterns</h2>\n<ul>\n{found}</ul>\n") }
}

/// A bar of so many pixels, with a line at the target.
fn bar(class: &str, long: usize, target: Option<usize>, said: &str) -> String {
    let line = target.map_or_else(String::new, |at| {
        format!("<line x1=\"{at}\" x2=\"{at}\" y1=\"0\" y2=\"16\" stroke=\"currentColor\" stroke-width=\"2\"/>")
    });
    format!(
        "<svg width=\"{WIDE}\" height=\"16\" viewBox=\"0 0 {WIDE} 16\" role=\"img\" aria-label=\"{}\"><rect class=\"{class}\" y=\"2\" width=\"{}\" height=\"12\"/>{line}</svg>",
        escaped(said),
        long.min(WIDE)
    )
}
