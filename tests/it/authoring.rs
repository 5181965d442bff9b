//! Worked cases, snapshots and their review.

mod coverage;
mod insta_agreement;
mod program;
mod review;
mod shipped;
mod walk;
