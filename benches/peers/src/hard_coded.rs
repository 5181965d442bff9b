//! The decision as a program would hard-code it: the numbers in force on 2019-05-20 as constants, one function a rule, read
//! straight from the case. The limit that a rule language can be measured against.

use crate::{
    answer::{Allocation, Answer, Code, Contact, Effect, Effects, Standards, Tier},
    book::Book,
    facts::{Assumed, Fact, Value},
    peer::{Language, Peer, Stop},
    range::{self, Frame},
};
use brag::{
    calendar::{WorkingDays, days_between},
    case::{
        Case,
        derived::{in_custody, single_unpaid_work},
        phase::{self, last_day_of_supervision},
        registered::{Register, Registered},
        sentence::IndexOffence,
        words::{ContactOutcome, Engagement, Grade, Level, Offence, Place, Registration, Sex},
    },
    language::standard::Unit,
};
use jiff::{Span, civil::Date};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Two-year scores from which the likelihood of reoffending is medium, high, very high.
const OGRS3_BANDS: [i64; 3] = [50, 75, 90];
const OGP_BANDS: [i64; 3] = [34, 67, 85];
const OVP_BANDS: [i64; 3] = [30, 60, 80];
const RSR_MEDIUM: Decimal = Decimal::from_parts(3, 0, 0, false, 0);
const RSR_HIGH: Decimal = Decimal::from_parts(69, 0, 0, false, 1);
const GREEN_NEEDS: usize = 1;
const UPLIFT_NEEDS: usize = 5;
const ENGAGEMENT_DAYS: i64 = 90;
const ENGAGEMENT_ABSENCES: usize = 2;
const PRE_RELEASE_DAYS: i64 = 84;
const PRE_RELEASE_EARLY: i64 = 14;
const PRE_RELEASE_LATE: u32 = 5;
const REVIEW_DAYS: u32 = 42;

pub(crate) const CONTACT_RED: Contact = face_to_face(1, Unit::Week, 2, 3);
pub(crate) const CONTACT_RED_AMBER: Contact = face_to_face(2, Unit::Week, 5, 5);
pub(crate) const CONTACT_AMBER: Contact = face_to_face(3, Unit::Week, 5, 7);
pub(crate) const CONTACT_GREEN_MEDIUM: Contact = face_to_face(1, Unit::Month, 5, 10);
pub(crate) const CONTACT_GREEN_LOW: Contact = face_to_face(1, Unit::Month, 5, 10);
pub(crate) const CONTACT_HUB: Contact =
    Contact { every: 6, unit: Unit::Week, mode: "hub", first_within: Some(5), upcoming: 10, accepts: 6 };
pub(crate) const CONTACT_IOM_CUSTODY: Contact =
    Contact { every: 4, unit: Unit::Week, mode: "custody", first_within: None, upcoming: 7, accepts: 2 };

const fn face_to_face(every: u32, unit: Unit, first_within: u32, upcoming: u32) -> Contact {
    Contact { every, unit, mode: "face_to_face", first_within: Some(first_within), upcoming, accepts: 4 }
}

/// The policy on one date.
#[derive(Debug, Clone, Copy)]
pub struct HardCoded {
    on: Date,
    absences_since: Date,
    next_working_in: i64,
}

impl HardCoded {
    /// The policy on a date from 2018-11-01, when its numbers last changed.
    #[must_use]
    pub fn on(on: Date) -> Self {
        Self {
            on,
            absences_since: on.saturating_sub(Span::new().days(ENGAGEMENT_DAYS)),
            next_working_in: next_working_in(on),
        }
    }

    /// What every rule says of a case, each by itself: some may miss a fact that others do not need.
    pub fn each_rule(&self, case: &Case, assumed: &Assumed) -> [Result<Effect, Fact>; 13] {
        let person = Person { case, assumed, policy: self };
        let iom = case.iom == Some(true);
        let rosh = person.rosh();
        let harm = rosh.and_then(|rosh| person.harm(rosh));
        let reoffending = person.reoffending();
        let vulnerable = person.is_vulnerable();
        let safeguarding = person.is_safeguarding();
        let poor = person.engages_poorly();
        let alone = || Ok(!vulnerable && !safeguarding && !poor && !person.is_low_disputed()?);
        let risk = harm.and_then(|harm| person.risk_tier(harm, reoffending?, alone));
        let needs = person.needs();
        [
            Ok(custody(&person, iom)),
            if iom { iom_floor(harm, reoffending) } else { Ok(Effect::Nothing) },
            risk.map(Effect::AtLeast),
            person.serious_recidivism(),
            Ok(if safeguarding { Effect::AtLeast(Tier::Amber) } else { Effect::Nothing }),
            needs.and_then(|needs| if needs >= UPLIFT_NEEDS { one_step_up(risk) } else { Ok(Effect::Nothing) }),
            if vulnerable { one_step_up(risk) } else { Ok(Effect::Nothing) },
            if poor { one_step_up(risk) } else { Ok(Effect::Nothing) },
            low_rosh_disputed(rosh, harm),
            Ok(person.release_near()),
            Ok(person.induction_one_to_one()),
            Ok(person.reporting()),
            Ok(person.female_case_manager()),
        ]
    }

    /// What all rules say, or the first fact that one of them misses.
    ///
    /// # Errors
    ///
    /// That fact.
    pub fn rules(&self, case: &Case, assumed: &Assumed) -> Result<Effects, Fact> {
        let mut effects = Effects::default();
        for (effect, said) in effects.iter_mut().zip(self.each_rule(case, assumed)) {
            *effect = said?;
        }
        Ok(effects)
    }

    /// What follows from a tier, or the first fact that this misses.
    ///
    /// # Errors
    ///
    /// That fact.
    pub fn standards(&self, case: &Case, assumed: &Assumed, tier: Tier) -> Result<Standards, Fact> {
        let person = Person { case, assumed, policy: self };
        let in_custody = in_custody(case, self.on);
        Ok(Standards {
            contact: person.contact(tier, in_custody)?,
            review_days: (!in_custody).then_some(REVIEW_DAYS),
            allocation: Some(person.allocate(tier)?),
        })
    }
}

/// Days to the next working day: what is due before that is due by now.
#[must_use]
pub fn next_working_in(on: Date) -> i64 {
    WorkingDays::shipped().after(on, 1).map_or(1, |next| days_between(on, next))
}

/// Whether a rating for the community is on record of the present time in custody, not too early before the assessment for release is
/// due: so many days before the release, or some working days after it became known.
#[must_use]
pub fn is_assessed_for_release(case: &Case, on: Date) -> bool {
    let holds = |(from, to): &(Date, Option<Date>)| *from <= on && to.is_none_or(|to| on < to);
    let began = phase::custody(case).into_iter().find(holds).map(|(from, _)| from);
    let Some((release, began)) = case.release.date.map(|day| day.0).zip(began) else { return false };
    let working = WorkingDays::shipped();
    let counted = release.saturating_sub(Span::new().days(PRE_RELEASE_DAYS));
    let known = case.release.known_on.map_or(began, |day| day.0).max(began);
    let due = working.previous_or_same(counted).unwrap_or(counted);
    let due = if due >= known { due } else { working.after(known, PRE_RELEASE_LATE).unwrap_or(known) };
    let earliest = due.saturating_sub(Span::new().days(PRE_RELEASE_EARLY)).max(began);
    let ratings = case.ratings.iter().filter(|rating| rating.date.0 >= earliest && rating.date.0 <= on);
    // Of two ratings of a day the later in the file counts.
    let of_days: BTreeMap<Date, &str> = ratings.map(|rating| (rating.date.0, rating.tier.as_str())).collect();
    of_days.values().any(|tier| *tier != "Blue")
}

struct Person<'a> {
    case: &'a Case,
    assumed: &'a Assumed,
    policy: &'a HardCoded,
}

// ---- Rules ----

fn custody(person: &Person<'_>, iom: bool) -> Effect {
    if in_custody(person.case, person.policy.on) && !iom { Effect::Decide(Tier::Blue) } else { Effect::Nothing }
}

fn iom_floor(harm: Result<Level, Fact>, reoffending: Result<Level, Fact>) -> Result<Effect, Fact> {
    let red = harm? >= Level::Medium || reoffending? == Level::VeryHigh;
    Ok(Effect::AtLeast(if red { Tier::Red } else { Tier::RedAmber }))
}

/// Further factors raise the tier of the two risks by one, never to Red.
fn one_step_up(risk: Result<Tier, Fact>) -> Result<Effect, Fact> {
    Ok(Effect::AtLeast(match risk? {
        Tier::Green => Tier::Amber,
        Tier::Amber => Tier::RedAmber,
        other => other,
    }))
}

fn low_rosh_disputed(rosh: Result<Level, Fact>, harm: Result<Level, Fact>) -> Result<Effect, Fact> {
    Ok(if rosh? == harm? { Effect::Nothing } else { Effect::Flag(Code::ReassessRosh) })
}

impl Person<'_> {
    fn serious_recidivism(&self) -> Result<Effect, Fact> {
        let rsr = self.decimal(self.case.oasys.rsr.map(|score| score.0), Fact::Rsr)?;
        Ok(if rsr >= RSR_HIGH {
            Effect::AtLeast(Tier::Red)
        } else if rsr >= RSR_MEDIUM {
            Effect::AtLeast(Tier::Amber)
        } else {
            Effect::Nothing
        })
    }

    fn release_near(&self) -> Effect {
        let on = self.policy.on;
        let known = self.case.release.known_on.is_none_or(|day| day.0 <= on);
        match self.case.release.date {
            Some(release) if known && in_custody(self.case, on) && release.0 >= on => {
                let near = days_between(on, release.0) - PRE_RELEASE_DAYS < self.policy.next_working_in;
                let is_owed =
                    near && last_day_of_supervision(self.case, on) >= on && !is_assessed_for_release(self.case, on);
                if is_owed { Effect::Flag(Code::AssessForRelease) } else { Effect::Nothing }
            }
            _ => Effect::Nothing,
        }
    }

    fn induction_one_to_one(&self) -> Effect {
        let needs = &self.case.circumstances;
        let asked =
            [needs.vulnerable, needs.learning_difficulty, needs.interpreter_required, needs.domestic_abuse_victim];
        let fires = asked.contains(&Some(true)) || needs.rural == Some(true);
        if fires { Effect::Flag(Code::InductionOneToOne) } else { Effect::Nothing }
    }

    fn reporting(&self) -> Effect {
        let needs = &self.case.circumstances;
        let asked = [needs.rural, needs.evening_reporting, needs.caring_responsibilities, needs.interpreter_required];
        if asked.contains(&Some(true)) { Effect::Flag(Code::ReportingArrangements) } else { Effect::Nothing }
    }

    fn female_case_manager(&self) -> Effect {
        let open = self.case.sex == Some(Sex::Female) && self.case.supervision.female_officer_offered.is_none();
        if open { Effect::Flag(Code::OfferFemaleOfficer) } else { Effect::Nothing }
    }
}

// ---- What follows from the tier ----

impl Person<'_> {
    fn contact(&self, tier: Tier, in_custody: bool) -> Result<Option<Contact>, Fact> {
        if in_custody {
            return Ok((self.case.iom == Some(true)).then_some(CONTACT_IOM_CUSTODY));
        }
        Ok(match tier {
            Tier::Blue => None,
            Tier::Red => Some(CONTACT_RED),
            Tier::RedAmber => Some(CONTACT_RED_AMBER),
            Tier::Amber => Some(CONTACT_AMBER),
            Tier::Green => Some(self.green_contact()?),
        })
    }

    fn green_contact(&self) -> Result<Contact, Fact> {
        let given = self.case.supervision.managed_from.map(Value::Place);
        let Some(Value::Place(place)) = given.or_else(|| self.assumed.get(Fact::ManagedFrom)) else {
            return Err(Fact::ManagedFrom);
        };
        if place == Place::OperationalHub && self.hub_eligible()? {
            return Ok(CONTACT_HUB);
        }
        Ok(if self.rosh()? == Level::Low { CONTACT_GREEN_LOW } else { CONTACT_GREEN_MEDIUM })
    }

    fn allocate(&self, tier: Tier) -> Result<Allocation, Fact> {
        if tier == Tier::Green && self.hub_eligible()? {
            return Ok(Allocation { grade: Grade::Pso, from: Place::OperationalHub });
        }
        let officer = tier == Tier::Red || (tier == Tier::Blue && self.case.iom == Some(true));
        Ok(Allocation { grade: if officer { Grade::Po } else { Grade::Pso }, from: Place::FrontOffice })
    }

    fn hub_eligible(&self) -> Result<bool, Fact> {
        Ok(single_unpaid_work(self.case, self.policy.on) && self.rosh()? == Level::Low)
    }
}

// ---- Helpers ----

impl Person<'_> {
    /// The risk of serious harm as it counts: a disputed low is medium.
    fn harm(&self, rosh: Level) -> Result<Level, Fact> {
        Ok(if rosh == Level::Low && self.is_low_disputed()? { Level::Medium } else { rosh })
    }

    fn rosh(&self) -> Result<Level, Fact> {
        let (oasys, to) = (&self.case.oasys, &self.case.oasys.rosh_to);
        // A group beside the lowest overall level is presumed to be at that.
        let lowest = oasys.rosh.filter(|level| *level == Level::Low);
        Ok(self
            .level(oasys.rosh, Fact::Rosh)?
            .max(self.level(to.public.or(lowest), Fact::RoshPublic)?)
            .max(self.level(to.children.or(lowest), Fact::RoshChildren)?)
            .max(self.level(to.known_adult.or(lowest), Fact::RoshKnownAdult)?)
            .max(self.level(to.staff.or(lowest), Fact::RoshStaff)?))
    }

    fn reoffending(&self) -> Result<Level, Fact> {
        let oasys = &self.case.oasys;
        let ogrs3 = self.whole(oasys.ogrs3.map(|score| score.0), Fact::Ogrs3)?;
        let ogp = self.whole(oasys.ogp.map(|score| score.0), Fact::Ogp)?;
        let ovp = self.whole(oasys.ovp.map(|score| score.0), Fact::Ovp)?;
        Ok(band(ogrs3, OGRS3_BANDS).max(band(ogp, OGP_BANDS)).max(band(ovp, OVP_BANDS)))
    }

    fn risk_tier(&self, harm: Level, reoffending: Level, alone: impl Fn() -> Result<bool, Fact>) -> Result<Tier, Fact> {
        let tier = match (harm, reoffending) {
            (Level::Low, Level::Low) => Tier::Green,
            (Level::Low, Level::Medium | Level::High) | (Level::Medium, Level::Low | Level::Medium) => Tier::Amber,
            (Level::Low, Level::VeryHigh) | (Level::Medium, Level::High) => Tier::RedAmber,
            (Level::Medium, Level::VeryHigh) | (Level::High | Level::VeryHigh, _) => Tier::Red,
        };
        let may_step_down = harm == Level::Medium && reoffending == Level::Low;
        Ok(if may_step_down && self.needs()? <= GREEN_NEEDS && alone()? { Tier::Green } else { tier })
    }

    fn needs(&self) -> Result<usize, Fact> {
        let sections = &self.case.oasys.sections;
        let mut needs = 0;
        for (score, fact, cut_off) in [
            (sections.accommodation.score.map(|score| score.0), Fact::Accommodation, 2),
            (sections.ete.score.map(|score| score.0), Fact::Ete, 3),
            (sections.relationships.score.map(|score| score.0), Fact::Relationships, 2),
            (sections.lifestyle.score.map(|score| score.0), Fact::Lifestyle, 2),
            (sections.drugs.score.map(|score| score.0), Fact::Drugs, 2),
            (sections.alcohol.score.map(|score| score.0), Fact::Alcohol, 4),
            (sections.thinking.score.map(|score| score.0), Fact::Thinking, 4),
            (sections.attitudes.score.map(|score| score.0), Fact::Attitudes, 2),
        ] {
            needs += usize::from(self.whole(score, fact)? >= cut_off);
        }
        Ok(needs)
    }

    fn is_registered(&self, any: fn(Registration) -> bool) -> bool {
        let on = self.policy.on;
        let in_force = |one: &Registered| one.date.is_none_or(|from| from.0 <= on) && one.to.is_none_or(|to| on < to.0);
        let is_one = |of: &Register| matches!(of, Register::Listed(listed) if any(*listed));
        self.case.registrations.iter().any(|one| is_one(&one.r#type) && in_force(one))
    }

    fn is_vulnerable(&self) -> bool {
        use Registration as R;
        let circumstances = &self.case.circumstances;
        circumstances.domestic_abuse_victim == Some(true)
            || circumstances.vulnerable == Some(true)
            || self.is_registered(|one| {
                matches!(one, R::DomesticAbuseVictim | R::AdultAtRisk | R::Vulnerability | R::SuicideSelfHarm)
            })
    }

    fn is_safeguarding(&self) -> bool {
        use Registration as R;
        self.is_registered(|one| {
            matches!(
                one,
                R::DomesticAbusePerpetrator | R::ChildProtection | R::ChildConcerns | R::RiskToChildren | R::Stalking
            )
        })
    }

    fn engages_poorly(&self) -> bool {
        if self.case.engagement == Some(Engagement::Poor) {
            return true;
        }
        let counted = self.policy.absences_since..=self.policy.on;
        let missed = self.case.contacts.iter().filter(|contact| {
            contact.outcome == Some(ContactOutcome::UnacceptableAbsence) && counted.contains(&contact.date.0)
        });
        missed.count() >= ENGAGEMENT_ABSENCES
    }

    fn is_low_disputed(&self) -> Result<bool, Fact> {
        use Registration as R;
        let registered = self.is_registered(|one| {
            matches!(one, R::DomesticAbusePerpetrator | R::ChildProtection | R::RiskToChildren | R::SexOffender)
        });
        let offence = &self.case.sentence.index_offence;
        if registered
            || self.case.mappa.category.is_some()
            || self.case.previous_offences.iter().any(|one| disputes(*one))
            || offence.victim.vulnerable == Some(true)
            || self.case.other_sentences.iter().any(|one| is_grave(&one.index_offence))
        {
            return Ok(true);
        }
        match (offence.category, self.assumed.get(Fact::Category)) {
            (Some(category), _) | (None, Some(Value::Offence(category))) => Ok(disputes(category)),
            _ => Err(Fact::Category),
        }
    }

    fn level(&self, given: Option<Level>, fact: Fact) -> Result<Level, Fact> {
        match given {
            Some(level) => Ok(level),
            None => match self.assumed.get(fact) {
                Some(Value::Level(level)) => Ok(level),
                _ => Err(fact),
            },
        }
    }

    fn whole(&self, given: Option<i64>, fact: Fact) -> Result<i64, Fact> {
        match given {
            Some(score) => Ok(score),
            None => match self.assumed.get(fact) {
                Some(Value::Whole(score)) => Ok(score),
                _ => Err(fact),
            },
        }
    }

    fn decimal(&self, given: Option<Decimal>, fact: Fact) -> Result<Decimal, Fact> {
        match given {
            Some(score) => Ok(score),
            None => match self.assumed.get(fact) {
                Some(Value::Decimal(score)) => Ok(score),
                _ => Err(fact),
            },
        }
    }
}

fn band(score: i64, [medium, high, very_high]: [i64; 3]) -> Level {
    if score >= very_high {
        Level::VeryHigh
    } else if score >= high {
        Level::High
    } else if score >= medium {
        Level::Medium
    } else {
        Level::Low
    }
}

/// Whether the offence of a further sentence contradicts a low risk of serious harm.
#[must_use]
pub fn is_grave(offence: &IndexOffence) -> bool {
    offence.victim.vulnerable == Some(true) || offence.category.is_some_and(disputes)
}

/// Serious and domestic abuse offences, which contradict a low risk of serious harm.
const fn disputes(offence: Offence) -> bool {
    use Offence as O;
    matches!(
        offence,
        O::Murder
            | O::Manslaughter
            | O::Rape
            | O::Sexual
            | O::Robbery
            | O::AggravatedBurglary
            | O::WoundingGbh
            | O::ArsonEndangerLife
            | O::Kidnap
            | O::Firearm
            | O::NonMolestationOrderBreach
            | O::RestrainingOrderBreach
            | O::Stalking
            | O::DomesticAssault
            | O::CoerciveControl
    )
}

impl Language for HardCoded {
    fn rules(&mut self, _: usize, case: &Case, assumed: &Assumed) -> Result<Effects, Stop> {
        Ok(Self::rules(self, case, assumed)?)
    }

    fn settled(&mut self, _: usize, case: &Case, _: &Frame) -> Result<Effects, Stop> {
        Ok(self.each_rule(case, &Assumed::default()).map(Result::unwrap_or_default))
    }

    fn standards(&mut self, _: usize, case: &Case, assumed: &Assumed, tier: Tier) -> Result<Standards, Stop> {
        Ok(Self::standards(self, case, assumed, tier)?)
    }
}

impl Peer for HardCoded {
    fn name(&self) -> &'static str {
        "hard-coded Rust"
    }

    fn prepare(&mut self, book: &Book) -> Result<(), String> {
        *self = Self::on(book.frame.on);
        Ok(())
    }

    fn decide(&mut self, book: &Book, at: usize) -> Result<Answer, String> {
        range::decide(self, at, &book.case(at)?.case, &book.frame)
    }
}
