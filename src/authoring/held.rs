//! An answer held against what must come out of its case.

use crate::{
    authoring::worked::Answer,
    case::{
        expect::{ExpectedDue, ExpectedFlags, ExpectedTier},
        text::FreeWord,
        words::{Grade, Place},
    },
    decision::Decision,
    policy::Policy,
    schedule::{Due, ReviewKind},
};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// The constant with which a policy of flags names the codes that `all_by_reference` says nothing of.
const BEYOND: &str = "BEYOND_REFERENCE";

/// Something that came out differently from what was expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Mismatch {
    /// Which part of the answer.
    pub what: String,
    /// What must come out.
    pub expected: String,
    /// What did.
    pub found: String,
    /// Whether both are lists, of which what came and what went matters.
    #[serde(skip)]
    pub is_list: bool,
}

/// An answer held against what must come out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// What differs.
    pub wrong: Vec<Mismatch>,
    /// Expected flags that no rule of the policy can raise, so that nothing was learnt.
    pub unchecked: Vec<String>,
}

impl Answer {
    /// Holds the answer against what must come out.
    #[must_use]
    pub fn held(&self, policy: &Policy) -> Held {
        let mut held = Held::default();
        for law in &self.broken {
            held.add(law, "the law holds", "it does not");
        }
        let Some(expect) = &self.expect else { return held };
        let decision = &self.assessment.decision;
        for (what, expected) in [("tier", &expect.tier), ("tier, by the sources", &expect.tier_by_seed)] {
            if let Some(expected) = expected {
                held.tier(what, expected, decision.tier.as_deref(), policy);
            }
        }
        held.same("provisional", expect.provisional.as_ref(), &decision.provisional);
        for (axis, points) in &expect.points {
            let found = decision.points.get(axis.as_str()).copied().unwrap_or_default();
            held.same(&format!("points of {axis}"), Some(points), &found);
        }
        held.flags(&expect.flags, decision, policy);
        let fired: Vec<&str> =
            decision.reasons.iter().filter(|reason| reason.fired).map(|reason| &*reason.rule).collect();
        for rule in expect.fired.iter().filter(|rule| !fired.contains(&rule.as_str())) {
            held.add("rules fired", rule.as_str(), &fired.join(", "));
        }
        held.due("contact", expect.contact.as_ref(), &self.due.contact);
        held.due("review", expect.review.as_ref(), &self.due.review);
        let points = decision.workload.map(|points| points.to_string());
        held.word("workload", expect.workload.map(|points| points.0.to_string()).as_deref(), points.as_deref());
        if let Some(expected) = &expect.allocation {
            let found = decision.allocation;
            held.word("allocation, grade", expected.grade.map(Grade::as_str), found.map(|found| found.grade.as_str()));
            held.word("allocation, from", expected.from.map(Place::as_str), found.map(|found| found.from.as_str()));
        }
        held
    }
}

impl Held {
    fn add(&mut self, what: &str, expected: &str, found: &str) {
        let found = if found.is_empty() { "none" } else { found };
        let (what, expected, found) = (what.to_owned(), expected.to_owned(), found.to_owned());
        self.wrong.push(Mismatch { what, expected, found, is_list: false });
    }

    fn same<T: PartialEq + ToString>(&mut self, what: &str, expected: Option<&T>, found: &T) {
        if let Some(expected) = expected.filter(|expected| *expected != found) {
            self.add(what, &expected.to_string(), &found.to_string());
        }
    }

    fn word(&mut self, what: &str, expected: Option<&str>, found: Option<&str>) {
        if let Some(expected) = expected.filter(|expected| Some(*expected) != found) {
            self.add(what, expected, found.unwrap_or_default());
        }
    }

    fn tier(&mut self, what: &str, expected: &ExpectedTier, found: Option<&str>, policy: &Policy) {
        let tiers = policy.tiers();
        let shown = found.unwrap_or_default();
        match expected {
            ExpectedTier::Is(tier) => self.word(what, Some(tier.as_str()), found),
            ExpectedTier::Within(bounds) => {
                let listed = |tiers: &[crate::case::text::Label]| {
                    tiers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ")
                };
                if !bounds.one_of.is_empty() && !bounds.one_of.iter().any(|tier| tier.as_str() == shown) {
                    self.add(what, &listed(&bounds.one_of), shown);
                }
                if bounds.not.iter().any(|tier| tier.as_str() == shown) {
                    self.add(what, &format!("not {}", listed(&bounds.not)), shown);
                }
                if let Some(floor) = &bounds.at_least {
                    if tiers.is_outside(floor.as_str()) {
                        self.add(what, &format!("a tier of the order after `at_least`: {floor} is outside it"), shown);
                    } else if found.and_then(|tier| tiers.rank(tier)) < tiers.rank(floor.as_str()) {
                        self.add(what, &format!("at least {floor}"), shown);
                    }
                }
            }
        }
    }

    /// A flag that no rule of this policy raises belongs to a companion policy that is not run with it: it is listed, not
    /// failed. With a companion every expected flag counts.
    fn flags(&mut self, expected: &ExpectedFlags, decision: &Decision, policy: &Policy) {
        let raised: BTreeSet<&str> = decision.flags.iter().map(|flag| &*flag.code).collect();
        let own = &policy.program().flag_codes;
        let found = raised.iter().copied().collect::<Vec<_>>().join(", ");
        let codes = |words: &[FreeWord]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        for code in codes(&expected.include).into_iter().filter(|code| !raised.contains(code.as_str())) {
            if own.contains(code.as_str()) || !policy.companions().is_empty() {
                self.add("flags", &code, &found);
            } else {
                self.unchecked.push(code);
            }
        }
        for code in codes(&expected.exclude).iter().filter(|code| raised.contains(code.as_str())) {
            self.add("flags", &format!("not {code}"), &found);
        }
        if let Some(reference) = &expected.all_by_reference {
            let reference: BTreeSet<String> = codes(reference).into_iter().collect();
            let beyond: Vec<String> =
                policy.companions().iter().flat_map(|companion| companion.list(BEYOND)).cloned().collect();
            let of_quality = |code: &String| !own.contains(code) && !beyond.contains(code);
            let quality: BTreeSet<String> = raised.iter().map(|code| (*code).to_owned()).filter(of_quality).collect();
            if policy.companions().is_empty() {
                self.unchecked.extend(reference);
            } else if quality != reference {
                let listed = |codes: BTreeSet<String>| codes.into_iter().collect::<Vec<_>>().join(", ");
                self.add("flags of the quality policy", &listed(reference), &listed(quality));
                self.wrong.last_mut().into_iter().for_each(|last| last.is_list = true);
            }
        }
        self.unchecked.sort();
        self.unchecked.dedup();
    }

    fn due(&mut self, what: &str, expected: Option<&ExpectedDue>, found: &Due) {
        let Some(expected) = expected else { return };
        if let Some(due) = expected.due.filter(|due| Some(due.0) != found.due) {
            let found = found.due.map(|found| found.to_string()).unwrap_or_default();
            self.add(&format!("{what}, due"), &due.0.to_string(), &found);
        }
        let state = expected.state.as_ref().map(FreeWord::as_str);
        self.word(&format!("{what}, state"), state, Some(found.state.as_str()));
        let overdue = expected.days_overdue.as_ref().map(|days| &days.0);
        self.same(&format!("{what}, days overdue"), overdue, &i64::from(found.days_overdue));
        let kind = expected.kind.as_ref().map(FreeWord::as_str);
        self.word(&format!("{what}, kind"), kind, found.kind.map(ReviewKind::as_str));
    }
}
