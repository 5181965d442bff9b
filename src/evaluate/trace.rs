//! What a rule met: comparisons, and what was worked out of what, for `explain`; what conditions came to, for coverage.

use crate::{
    case::{input::InputId, value::entries},
    evaluate::workings::{Subject, Workings},
    language::{datum::Datum, tree::Place},
};
use std::collections::BTreeMap;

/// Most comparisons that are kept of one rule: more than anybody reads.
const MOST: usize = 20_000;

/// One comparison that a rule met: of two values, a truth value that it read, or whether an input is known. Of the last two the
/// operator is `is`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Which script.
    pub script: u16,
    /// Where the operator stands.
    pub place: Place,
    /// The input, of a truth value or a presence.
    pub input: Option<InputId>,
    /// Left operand, as seen.
    pub left: String,
    /// The operator.
    pub operator: &'static str,
    /// Right operand, as seen.
    pub right: String,
    /// What the operands are of.
    pub of: [Subject; 2],
    /// Whether it holds, a `!` before it counted.
    pub holds: bool,
}

/// Whether conditions came out false and true, by their number.
pub type CameOut = BTreeMap<u32, [bool; 2]>;

/// Notes what a condition came to, once or in all of several runs.
pub fn came_out(met: &mut CameOut, number: u32, [no, yes]: [bool; 2]) {
    let known = met.entry(number).or_default();
    *known = [known[0] || no, known[1] || yes];
}

/// What was met, in order.
#[derive(Debug, Default)]
pub struct Trace {
    /// The comparisons; of very many the first, and the last.
    pub comparisons: Vec<Comparison>,
    /// What was worked out of what.
    pub workings: Workings,
}

impl Trace {
    /// Forgets what was met.
    pub fn clear(&mut self) {
        self.comparisons.clear();
        self.workings.clear();
    }

    /// More may be said of the last, so that it is always kept.
    fn push(&mut self, comparison: Comparison) {
        self.comparisons.truncate(MOST - 1);
        self.comparisons.push(comparison);
    }

    /// Notes whether an input is known.
    pub fn presence(&mut self, script: u16, place: Place, input: InputId, known: bool) {
        let right = if known { "known" } else { "not known" }.to_owned();
        let (input, left) = (Some(input), String::new());
        let of = [Subject::Value, Subject::Value];
        self.push(Comparison { script, place, input, left, operator: "is", right, of, holds: known });
    }

    /// Notes a truth value that was read.
    pub fn truth(&mut self, script: u16, place: Place, input: InputId, holds: bool) {
        let (input, left, right) = (Some(input), String::new(), holds.to_string());
        let of = [Subject::Value, Subject::Value];
        self.push(Comparison { script, place, input, left, operator: "is", right, of, holds });
    }

    /// Notes a comparison of two values.
    pub fn compared(&mut self, at: (u16, Place), left: &Datum, operator: &'static str, right: &Datum, holds: bool) {
        let (left, right) = (shown(left), shown(right));
        let of = [Subject::Value, Subject::Value];
        self.push(Comparison { script: at.0, place: at.1, input: None, left, operator, right, of, holds });
    }

    /// Notes what the operands of the comparison are of that was met last, where it was met there.
    pub fn name_operands(&mut self, at: (u16, Place), left: Subject, right: Subject) {
        let is_there = |last: &&mut Comparison| (last.script, last.place) == at && last.operator != "is";
        if let Some(last) = self.comparisons.last_mut().filter(is_there) {
            last.of = if last.operator == "in" { [right, left] } else { [left, right] };
        }
    }

    /// What was met last stands behind a `!`.
    pub fn turn_round(&mut self) {
        if let Some(last) = self.comparisons.last_mut() {
            last.holds = !last.holds;
        }
    }
}

/// A value for a reader; of a long one the beginning.
fn shown(value: &Datum) -> String {
    match value {
        Datum::Absent => "not known".to_owned(),
        Datum::Bool(value) => value.to_string(),
        Datum::Whole(value) => value.to_string(),
        Datum::Decimal(value) => value.to_string(),
        Datum::Date(value) => value.to_string(),
        Datum::Word(word) => (*word).to_owned(),
        Datum::Text(text) => text.chars().take(200).collect(),
        Datum::List(list) if list.depth == 1 => {
            let items: Vec<String> = list.items.iter().take(40).map(shown).collect();
            format!("[{}]", items.join(", "))
        }
        Datum::List(list) => entries(list.items.len()),
        Datum::Table(table) => format!("{} fields", table.entries.len()),
        other => other.kind().to_owned(),
    }
}
