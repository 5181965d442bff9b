//! The integration tests: one binary, one file a behaviour.

mod authoring;
mod national_reference;
mod national_tier;
mod report;
mod schedule;
