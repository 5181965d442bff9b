//! The integration tests: one binary, one file a behaviour.

mod national_reference;
mod national_tier;
mod quality;
mod report;
mod schedule;
