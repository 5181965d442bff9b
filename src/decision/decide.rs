//! The decision: runs a policy over a case and writes down the answer with its reasons.

use crate::{
    case::{Case, digest::CaseDigest, document::Node, fault::Fault, supervision::Acknowledgement, text::Label},
    decision::{
        Decision, PolicyMark, ReviewDue,
        assessor::{Assessor, AtWork},
        range::{Range, presumed},
        reason::{Acknowledged, Flag, Places, Reason},
        ruling::{Ruling, rule},
        sourced::Sourced,
        unrecorded::outcomes_to_find_out,
        unsettled::{Unsettled, unsettled},
        verdict::Verdict,
    },
    evaluate::{
        inputs::{Facts, Inputs},
        outcome::Outcome,
    },
    language::{effect::Effect, fault::PolicyFault},
    policy::Policy,
};
use jiff::civil::Date;
use std::sync::Arc;

/// A case as it was read: what it says, and where each value stands.
#[derive(Debug, Clone)]
pub struct CaseFile {
    /// What it says.
    pub case: Arc<Case>,
    /// Where each value stands.
    pub document: Option<Arc<Node>>,
    /// What it was made of, where a mapping made it of a service's own data.
    pub sourced: Option<Arc<Sourced>>,
}

impl CaseFile {
    /// A case from YAML.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let (case, document) = Case::parse(text)?;
        Ok(Self { case: Arc::new(case), document: Some(Arc::new(document)), sourced: None })
    }
}

/// Decides a case on a date.
///
/// # Errors
///
/// When a rule of the policy fails.
pub fn decide(assessor: &mut Assessor<'_>, file: &CaseFile, on: Date) -> Result<Decision, Box<PolicyFault>> {
    let facts = assessor.facts(&file.case, on);
    decide_facts(assessor, file, &facts)
}

/// Decides a case on what is known of it on a date.
///
/// # Errors
///
/// As [`decide`].
pub fn decide_facts(
    assessor: &mut Assessor<'_>,
    file: &CaseFile,
    facts: &Arc<Facts>,
) -> Result<Decision, Box<PolicyFault>> {
    let ruling = rule(assessor, facts)?;
    let (policy, mark, only_fired) = (assessor.policy(), assessor.mark().clone(), assessor.tells_what_fired());
    let ends = ruling.range.ends.as_ref();
    let unsettled = ends.map(|ends| unsettled(&mut assessor.at(facts).evaluator, facts, ends)).unwrap_or_default();
    let answer = Answer { policy, mark, at: assessor.at(facts), file, inputs: &ruling.inputs, range: &ruling.range };
    let mut decision = answer.decision(&ruling, unsettled, only_fired);
    if let Some(said) = ruling.unrecorded {
        decision.provisional = true;
        decision.doubts.push(said);
        decision.doubted.extend(outcomes_to_find_out(facts));
    }
    Ok(decision)
}

pub(super) struct Answer<'a, 'p> {
    pub(super) policy: &'a Policy,
    pub(super) mark: PolicyMark,
    pub(super) at: &'a AtWork<'p>,
    pub(super) inputs: &'a Inputs,
    pub(super) file: &'a CaseFile,
    pub(super) range: &'a Range,
}

impl Answer<'_, '_> {
    pub(super) fn top(&self) -> &Verdict {
        &self.range.top.1
    }

    fn decision(&self, ruling: &Ruling, unsettled: Vec<Unsettled>, only_fired: bool) -> Decision {
        let facts = &self.inputs.facts;
        let mut contact = ruling.contact.iter().cloned();
        let (doubts, doubted): (Vec<String>, Vec<String>) = self.doubts().into_iter().unzip();
        let moved = ruling.judgement.as_ref().and_then(|judgement| judgement.flag(&self.mark.name));
        Decision {
            crn: facts.case.crn.shared(),
            assessed_on: facts.on,
            officer: facts.case.supervision.officer.id.as_ref().map(Label::shared),
            office: facts.case.supervision.office.as_ref().map(Label::shared),
            policy: self.mark.clone(),
            case_digest: CaseDigest::of(&self.file.case),
            engine: env!("CARGO_PKG_VERSION"),
            tier: ruling.tier.clone(),
            computed: self.top().tier.clone(),
            provisional: self.range.ends.is_some() || self.says_provisional() || !doubted.is_empty(),
            unsettled,
            doubts,
            doubted,
            range_exact: self.range.exact,
            range: self.range.ends.clone(),
            points: self.top().points.clone(),
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
            workload: ruling.workload,
            judgement: ruling.judgement.clone(),
            presumed: self.presumed(),
            parameters: Arc::clone(&self.at.parameters),
        }
    }

    /// What the rules say, in order; of all, or only of those that fired.
    pub(super) fn reasons(&self, only_fired: bool) -> Vec<Reason> {
        let file = self.file;
        let places = Places { case: &file.case, document: file.document.as_deref(), sourced: file.sourced.as_deref() };
        let rules = self.at.rules.iter().zip(&self.top().outcomes);
        let rules = rules.filter(|(_, outcome)| !only_fired || !outcome.effects.is_empty());
        let mut reasons: Vec<Reason> =
            rules.map(|(rule, outcome)| Reason::new(rule, outcome, self.inputs, places)).collect();
        let last = self.top().provisional.as_ref().filter(|outcome| !only_fired || !outcome.effects.is_empty());
        if let (Some(outcome), Some(rule)) = (last, self.policy.program().reserved.get("provisional")) {
            reasons.push(Reason::new(&rule.rule, outcome, self.inputs, places));
        }
        reasons
    }

    fn says_provisional(&self) -> bool {
        let outcomes = self.top().outcomes.iter().chain(&self.top().provisional);
        outcomes.flat_map(|outcome| &outcome.effects).any(|effect| matches!(effect, Effect::Provisional(_)))
    }

    /// A flag is raised on evidence: one that only some values of a missing fact would raise is not.
    pub(super) fn flags(&self) -> Vec<Flag> {
        let mut flags: Vec<Flag> = Vec::new();
        for (index, (rule, outcome)) in self.at.rules.iter().zip(&self.top().outcomes).enumerate() {
            if self.rests_on_silence(outcome) {
                continue;
            }
            for effect in &outcome.effects {
                let Effect::Flag { code, text } = effect else { continue };
                let surely = self.range.flags.as_ref().and_then(|flags| flags.get(index));
                if surely.is_none_or(|codes| codes.contains(code)) {
                    let acknowledged =
                        self.inputs.facts.case.acknowledged.iter().find(|one| one.code.as_str() == &**code);
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

    /// Whether a rule looked at something that the source of the case could never have said: what it raises may be raised on that.
    fn rests_on_silence(&self, outcome: &Outcome) -> bool {
        let Some(sourced) = self.file.sourced.as_deref() else { return false };
        let inputs = &self.inputs.facts.inputs;
        outcome.reads.iter().any(|read| sourced.cannot_know(&inputs.get(read.input).path))
    }

    fn presumed(&self) -> Vec<Arc<str>> {
        let all = presumed(self.inputs, self.top()).into_iter().chain(self.range.presumed.iter().copied());
        let mut paths: Vec<Arc<str>> = all.map(|input| Arc::clone(&self.inputs.facts.inputs.get(input).path)).collect();
        paths.sort();
        paths.dedup();
        paths
    }
}

fn acknowledgement(one: &Acknowledgement) -> Acknowledged {
    Acknowledged { by: one.by.to_string(), reason: one.reason.to_string(), date: one.date.0 }
}
