//! Answers one after the other, in every format. An answer is written without regard to those before it, so that several
//! threads can.

use crate::{
    report::{
        Format, Reasons, assess_csv, assess_page, assess_table, compact_json::Short, failed::Failed, page::Page,
        sheet::Sheet, shown::shown,
    },
    schedule::assess::Assessment,
};
use schemars::JsonSchema;
use serde::Serialize;

/// The answer for one case: decided, or why not.
#[derive(Debug, Clone, Copy)]
pub enum Answer<'a> {
    /// Decided.
    Decided {
        /// The answer.
        assessment: &'a Assessment,
        /// The line that the case begins at, in a file of many cases.
        line: Option<usize>,
    },
    /// Not.
    Failed(&'a Failed),
}

/// Writes answers.
#[derive(Debug, Clone, Copy)]
pub struct Writer {
    /// The format.
    pub format: Format,
    /// Whether there is one case: one file that holds nothing else.
    pub one: bool,
    /// How much of the reasons.
    pub reasons: Reasons,
}

/// What stands around answers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Frame {
    /// Before the first.
    pub start: &'static str,
    /// Between two.
    pub between: &'static str,
    /// After the last.
    pub end: &'static str,
    /// For none at all.
    pub nothing: &'static str,
}

impl Frame {
    /// Around answers that have no head: for one case, or for many.
    #[must_use]
    pub fn of(format: Format, one: bool) -> Self {
        let bare = Self::default();
        match format {
            Format::Json if one => Self { end: "\n", nothing: "[]\n", ..bare },
            Format::Json => Self { start: "[\n", between: ",\n", end: "\n]\n", nothing: "[]\n" },
            Format::Text => Self { between: "\n", ..bare },
            _ => bare,
        }
    }
}

impl Writer {
    /// What stands around the answers.
    #[must_use]
    pub fn frame(self) -> Frame {
        match self.format {
            Format::Csv => Frame { start: assess_csv::HEAD, nothing: assess_csv::HEAD, ..Frame::default() },
            Format::Table => Frame { start: assess_table::HEAD, ..Frame::default() },
            format => Frame::of(format, self.one),
        }
    }

    /// The sheet that answers go into.
    #[must_use]
    pub fn sheet(self) -> Option<Sheet> {
        (self.format == Format::Xlsx).then(|| Sheet::new("Cases", assess_csv::HEAD))
    }

    /// Writes one answer. What has none is told elsewhere in the format for people.
    pub fn write(&self, answer: &Answer<'_>, to: &mut Vec<u8>) {
        let record = Record::of(answer, self.reasons);
        // Writing to memory cannot fail, and no map of an answer has keys that are no text.
        match self.format {
            Format::Json => drop(serde_json::to_writer_pretty(to, &record)),
            Format::Jsonl => {
                let _ = serde_json::to_writer(&mut *to, &record);
                to.push(b'\n');
            }
            Format::Yaml => {
                to.extend_from_slice(b"---\n");
                // By way of a JSON value, so that both say the same in the same order; YAML can hold every such value.
                let _ = serde_yaml::to_writer(to, &serde_json::to_value(record).unwrap_or_default());
            }
            Format::Csv => assess_csv::row(answer, to),
            // A row that goes into a sheet; the sheet is made when all are there.
            Format::Xlsx => {
                let cells = assess_csv::cells(answer).map(|cell| shown(&cell).into_owned());
                let _ = serde_json::to_writer(to, &cells);
            }
            Format::Table => to.extend_from_slice(assess_table::line(answer).as_bytes()),
            format => to.extend_from_slice(page(answer, format).as_bytes()),
        }
    }
}

fn page(answer: &Answer<'_>, format: Format) -> String {
    let mut page = Page::of(format);
    match answer {
        Answer::Decided { assessment, .. } => assess_page::draw(&mut page, assessment),
        Answer::Failed(failed) if page.is_record() => {
            page.heading(2, &failed.file);
            page.paragraph(&format!("No answer: {}", failed.error));
        }
        Answer::Failed(_) => {}
    }
    page.end()
}

/// The answer for a case, or why it has none. How much of its reasons an answer holds is for `--reasons` to say: `all`, `fired` (the
/// rules that fired, by name, with what they read; no texts and no numbers in force), or `none`.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Answer")]
pub(super) enum Record<'a> {
    /// The answer.
    Full(Full<'a>),
    /// The answer in short, which has no key that a full one does not have.
    #[schemars(skip)]
    Short(Short<'a>),
    /// Why there is none.
    Failed(&'a Failed),
}

/// The answer for one case on one date, with everything that it rests on, and what follows from it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Assessment")]
pub(super) struct Full<'a> {
    #[serde(flatten)]
    assessment: &'a Assessment,
    /// The line that the case begins at, in a file of many cases.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    line: Option<usize>,
}

impl<'a> Record<'a> {
    fn of(answer: &Answer<'a>, reasons: Reasons) -> Self {
        match (*answer, reasons) {
            (Answer::Decided { assessment, line }, Reasons::All) => Self::Full(Full { assessment, line }),
            (Answer::Decided { assessment, line }, reasons) => {
                Self::Short(Short { assessment, line, with_fired: reasons == Reasons::Fired })
            }
            (Answer::Failed(failed), _) => Self::Failed(failed),
        }
    }
}
