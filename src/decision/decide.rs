//! The decision: runs a policy over a case and writes down the answer with its reasons.

use crate::{
    case::{Case, document::Node, supervision::Acknowledgement},
    decision::{
        Decision, PolicyMark, ReviewDue,
        judgement::judge,
        range::{Assumed, Range, range},
        reason::{Acknowledged, Flag, Reason, parameters_in_force},
        standards::Standards,
        verdict::Verdict,
    },
    policy::{
        Policy,
        edition::{Edition, Outcome},
        effect::Effect,
        fault::PolicyFault,
        session::{Facts, Later, Origin},
    },
};
use jiff::civil::Date;
use std::{collections::BTreeMap, sync::Arc};

/// A case as it was read: what it says, where each value stands, and the digest of its bytes.
#[derive(Debug, Clone)]
pub struct CaseFile {
    /// What it says.
    pub case: Arc<Case>,
    /// Where each value stands.
    pub document: Option<Arc<Node>>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub digest: String,
}

/// Decides a case on a date.
///
/// # Errors
///
/// When a rule of the policy fails.
pub fn decide(policy: &Policy, file: &CaseFile, on: Date) -> Result<Decision, Box<PolicyFault>> {
    let edition = policy.edition(on)?;
    let facts = facts(policy, file, on);
    let range = range(&edition, &facts)?;
    let tiers = policy.tiers();
    let nothing = || Box::new(PolicyFault::failed(policy.name(), "no way through the rules"));
    let (assumed, top) = range.top(tiers).ok_or_else(nothing)?;
    let answer = Answer { policy, edition: &edition, facts: &facts, file, on, range: &range, assumed, top };
    answer.decision()
}

/// What a policy sees of a case on a date: nothing that is dated later.
#[must_use]
pub fn facts(policy: &Policy, file: &CaseFile, on: Date) -> Arc<Facts> {
    facts_with(policy, file, on, None)
}

/// The same, with what a later stage knows.
pub(super) fn facts_with(policy: &Policy, file: &CaseFile, on: Date, later: Option<Arc<dyn Later>>) -> Arc<Facts> {
    Arc::new(Facts {
        case: Case::as_known_on(&file.case, on),
        on,
        inputs: Arc::clone(policy.inputs()),
        presumed: Arc::clone(policy.presumed()),
        as_written: policy.is_as_written(),
        instead: BTreeMap::new(),
        later,
    })
}

pub(super) struct Answer<'a> {
    pub(super) policy: &'a Policy,
    pub(super) edition: &'a Edition,
    pub(super) facts: &'a Arc<Facts>,
    pub(super) file: &'a CaseFile,
    pub(super) on: Date,
    pub(super) range: &'a Range,
    pub(super) assumed: &'a Assumed,
    pub(super) top: &'a Verdict,
}

impl Answer<'_> {
    fn decision(&self) -> Result<Decision, Box<PolicyFault>> {
        let tiers = self.policy.tiers();
        let computed = self.top.tier.clone();
        let standards = Standards { edition: self.edition, facts: self.facts, assumed: self.assumed };
        let computed_review = computed.as_deref().map(|tier| standards.review(tier)).transpose()?.flatten();
        let judgement =
            computed.as_deref().and_then(|tier| judge(&self.facts.case, tier, tiers, computed_review, self.on));
        let applied = judgement.as_ref().filter(|judgement| judgement.applied).map(|judgement| judgement.tier.clone());
        let tier = applied.or_else(|| computed.clone());
        let (mut contact, mut review, mut allocation) = (Vec::new(), None, None);
        if let Some(tier) = &tier {
            contact = standards.contact(tier)?;
            review = standards.review(tier)?;
            allocation = standards.allocation(tier)?;
        }
        let range = self.range.ends(tiers);
        let mut contact = contact.into_iter();
        let moved = judgement.as_ref().and_then(|judgement| judgement.flag(self.policy.name()));
        let flags = self.flags().into_iter().chain(moved).collect();
        Ok(Decision {
            crn: self.facts.case.crn.to_string(),
            assessed_on: self.on,
            policy: PolicyMark { name: self.policy.name().to_owned(), digest: self.policy.digest().to_owned() },
            case_digest: self.file.digest.clone(),
            engine: env!("CARGO_PKG_VERSION"),
            tier,
            computed,
            provisional: range.is_some() || self.says_provisional(),
            unsettled: if range.is_some() { self.range.unsettled(self.facts) } else { Vec::new() },
            range_exhaustive: self.range.exhaustive,
            range,
            points: self.top.points.clone(),
            reasons: self.reasons(),
            flags,
            contact: contact.next(),
            further_contact: contact.collect(),
            review: review.map(|standard| ReviewDue {
                due: standard.unit.after(self.on, standard.every),
                kind: "six_weekly".to_owned(),
                standard,
            }),
            allocation,
            judgement,
            presumed: self.presumed(),
            parameters: parameters_in_force(self.edition),
        })
    }

    pub(super) fn reasons(&self) -> Vec<Reason> {
        let document = self.file.document.as_deref();
        let rules = self.edition.rules().iter().zip(&self.top.outcomes);
        let mut reasons: Vec<Reason> =
            rules.map(|(rule, outcome)| Reason::new(rule, outcome, self.facts, document)).collect();
        if let (Some(outcome), Some(rule)) = (&self.top.provisional, self.policy.reserved().get("provisional")) {
            reasons.push(Reason::new(rule, outcome, self.facts, document));
        }
        reasons
    }

    fn says_provisional(&self) -> bool {
        let outcomes = self.top.outcomes.iter().map(AsRef::as_ref).chain(&self.top.provisional);
        outcomes.flat_map(|outcome: &Outcome| &outcome.effects).any(|effect| matches!(effect, Effect::Provisional(_)))
    }

    /// A flag is raised on evidence: one that only some values of a missing fact would raise is not.
    pub(super) fn flags(&self) -> Vec<Flag> {
        let mut flags: Vec<Flag> = Vec::new();
        for (index, (rule, outcome)) in self.edition.rules().iter().zip(&self.top.outcomes).enumerate() {
            for effect in &outcome.effects {
                let Effect::Flag { code, text } = effect else { continue };
                let raised = |verdict: &Verdict| {
                    let effects =
                        verdict.outcomes.get(index).map(|outcome| outcome.effects.as_slice()).unwrap_or_default();
                    effects.iter().any(|effect| matches!(effect, Effect::Flag { code: raised, .. } if raised == code))
                };
                if self.range.ways.iter().all(|(_, verdict)| raised(verdict)) {
                    let acknowledged = self.facts.case.acknowledged.iter().find(|one| one.code.as_str() == code);
                    flags.push(Flag {
                        code: code.clone(),
                        text: text.clone(),
                        rule: rule.name.clone(),
                        policy: self.policy.name().to_owned(),
                        severity: rule.severity.clone(),
                        acknowledged: acknowledged.map(acknowledgement),
                    });
                }
            }
        }
        flags
    }

    fn presumed(&self) -> Vec<String> {
        let reads = self.top.outcomes.iter().flat_map(|outcome| &outcome.reads);
        let presumed = reads.filter(|read| read.origin == Origin::Presumed);
        let mut paths: Vec<String> = presumed.map(|read| self.facts.inputs.get(read.input).path.clone()).collect();
        paths.sort();
        paths.dedup();
        paths
    }
}

fn acknowledgement(one: &Acknowledgement) -> Acknowledged {
    Acknowledged { by: one.by.to_string(), reason: one.reason.to_string(), date: one.date.0 }
}
