#![doc = include_str!("../README.md")]
//!
//! # The code
//!
//! The way of the data, one stage a module, each a function from one type to the next:
//!
//! ```text
//! case.yaml ────▶ Case ─────┐
//!                           ├──▶ Decision ──▶ Schedule ──▶ report ──▶ text, JSON, YAML, Markdown, CSV, iCalendar
//! policy.rhai ──▶ Policy ───┘
//! parameters.yaml
//! ```
//!
//! In reading order, and in the order in which one may depend on another:
//!
//! 1. [`calendar`]: the working days of England and Wales.
//! 2. [`case`]: what is known about one person, read and checked. Every field is declared once; its schema, its row in the table
//!    of inputs and its name in a script follow from that.
//! 3. [`language`]: the policy language: the text of scripts in, a program out, in which every name is resolved and everything
//!    ends. One file of it, [`language::syntax`], knows the parser.
//! 4. [`evaluate`]: a program and the inputs of a case in, an outcome out, with every input that it read. One walk, over known
//!    values or over everything that a missing fact could be.
//! 5. [`policy`]: a folder of rules and numbers, read and checked once.
//! 6. [`decision`]: runs the rules over a case and writes down the tier, its range where facts are missing, and every reason.
//! 7. [`schedule`]: the decision on the calendar: which contact and which review are due, and which are overdue.
//! 8. [`error`]: any stage's error, with the exit code that it leads to and the line that it is about.
//! 9. [`caseload`]: many cases: read one after the other, run on many threads, and looked at together for what no single one
//!    shows.
//! 10. [`authoring`]: worked cases, accepted answers and coverage, for whoever changes a policy.
//! 11. [`report`]: an answer for a reader, one file a format.
//! 12. [`cli`]: files, clock and terminal; one file a verb; the only place that prints.
//!
//! A program that calls this one as a library needs three lines:
//!
//! ```
//! use brag::{
//!     case::Case,
//!     decision::{assessor::Assessor, decide::{CaseFile, decide}},
//!     policy::{Policy, source::Shelf},
//! };
//!
//! let policy = Policy::load(&Shelf::Shipped, "bgsw", &[]).unwrap();
//! let (case, document) = Case::parse("crn: X320741\niom: true\noasys: { rosh: high }\n").unwrap();
//! let file = CaseFile { case: case.into(), document: Some(document.into()), digest: "".into() };
//!
//! let decision = decide(&mut Assessor::new(&policy), &file, jiff::civil::date(2019, 5, 20)).unwrap();
//! assert_eq!(decision.tier.as_deref(), Some("Red"));
//! assert_eq!(&*decision.deciding().unwrap().rule, "iom");
//! ```
#![warn(missing_docs)]

pub mod authoring;
pub mod calendar;
pub mod case;
pub mod caseload;
pub mod cli;
pub mod decision;
pub mod error;
pub mod evaluate;
pub mod language;
pub mod policy;
pub mod report;
pub mod schedule;
