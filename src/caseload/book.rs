//! What a book holds of each case, and how a script sees it.

use crate::{
    case::{Case, phase, supervision::Rating, text::Label},
    caseload::level::Level,
    language::{datum::Datum, tiers::Tiers},
    schedule::assess::Assessment,
};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::{cmp::Ordering, rc::Rc, sync::Arc};

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

    fn case<'a>(&'a self, crn: &Datum, words: &mut Words<'a>) -> Datum {
        let [ogrs3, ogp, ovp] = self.scores.map(|score| score.map_or(Datum::Absent, Datum::Whole));
        let recorded = self.ratings.last().map(|rating| &rating.tier);
        table([
            ("crn", crn.clone()),
            ("officer", words.of(self.officer.as_ref())),
            ("office", words.of(self.office.as_ref())),
            ("recorded", words.of(recorded)),
            ("computed", words.of(self.computed.as_ref())),
            ("flags", Datum::list(self.flags.iter().map(|code| words.of(Some(code))).collect())),
            ("started_on", day(self.started_on)),
            ("plan_on", day(self.plan_on)),
            ("ogrs3", ogrs3),
            ("ogp", ogp),
            ("ovp", ovp),
        ])
    }

    /// The ratings that follow another one: reviews, which may have changed the tier.
    fn reviews<'a>(&'a self, crn: &Datum, words: &mut Words<'a>) -> impl Iterator<Item = Datum> {
        let pairs = self.ratings.iter().zip(self.ratings.iter().skip(1));
        pairs.map(|(former, rating)| {
            table([
                ("crn", crn.clone()),
                ("by", words.of(rating.by.as_ref())),
                ("date", Datum::Date(rating.date)),
                ("was", words.of(Some(&former.tier))),
                ("tier", words.of(Some(&rating.tier))),
                ("changed", Datum::Bool(former.tier != rating.tier)),
            ])
        })
    }

    fn overrides<'a>(&'a self, crn: &Datum, words: &mut Words<'a>) -> impl Iterator<Item = Datum> {
        self.overrides.iter().map(|moved| {
            table([
                ("crn", crn.clone()),
                ("date", day(moved.date)),
                ("from", words.of(Some(&moved.from))),
                ("to", words.of(Some(&moved.to))),
                ("lowers", Datum::Bool(moved.direction.is_lt())),
                ("raises", Datum::Bool(moved.direction.is_gt())),
            ])
        })
    }
}

/// The words of one book for one thread, each once.
#[derive(Default)]
struct Words<'a>(FxHashMap<&'a str, Rc<str>>);

impl<'a> Words<'a> {
    fn of(&mut self, word: Option<&'a Arc<str>>) -> Datum {
        word.map_or(Datum::Absent, |word| {
            Datum::Text(Rc::clone(self.0.entry(word).or_insert_with(|| (&**word).into())))
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
pub fn book(level: Level, name: Option<&Arc<str>>, rows: &[&Row]) -> Datum {
    let mut words = Words::default();
    let (mut cases, mut reviews, mut overrides) = (Vec::with_capacity(rows.len()), Vec::new(), Vec::new());
    for row in rows {
        let crn = Datum::text(&row.crn);
        cases.push(row.case(&crn, &mut words));
        reviews.extend(row.reviews(&crn, &mut words));
        overrides.extend(row.overrides(&crn, &mut words));
    }
    table([
        ("level", Datum::Word(level.as_str())),
        ("name", words.of(name)),
        ("cases", Datum::list(cases)),
        ("reviews", Datum::list(reviews)),
        ("overrides", Datum::list(overrides)),
    ])
}

fn table<const N: usize>(entries: [(&'static str, Datum); N]) -> Datum {
    Datum::table(entries.into_iter().map(|(name, value)| (name.into(), value)).collect())
}

fn day(date: Option<Date>) -> Datum {
    date.map_or(Datum::Absent, Datum::Date)
}
