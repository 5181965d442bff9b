//! What changed between two books for programs. The keys are stable.

use crate::{
    book_diff::{
        BookChange,
        ledger::{BookRead, Ledger, Totals},
    },
    decision::PolicyMark,
    report::{book_diff::BookDiffReport, compare_json::Span},
};
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::{Map, Value};
use std::{collections::BTreeSet, sync::Arc};

/// What changed between two books or two outputs: every change, and what they add up to. Keys may be added; none is renamed or taken away.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "BookDiff")]
pub(super) struct BookDiffDocument<'a> {
    /// The earlier book, or output.
    before: BookSide<'a>,
    /// The later one.
    after: BookSide<'a>,
    /// The policy that both books were looked at with; null for two outputs, which say what came out of them.
    policy: Option<&'a PolicyMark>,
    /// What all changes add up to.
    #[schemars(schema_with = "totals")]
    totals: Totals,
    /// The same for each officer; of cases without one last, under null.
    officers: Vec<OfficerRecord>,
    /// Every change, in order of officer, case and kind.
    changes: &'a [BookChange],
}

/// One of two books.
#[derive(Serialize, JsonSchema)]
struct BookSide<'a> {
    /// The file or folder, as it was named.
    name: &'a str,
    /// The latest date that a case was looked at for; null where none has an answer.
    on: Option<Date>,
    /// The first and the last date that a case was looked at for; null where none has an answer.
    dates: Option<Span>,
    /// Cases in it, those without an answer included.
    cases: usize,
    /// References that stand in it more than once; the first of them counts.
    twice: &'a BTreeSet<Arc<str>>,
    /// By what its answers were made, of an output that says so: policy, digest and what a trial took otherwise.
    made_by: &'a BTreeSet<String>,
}

/// What the changes of an officer add up to.
#[derive(Serialize, JsonSchema)]
struct OfficerRecord {
    /// Reference of the case manager; null of cases without one.
    officer: Option<Arc<str>>,
    /// What the changes add up to.
    #[schemars(schema_with = "totals")]
    totals: Totals,
}

impl<'a> BookDiffDocument<'a> {
    /// What changed, as one document.
    pub(super) fn of(report: &'a BookDiffReport) -> Self {
        let (officers, totals) = report.ledger.totals();
        let ([from, to], [before, after]) = (&report.names, &report.ledger.read);
        Self {
            before: BookSide::of(from, before),
            after: BookSide::of(to, after),
            policy: report.policy.as_ref(),
            totals,
            officers: officers.into_iter().map(|(officer, totals)| OfficerRecord { officer, totals }).collect(),
            changes: &report.ledger.changes,
        }
    }
}

impl<'a> BookSide<'a> {
    fn of(name: &'a str, read: &'a BookRead) -> Self {
        let dates = read.dates.map(|[first, last]| Span { first, last });
        let on = read.dates.map(|[_, last]| last);
        Self { name, on, dates, cases: read.cases, twice: &read.twice, made_by: &read.made_by }
    }
}

/// The totals have every kind of change, how often there is none of it too.
fn totals(of: &mut SchemaGenerator) -> Schema {
    let words: Vec<&str> = Ledger::nothing().into_keys().collect();
    let mut number = |word: &str| {
        let mut schema = usize::json_schema(of);
        schema.insert("description".to_owned(), format!("How many changes of the kind `{word}` there are.").into());
        (word.to_owned(), schema.to_value())
    };
    let properties: Map<String, Value> = words.iter().map(|word| number(word)).collect();
    json_schema!({
        "description": "Changes by kind; a change of officer counts as taken over for the one and as handed over for the other.",
        "type": "object",
        "properties": properties,
        "required": words,
    })
}
