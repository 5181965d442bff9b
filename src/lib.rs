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
//! 3. [`mapping`]: a service's own rows and payloads as cases, by a file that says where each input is read.
//! 4. [`language`]: the language of a policy script. A script is read once, into a program in which every name is resolved; what the
//!    language does not have is refused with its line. One table says what each word takes, gives and does.
//! 5. [`evaluate`]: runs a program, over what is known of a case, or over everything that missing facts could be. One walk does
//!    both, keeps account of what was read, and is bounded by one budget.
//! 6. [`git`]: the files of a folder as a commit of a repository has them.
//! 7. [`policy`]: a folder of rules and numbers as one value: programs, numbers by date, and the policies that run with it.
//! 8. [`decision`]: the tier of a case, its range where facts are missing, every reason, and what would change it.
//! 9. [`schedule`]: the decision on the calendar: which contact and which review are due, and which are overdue.
//! 10. [`error`]: any stage's error, with the exit code that it leads to and the line that it is about.
//! 11. [`check`]: what is wrong with a policy and can be seen before any case: by what its expressions can be, and by what can come of
//!    its rules when every input is open.
//! 12. [`out_file`]: what is written to a file is written aside, and takes its name when it is whole.
//! 13. [`caseload`]: many cases: read one after the other, run on many threads, and looked at together for what no single one
//!    shows.
//! 14. [`comparison`]: two policies over one book: who moves, which rule and which number did it, and what it costs.
//! 15. [`book_diff`]: one policy over two books: what changed from the one to the other, a change a row.
//! 16. [`decision_log`]: answers as they were given, each line with the hash of the one before.
//! 17. [`authoring`]: worked cases, accepted answers and coverage, for whoever changes a policy.
//! 18. [`verify`]: what holds of every case that there could be: each claim proved, refuted by a case, or not decided.
//! 19. [`report`]: an answer for a reader, one file a format.
//! 20. `serve`: the verbs over HTTP; what each does is handed in by `cli`.
//! 21. [`cli`]: files, clock and terminal; one file a verb; the only place that prints.
//!
//! A program that calls this one as a library needs three lines:
//!
//! ```
//! use brag::{CaseFile, Policy};
//!
//! let case = CaseFile::parse("crn: X320741\niom: true\noasys: { rosh: high }\n").unwrap();
//! let assessment = Policy::shipped("bgsw").unwrap().assess(&case, jiff::civil::date(2019, 5, 20)).unwrap();
//! assert_eq!(assessment.decision.tier.as_deref(), Some("Red"));
//! assert_eq!(&*assessment.decision.deciding().unwrap().rule, "iom");
//! ```
#![warn(missing_docs)]

pub mod authoring;
pub mod book_diff;
pub mod calendar;
pub mod case;
pub mod caseload;
pub mod check;
pub mod cli;
pub mod comparison;
pub mod decision;
pub mod decision_log;
pub mod error;
pub mod evaluate;
pub mod git;
pub mod language;
pub mod mapping;
pub mod out_file;
pub mod policy;
pub mod report;
pub mod schedule;
#[cfg(feature = "serve")]
pub mod serve;
pub mod verify;

pub use decision::decide::CaseFile;
pub use policy::Policy;
pub use schedule::assess::Assessment;
