//! Two policies at work on one thread, and what they say of one case.

use super::{
    Stand,
    cause::{Causes, MoveCause, Side},
};
use crate::{
    calendar::WorkingDays,
    case::{Case, words::Grade},
    decision::{
        assessor::Assessor,
        decide::CaseFile,
        ruling::{Ruling, rule},
    },
    language::fault::PolicyFault,
    policy::Policy,
    schedule::assess::{NoSchedule, assess},
};
use jiff::civil::Date;
use std::sync::Arc;

/// Two policies at work on one thread.
#[derive(Debug)]
pub struct Sides<'p> {
    old: Assessor<'p>,
    new: Assessor<'p>,
    /// Whether what runs with them can say something else even where they themselves do not.
    companions_differ: bool,
}

/// One case under two policies. A side that has no answer says why.
#[derive(Debug)]
pub struct Compared {
    /// Case reference.
    pub crn: Arc<str>,
    /// Reference of the case manager.
    pub officer: Option<String>,
    /// The case manager's grade.
    pub grade: Option<Grade>,
    /// Local delivery unit.
    pub office: Option<String>,
    /// What the old policy says.
    pub old: Result<Stand, Box<PolicyFault>>,
    /// What the new policy says.
    pub new: Result<Stand, Box<PolicyFault>>,
    /// Why the tier differs, where it does.
    pub causes: Vec<MoveCause>,
    /// What the rules that made the difference saw, of the new policy or else of the old one.
    pub saw: Vec<String>,
}

impl Compared {
    /// Whether the tier differs, or one side has no answer.
    #[must_use]
    pub fn moved(&self) -> bool {
        match (&self.old, &self.new) {
            (Ok(old), Ok(new)) => old.tier != new.tier,
            (Err(_), Err(_)) => false,
            _ => true,
        }
    }
}

impl<'p> Sides<'p> {
    /// Two policies, an old and a new one.
    #[must_use]
    pub fn new(old: &'p Policy, new: &'p Policy, causes: &Causes<'_>) -> Self {
        let marks = |policy: &Policy| -> Vec<(Arc<str>, Arc<str>)> {
            policy.companions().iter().map(|one| (Arc::clone(one.name()), Arc::clone(one.digest()))).collect()
        };
        let changes = super::PolicyChange::of_all(old, new);
        let of_companion = |change: &super::PolicyChange| change.policy != **new.name();
        Self {
            old: Assessor::new(old).telling_what_fired(true),
            new: Assessor::new(new).telling_what_fired(true),
            companions_differ: marks(old) != marks(new)
                || changes.iter().any(of_companion)
                || (!new.companions().is_empty() && causes.beyond_the_rules()),
        }
    }

    /// What both say of a case on a date.
    ///
    /// # Errors
    ///
    /// When the case has a date outside the calendar of working days.
    pub fn compare(
        &mut self,
        file: &CaseFile,
        on: Date,
        days: &WorkingDays,
        causes: &Causes<'_>,
    ) -> Result<Compared, NoSchedule> {
        let case = Case::as_known_on(&file.case, on);
        let known = CaseFile { case: Arc::clone(&case), document: None, digest: Arc::clone(&file.digest) };
        let [old, new] = [&mut self.old, &mut self.new].map(|side| {
            let facts = side.facts_with(Arc::clone(&case), on, None);
            rule(side, &facts)
        });
        let (mut why, mut saw) = (Vec::new(), Vec::new());
        if let (Ok(before), Ok(after)) = (&old, &new)
            && before.tier != after.tier
        {
            let before = Side { rules: self.old.rules_on(on), ruling: before };
            let after = Side { rules: self.new.rules_on(on), ruling: after };
            why = causes.of(&before, &after, on);
            saw = why.iter().flat_map(|cause| [&after, &before].map(|side| side.saw(&cause.rule))).flatten().collect();
            let mut seen = std::collections::BTreeSet::new();
            saw.retain(|one| seen.insert(one.clone()));
        }
        let differ = self.companions_differ || Self::differ(old.as_ref().ok(), new.as_ref().ok());
        let mut stands = [old, new].map(|ruling| ruling.map(|ruling| Stand::of(&ruling)));
        if differ {
            for (side, stand) in [&mut self.old, &mut self.new].into_iter().zip(&mut stands) {
                if stand.is_err() || side.companions().is_empty() {
                    continue;
                }
                let whole = match assess(side, &known, on, days) {
                    Err(NoSchedule::Policy(fault)) => Err(fault),
                    Err(years) => return Err(years),
                    Ok(whole) => Ok(whole.decision.flags),
                };
                match (whole, stand) {
                    (Ok(flags), Ok(stand)) => stand.flags.extend(flags.iter().map(|flag| Arc::clone(&flag.code))),
                    (Err(fault), stand) => *stand = Err(fault),
                    (Ok(_), Err(_)) => {}
                }
            }
        }
        let [old, new] = stands;
        let officer = &case.supervision.officer;
        Ok(Compared {
            crn: case.crn.shared(),
            officer: officer.id.as_ref().map(ToString::to_string),
            grade: officer.grade,
            office: case.supervision.office.as_ref().map(ToString::to_string),
            old,
            new,
            causes: why,
            saw,
        })
    }

    /// Whether what runs with the policies sees something else of a case: they are told of the tier, the range and the standards.
    fn differ(old: Option<&Ruling>, new: Option<&Ruling>) -> bool {
        let (Some(old), Some(new)) = (old, new) else { return true };
        old.tier != new.tier
            || old.range.ends != new.range.ends
            || old.range.top.1.tier != new.range.top.1.tier
            || old.contact != new.contact
            || old.review != new.review
            || old.allocation != new.allocation
    }
}
