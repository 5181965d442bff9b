//! The answer for programs in short: the rules that fired, by name, with what they read; their texts, their sources and the
//! numbers in force stand in the policy, which the answer names with its digest.

use crate::{
    case::value::Value,
    decision::{PolicyMark, reason::Reason},
    evaluate::inputs::Origin,
    language::effect::Effect,
    schedule::assess::Assessment,
};
use serde::{Serialize, Serializer, ser::SerializeMap};

/// An answer in short.
#[derive(Debug)]
pub struct Short<'a> {
    /// The answer.
    pub assessment: &'a Assessment,
    /// The line that its case begins at, in a file of many cases.
    pub line: Option<usize>,
    /// Whether it has the rules that fired.
    pub with_fired: bool,
}

/// A rule that fired.
#[derive(Serialize)]
struct Fired<'a> {
    rule: &'a str,
    effects: &'a [Effect],
    reads: Vec<Saw<'a>>,
}

/// What it read.
#[derive(Serialize)]
struct Saw<'a> {
    path: &'a str,
    value: &'a Value,
    origin: Origin,
}

/// A policy that ran with the one that gave the tier.
#[derive(Serialize)]
struct With<'a> {
    policy: &'a PolicyMark,
    reasons: Vec<Fired<'a>>,
}

/// Writes some fields of a struct under their own names.
macro_rules! fields {
    ($to:ident, $of:expr, $($name:ident)*) => { $( $to.serialize_entry(stringify!($name), &$of.$name)?; )* };
}

impl Serialize for Short<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self { assessment, line, with_fired } = self;
        let decision = &assessment.decision;
        let mut to = to.serialize_map(None)?;
        fields!(to, decision, crn assessed_on);
        for (name, label) in [("officer", &decision.officer), ("office", &decision.office)] {
            if let Some(label) = label {
                to.serialize_entry(name, label)?;
            }
        }
        fields!(to, decision, policy case_digest engine tier computed provisional);
        fields!(to, decision, range range_exact unsettled);
        if !decision.doubts.is_empty() {
            fields!(to, decision, doubts);
        }
        fields!(to, decision, points);
        if *with_fired {
            to.serialize_entry("reasons", &fired(&decision.reasons))?;
        }
        fields!(to, decision, flags contact);
        if !decision.further_contact.is_empty() {
            fields!(to, decision, further_contact);
        }
        fields!(to, decision, review allocation);
        if decision.workload.is_some() {
            fields!(to, decision, workload);
        }
        to.serialize_entry("override", &decision.judgement)?;
        fields!(to, decision, presumed);
        fields!(to, assessment, next);
        if *with_fired && !assessment.with.is_empty() {
            let with = assessment.with.iter().map(|with| With { policy: &with.policy, reasons: fired(&with.reasons) });
            to.serialize_entry("with", &with.collect::<Vec<_>>())?;
        }
        if let Some(line) = line {
            to.serialize_entry("line", line)?;
        }
        to.end()
    }
}

fn fired(reasons: &[Reason]) -> Vec<Fired<'_>> {
    let fired = reasons.iter().filter(|reason| reason.fired).map(|reason| Fired {
        rule: &reason.rule,
        effects: &reason.effects,
        reads: reason.reads.iter().map(|of| Saw { path: &of.path, value: &of.value, origin: of.origin }).collect(),
    });
    fired.collect()
}
