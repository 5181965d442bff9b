//! The answer for programs in short: the rules that fired, by name, with what they read; their texts, their sources and the
//! numbers in force stand in the policy, which the answer names with its digest.

use crate::{
    case::value::Value,
    decision::{
        Decision, PolicyMark, ReviewDue,
        judgement::Judgement,
        range::Unsettled,
        reason::{Flag, ReadReason, Reason},
        standard::{Allocation, ContactStandard},
    },
    policy::effect::Effect,
    schedule::{Schedule, assess::Assessment},
};
use jiff::civil::Date;
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

/// An answer in short.
#[derive(Debug, Serialize)]
pub struct Short<'a> {
    crn: &'a str,
    assessed_on: Date,
    policy: &'a PolicyMark,
    case_digest: &'a str,
    engine: &'a str,
    tier: Option<&'a str>,
    computed: Option<&'a str>,
    provisional: bool,
    range: &'a Option<[String; 2]>,
    range_exhaustive: bool,
    unsettled: &'a [Unsettled],
    points: &'a BTreeMap<String, i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasons: Option<Vec<Fired<'a>>>,
    flags: &'a [Flag],
    contact: &'a Option<ContactStandard>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    further_contact: &'a [ContactStandard],
    review: &'a Option<ReviewDue>,
    allocation: &'a Option<Allocation>,
    r#override: &'a Option<Judgement>,
    presumed: &'a [Arc<str>],
    next: &'a Option<Schedule>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    with: Vec<With<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
}

/// A rule that fired.
#[derive(Debug, Serialize)]
struct Fired<'a> {
    rule: &'a str,
    effects: &'a [Effect],
    reads: Vec<Saw<'a>>,
}

/// What it read.
#[derive(Debug, Serialize)]
struct Saw<'a> {
    path: &'a str,
    value: &'a Value,
    origin: &'a str,
}

/// A policy that ran with the one that gave the tier.
#[derive(Debug, Serialize)]
struct With<'a> {
    policy: &'a PolicyMark,
    reasons: Vec<Fired<'a>>,
}

impl<'a> Short<'a> {
    /// Of an answer, with the rules that fired or without.
    #[must_use]
    pub fn new(assessment: &'a Assessment, line: Option<usize>, fired: bool) -> Self {
        let decision: &Decision = &assessment.decision;
        let with = assessment.with.iter().filter(|_| fired);
        Self {
            crn: &decision.crn,
            assessed_on: decision.assessed_on,
            policy: &decision.policy,
            case_digest: &decision.case_digest,
            engine: decision.engine,
            tier: decision.tier.as_deref(),
            computed: decision.computed.as_deref(),
            provisional: decision.provisional,
            range: &decision.range,
            range_exhaustive: decision.range_exhaustive,
            unsettled: &decision.unsettled,
            points: &decision.points,
            reasons: fired.then(|| all_fired(&decision.reasons)),
            flags: &decision.flags,
            contact: &decision.contact,
            further_contact: &decision.further_contact,
            review: &decision.review,
            allocation: &decision.allocation,
            r#override: &decision.judgement,
            presumed: &decision.presumed,
            next: &assessment.next,
            with: with.map(|with| With { policy: &with.policy, reasons: all_fired(&with.reasons) }).collect(),
            line,
        }
    }
}

fn all_fired(reasons: &[Reason]) -> Vec<Fired<'_>> {
    reasons.iter().filter(|reason| reason.fired).map(Fired::of).collect()
}

impl<'a> Fired<'a> {
    fn of(reason: &'a Reason) -> Self {
        let saw = |read: &'a ReadReason| Saw { path: &read.path, value: &read.value, origin: read.origin };
        Self { rule: &reason.rule, effects: &reason.effects, reads: reason.reads.iter().map(saw).collect() }
    }
}
