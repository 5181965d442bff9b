//! What can be wrong with a policy: in its files, found before anything runs, or in its rules, found when one runs.

use std::fmt;

/// Whether a policy cannot be used at all, or failed on a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FaultClass {
    /// A file cannot be read or is invalid.
    Invalid,
    /// A rule failed, or a limit was hit.
    Failed,
}

/// The line that a fault is about, with its neighbours. A fault keeps no more of its file: there can be thousands of one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Excerpt {
    /// The number of its first line, from 1.
    pub first_line: usize,
    /// Its lines.
    pub text: String,
}

/// Most bytes of an excerpt: longer lines are not drawn.
const MAX_EXCERPT: usize = 2_000;

/// Something wrong in a policy: what, in which file, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PolicyFault {
    /// Whether the policy is invalid or a rule failed.
    pub class: FaultClass,
    /// A stable word for it, which `brag check --explain` tells of.
    pub code: &'static str,
    /// The file.
    pub file: String,
    /// Line, from 1, where known.
    pub line: Option<usize>,
    /// Column, from 1, where known.
    pub column: Option<usize>,
    /// The rule that was running.
    pub rule: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// What is drawn of the file.
    pub excerpt: Option<Excerpt>,
    /// The value that it is about, which may be one of the case: shown only where values are asked for.
    pub value: Option<String>,
}

impl PolicyFault {
    /// A file that cannot be used.
    pub fn invalid(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(FaultClass::Invalid, file.into(), message.into())
    }

    /// A rule that failed.
    pub fn failed(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(FaultClass::Failed, file.into(), message.into())
    }

    const fn new(class: FaultClass, file: String, message: String) -> Self {
        Self {
            class,
            code: "invalid",
            file,
            line: None,
            column: None,
            rule: None,
            message,
            help: None,
            excerpt: None,
            value: None,
        }
    }

    /// With its stable word.
    #[must_use]
    pub const fn code(mut self, code: &'static str) -> Self {
        self.code = code;
        self
    }

    /// With what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With what to do about it, where there is something to say.
    #[must_use]
    pub fn helped(self, help: Option<String>) -> Self {
        Self { help, ..self }
    }

    /// With its place.
    #[must_use]
    pub const fn at(mut self, line: Option<usize>, column: Option<usize>) -> Self {
        self.line = line;
        self.column = column;
        self
    }

    /// With what is drawn of the text of its file: the line is to be known before.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.excerpt = self.line.and_then(|line| {
            let above = line.saturating_sub(2);
            let lines: Vec<&str> = text.split_inclusive('\n').skip(above).take(line - above + 1).collect();
            let is_drawn = lines.iter().map(|line| line.len()).sum::<usize>() <= MAX_EXCERPT;
            is_drawn.then(|| Excerpt { first_line: above + 1, text: lines.concat() })
        });
        self
    }

    /// With the value that it is about.
    #[must_use]
    pub fn about(self, value: Option<&str>) -> Self {
        Self { value: value.map(str::to_owned), ..self }
    }

    /// With the rule that was running.
    #[must_use]
    pub fn rule(mut self, rule: &str) -> Self {
        self.rule = Some(rule.to_owned());
        self
    }
}

impl fmt::Display for PolicyFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(rule) = &self.rule {
            write!(out, "rule `{rule}`: ")?;
        }
        out.write_str(&self.message)
    }
}

impl std::error::Error for PolicyFault {}
