//! Inputs that no case file holds and only a later stage knows: what a tier policy made of the case. A policy that runs with
//! a tier policy reads them under `assessed`; for every other they are absent.

use super::{
    domain::Domain,
    record::{Field, Kind, Part, Shape},
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

/// Where a contact or a review can stand: the words of `schedule::State`.
pub const STATES: &[&str] = &["overdue", "in_grace", "due", "upcoming", "not_due", "suspended", "ends_first", "none"];

/// What a review can be for: the words of `schedule::ReviewKind`.
pub const REVIEW_KINDS: &[&str] = &["initial", "six_weekly", "triggered", "pre_release", "release", "transfer"];

const fn state() -> Shape {
    Shape::Leaf(Domain::Words(STATES))
}

const fn review_kind() -> Shape {
    Shape::Leaf(Domain::Words(REVIEW_KINDS))
}

const fn field(name: &'static str, kind: Kind, shape: fn() -> Shape, doc: &'static str) -> Field {
    Field { name, doc, kind, tense: None, from: "the tier policy that it runs with", shape }
}

/// What is said of each rating that is lower than the one before it.
pub static LOWERED: &[Field] = &[
    field("date", Kind::Required, day, "When it was made."),
    field("from", Kind::Required, Label::shape, "The former tier."),
    field("to", Kind::Required, Label::shape, "The lower one."),
    field("due", Kind::Detail, day, "By when contact was owed on that date under the former tier."),
    field("days_overdue", Kind::Required, days, "Days that it was overdue."),
];

/// What is said of each time between two meetings that is longer than the computed tier allows.
pub static GAPS: &[Field] = &[
    field("from", Kind::Required, day, "The meeting before it."),
    field("to", Kind::Required, day, "The meeting after it, or the last day."),
    field("days", Kind::Required, days, "How long it is."),
    field("allowed_to", Kind::Required, day, "Up to when the computed tier allows."),
];

fn lowered() -> Shape {
    Shape::List(Box::new(Shape::Record(LOWERED)))
}

fn gaps() -> Shape {
    Shape::List(Box::new(Shape::Record(GAPS)))
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
    "assessed.contact.state": state, "Where the next contact stands under the recorded tier.";
    "assessed.contact.due": day, "By when the person must be seen under the recorded tier.";
    "assessed.contact.days_overdue": days, "Days that the contact is overdue.";
    "assessed.review.state": state, "Where the next review stands.";
    "assessed.review.due": day, "By when the rating must be reviewed.";
    "assessed.review.days_overdue": days, "Days that the review is overdue.";
    "assessed.review.kind": review_kind, "What the review is for.";
    "assessed.initial_deadline": day, "By when the person had to be seen first in this phase.";
    "assessed.lowered": lowered, "Each rating that is lower than the one before it, and the contact owed on that date under the former tier.";
    "assessed.gaps_over_computed": gaps, "Each time between two meetings of this phase, or since the last, that is longer than the computed tier allows, while a lower tier was recorded.";
};
