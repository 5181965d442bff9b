//! What a walk takes for lacking by what an expression can be: the entries of a table for a key, the ways of a `switch` for a value. A
//! script may have asked before, so that no case comes there with such a key: the [evaluator](super::attainable) knows that.

use super::{attainable::Attainable, meaning::Spot, notes::at_spot};
use crate::{
    language::{fault::PolicyFault, tree::Place},
    policy::Policy,
};

/// Most doubts that are looked into; where there are more, something else is wrong.
const MOST: usize = 100;

/// Something that seems to be lacking.
#[derive(Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The code of the finding.
    pub code: &'static str,
    /// Where it is said.
    pub spot: Spot,
    /// Where the lookup or the `switch` stands, with its script.
    pub at: (u16, Place),
    /// The words for which there is nothing; none where these are other values than words.
    pub words: Vec<String>,
    /// Of a list, how many entries it has.
    pub len: Option<i64>,
}

/// What is found of them: nothing of words with which no case comes there.
pub(super) fn judged(policy: &Policy, doubts: Vec<Doubt>) -> Vec<PolicyFault> {
    let attainable = Attainable::of(policy);
    let is_lacking = |mut doubt: Doubt| {
        if let Some(len) = doubt.len {
            // Which way leads there with which number is seen of no more than one input.
            attainable.can_reach(doubt.at, len).filter(|can| *can)?;
            let (message, help) = said(&doubt);
            return Some(at_spot(policy, doubt.code, doubt.spot, message, help));
        }
        match attainable.can_be(doubt.at, &doubt.words) {
            Some(can) if !can.contains(&true) => return None,
            Some(can) => {
                let mut can = can.into_iter();
                doubt.words.retain(|_| can.next() == Some(true));
            }
            None => {}
        }
        let (message, help) = said(&doubt);
        Some(at_spot(policy, doubt.code, doubt.spot, message, help))
    };
    doubts.into_iter().take(MOST).filter_map(is_lacking).collect()
}

fn said(doubt: &Doubt) -> (String, &'static str) {
    if let Some(len) = doubt.len {
        let entries = if len == 1 { "1 entry".to_owned() } else { format!("{len} entries") };
        let message = format!("the list has {entries}, counted from 0, and a rule can ask it for the entry {len}");
        return (message, "add what it lacks, or test the number first");
    }
    let listed = doubt.words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" ");
    match doubt.code {
        "missing-entry" => {
            (format!("the table has no entry for {listed}, which a rule can ask it for"), "add it, with its source")
        }
        _ => {
            let whom = if doubt.words.is_empty() { "other values than these".to_owned() } else { listed };
            let help = "add the ways, or `_ => ()` where nothing is meant";
            (format!("no way of the `switch` is for {whom}"), help)
        }
    }
}
