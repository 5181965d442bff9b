//! A page of headings, paragraphs, lines, lists and tables, written at once: for a terminal, or as Markdown for a record.

use crate::report::{
    Format,
    phrases::{BOLD, DIM, styled, wrapped},
};
use comfy_table::{CellAlignment, ContentArrangement, presets};

/// A table with a line below its head and no other.
const CLOSE: &str = "     ──            ";
/// Width that lines are kept within.
const WIDTH: usize = 96;

/// A page, as far as it is written.
#[derive(Debug, Default, Clone)]
pub struct Page {
    out: String,
    is_markdown: bool,
    /// The indents of the lines that the next one may stand below.
    open: Vec<usize>,
}

/// A table: its head and its rows.
#[derive(Debug, Clone)]
pub struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
    is_close: bool,
}

impl Table {
    /// An empty table with its head.
    #[must_use]
    pub fn new(head: &[&str]) -> Self {
        Self { head: head.iter().map(|cell| (*cell).to_owned()).collect(), rows: Vec::new(), is_close: false }
    }

    /// The same without a line between two rows: for numbers, which are read down as well as across.
    #[must_use]
    pub fn close(mut self) -> Self {
        self.is_close = true;
        self
    }

    /// Adds a row.
    pub fn row<const N: usize>(&mut self, cells: [&str; N]) {
        self.rows.push(cells.iter().map(|cell| (*cell).to_owned()).collect());
    }

    /// Adds a row of as many cells as there are.
    pub fn cells(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    fn drawn(&self) -> String {
        let mut table = comfy_table::Table::new();
        table.load_preset(if self.is_close { CLOSE } else { presets::UTF8_HORIZONTAL_ONLY }).set_header(&self.head);
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(100).add_rows(&self.rows);
        if self.is_close {
            let numbers = table.column_iter_mut().skip(1);
            numbers.for_each(|column| column.set_cell_alignment(CellAlignment::Right));
        }
        table.to_string()
    }

    /// A table of pipes: a bar inside a cell would end it, so it is written as an entity.
    fn piped(&self) -> String {
        let line = |cells: &Vec<String>| {
            let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "&#124;").replace('\n', " ")).collect();
            format!("| {} |", cells.join(" | "))
        };
        let rule = vec!["---".to_owned(); self.head.len()];
        [&self.head, &rule].into_iter().chain(&self.rows).map(line).collect::<Vec<_>>().join("\n")
    }
}

impl Page {
    /// An empty page for a format.
    #[must_use]
    pub fn of(format: Format) -> Self {
        Self { is_markdown: format == Format::Md, ..Self::default() }
    }

    /// Whether it goes to a record, which holds in full what a terminal shows in short.
    #[must_use]
    pub const fn is_record(&self) -> bool {
        self.is_markdown
    }

    /// What is written.
    #[must_use]
    pub fn end(mut self) -> String {
        self.close();
        self.out
    }

    /// A blank line ends a Markdown list.
    fn close(&mut self) {
        if !self.open.is_empty() && self.is_markdown {
            self.out.push('\n');
        }
        self.open.clear();
    }

    fn add(&mut self, markdown: impl FnOnce() -> String, text: impl FnOnce() -> String) {
        self.close();
        let part = if self.is_markdown { markdown() + "\n" } else { text() };
        self.out.push_str(&part);
        self.out.push('\n');
    }

    /// Adds a heading; level 1 is the page's own.
    pub fn heading(&mut self, level: usize, text: &str) {
        self.add(|| format!("{} {text}", "#".repeat(level)), || styled(BOLD, text));
    }

    /// Adds a heading between lines, which stand close together.
    pub fn section(&mut self, text: &str) {
        self.add(|| format!("### {text}"), || format!("\n{}", styled(BOLD, text)));
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, text: &str) {
        self.add(|| text.to_owned(), || wrapped(text, "", WIDTH));
    }

    /// Adds a list.
    pub fn list(&mut self, items: impl IntoIterator<Item = String>) {
        let items: Vec<String> = items.into_iter().map(|item| format!("- {item}")).collect();
        self.add(|| items.join("\n"), || items.iter().map(|item| wrapped(item, "  ", WIDTH)).collect());
    }

    /// Adds lines that stand as they are.
    pub fn verbatim(&mut self, lines: &str) {
        self.add(|| format!("```text\n{}\n```", lines.trim_end()), || lines.to_owned());
    }

    /// Adds a sentence apart from the lines before it.
    pub fn remark(&mut self, text: &str) {
        self.add(|| text.to_owned(), || format!("\n{}", wrapped(text, "", WIDTH).trim_end()));
    }

    /// Adds text that is drawn already.
    pub fn raw(&mut self, text: &str) {
        self.close();
        self.out.push_str(text);
    }

    /// Adds a table, unless it is empty.
    pub fn table(&mut self, table: &Table) {
        if !table.rows.is_empty() {
            self.add(|| table.piped(), || format!("{}\n", table.drawn()));
        }
    }

    /// What is code in a page of Markdown, as code. A script's own backticks would end the span.
    #[must_use]
    pub fn code(&self, text: &str) -> String {
        match text {
            text if !self.is_markdown => text.to_owned(),
            text if text.contains('`') => {
                format!("<code>{}</code>", text.replace('&', "&amp;").replace('<', "&lt;"))
            }
            text => format!("`{text}`"),
        }
    }

    /// Adds a line; in Markdown an item of a list, below the line before it that stands further left.
    fn line(&mut self, indent: usize, line: &str) {
        while self.open.last().is_some_and(|open| *open >= indent) {
            self.open.pop();
        }
        if self.is_markdown {
            self.out.push_str(&format!("{}- {line}\n", "  ".repeat(self.open.len())));
        } else {
            self.out.push_str(line);
        }
        self.open.push(indent);
    }

    /// Adds a line that says something of a name.
    pub fn named(&mut self, indent: usize, width: usize, name: &str, text: &str) {
        if self.is_markdown {
            let line = format!("{}: {text}", self.code(name));
            self.line(indent, line.trim_end_matches([':', ' ']));
        } else {
            let line = format!("{:indent$}{name:<width$} {text}", "");
            self.line(indent, &format!("{}\n", line.trim_end()));
        }
    }

    /// Adds a line with a label.
    pub fn fact(&mut self, label: &str, text: &str) {
        if self.is_markdown {
            self.line(2, &format!("{label}: {text}"));
        } else {
            self.line(2, &format!("  {} {text}\n", styled(DIM, &format!("{label:<11}"))));
        }
    }

    /// Adds a line that is broken where it is too long.
    pub fn note(&mut self, indent: usize, text: &str) {
        match text {
            "" => {}
            text if self.is_markdown => self.line(indent, text),
            text => self.line(indent, &wrapped(text, &" ".repeat(indent), WIDTH)),
        }
    }

    /// Adds such a line in the second row.
    pub fn aside(&mut self, indent: usize, text: &str) {
        if self.is_markdown {
            self.line(indent, text);
        } else {
            self.line(indent, &styled(DIM, &wrapped(text, &" ".repeat(indent), WIDTH)));
        }
    }

    /// Adds a line of a script, with where it stands; a terminal shows its beginning.
    pub fn source(&mut self, indent: usize, place: &str, source: &str) {
        if self.is_markdown {
            return self.line(indent, &format!("{place}: {}", self.code(source)));
        }
        let mut shown = format!("{place}: {source}");
        if shown.chars().count() > WIDTH - indent {
            shown = shown.chars().take(WIDTH - indent - 3).chain("...".chars()).collect();
        }
        self.line(indent, &format!("{:indent$}{}\n", "", styled(DIM, &shown)));
    }
}

/// Text as it stands in XML and HTML.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML has no way to write the other control characters.
            letter if letter.is_control() && !matches!(letter, '\n' | '\t') => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}
