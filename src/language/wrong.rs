//! What is wrong with a value that a word of the language was given. The evaluator adds the place.

/// What is wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The value that it is about, which may be one of the case: the message has `{}` in its place.
    pub value: Option<String>,
    /// Whether it is a limit that was hit.
    pub is_limit: bool,
    /// Whether it is simply that the word takes other kinds of values.
    pub is_given: bool,
}

impl Wrong {
    /// With nothing better to say of what to do than to read on.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, value: None, is_limit: false, is_given: false }
    }

    /// About a value, which stands in the message as `{}`.
    pub fn about(value: &str, message: impl Into<String>) -> Self {
        Self { value: Some(value.to_owned()), ..Self::new(message) }
    }

    /// The word takes other kinds of values: what calls it knows its name and what it was given.
    #[must_use]
    pub const fn given() -> Self {
        Self { message: String::new(), help: None, value: None, is_limit: false, is_given: true }
    }

    /// A limit that was hit.
    pub fn limit(message: impl Into<String>, help: &str) -> Self {
        Self { message: message.into(), help: Some(help.to_owned()), value: None, is_limit: true, is_given: false }
    }

    /// With what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A value as a line of a script spells it, where it does.
#[must_use]
pub fn spelt(value: &str, line: &str) -> Option<String> {
    let mut words = line.split(|letter: char| !(letter.is_alphanumeric() || letter == '-'));
    match value.parse::<i64>() {
        Ok(_) => words.any(|word| word == value).then(|| value.to_owned()),
        Err(_) => line.contains(&format!("\"{value}\"")).then(|| format!("`{value}`")),
    }
}
