//! The calendar: what is owed, by when, and why.

mod contact_edges;
mod file;
mod phase;
mod properties;
mod reference;
mod review_edges;
mod tier_changes;
mod worked;
mod working_days;
