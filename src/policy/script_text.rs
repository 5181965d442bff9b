//! What a policy's scripts say, word for word: to draw a line from, and to find the names in them.

use crate::policy::{Policy, names, rule::Rule};
use std::collections::BTreeSet;

impl Policy {
    /// Its scripts: name and text, the policy's own first.
    pub fn scripts(&self) -> impl Iterator<Item = (&str, &str)> {
        let scripts = std::iter::once(&self.program.main).chain(self.program.imports.values());
        scripts.map(|script| (script.file.as_str(), script.text.as_str()))
    }

    /// The codes of the flags that its own script raises.
    #[must_use]
    pub fn flag_codes(&self) -> BTreeSet<String> {
        names::flag_codes(&self.program.main)
    }

    /// The words of a list that its script declares; empty where it declares none of the name.
    #[must_use]
    pub fn list(&self, name: &str) -> &[String] {
        self.program.lists.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The text of its script, to show a line from.
    #[must_use]
    pub fn script_line(&self, line: usize) -> &str {
        self.program.main.text.lines().nth(line.saturating_sub(1)).unwrap_or("").trim()
    }

    /// A line of the policy's script or of one that it imports, with its indentation.
    #[must_use]
    pub fn source_line(&self, file: &str, line: usize) -> &str {
        let mut scripts = std::iter::once(&self.program.main).chain(self.program.imports.values());
        let script = scripts.find(|script| script.file == file);
        script.and_then(|script| script.text.lines().nth(line.saturating_sub(1))).unwrap_or("")
    }

    /// Whether a word stands in quotation marks in the policy's script or in one that it imports.
    #[must_use]
    pub fn mentions(&self, word: &str) -> bool {
        let quoted = format!("\"{word}\"");
        let mut scripts = std::iter::once(&self.program.main).chain(self.program.imports.values());
        scripts.any(|script| script.text.contains(&quoted))
    }

    /// The text of a rule: from its first line to what is written before the next function.
    #[must_use]
    pub fn rule_text(&self, rule: &Rule) -> String {
        let begins = |line: &&str| ["fn ", "private fn ", "///"].iter().any(|word| line.starts_with(word));
        let mut lines = self.program.main.text.lines().skip(rule.line.saturating_sub(1));
        let first = lines.next().unwrap_or("");
        [first].into_iter().chain(lines.take_while(|line| !begins(line))).collect::<Vec<_>>().join("\n")
    }
}
