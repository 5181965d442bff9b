//! A rating for people and for programs: a line a standard, with its questions below it.

use crate::{
    decision::{
        Decision, PolicyMark,
        judgement::Judgement,
        rating::{InspectionRating, RatedQuestion, RatedStandard},
        reason::{Flag, ParameterInForce},
    },
    report::{
        View,
        assess_page::{reserved, titled},
        page::Page,
        phrases::{date, said_of},
        shown::code,
        table::Table,
    },
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeSet;

/// A rating with the decision that it belongs to.
#[derive(Debug)]
pub struct RatingReport<'a> {
    /// The rating overall.
    pub decision: &'a Decision,
    /// What it is made of.
    pub rating: &'a InspectionRating,
    /// The cases of the sample.
    pub cases: usize,
    /// Whether the numbers that it rests on are told, too.
    pub is_in_full: bool,
}

/// A rating for programs. Keys may be added; none is renamed or taken away.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Rating")]
pub(super) struct RatingDocument<'a> {
    /// The reference of what is rated.
    inspection: &'a str,
    /// The date that the rating is for.
    on: Date,
    /// The policy that gave it.
    policy: &'a PolicyMark,
    /// The cases of the sample.
    cases: usize,
    /// The rating overall; null where it is not firm.
    overall: Option<&'a str>,
    /// The best and the worst that it can be, where it is not firm.
    range: Option<&'a [String; 2]>,
    /// What the scores add up to; null where a standard has none.
    total: Option<i64>,
    /// The parameter of the policy that says which rating overall a total gives.
    number: &'a str,
    /// The standards, in the order of the policy.
    standards: &'a [RatedStandard],
    /// What a person must look at, professional discretion among it.
    flags: &'a [Flag],
    /// Professional judgement that moved the rating overall, or was refused.
    #[serde(rename = "override")]
    judgement: Option<&'a Judgement>,
    /// The numbers in force that the questions rest on.
    numbers: Vec<&'a ParameterInForce>,
}

impl RatingReport<'_> {
    /// The rating overall, where it is firm.
    #[must_use]
    pub fn overall(&self) -> Option<&str> {
        self.decision.tier.as_deref().filter(|_| self.decision.range.is_none())
    }

    /// The numbers that its questions rest on.
    fn numbers(&self) -> impl Iterator<Item = &ParameterInForce> {
        let questions = self.rating.standards.iter().flat_map(|standard| &standard.questions);
        let named: BTreeSet<&str> =
            questions.map(|question| question.number.as_str()).chain([self.rating.number.as_str()]).collect();
        self.decision.parameters.iter().filter(move |number| named.contains(number.name.as_str()))
    }
}

impl View for RatingReport<'_> {
    fn draw(&self, page: &mut Page) {
        let decision = self.decision;
        titled(page, decision);
        if let Some([low, high]) = &decision.range {
            page.fact("not firm", &format!("{low} to {high}: the worst that it can be is shown"));
        }
        reserved(page, decision);
        let total =
            self.rating.total.map_or_else(|| "none: a standard has no rating".to_owned(), |total| total.to_string());
        page.fact("total", &total);
        page.fact("sample", &format!("cases: {}", self.cases));
        page.section("Standards");
        let mut table = Table::new(&["standard, key question", "sufficient", "share", "rating", "score", ""]);
        for standard in &self.rating.standards {
            table.cells(of_standard(standard));
            standard.questions.iter().for_each(|question| table.cells(of_question(question)));
        }
        page.table(&table);
        if !decision.flags.is_empty() {
            page.section("Flags");
        }
        for flag in &decision.flags {
            page.note(2, &format!("{}{}", code(&flag.code), said_of(flag)));
        }
        if self.is_in_full || page.is_record() {
            self.draw_numbers(page);
        }
    }

    fn json(&self) -> impl Serialize {
        let decision = self.decision;
        json!(RatingDocument {
            inspection: &decision.crn,
            on: decision.assessed_on,
            policy: &decision.policy,
            cases: self.cases,
            overall: self.overall(),
            range: decision.range.as_ref(),
            total: self.rating.total,
            number: &self.rating.number,
            standards: &self.rating.standards,
            flags: &decision.flags,
            judgement: decision.judgement.as_ref(),
            numbers: self.numbers().collect(),
        })
    }
}

impl RatingReport<'_> {
    fn draw_numbers(&self, page: &mut Page) {
        page.section("Numbers");
        for question in self.rating.standards.iter().flat_map(|standard| &standard.questions) {
            if let (Some(rating), Some(from)) = (&question.rating, question.from) {
                let said = format!("{rating} from {from} ({})", code(&question.number));
                page.named(2, 28, &question.name, &said);
            }
        }
        for number in self.numbers() {
            let unit = number.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
            page.named(2, 28, &number.name, &format!("{}{unit}", number.value.written()));
            page.aside(6, &format!("Since {}. Source: {}", date(number.since), number.source));
        }
    }
}

fn of_standard(standard: &RatedStandard) -> [String; 6] {
    let applied = standard.discretion.as_ref().map(|discretion| discretion.applied);
    let moved = applied.map(|applied| if applied { "discretion" } else { "discretion refused" });
    let rating = standard.rating.clone().unwrap_or_else(|| "no rating".to_owned());
    let score = standard.score.map(|score| score.to_string()).unwrap_or_default();
    [standard.title.clone(), String::new(), String::new(), rating, score, moved.unwrap_or_default().to_owned()]
}

fn of_question(question: &RatedQuestion) -> [String; 6] {
    let counts = match (question.sufficient, question.relevant) {
        (Some(sufficient), Some(relevant)) => format!("{sufficient} of {relevant}"),
        _ => "no case".to_owned(),
    };
    let share = question.share.map(|share| format!("{share}%")).unwrap_or_default();
    let rating = question.rating.clone().unwrap_or_else(|| "no rating".to_owned());
    let decides = if question.decides { "decides" } else { "" };
    [format!("- {}", question.title), counts, share, rating, String::new(), decides.to_owned()]
}
