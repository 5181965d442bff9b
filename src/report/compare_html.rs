//! The comparison of two policies as one page of HTML: the matrix as a picture, the load before and after, and causes that unfold
//! to cases.

use crate::{
    comparison::tally::{Moves, direction},
    report::{
        compare::{CompareReport, SHOWN},
        compare_loads::LOAD_HEAD,
        compare_witness,
        compare_words::{cases, count, moved_in_short, of_function, of_number, why},
        diff,
        html_page::{self, fold, html_page, table},
        shown::escaped,
    },
};
use std::cmp::Ordering;

/// Width of the picture of a cell, and the size of the largest shape in it, in pixels.
const CELL: usize = 36;

/// The whole page.
#[must_use]
pub fn text(report: &CompareReport) -> String {
    let title = report.title();
    let mut body = format!("<h1>{}</h1>\n", escaped(&title));
    if report.tally.cases > 0 {
        body.push_str(&format!("<p class=\"lead\">{}</p>\n", escaped(&moved_in_short(report))));
    }
    body.push_str(&differences(report));
    if let Some(witnesses) = &report.witnesses {
        body.push_str(&compare_witness::html(witnesses));
    }
    if report.tally.cases > 0 {
        body.push_str(&format!("<h2>From tier to tier</h2>\n{}", matrix(report)));
        body.push_str(&causes(report));
        body.push_str(&loads(report));
        let facts: String = report.further_facts().iter().map(html_page::item).collect();
        if !facts.is_empty() {
            body.push_str(&format!("<h2>Also</h2>\n<ul>\n{facts}</ul>\n"));
        }
    }
    html_page(&title, &body)
}

/// Contacts and reviews before and after: those of whom it changes most, and folded away those of all.
fn loads(report: &CompareReport) -> String {
    let caption = "Contacts and reviews that the tiers ask for in a week, before and after";
    let every = "Contacts and reviews in a week of every office and officer whose load changes";
    let [_, rest @ ..] = LOAD_HEAD;
    let head: Vec<&str> = std::iter::once("of").chain(rest).collect();
    let drawn = |caption: &str, most: usize| {
        let rows: Vec<Vec<String>> = report.load_rows(most).into_iter().map(Vec::from).collect();
        (rows.len(), table(caption, &head, &rows, true))
    };
    let ((few, in_short), (all, in_full)) = (drawn(caption, SHOWN), drawn(every, usize::MAX));
    let fold = if all > few { fold("Every office and officer whose load changes", &in_full) } else { String::new() };
    format!("<h2>What it asks for in a week</h2>\n{in_short}{fold}")
}

fn differences(report: &CompareReport) -> String {
    if report.changes.is_empty() {
        return "<p>Nothing differs between their files.</p>\n".to_owned();
    }
    let mut out = String::new();
    for change in &report.changes {
        out.push_str(&format!("<h2>What differs in {}</h2>\n<ul>\n", escaped(&change.policy)));
        let mut item = |name: &str, said: &str| {
            let between = if said.is_empty() { "" } else { ": " };
            out.push_str(&format!("<li><strong>{}</strong>{between}{}</li>\n", escaped(name), escaped(said)));
        };
        change.numbers.iter().for_each(|number| item(&number.name, &of_number(number)));
        change.functions.iter().for_each(|function| item(&function.name, &of_function(function)));
        change.others.iter().chain(&change.provenance).for_each(|other| item(other, ""));
        out.push_str("</ul>\n");
        for function in &change.functions {
            if let (Some(old), Some(new)) = (&function.old, &function.new) {
                let lines = anstream::adapter::strip_str(&diff::lines(old, new, "")).to_string();
                let inside = format!("<pre>{}</pre>\n", escaped(&lines));
                out.push_str(&fold(&format!("{}, line by line", function.name), &inside));
            }
        }
    }
    out
}

/// The matrix: a shape in each cell, the larger the more cases, pointing up or down as they move.
fn matrix(report: &CompareReport) -> String {
    let tally = &report.tally;
    let names = tally.tiers(report.both_tiers());
    let most = tally.matrix.values().copied().max().unwrap_or(1).max(1);
    let column = |name: &String| format!("<th scope=\"col\">{}</th>", escaped(name));
    let head: String = names.iter().map(column).collect();
    let mut rows = String::new();
    for old in &names {
        let cell = |new: &String| match tally.matrix.get(&(old.clone(), new.clone())) {
            None => "<td></td>".to_owned(),
            Some(many) => {
                let (class, way) = match direction(old, new, report.both_tiers()) {
                    Ordering::Greater => ("up", "up"),
                    Ordering::Less => ("down", "down"),
                    Ordering::Equal if old == new => ("same", "as before"),
                    Ordering::Equal => ("same", "otherwise"),
                };
                let said = format!("{}, {way}, {old} to {new}", cases(*many));
                format!("<td>{}<span>{}</span></td>", shape(class, *many, most, &said), count(*many))
            }
        };
        let cells: String = names.iter().map(cell).collect();
        rows.push_str(&format!("<tr><th scope=\"row\">{}</th>{cells}</tr>\n", escaped(old)));
    }
    format!(
        "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Cases by their old and new tier\"><table class=\"matrix\">\
         <caption>Cases: old tier down the side, new tier along the top. A triangle points up or down as they move, a disc stays; \
         the larger, the more cases.</caption><thead><tr><th scope=\"col\">from, to</th>{head}</tr></thead>\n\
         <tbody>{rows}</tbody></table></div>\n"
    )
}

/// A triangle or a disc whose height goes with the root of the number.
fn shape(class: &str, many: usize, most: usize, said: &str) -> String {
    let size = (1..=CELL).find(|size| size * size * most >= many * CELL * CELL).unwrap_or(CELL).max(6);
    let (low, high, middle) = ((CELL - size) / 2, CELL.midpoint(size), CELL / 2);
    let drawn = match class {
        "up" => format!("<polygon class=\"up\" points=\"{middle},{low} {high},{high} {low},{high}\"/>"),
        "down" => format!("<polygon class=\"down\" points=\"{low},{low} {high},{low} {middle},{high}\"/>"),
        _ => format!("<circle class=\"same\" cx=\"{middle}\" cy=\"{middle}\" r=\"{}\"/>", size / 2),
    };
    format!(
        "<svg width=\"{CELL}\" height=\"{CELL}\" viewBox=\"0 0 {CELL} {CELL}\" role=\"img\" aria-label=\"{}\">{drawn}</svg>",
        escaped(said)
    )
}

fn causes(report: &CompareReport) -> String {
    let causes = report.causes_by_size();
    if causes.is_empty() {
        return String::new();
    }
    let one = |(causes, group): &(&Vec<_>, &Moves)| {
        let moves: Vec<String> =
            group.moves.iter().map(|((old, new), many)| format!("{old} to {new} {}", count(*many))).collect();
        let rows: Vec<Vec<String>> = group
            .first
            .iter()
            .map(|case| vec![case.crn.to_string(), case.old.clone(), case.new.clone(), case.saw.join(", ")])
            .collect();
        let more = group.cases() - rows.len();
        let more = if more == 0 { String::new() } else { format!("<p class=\"soft\">and {} more</p>\n", count(more)) };
        let caption = format!("Cases moved by {}", why(causes));
        let inside = format!(
            "<p>{}</p>\n{}{more}",
            escaped(&moves.join(", ")),
            table(&caption, &["case", "from", "to", "what the rule saw"], &rows, false)
        );
        fold(&format!("{}: {}", why(causes), cases(group.cases())), &inside)
    };
    format!("<h2>Why</h2>\n{}", causes.iter().map(one).collect::<String>())
}
