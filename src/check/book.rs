//! What `caseload(book)` is handed, as [`crate::caseload::book`] makes it.

use super::meaning::{Meaning, One, Spot, Table};
use crate::{
    case::{
        domain::Domain,
        number::Percent,
        record::{Field, Kind, Part, Shape},
    },
    language::tree::Place,
};
use std::rc::Rc;

/// Whose cases a book holds.
const LEVELS: &[&str] = &["officer", "office", "all"];

fn text() -> Shape {
    Shape::Leaf(Domain::Text)
}

fn day() -> Shape {
    Shape::Leaf(Domain::Date)
}

fn truth() -> Shape {
    Shape::Leaf(Domain::Bool)
}

fn codes() -> Shape {
    Shape::List(Box::new(text()))
}

const fn field(name: &'static str, shape: fn() -> Shape, doc: &'static str) -> Field {
    Field { name, doc, kind: Kind::Detail, tense: None, from: "the book", shape }
}

/// What a book holds of each case.
pub(super) static CASES: &[Field] = &[
    field("crn", text, "Case reference."),
    field("officer", text, "Reference of the case manager."),
    field("office", text, "Local delivery unit."),
    field("recorded", text, "The tier last recorded."),
    field("computed", text, "The tier that the rules give, the lowest where facts are missing."),
    field("flags", codes, "The codes of the flags of the case."),
    field("started_on", day, "When the sentence started."),
    field("plan_on", day, "When the plan was completed."),
    field("ogrs3", Percent::shape, "OGRS3."),
    field("ogp", Percent::shape, "OGP."),
    field("ovp", Percent::shape, "OVP."),
];

/// What it holds of each rating that follows another one.
pub(super) static REVIEWS: &[Field] = &[
    field("crn", text, "Case reference."),
    field("by", text, "Who made the rating."),
    field("date", day, "When."),
    field("was", text, "The tier before it."),
    field("tier", text, "The tier of the rating."),
    field("changed", truth, "Whether the two differ."),
];

/// What it holds of each override.
pub(super) static OVERRIDES: &[Field] = &[
    field("crn", text, "Case reference."),
    field("date", day, "When."),
    field("from", text, "The tier that the rules gave."),
    field("to", text, "The tier that was recorded."),
    field("lowers", truth, "Whether that is the lower one."),
    field("raises", truth, "Whether that is the higher one."),
];

/// A book.
pub(super) fn book() -> Meaning {
    let spot = Spot::Script(0, Place::default());
    let list = |fields| Meaning::one(One::List(Rc::new(Meaning::one(One::Record(fields, &[])))));
    let name = Meaning::of_domain("book.name", Domain::Text, None).or(Meaning::one(One::Absent));
    let entries = [
        ("level", Meaning::of_domain("book.level", Domain::Words(LEVELS), None)),
        ("name", name),
        ("cases", list(CASES)),
        ("reviews", list(REVIEWS)),
        ("overrides", list(OVERRIDES)),
    ];
    let entries = entries.map(|(name, meaning)| (name.to_owned(), spot, meaning)).into();
    Meaning::one(One::Table(Rc::new(Table { entries, spot })))
}
