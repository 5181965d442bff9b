//! What a book holds of each case, and how a script sees it.

use crate::{
    case::{Case, phase, supervision::Rating, text::Label, value::Value},
    caseload::level::Level,
    language::tiers::Tiers,
    schedule::assess::Assessment,
};
use jiff::civil::Date;
use rustc_hash::FxHashSet;
use std::{cmp::Ordering, sync::Arc};

/// What a book holds of one case: as little as patterns are found in, because it is held of every case.
#[derive(Debug, Clone)]
pub struct Row {
    /// Case reference.
    crn: Arc<str>,
    /// Reference of the case manager.
    pub officer: Option<Arc<str>>,
    /// Local delivery unit.
    pub office: Option<Arc<str>>,
    computed: Option<Arc<str>>,
    flags: Box<[Arc<str>]>,
    started_on: Option<Date>,
    plan_on: Option<Date>,
    scores: [Option<i64>; 3],
    ratings: Box<[Rated]>,
    overrides: Box<[Moved]>,
}

/// A rating on record.
#[derive(Debug, Clone)]
struct Rated {
    date: Date,
    tier: Arc<str>,
    by: Option<Arc<str>>,
}

/// An override on record, between tiers of the order.
#[derive(Debug, Clone)]
struct Moved {
    date: Option<Date>,
    from: Arc<str>,
    to: Arc<str>,
    direction: Ordering,
}

/// Texts that many cases have, such as tiers and officers: each is held once.
#[derive(Debug, Default)]
pub struct Texts(FxHashSet<Arc<str>>);

impl Texts {
    fn share(&mut self, text: &mut Arc<str>) {
        match self.0.get(text) {
            Some(known) => *text = Arc::clone(known),
            None => drop(self.0.insert(Arc::clone(text))),
        }
    }
}

impl Row {
    /// What a book holds of a case, as it was known on the date of its assessment.
    #[must_use]
    pub fn new(case: &Case, assessment: &Assessment, tiers: &Tiers) -> Self {
        let (supervision, decision, oasys) = (&case.supervision, &assessment.decision, &case.oasys);
        let mut ratings: Vec<&Rating> =
            case.ratings.iter().filter(|rating| rating.date.0 <= decision.assessed_on).collect();
        ratings.sort_by_key(|rating| rating.date);
        let computed = decision.range.as_ref().map(|[lowest, _]| lowest).or(decision.computed.as_ref());
        let rated = |rating: &&Rating| Rated {
            date: rating.date.0,
            tier: rating.tier.as_str().into(),
            by: rating.by.as_ref().map(Label::shared),
        };
        Self {
            crn: case.crn.shared(),
            officer: supervision.officer.id.as_ref().map(Label::shared),
            office: supervision.office.as_ref().map(Label::shared),
            computed: computed.map(|tier| tier.as_str().into()),
            flags: decision.flags.iter().map(|flag| Arc::clone(&flag.code)).collect(),
            started_on: phase::start(case),
            plan_on: case.plan.completed_on.map(|date| date.0),
            scores: [oasys.ogrs3.map(|it| it.0), oasys.ogp.map(|it| it.0), oasys.ovp.map(|it| it.0)],
            overrides: overrides(&ratings, assessment, tiers),
            ratings: ratings.iter().map(rated).collect(),
        }
    }

    /// The same with texts that many cases have held once.
    #[must_use]
    pub fn sharing(mut self, texts: &mut Texts) -> Self {
        let of_case = [&mut self.officer, &mut self.office, &mut self.computed].into_iter().flatten();
        let of_ratings = self.ratings.iter_mut().flat_map(|one| std::iter::once(&mut one.tier).chain(&mut one.by));
        let of_overrides = self.overrides.iter_mut().flat_map(|one| [&mut one.from, &mut one.to]);
        of_case.chain(&mut self.flags).chain(of_ratings).chain(of_overrides).for_each(|text| texts.share(text));
        self
    }

    fn case(&self) -> Value {
        let [ogrs3, ogp, ovp] = self.scores.map(|score| score.map_or(Value::Absent, Value::Whole));
        let recorded = self.ratings.last().map(|rating| &rating.tier);
        Value::record([
            ("crn", Value::Text(Arc::clone(&self.crn))),
            ("officer", text(self.officer.as_ref())),
            ("office", text(self.office.as_ref())),
            ("recorded", text(recorded)),
            ("computed", text(self.computed.as_ref())),
            ("flags", Value::list(self.flags.iter().map(|code| text(Some(code))))),
            ("started_on", day(self.started_on)),
            ("plan_on", day(self.plan_on)),
            ("ogrs3", ogrs3),
            ("ogp", ogp),
            ("ovp", ovp),
        ])
    }

    /// The ratings that follow another one: reviews, which may have changed the tier.
    fn reviews(&self) -> impl Iterator<Item = Value> {
        let pairs = self.ratings.iter().zip(self.ratings.iter().skip(1));
        pairs.map(|(former, rating)| {
            Value::record([
                ("crn", Value::Text(Arc::clone(&self.crn))),
                ("by", text(rating.by.as_ref())),
                ("date", Value::Date(rating.date)),
                ("was", text(Some(&former.tier))),
                ("tier", text(Some(&rating.tier))),
                ("changed", Value::Bool(former.tier != rating.tier)),
            ])
        })
    }

    fn overrides(&self) -> impl Iterator<Item = Value> {
        self.overrides.iter().map(|moved| {
            Value::record([
                ("crn", Value::Text(Arc::clone(&self.crn))),
                ("date", day(moved.date)),
                ("from", text(Some(&moved.from))),
                ("to", text(Some(&moved.to))),
                ("lowers", Value::Bool(moved.direction.is_lt())),
                ("raises", Value::Bool(moved.direction.is_gt())),
            ])
        })
    }
}

/// Every override on record: those that ratings rest on, and the one that stands now.
fn overrides(ratings: &[&Rating], assessment: &Assessment, tiers: &Tiers) -> Box<[Moved]> {
    let moved = |date: Option<Date>, from: &str, to: &str| {
        let direction = tiers.rank(to)?.cmp(&tiers.rank(from)?);
        Some(Moved { date, from: from.into(), to: to.into(), direction })
    };
    let recorded = ratings.iter().filter_map(|rating| {
        let from = rating.r#override.as_ref()?.from.as_ref()?;
        moved(Some(rating.date.0), from.as_str(), rating.tier.as_str())
    });
    let now = assessment.decision.judgement.iter();
    recorded.chain(now.filter_map(|now| moved(now.date, &now.from, &now.tier))).collect()
}

/// A book as a script sees it.
#[must_use]
pub fn book(level: Level, name: Option<&Arc<str>>, rows: &[&Row]) -> Value {
    Value::record([
        ("level", Value::Text(level.as_str().into())),
        ("name", text(name)),
        ("cases", Value::list(rows.iter().map(|row| row.case()))),
        ("reviews", Value::list(rows.iter().flat_map(|row| row.reviews()))),
        ("overrides", Value::list(rows.iter().flat_map(|row| row.overrides()))),
    ])
}

fn text(word: Option<&Arc<str>>) -> Value {
    word.map_or(Value::Absent, |word| Value::Text(Arc::clone(word)))
}

fn day(date: Option<Date>) -> Value {
    date.map_or(Value::Absent, Value::Date)
}
