//! Answers for a reader.

mod ics;
mod strip;
