//! A table of a page, as it stands at a terminal, in Markdown and in HTML.

use crate::report::{
    phrases::wrapped,
    shown::{html, markdown, plain},
    width::{of_tables as table_width, width},
};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Width};
use console::measure_text_width;

/// A table with a line below its head and no other.
const CLOSE: &str = "     ──            ";
/// Columns within which a name at the beginning of a row stands on one line.
const LONGEST_NAME: usize = 40;

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

    /// For a terminal.
    pub(super) fn drawn(&self) -> String {
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

    /// Whether it has no row.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
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
    pub(super) fn piped(&self) -> String {
        let line = |cells: &Vec<String>| {
            let cells: Vec<String> = cells.iter().map(|cell| markdown(cell).replace('|', "\\|")).collect();
            format!("| {} |", cells.join(" | "))
        };
        let rule = format!("|{}", " --- |".repeat(self.head.len()));
        let rows = self.rows.iter().map(line);
        [line(&self.head), rule].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
    }

    /// As HTML.
    pub(super) fn tagged(&self) -> String {
        let class = |at: usize| if self.is_of_numbers && at > 0 { " class=\"n\"" } else { "" };
        let line = |cells: &Vec<String>, tag: &str| {
            let cells =
                cells.iter().enumerate().map(|(at, cell)| format!("<{tag}{}>{}</{tag}>", class(at), html(cell)));
            format!("<tr>{}</tr>\n", cells.collect::<String>())
        };
        let rows: String = self.rows.iter().map(|row| line(row, "td")).collect();
        format!(
            "<div class=\"wide\"><table><thead>{}</thead>\n<tbody>{rows}</tbody></table></div>",
            line(&self.head, "th")
        )
    }
}
