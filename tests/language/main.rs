//! The language of policies and what is promised of it, tried on many cases and many scripts. Everything is drawn with one
//! seed, in `BRAG_SEED`; a test prints it. `BRAG_LONG=1` goes the long way.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::format_collect,
    reason = "a test stops at what it did not expect, and is not measured"
)]

mod bounds;
mod cases;
mod draw;
mod fillings;
mod fuzz;
mod hostile;
mod interpreter;
mod missing_facts;
mod oracle;
mod oracle_scripts;
mod possible;
mod scripts;
mod stopped;
mod table;
mod table_rows;
mod targets;
