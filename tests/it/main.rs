//! The integration tests: one binary, one file a behaviour.

mod explain;
mod national_reference;
mod national_tier;
mod report;
mod schedule;
