//! Inputs that no case file holds and only a later stage knows: what a tier policy made of the case. A policy that runs with
//! a tier policy reads them under `assessed`; for every other they are absent.

use super::{
    domain::Domain,
    record::{Part, Shape},
    text::Label,
};

/// An input that a later stage gives.
#[derive(Debug)]
pub struct LaterInput {
    /// Its path.
    pub path: &'static str,
    /// What it means, one sentence.
    pub doc: &'static str,
    /// What it can hold.
    pub shape: fn() -> Shape,
}

const fn flag() -> Shape {
    Shape::Leaf(Domain::Bool)
}

const fn day() -> Shape {
    Shape::Leaf(Domain::Date)
}

const fn days() -> Shape {
    Shape::Leaf(Domain::Whole { min: 0, max: i64::MAX })
}

fn entries() -> Shape {
    Shape::List(Box::new(Shape::Record(&[])))
}

macro_rules! later {
    ($($path:literal: $shape:expr, $doc:literal;)*) => {
        &[$(LaterInput { path: $path, doc: $doc, shape: $shape }),*]
    };
}

/// Every input that a later stage gives.
pub static LATER: &[LaterInput] = later! {
    "assessed.policy": Label::shape, "Name of the tier policy.";
    "assessed.computed": Label::shape, "The tier that its rules give: the top of what the known facts leave open.";
    "assessed.computed_at_least": Label::shape, "The lowest tier that the known facts leave open.";
    "assessed.recorded": Label::shape, "The tier last recorded.";
    "assessed.recorded_below_computed": flag, "The tier last recorded is lower than every tier that the known facts leave open; a tier outside the order is not compared.";
    "assessed.contact.state": Label::shape, "Where the next contact stands under the recorded tier: `overdue`, `due`, `suspended` and so on.";
    "assessed.contact.due": day, "By when the person must be seen under the recorded tier.";
    "assessed.contact.days_overdue": days, "Days that the contact is overdue.";
    "assessed.review.state": Label::shape, "Where the next review stands.";
    "assessed.review.due": day, "By when the rating must be reviewed.";
    "assessed.review.days_overdue": days, "Days that the review is overdue.";
    "assessed.review.kind": Label::shape, "What the review is for: `six_weekly`, `triggered`, `pre_release` and so on.";
    "assessed.initial_deadline": day, "By when the person had to be seen first in this phase.";
    "assessed.lowered": entries, "Each rating that is lower than the one before it: `date`, `from`, `to`, and the contact owed on that date under the former tier, `due` and `days_overdue`.";
    "assessed.gaps_over_computed": entries, "Each time between two meetings of this phase, or since the last, that is longer than the computed tier allows, while a lower tier was recorded: `from`, `to`, `days` and `allowed_to`.";
};
