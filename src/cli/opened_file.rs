//! A file as a stream: how it is packed and written, and why it gives nothing.

use crate::{
    caseload::{
        chunk::Broken,
        lines::{Stream, buffered},
        stream::{self, Form},
        unpack::Packing,
    },
    error::Error,
    policy::source::must_be_file,
};
use std::{fs::File, io, path::Path};

/// How a file is packed and written, by its ending.
pub fn by_ending(path: &Path) -> (Option<Packing>, Option<Form>) {
    let ending = |path: &Path| path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    let packing = Packing::of_name(path);
    let form = match ending(&if packing.is_some() { path.with_extension("") } else { path.to_path_buf() }).as_deref() {
        Some("yaml" | "yml") => Some(Form::Yaml),
        Some("json") => Some(Form::Json),
        Some("jsonl" | "ndjson") => Some(Form::Jsonl),
        Some("csv" | "tsv" | "xlsx" | "xlsm") => Some(Form::Csv),
        _ => None,
    };
    (packing, form)
}

/// Why a file gives no cases.
pub enum Unopened {
    /// It is not what it should be.
    Broken(Broken),
    /// Something beside it is not.
    Beside(Box<Error>),
}

impl From<Broken> for Unopened {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

impl From<io::Error> for Unopened {
    fn from(error: io::Error) -> Self {
        Self::Broken(error.into())
    }
}

impl From<Box<Error>> for Unopened {
    fn from(error: Box<Error>) -> Self {
        Self::Beside(error)
    }
}

/// A file that lies beside one of cases, as it is unpacked.
pub fn unpacked_file(path: &Path) -> io::Result<Stream> {
    must_be_file(path)?;
    stream::unpacked(buffered(Box::new(File::open(path)?)), by_ending(path).0)
}
