//! What can be proved of a policy, over every case that the model allows and on every stretch of dates between two changes. Nothing
//! is enumerated: the rules are asked of whole regions of cases at once, over possible values, and a region that does not settle
//! the question is cut. What possible values only say may be is told of once a real case shows it; where neither is found, that
//! is said.

mod contact;
mod faults;
mod missing;
pub mod pair;
pub mod pool;
pub mod proof;
mod reach;
mod region;
mod risk;
mod stretch;
mod tier;

pub use self::proof::{Proof, Property, Report, Shown, Verdict};

use self::{
    pool::Pool,
    region::{Found, Space, search},
    stretch::Stretch,
};
use crate::policy::Policy;
use jiff::{ToSpan, civil::Date};
use std::collections::BTreeSet;

/// Most regions for one question, where nothing else is asked for.
pub const BUDGET: usize = 30_000;
/// Days into the last stretch, which has no end, on which its cases are looked at.
const INTO_THE_LAST: i64 = 30;
/// Before this day what a case has on record may lie before 2010, from when bank holidays are known.
const RECORDS_ARE_KNOWN: Date = jiff::civil::date(2013, 1, 1);

/// The first day that is asked about where a policy does not say when it begins.
const BEGINNING: Date = jiff::civil::date(2000, 1, 1);

/// Asks of a policy what can be asked of any, [`Property::OF_ONE`] or some of that: `worked` are its worked cases as texts, and
/// `budget` the regions that each question may take.
#[must_use]
pub fn verify(policy: &Policy, worked: &[String], asked: &[Property], budget: usize) -> Report {
    let mut proofs: Vec<Proof> = Vec::new();
    let stretches = days_of(&changes_of([policy, policy]));
    for (from, until, on) in &stretches {
        let mut stretch = Stretch::new(policy, *from, *until, Pool::new(policy, worked, *on), budget);
        for proof in of_stretch(&mut stretch, asked) {
            merge(&mut proofs, proof);
        }
    }
    Report {
        policies: vec![policy.name().to_string()],
        digests: vec![policy.digest().to_string()],
        law: policy.law(),
        stretches: stretches.into_iter().map(|(from, ..)| from).collect(),
        excepted: policy.list("NOT_RISK").to_vec(),
        proofs,
    }
}

/// The dates on which one of two policies changes; where the law of one day is asked of, nothing does.
fn changes_of(policies: [&Policy; 2]) -> BTreeSet<Date> {
    let changes = |policy: &Policy| {
        let many = if policy.law().is_some() { 1 } else { usize::MAX };
        policy.changes().iter().take(many).copied().collect::<Vec<_>>()
    };
    let mut dates: BTreeSet<Date> = policies.into_iter().flat_map(changes).collect();
    // Without numbers nothing says when a policy begins: its rules hold before the first of them ends, too.
    if policies.iter().all(|policy| policy.parameters().changes().next().is_none() && policy.law().is_none()) {
        dates.insert(BEGINNING);
    }
    dates
}

/// The stretches between some dates: the first day of each, that of the next, and one on which its cases are looked at.
fn days_of(dates: &BTreeSet<Date>) -> Vec<(Date, Option<Date>, Date)> {
    let mut dates: Vec<Date> = dates.iter().copied().collect();
    if dates.is_empty() {
        dates.push(BEGINNING);
    }
    let stretch = |(at, from): (usize, &Date)| {
        let until = dates.get(at + 1).copied();
        let last = || match from.checked_add(INTO_THE_LAST.days()).unwrap_or(*from) {
            early if early < RECORDS_ARE_KNOWN => brag_made_up::DATE,
            day => day,
        };
        let on = until.and_then(|until| until.yesterday().ok());
        (*from, until, on.unwrap_or_else(last))
    };
    dates.iter().enumerate().map(stretch).collect()
}

fn of_stretch(stretch: &mut Stretch<'_>, asked: &[Property]) -> Vec<Proof> {
    let mut proofs = Vec::new();
    let asks = |property: Property| asked.contains(&property);
    let has_tiers = !stretch.policy.tiers().is_empty();
    if asks(Property::AlwaysATier) && has_tiers {
        proofs.push(tier::always(stretch));
    }
    if asks(Property::Law) && has_tiers {
        proofs.extend(tier::laws(stretch));
    }
    if asks(Property::MoreRisk) && has_tiers {
        proofs.extend(risk::more_risk(stretch));
    }
    if asks(Property::MissingFact) && has_tiers {
        proofs.extend(missing::missing(stretch));
    }
    if asks(Property::Contact) {
        proofs.extend(contact::contact(stretch));
    }
    if asks(Property::NeverFails) {
        proofs.extend(faults::never_fails(stretch));
    }
    if Property::OF_ONE.into_iter().any(|property| property.wants_a_case() && asks(property)) {
        proofs.extend(reach::reach(stretch).into_iter().filter(|proof| asks(proof.property)));
    }
    proofs
}

/// Adds what was found on one stretch to what was found on those before it: a question is settled by the worst, and where one case
/// is wanted by the best.
fn merge(proofs: &mut Vec<Proof>, proof: Proof) {
    let rank = |proof: &Proof| match (&proof.verdict, proof.property.wants_a_case()) {
        (Verdict::Proved { .. }, false) | (Verdict::Refuted { .. }, true) => 0,
        (Verdict::NotDecided { .. }, _) => 1,
        (Verdict::Refuted { .. }, false) | (Verdict::Proved { .. }, true) => 2,
    };
    match proofs.iter_mut().find(|known| known.property == proof.property && known.about == proof.about) {
        None => proofs.push(proof),
        Some(known) => {
            known.regions += proof.regions;
            if rank(&proof) > rank(known) {
                known.verdict = proof.verdict;
            }
        }
    }
}

/// One question, asked and answered.
fn ask(
    stretch: &mut Stretch<'_>,
    (property, about): (Property, String),
    space: &Space,
    ask: region::Ask<'_>,
    show: region::Show<'_>,
) -> Proof {
    stretch.pool.begin();
    let (found, regions) = search(stretch, space, ask, show);
    let verdict = match (found, property.wants_a_case()) {
        (Found::Holds, false) => Verdict::Proved { shown: None },
        (Found::Holds, true) => Verdict::Refuted { shown: None },
        (Found::Case(shown), false) => Verdict::Refuted { shown: Some(shown) },
        (Found::Case(shown), true) => Verdict::Proved { shown: Some(shown) },
        (Found::Neither(why), _) => Verdict::NotDecided { why },
    };
    Proof { property, about, verdict, regions }
}
