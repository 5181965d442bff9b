//! A decision on the calendar: what follows if its tier is adopted on its date, and what is owed under the tier on record.

use crate::{
    calendar::{OutOfYears, WorkingDays},
    case::{
        derived::in_custody,
        fault::Fault,
        phase::{MET, times_seen},
        text::Label,
    },
    decision::{
        Decision, ReviewDue,
        assessor::{Assessor, AtWork},
        companion::{Companion, accompany},
        decide::{CaseFile, decide_facts},
        reason::Flag,
        ruling::Ruling,
        unsettled::Unsettled,
    },
    evaluate::inputs::{Facts, Later},
    language::fault::PolicyFault,
    policy::Policy,
    schedule::{
        Due, Schedule, Standards,
        assessed::{Assessed, Owed, owed_for},
        carried::{Carried, recorded_tier},
        from_policy, schedule_if_adopted,
        uncounted::Uncounted,
    },
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// A decision with what follows from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Assessment {
    /// The decision.
    #[serde(flatten)]
    pub decision: Decision,
    /// The next contact and review, if the tier is adopted on that date; null in a policy that asks for neither.
    pub next: Option<Schedule>,
    /// The policies that ran with it, each with the rules that fired. Their flags stand among those of the decision.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<Companion>,
}

/// What is owed for a case under the tier on record, beside the tier that the rules give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DueCase {
    /// Case reference.
    pub crn: Arc<str>,
    /// The date that the answer is for.
    pub on: Date,
    /// The date whose rules and numbers are in force, where that is not the date that the answer is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law: Option<Date>,
    /// What the run took otherwise than the policy's files say, a line each. Such an answer is a trial.
    #[schemars(length(min = 1))]
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub trial: Arc<[String]>,
    /// The tier last recorded.
    pub recorded: Option<String>,
    /// The tier to act on: that of the rules, unless professional judgement moved it.
    pub tier: Option<String>,
    /// The tier that the rules give.
    pub computed: Option<String>,
    /// Whether the computed tier rests on incomplete evidence.
    pub provisional: bool,
    /// Paths of the facts that would settle it, the most decisive first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub settled_by: Vec<Arc<str>>,
    /// Whether the tier on record is lower than the one to act on.
    pub recorded_below: bool,
    /// The next contact.
    pub contact: Due,
    /// The next review.
    pub review: Due,
    /// When the person was last seen, in prison and by video too.
    pub last_seen: Option<Date>,
    /// When somebody in custody is to be released.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<Date>,
    /// Reference of the case manager.
    pub officer: Option<String>,
    /// Local delivery unit.
    pub office: Option<String>,
    /// Contacts on record that do not count: those without an outcome, and those after the date.
    #[serde(skip)]
    pub uncounted: Uncounted,
    /// When the person was seen, for the picture of the weeks.
    #[serde(skip)]
    pub seen: Vec<Date>,
    /// What the tier to act on comes from: a rule, or `override`.
    #[serde(skip)]
    pub rule: Option<Arc<str>>,
}

/// Why a case has no schedule.
#[derive(Debug, Clone)]
pub enum NoSchedule {
    /// The case records a tier that the policy does not have.
    Case(Fault),
    /// A rule failed.
    Policy(Box<PolicyFault>),
    /// A date lies outside the years of the calendar of working days.
    Years(OutOfYears),
}

impl From<Box<PolicyFault>> for NoSchedule {
    fn from(fault: Box<PolicyFault>) -> Self {
        Self::Policy(fault)
    }
}

impl From<PolicyFault> for NoSchedule {
    fn from(fault: PolicyFault) -> Self {
        Self::Policy(Box::new(fault))
    }
}

impl From<OutOfYears> for NoSchedule {
    fn from(years: OutOfYears) -> Self {
        Self::Years(years)
    }
}

impl Policy {
    /// Assesses one case on a date, by the bank holidays of England and Wales. Whoever has many of them keeps an [`Assessor`].
    ///
    /// # Errors
    ///
    /// As [`assess`], and when the case records a tier that the policy does not have.
    pub fn assess(&self, file: &CaseFile, on: Date) -> Result<Assessment, NoSchedule> {
        let file = file.clone().under(&self.vocabulary()).map_err(NoSchedule::Case)?;
        assess(&mut Assessor::new(self), &file, on, &WorkingDays::shipped())
    }
}

/// Decides a case and says what follows if its tier is adopted.
///
/// # Errors
///
/// When a rule fails, or a date lies outside the calendar of working days.
pub fn assess(
    assessor: &mut Assessor<'_>,
    file: &CaseFile,
    on: Date,
    days: &WorkingDays,
) -> Result<Assessment, NoSchedule> {
    Ok(reckoned(assessor, file, on, days, false, |_, _, _, _| Ok(()))?.0)
}

/// The same, with what the case asks for under the tier on record.
///
/// # Errors
///
/// As [`assess`].
pub fn assess_and_carry(
    assessor: &mut Assessor<'_>,
    file: &CaseFile,
    on: Date,
    days: &WorkingDays,
) -> Result<(Assessment, Carried), NoSchedule> {
    reckoned(assessor, file, on, days, true, Carried::of)
}

/// An assessment, and what is made of everything that it was reckoned with; what is owed under the tier on record is reckoned only
/// where somebody looks at it.
fn reckoned<T>(
    assessor: &mut Assessor<'_>,
    file: &CaseFile,
    on: Date,
    days: &WorkingDays,
    wants_record: bool,
    made: impl FnOnce(&mut AtWork<'_>, &Arc<Facts>, &Decision, Option<&Owed>) -> Result<T, NoSchedule>,
) -> Result<(Assessment, T), NoSchedule> {
    let policy = assessor.policy();
    let facts = assessor.facts(&file.case, on);
    let mut decision = decide_facts(assessor, file, &facts)?;
    let standards = from_policy::standards(policy, assessor.at(&facts), &facts, &decision.tiers())?;
    let next = match (&decision.tier, &standards) {
        (Some(tier), Some(standards)) => Some(schedule_if_adopted(&facts.case, on, tier, standards, days)?),
        _ => None,
    };
    if let (Some(next), Some(review)) = (&next, decision.review.take()) {
        let kind = next.review.kind.map_or("none", crate::schedule::ReviewKind::as_str).to_owned();
        decision.review = next.review.due.map(|due| ReviewDue { due: Some(due), kind, standard: review.standard });
    }
    let standards = standards.filter(|_| wants_record || !policy.companions().is_empty());
    let owed = Owed::of(&facts, decision.tier.as_deref(), standards, days)?;
    let carried = made(assessor.at(&facts), &facts, &decision, owed.as_ref())?;
    let with = accompanied(assessor, file, &facts, (decision.computed.as_deref(), decision.range.as_ref()), owed)?;
    decision.flags.extend(with.iter().flat_map(|companion| companion.flags.clone()));
    Ok((Assessment { decision, next, with }, carried))
}

/// The flags that an assessment has beside those of the rules themselves: that of professional judgement, and what the policies that run
/// with this one raise, to whom it is told what the policy asks.
///
/// # Errors
///
/// As [`assess`].
pub fn flags_beside(
    assessor: &mut Assessor<'_>,
    file: &CaseFile,
    (ruling, standards): (&Ruling, Option<Standards>),
    days: &WorkingDays,
) -> Result<Vec<Flag>, NoSchedule> {
    let facts = &ruling.inputs.facts;
    let owed = Owed::of(facts, ruling.tier.as_deref(), standards, days)?;
    let (computed, ends) = (ruling.range.top.1.tier.as_deref(), ruling.range.ends.as_ref());
    let with = accompanied(assessor, file, facts, (computed, ends), owed)?;
    let moved = ruling.judgement.as_ref().and_then(|judgement| judgement.flag(assessor.policy().name()));
    Ok(moved.into_iter().chain(with.into_iter().flat_map(|companion| companion.flags)).collect())
}

/// The standards of every tier that a ruling leaves open or the record has, as an assessment asks for them: one that fails has no answer.
///
/// # Errors
///
/// As [`assess`], for what follows from a tier.
pub fn tier_standards(
    assessor: &mut Assessor<'_>,
    facts: &Arc<Facts>,
    ruling: &Ruling,
) -> Result<Option<Standards>, Box<PolicyFault>> {
    from_policy::standards(assessor.policy(), assessor.at(facts), facts, &ruling.tiers())
}

/// Runs the policies that go with this one, told of the tier that the rules give, and of the ends of what missing facts leave open.
fn accompanied(
    assessor: &mut Assessor<'_>,
    file: &CaseFile,
    facts: &Facts,
    computed: (Option<&str>, Option<&[String; 2]>),
    owed: Option<Owed>,
) -> Result<Vec<Companion>, Box<PolicyFault>> {
    if assessor.companions().is_empty() {
        return Ok(Vec::new());
    }
    let assessed: Arc<dyn Later> = Arc::new(Assessed::new(assessor.policy(), facts, computed, owed));
    let run = |companion| accompany(companion, file, facts, Arc::clone(&assessed));
    assessor.companions().iter_mut().map(run).collect()
}

/// What is owed for a case under the tier on record, or the one that the rules give where there is none.
///
/// # Errors
///
/// As [`assess`].
pub fn due_case(
    assessor: &mut Assessor<'_>,
    file: &CaseFile,
    on: Date,
    days: &WorkingDays,
) -> Result<DueCase, NoSchedule> {
    let policy = assessor.policy();
    let facts = assessor.facts(&file.case, on);
    let decision = decide_facts(assessor, file, &facts)?;
    let Schedule { contact, review, .. } =
        match from_policy::standards(policy, assessor.at(&facts), &facts, &decision.tiers())? {
            Some(standards) => owed_for(&facts, decision.tier.as_deref(), &standards, days)?,
            None => Schedule::nothing(&format!("{} asks for neither contact nor review", policy.name())),
        };
    let word = |label: &Option<Label>| label.as_ref().map(ToString::to_string);
    let record = recorded_tier(&facts.case, on, policy.tiers());
    let rank = |tier: &Option<String>| tier.as_ref().and_then(|tier| policy.tiers().rank(tier));
    Ok(DueCase {
        rule: match &decision.judgement {
            Some(judgement) if judgement.applied => Some("override".into()),
            _ => decision.deciding().map(|reason| Arc::clone(&reason.rule)),
        },
        crn: decision.crn,
        on,
        law: policy.law(),
        trial: decision.policy.trial,
        recorded_below: rank(&record).zip(rank(&decision.tier)).is_some_and(|(record, computed)| record < computed),
        recorded: record,
        tier: decision.tier,
        computed: decision.computed,
        provisional: decision.provisional,
        settled_by: decision.unsettled.iter().map(Unsettled::to_find_out).collect(),
        last_seen: times_seen(&facts.case, MET, Date::MIN, on).into_iter().max(),
        release: facts.case.release.date.filter(|_| in_custody(&facts.case, on)).map(|date| date.0),
        contact,
        review,
        officer: word(&facts.case.supervision.officer.id),
        office: word(&facts.case.supervision.office),
        uncounted: Uncounted::of(&file.case, on),
        seen: facts.case.contacts.iter().filter(|contact| contact.is_seen()).map(|contact| contact.date.0).collect(),
    })
}
