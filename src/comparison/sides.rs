//! Two policies at work on one thread, and what they say of one case.

use super::{
    Compared, Stand,
    cause::{Causes, MoveCause, Side},
    edited::Edited,
    own_inputs::OwnInputs,
    remembered::{Handed, Remembered, Ruled},
};
use crate::{
    calendar::WorkingDays,
    case::{
        Case,
        input::{InputId, InputTable},
    },
    decision::{assessor::Assessor, decide::CaseFile, ruling::rule, unrecorded::is_unrecorded},
    evaluate::{
        evaluator::Evaluator,
        inputs::{Assumed, Facts},
        outcome::Outlook,
    },
    language::fault::{FaultClass, PolicyFault},
    policy::Policy,
    schedule::assess::{NoSchedule, flags_beside, tier_standards},
};
use jiff::civil::Date;
use std::{collections::BTreeSet, sync::Arc};

/// Two policies at work on one thread.
#[derive(Debug)]
pub struct Sides<'p> {
    old: Assessor<'p>,
    new: Assessor<'p>,
    /// Whether what runs with them can say something else even where they themselves do not.
    companions_differ: bool,
    /// Whether a number differs that no rule reads.
    differ_beyond_the_rules: bool,
    /// The rules that differ, of each pair of stretches that a case fell into.
    edited: Vec<Edited>,
    own_inputs: OwnInputs,
}

/// How a case moves from tier to tier.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Move {
    /// The old tier.
    pub old: String,
    /// The new tier.
    pub new: String,
    /// Why.
    pub causes: Vec<MoveCause>,
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
        let differ_beyond_the_rules = causes.beyond_the_rules();
        let companions_differ = marks(old) != marks(new)
            || changes.iter().any(of_companion)
            || (!new.companions().is_empty() && differ_beyond_the_rules);
        let side = |policy| {
            let side = Assessor::new(policy).telling_what_fired(true);
            if companions_differ { side } else { side.with_what_looks_back() }
        };
        let (edited, own_inputs) = (Vec::new(), OwnInputs::between(old, new));
        Self { old: side(old), new: side(new), companions_differ, differ_beyond_the_rules, edited, own_inputs }
    }

    /// What both say of a case on a date. What the old one says may be remembered; the new one is asked no more than the edit needs: of
    /// most cases the rules that differ say what they said.
    ///
    /// # Errors
    ///
    /// When the case has a date outside the calendar of working days.
    pub fn compare(
        &mut self,
        remembered: Option<&Remembered>,
        file: &CaseFile,
        on: Date,
        days: &WorkingDays,
        causes: &Causes<'_>,
    ) -> Result<Compared, NoSchedule> {
        let case = Case::as_known_on(&file.case, on);
        let refused = self.own_inputs.refuse(file);
        if self.companions_differ || refused.iter().any(Option::is_some) {
            let [of_old, of_new] = self.rulings(&case, on);
            let [no_old, no_new] = refused;
            let rulings = [no_old.map_or(of_old, Err), no_new.map_or(of_new, Err)];
            return self.parted(&case, on, days, causes, rulings);
        }
        let old = if remembered.is_none() { Ruled::of(&mut self.old, &case, on) } else { None };
        let own = old.as_ref().map(Ruled::remembered);
        let before = remembered.or(own.as_ref());
        // What the rules would say if a contact without an outcome was missed is not asked of them here.
        if let Some(before) = before.filter(|before| before.has_room)
            && !case.contacts.iter().any(|contact| is_unrecorded(contact, on))
            && self.edited_rules_say_the_same(&case, on)
        {
            return Ok(Compared::of(&case, [Ok(before.stand.clone()), Ok(before.stand.clone())]));
        }
        let new = Ruled::of(&mut self.new, &case, on);
        if let (Some(before), Some(after)) = (before, &new)
            && before.told == Handed::of(&after.ruling)
            && !self.owes_otherwise(&case, on)
        {
            return Ok(Compared::of(&case, [Ok(before.stand.clone()), Ok(Stand::of(&after.ruling))]));
        }
        let rulings = match (old.or_else(|| Ruled::of(&mut self.old, &case, on)), new) {
            (Some(old), Some(new)) => [Ok(old), Ok(new)],
            _ => self.rulings(&case, on),
        };
        self.parted(&case, on, days, causes, rulings)
    }

    fn edited_rules_say_the_same(&mut self, case: &Arc<Case>, on: Date) -> bool {
        let facts = [&self.old, &self.new].map(|side| side.facts_with(Arc::clone(case), on, None));
        let at = self.edited_on(&facts, on);
        let Self { old, new, edited, .. } = self;
        let [old, new] = [(old, &facts[0]), (new, &facts[1])].map(|(side, facts)| &mut side.begin(facts).evaluator);
        edited.get(at).is_some_and(|edited| edited.say_the_same([old, new]))
    }

    /// Whether something else may be owed to a case under a tier that it has or had on record, so that what looks back may say another
    /// thing.
    fn owes_otherwise(&mut self, case: &Arc<Case>, on: Date) -> bool {
        if self.old.companions().is_empty() && self.new.companions().is_empty() {
            return false;
        }
        let facts = [&self.old, &self.new].map(|side| side.facts_with(Arc::clone(case), on, None));
        let at = self.edited_on(&facts, on);
        self.edited.get(at).is_some_and(|edited| edited.owes_otherwise(case))
    }

    /// Which of the pairs of stretches a date falls into.
    fn edited_on(&mut self, facts: &[Arc<Facts>; 2], on: Date) -> usize {
        let Self { old, new, edited, differ_beyond_the_rules, .. } = self;
        let policies = [old.policy(), new.policy()];
        let since = policies.map(|policy| policy.in_force_since(on));
        edited.iter().position(|one| one.since == since).unwrap_or_else(|| {
            let sides = [
                (policies[0], &mut old.begin(&facts[0]).evaluator),
                (policies[1], &mut new.begin(&facts[1]).evaluator),
            ];
            edited.push(Edited::between(sides, facts, *differ_beyond_the_rules));
            edited.len() - 1
        })
    }

    /// What both say of what is known of a case that is not left as it was, each asked in full.
    fn parted(
        &mut self,
        case: &Arc<Case>,
        on: Date,
        days: &WorkingDays,
        causes: &Causes<'_>,
        [old, new]: [Result<Ruled, Box<PolicyFault>>; 2],
    ) -> Result<Compared, NoSchedule> {
        let known = CaseFile { case: Arc::clone(case), document: None, sourced: None };
        let (mut why, mut saw) = (Vec::new(), Vec::new());
        if let (Ok(before), Ok(after)) = (&old, &new)
            && before.ruling.tier != after.ruling.tier
        {
            let before = Side { rules: self.old.rules_on(on), ruling: &before.ruling };
            let after = Side { rules: self.new.rules_on(on), ruling: &after.ruling };
            why = causes.of(&before, &after, on);
            saw = why.iter().flat_map(|cause| [&after, &before].map(|side| side.saw(&cause.rule))).flatten().collect();
            let mut seen = BTreeSet::new();
            saw.retain(|one| seen.insert(one.clone()));
        }
        let told = [&old, &new].map(|ruled| ruled.as_ref().ok().map(|ruled| Handed::of(&ruled.ruling)));
        let differ = self.companions_differ || told[0].is_none() || told[0] != told[1] || self.owes_otherwise(case, on);
        let stand = |side: &mut Assessor<'p>, ruled: Result<Ruled, Box<PolicyFault>>| {
            let Ruled { ruling, standards, .. } = match ruled {
                Ok(ruled) => ruled,
                Err(fault) => return Ok(Err(fault)),
            };
            let mut stand = Stand::of(&ruling);
            if differ && !side.companions().is_empty() {
                match flags_beside(side, &known, (&ruling, standards), days) {
                    Err(NoSchedule::Policy(fault)) => return Ok(Err(fault)),
                    Err(years) => return Err(years),
                    Ok(raised) => stand.flags.extend(raised.into_iter().map(|flag| flag.code)),
                }
            }
            Ok(Ok(stand))
        };
        let stands = [stand(&mut self.old, old)?, stand(&mut self.new, new)?];
        if let (Ok(_), Err(fault)) | (Err(fault), Ok(_)) = (&stands[0], &stands[1]) {
            why = causes.of_fault(fault, on);
        }
        Ok(Compared { causes: why, saw, ..Compared::of(case, stands) })
    }

    /// What each policy by itself says of what is known of a case; nothing where an assessment would have no answer.
    fn rulings(&mut self, case: &Arc<Case>, on: Date) -> [Result<Ruled, Box<PolicyFault>>; 2] {
        let sides = [&mut self.old, &mut self.new].map(|side| {
            let facts = side.facts_with(Arc::clone(case), on, None);
            let ruling = rule(side, &facts)?;
            let standards = tier_standards(side, &facts, &ruling);
            Ok((ruling, standards, side.at(&facts).evaluator.is_half_left()))
        });
        // Where neither policy has the numbers of the calendar, their tiers can be compared all the same.
        let both_lack = sides.iter().all(|side: &Result<_, Box<PolicyFault>>| {
            matches!(side, Ok((_, Err(fault), _)) if fault.class == FaultClass::Invalid)
        });
        sides.map(|side| match side? {
            (_, Err(fault), _) if !both_lack => Err(fault),
            (ruling, standards, has_room) => Ok(Ruled { ruling, standards: standards.ok().flatten(), has_room }),
        })
    }

    /// What a case can give under either, with the inputs of their own.
    pub(super) fn tables(&self) -> [&'p InputTable; 2] {
        [&self.old, &self.new].map(|side| &**side.policy().inputs())
    }

    /// What both see of a case on a date.
    pub(super) fn facts(&self, case: &Arc<Case>, on: Date) -> [Arc<Facts>; 2] {
        [&self.old, &self.new].map(|side| side.facts(case, on))
    }

    /// How many steps both took over some facts.
    pub(super) fn steps_taken(&mut self, facts: &[Arc<Facts>; 2]) -> u64 {
        let [old, new] = facts;
        let taken = [self.old.at(old).evaluator.steps_taken(), self.new.at(new).evaluator.steps_taken()];
        taken.as_flattened().iter().sum()
    }

    /// The rules in force on the date of some facts, at work over them.
    pub(super) fn evaluators(&mut self, facts: &[Arc<Facts>; 2]) -> [&mut Evaluator<'p>; 2] {
        let [old, new] = facts;
        [&mut self.old.begin(old).evaluator, &mut self.new.begin(new).evaluator]
    }

    /// How the case of some facts moves from tier to tier, where both policies give one and no missing fact leaves it open.
    pub(super) fn moved(&mut self, facts: &[Arc<Facts>; 2], on: Date, causes: &Causes<'_>) -> Option<Move> {
        let [before, after] = facts;
        let before = rule(&mut self.old, before).ok().filter(|ruling| ruling.range.ends.is_none())?;
        let after = rule(&mut self.new, after).ok().filter(|ruling| ruling.range.ends.is_none())?;
        let (old, new) = (before.tier.clone()?, after.tier.clone()?);
        if old == new {
            return None;
        }
        let before = Side { rules: self.old.rules_on(on), ruling: &before };
        let after = Side { rules: self.new.rules_on(on), ruling: &after };
        Some(Move { old, new, causes: causes.of(&before, &after, on) })
    }

    /// The inputs that some rules read of a case, those that they ask for only where a fact is missing left out.
    pub(super) fn read_by(&mut self, facts: &[Arc<Facts>; 2], rules: &BTreeSet<Arc<str>>) -> BTreeSet<InputId> {
        let mut read = BTreeSet::new();
        for (evaluator, facts) in self.evaluators(facts).into_iter().zip(facts) {
            evaluator.open(facts, Assumed::new());
            for at in 0..evaluator.rules().len() {
                let is_one = evaluator.rules().get(at).is_some_and(|entry| rules.contains(&entry.rule.name));
                if is_one && let Ok(outcome) = evaluator.rule(at) {
                    read.extend(outcome.reads.into_iter().map(|read| read.input));
                }
            }
        }
        read
    }

    /// Whether some rules can say anything of a tier, of any case.
    pub(super) fn bear_on_tier(&mut self, case: &Arc<Case>, on: Date, rules: &BTreeSet<Arc<str>>) -> bool {
        let facts = self.facts(case, on);
        self.evaluators(&facts).into_iter().zip(&facts).any(|(evaluator, facts)| {
            evaluator.open(facts, Assumed::new());
            evaluator.open_everything();
            let outlooks = evaluator.outlook().rules;
            let bears = |outlook: &Outlook| {
                outlook.anything || outlook.floor != [0, 0] || !outlook.decides.is_empty() || !outlook.points.is_empty()
            };
            rules.contains("tier")
                || evaluator
                    .rules()
                    .iter()
                    .zip(&outlooks)
                    .any(|(entry, outlook)| rules.contains(&entry.rule.name) && bears(outlook))
        })
    }
}
