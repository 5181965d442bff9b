//! A page of headings, paragraphs, lists and tables, shown at a terminal or written as Markdown.

use crate::report::words::{bold, styled, wrapped};
use comfy_table::{ContentArrangement, presets};
use std::fmt::Write;

/// A page, part by part.
#[derive(Debug, Default, Clone)]
pub struct Page {
    parts: Vec<Part>,
}

#[derive(Debug, Clone)]
enum Part {
    Heading(usize, String),
    Paragraph(String),
    List(Vec<String>),
    Table(Table),
    Verbatim(String),
}

/// A table: its head and its rows.
#[derive(Debug, Clone)]
pub struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table with its head.
    #[must_use]
    pub fn new(head: &[&str]) -> Self {
        Self { head: head.iter().map(|cell| (*cell).to_owned()).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub fn row<const N: usize>(&mut self, cells: [&str; N]) {
        self.rows.push(cells.iter().map(|cell| (*cell).to_owned()).collect());
    }

    fn drawn(&self, preset: &str, width: Option<u16>) -> String {
        let mut table = comfy_table::Table::new();
        table.load_preset(preset).set_header(&self.head);
        if let Some(width) = width {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        }
        for row in &self.rows {
            table.add_row(row);
        }
        table.to_string()
    }
}

impl Page {
    /// Adds a heading; level 1 is the page's own.
    pub fn heading(&mut self, level: usize, text: &str) {
        self.parts.push(Part::Heading(level, text.to_owned()));
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, text: &str) {
        self.parts.push(Part::Paragraph(text.to_owned()));
    }

    /// Adds a list.
    pub fn list(&mut self, items: impl IntoIterator<Item = String>) {
        self.parts.push(Part::List(items.into_iter().collect()));
    }

    /// Adds lines that stand as they are.
    pub fn verbatim(&mut self, lines: &str) {
        self.parts.push(Part::Verbatim(lines.to_owned()));
    }

    /// Adds a table, unless it is empty.
    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.parts.push(Part::Table(table));
        }
    }

    /// The page as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        for part in &self.parts {
            // Writing to a string cannot fail.
            let _ = match part {
                Part::Heading(level, text) => writeln!(out, "{} {text}\n", "#".repeat(*level)),
                Part::Paragraph(text) => writeln!(out, "{text}\n"),
                Part::List(items) => {
                    writeln!(out, "{}\n", items.iter().map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n"))
                }
                Part::Table(table) => writeln!(out, "{}\n", markdown_table(table)),
                Part::Verbatim(lines) => writeln!(out, "```text\n{}\n```\n", lines.trim_end()),
            };
        }
        out
    }

    /// The page for a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        for part in &self.parts {
            let _ = match part {
                Part::Heading(_, text) => writeln!(out, "{}", styled(bold(), text)),
                Part::Paragraph(text) => writeln!(out, "{}", wrapped(text, "", 96)),
                Part::List(items) => {
                    let items = items.iter().map(|item| wrapped(&format!("- {item}"), "  ", 96));
                    writeln!(out, "{}", items.collect::<String>())
                }
                Part::Table(table) => writeln!(out, "{}\n", table.drawn(presets::UTF8_HORIZONTAL_ONLY, Some(100))),
                Part::Verbatim(lines) => writeln!(out, "{lines}"),
            };
        }
        out
    }
}

/// A table of pipes: a bar inside a cell would end it, so it is written as an entity.
fn markdown_table(table: &Table) -> String {
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "&#124;").replace('\n', " ")).collect();
        format!("| {} |", cells.join(" | "))
    };
    let rule = format!("| {} |", vec!["---"; table.head.len()].join(" | "));
    let rows = table.rows.iter().map(|row| line(row));
    [line(&table.head), rule].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
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
