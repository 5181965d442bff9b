//! The cases that a command line names: files, folders, or `-` for standard input.

use crate::{
    case::{
        Case,
        document::MAX_BYTES,
        fault::{Fault, Mark, Wrong},
    },
    cli::global::read_file,
    decision::decide::CaseFile,
    error::Error,
    policy::digest::hexadecimal,
};
use sha2::{Digest, Sha256};
use std::{
    io::{Read, stdin},
    path::{Path, PathBuf},
    sync::Arc,
};

/// A case file by name, read or not.
#[derive(Debug)]
pub struct NamedCase {
    /// How messages call the file.
    pub file: String,
    /// The case, or why it cannot be read.
    pub case: Result<CaseFile, Box<Error>>,
}

/// The files that some arguments name, in the order given; those of a folder in order of name.
///
/// # Errors
///
/// When an argument names nothing, or a folder without cases.
pub fn find(arguments: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for argument in arguments {
        if !argument.is_dir() {
            files.push(argument.clone());
            continue;
        }
        let mut inside = Vec::new();
        walk(argument, &mut inside)?;
        inside.sort();
        if inside.is_empty() {
            return Err(Error::Input {
                file: argument.display().to_string(),
                message: "no case in this folder".to_owned(),
                help: Some("cases are files that end in .yaml, .yml or .json".to_owned()),
            });
        }
        files.extend(inside);
    }
    Ok(files)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let unreadable = |error: std::io::Error| Error::Input {
        file: folder.display().to_string(),
        message: format!("cannot be read: {}", crate::policy::source::plain(&error)),
        help: None,
    };
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        match ending {
            _ if path.is_dir() => walk(&path, files)?,
            Some("yaml" | "yml" | "json") => files.push(path),
            _ => {}
        }
    }
    Ok(())
}

/// Reads one file, or standard input for `-`.
#[must_use]
pub fn read(path: &PathBuf) -> NamedCase {
    let (file, bytes) = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        let read = stdin().lock().take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes);
        let failed = |error: std::io::Error| Error::Input {
            file: "standard input".to_owned(),
            message: format!("cannot be read: {}", crate::policy::source::plain(&error)),
            help: None,
        };
        ("standard input".to_owned(), read.map(|_| bytes).map_err(failed))
    } else {
        (path.display().to_string(), read_bounded(path))
    };
    let case = bytes.map_err(Box::new).and_then(|bytes| parse(&file, bytes).map_err(Box::new));
    NamedCase { file, case }
}

fn read_bounded(path: &PathBuf) -> Result<Vec<u8>, Error> {
    let size = std::fs::metadata(path).map_or(0, |about| about.len());
    if size > MAX_BYTES as u64 {
        let fault = Fault::whole(Wrong::TooLarge { limit: MAX_BYTES });
        return Err(Error::Case { file: path.display().to_string(), crn: None, fault, text: String::new() });
    }
    read_file(path)
}

fn parse(file: &str, bytes: Vec<u8>) -> Result<CaseFile, Error> {
    let digest = hexadecimal(&Sha256::digest(&bytes));
    let failed = |fault: Fault, text: String| {
        let crn = crn_of(&text);
        Error::Case { file: file.to_owned(), crn, fault, text }
    };
    let text = String::from_utf8(bytes).map_err(|_| failed(Fault::whole(Wrong::NotUtf8), String::new()))?;
    if Path::new(file).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
        check_json(&text).map_err(|fault| failed(fault, text.clone()))?;
    }
    let (case, document) = Case::parse(&text).map_err(|fault| failed(fault, text))?;
    Ok(CaseFile { case: Arc::new(case), document: Some(Arc::new(document)), digest })
}

/// JSON is read by the YAML parser, which takes more than JSON; what is called JSON must be it.
fn check_json(text: &str) -> Result<(), Fault> {
    serde_json::from_str::<serde::de::IgnoredAny>(text).map(|_| ()).map_err(|error| {
        let said = error.to_string();
        let said = said.split(" at line ").next().unwrap_or(&said).to_owned();
        Fault::at("", Some(Mark { line: error.line(), column: error.column().max(1) }), Wrong::Syntax { said })
    })
}

/// The case reference of a file that is otherwise invalid, so that a batch can say which case it was.
fn crn_of(text: &str) -> Option<String> {
    let after =
        text.lines().find_map(|line| line.trim_start().trim_start_matches(['{', '"', ' ']).strip_prefix("crn"))?;
    let crn: String =
        after.trim_start_matches(['"', ':', ' ']).chars().take_while(char::is_ascii_alphanumeric).collect();
    crate::case::text::Reference::parse(&crn).map(|crn| crn.to_string())
}
