//! A page of headings, paragraphs, lines, lists and tables, written at once: for a terminal, as Markdown for a record, or as HTML.

use crate::report::{
    Format,
    html_page::html_page,
    phrases::{BOLD, DIM, styled, wrapped},
    shown::{code, escaped, html, markdown, plain},
    table::Table,
    width::{fitted, width},
};
use console::measure_text_width;

/// What a page is written as.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Lines of a terminal.
    #[default]
    Lines,
    Markdown,
    Html,
}

/// A page, as far as it is written.
#[derive(Debug, Default, Clone)]
pub struct Page {
    out: String,
    form: Form,
    /// Its first heading, which a browser shows too.
    title: String,
    /// The indents of the lines that the next one may stand below.
    open: Vec<usize>,
}

impl Page {
    /// An empty page for a format.
    #[must_use]
    pub fn of(format: Format) -> Self {
        let form = match format {
            Format::Md => Form::Markdown,
            Format::Html => Form::Html,
            _ => Form::Lines,
        };
        Self { form, ..Self::default() }
    }

    /// Whether it goes to a record, which holds in full what a terminal shows in short.
    #[must_use]
    pub fn is_record(&self) -> bool {
        self.form != Form::Lines
    }

    /// What is written.
    #[must_use]
    pub fn end(mut self) -> String {
        self.close();
        // A list of words alone has no heading.
        let title = if self.title.is_empty() { "brag" } else { &self.title };
        if self.form == Form::Html { html_page(title, &self.out) } else { self.out }
    }

    /// Ends a list: in Markdown with a blank line.
    fn close(&mut self) {
        match self.form {
            Form::Html => self.out.push_str(&"</li></ul>\n".repeat(self.open.len())),
            Form::Markdown if !self.open.is_empty() => self.out.push('\n'),
            _ => {}
        }
        self.open.clear();
    }

    fn add(&mut self, write: impl FnOnce(Form) -> String) {
        self.close();
        self.out.push_str(&write(self.form));
        self.out.push_str(if self.form == Form::Markdown { "\n\n" } else { "\n" });
    }

    /// Adds a heading; level 1 is the page's own, and so is the first of a page of HTML.
    pub fn heading(&mut self, level: usize, text: &str) {
        let level = if self.form == Form::Html && self.title.is_empty() { 1 } else { level };
        if self.title.is_empty() {
            self.title = plain(text);
        }
        self.add(|form| match form {
            Form::Lines => styled(BOLD, &plain(text)),
            Form::Markdown => format!("{} {}", "#".repeat(level), markdown(text)),
            Form::Html => format!("<h{level}>{}</h{level}>", html(text)),
        });
    }

    /// Adds a heading between lines, which stand close together.
    pub fn section(&mut self, text: &str) {
        self.add(|form| match form {
            Form::Lines => format!("\n{}", styled(BOLD, &plain(text))),
            Form::Markdown => format!("### {}", markdown(text)),
            Form::Html => format!("<h2>{}</h2>", html(text)),
        });
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, text: &str) {
        self.add(|form| match form {
            Form::Lines => wrapped(&plain(text), "", width()),
            Form::Markdown => markdown(text),
            Form::Html => format!("<p>{}</p>", html(text)),
        });
    }

    /// Adds a list.
    pub fn list(&mut self, items: impl IntoIterator<Item = String>) {
        self.add(|form| {
            let items = items.into_iter();
            match form {
                Form::Lines => items.map(|item| wrapped(&format!("- {}", plain(&item)), "  ", width())).collect(),
                Form::Markdown => items.map(|item| format!("- {}", markdown(&item))).collect::<Vec<_>>().join("\n"),
                Form::Html => {
                    items.fold("<ul>\n".to_owned(), |all, item| all + "<li>" + html(&item).as_str() + "</li>\n")
                        + "</ul>"
                }
            }
        });
    }

    /// Adds lines that stand as they are.
    pub fn verbatim(&mut self, lines: &str) {
        self.add(|form| match form {
            Form::Lines => lines.to_owned(),
            Form::Markdown => format!("```text\n{}\n```", lines.trim_end()),
            Form::Html => format!("<pre>{}</pre>", escaped(lines.trim_end())),
        });
    }

    /// Adds a sentence apart from the lines before it.
    pub fn remark(&mut self, text: &str) {
        self.add(|form| match form {
            Form::Lines => format!("\n{}", wrapped(&plain(text), "", width()).trim_end()),
            Form::Markdown => markdown(text),
            Form::Html => format!("<p>{}</p>", html(text)),
        });
    }

    /// Adds text that is drawn already.
    pub fn raw(&mut self, text: &str) {
        self.close();
        self.out.push_str(text);
    }

    /// Adds a table, unless it is empty.
    pub fn table(&mut self, table: &Table) {
        if !table.is_empty() {
            self.add(|form| match form {
                Form::Lines => format!("{}\n", table.drawn()),
                Form::Markdown => table.piped(),
                Form::Html => table.tagged(),
            });
        }
    }

    /// Adds a line; in a record an item of a list, below the line before it that stands further left.
    fn line(&mut self, indent: usize, line: &str) {
        let above = self.open.iter().take_while(|open| **open < indent).count();
        match self.form {
            Form::Lines => self.out.push_str(line),
            Form::Markdown => self.out.push_str(&format!("{}- {line}\n", "  ".repeat(above))),
            Form::Html => {
                self.begin_item(above);
                self.out.push_str(line);
            }
        }
        self.open.truncate(above);
        self.open.push(indent);
    }

    /// Begins an item of an HTML list below so many others.
    fn begin_item(&mut self, above: usize) {
        if self.open.len() > above {
            for _ in above + 1..self.open.len() {
                self.out.push_str("</li></ul>");
            }
            self.out.push_str("</li>\n<li>");
        } else {
            self.out.push_str("<ul>\n<li>");
        }
    }

    /// Adds a line of a record.
    fn item(&mut self, indent: usize, text: &str) {
        let item = if self.form == Form::Html { html(text) } else { markdown(text) };
        self.line(indent, &item);
    }

    /// Adds a line that says something of a name.
    pub fn named(&mut self, indent: usize, pad: usize, name: &str, text: &str) {
        if self.is_record() {
            let line = if text.is_empty() { code(name) } else { format!("{}: {text}", code(name)) };
            self.item(indent, &line);
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
        if self.is_record() {
            self.item(2, &format!("{label}: {text}"));
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
            text if self.is_record() => self.item(indent, text),
            text => self.line(indent, &wrapped(&plain(text), &" ".repeat(indent), width())),
        }
    }

    /// Adds short items: one below the other in a record, one behind the other at a terminal.
    pub fn list_below(&mut self, indent: usize, items: impl Iterator<Item = String>) {
        if self.is_record() {
            items.for_each(|item| self.note(indent, &item));
        } else {
            self.note(indent, &items.collect::<Vec<_>>().join("; "));
        }
    }

    /// Adds such a line in the second row.
    pub fn aside(&mut self, indent: usize, text: &str) {
        if self.is_record() {
            self.item(indent, text);
        } else {
            self.line(indent, &styled(DIM, &wrapped(&plain(text), &" ".repeat(indent), width())));
        }
    }

    /// Adds a line of a script, with where it stands; a terminal shows its beginning.
    pub fn source(&mut self, indent: usize, place: &str, source: &str) {
        if self.is_record() {
            return self.item(indent, &format!("{place}: {}", code(source)));
        }
        let mut shown = plain(&format!("{place}: {source}"));
        if shown.chars().count() > width() - indent {
            shown = shown.chars().take(width() - indent - 3).chain("...".chars()).collect();
        }
        self.line(indent, &format!("{:indent$}{}\n", "", styled(DIM, &shown)));
    }
}
