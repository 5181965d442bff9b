//! A rule: a documented function of a policy. Its text is the reason that people read.

use crate::case::{day::Day, fault::nearest};
use jiff::civil::Date;
use std::sync::Arc;

/// The marks of a `///` comment.
const MARKS: &[&str] = &["cite", "from", "until", "severity"];

/// A mark that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadMark {
    /// Which line of the comment it is, from 0.
    pub at: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// What a function of a policy says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rule {
    /// Name of the function.
    pub name: Arc<str>,
    /// What it means: the `///` lines without the marks.
    pub text: Arc<str>,
    /// Where it comes from: `@cite`.
    pub cite: Option<Arc<str>>,
    /// The first day on which it holds: `@from`.
    pub from: Option<Date>,
    /// The last day on which it holds: `@until`.
    pub until: Option<Date>,
    /// How grave its flag is: `@severity`.
    pub severity: Option<Arc<str>>,
    /// File in which it stands.
    pub file: String,
    /// Line at which its body begins.
    pub line: usize,
}

impl Rule {
    /// Reads the `///` comment of a function.
    ///
    /// # Errors
    ///
    /// When a mark is unknown, stands there twice, or has no date where it needs one.
    pub fn read(name: &str, comment: &str, file: &str, line: usize) -> Result<Self, BadMark> {
        let mut rule = Self { name: name.into(), file: file.to_owned(), line, ..Self::default() };
        rule.text = text(comment);
        let mut before = Vec::new();
        for (at, mark) in lines(comment).enumerate().filter_map(|(at, line)| Some((at, line.strip_prefix('@')?))) {
            let (mark, rest) = mark.split_once(' ').unwrap_or((mark, ""));
            let bad = |message: String, help: String| BadMark { at, message, help };
            let day = || {
                let help = format!("write `@{mark} 2026-12-31`; in the text of a rule no line begins with `@`");
                let message = format!("`@{mark}` needs a date that exists, written YYYY-MM-DD");
                Day::parse(rest.trim()).map(|day| day.0).ok_or_else(|| bad(message, help))
            };
            // A rule may have several sources.
            if mark != "cite" && before.contains(&mark) {
                return Err(bad(format!("`@{mark}` stands there twice"), "keep one of them".to_owned()));
            }
            before.push(mark);
            match mark {
                "cite" => rule.cite = Some(rest.trim().into()),
                "from" => rule.from = Some(day()?),
                "until" => rule.until = Some(day()?),
                "severity" => rule.severity = Some(rest.trim().into()),
                _ => {
                    let help = match nearest(mark, MARKS) {
                        Some(meant) => format!("did you mean `@{meant}`?"),
                        None => "known: `@cite` `@from` `@until` `@severity`".to_owned(),
                    };
                    return Err(bad(format!("unknown mark `@{mark}`"), help));
                }
            }
        }
        Ok(rule)
    }

    /// The same with texts of its own.
    #[must_use]
    pub fn copied(&self) -> Self {
        let copied = |text: &Option<Arc<str>>| text.as_deref().map(Arc::from);
        Self {
            name: (*self.name).into(),
            text: (*self.text).into(),
            cite: copied(&self.cite),
            severity: copied(&self.severity),
            file: self.file.clone(),
            ..*self
        }
    }

    /// Whether the rule holds on a date.
    #[must_use]
    pub fn holds_on(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date <= until)
    }
}

/// The lines of a `///` comment.
fn lines(comment: &str) -> impl Iterator<Item = &str> {
    comment.lines().map(|written| written.trim_start().trim_start_matches('/').trim())
}

/// The first line of a `///` comment, from 0, that gives a day on which something begins or ends to hold.
#[must_use]
pub fn dated_at(comment: &str) -> Option<usize> {
    lines(comment).position(|line| ["@from ", "@until "].iter().any(|mark| line.starts_with(mark)))
}

/// What a `///` comment says, without its marks.
#[must_use]
pub fn text(comment: &str) -> Arc<str> {
    let said: Vec<&str> = lines(comment).filter(|written| !written.starts_with('@')).collect();
    said.join(" ").trim().into()
}
