//! An error as a person sees it: the line it is about, and what to do.

use crate::{
    case::keys::known_keys_in,
    check::finding::{Finding, Severity},
    error::Error,
    report::shown::{is_hidden, shown},
};
use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, NamedSource, SourceCode, SourceSpan, SpanContents,
};
use std::fmt::{self, Display};

/// An error drawn for people: the line it is about, and what to do. Values of a case are blotted out unless asked for.
#[derive(Debug)]
pub struct Drawn {
    message: String,
    help: Option<String>,
    source: Option<Part>,
    label: Option<LabeledSpan>,
    /// Of a finding its code, and whether it is only a warning.
    finding: Option<(&'static str, Severity)>,
}

impl Drawn {
    /// An error as it will be drawn.
    #[must_use]
    pub fn new(error: &Error, show_values: bool) -> Self {
        let text = match error {
            Error::Case { text, .. } if show_values => Some(text.clone()),
            Error::Case { text, fault, first_line, .. } => {
                // A slip in a key is named by the fault, and may be seen.
                let key = fault.path.rsplit('.').next().filter(|key| fault.is_about_key(key));
                let place = fault.at.map(|at| (at.line.saturating_sub(first_line - 1), at.column));
                let slip = place.zip(key).filter(|(place, key)| stands_at(text, *place, key));
                Some(blotted(text, slip.map(|(place, key)| (place, key.chars().count()))))
            }
            Error::Policy { fault, .. } => fault.excerpt.as_ref().map(|excerpt| excerpt.text.clone()),
            Error::Input { .. } | Error::NoFirmTier { .. } | Error::Calendar { .. } | Error::ReaderGone => None,
        };
        let before = match error {
            Error::Case { first_line, .. } => first_line - 1,
            Error::Policy { fault, .. } => fault.excerpt.as_ref().map_or(0, |excerpt| excerpt.first_line - 1),
            _ => 0,
        };
        let place = error.place().map(|(line, column)| (line.saturating_sub(before), column));
        // One character for one, so that a column stays where it is.
        let text = text.map(|text| text.replace(|letter| is_hidden(letter) && !"\n\r\t".contains(letter), "\u{fffd}"));
        let drawn = text.zip(place).filter(|(text, (line, _))| is_drawable(text, *line));
        let label = drawn.as_ref().map(|(text, (line, column))| LabeledSpan::underline(span(text, *line, *column)));
        let message = if drawn.is_some() { error.to_string() } else { error.on_one_line() };
        let value = match error {
            Error::Policy { fault, .. } if show_values => fault.value.as_ref(),
            _ => None,
        };
        let message = value.map_or(message.clone(), |value| format!("{message}: the value is `{value}`"));
        let source = drawn.map(|(text, _)| Part { text: NamedSource::new(shown(error.file()), text), before });
        let help = error.remedy().map(|help| shown(&help).into_owned());
        Self { message: shown(&message).into_owned(), help, source, label, finding: None }
    }

    /// An error that so many cases share, on one line.
    #[must_use]
    pub fn of_many(first: &Error, cases: usize) -> Self {
        let message = shown(&format!("{} (in {cases} cases, first here)", first.on_one_line())).into_owned();
        let help = first.remedy().map(|help| shown(&help).into_owned());
        Self { message, help, source: None, label: None, finding: None }
    }

    /// A finding as it will be drawn.
    #[must_use]
    pub fn finding(finding: &Finding) -> Self {
        let error = Error::Policy { crn: None, fault: finding.fault.clone() };
        Self { finding: Some((finding.fault.code, finding.severity)), ..Self::new(&error, false) }
    }
}

/// The text of one case, drawn with the numbers that its lines have in a file of many.
#[derive(Debug)]
struct Part {
    text: NamedSource<String>,
    before: usize,
}

impl SourceCode for Part {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let read = self.text.read_span(span, lines_before, lines_after)?;
        let name = self.text.name().to_owned();
        let line = read.line() + self.before;
        let (data, span, column, lines) = (read.data(), *read.span(), read.column(), read.line_count());
        Ok(Box::new(MietteSpanContents::new_named(name, data, span, line, column, lines)))
    }
}

impl Display for Drawn {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Drawn {}

impl Diagnostic for Drawn {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.finding.map(|(code, severity)| Box::new(format!("{}: {code}", severity.as_str())) as Box<dyn Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        self.finding.map(|(_, severity)| match severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.label.clone().map(|label| Box::new(std::iter::once(label)) as Box<dyn Iterator<Item = LabeledSpan>>)
    }
}

/// The longest line that is drawn, in bytes: a longer one, as programs write, would fill the screen and hide the place.
const MAX_DRAWN: usize = 400;

/// Whether a line and the two around it can be drawn.
fn is_drawable(text: &str, line: usize) -> bool {
    !text.is_empty() && text.lines().skip(line.saturating_sub(2)).take(3).all(|line| line.len() <= MAX_DRAWN)
}

/// The bytes of the word at a line and column, both from 1.
fn span(text: &str, line: usize, column: usize) -> std::ops::Range<usize> {
    let start_of_line = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let rest = text.get(start_of_line..).unwrap_or("");
    let into = rest.char_indices().nth(column.saturating_sub(1)).map_or(0, |(index, _)| index);
    let word = rest.get(into..).unwrap_or("");
    let length = word.find(|letter: char| !(letter.is_alphanumeric() || "_-.*".contains(letter))).unwrap_or(word.len());
    let start = start_of_line + into;
    start..start + length.max(usize::from(!word.is_empty()))
}

/// Whether a key stands at a line and column, in quotes or not; a fault may be about it and stand at its value.
fn stands_at(text: &str, (line, column): (usize, usize), key: &str) -> bool {
    let line = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let rest: String = line.chars().skip(column.saturating_sub(1)).collect();
    rest.trim_start_matches(['"', '\'']).starts_with(key)
}

/// A case file with every word blotted out but the keys of the model, where they are keys: so a line can be found, and nothing
/// about the person. Of other signs only the punctuation of ASCII stays.
fn blotted(text: &str, slip: Option<((usize, usize), usize)>) -> String {
    let mut keys = known_keys_in(text);
    keys.extend(slip);
    let mut blotted = String::with_capacity(text.len());
    for (line, content) in text.split_inclusive('\n').enumerate() {
        let mut key = 0_usize;
        for (column, letter) in content.chars().enumerate() {
            key = keys.get(&(line + 1, column + 1)).copied().unwrap_or(key);
            let is_mark = letter.is_ascii_whitespace() || (letter.is_ascii_punctuation() && letter != '_');
            blotted.push(if key > 0 || is_mark { letter } else { '*' });
            // The place of a key in quotes is that of its quote.
            key -= usize::from(key > 0 && !matches!(letter, '"' | '\''));
        }
    }
    blotted
}
