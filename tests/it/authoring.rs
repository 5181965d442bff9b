//! Worked cases, snapshots and their review.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test says at once that something is not as it must be"
)]

mod coverage;
mod insta_agreement;
mod mutants;
mod numbers;
mod officer;
mod program;
mod review;
mod shipped;
mod slips;
mod walk;
