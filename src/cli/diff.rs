//! `brag diff`: what changed between two books, or between two outputs of `brag assess`.

use crate::{
    book_diff::{
        Ledger, Position,
        recorded_answer::{RecordedAnswer, is_answers, is_table, rows},
    },
    case::{Case, table_form::TableForm},
    caseload::{
        chunk::Broken,
        stream::{self, Form, Opened},
    },
    cli::{
        Run,
        asked_day::AskedDay,
        batch::Batch,
        case_files::Cases,
        format_option::Formats,
        global::Global,
        opened_file::unpacked_file,
        out::{Output, spare_inputs},
        policy_choice,
        terminal::Terminal,
        usage,
    },
    decision::assessor::Assessor,
    error::{Error, Exit},
    policy::Policy,
    report::{Format, View, book_diff::BookDiffReport, book_diff_csv, book_diff_html, book_diff_sheets},
    schedule::assess::due_case,
};
use clap::Args;
use std::{
    io::{BufReader, Cursor, Read},
    path::Path,
    sync::Arc,
};

/// What changed between two books of cases, such as last Monday's and today's, or between two outputs of
/// `brag assess --format json`, `jsonl` or `csv`. Each book is looked at on its own date: the later one on `--on`, else on the date
/// that each case says, else today; the earlier one on `--before`, else on the date that each case says.
#[derive(Debug, Args)]
#[command(mut_arg("named", |arg| {
    let help = "The earlier and the later book: a file or a folder of cases each; or two outputs of `brag assess`";
    arg.value_names(["BEFORE", "AFTER"]).num_args(2).help(help)
}))]
pub struct Diff {
    #[command(flatten)]
    cases: Cases,
    /// The date of the earlier book, YYYY-MM-DD [default: the `assessed_on` of each case]
    #[arg(long, value_name = "DATE", value_parser = AskedDay::parse, allow_hyphen_values = true)]
    before: Option<AskedDay>,
    #[command(flatten)]
    output: Output<Self>,
}

impl Formats for Diff {
    const FORMATS: &'static [Format] =
        &[Format::Text, Format::Json, Format::Csv, Format::Xlsx, Format::Md, Format::Html];
}
/// How much of a file is looked at to see what it holds, in bytes.
const LOOK: u64 = 64 << 10;

/// One of the two.
struct Book<'a> {
    path: &'a Path,
    cases: Cases,
    answers: bool,
}

impl Run for Diff {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        // What would be lost is said before what cannot be written.
        spare_inputs(self.output.file(), || self.cases.files(), &[global.policy.as_deref()], global)?;
        let format = self.output.format()?;
        let books = self.cases.each().map(|(path, cases)| Ok(Book { path, answers: holds_answers(path)?, cases }));
        let books = books.collect::<Result<Vec<_>, Error>>()?;
        let [earlier, later] = books.as_slice() else {
            return Err(Error::input("brag diff", "needs two books").with_help("brag diff BEFORE AFTER"));
        };
        if earlier.answers != later.answers {
            let message = "is an output of `brag assess`, and the other one is none that is read";
            let file = if earlier.answers { earlier } else { later }.path.display().to_string();
            return Err(Error::input(file, message).with_help(READ));
        }
        if earlier.answers
            && let Some(option) = global.first_written(&["on", "before", "law"])
        {
            let said = format!(
                "each answer of an output is of its own date, so that --{option} would count for nothing: name two books of cases"
            );
            return Ok(usage(&said, terminal));
        }
        let mut out = self.output.open(format.is_for_people(), &self.cases, global)?;
        let policy = policy_choice::load(global, &[], terminal)?;
        let mut ledger = Ledger::new(Arc::clone(policy.tiers()));
        let (mut exit, mut whole) = (Exit::Done, true);
        for (book, is_later) in [(earlier, false), (later, true)] {
            if book.answers {
                answers(book.path, &mut |answer| {
                    answer.made_by().into_iter().for_each(|by| ledger.made_by(is_later, by));
                    let crn = answer.crn.clone().filter(|crn| !crn.is_empty());
                    ledger.take(is_later, crn.as_deref(), answer.position().map_err(Arc::from));
                })?;
                continue;
            }
            let ended = self.read(book, is_later, &policy, &mut ledger, global, terminal)?;
            exit = exit.max(ended.0);
            whole &= ended.1;
        }
        ledger.end();
        if let [Some([before, _]), Some([_, after])] = ledger.read.each_ref().map(|read| read.dates)
            && before > after
        {
            terminal.warn(&format!("the earlier book is of {before}, after the later one, of {after}"));
        }
        let policy = (!later.answers).then(|| Assessor::new(&policy).mark().clone());
        let names = [earlier, later].map(|book| book.path.display().to_string());
        let report = BookDiffReport { names, policy, ledger };
        match format {
            Format::Xlsx => out.write_bytes(&book_diff_sheets::workbook(&report)?, terminal)?,
            Format::Csv => out.write(book_diff_csv::csv(&report.ledger.changes).as_bytes(), terminal)?,
            Format::Html => out.write(book_diff_html::text(&report).as_bytes(), terminal)?,
            format => out.write(report.written(format).as_bytes(), terminal)?,
        }
        out.end(whole, terminal)?;
        Ok(exit)
    }
}

impl Diff {
    /// Reads a book; gives how that ended, and whether it was read to its end.
    fn read(
        &self,
        book: &Book<'_>,
        is_later: bool,
        policy: &Policy,
        ledger: &mut Ledger,
        global: &Global,
        terminal: &mut Terminal,
    ) -> Result<(Exit, bool), Error> {
        let known = policy.vocabulary();
        let before = self.before.map(|before| before.date(global)).transpose()?;
        let asked = if is_later { global.on } else { before };
        // A book is read as of its own date, too; what is said of tables is said of either of the two.
        let mut of_book = global.clone().dated(asked);
        of_book.written.clear();
        let ended = Batch::of(&book.cases, &known, &of_book, terminal)?.run(
            terminal,
            || Assessor::new(policy).telling_what_fired(true),
            |assessor, read, _| {
                // Today is no date of a book of the past.
                if !is_later && asked.is_none() && read.file.case.assessed_on.is_none() {
                    return Ok(None);
                }
                let due = read.judged(assessor, due_case)?;
                let known = Case::as_known_on(&read.file.case, read.on);
                Ok(Some((known.crn.shared(), Position::of(&known, &due))))
            },
            |_, outcome, _| {
                match outcome {
                    Ok(Some((crn, position))) => ledger.take(is_later, Some(&*crn), Ok(position)),
                    Ok(None) => return Err(undated(book.path)),
                    Err(failed) => ledger.take(is_later, failed.crn(), Err(failed.said().into())),
                }
                Ok(())
            },
        )?;
        let [earlier, later] = &ledger.read;
        let read = if is_later { later } else { earlier };
        if read.dates.is_none() {
            let message = "no case of it has an answer: there is nothing to compare";
            return Err(Error::input(book.path.display().to_string(), message).with_help(READ));
        }
        Ok((ended.exit, !ended.stopped))
    }
}

/// What can be compared.
const READ: &str = "two books of cases are compared, or two outputs of `brag assess` as json, jsonl or csv";

fn undated(path: &Path) -> Error {
    let message = "does not say of which date it is: a case has no `assessed_on`";
    Error::input(path.display().to_string(), message).with_help("say the date of the earlier book: --before YYYY-MM-DD")
}

/// Whether a file holds answers. What can be read once only, such as a pipe, is a book.
fn holds_answers(path: &Path) -> Result<bool, Error> {
    if !path.is_file() {
        // What is not there is no empty book.
        let looked = if path == Path::new("-") { Ok(()) } else { path.metadata().map(drop) };
        return looked.map(|()| false).map_err(|error| Error::unreadable(path, &error));
    }
    let mut head = Vec::new();
    let looked = unpacked_file(path).and_then(|stream| stream.take(LOOK).read_to_end(&mut head));
    looked.map_err(|failed| Error::unreadable(path, &failed))?;
    Ok(is_answers(&head))
}

/// Reads the answers of a file, one after the other.
fn answers(path: &Path, take: &mut dyn FnMut(RecordedAnswer)) -> Result<(), Error> {
    let unreadable = |failed: &std::io::Error| Error::unreadable(path, failed);
    let wrong = |line: usize| {
        let message = format!("line {line} is no answer of `brag assess`");
        Error::input(path.display().to_string(), message)
            .with_help("write it anew: --format json, jsonl or csv; a decision log is for `brag replay`")
    };
    let mut given = |answer: RecordedAnswer, line: usize| {
        if !answer.is_one() {
            return Err(wrong(line));
        }
        take(answer);
        Ok(())
    };
    let mut stream = unpacked_file(path).map_err(|failed| unreadable(&failed))?;
    let mut head = Vec::new();
    stream.by_ref().take(LOOK).read_to_end(&mut head).map_err(|failed| unreadable(&failed))?;
    let is_of_table = is_table(String::from_utf8_lossy(&head).lines().next().unwrap_or_default());
    let whole = Cursor::new(head).chain(stream);
    if is_of_table {
        for (line, row) in (2..).zip(rows(whole)) {
            given(row.map_err(wrong)?, line)?;
        }
        return Ok(());
    }
    let (form, stream) = stream::guess(BufReader::new(Box::new(whole))).map_err(|failed| unreadable(&failed))?;
    let broken = |broken: Broken| match broken {
        Broken::Unreadable(failed) => unreadable(&failed),
        Broken::Wrong(fault) | Broken::InSheet(fault, _) => wrong(fault.at.map_or(1, |at| at.line)),
    };
    let form = if form == Form::Jsonl { Form::Jsonl } else { Form::Json };
    let Opened { mut chunks, .. } = stream::open(stream, Some(form), &TableForm::default()).map_err(broken)?;
    while let Some(chunk) = chunks.next().map_err(broken)? {
        let line = chunk.at.line;
        given(serde_json::from_slice(&chunk.bytes).map_err(|_| wrong(line))?, line)?;
    }
    Ok(())
}
