//! What is wrong with a value that a word of the language was given. The evaluator adds the place.

/// What is wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Whether it is a limit that was hit.
    pub is_limit: bool,
    /// Whether it is simply that the word takes other kinds of values.
    pub is_given: bool,
}

impl Wrong {
    /// With nothing better to say of what to do than to read on.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, is_limit: false, is_given: false }
    }

    /// The word takes other kinds of values: what calls it knows its name and what it was given.
    #[must_use]
    pub const fn given() -> Self {
        Self { message: String::new(), help: None, is_limit: false, is_given: true }
    }

    /// A limit that was hit.
    pub fn limit(message: impl Into<String>, help: &str) -> Self {
        Self { message: message.into(), help: Some(help.to_owned()), is_limit: true, is_given: false }
    }

    /// With what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
