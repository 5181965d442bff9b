//! An entry of a book: one case as it is written, and how it is read. Finding entries is cheap and done by one thread at a
//! time; reading them is not, and is done by all.

use super::chunk::{Chunk, Written};
use crate::{
    case::{
        Case,
        document::{MAX_BYTES, Node},
        fault::{Fault, Mark, Wrong},
        text::Reference,
    },
    decision::decide::CaseFile,
    error::Error,
    language::tiers::Tiers,
};
use std::sync::Arc;

/// One case as it is written, or why there is none to read.
#[derive(Debug)]
pub struct RawCase {
    /// How messages call its file.
    pub file: Arc<str>,
    /// The case, or why the file gives none.
    pub content: Result<(Written, Chunk), Box<Error>>,
}

impl RawCase {
    /// Whether it is all that its file holds.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        self.content.as_ref().map_or(true, |(_, chunk)| chunk.alone)
    }

    /// How much memory it holds, in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.content.as_ref().map_or(0, |(_, chunk)| chunk.bytes.len())
    }

    /// The line that it begins at, for an entry of a book; a file of one case needs none.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.content.as_ref().ok().filter(|(_, chunk)| !chunk.alone).map(|(_, chunk)| chunk.at.line)
    }

    /// Reads the case, to be judged by a policy of these tiers. Where each value stands is kept for a file of one case only.
    ///
    /// # Errors
    ///
    /// When it is invalid or records a tier that there is not, with the place in its file.
    pub fn read(self, tiers: &Tiers) -> Result<CaseFile, Box<Error>> {
        let (written, Chunk { at, bytes, alone }) = self.content?;
        let failed = |fault: Fault, text: &str| {
            let crn = crn_of(text, &written);
            let text = beside(text, at.column - 1);
            let fault = placed(fault, at, alone);
            Box::new(Error::Case { file: self.file.to_string(), crn, fault, first_line: at.line, text })
        };
        if bytes.len() > MAX_BYTES {
            return Err(failed(Fault::whole(Wrong::TooLarge { limit: MAX_BYTES }), ""));
        }
        let text = str::from_utf8(&bytes).map_err(|_| failed(Fault::whole(Wrong::NotUtf8), ""))?;
        if let Written::Mapped(records) = &written {
            return records.read(text, at, alone, tiers).map_err(|wronged| {
                // What stands in another file, or in rows that are far apart, is not drawn.
                let is_here = wronged.table.is_none() && !records.is_grouped();
                let text = if is_here { beside(text, at.column - 1) } else { String::new() };
                let file = wronged.table.unwrap_or_else(|| self.file.to_string());
                Box::new(Error::Case { file, crn: wronged.crn, fault: wronged.fault, first_line: at.line, text })
            });
        }
        let (case, document) = parse(text, &written, alone).map_err(|fault| failed(fault, text))?;
        // What the case says is told when it is known how its policy spells it.
        let file =
            CaseFile { case: Arc::new(case), document: document.map(Arc::new), digest: Arc::default(), sourced: None };
        file.under(tiers).map_err(|fault| failed(written.locate(fault, text), text))
    }
}

/// The farthest from the beginning of its line that a case is drawn, in characters.
const MAX_INDENT: usize = 200;

/// A text that begins so far into its line. What stands before it belongs to another case; columns are counted with it. After
/// a long line of other cases nothing is drawn.
fn beside(text: &str, before: usize) -> String {
    if before > MAX_INDENT { String::new() } else { " ".repeat(before) + text }
}

fn parse(text: &str, written: &Written, alone: bool) -> Result<(Case, Option<Node>), Fault> {
    let (case, document) = match written {
        Written::Row(header) => return header.read(text).map(|case| (case, None)),
        // It is read above, with its places.
        Written::Mapped(_) => return Err(Fault::whole(Wrong::Empty)),
        Written::Json if !alone => match Case::quick_json(text) {
            Some(case) => return Ok((case, None)),
            None => Case::parse_json(text)?,
        },
        Written::Json => Case::parse_json(text)?,
        Written::Yaml => Case::parse(text)?,
    };
    Ok((case, alone.then_some(document)))
}

/// A fault in a chunk as one of its file. What is wrong with an entry as a whole is wrong where it begins.
fn placed(fault: Fault, start: Mark, alone: bool) -> Fault {
    let at = match fault.at {
        Some(Mark { line: 1, column }) => Some(Mark { line: start.line, column: start.column + column - 1 }),
        Some(Mark { line, column }) => Some(Mark { line: start.line + line - 1, column }),
        None => (!alone).then_some(start),
    };
    Fault { at, ..fault }
}

/// The case reference of a text that is otherwise invalid, so that a run can say which case it was.
fn crn_of(text: &str, written: &Written) -> Option<String> {
    let after = match written {
        Written::Row(header) => return header.crn(text),
        Written::Mapped(_) => return None,
        Written::Json => text.split_once("\"crn\"")?.1,
        Written::Yaml => {
            text.lines().find_map(|line| line.trim_start().trim_start_matches(['{', '"', ' ']).strip_prefix("crn"))?
        }
    };
    let after = after.trim_start_matches('"').trim_start().strip_prefix(':')?.trim_start();
    let quote = after.get(..1).filter(|quote| ["\"", "'"].contains(quote)).unwrap_or_default();
    let after = after.strip_prefix(quote)?;
    let (crn, rest) = after.split_at(after.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(after.len()));
    let rest = rest.strip_prefix(quote)?.trim_start_matches([' ', '\t']);
    // A comma ends a value between braces or quotes alone: else it is a part of it, as of a name.
    let is_inside = !quote.is_empty() || text.trim_start().starts_with('{');
    let is_whole =
        rest.is_empty() || rest.starts_with(['\n', '\r', '#']) || (is_inside && rest.starts_with([',', '}']));
    Reference::parse(crn).filter(|_| is_whole).map(|crn| crn.to_string())
}
