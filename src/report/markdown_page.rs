//! A text in Markdown, of the few forms that the README has, as a page for a terminal: paragraphs, headings, tables and code.

use crate::report::{page::Page, table::Table};

/// The line that begins and ends code.
const FENCE: &str = "```";

/// Draws a text on a page.
pub fn draw(text: &str, page: &mut Page) {
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with(FENCE) {
            let code = lines.by_ref().take_while(|line| !line.starts_with(FENCE));
            page.verbatim(&code.fold(String::new(), |code, line| code + "  " + line + "\n"));
        } else if line.starts_with('|') {
            let mut table = Table::new(&cells(line).iter().map(String::as_str).collect::<Vec<_>>());
            let rows = std::iter::from_fn(|| lines.next_if(|line| line.starts_with('|')));
            rows.filter(|row| !row.starts_with("| ---")).for_each(|row| table.cells(cells(row)));
            page.table(&table);
        } else if let Some(heading) = line.strip_prefix("### ") {
            page.section(&inline(heading));
        } else if !line.trim().is_empty() {
            let begins_another =
                |line: &str| line.trim().is_empty() || line.starts_with(FENCE) || line.starts_with('|');
            let more = std::iter::from_fn(|| lines.next_if(|line| !begins_another(line)));
            let whole = more.fold(line.to_owned(), |whole, line| whole + " " + line.trim());
            page.paragraph(&inline(&whole));
        }
    }
}

/// The cells of a row of a table; a bar within one is written `\|`.
fn cells(row: &str) -> Vec<String> {
    const BAR: &str = "\u{1}";
    let row = row.trim().trim_matches('|').replace("\\|", BAR);
    row.split('|').map(|cell| inline(cell.trim()).replace(BAR, "|")).collect()
}

/// A text without its marks: what is stressed, what is code, and where a link leads. What is code stays as it is.
fn inline(text: &str) -> String {
    let (mut plain, mut rest, mut is_link) = (String::with_capacity(text.len()), text, false);
    while let Some(letter) = rest.chars().next() {
        let (_, after) = rest.split_at(letter.len_utf8());
        let (kept, left) = match letter {
            '`' => code(rest).unwrap_or(("`", after)),
            '*' => ("", after),
            '[' if after.contains("](") => {
                is_link = true;
                ("", after)
            }
            ']' if is_link => match rest.strip_prefix("](").and_then(|to| to.split_once(')')) {
                Some((_, left)) => {
                    is_link = false;
                    ("", left)
                }
                None => ("]", after),
            },
            _ => (rest.strip_suffix(after).unwrap_or_default(), after),
        };
        plain.push_str(kept);
        rest = left;
    }
    plain
}

/// The code that a text begins with, between as many backticks on both sides, and what follows.
fn code(text: &str) -> Option<(&str, &str)> {
    let inside = text.trim_start_matches('`');
    let ticks = text.strip_suffix(inside)?;
    let (code, after) = inside.split_once(ticks)?;
    // A blank keeps a backtick of the code apart from those around it.
    let bare = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' ')).filter(|_| ticks.len() > 1);
    Some((bare.unwrap_or(code), after))
}
