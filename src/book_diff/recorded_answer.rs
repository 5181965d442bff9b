//! An answer of `brag assess`, as it was written for programs or for a spreadsheet, read back as far as two are compared.

use super::position::{Owed, Position};
use crate::{calendar::days_between, decision::otherwise};
use jiff::civil::Date;
use serde::{Deserialize, de::IgnoredAny};
use std::{io::Read, sync::Arc};

/// What an answer is called that was made otherwise than the files of its policy say.
pub const ON_TRIAL: &str = "a trial with";

/// An answer, or why there was none.
#[derive(Debug, Clone, Deserialize)]
pub struct RecordedAnswer {
    /// Case reference; of an entry that could not be read there may be none.
    pub crn: Option<String>,
    #[serde(alias = "on")]
    assessed_on: Option<Date>,
    tier: Option<String>,
    next: Option<Next>,
    next_contact_due: Option<Date>,
    next_review_due: Option<Date>,
    officer: Option<String>,
    office: Option<String>,
    deciding_rule: Option<String>,
    policy: Option<RecordedPolicy>,
    /// What was taken otherwise than the files say, as a table has it.
    trial: Option<String>,
    #[serde(rename = "override")]
    judgement: Option<RecordedOverride>,
    error: Option<Why>,
    /// What a line of a decision log has, and no answer.
    log: Option<IgnoredAny>,
}

#[derive(Debug, Clone, Deserialize)]
struct RecordedOverride {
    applied: bool,
}

#[derive(Debug, Clone, Deserialize)]
struct RecordedPolicy {
    name: String,
    digest: String,
    #[serde(default)]
    trial: Vec<String>,
    law: Option<Date>,
}

#[derive(Debug, Clone, Deserialize)]
struct Next {
    contact: NextDue,
    review: NextDue,
}

#[derive(Debug, Clone, Deserialize)]
struct NextDue {
    due: Option<Date>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Why {
    Said { message: String },
    Cell(String),
}

/// Whether a file that begins like this holds answers of `brag assess`, and no cases.
#[must_use]
pub fn is_answers(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head));
    let text = text.trim_start();
    if text.starts_with(['[', '{']) {
        return text.contains("\"case_digest\"") || (text.contains("\"error\"") && text.contains("\"file\""));
    }
    is_table(text.lines().next().unwrap_or_default())
}

/// Whether the first line of a table is that of answers.
#[must_use]
pub fn is_table(line: &str) -> bool {
    let line = line.trim_start_matches('\u{feff}').trim();
    let has = |name: &str| line.split(',').any(|cell| cell.trim_matches('"') == name);
    has("crn") && has("computed") && has("next_contact_due")
}

/// The answers of a table, or the line of one that is none.
pub fn rows(table: impl Read) -> impl Iterator<Item = Result<RecordedAnswer, usize>> {
    let line = |failed: csv::Error| failed.position().and_then(|at| usize::try_from(at.line()).ok()).unwrap_or(1);
    let rows = csv::ReaderBuilder::new().flexible(true).from_reader(table).into_deserialize();
    rows.map(move |row: Result<RecordedAnswer, csv::Error>| row.map_err(line))
}

impl RecordedAnswer {
    /// Whether it is an answer of `brag assess`, or says why there is none.
    #[must_use]
    pub const fn is_one(&self) -> bool {
        self.log.is_none() && (self.assessed_on.is_some() || self.error.is_some())
    }

    /// By what the answer was made, as far as it says so: a policy, and what a trial took otherwise.
    #[must_use]
    pub fn made_by(&self) -> Option<String> {
        let Some(policy) = &self.policy else {
            let trial = self.trial.as_ref().filter(|trial| !trial.is_empty());
            return trial.map(|trial| format!("{ON_TRIAL} {trial}"));
        };
        let digest: String = policy.digest.chars().take(8).collect();
        let trial = otherwise(&policy.trial, policy.law).map(|trial| format!(", {ON_TRIAL} {trial}"));
        Some(format!("{} ({digest}){}", policy.name, trial.unwrap_or_default()))
    }

    /// Where the case stands by this answer: what would be owed if its tier were adopted. Else why there is none.
    ///
    /// # Errors
    ///
    /// What the answer says is wrong with the case.
    pub fn position(self) -> Result<Position, String> {
        let said = match self.error {
            Some(Why::Said { message }) => Some(message),
            Some(Why::Cell(message)) => Some(message).filter(|message| !message.is_empty()),
            None => None,
        };
        let on = match (said, self.assessed_on) {
            (Some(said), _) => return Err(said),
            (None, None) => return Err("the answer has no date".to_owned()),
            (None, Some(on)) => on,
        };
        // Each format says by when; only one of them says the state.
        let owed = |due: Option<Date>| {
            let days = due.map_or(0, |due| u32::try_from(days_between(due, on)).unwrap_or(0));
            Owed { due, is_overdue: days > 0, days }
        };
        let said = |text: Option<String>| text.filter(|text| !text.is_empty()).map(Arc::from);
        let is_moved = self.judgement.is_some_and(|judgement| judgement.applied);
        let rule = if is_moved { Some("override".into()) } else { said(self.deciding_rule) };
        let next = self.next;
        let contact = next.as_ref().and_then(|next| next.contact.due).or(self.next_contact_due);
        let review = next.as_ref().and_then(|next| next.review.due).or(self.next_review_due);
        Ok(Position {
            on,
            tier: said(self.tier),
            rule,
            rated: None,
            contact: owed(contact),
            review: owed(review),
            // A table has no column for it.
            says_officer: next.is_some() || self.officer.is_some(),
            officer: said(self.officer),
            office: said(self.office),
            ended: false,
        })
    }
}
