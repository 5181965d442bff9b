//! An entry of a book: one case as it is written, and how it is read. Finding entries is cheap and done by one thread at a
//! time; reading them is not, and is done by all.

use super::{
    chunk::{Chunk, Written},
    mapped, wronged,
};
use crate::{
    case::answer_date::AnswerDate,
    case::{
        Case,
        check::of_no_age,
        document::{self, MAX_BYTES, Node},
        fault::{Fault, Mark, Wrong},
        faults::Faults,
        json,
        registered::belongs_in,
        words::Registration,
    },
    decision::decide::CaseFile,
    error::Error,
    policy::vocabulary::Vocabulary,
};
use std::{str::Utf8Error, sync::Arc};

/// One case as it is written, or why there is none to read.
#[derive(Debug)]
pub struct RawCase {
    /// How messages call its file.
    pub file: Arc<str>,
    /// What was found out of how its file is written, with the first case of it.
    pub found: Vec<String>,
    /// Whether a register that the model does not list is a fault.
    pub strict: bool,
    /// The date of the answer that the case is read for.
    pub dates: AnswerDate,
    /// Whether nothing after it is read yet: whoever writes the cases may want the answer to this one first.
    pub is_last_at_hand: bool,
    /// The case, or why the file gives none.
    pub content: Result<(Written, Chunk), Box<Error>>,
}

/// A case as it is written, kept so that what turns out to be wrong with it later is said where it stands.
#[derive(Debug, Clone)]
pub struct KeptCase {
    /// How messages call its file.
    pub file: Arc<str>,
    written: Written,
    chunk: Chunk,
}

impl KeptCase {
    /// The paths of the columns of its table, where it is a row of one.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        let header = if let Written::Row(header) = &self.written { Some(header) } else { None };
        header.into_iter().flat_map(|header| header.paths())
    }

    /// The error of what is wrong with it, each fault at its cell or its line.
    #[must_use]
    pub fn refused(&self, faults: Vec<Fault>) -> Error {
        let text = str::from_utf8(&self.chunk.bytes).unwrap_or_default();
        let faults = faults.into_iter().map(|fault| {
            let fault = self.written.locate(fault, text);
            if matches!(fault.wrong, Wrong::UnknownKey { .. }) { fault.spared() } else { fault }
        });
        let faults = faults.collect();
        refused(&self.file, &self.written, (self.chunk.at, self.chunk.alone), faults, text)
    }
}

impl RawCase {
    /// It as it is written, to be kept beside what is read of it.
    #[must_use]
    pub fn kept(&self) -> Option<KeptCase> {
        let (written, chunk) = self.content.as_ref().ok()?;
        Some(KeptCase { file: Arc::clone(&self.file), written: written.clone(), chunk: chunk.clone() })
    }

    /// Whether it is a row of a table.
    #[must_use]
    pub fn is_row(&self) -> bool {
        match &self.content {
            Ok((Written::Row(_), _)) => true,
            Ok((Written::Mapped(records), _)) => records.has_columns(),
            _ => false,
        }
    }

    /// Whether it is a row of a sheet of a workbook.
    #[must_use]
    pub fn is_of_sheet(&self) -> bool {
        self.content.as_ref().is_ok_and(|(written, _)| written.sheet().is_some())
    }

    /// Whether it is all that its file holds.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        self.content.as_ref().map_or(true, |(_, chunk)| chunk.alone)
    }

    /// What was found out of how its file is written, as a line; nothing where that is as usual, or was told before.
    #[must_use]
    pub fn found_in_words(&self) -> Option<String> {
        (!self.found.is_empty()).then(|| format!("{}: {}", self.file, self.found.join("; ")))
    }

    /// The reference of its case, if it says one.
    #[must_use]
    pub fn reference(&self) -> Option<String> {
        let (written, chunk) = self.content.as_ref().ok()?;
        let text = str::from_utf8(&chunk.bytes).ok()?;
        match written {
            Written::Mapped(records) => records.reference(text, chunk.at, chunk.alone),
            written => crn_of(text, written),
        }
    }

    /// How much memory it holds, in bytes; of the last at hand so much that none is waited for to go with it.
    #[must_use]
    pub fn weight(&self) -> usize {
        if self.is_last_at_hand { usize::MAX } else { self.size() }
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

    /// Reads the case, to be judged by a policy of this vocabulary. Where each value stands is kept for a file of one case only.
    ///
    /// # Errors
    ///
    /// When it is invalid, or says of the policy what that does not have, with the place in its file.
    pub fn read(self, known: &Vocabulary) -> Result<CaseFile, Box<Error>> {
        let (written, Chunk { at, bytes, alone }) = self.content?;
        let refused =
            |faults: Vec<Fault>, text: &str| Box::new(refused(&self.file, &written, (at, alone), faults, text));
        let failed = |fault: Fault, text: &str| refused(vec![fault], text);
        if bytes.len() > MAX_BYTES {
            return Err(failed(Fault::whole(Wrong::TooLarge { limit: MAX_BYTES }), ""));
        }
        let text = str::from_utf8(&bytes).map_err(|wrong| failed(not_utf8(&bytes, wrong), ""))?;
        if let Written::Mapped(records) = &written {
            let read = records.read(text, (at, alone), known, self.strict, &mut |_, _| {});
            return read.map_err(|wronged| wronged::refused(wronged, records, text, (at, alone), known, &self.file));
        }
        let (case, document) = parse(text, &written, alone).map_err(|fault| {
            let all = everything(text, &written, known);
            refused(if all.is_empty() { vec![fault] } else { all }, text)
        })?;
        // What the case says is told when it is known how its policy spells it.
        let file = CaseFile { case: Arc::new(case), document: document.map(Arc::new), sourced: None };
        let unlisted = unlisted(&file.case).filter(|_| self.strict);
        let of_no_age = self.dates.of(&file.case).and_then(|on| of_no_age(&file.case, on));
        let beside: Vec<Fault> = unlisted.chain(of_no_age).map(|fault| written.locate(fault, text)).collect();
        if !beside.is_empty() {
            return Err(refused(beside, text));
        }
        file.under(known).map_err(|fault| {
            let all = everything(text, &written, known);
            refused(if all.is_empty() { vec![written.locate(fault, text)] } else { all }, text)
        })
    }
}

/// The error of what is wrong with the text of a case, which begins at a place and may be alone in its file.
fn refused(file: &str, written: &Written, (at, alone): (Mark, bool), faults: Vec<Fault>, text: &str) -> Error {
    let faults = faults.into_iter().map(|fault| placed(fault, at, alone));
    let drawn = if written.sheet().is_some() { String::new() } else { beside(text, at.column - 1) };
    let error = Error::of_text(file, faults, at.line, drawn);
    error.in_case(crn_of(text, written)).in_sheet(written.sheet())
}

/// The registers of a case that the model does not list, each as a fault.
pub(super) fn unlisted(case: &Case) -> impl Iterator<Item = Fault> {
    case.unlisted().map(|(index, code)| {
        let known = Registration::WORDS.iter().map(|word| (*word).to_owned()).collect();
        let advice = belongs_in(code.as_str()).map(|_| "it has a field of its own: see `brag show inputs`");
        Fault::at(format!("registrations[{index}]"), None, Wrong::UnknownWord { known, meant: None, advice })
    })
}

/// Where a text stops being UTF-8.
fn not_utf8(bytes: &[u8], wrong: Utf8Error) -> Fault {
    let good = bytes.get(..wrong.valid_up_to()).and_then(|good| str::from_utf8(good).ok()).unwrap_or_default();
    let last = good.rsplit('\n').next().unwrap_or_default();
    let at = Mark { line: good.matches('\n').count() + 1, column: last.chars().count() + 1 };
    Fault::at("", Some(at), Wrong::NotUtf8)
}

/// The farthest from the beginning of its line that a case is drawn, in characters.
const MAX_INDENT: usize = 200;

/// A text that begins so far into its line. What stands before it belongs to another case; columns are counted with it. After
/// a long line of other cases nothing is drawn.
pub(super) fn beside(text: &str, before: usize) -> String {
    if before > MAX_INDENT { String::new() } else { " ".repeat(before) + text }
}

/// Everything that is wrong with a text.
fn everything(text: &str, written: &Written, known: &Vocabulary) -> Vec<Fault> {
    in_case(written.faults(text), known, |path| written.row_place(text, path))
}

/// Everything that is wrong with a case: with what it says, and with what it says of its policy, which stands at a `place` where
/// its tree does not say so.
pub(super) fn in_case(mut faults: Faults, known: &Vocabulary, place: impl Fn(&str) -> Option<Mark>) -> Vec<Fault> {
    if let Some((case, document)) = faults.case.take() {
        let file = CaseFile { case: Arc::new(case), document: Some(Arc::new(document)), sourced: None };
        let unknown = file.unknown(known).into_iter().map(|fault| {
            let path = faults.in_file(&fault.path);
            let at = place(&path).or(fault.at);
            Fault { path, at, ..fault }
        });
        let unknown: Vec<Fault> = unknown.collect();
        faults.all.extend(unknown);
        faults.all.sort_by_key(|fault| fault.at);
    }
    faults.all
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

/// The case reference that a text says, though it may be wrong elsewhere: of one that is not well-formed by how it looks.
fn crn_of(text: &str, written: &Written) -> Option<String> {
    let document = match written {
        Written::Row(header) => return header.crn(text),
        Written::Mapped(_) => return None,
        Written::Json => json::parse(text),
        Written::Yaml => document::parse(text),
    };
    document.map_or_else(|_| crn_in(text, written, &["crn"]), |document| mapped::crn_of(&document))
}

/// The case reference of a text that is not well-formed, by how it looks under one of these names, so that a run can say which case
/// it was.
pub(super) fn crn_in(text: &str, written: &Written, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| crn_under(name, text, written))
}

fn crn_under(name: &str, text: &str, written: &Written) -> Option<String> {
    let after = match written {
        Written::Row(_) | Written::Mapped(_) => return None,
        Written::Json => text.split_once(&format!("\"{name}\""))?.1,
        Written::Yaml => {
            text.lines().find_map(|line| line.trim_start().trim_start_matches(['{', '"', ' ']).strip_prefix(name))?
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
    mapped::said_reference(crn, quote.is_empty()).filter(|_| is_whole)
}
