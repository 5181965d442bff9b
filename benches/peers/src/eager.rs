//! For languages that cannot stop at a missing input by themselves: the rules in Rust say which one is met first, and what
//! no rule reads is filled with any value. This spares those languages the runs that would only find out.

use crate::{
    answer::{Allocation, Answer, Code, Contact, Effect, Effects, Standards, Tier},
    book::Book,
    facts::{Assumed, Fact, Value},
    hard_coded::{
        CONTACT_AMBER, CONTACT_GREEN_LOW, CONTACT_GREEN_MEDIUM, CONTACT_HUB, CONTACT_IOM_CUSTODY, CONTACT_RED,
        CONTACT_RED_AMBER, HardCoded,
    },
    inputs::inputs,
    peer::{Language, Peer, Stop},
    range,
};
use brag::case::{
    Case,
    words::{Grade, Place},
};
use serde_json::{Map, Value as Json, json};

/// A language that needs every input.
pub trait Whole {
    /// Its name in the table.
    const NAME: &'static str;

    /// Converts the inputs of every case.
    ///
    /// # Errors
    ///
    /// What cannot be converted.
    fn prepare(&mut self, cases: Vec<Map<String, Json>>) -> Result<(), String>;

    /// What every rule says of a case, with values for facts that it does not give.
    ///
    /// # Errors
    ///
    /// What failed.
    fn rules(&mut self, at: usize, extra: &[(Fact, Value)]) -> Result<Effects, String>;

    /// What follows from a tier.
    ///
    /// # Errors
    ///
    /// What failed.
    fn standards(&mut self, at: usize, extra: &[(Fact, Value)], tier: Tier) -> Result<Standards, String>;
}

/// Makes a peer of such a language.
pub struct Eager<W> {
    language: W,
    known: Known,
}

struct Known {
    reads: HardCoded,
    /// A value for each fact.
    any: Vec<(Fact, Value)>,
    /// Whether a case gives every fact.
    whole: Vec<bool>,
}

impl<W: Whole> Eager<W> {
    /// The peer.
    #[must_use]
    pub const fn new(language: W, reads: HardCoded) -> Self {
        Self { language, known: Known { reads, any: Vec::new(), whole: Vec::new() } }
    }
}

impl<W: Whole> Peer for Eager<W> {
    fn name(&self) -> &'static str {
        W::NAME
    }

    fn prepare(&mut self, book: &Book) -> Result<(), String> {
        let first = |fact: Fact| book.frame.domains.values(fact).first().map(|value| (fact, *value));
        self.known = Known {
            reads: book.frame.reads,
            any: Fact::ALL.into_iter().filter_map(first).collect(),
            whole: book
                .cases
                .iter()
                .map(|file| Fact::ALL.iter().all(|fact| fact.given(&file.case).is_some()))
                .collect(),
        };
        self.language.prepare(book.cases.iter().map(|file| inputs(file, book.frame.on)).collect())
    }

    fn decide(&mut self, book: &Book, at: usize) -> Result<Answer, String> {
        range::decide(self, at, &book.case(at)?.case, &book.frame)
    }
}

impl Known {
    fn extra(&self, case: &Case, assumed: &Assumed) -> Vec<(Fact, Value)> {
        let missing = self.any.iter().filter(|(fact, _)| fact.given(case).is_none());
        missing.map(|(fact, any)| (*fact, assumed.get(*fact).unwrap_or(*any))).collect()
    }

    fn is_whole(&self, at: usize) -> bool {
        self.whole.get(at).copied().unwrap_or(false)
    }
}

impl<W: Whole> Language for Eager<W> {
    fn rules(&mut self, at: usize, case: &Case, assumed: &Assumed) -> Result<Effects, Stop> {
        if self.known.is_whole(at) {
            return self.language.rules(at, &[]).map_err(Stop::Failed);
        }
        self.known.reads.rules(case, assumed)?;
        self.language.rules(at, &self.known.extra(case, assumed)).map_err(Stop::Failed)
    }

    fn standards(&mut self, at: usize, case: &Case, assumed: &Assumed, tier: Tier) -> Result<Standards, Stop> {
        if self.known.is_whole(at) {
            return self.language.standards(at, &[], tier).map_err(Stop::Failed);
        }
        self.known.reads.standards(case, assumed, tier)?;
        self.language.standards(at, &self.known.extra(case, assumed), tier).map_err(Stop::Failed)
    }
}

/// An effect from the word that a rule's expression gives: a tier of the first eight rules, a flag of the others.
#[must_use]
pub fn effect(rule: usize, word: &str) -> Effect {
    match rule {
        _ if word.is_empty() => Effect::Nothing,
        0 => Tier::parse(word).map_or(Effect::Nothing, Effect::Decide),
        1..8 => Tier::parse(word).map_or(Effect::Nothing, Effect::AtLeast),
        _ => Code::parse(word).map_or(Effect::Nothing, Effect::Flag),
    }
}

/// Standards from the words for them: expressions name a standard, and the record of that name is looked up here.
#[must_use]
pub fn standards(contact: &str, review_days: i64, allocation: &str) -> Standards {
    Standards {
        contact: contact_named(contact),
        review_days: u32::try_from(review_days).ok().filter(|days| *days > 0),
        allocation: Some(match allocation {
            "hub" => Allocation { grade: Grade::Pso, from: Place::OperationalHub },
            "po" => Allocation { grade: Grade::Po, from: Place::FrontOffice },
            _ => Allocation { grade: Grade::Pso, from: Place::FrontOffice },
        }),
    }
}

fn contact_named(word: &str) -> Option<Contact> {
    Some(match word {
        "Red" => CONTACT_RED,
        "Red-Amber" => CONTACT_RED_AMBER,
        "Amber" => CONTACT_AMBER,
        "green_low" => CONTACT_GREEN_LOW,
        "green_medium" => CONTACT_GREEN_MEDIUM,
        "hub" => CONTACT_HUB,
        "iom_custody" => CONTACT_IOM_CUSTODY,
        _ => return None,
    })
}

/// The tables that expressions look things up in.
#[must_use]
pub fn parameters() -> Json {
    json!({
        "matrix": {
            "low": { "low": "Green", "medium": "Amber", "high": "Amber", "very_high": "Red-Amber" },
            "medium": { "low": "Amber", "medium": "Amber", "high": "Red-Amber", "very_high": "Red" },
            "high": { "low": "Red", "medium": "Red", "high": "Red", "very_high": "Red" },
            "very_high": { "low": "Red", "medium": "Red", "high": "Red", "very_high": "Red" },
        },
        "one_step_up": { "Green": "Amber", "Amber": "Red-Amber", "Red-Amber": "Red-Amber", "Red": "Red" },
        "vulnerable": ["domestic_abuse_victim", "adult_at_risk", "vulnerability", "suicide_self_harm"],
        "safeguarding": [
            "domestic_abuse_perpetrator", "child_protection", "child_concerns", "risk_to_children", "stalking",
        ],
        "disputing": ["domestic_abuse_perpetrator", "child_protection", "risk_to_children", "sex_offender"],
        "disputing_offences": [
            "murder", "manslaughter", "rape", "sexual", "robbery", "aggravated_burglary", "wounding_gbh",
            "arson_endanger_life", "kidnap", "firearm", "non_molestation_order_breach", "restraining_order_breach",
            "stalking", "domestic_assault", "coercive_control",
        ],
    })
}
