//! A sample of judged cases: what each says under `local`, a question a column, and how many of them say what.

use crate::{
    case::{
        Case,
        fault::{Fault, Mark, Wrong, nearest},
        local::LocalValue,
        text::{FreeWord, Reference},
        value::Value,
    },
    error::Error,
    policy::Policy,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The list of a policy's script with the answers that a sample can have.
const ANSWERS: &str = "ANSWERS";

/// What a policy asks of a sample. Where it has an input `local.NAME_WORD` with one of its `ANSWERS` for the word, `local.NAME` is a
/// question, and the input is how many cases answer it with that word.
#[derive(Debug)]
pub struct Questions {
    answers: Vec<String>,
    /// The questions, each with the answers that are counted.
    counted: BTreeMap<String, BTreeSet<String>>,
}

/// What a case of a sample says.
#[derive(Debug)]
pub struct Judged {
    file: String,
    line: Option<usize>,
    crn: Reference,
    answers: BTreeMap<FreeWord, LocalValue>,
}

impl Judged {
    /// What a case says, which begins on a line of its file where that has many.
    #[must_use]
    pub fn new(file: &str, line: Option<usize>, case: &Case) -> Self {
        Self { file: file.to_owned(), line, crn: case.crn.clone(), answers: case.local.0.clone() }
    }

    fn wrong(&self, faults: Vec<Fault>) -> Error {
        let at = self.line.map(|line| Mark { line, column: 1 });
        let faults = faults.into_iter().map(|fault| Fault { at, ..fault });
        Error::of_text(&self.file, faults, 1, String::new()).in_case(Some(self.crn.to_string()))
    }
}

impl Questions {
    /// What a policy asks; nothing where it asks nothing of a sample.
    #[must_use]
    pub fn of(policy: &Policy) -> Option<Self> {
        let answers = policy.list(ANSWERS).to_vec();
        let mut counted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (name, answer) in policy.parameters().own_inputs.keys().flat_map(|name| {
            answers.iter().filter_map(|answer| Some((name.strip_suffix(answer.as_str())?.strip_suffix('_')?, answer)))
        }) {
            counted.entry(name.to_owned()).or_default().insert(answer.clone());
        }
        (!counted.is_empty()).then_some(Self { answers, counted })
    }

    /// The questions, by name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.counted.keys().map(String::as_str)
    }

    /// How many cases of a sample give each answer that is counted, as inputs of the policy. A question that no case answers so has
    /// none: of nothing there is no share.
    ///
    /// # Errors
    ///
    /// For each case that answers a question which is none, or in another way, or not at all, though others of its file do.
    pub fn count(&self, sample: &[Judged]) -> Result<BTreeMap<FreeWord, LocalValue>, Vec<Error>> {
        let mut asked: BTreeMap<&str, BTreeSet<&FreeWord>> = BTreeMap::new();
        for judged in sample {
            asked.entry(&judged.file).or_default().extend(judged.answers.keys());
        }
        let mut counts: BTreeMap<&str, BTreeMap<&str, i64>> = BTreeMap::new();
        let mut wrong = Vec::new();
        for judged in sample {
            let mut faults = Vec::new();
            for question in asked.get(judged.file.as_str()).into_iter().flatten() {
                match self.answer(question, judged.answers.get(question)) {
                    Ok((name, answer)) => *counts.entry(name).or_default().entry(answer).or_default() += 1,
                    Err(wrong) => faults.push(Fault::at(format!("local.{question}"), None, wrong)),
                }
            }
            if !faults.is_empty() {
                wrong.push(judged.wrong(faults));
            }
        }
        if wrong.is_empty() { Ok(self.inputs(&counts)) } else { Err(wrong) }
    }

    /// The question and the answer that a case gives, as the policy spells them.
    fn answer(&self, question: &FreeWord, given: Option<&LocalValue>) -> Result<(&str, &str), Wrong> {
        let Some((name, _)) = self.counted.get_key_value(question.as_str()) else {
            let known: Vec<String> = self.names().map(str::to_owned).collect();
            return Err(Wrong::UnknownKey { key: question.to_string(), known });
        };
        let Some(LocalValue(given)) = given else {
            let (said, remedy) = ("no answer", "nothing is taken for an answer: write one of them in the cell");
            return Err(Wrong::Contradiction { said, remedy });
        };
        let word = if let Value::Text(word) = given { &**word } else { "" };
        self.answers
            .iter()
            .find(|answer| answer.as_str() == word)
            .map(|answer| (name.as_str(), answer.as_str()))
            .ok_or_else(|| Wrong::UnknownWord {
                meant: nearest(word, &self.answers).map(str::to_owned),
                known: self.answers.clone(),
                advice: None,
            })
    }

    fn inputs(&self, counts: &BTreeMap<&str, BTreeMap<&str, i64>>) -> BTreeMap<FreeWord, LocalValue> {
        let mut inputs = BTreeMap::new();
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

/// The same case with further values of the policy's own.
///
/// # Errors
///
/// The first that the case says already.
pub fn with_counts(case: &Arc<Case>, counts: BTreeMap<FreeWord, LocalValue>) -> Result<Arc<Case>, Fault> {
    let mut case = Case::clone(case);
    for (name, value) in counts {
        if case.local.0.contains_key(&name) {
            let (said, remedy) = ("the sample says this already", "take it out: cases of the sample are counted");
            return Err(Fault::at(format!("local.{name}"), None, Wrong::Contradiction { said, remedy }));
        }
        case.local.0.insert(name, value);
    }
    Ok(Arc::new(case))
}
