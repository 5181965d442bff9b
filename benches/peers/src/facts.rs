//! The facts that a case may miss, and the values that are tried for each.

use brag::case::{
    Case,
    words::{Level, Offence, Place},
};
use rust_decimal::Decimal;

/// A fact that the rules read and a case may miss, in the order of the case model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of the case model")]
pub enum Fact {
    Category,
    ManagedFrom,
    Rosh,
    RoshPublic,
    RoshChildren,
    RoshKnownAdult,
    RoshStaff,
    Ogrs3,
    Ogp,
    Ovp,
    Rsr,
    Accommodation,
    Ete,
    Relationships,
    Lifestyle,
    Drugs,
    Alcohol,
    Thinking,
    Attitudes,
}

/// How many there are.
pub const FACTS: usize = 19;

impl Fact {
    /// Every fact, in order.
    pub const ALL: [Self; FACTS] = [
        Self::Category,
        Self::ManagedFrom,
        Self::Rosh,
        Self::RoshPublic,
        Self::RoshChildren,
        Self::RoshKnownAdult,
        Self::RoshStaff,
        Self::Ogrs3,
        Self::Ogp,
        Self::Ovp,
        Self::Rsr,
        Self::Accommodation,
        Self::Ete,
        Self::Relationships,
        Self::Lifestyle,
        Self::Drugs,
        Self::Alcohol,
        Self::Thinking,
        Self::Attitudes,
    ];

    /// Its name in the scripts of the peers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::ManagedFrom => "managed_from",
            Self::Rosh => "rosh",
            Self::RoshPublic => "rosh_public",
            Self::RoshChildren => "rosh_children",
            Self::RoshKnownAdult => "rosh_known_adult",
            Self::RoshStaff => "rosh_staff",
            Self::Ogrs3 => "ogrs3",
            Self::Ogp => "ogp",
            Self::Ovp => "ovp",
            Self::Rsr => "rsr",
            Self::Accommodation => "accommodation",
            Self::Ete => "ete",
            Self::Relationships => "relationships",
            Self::Lifestyle => "lifestyle",
            Self::Drugs => "drugs",
            Self::Alcohol => "alcohol",
            Self::Thinking => "thinking",
            Self::Attitudes => "attitudes",
        }
    }

    /// The fact of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fact| fact.name() == name)
    }

    /// What a case says of it.
    #[must_use]
    pub fn given(self, case: &Case) -> Option<Value> {
        let (oasys, to, sections) = (&case.oasys, &case.oasys.rosh_to, &case.oasys.sections);
        // A group beside the lowest overall level is presumed to be at that.
        let lowest = oasys.rosh.filter(|level| *level == Level::Low);
        match self {
            Self::Category => case.sentence.index_offence.category.map(Value::Offence),
            Self::ManagedFrom => case.supervision.managed_from.map(Value::Place),
            Self::Rosh => oasys.rosh.map(Value::Level),
            Self::RoshPublic => to.public.or(lowest).map(Value::Level),
            Self::RoshChildren => to.children.or(lowest).map(Value::Level),
            Self::RoshKnownAdult => to.known_adult.or(lowest).map(Value::Level),
            Self::RoshStaff => to.staff.or(lowest).map(Value::Level),
            Self::Ogrs3 => oasys.ogrs3.map(|score| Value::Whole(score.0)),
            Self::Ogp => oasys.ogp.map(|score| Value::Whole(score.0)),
            Self::Ovp => oasys.ovp.map(|score| Value::Whole(score.0)),
            Self::Rsr => oasys.rsr.map(|score| Value::Decimal(score.0)),
            Self::Accommodation => sections.accommodation.score.map(|score| Value::Whole(score.0)),
            Self::Ete => sections.ete.score.map(|score| Value::Whole(score.0)),
            Self::Relationships => sections.relationships.score.map(|score| Value::Whole(score.0)),
            Self::Lifestyle => sections.lifestyle.score.map(|score| Value::Whole(score.0)),
            Self::Drugs => sections.drugs.score.map(|score| Value::Whole(score.0)),
            Self::Alcohol => sections.alcohol.score.map(|score| Value::Whole(score.0)),
            Self::Thinking => sections.thinking.score.map(|score| Value::Whole(score.0)),
            Self::Attitudes => sections.attitudes.score.map(|score| Value::Whole(score.0)),
        }
    }
}

/// A value of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A level of risk of serious harm.
    Level(Level),
    /// A score.
    Whole(i64),
    /// A percentage, exact.
    Decimal(Decimal),
    /// The category of an offence.
    Offence(Offence),
    /// From where a case is managed.
    Place(Place),
}

/// What is taken for missing facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Assumed([Option<Value>; FACTS]);

impl Assumed {
    /// Nothing is assumed.
    #[must_use]
    pub const fn nothing() -> Self {
        Self([None; FACTS])
    }

    /// The value taken for a fact.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "there is a place for every fact")]
    pub const fn get(&self, fact: Fact) -> Option<Value> {
        self.0[fact as usize]
    }

    /// The same with one value more.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "there is a place for every fact")]
    pub const fn with(mut self, fact: Fact, value: Value) -> Self {
        self.0[fact as usize] = Some(value);
        self
    }

    /// The facts for which a value is taken, with the values.
    pub fn all(&self) -> impl Iterator<Item = (Fact, Value)> {
        Fact::ALL.into_iter().zip(&self.0).filter_map(|(fact, value)| value.map(|value| (fact, value)))
    }
}

/// The values that are tried for a missing fact, as brag's own range tries them.
#[derive(Debug, Clone)]
pub struct Domains([Vec<Value>; FACTS]);

impl Domains {
    /// The values: every word, every score, and of a decimal the two thresholds that the rules compare with, and just below.
    #[must_use]
    pub fn hard_coded() -> Self {
        let tenths = |tenths, scale| Value::Decimal(Decimal::new(tenths, scale).normalize());
        Self::with(&[tenths(0, 0), tenths(299, 2), tenths(3, 0), tenths(6_899, 3), tenths(69, 1), tenths(100, 0)])
    }

    fn with(decimals: &[Value]) -> Self {
        let whole = |max: i64| (0..=max).map(Value::Whole).collect::<Vec<_>>();
        let levels = || Level::ALL.iter().copied().map(Value::Level).collect::<Vec<_>>();
        Self(Fact::ALL.map(|fact| match fact {
            Fact::Category => Offence::ALL.iter().copied().map(Value::Offence).collect(),
            Fact::ManagedFrom => Place::ALL.iter().copied().map(Value::Place).collect(),
            Fact::Rosh | Fact::RoshPublic | Fact::RoshChildren | Fact::RoshKnownAdult | Fact::RoshStaff => levels(),
            Fact::Ogrs3 | Fact::Ogp | Fact::Ovp => whole(100),
            Fact::Rsr => decimals.to_vec(),
            Fact::Accommodation | Fact::Ete | Fact::Alcohol | Fact::Thinking | Fact::Attitudes => whole(8),
            Fact::Relationships | Fact::Lifestyle => whole(6),
            Fact::Drugs => whole(10),
        }))
    }

    /// The values of a fact of a case: a group's risk beside a recorded overall level is presumed to be at most that.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "there is a place for every fact")]
    pub fn values(&self, fact: Fact, case: &Case) -> impl DoubleEndedIterator<Item = Value> {
        let is_group = matches!(fact, Fact::RoshPublic | Fact::RoshChildren | Fact::RoshKnownAdult | Fact::RoshStaff);
        let most = case.oasys.rosh.filter(|_| is_group);
        let may_be = move |value: &Value| !matches!((value, most), (Value::Level(level), Some(most)) if *level > most);
        self.0[fact as usize].iter().copied().filter(may_be)
    }
}
