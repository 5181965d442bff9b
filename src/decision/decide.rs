//! The decision: runs a policy over a case and writes down the answer with its reasons.

use crate::{
    case::{Case, document::Node, supervision::Acknowledgement},
    decision::{
        Decision, PolicyMark, ReviewDue,
        desk::{AtWork, Desk},
        range::Range,
        reason::{Acknowledged, Flag, Reason},
        ruling::{Ruling, rule},
        verdict::Verdict,
    },
    policy::{
        Policy,
        edition::Outcome,
        effect::Effect,
        fault::PolicyFault,
        sight::{Facts, Origin, Sight},
    },
};
use jiff::civil::Date;
use std::sync::Arc;

/// A case as it was read: what it says, where each value stands, and the digest of its bytes.
#[derive(Debug, Clone)]
pub struct CaseFile {
    /// What it says.
    pub case: Arc<Case>,
    /// Where each value stands.
    pub document: Option<Arc<Node>>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub digest: Arc<str>,
}

/// Decides a case on a date.
///
/// # Errors
///
/// When a rule of the policy fails.
pub fn decide(desk: &mut Desk<'_>, file: &CaseFile, on: Date) -> Result<Decision, Box<PolicyFault>> {
    let facts = desk.facts(&file.case, on);
    decide_facts(desk, file, &facts)
}

/// Decides a case on what is known of it on a date.
///
/// # Errors
///
/// As [`decide`].
pub fn decide_facts(desk: &mut Desk<'_>, file: &CaseFile, facts: &Arc<Facts>) -> Result<Decision, Box<PolicyFault>> {
    let ruling = rule(desk, facts)?;
    let (policy, mark, only_fired) = (desk.policy(), desk.mark().clone(), desk.tells_what_fired());
    let at = desk.at(facts)?;
    let answer = Answer { policy, mark, at, file, sight: &ruling.sight, range: &ruling.range, top: &ruling.top };
    Ok(answer.decision(&ruling, only_fired))
}

pub(super) struct Answer<'a> {
    pub(super) policy: &'a Policy,
    pub(super) mark: PolicyMark,
    pub(super) at: &'a AtWork,
    pub(super) sight: &'a Sight,
    pub(super) file: &'a CaseFile,
    pub(super) range: &'a Range,
    pub(super) top: &'a Verdict,
}

impl Answer<'_> {
    fn decision(&self, ruling: &Ruling, only_fired: bool) -> Decision {
        let facts = &self.sight.facts;
        let range = self.range.ends(self.policy.tiers());
        let mut contact = ruling.contact.iter().cloned();
        let moved = ruling.judgement.as_ref().and_then(|judgement| judgement.flag(&self.mark.name));
        Decision {
            crn: facts.case.crn.shared(),
            assessed_on: facts.on,
            policy: self.mark.clone(),
            case_digest: Arc::clone(&self.file.digest),
            engine: env!("CARGO_PKG_VERSION"),
            tier: ruling.tier.clone(),
            computed: self.top.tier.clone(),
            provisional: range.is_some() || self.says_provisional(),
            unsettled: if range.is_some() { self.range.unsettled(facts) } else { Vec::new() },
            range_exhaustive: self.range.exhaustive,
            range,
            points: self.top.points.clone(),
            reasons: self.reasons(only_fired),
            flags: self.flags().into_iter().chain(moved).collect(),
            contact: contact.next(),
            further_contact: contact.collect(),
            review: ruling.review.map(|standard| ReviewDue {
                due: standard.unit.after(facts.on, standard.every),
                kind: "six_weekly".to_owned(),
                standard,
            }),
            allocation: ruling.allocation,
            judgement: ruling.judgement.clone(),
            presumed: self.presumed(),
            parameters: Arc::clone(&self.at.parameters),
        }
    }

    /// What the rules say, in order; of all, or only of those that fired.
    pub(super) fn reasons(&self, only_fired: bool) -> Vec<Reason> {
        let document = self.file.document.as_deref();
        let rules = self.at.rules.iter().zip(&self.top.outcomes);
        let rules = rules.filter(|(_, outcome)| !only_fired || !outcome.effects.is_empty());
        let mut reasons: Vec<Reason> =
            rules.map(|(rule, outcome)| Reason::new(rule, outcome, self.sight, document)).collect();
        let last = self.top.provisional.as_ref().filter(|outcome| !only_fired || !outcome.effects.is_empty());
        if let (Some(outcome), Some(rule)) = (last, self.policy.reserved().get("provisional")) {
            reasons.push(Reason::new(rule, outcome, self.sight, document));
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
        for (index, (rule, outcome)) in self.at.rules.iter().zip(&self.top.outcomes).enumerate() {
            for effect in &outcome.effects {
                let Effect::Flag { code, text } = effect else { continue };
                let raised = |verdict: &Verdict| {
                    let effects =
                        verdict.outcomes.get(index).map(|outcome| outcome.effects.as_slice()).unwrap_or_default();
                    effects.iter().any(|effect| matches!(effect, Effect::Flag { code: raised, .. } if raised == code))
                };
                if self.range.ways.iter().all(|(_, verdict)| raised(verdict)) {
                    let acknowledged =
                        self.sight.facts.case.acknowledged.iter().find(|one| one.code.as_str() == &**code);
                    flags.push(Flag {
                        code: Arc::clone(code),
                        text: text.clone(),
                        rule: Arc::clone(&rule.name),
                        policy: Arc::clone(&self.mark.name),
                        severity: rule.severity.clone(),
                        acknowledged: acknowledged.map(acknowledgement),
                    });
                }
            }
        }
        flags
    }

    fn presumed(&self) -> Vec<Arc<str>> {
        let facts = &self.sight.facts;
        if facts.presumed.is_empty() {
            return Vec::new();
        }
        let asked = self.top.outcomes.iter().flat_map(|outcome| &outcome.asked);
        let presumed = asked
            .filter(|asked| facts.presumed.contains_key(&asked.input))
            .filter(|asked| matches!(self.sight.look_up(asked.input, asked.presence), Ok((_, Origin::Presumed))));
        let mut paths: Vec<Arc<str>> = presumed.map(|asked| Arc::clone(&facts.inputs.get(asked.input).path)).collect();
        paths.sort();
        paths.dedup();
        paths
    }
}

fn acknowledgement(one: &Acknowledgement) -> Acknowledged {
    Acknowledged { by: one.by.to_string(), reason: one.reason.to_string(), date: one.date.0 }
}
