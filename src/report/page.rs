//! A page of headings, paragraphs, lines, lists and tables, written at once: for a terminal, or as Markdown for a record.

use crate::report::{
    Format,
    phrases::{BOLD, DIM, styled, wrapped},
    shown::{code, markdown, plain, shown},
    width::{fitted, of_tables as table_width, width},
};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Width};
use console::measure_text_width;

/// A table with a line below its head and no other.
const CLOSE: &str = "     ──            ";
/// Columns within which a name at the beginning of a row stands on one line.
const LONGEST_NAME: usize = 40;

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
    is_of_numbers: bool,
}

impl Table {
    /// An empty table with its head.
    #[must_use]
    pub fn new(head: &[&str]) -> Self {
        Self { head: head.iter().map(|cell| (*cell).to_owned()).collect(), rows: Vec::new(), is_of_numbers: false }
    }

    /// The same of numbers, which are read down as well as across: they stand to the right.
    #[must_use]
    pub fn of_numbers(mut self) -> Self {
        self.is_of_numbers = true;
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
        let least: usize = (0..self.head.len()).map(|at| usize::from(self.least(at))).sum();
        if least > table_width() && !self.is_of_numbers {
            return self.blocks();
        }
        let mut table = comfy_table::Table::new();
        let rows = self.rows.iter().map(|row| row.iter().map(|cell| plain(cell)));
        table.load_preset(CLOSE).set_header(&self.head);
        table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(table_width()).unwrap_or(u16::MAX))
            .add_rows(rows);
        for (at, column) in table.column_iter_mut().enumerate() {
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(self.least(at))));
            if self.is_of_numbers && at > 0 {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table.to_string()
    }

    /// A row a block: what begins it on a line of its own, then the rest. No width breaks a name so.
    fn blocks(&self) -> String {
        let block = |row: &Vec<String>| {
            let mut cells = row.iter().map(|cell| plain(cell)).filter(|cell| !cell.is_empty());
            let name = cells.next().unwrap_or_default();
            format!("{name}\n{}", wrapped(&cells.collect::<Vec<_>>().join("; "), "    ", width()))
        };
        self.rows.iter().map(block).collect::<String>().trim_end().to_owned()
    }

    /// The width of a column in which no word is broken, and no name in the first one, with the blanks on both sides.
    fn least(&self, at: usize) -> u16 {
        let cells = std::iter::once(&self.head).chain(&self.rows).filter_map(|row| row.get(at));
        let widths = cells.map(|cell| {
            let words = plain(cell).split_whitespace().map(measure_text_width).max().unwrap_or_default();
            if at == 0 { measure_text_width(&plain(cell)).clamp(words, LONGEST_NAME.max(words)) } else { words }
        });
        u16::try_from(widths.max().unwrap_or_default()).unwrap_or(u16::MAX).saturating_add(2)
    }

    /// A table of pipes: a bar inside a cell, which is left in code alone, would end it.
    fn piped(&self) -> String {
        let line = |cells: &Vec<String>| {
            let cells: Vec<String> = cells.iter().map(|cell| markdown(cell).replace('|', "\\|")).collect();
            format!("| {} |", cells.join(" | "))
        };
        let rule = format!("|{}", " --- |".repeat(self.head.len()));
        let rows = self.rows.iter().map(line);
        [line(&self.head), rule].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
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
        self.add(|| format!("{} {}", "#".repeat(level), markdown(text)), || styled(BOLD, &plain(text)));
    }

    /// Adds a heading between lines, which stand close together.
    pub fn section(&mut self, text: &str) {
        self.add(|| format!("### {}", markdown(text)), || format!("\n{}", styled(BOLD, &plain(text))));
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, text: &str) {
        self.add(|| markdown(text), || wrapped(&plain(text), "", width()));
    }

    /// Adds a list.
    pub fn list(&mut self, items: impl IntoIterator<Item = String>) {
        let as_line = if self.is_markdown { markdown } else { plain };
        let items: Vec<String> = items.into_iter().map(|item| format!("- {}", as_line(&item))).collect();
        self.add(|| items.join("\n"), || items.iter().map(|item| wrapped(item, "  ", width())).collect());
    }

    /// Adds lines that stand as they are.
    pub fn verbatim(&mut self, lines: &str) {
        self.add(|| format!("```text\n{}\n```", lines.trim_end()), || lines.to_owned());
    }

    /// Adds a sentence apart from the lines before it.
    pub fn remark(&mut self, text: &str) {
        self.add(|| markdown(text), || format!("\n{}", wrapped(&plain(text), "", width()).trim_end()));
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
    pub fn named(&mut self, indent: usize, pad: usize, name: &str, text: &str) {
        if self.is_markdown {
            let line = format!("{}: {}", markdown(&code(name)), markdown(text));
            self.line(indent, line.trim_end_matches([':', ' ']));
        } else {
            let line = format!("{:indent$}{:<pad$} {}", "", plain(name), plain(text));
            if fitted().is_some_and(|columns| measure_text_width(line.trim_end()) > columns) {
                self.line(indent, &format!("{:indent$}{}\n", "", plain(name)));
                return self.note(indent + 4, text);
            }
            self.line(indent, &format!("{}\n", line.trim_end()));
        }
    }

    /// Adds a line with a label.
    pub fn fact(&mut self, label: &str, text: &str) {
        if self.is_markdown {
            self.line(2, &format!("{label}: {}", markdown(text)));
        } else {
            let text = plain(text);
            let text = fitted().map_or(text.clone(), |columns| wrapped(&text, &" ".repeat(14), columns));
            self.line(2, &format!("  {} {}\n", styled(DIM, &format!("{label:<11}")), text.trim()));
        }
    }

    /// Adds a line that is broken where it is too long.
    pub fn note(&mut self, indent: usize, text: &str) {
        match text {
            "" => {}
            text if self.is_markdown => self.line(indent, &markdown(text)),
            text => self.line(indent, &wrapped(&plain(text), &" ".repeat(indent), width())),
        }
    }

    /// Adds short items: one below the other in a record, one behind the other at a terminal.
    pub fn list_below(&mut self, indent: usize, items: impl Iterator<Item = String>) {
        if self.is_markdown {
            items.for_each(|item| self.note(indent, &item));
        } else {
            self.note(indent, &items.collect::<Vec<_>>().join("; "));
        }
    }

    /// Adds such a line in the second row.
    pub fn aside(&mut self, indent: usize, text: &str) {
        if self.is_markdown {
            self.line(indent, &markdown(text));
        } else {
            self.line(indent, &styled(DIM, &wrapped(&plain(text), &" ".repeat(indent), width())));
        }
    }

    /// Adds a line of a script, with where it stands; a terminal shows its beginning.
    pub fn source(&mut self, indent: usize, place: &str, source: &str) {
        if self.is_markdown {
            return self.line(indent, &markdown(&format!("{place}: {}", code(source))));
        }
        let mut shown = plain(&format!("{place}: {source}"));
        if shown.chars().count() > width() - indent {
            shown = shown.chars().take(width() - indent - 3).chain("...".chars()).collect();
        }
        self.line(indent, &format!("{:indent$}{}\n", "", styled(DIM, &shown)));
    }
}

/// Text as it stands in XML and HTML: XML has no way to write most control characters.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.split('\n').map(shown).collect::<Vec<_>>().join("\n").chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
    out
}
