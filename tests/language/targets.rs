//! What a fuzzer is let loose on, one function a kind of text that reaches the program from outside. None may panic, hang or ask
//! for more than is there, whatever the bytes; beside that each holds what it reads against a second way to read it.

use crate::{
    cases::ON,
    draw::Draw,
    fillings::Filler,
    interpreter::Interpreter,
    oracle_scripts::{Ground, Same},
    possible::within,
    scripts,
};
use brag::{
    CaseFile, Policy,
    authoring::snapshot,
    book_diff::recorded_answer::{RecordedAnswer, is_answers, rows},
    case::{Case, answer_date::AnswerDate, document, json, row::Header, table_form::TableForm},
    caseload::{
        lines::Stream,
        raw_case::RawCase,
        stream::{Form, Opened, open, unpacked},
    },
    decision::{assessor::Assessor, range::place, verdict::verdict},
    decision_log::{
        chain::{Chain, Link},
        line::ReadLine,
    },
    evaluate::{
        evaluator::Evaluator,
        inputs::{Assumed, Facts},
    },
    language::{check, lower, syntax},
    mapping::{DryRun, Mapping},
    policy::{parameters::Parameters, vocabulary::Vocabulary},
    report::ics::{Obligation, ObligationKind, calendar},
    schedule::assess::assess,
};
use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty};
use std::{
    cell::RefCell,
    io::{BufReader, Cursor},
    str::from_utf8,
    sync::Arc,
};

/// A target by its name.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 13] = [
    ("case", case),
    ("json", case_json),
    ("row", row),
    ("book", book),
    ("table", table),
    ("parameters", parameters),
    ("mapping", mapping),
    ("script", script),
    ("grammar", grammar),
    ("snapshot", accepted),
    ("ics", ics),
    ("output", output),
    ("log", log),
];

thread_local! {
    static BGSW: &'static Policy = Box::leak(Box::new(Policy::shipped("bgsw").unwrap()));
    static GROUND: &'static Ground = Box::leak(Box::new(Ground::new()));
    static PEOPLE: Vec<serde_json::Value> = Ground::people(&Draw::chosen(&[]), 40);
    /// One for all scripts: it takes longer to make than to use.
    static INTERPRETER: RefCell<Interpreter> = {
        let ground = GROUND.with(|ground| *ground);
        let first = ground.program("fn r0(person) { at_least(\"Green\") }").unwrap();
        RefCell::new(Interpreter::new(&ground.in_force(&first)))
    };
}

/// Whatever can be read can be assessed, or a rule says why not.
fn answer(file: &CaseFile) {
    let mut assessor = Assessor::new(BGSW.with(|policy| *policy));
    let answer = assess(&mut assessor, file, ON, &GROUND.with(|ground| *ground).days);
    if let Ok(assessment) = answer {
        assert_eq!(assessment.decision.crn.to_string(), file.case.crn.to_string());
    }
}

/// A case as YAML.
pub fn case(bytes: &[u8]) {
    let Ok(text) = from_utf8(bytes) else { return };
    if let Ok(file) = CaseFile::parse(text) {
        answer(&file);
    }
}

/// A case as JSON: the quick reader never takes what the careful one refuses, nor takes it for something else.
pub fn case_json(bytes: &[u8]) {
    let Ok(text) = from_utf8(bytes) else { return };
    let careful = Case::parse_json(text);
    if let Some(quick) = Case::quick_json(text) {
        let (case, document) = careful.unwrap_or_else(|fault| panic!("only the quick reader takes it: {fault}"));
        assert_eq!(quick, case);
        let file = CaseFile { case: Arc::new(case), document: Some(Arc::new(document)), sourced: None };
        answer(&file);
    }
}

/// A row of a table, under the header that stands before it.
pub fn row(bytes: &[u8]) {
    let Ok(text) = from_utf8(bytes) else { return };
    let (header, row) = text.split_once('\n').unwrap_or((text, ""));
    let Ok(header) = Header::parse(header) else { return };
    let _ = header.crn(row);
    if let Ok(case) = header.read(row) {
        answer(&CaseFile { case: Arc::new(case), document: None, sourced: None });
    }
}

/// A table as a spreadsheet saves it, or a workbook: each of its rows is told apart into cells, or refused.
pub fn table(bytes: &[u8]) {
    let stream: Stream = BufReader::new(Box::new(Cursor::new(bytes.to_vec())));
    let Ok(Opened { written, mut chunks, .. }) = open(stream, Some(Form::Csv), &TableForm::default()) else { return };
    for _ in 0..1_000 {
        let Ok(Some(chunk)) = chunks.next() else { return };
        if let Ok(text) = from_utf8(&chunk.bytes) {
            let faults = written.faults(text);
            assert!(!faults.all.is_empty() || faults.case.is_some(), "neither a case nor a fault");
        }
    }
}

/// A stream of cases in the form that the first byte says, packed or not.
pub fn book(bytes: &[u8]) {
    let Some((form, bytes)) = bytes.split_first() else { return };
    let form = [Form::Yaml, Form::Json, Form::Jsonl, Form::Csv][usize::from(form % 4)];
    let stream: Stream = BufReader::new(Box::new(Cursor::new(bytes.to_vec())));
    let Ok(stream) = unpacked(stream, None) else { return };
    let Ok(Opened { written, mut chunks, .. }) = open(stream, Some(form), &TableForm::default()) else { return };
    for _ in 0..10_000 {
        let Ok(Some(chunk)) = chunks.next() else { return };
        let raw = RawCase {
            file: "book".into(),
            found: Vec::new(),
            strict: false,
            dates: AnswerDate::default(),
            is_last_at_hand: false,
            content: Ok((written.clone(), chunk)),
        };
        if let Err(error) = raw.read(&Vocabulary::default()) {
            assert!(!error.to_string().is_empty());
        }
    }
}

/// The numbers of a policy.
pub fn parameters(bytes: &[u8]) {
    let Ok(text) = from_utf8(bytes) else { return };
    let Ok(document) = document::parse(text) else { return };
    let (mut parameters, wrong) = Parameters::read(&document);
    assert!(wrong.iter().all(|fault| !fault.to_string().is_empty()));
    let names: Vec<String> = parameters.by_name.keys().cloned().collect();
    let _ = names.iter().map(|name| parameters.set(name, text)).count();
    assert!(parameters.changes().count() <= text.len());
}

/// A mapping, and after a line `===` the record that it is to make a case of: every value is at a place of the record, and what is
/// wrong is said.
pub fn mapping(bytes: &[u8]) {
    let Ok(text) = from_utf8(bytes) else { return };
    let (mapping, record) = text.split_once("\n===\n").unwrap_or((text, "{}"));
    let (Ok(mapping), Ok(record)) = (document::parse(mapping), json::parse(record)) else { return };
    let (mapping, wrong) = Mapping::read("mapping.yaml", &mapping);
    assert!(wrong.iter().all(|fault| !fault.to_string().is_empty()));
    let made = mapping.apply(&record, false);
    assert_eq!(made.document, mapping.apply(&record, false).document);
    let mut run = DryRun::default();
    run.record(&mapping, (&record, &made), false, |_| String::new());
    assert!(mapping.makers(&record, false).iter().all(|(_, maker)| maker.line > 0));
    assert_eq!(run.records, 1);
    for problem in &made.problems {
        let fault = problem.fault("mapping.yaml");
        assert!(!fault.to_string().is_empty() && fault.help().is_some());
    }
}

/// A script of any bytes: what is taken runs over known values, and says nothing that was not possible.
pub fn script(bytes: &[u8]) {
    let Ok(text) = from_utf8(bytes) else { return };
    let ground = GROUND.with(|ground| *ground);
    let known = lower::Known { inputs: &ground.inputs, tiers: &ground.tiers, parameters: &ground.names };
    let Ok(script) = syntax::parse("policy.rhai", text) else { return };
    let Ok(program) = lower::lower(&script, &[], known) else { return };
    if check::check(&program, known).is_err() {
        return;
    }
    let nobody = ground.facts(&serde_json::json!({ "crn": "X320741" }));
    let mut evaluator = Evaluator::new(ground.in_force(&program), &nobody);
    evaluator.begin(&nobody);
    evaluator.open(&nobody, Assumed::new());
    let [low, high] = evaluator.outlook().places;
    let mut draw = Draw::chosen(bytes);
    let filler = Filler { numbers: [0.into(), 50.into()].into() };
    for _ in 0..4 {
        let Some(at) = filled(&mut evaluator, &nobody, &filler, &mut draw) else { continue };
        assert!((low..=high).contains(&at), "the tier at {at} is outside {low} to {high}");
    }
}

/// Where the tier of somebody of whom nothing is known comes out when facts are filled in as they are asked for.
fn filled(evaluator: &mut Evaluator<'_>, facts: &Arc<Facts>, filler: &Filler, draw: &mut Draw) -> Option<usize> {
    let (assumed, _) = filler.go(evaluator, facts, Assumed::new(), draw).ok()?;
    evaluator.turn_to(facts, assumed);
    let verdict = verdict(evaluator).ok()?;
    Some(place(evaluator.tiers(), verdict.tier.as_deref()))
}

/// A well-formed script, each of whose choices is a byte: Rhai's interpreter says the same, and what comes out was possible.
pub fn grammar(bytes: &[u8]) {
    let ground = GROUND.with(|ground| *ground);
    let draw = Draw::chosen(bytes);
    let text = scripts::script(draw.clone(), 3);
    let Some(program) = ground.program(&text) else { return };
    let mut own = draw.stream(bytes.len() as u64);
    let whole = PEOPLE.with(|people| own.one(people).clone());
    let facts = ground.facts(&whole);
    let in_force = ground.in_force(&program);
    Interpreter::turn_to(&in_force);
    let mut evaluator = Evaluator::new(in_force, &facts);
    INTERPRETER.with_borrow_mut(|interpreter| {
        interpreter.read(&text);
        Same::default().compare(interpreter, &mut evaluator, &facts, &text);
    });
    within(ground, &text, &whole, 4, &mut own);
}

/// An accepted answer: what is taken can be written and read again.
pub fn accepted(bytes: &[u8]) {
    let Ok(text) = from_utf8(bytes) else { return };
    let _ = snapshot::read(text);
}

/// An output of `brag assess` that is read back: an answer as JSON, or a table of them.
pub fn output(bytes: &[u8]) {
    let _ = is_answers(bytes);
    let one: Option<RecordedAnswer> = serde_json::from_slice(bytes).ok();
    for answer in one.into_iter().chain(rows(bytes).filter_map(Result::ok)) {
        let on = answer.clone().position().map(|position| position.on);
        assert_eq!(on.is_ok(), answer.position().is_ok());
    }
}

/// A decision log of any lines: each is looked at, and at most each is damaged.
pub fn log(bytes: &[u8]) {
    let Ok(text) = from_utf8(bytes) else { return };
    let mut chain = Chain::default();
    for line in text.lines() {
        let read = ReadLine::of(line.as_bytes());
        assert_eq!(read.link, Link::of(line));
        assert!(read.entry.is_some() || read.mark.is_none());
        chain.add(read.link);
    }
    let damaged = chain.damaged(text.ends_with('\n'));
    assert!(damaged.keys().all(|number| (1..=chain.len()).contains(number)));
}

/// Any text in a calendar is one event with one summary, for a program that did not write it.
pub fn ics(bytes: &[u8]) {
    let Ok(text) = from_utf8(bytes) else { return };
    let (crn, kind, officer) = ("X320741".to_owned(), ObligationKind::Contact, Some(text.to_owned()));
    let one = Obligation { crn, kind, on: ON, due: ON, summary: text.to_owned(), why: text.to_owned(), officer };
    let written = calendar(&[one]);
    let read = ICalendar::parse(&written).unwrap_or_else(|entry| panic!("{entry:?}: {written}"));
    let events: Vec<_> =
        read.components.iter().filter(|one| one.component_type == ICalendarComponentType::VEvent).collect();
    assert_eq!(events.len(), 1, "{written}");
    let summaries = events[0].entries.iter().filter(|entry| entry.name == ICalendarProperty::Summary).count();
    assert_eq!(summaries, 1, "{written}");
}
