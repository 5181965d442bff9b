//! A sample of judged cases: what each says under `local`, a question a column, and how many of them say what.

use super::raw_case::KeptCase;
use crate::{
    case::{
        Case,
        fault::{Fault, Wrong, nearest},
        local::LocalValue,
        text::FreeWord,
        value::Value,
    },
    decision::decide::CaseFile,
    error::Error,
    policy::Policy,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The list of a policy's script with the answers that a sample can have.
const ANSWERS: &str = "ANSWERS";
/// Where a case says what is a policy's own.
const OWN: &str = "local.";

/// What a policy asks of a sample. Where it has an input `local.NAME_WORD` with one of its `ANSWERS` for the word, `local.NAME` is a
/// question, and the input is how many cases answer it with that word.
#[derive(Debug)]
pub struct Questions {
    answers: Vec<String>,
    /// The questions, each with the answers that are counted.
    counted: BTreeMap<String, BTreeSet<String>>,
}

/// A case of a sample, with what it says.
#[derive(Debug)]
pub struct JudgedCase {
    kept: KeptCase,
    answers: BTreeMap<FreeWord, LocalValue>,
}

/// Values of a policy's own, by name.
pub type Own = BTreeMap<FreeWord, LocalValue>;

impl JudgedCase {
    /// What a case says.
    #[must_use]
    pub fn new(kept: KeptCase, case: &Case) -> Self {
        Self { kept, answers: case.local.0.clone() }
    }

    /// What it is asked: what it says something of, and the columns of its table.
    fn asked(&self) -> impl Iterator<Item = &str> {
        let columns = self.kept.columns().filter_map(|path| path.strip_prefix(OWN));
        columns.chain(self.answers.keys().map(FreeWord::as_str))
    }
}

impl Questions {
    /// What a policy asks; nothing where it asks nothing of a sample.
    #[must_use]
    pub fn of(policy: &Policy) -> Option<Self> {
        let answers = policy.list(ANSWERS).to_vec();
        let mut counted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for input in policy.parameters().own_inputs.keys() {
            for answer in &answers {
                let question = input.strip_suffix(answer.as_str()).and_then(|rest| rest.strip_suffix('_'));
                if let Some(question) = question {
                    counted.entry(question.to_owned()).or_default().insert(answer.clone());
                }
            }
        }
        (!counted.is_empty()).then_some(Self { answers, counted })
    }

    /// How many cases of a sample give each answer that is counted, as inputs of the policy. A question that no case answers so has
    /// none: of nothing there is no share.
    ///
    /// # Errors
    ///
    /// For each case that answers a question which is none, or in another way, or not at all, though its file asks it.
    pub fn count(&self, sample: &[JudgedCase]) -> Result<Own, Vec<Error>> {
        let mut asked: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for judged in sample {
            asked.entry(&judged.kept.file).or_default().extend(judged.asked());
        }
        let mut counts: BTreeMap<&str, BTreeMap<&str, i64>> = BTreeMap::new();
        let mut wrong = Vec::new();
        for judged in sample {
            let mut faults = Vec::new();
            for question in asked.get(&*judged.kept.file).into_iter().flatten() {
                let given = judged.answers.iter().find(|(name, _)| name.as_str() == *question).map(|(_, given)| given);
                match self.answer(question, given) {
                    Ok((name, answer)) => *counts.entry(name).or_default().entry(answer).or_default() += 1,
                    Err(wrong) => faults.push(Fault::at(format!("{OWN}{question}"), None, wrong)),
                }
            }
            if !faults.is_empty() {
                wrong.push(judged.kept.refused(faults));
            }
        }
        if wrong.is_empty() { Ok(self.inputs(&counts)) } else { Err(wrong) }
    }

    /// The question and the answer that a case gives, as the policy spells them.
    fn answer(&self, question: &str, given: Option<&LocalValue>) -> Result<(&str, &str), Wrong> {
        let Some((name, _)) = self.counted.get_key_value(question) else {
            let known = self.counted.keys().cloned().collect();
            return Err(Wrong::UnknownKey { key: question.to_owned(), known });
        };
        let Some(LocalValue(given)) = given else {
            let (said, remedy) = ("no answer", "an empty cell is none of the answers: write one of them");
            return Err(Wrong::Contradiction { said, remedy });
        };
        let word = if let Value::Text(word) = given { &**word } else { "" };
        let answer = self.answers.iter().find(|answer| answer.as_str() == word);
        answer.map(|answer| (name.as_str(), answer.as_str())).ok_or_else(|| Wrong::UnknownWord {
            meant: nearest(word, &self.answers).map(str::to_owned),
            known: self.answers.clone(),
            advice: None,
        })
    }

    fn inputs(&self, counts: &BTreeMap<&str, BTreeMap<&str, i64>>) -> Own {
        let mut inputs = Own::new();
        for (name, counted) in &self.counted {
            let given = counts.get(name.as_str());
            let count =
                |answer: &String| given.and_then(|given| given.get(answer.as_str())).copied().unwrap_or_default();
            if counted.iter().all(|answer| count(answer) == 0) {
                continue;
            }
            inputs.extend(counted.iter().filter_map(|answer| {
                let input = FreeWord::parse(&format!("{name}_{answer}"))?;
                Some((input, LocalValue(Value::Whole(count(answer)))))
            }));
        }
        inputs
    }
}

/// The case of an inspection with what a sample counts.
///
/// # Errors
///
/// For each value that the sample counts, or the policy does not have.
pub fn with_counts(file: CaseFile, policy: &Policy, counts: Own) -> Result<CaseFile, Vec<Fault>> {
    let known: Vec<String> = policy.parameters().own_inputs.keys().cloned().collect();
    let wrong = |name: &FreeWord| {
        let wrong = match policy.parameters().own_inputs.get(name.as_str()) {
            _ if counts.contains_key(name) => {
                let (said, remedy) = ("the sample says this already", "take it out: cases of the sample are counted");
                Wrong::Contradiction { said, remedy }
            }
            None => Wrong::UnknownKey { key: name.to_string(), known: known.clone() },
            Some(_) => return None,
        };
        Some(Fault::at(format!("{OWN}{name}"), None, wrong))
    };
    let faults: Vec<Fault> = file.case.local.0.keys().filter_map(wrong).collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut case = Case::clone(&file.case);
    case.local.0.extend(counts);
    Ok(CaseFile { case: Arc::new(case), ..file })
}
