//! The whole way of a book with hard-coded rules: JSON lines in, a decision each, JSON lines out, in order, on some threads.

use crate::{
    answer::{Answer, Effect, RULES},
    hard_coded::HardCoded,
    range::{Frame, decide},
};
use brag::case::Case;
use jiff::civil::Date;
use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufRead, BufReader, Write},
    path::Path,
    sync::{Mutex, PoisonError},
    thread,
};

/// About how many bytes a thread takes at a time.
const CHUNK: usize = 1 << 20;

/// Decides every line of a file into another.
///
/// # Errors
///
/// A file that cannot be read or written, or the first line that a thread meets that is no case.
pub fn run(from: &Path, to: &Path, on: Date, threads: usize) -> Result<(), String> {
    let broken = |path: &Path, error: io::Error| format!("{}: {error}", path.display());
    let input = File::open(from).map_err(|error| broken(from, error))?;
    let output = File::create(to).map_err(|error| broken(to, error))?;
    let reader = Mutex::new(Chunks { from: BufReader::with_capacity(CHUNK, input), next: 0, line: 1 });
    let writer = Mutex::new(InOrder { to: output, next: 0, waiting: BTreeMap::new() });
    let frame = Frame::hard_coded(on);
    thread::scope(|scope| {
        let work = || work(&reader, &writer, &frame);
        let workers: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| "a thread failed".to_owned())?)
    })
}

fn work(reader: &Mutex<Chunks>, writer: &Mutex<InOrder>, frame: &Frame) -> Result<(), String> {
    let mut lines = Vec::with_capacity(2 * CHUNK);
    loop {
        let taken = reader.lock().unwrap_or_else(PoisonError::into_inner).take(&mut lines);
        let Some((number, first)) = taken.map_err(|error| error.to_string())? else { return Ok(()) };
        let decided = decide_lines(&lines, first, frame)?;
        let written = writer.lock().unwrap_or_else(PoisonError::into_inner).write(number, decided);
        written.map_err(|error| error.to_string())?;
    }
}

struct Chunks {
    from: BufReader<File>,
    next: usize,
    line: usize,
}

impl Chunks {
    /// Whole lines of about the size of a chunk, with the number of the chunk and of its first line.
    fn take(&mut self, lines: &mut Vec<u8>) -> io::Result<Option<(usize, usize)>> {
        lines.clear();
        let (number, first) = (self.next, self.line);
        while lines.len() < CHUNK && self.from.read_until(b'\n', lines)? > 0 {
            self.line += 1;
        }
        self.next += 1;
        Ok((!lines.is_empty()).then_some((number, first)))
    }
}

struct InOrder {
    to: File,
    next: usize,
    waiting: BTreeMap<usize, Vec<u8>>,
}

impl InOrder {
    fn write(&mut self, number: usize, decided: Vec<u8>) -> io::Result<()> {
        self.waiting.insert(number, decided);
        while let Some(next) = self.waiting.remove(&self.next) {
            self.to.write_all(&next)?;
            self.next += 1;
        }
        Ok(())
    }
}

fn decide_lines(lines: &[u8], first: usize, frame: &Frame) -> Result<Vec<u8>, String> {
    let mut rules = HardCoded::on(frame.on);
    let mut out = Vec::with_capacity(lines.len() / 8);
    for (place, line) in lines.split(|byte| *byte == b'\n').enumerate() {
        if line.is_empty() {
            continue;
        }
        let wrong = |said: String| format!("line {}: {said}", first + place);
        let case: Case = serde_json::from_slice(line).map_err(|error| wrong(error.to_string()))?;
        let answer = decide(&mut rules, 0, &case, frame).map_err(wrong)?;
        write_line(&mut out, &case, &answer, frame.on).map_err(|error| wrong(error.to_string()))?;
    }
    Ok(out)
}

/// The answer as a line: no text in it needs escaping, because references and the policy's own words are letters.
fn write_line(out: &mut Vec<u8>, case: &Case, answer: &Answer, on: Date) -> io::Result<()> {
    write!(out, r#"{{"crn":"{}","tier":"{}","rules":["#, case.crn, answer.tier.as_str())?;
    let mut between = "";
    for (rule, effect) in RULES.iter().zip(&answer.effects) {
        let (said, word) = match effect {
            Effect::Nothing => continue,
            Effect::AtLeast(tier) => ("at_least", tier.as_str()),
            Effect::Decide(tier) => ("decide", tier.as_str()),
            Effect::Flag(code) => ("flag", code.as_str()),
        };
        write!(out, r#"{between}{{"rule":"{rule}","{said}":"{word}"}}"#)?;
        between = ",";
    }
    write!(out, r#"],"flags":["#)?;
    between = "";
    for code in answer.flags.codes() {
        write!(out, r#"{between}"{}""#, code.as_str())?;
        between = ",";
    }
    match answer.standards.contact {
        None => write!(out, r#"],"contact":null"#)?,
        Some(contact) => {
            let unit = if contact.unit.days() == 31 { "month" } else { "week" };
            write!(out, r#"],"contact":{{"every":{},"unit":"{unit}","mode":"{}"}}"#, contact.every, contact.mode)?;
        }
    }
    match answer.standards.review_days.zip(answer.review_due(on)) {
        None => write!(out, r#","review":null"#)?,
        Some((days, due)) => write!(out, r#","review":{{"due":"{due}","every":{days},"unit":"day"}}"#)?,
    }
    match answer.standards.allocation {
        None => writeln!(out, r#","allocation":null}}"#),
        Some(held) => {
            writeln!(out, r#","allocation":{{"grade":"{}","from":"{}"}}}}"#, held.grade, held.from)
        }
    }
}
