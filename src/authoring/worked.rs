//! A worked case: a case file of a policy that says what must come out.

use crate::{
    calendar::WorkingDays,
    case::{
        check::of_no_age,
        expect::Expect,
        fault::{Fault, Wrong},
    },
    decision::{
        assessor::Assessor,
        decide::CaseFile,
        laws::broken_laws,
        rating::{InspectionRating, rating},
    },
    error::Error,
    language::fault::PolicyFault,
    policy::{Policy, source::Shelf},
    schedule::assess::{Assessment, DueCase, assess, due_case},
};
use jiff::civil::Date;
use std::{collections::BTreeSet, path::Path};

/// A case file of a policy.
#[derive(Debug, Clone)]
pub struct WorkedCase {
    /// The policy.
    pub policy: String,
    /// Name of the file, without its ending.
    pub name: String,
    /// How messages call the file.
    pub file: String,
    /// Its text.
    pub text: String,
}

/// A worked case, read and ready to be run any number of times.
#[derive(Debug, Clone)]
pub struct Ready {
    /// How messages call its file.
    name: String,
    /// The case.
    pub file: CaseFile,
    /// The date that it is run on.
    pub on: Date,
}

/// What came out of a worked case.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The decision, and what follows if it is adopted.
    pub assessment: Assessment,
    /// What is owed under the tier on record.
    pub due: DueCase,
    /// What the policy rates, where it does.
    pub rating: Option<InspectionRating>,
    /// What must come out.
    pub expect: Option<Expect>,
    /// The laws of the policy that the case and its tier break.
    pub broken: Vec<String>,
}

/// The worked cases of a policy, in order of name.
///
/// # Errors
///
/// When one cannot be read, stands in a folder of its own, or has the name of another.
pub fn all(shelf: &Shelf, policy: &str) -> Result<Vec<WorkedCase>, PolicyFault> {
    if let Some(folder) = shelf.folders_of_cases(policy).first() {
        let fault =
            PolicyFault::invalid(shelf.shown(&format!("{policy}/cases/{folder}")), "a folder among the worked cases");
        return Err(fault.help("worked cases stand in `cases` itself: move them up, or the folder elsewhere"));
    }
    let cases = shelf.worked_cases(policy)?.into_iter();
    let case = |(file, text): (String, String)| WorkedCase {
        policy: policy.to_owned(),
        name: Path::new(&file).file_stem().map_or_else(|| file.clone(), |stem| stem.to_string_lossy().into_owned()),
        file: shelf.shown(&format!("{policy}/cases/{file}")),
        text,
    };
    let cases: Vec<WorkedCase> = cases.map(case).collect();
    let mut names = BTreeSet::new();
    match cases.iter().find(|case| !names.insert(case.name.as_str())) {
        None => Ok(cases),
        Some(case) => {
            let message = format!("a second worked case called `{}`, which would share its snapshot", case.name);
            Err(PolicyFault::invalid(&case.file, message).help("give it a name of its own"))
        }
    }
}

impl WorkedCase {
    /// The name of its snapshot.
    #[must_use]
    pub fn snapshot_name(&self) -> String {
        format!("{}__{}", self.policy, self.name)
    }

    /// Its file as a snapshot names it: from the folder of policies on.
    #[must_use]
    pub fn source(&self) -> String {
        let file = Path::new(&self.file).file_name().map(|name| name.to_string_lossy().into_owned());
        format!("policies/{}/cases/{}", self.policy, file.unwrap_or_default())
    }

    /// The case, read.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with the file.
    pub fn read(&self) -> Result<CaseFile, Box<Error>> {
        CaseFile::parse(&self.text).map_err(|fault| self.fault(fault))
    }

    /// The date that it is run on: as asked, or its own.
    #[must_use]
    pub fn date(&self, on: Option<Date>) -> Option<Date> {
        on.or_else(|| self.read().ok()?.case.assessed_on.map(|day| day.0))
    }

    /// The case with the date that it is for, as asked or its own, its expected tiers spelt as the policy spells them.
    ///
    /// # Errors
    ///
    /// When the file is invalid or has no date.
    pub fn ready(&self, policy: &Policy, on: Option<Date>) -> Result<Ready, Box<Error>> {
        let file = self.read()?.expecting_under(&policy.whole_vocabulary()).map_err(|fault| self.fault(fault))?;
        // A worked case must come out alike on every day: it never takes today's date.
        let dated = on.or_else(|| file.case.assessed_on.map(|day| day.0));
        let on = dated.ok_or_else(|| {
            let at = file.document.as_ref().map(|document| document.at);
            let said = "is missing: a worked case comes out alike on every day, and needs the date that it is for";
            self.fault(Fault::at("assessed_on", at, Wrong::Other { said: said.to_owned() }))
        })?;
        match of_no_age(&file.case, on) {
            None => Ok(Ready { name: self.file.clone(), file, on }),
            Some(fault) => {
                let node = file.document.as_ref().and_then(|document| document.nearest(&fault.path));
                Err(self.fault(Fault { at: node.map(|node| node.at), ..fault }))
            }
        }
    }

    /// Runs the case on the date that it is for.
    ///
    /// # Errors
    ///
    /// When the file is invalid or has no date, a rule fails, or the calendar does not have the years.
    pub fn run(&self, assessor: &mut Assessor<'_>, on: Option<Date>, days: &WorkingDays) -> Result<Answer, Box<Error>> {
        self.ready(assessor.policy(), on)?.run(assessor, days)
    }

    pub(super) fn fault(&self, fault: Fault) -> Box<Error> {
        Box::new(Error::of_text(&self.file, [fault], 1, self.text.clone()))
    }
}

impl Ready {
    /// Runs the case.
    ///
    /// # Errors
    ///
    /// When a rule fails, or the calendar does not have the years.
    pub fn run(&self, assessor: &mut Assessor<'_>, days: &WorkingDays) -> Result<Answer, Box<Error>> {
        let failed = |why| Box::new(Error::of_case(&self.file, &self.name, why));
        let assessment = assess(assessor, &self.file, self.on, days).map_err(failed)?;
        let broken = broken_laws(assessor, &self.file, &assessment.decision).map_err(|fault| failed(fault.into()))?;
        let facts = assessor.facts(&self.file.case, self.on);
        Ok(Answer {
            rating: rating(assessor, &facts).map_err(|fault| failed(fault.into()))?,
            assessment,
            broken: broken.into_iter().map(|broken| broken.law.name.to_string()).collect(),
            due: due_case(assessor, &self.file, self.on, days).map_err(failed)?,
            expect: self.file.case.expect.clone(),
        })
    }
}

impl Answer {
    /// The rules of one of the policies at work that fired.
    #[must_use]
    pub fn fired_rules(&self, policy: &str) -> BTreeSet<String> {
        let decision = &self.assessment.decision;
        let companion = self.assessment.with.iter().find(|one| *one.policy.name == *policy);
        let reasons = companion.map_or(&decision.reasons, |companion| &companion.reasons);
        reasons.iter().filter(|reason| reason.fired).map(|reason| reason.rule.to_string()).collect()
    }

    /// Whether a program wrote the expectation and nobody has confirmed it.
    #[must_use]
    pub fn is_unconfirmed(&self) -> bool {
        self.expect.as_ref().and_then(|expect| expect.unconfirmed).unwrap_or(false)
    }
}
