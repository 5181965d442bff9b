//! Ratings: what a policy's `rating` function makes of a case, standard by standard. What a rating is and what it rests on is the
//! policy's; here is the form in which it says so.

use crate::{case::value::InFull, decision::assessor::Assessor, evaluate::inputs::Facts, language::fault::PolicyFault};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a policy rates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectionRating {
    /// The standards, in the order of the policy.
    pub standards: Vec<RatedStandard>,
    /// What their scores add up to; null where one has none.
    pub total: Option<i64>,
    /// The parameter of the policy that says which rating overall a total gives.
    pub number: String,
}

/// A standard with its rating.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RatedStandard {
    /// Its name in the policy.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The questions that it is rated from; empty where it is rated as a whole.
    pub questions: Vec<RatedQuestion>,
    /// The rating that the questions give; null where they give none.
    pub by_numbers: Option<String>,
    /// Professional discretion, where it is recorded.
    pub discretion: Option<Discretion>,
    /// The rating; null where there is none.
    pub rating: Option<String>,
    /// What it scores.
    pub score: Option<i64>,
}

/// A question with the rating of its answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RatedQuestion {
    /// Its name: that of its column in a sample, without `local.`.
    pub name: String,
    /// What it asks.
    pub title: String,
    /// The cases that are sufficient; null where the question has no answer.
    pub sufficient: Option<u64>,
    /// The cases to which it is relevant.
    pub relevant: Option<u64>,
    /// The share of the ones among the others, in percent.
    pub share: Option<f64>,
    /// The rating of that share.
    pub rating: Option<String>,
    /// The share from which that rating is given.
    pub from: Option<f64>,
    /// The parameter of the policy that says so.
    pub number: String,
    /// Whether it decides the rating of its standard.
    pub decides: bool,
}

/// Professional discretion about a standard, as it is recorded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Discretion {
    /// The rating that it asks for.
    pub rating: String,
    /// Why.
    pub reason: Option<String>,
    /// Who authorised it.
    pub authorised_by: Option<String>,
    /// When.
    pub date: Option<String>,
    /// Whether the policy lets it move the rating.
    pub applied: bool,
    /// What it moved, or why it did not.
    pub note: String,
}

/// What the policy's `rating` function makes of a case; null where it has none.
///
/// # Errors
///
/// When the function fails, or returns something else than a rating.
pub fn rating(assessor: &mut Assessor<'_>, facts: &Arc<Facts>) -> Result<Option<InspectionRating>, Box<PolicyFault>> {
    let evaluator = &mut assessor.begin(facts).evaluator;
    let Some((rule, returned)) = evaluator.rating()? else { return Ok(None) };
    let read = serde_json::to_value(InFull(&returned)).and_then(serde_json::from_value);
    read.map(Some).map_err(|error: serde_json::Error| {
        let said = error.to_string();
        // Of another kind of value the reader repeats what stands there, which may be of a case.
        let is_of_names = said.starts_with("missing field") || said.starts_with("unknown field");
        let said = if is_of_names { said.as_str() } else { "a value in it is of another kind" };
        let message = format!("returned something that is no rating: {said}");
        let help = "it returns `#{ standards: [...], total: ..., number: ... }`: see `brag show schema rating`";
        Box::new(PolicyFault::failed(&rule.file, message).rule(&rule.name).at(Some(rule.line), None).help(help))
    })
}
