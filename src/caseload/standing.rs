//! One case as a book counts it: what is carried for it under the tier on record, beside what the rules give.

use crate::{
    case::{
        Case, derived,
        phase::last_day,
        text::Label,
        words::{ContactMode, Grade, Place},
    },
    caseload::{
        forecast::{Coming, coming},
        load::contacts_a_week,
    },
    decision::unsettled::Unsettled,
    language::{standard::ContactStandard, tiers::Tiers},
    schedule::{Due, State, assess::Assessment, carried::Carried},
};
use jiff::{ToSpan, civil::Date};
use rust_decimal::Decimal;
use serde::Serialize;
use std::sync::Arc;

/// Days of the six weeks within which reviews and ends are looked ahead to.
const AHEAD: i64 = 42;

/// How a case could leave an officer without another one of the grade taking it over; of several the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relief {
    /// Its supervision has ended.
    Ended,
    /// The policy gives it to another grade.
    OtherGrade,
    /// The policy would have it managed from the operational hub.
    Hub,
    /// Its supervision ends within six weeks.
    Ending,
}

/// One case as a book counts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Reference of the case manager.
    pub officer: Option<String>,
    /// The case manager's grade.
    pub grade: Option<Grade>,
    /// Local delivery unit.
    pub office: Option<String>,
    /// The tier on record.
    pub recorded: Option<String>,
    /// The tier to act on: that of the rules, unless professional judgement moved it.
    pub to_act_on: Option<String>,
    /// Whether the tier on record is lower than that.
    pub is_below: bool,
    /// Whether that rests on incomplete evidence.
    pub is_provisional: bool,
    /// Points of its work under the tier on record, and under the tier to act on.
    pub points: [u32; 2],
    /// Contacts owed in a week.
    pub contacts: Decimal,
    /// Those of them that are home visits and nothing else.
    pub home_visits: Decimal,
    /// Whether a contact and a review are overdue.
    pub is_overdue: [bool; 2],
    /// Whether a review is due within six weeks.
    pub is_review_near: bool,
    /// What is not recorded: the facts that leave the tier open, and what a book is counted by.
    pub missing: Vec<Arc<str>>,
    /// How it could leave the officer.
    pub relief: Option<Relief>,
    /// What is known to come.
    pub coming: Vec<Coming>,
}

impl Standing {
    /// Of a case as it was known on the date of its assessment; what comes in so many weeks from then.
    #[must_use]
    pub fn new(case: &Case, assessment: &Assessment, carried: &Carried, tiers: &Tiers, weeks: u16) -> Self {
        let (decision, word) = (&assessment.decision, |label: &Option<Label>| label.as_ref().map(ToString::to_string));
        let on = decision.assessed_on;
        let ranks = |tier: &Option<String>| tier.as_ref().and_then(|tier| tiers.rank(tier));
        let (recorded, to_act_on) = (carried.recorded.clone(), decision.tier.clone());
        let [contact, review] = [0, 1].map(|at| {
            let both = carried.schedule.as_ref().map(|schedule| [&schedule.contact, &schedule.review]);
            both.and_then(|both| both.get(at).copied())
        });
        let is_owed = contact.is_some_and(is_owed);
        let a_week = |wanted: &dyn Fn(&ContactStandard) -> bool| {
            carried.contact.iter().filter(|one| is_owed && wanted(one)).map(contacts_a_week).sum()
        };
        let is = |due: Option<&Due>, state: State| due.is_some_and(|due| due.state == state);
        let near = |due: &Due| due.due.is_some_and(|due| (on..=ahead(on)).contains(&due));
        Self {
            officer: word(&case.supervision.officer.id),
            grade: case.supervision.officer.grade,
            office: word(&case.supervision.office),
            is_below: ranks(&recorded).zip(ranks(&to_act_on)).is_some_and(|(recorded, to_act_on)| recorded < to_act_on),
            is_provisional: decision.provisional,
            points: [carried.workload, decision.workload].map(Option::unwrap_or_default),
            contacts: a_week(&|_| true),
            home_visits: a_week(&|one| one.accepts == [ContactMode::HomeVisit]),
            is_overdue: [is(contact, State::Overdue), is(review, State::Overdue)],
            is_review_near: review.is_some_and(near),
            missing: missing(case, assessment, recorded.is_some()),
            relief: relief(case, assessment),
            coming: coming(case, carried, recorded.as_ref().or(to_act_on.as_ref()), on, weeks),
            recorded,
            to_act_on,
        }
    }
}

/// Whether somebody has to be seen at all for now.
pub(super) const fn is_owed(contact: &Due) -> bool {
    !matches!(contact.state, State::None | State::Suspended | State::EndsFirst)
}

/// The last day of the six weeks that are looked ahead to.
#[must_use]
pub fn ahead(on: Date) -> Date {
    on.checked_add(AHEAD.days()).unwrap_or(Date::MAX)
}

fn missing(case: &Case, assessment: &Assessment, is_recorded: bool) -> Vec<Arc<str>> {
    let officer = &case.supervision.officer;
    let counted_by = [
        (officer.id.is_some(), "supervision.officer.id"),
        (officer.grade.is_some(), "supervision.officer.grade"),
        (case.supervision.office.is_some(), "supervision.office"),
        (is_recorded, "ratings"),
    ];
    let absent = counted_by.iter().filter(|(is_there, _)| !is_there).map(|(_, path)| Arc::from(*path));
    assessment.decision.unsettled.iter().map(Unsettled::to_find_out).chain(absent).collect()
}

fn relief(case: &Case, assessment: &Assessment) -> Option<Relief> {
    let on = assessment.decision.assessed_on;
    let (last, held) = (last_day(case, on), assessment.decision.allocation);
    let grade = case.supervision.officer.grade;
    let is_other = held.zip(grade).is_some_and(|(held, grade)| held.grade != grade);
    let is_for_hub = held.is_some_and(|held| held.from == Place::OperationalHub);
    if last.is_some_and(|last| last < on) {
        Some(Relief::Ended)
    } else if is_other {
        Some(Relief::OtherGrade)
    } else if is_for_hub && case.supervision.managed_from != Some(Place::OperationalHub) {
        Some(Relief::Hub)
    } else {
        last.filter(|last| *last <= ahead(on) && !derived::in_custody(case, on)).map(|_| Relief::Ending)
    }
}
