//! Which slips in an edit its worked cases would notice: what `brag test --mutants` says of it.

use super::{
    problem::Problem,
    workbench::{Edit, Workbench, go_on},
};
use crate::{
    authoring::{
        mutants::{bench::Bench, judge::judge, mutants},
        worked,
    },
    error::Error,
    policy::Policy,
    report::mutants::json,
};
use serde_json::json;
use std::sync::atomic::AtomicBool;

impl Workbench {
    /// What became of each mutant of an edit, or why nothing can be learnt from its worked cases.
    ///
    /// # Errors
    ///
    /// When the policy is invalid, or a worked case cannot be read.
    pub fn mutated(&self, edit: &Edit, stop: &AtomicBool) -> Result<String, Problem> {
        let wrong = |fault| Problem::of(&Error::from(fault));
        let as_of = self.asked_now()?;
        let policy = Policy::that_runs_with(&self.shelf(), self.policy(&edit.texts, &as_of)?).map_err(wrong)?;
        let cases = worked::all(&self.shelf(), &self.name).map_err(wrong)?;
        let bench =
            Bench::of(&policy, cases.iter(), as_of.on, &self.days, None).map_err(|error| Problem::of(&error))?;
        if let Some(why) = bench.unfit() {
            return Ok(json!({ "unfit": why }).to_string());
        }
        let member = policy.member(&self.name);
        let Some(scripts) = member.scripts() else { return Ok(json(&[]).to_string()) };
        let mut judged = Vec::new();
        for mutant in mutants(member, &policy, &scripts, &bench.dates()) {
            go_on(stop)?;
            judged.push(judge(&bench, member, &scripts, &mutant));
        }
        Ok(json(&judged).to_string())
    }
}
