//! Stage three.
pub mod standard;
