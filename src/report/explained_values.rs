//! What a rule worked out, as people read it: a small tree of helpers in the policy's words, each with the facts and the numbers
//! that made it so.

use crate::{
    case::value::Value,
    decision::{
        Decision,
        explained_value::{ExplainedValue, ValueKind},
        reason::Reason,
    },
    evaluate::inputs::Origin,
    policy::parameters::ASSUMPTION,
    report::{
        page::Page,
        phrases::{and, date},
    },
};
use std::collections::BTreeSet;

/// Most facts and numbers of one helper that are written out.
const MOST: usize = 8;
/// Most characters of one value.
const LONGEST: usize = 60;

/// What a rule worked out, to be drawn, and where what it tells of stands.
pub struct ExplainedValues<'a> {
    /// The decision that they are of.
    pub decision: &'a Decision,
    /// What the rule read.
    pub reason: Option<&'a Reason>,
}

impl ExplainedValues<'_> {
    /// Draws them, the facts and numbers that stand side by side as one line.
    pub fn draw(&self, page: &mut Page, indent: usize, workings: &[ExplainedValue]) {
        for group in workings.chunk_by(|one, next| is_leaf(one) && is_leaf(next)) {
            match group {
                [helper] if !is_leaf(helper) => self.helper(page, indent, helper),
                leaves => self.leaves(page, indent, leaves),
            }
        }
    }

    fn helper(&self, page: &mut Page, indent: usize, helper: &ExplainedValue) {
        // One that was told of before, and gave the same, is not told of again.
        if helper.parts.is_empty() && helper.kind == ValueKind::Helper {
            return self.leaves(page, indent, std::slice::from_ref(helper));
        }
        page.named(indent, 34_usize.saturating_sub(indent), &helper.name, &value(&helper.gave));
        page.aside(indent + 2, first_sentence(&helper.text));
        self.draw(page, indent + 2, &helper.parts);
    }

    fn leaves(&self, page: &mut Page, indent: usize, leaves: &[ExplainedValue]) {
        let mut said: Vec<String> = leaves.iter().take(MOST).map(|leaf| self.leaf(leaf)).collect();
        if let Some(more) = leaves.len().checked_sub(MOST).filter(|more| *more > 0) {
            said.push(format!("{more} more"));
        }
        page.note(indent, &said.join("; "));
    }

    fn leaf(&self, leaf: &ExplainedValue) -> String {
        let gave = value(&leaf.gave);
        match leaf.kind {
            ValueKind::Input => format!("{} {gave}{}", leaf.name, self.place(&leaf.name)),
            ValueKind::Presence => {
                let known = if leaf.gave == Value::Bool(true) { "known" } else { "not known" };
                format!("{} {known}{}", leaf.name, self.place(&leaf.name))
            }
            ValueKind::Parameter | ValueKind::Helper => format!("{} {gave}", leaf.name),
            ValueKind::Word => {
                let parts: Vec<String> = leaf.parts.iter().map(|part| self.leaf(part)).collect();
                format!("{} of {}: {gave}", leaf.name, parts.join(" by "))
            }
        }
    }

    /// Where a fact stands, and what it rests on where the case does not give it.
    fn place(&self, path: &str) -> String {
        let read = self.reason.and_then(|reason| reason.reads.iter().find(|read| *read.path == *path));
        let Some(read) = read else { return String::new() };
        match (read.line, read.origin) {
            (Some(line), _) => format!(" (line {line})"),
            (None, Origin::Presumed) => " (presumed)".to_owned(),
            (None, Origin::Assumed) => " (assumed)".to_owned(),
            _ => String::new(),
        }
    }

    /// Since when the numbers hold that were read, and where they come from: those of one source together.
    pub fn sources(&self, page: &mut Page, indent: usize, workings: &[ExplainedValue]) {
        let mut names = BTreeSet::new();
        parameters(workings, &mut names);
        let read: Vec<_> = self.decision.parameters.iter().filter(|known| names.contains(&*known.name)).collect();
        let mut told: Vec<(String, Vec<String>)> = Vec::new();
        for known in read {
            let source = if known.source == ASSUMPTION { "an assumption" } else { &known.source };
            let said = format!("{source}, since {}", date(known.since));
            match told.iter_mut().find(|(source, _)| *source == said) {
                Some((_, names)) => names.push(known.name.clone()),
                None => told.push((said, vec![known.name.clone()])),
            }
        }
        for (source, names) in told {
            page.aside(indent, &format!("{}: {source}", and(&names)));
        }
    }
}

/// The names of the parameters that were read.
fn parameters<'a>(workings: &'a [ExplainedValue], names: &mut BTreeSet<&'a str>) {
    for working in workings {
        if working.kind == ValueKind::Parameter {
            names.insert(working.name.split('[').next().unwrap_or_default());
        }
        parameters(&working.parts, names);
    }
}

/// Whether it is told of in a line with others: a fact, a number, or a word over such.
fn is_leaf(working: &ExplainedValue) -> bool {
    working.kind != ValueKind::Helper
}

fn value(value: &Value) -> String {
    let value = value.to_string();
    match value.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", value.get(..end).unwrap_or_default()),
        None => value,
    }
}

fn first_sentence(text: &str) -> &str {
    text.find(". ").and_then(|end| text.get(..=end)).unwrap_or(text)
}
