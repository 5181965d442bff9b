//! The targets of `tests/language/targets.rs` for libFuzzer, with what they need of the tests beside them.
#![allow(
    dead_code,
    unused_imports,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::format_collect,
    reason = "code of the tests, of which the targets use a part"
)]

#[path = "../../tests/language/cases.rs"]
mod cases;
#[path = "../../tests/language/draw.rs"]
mod draw;
#[path = "../../tests/language/fillings.rs"]
mod fillings;
#[path = "../../tests/language/interpreter.rs"]
mod interpreter;
#[path = "../../tests/language/oracle.rs"]
mod oracle;
#[path = "../../tests/language/oracle_scripts.rs"]
mod oracle_scripts;
#[path = "../../tests/language/possible.rs"]
mod possible;
#[path = "../../tests/language/scripts.rs"]
mod scripts;
#[path = "../../tests/language/targets.rs"]
pub mod targets;
