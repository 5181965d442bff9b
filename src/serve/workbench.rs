//! The workbench: a policy, the cases of a book, and an edit of the policy that is not written yet. What an edit is answered with is what
//! the verbs say of the same: `check`, `compare`, `test` and `explain`.

use super::{as_of::AsOf, book::Book, problem::Problem};
use crate::{
    authoring::{
        trial::{Terms, Trial, Update},
        worked,
    },
    calendar::WorkingDays,
    case::document::{self, Content, Node},
    check::findings,
    decision::assessor::Assessor,
    error::Error,
    language::fault::PolicyFault,
    policy::{
        Policy,
        reading::Reading,
        source::{MAX_BYTES, PARAMETERS, PolicyFiles, RULES, Shelf},
    },
    report::{Format, View, check_json, diff, page::Page, show, test_summary::Tested},
};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

/// Lines of two files whose difference is shown.
const MOST_LINES: usize = 20_000;

/// A policy and the cases of a book.
pub struct Workbench {
    /// The folder of policies that it stands in; nothing for one that is built in.
    pub root: Option<PathBuf>,
    /// Its name there.
    pub name: String,
    /// The working days that due dates are reckoned with.
    pub days: WorkingDays,
    /// Says which dates a question is about, as of when it is asked.
    pub as_of: Box<dyn Fn() -> Result<AsOf, Error> + Send + Sync>,
    /// The cases that an edit is tried on.
    pub book: Book,
    /// How long an answer may take.
    pub longest: Duration,
}

/// The texts of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Texts {
    /// The rules.
    pub rules: String,
    /// The numbers.
    pub parameters: String,
}

/// An edit.
#[derive(Debug, Deserialize)]
pub struct Edit {
    /// What the policy is to be.
    #[serde(flatten)]
    pub texts: Texts,
    /// What it was, where it is to be written.
    pub before: Option<Texts>,
    /// A case to explain, as it is written.
    pub case: Option<String>,
    /// A case of the book to explain.
    pub crn: Option<String>,
}

impl Workbench {
    /// The shelf that the policy stands on.
    pub fn shelf(&self) -> Shelf {
        self.root.clone().map_or(Shelf::Shipped, Shelf::Folder)
    }

    /// What there is: the policy as it is written, and the book.
    ///
    /// # Errors
    ///
    /// When the policy cannot be read at all.
    pub fn state(&self) -> Result<String, Problem> {
        // What is read after it can only be newer.
        let (digest, as_of) = (self.on_disk()?.digest(), self.asked_now()?);
        let files = self.shelf().policy(&self.name).map_err(|fault| of(fault.into()))?;
        let texts = Texts { rules: files.rules.clone(), parameters: files.parameters.clone() };
        let reading = Policy::read_files(files, &[]).map_err(|fault| of(fault.into()))?;
        Ok(json!({
            "policy": self.name,
            "place": self.shelf().shown(&self.name),
            "can_be_written": self.root.is_some(),
            "rules": texts.rules,
            "parameters": texts.parameters,
            "book": { "called": self.book.called, "cases": self.book.cases.len(), "failed": self.book.failed, "on": self.book.on(&as_of) },
            "said": self.said(&reading, &texts.parameters, &as_of),
            "written": digest,
        })
        .to_string())
    }

    /// What `brag check` says of an edit, what the policy then says of itself, and how its files differ from those that are written.
    ///
    /// # Errors
    ///
    /// When the policy cannot be read at all.
    pub fn checked(&self, edit: &Edit, stop: &AtomicBool) -> Result<String, Problem> {
        let reading = self.reading(&edit.texts)?;
        let digest = self.on_disk()?.digest();
        let written = self.shelf().policy(&self.name).map_err(|fault| of(fault.into()))?;
        go_on(stop)?;
        let found: Value = serde_json::from_str(&check_json::text(&findings(&reading))).unwrap_or_default();
        Ok(json!({
            "check": found,
            "runs": reading.faults.is_empty(),
            "difference": [
                { "file": RULES, "lines": differ(&written.rules, &edit.texts.rules) },
                { "file": PARAMETERS, "lines": differ(&written.parameters, &edit.texts.parameters) },
            ],
            "said": self.said(&reading, &edit.texts.parameters, &self.asked_now()?),
            "written": digest,
        })
        .to_string())
    }

    /// What the worked cases come to under an edit.
    ///
    /// # Errors
    ///
    /// When the policy is invalid, or a worked case cannot be read.
    pub fn worked(&self, edit: &Edit, stop: &AtomicBool) -> Result<String, Problem> {
        let as_of = self.asked_now()?;
        let policy = self.policy(&edit.texts, &as_of)?;
        let place = &self.shelf();
        let policy = Policy::that_runs_with(place, policy).map_err(|fault| of(fault.into()))?;
        let mut assessor = Assessor::new(&policy);
        let (on, days) = (as_of.on, &self.days);
        let terms = Terms { on, days, shelf: place, snapshots: None, update: Update::No, changed: &[] };
        let mut tested = Tested::default();
        for case in worked::all(place, &self.name).map_err(|fault| of(fault.into()))? {
            go_on(stop)?;
            tested.trials.push(Trial::run(&mut assessor, &case, &terms).map_err(of)?);
        }
        Ok(tested.written(Format::Json))
    }

    /// The dates that a question is about, if it is asked now.
    ///
    /// # Errors
    ///
    /// When one of them lies outside the calendar.
    pub fn asked_now(&self) -> Result<AsOf, Problem> {
        (self.as_of)().map_err(of)
    }

    /// The policy of an edit.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with it.
    pub fn policy(&self, texts: &Texts, as_of: &AsOf) -> Result<Policy, Problem> {
        self.reading(texts)?.whole().map(|policy| self.settled(policy, as_of)).map_err(|fault| of(fault.into()))
    }

    /// The policy as it is written.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with it.
    pub fn written(&self, as_of: &AsOf) -> Result<Policy, Problem> {
        let written = Policy::load(&self.shelf(), &self.name, &[]);
        let wrong = |fault: PolicyFault| {
            let said = format!("the policy as it is written cannot be run: {}", Error::from(fault).on_one_line());
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "written_policy", said)
                .with_help("put it right first: an edit that runs can be written over it")
        };
        written.map(|policy| self.settled(policy, as_of)).map_err(wrong)
    }

    fn settled(&self, policy: Policy, as_of: &AsOf) -> Policy {
        let policy = policy.reckoning_with(&self.days);
        match as_of.law {
            Some(law) => policy.under_law_of(law),
            None => policy,
        }
    }

    fn reading(&self, texts: &Texts) -> Result<Reading, Problem> {
        if [&texts.rules, &texts.parameters].iter().any(|text| text.len() as u64 > MAX_BYTES) {
            let said = format!("a file of a policy is at most {MAX_BYTES} bytes");
            return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "edit", said));
        }
        let files = PolicyFiles {
            name: self.name.clone(),
            shown: self.shelf().shown(&self.name),
            rules: texts.rules.clone(),
            parameters: texts.parameters.clone(),
            shelf: self.shelf(),
        };
        Policy::read_files(files, &[]).map_err(|fault| of(fault.into()))
    }

    /// What a policy says of itself: its tiers, its rules, and its numbers, each with the place of its value in the file; those in force
    /// for the book.
    fn said(&self, reading: &Reading, parameters: &str, as_of: &AsOf) -> Value {
        let (policy, on) = (&reading.policy, as_of.law.unwrap_or_else(|| self.book.on(as_of)));
        let page = &mut Page::of(Format::Json);
        let mut numbers = show::parameters(page, policy, on, "");
        let document = document::parse(parameters).ok();
        for number in numbers.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
            let since = number.get("since").and_then(Value::as_str);
            let path = number.get("name").and_then(Value::as_str).zip(since);
            let place = path.zip(document.as_ref()).and_then(|((name, since), all)| {
                let dated = inside(inside(inside(all, name)?, "values")?, since)?;
                let value = inside(dated, "value")?;
                matches!(value.content, Content::Scalar { .. }).then_some(value.at)
            });
            if let Some(number) = number.as_object_mut() {
                number.insert("line".to_owned(), json!(place.map(|at| at.line)));
                number.insert("column".to_owned(), json!(place.map(|at| at.column)));
            }
        }
        json!({ "rules": show::rules(page, policy, on), "numbers": numbers })
    }
}

/// How two texts differ, line by line. Lines that are many and all different would take without end.
fn differ(old: &str, new: &str) -> String {
    let [were, are] = [old, new].map(|text| text.lines().count());
    if old != new && were + are > MOST_LINES {
        return format!("too long to show line by line: {were} lines are written, {are} are to be\n");
    }
    anstream::adapter::strip_str(&diff::lines(old, new, "")).to_string()
}

/// Stops where nobody waits for an answer any longer.
///
/// # Errors
///
/// Then.
pub fn go_on(stop: &AtomicBool) -> Result<(), Problem> {
    if !stop.load(Ordering::Relaxed) {
        return Ok(());
    }
    // Nobody waits for it any longer, and nobody is told.
    Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "stopped", "the work was stopped"))
}

/// What stands under a key.
fn inside<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let Content::Map(entries) = &node.content else { return None };
    entries.iter().find(|(known, _)| known.name == key).map(|(_, node)| node)
}

/// An error of the command line as a problem.
#[expect(clippy::needless_pass_by_value, reason = "it is handed over by `map_err`")]
pub(super) fn of(error: Error) -> Problem {
    Problem::of(&error)
}
