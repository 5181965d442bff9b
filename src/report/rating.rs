//! A rating for people and for programs: a line a standard, with its questions below it.

use crate::{
    decision::{
        Decision,
        rating::{RatedQuestion, RatedStandard, Rating},
        reason::ParameterInForce,
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
use schemars::schema_for;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A rating with the decision that it belongs to.
#[derive(Debug)]
pub struct RatingReport<'a> {
    /// The rating overall.
    pub decision: &'a Decision,
    /// What it is made of.
    pub rating: &'a Rating,
    /// The cases of the sample.
    pub cases: usize,
    /// Whether the numbers that it rests on are told, too.
    pub is_in_full: bool,
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

    fn json(&self) -> Value {
        let decision = self.decision;
        json!({
            "inspection": decision.crn,
            "on": decision.assessed_on,
            "policy": decision.policy,
            "cases": self.cases,
            "overall": self.overall(),
            "range": decision.range,
            "total": self.rating.total,
            "number": self.rating.number,
            "standards": self.rating.standards,
            "flags": decision.flags,
            "override": decision.judgement,
            "numbers": self.numbers().collect::<Vec<_>>(),
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

/// The JSON Schema of what `brag rate --format json` writes.
#[must_use]
pub fn rating_schema() -> Value {
    let mut schema = schema_for!(Rating).to_value();
    let nullable = |kind: &str, about: &str| json!({ "type": [kind, "null"], "description": about });
    let of = |kind: &str, about: &str| json!({ "type": kind, "description": about });
    let more = json!({
        "inspection": of("string", "The reference of what is rated."),
        "on": { "type": "string", "format": "date", "description": "The date that the rating is for." },
        "policy": of("object", "The policy that gave it: name, digest, and what of it was on trial."),
        "cases": of("integer", "The cases of the sample."),
        "overall": nullable("string", "The rating overall; null where it is not firm."),
        "range": nullable("array", "The best and the worst that it can be, where it is not firm."),
        "flags": of("array", "What a person must look at, professional discretion among it."),
        "override": nullable("object", "Professional judgement that moved the rating overall, or was refused."),
        "numbers": of("array", "The numbers in force that the questions rest on, with dates and sources."),
    });
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("title".to_owned(), json!("A rating of a sample"));
        if let (Some(Value::Object(known)), Value::Object(more)) = (schema.get_mut("properties"), more) {
            known.extend(more);
        }
        let named: Vec<String> = schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(|all| all.keys().cloned())
            .collect();
        schema.insert("required".to_owned(), json!(named));
    }
    schema
}
