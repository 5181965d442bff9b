//! Two desks side by side, one that remembers and one that runs every rule for every case.

use brag::{
    calendar::WorkingDays,
    case::Case,
    decision::{decide::CaseFile, desk::Desk},
    policy::{Policy, source::Shelf},
    schedule::assess::{NoSchedule, assess, due_case},
};
use jiff::civil::{Date, date};
use serde_json::Value;
use std::{fs, sync::Arc};

/// The date on which small policies are tried.
pub const ON: Date = date(2019, 5, 20);

/// What every small policy declares beside its rules.
const PARAMETERS: &str = r#"
local:
  count: { type: whole, min: -3, max: 9, description: A number of the service's own. }
  share: { type: decimal, min: 0, max: 10, description: A share of the service's own. }
  note: { type: text, description: A text of the service's own. }
  team: { type: word, words: [north, south, high], description: A word of the service's own. }
  open: { type: boolean, description: A truth value of the service's own. }
  day: { type: date, description: A date of the service's own. }
"#;

/// The numbers that the calendar needs of a policy with standards of contact or review.
const CALENDAR: &[&str] = &[
    "grace_days",
    "contact_after_release",
    "contact_after_return",
    "contact_after_transfer",
    "catch_up",
    "review_first",
    "review_triggered",
    "review_after_transfer",
    "review_upcoming",
    "pre_release",
    "pre_release_late",
    "pre_release_upcoming",
    "pre_release_early",
];

/// A case as it would be read from a file.
pub fn case_file(case: &Value) -> CaseFile {
    let text = text_of(case);
    let (case, document) = Case::parse(&text).unwrap_or_else(|fault| panic!("{fault}\n{text}"));
    CaseFile { case: Arc::new(case), document: Some(Arc::new(document)), digest: "".into() }
}

/// A case as text. JSON values forget how many digits a number was written with: `"#3.00"` stands for one that keeps them.
fn text_of(case: &Value) -> String {
    let text = case.to_string();
    let mut parts = text.split("\"#");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |done, part| format!("{done}{}", part.replacen('"', "", 1)))
}

/// A policy of these functions and a rule for everybody, with the inputs of its own that all tests here share.
pub fn small_policy(functions: &str) -> Policy {
    policy_with(functions, "")
}

/// The same, with more in `parameters.yaml`.
pub fn policy_with(functions: &str, parameters: &str) -> Policy {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trial");
    fs::create_dir_all(&path).unwrap();
    let everybody = "/// Everybody has a tier.\nfn everybody(person) { at_least(\"Low\") }\n";
    let head = "const TIERS = [\"Low\", \"Middle\", \"High\"];\nconst OUTSIDE = [\"Out\"];\n";
    fs::write(path.join("policy.rhai"), format!("{head}{everybody}{functions}\n")).unwrap();
    let number = |name| {
        format!("{name}: {{ description: Days., values: {{ 2014-06-01: {{ value: 7, source: assumption }} }} }}\n")
    };
    let calendar: String = CALENDAR.iter().map(number).collect();
    fs::write(path.join("parameters.yaml"), format!("{calendar}{PARAMETERS}{parameters}")).unwrap();
    Policy::load(&Shelf::Folder(folder.path().to_path_buf()), "trial", &[])
        .unwrap_or_else(|fault| panic!("{fault} {:?}\n{functions}", fault.line))
}

/// A rule `it` with this body.
pub fn rule(body: &str) -> String {
    format!("/// The rule on trial.\nfn it(person) {{\n{body}\n}}\n")
}

/// Two desks of one policy.
pub struct Desks<'p> {
    remembering: Desk<'p>,
    plain: Desk<'p>,
    days: WorkingDays,
}

impl<'p> Desks<'p> {
    pub fn of(policy: &'p Policy) -> Self {
        Self { remembering: Desk::new(policy), plain: Desk::without_memory(policy), days: WorkingDays::shipped() }
    }

    /// What both say of a case, the remembering one first: its assessment, or why there is none.
    pub fn assess(&mut self, file: &CaseFile, on: Date) -> [String; 2] {
        [&mut self.remembering, &mut self.plain].map(|desk| shown(assess(desk, file, on, &self.days)))
    }

    /// What both say is due.
    pub fn due(&mut self, file: &CaseFile, on: Date) -> [String; 2] {
        [&mut self.remembering, &mut self.plain].map(|desk| shown(due_case(desk, file, on, &self.days)))
    }
}

fn shown<T: serde::Serialize>(answer: Result<T, NoSchedule>) -> String {
    match answer {
        Ok(answer) => serde_json::to_string(&answer).unwrap(),
        Err(NoSchedule::Policy(fault)) => format!("fault {fault:?}"),
        Err(NoSchedule::Years(years)) => format!("fault {years}"),
    }
}
