//! The operations: which verb a path runs, and which of its options a request may give. The document for programs and the routes are made of
//! this one list.

use super::Verbs;
use crate::report::schema_of::SchemaOf;

/// A verb over HTTP.
#[derive(Debug)]
pub struct Operation {
    /// Its path; `{what}` stands for a word of the verb.
    pub path: &'static str,
    /// The words of the command line.
    pub words: &'static [&'static str],
    /// Whether cases are sent with it.
    pub takes_cases: bool,
    /// The options that a request may give. None names a file.
    pub options: &'static [&'static str],
    /// What may stand for the word in its path, where it has one.
    pub one_of: fn() -> Vec<String>,
    /// Whether it answers each case by itself: one case alone that has no answer is a problem then.
    pub one_by_one: bool,
    /// What it is for.
    pub about: &'static str,
}

/// What every operation on cases takes.
macro_rules! of_cases {
    ($($more:literal),*) => { &["policy", "on", "law", "tz", "set", "format", "input-format", $($more),*] };
}

/// All of them.
pub const OPERATIONS: &[Operation] = &[
    Operation {
        path: "/v1/assess",
        words: &["assess", "-"],
        takes_cases: true,
        options: of_cases!("without", "on-missing", "reasons", "strict"),
        one_of: Vec::new,
        one_by_one: true,
        about: "The tier of each case, with everything that it rests on",
    },
    Operation {
        path: "/v1/explain",
        words: &["explain", "-"],
        takes_cases: true,
        options: of_cases!("crn", "why-not", "strict"),
        one_of: Vec::new,
        one_by_one: true,
        about: "Why a case has its tier, why not another, and what would change it",
    },
    Operation {
        path: "/v1/due",
        words: &["due", "-"],
        takes_cases: true,
        options: of_cases!("from", "to", "officer", "office", "only", "tier", "sort", "strict"),
        one_of: Vec::new,
        one_by_one: false,
        about: "What is owed under the recorded tier: contacts and reviews due and overdue",
    },
    Operation {
        path: "/v1/caseload",
        words: &["caseload", "-"],
        takes_cases: true,
        options: of_cases!("without", "officer", "office", "sort", "forecast", "strict"),
        one_of: Vec::new,
        one_by_one: false,
        about: "The book of an office: what officers carry against target, what is owed and to come",
    },
    Operation {
        path: "/v1/compare",
        words: &["compare"],
        takes_cases: true,
        options: &["old", "new", "on", "law", "tz", "set", "format", "input-format", "without", "strict"],
        one_of: Vec::new,
        one_by_one: false,
        about: "What an edit of a policy does to everybody on the books: who moves, why, and what it costs",
    },
    Operation {
        path: "/v1/check",
        words: &["check"],
        takes_cases: false,
        options: &["policy", "deny", "format"],
        one_of: Vec::new,
        one_by_one: false,
        about: "Every fault of a policy that can be found without a case",
    },
    Operation {
        path: "/v1/test",
        words: &["test", "--update=no"],
        takes_cases: false,
        options: &["policy", "on", "law", "filter", "format"],
        one_of: Vec::new,
        one_by_one: false,
        about: "The worked cases of a policy: what must come out, and what changed since it was accepted",
    },
    Operation {
        path: "/v1/show/{what}",
        words: &["show"],
        takes_cases: false,
        options: &["policy", "on", "law", "set", "format"],
        one_of: || {
            let all = ["rules", "params", "timeline", "policies", "inputs", "words", "exits", "findings"];
            all.map(str::to_owned).to_vec()
        },
        one_by_one: false,
        about: "What a policy says: its rules, its numbers, the inputs of a case",
    },
    Operation {
        path: "/v1/schema/{what}",
        words: &["show", "schema"],
        takes_cases: false,
        options: &[],
        one_of: SchemaOf::names,
        one_by_one: false,
        about: "The JSON Schema of a case, of the numbers of a policy, of a mapping, or of an answer",
    },
];

/// The format that an answer has when a request says nothing of it.
pub const FORMAT: &str = "json";

impl Operation {
    /// The words of the command line for a request: the word of its path, and its options as they were given.
    ///
    /// # Errors
    ///
    /// In a sentence, when it gives an option that there is not, or names what is no policy.
    pub fn words(
        &self,
        what: Option<&str>,
        asked: &[(String, String)],
        verbs: &dyn Verbs,
        kind: Option<&str>,
    ) -> Result<Vec<String>, String> {
        let mut words: Vec<String> = ["brag"].iter().chain(self.words).map(|word| (*word).to_owned()).collect();
        if let Some(what) = what {
            let one_of = (self.one_of)();
            if !one_of.iter().any(|one| one == what) {
                return Err(format!("expected one of {}", one_of.join(", ")));
            }
            words.push(what.to_owned());
        }
        for (name, value) in asked {
            if !self.options.contains(&name.as_str()) {
                return Err(format!("`{name}` is nothing that {} takes; it takes {}", self.path, self.taken()));
            }
            let is_one = matches!(name.as_str(), "policy" | "old" | "new" | "strict");
            if is_one && asked.iter().filter(|(other, _)| other == name).count() > 1 {
                return Err(format!("`{name}` is given more than once"));
            }
            if (name.as_str(), value.as_str()) == ("format", "xlsx") {
                return Err(
                    "a workbook is written to a file, which no request names: ask for another format".to_owned()
                );
            }
            let names_policy = matches!(name.as_str(), "policy" | "old" | "new");
            if names_policy && !is_name(value) {
                return Err(format!("`{name}` is the name of a policy, and no path"));
            }
        }
        let given = |name: &str| asked.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str());
        if self.words == ["compare"] {
            words.extend(["old", "new"].map(|side| verbs.policy(given(side))));
            words.push("-".to_owned());
        } else if self.options.contains(&"policy") {
            words.push(format!("--policy={}", verbs.policy(given("policy"))));
        }
        for (name, value) in asked.iter().filter(|(name, _)| !matches!(name.as_str(), "old" | "new" | "policy")) {
            match (name.as_str(), value.as_str()) {
                ("strict", "" | "true") => words.push("--strict".to_owned()),
                ("strict", "false") => {}
                _ => words.push(format!("--{name}={value}")),
            }
        }
        if let (true, Some(kind), None) = (self.takes_cases, kind, given("input-format")) {
            words.push(format!("--input-format={kind}"));
        }
        if self.options.contains(&"format") && given("format").is_none() {
            let lines = kind == Some("jsonl") && self.one_by_one;
            words.push(format!("--format={}", if lines { "jsonl" } else { FORMAT }));
        }
        Ok(words)
    }

    fn taken(&self) -> String {
        if self.options.is_empty() { "none".to_owned() } else { self.options.join(", ") }
    }
}

/// Whether a text can name a policy on a shelf. A path or a commit could name any folder of the machine.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter))
}
