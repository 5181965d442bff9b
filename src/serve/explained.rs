//! Why a case has its tier under an edit: one of the book, or one that somebody types in, read as the command line reads it.

use super::{
    as_of::AsOf,
    problem::Problem,
    workbench::{Edit, Workbench, go_on, of},
};
use crate::{
    caseload::{
        chunk::{Chunk, START, Written},
        raw_case::RawCase,
    },
    decision::{
        assessor::Assessor,
        decide::{CaseFile, decide},
        explain::explain_until,
    },
    error::Error,
    policy::vocabulary::Vocabulary,
    report::{Format, View, explain_page::ExplainPage},
    schedule::assess::NoSchedule,
};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::sync::atomic::AtomicBool;

impl Workbench {
    /// Why a case has its tier under an edit, beside the tier that it has as the policy is written.
    ///
    /// # Errors
    ///
    /// When the policy or the case is invalid, or the book has no such case.
    pub fn explained(&self, edit: &Edit, stop: &AtomicBool) -> Result<String, Problem> {
        let as_of = self.asked_now()?;
        let policy = self.policy(&edit.texts, &as_of)?;
        let file = self.case(edit, &policy.vocabulary(), &as_of)?;
        let on = as_of.date(&file.case).map_err(of)?;
        let failed = |fault| of(Error::Policy { crn: Some(file.case.crn.to_string()), fault });
        let explanation = explain_until(&policy, &file, on, stop).map_err(|fault| failed(*fault))?;
        go_on(stop)?;
        let before = self.written(&as_of).ok().and_then(|written| {
            let file = file.clone().under(&written.vocabulary()).ok()?;
            decide(&mut Assessor::new(&written), &file, on).ok()
        });
        let before = before.map(|before| before.tier);
        let page = |format| ExplainPage { explanation: &explanation, every_condition: true }.written(format);
        let told: Value = serde_json::from_str(&page(Format::Json)).unwrap_or_default();
        Ok(json!({ "before": before, "explanation": told, "text": page(Format::Md) }).to_string())
    }

    /// The case that is asked about, in the words of a policy.
    fn case(&self, edit: &Edit, known: &Vocabulary, as_of: &AsOf) -> Result<CaseFile, Problem> {
        if let Some(crn) = &edit.crn {
            let found = self.book.cases.iter().find(|file| file.case.crn.as_str() == crn).cloned();
            let none = || Problem::new(StatusCode::NOT_FOUND, "no_case", "no case of the book has this reference");
            let found = found.ok_or_else(none)?;
            let unknown = |fault| of(Error::of_case(&found, &self.book.called, NoSchedule::Case(fault)));
            return found.clone().under(known).map_err(unknown);
        }
        let chunk = Chunk::new(START, edit.case.clone().unwrap_or_default().into_bytes()).alone();
        let content = Ok((Written::Yaml, chunk));
        let (file, found, dates) = ("the case".into(), Vec::new(), as_of.dates());
        let typed = RawCase { file, found, strict: false, dates, is_last_at_hand: true, content };
        typed.read(known).map_err(|error| of(*error))
    }
}
