//! Stage six. In: an answer. Out: the answer for a reader, one file a format.

pub mod ics;
pub mod strip;
