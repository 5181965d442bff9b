//! The table of the language in the README, section "The language of a policy": every example in it runs and gives what it
//! says, everything outside is refused in these words, and every word of the language has a row. `BRAG_BLESS=1` writes the
//! section into the README.

use crate::{
    cases::{ON, root},
    oracle_scripts::Ground,
    table_rows::{CONSTRUCTS, OUTSIDE, WORDS, Word},
};
use brag::{
    case::value::Value,
    evaluate::{evaluator::Evaluator, inputs::Facts, outcome::NoOutcome},
    language::{
        builtins::{self, Builtin, Family},
        check,
        datum::Datum,
        effect::Effect,
        fault::PolicyFault,
        kinds::Kinds,
        lower,
        program::Program,
        standard::Standard,
        syntax,
    },
};
use serde_json::json;
use std::{fs, sync::Arc};

/// What an example gives, or what is said of it: message and help.
type Said = Result<String, (String, String)>;

struct Examples {
    ground: Ground,
    facts: Arc<Facts>,
}

impl Examples {
    fn new() -> Self {
        let ground = Ground::new();
        let facts = ground.facts(&json!({
            "crn": "X320741", "assessed_on": ON.to_string(), "iom": true,
            "oasys": { "ogrs3": 40, "ogp": 50, "rosh": "high", "sections": { "drugs": 3, "alcohol": 1 } }
        }));
        Self { ground, facts }
    }

    /// A body as a program: what it gives is shown by a flag, or is what the rule says itself.
    fn program(&self, text: &str) -> Result<Program, PolicyFault> {
        let helpers = "const NUMBERS = [3, 1, 2];\n\
            private fn helper(person, n) { if person.oasys.ogrs3 > n { n + 1 } else { n } }\n";
        let again = "private fn again(person) { again(person) }\n";
        let again = if text.contains("again(") { again } else { "" };
        let script = syntax::parse("policy.rhai", &format!("{text}\n{helpers}{again}"))?;
        let known =
            lower::Known { inputs: &self.ground.inputs, tiers: &self.ground.tiers, parameters: &self.ground.names };
        let program = lower::lower(&script, &[], known)?;
        check::check(&program, known)?;
        Ok(program)
    }

    /// What an example gives that is of these kinds.
    fn gives(&self, example: &str, kinds: Kinds) -> Said {
        if kinds == Kinds::EFFECT {
            return self
                .effects(&format!("fn r(person) {{ {example} }}"))
                .map(|effects| effects.iter().map(Effect::describe).collect::<Vec<_>>().join(", "));
        }
        if kinds == Kinds::STANDARD {
            let each = ["contact", "review", "allocate"].map(|name| self.standards(name, example));
            let [contact, review, allocate] = each;
            return contact.clone().or(review).or(allocate).map_err(|_| contact.unwrap_err());
        }
        if kinds == Kinds::PATTERN {
            return self.patterns(example);
        }
        let shown = format!(
            "fn r(person) {{ let shown = example(person); flag(\"shown\", `${{shown}}`) }}\nprivate fn example(person) {{ {example} }}"
        );
        self.effects(&shown).map(|effects| match effects.as_slice() {
            [Effect::Flag { text, .. }] => text.clone(),
            other => panic!("{example}: {other:?}"),
        })
    }

    fn run<T>(
        &self,
        text: &str,
        ask: impl FnOnce(&mut Evaluator<'_>) -> Result<T, NoOutcome>,
    ) -> Result<T, (String, String)> {
        let said = |fault: PolicyFault| (fault.message, fault.help.unwrap_or_default());
        let program = self.program(text).map_err(said)?;
        let mut evaluator = Evaluator::new(self.ground.in_force(&program), &self.facts);
        evaluator.begin(&self.facts);
        ask(&mut evaluator).map_err(|stop| match stop {
            NoOutcome::Fault(fault) => said(*fault),
            NoOutcome::Unknown(unknown) => panic!("{text}: {unknown:?}"),
        })
    }

    fn effects(&self, text: &str) -> Result<Vec<Effect>, (String, String)> {
        self.run(text, |evaluator| evaluator.rule(0).map(|outcome| outcome.effects))
    }

    fn standards(&self, name: &str, example: &str) -> Said {
        let found =
            self.run(&format!("fn {name}(person, tier) {{ {example} }}"), |evaluator| evaluator.follows(name, "Red"))?;
        let shown = |standard: &Standard| match standard {
            Standard::Contact(contact) => {
                let more = contact.first_within.map(|days| format!(", the first within {days}")).unwrap_or_default();
                let upcoming =
                    if contact.upcoming > 0 { format!(", upcoming {}", contact.upcoming) } else { String::new() };
                format!("{} in {} {:?} by {}{more}{upcoming}", contact.times, contact.every, contact.unit, contact.mode)
            }
            Standard::Review(review) => format!("a review each {} {:?}", review.every, review.unit),
            Standard::Allocation(held) => format!("{:?} from {:?}", held.grade, held.from),
            Standard::Workload(points) => format!("{points} points"),
        };
        Ok(found.iter().flatten().map(shown).collect::<Vec<_>>().join(", ").to_lowercase())
    }

    fn patterns(&self, example: &str) -> Said {
        let book = Value::list([Value::record([("crn", Value::Text("X320741".into()))])]);
        let ask = |evaluator: &mut Evaluator<'_>| evaluator.caseload(Datum::from(&book)).map_err(NoOutcome::Fault);
        let found = self.run(&format!("fn caseload(book) {{ {example} }}"), ask)?;
        let shown =
            found.iter().map(|one| format!("{}, {}: {}: {}", one.code, one.severity, one.text, one.cases.join(", ")));
        Ok(shown.collect::<Vec<_>>().join("; "))
    }

    /// The same, in one line.
    fn said(&self, example: &str, kinds: Kinds) -> String {
        match self.gives(example, kinds) {
            Ok(given) => given,
            Err((message, help)) => format!("{message}; {help}"),
        }
    }
}

fn row(word: &Builtin) -> Option<&'static Word> {
    WORDS.iter().find(|row| row.usage == word.usage)
}

#[test]
fn every_example_of_a_construct_gives_what_the_table_says() {
    let examples = Examples::new();
    let wrong = CONSTRUCTS.iter().filter_map(|row| {
        let said = examples.said(row.example, Kinds::ANY);
        (said != row.gives).then(|| format!("{} gives\n{said}", row.example))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn everything_outside_is_refused_in_the_words_of_the_table() {
    let examples = Examples::new();
    let wrong = OUTSIDE.iter().filter_map(|row| {
        let said = examples.gives(row.example, Kinds::ANY);
        let expected = Err((row.message.to_owned(), row.help.to_owned()));
        (said != expected).then(|| format!("{}\n{said:?}", row.example))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_word_has_an_example_that_runs_and_one_that_is_wrong() {
    let examples = Examples::new();
    let mut wrong: Vec<String> = Vec::new();
    for word in builtins::all() {
        let Some(row) = row(word) else {
            wrong.push(format!("no row for {}", word.usage));
            continue;
        };
        let kinds = match word.gives {
            gives if !gives.is_apart_from(Kinds::STANDARD) && gives != Kinds::ANY => Kinds::STANDARD,
            gives if [Kinds::EFFECT, Kinds::PATTERN].contains(&gives) => gives,
            _ => Kinds::ANY,
        };
        match examples.gives(row.example, kinds) {
            Ok(given) if given == row.gives => {}
            said => wrong.push(format!("{}\n{said:?}", row.example)),
        }
        match examples.gives(row.wrong, kinds) {
            Err((message, help)) if format!("{message}; {help}") == row.message => {}
            Err((message, help)) => wrong.push(format!("{}\n{message}; {help}", row.wrong)),
            Ok(given) => wrong.push(format!("{} is not wrong: {given}", row.wrong)),
        }
    }
    let unknown = WORDS.iter().filter(|row| !builtins::all().any(|word| word.usage == row.usage));
    wrong.extend(unknown.map(|row| format!("no word is written {}", row.usage)));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A piece of a script in a table.
fn code(text: &str) -> String {
    let text = text.replace('|', "\\|");
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// A sentence in a table.
fn plain(text: &str) -> String {
    text.replace('|', "\\|")
}

/// What stands between the marks in the README.
fn section() -> String {
    let mut out = String::from("\n| what | example | gives |\n| --- | --- | --- |\n");
    for row in CONSTRUCTS {
        out.push_str(&format!("| {} | {} | {} |\n", plain(row.what), code(row.example), code(row.gives)));
    }
    out.push_str("\nOperators, and what a list, a text, a table or a number can be asked:\n\n");
    out.push_str("| written | what it does | example | gives |\n| --- | --- | --- | --- |\n");
    for word in builtins::all().filter(|word| word.family != Family::Word) {
        let row = row(word).unwrap();
        out.push_str(&format!(
            "| {} | {} | {} | {} |\n",
            code(word.usage),
            plain(word.doc),
            code(row.example),
            code(row.gives)
        ));
    }
    out.push_str("\nWhat is outside is refused when the policy is read, at its line:\n\n");
    out.push_str("| outside | example | what is said |\n| --- | --- | --- |\n");
    for row in OUTSIDE {
        out.push_str(&format!(
            "| {} | {} | {}: {} |\n",
            plain(row.what),
            code(row.example),
            plain(row.message),
            plain(row.help)
        ));
    }
    out.push('\n');
    out
}

#[test]
fn the_readme_shows_the_table() {
    const FROM: &str = "<!-- language -->\n";
    const TO: &str = "<!-- end of the language -->";
    let path = root().join("README.md");
    let written = fs::read_to_string(&path).unwrap();
    let (before, rest) = written.split_once(FROM).expect("the README has a section for the language");
    let (shown, after) = rest.split_once(TO).expect("the section has an end");
    if std::env::var_os("BRAG_BLESS").is_some_and(|value| value == "1") {
        fs::write(&path, format!("{before}{FROM}{}{TO}{after}", section())).unwrap();
        return;
    }
    for (number, (shown, expected)) in shown.lines().zip(section().lines()).enumerate() {
        assert_eq!(shown, expected, "line {number} of the table; `BRAG_BLESS=1 cargo test` writes it anew");
    }
    assert_eq!(shown.len(), section().len(), "the table ends elsewhere; `BRAG_BLESS=1 cargo test` writes it anew");
}

#[test]
fn numbers_are_the_same_by_what_they_count_and_dates_by_their_day() {
    let examples = Examples::new();
    for (example, gives) in [
        ("switch 10.0 / 2 { 5 => \"five\", _ => \"other\" }", "five"),
        ("switch 10 / 2 { 5.0 => \"five\", _ => \"other\" }", "five"),
        ("switch 5.5 { 5 => \"five\", _ => \"other\" }", "other"),
        ("overlap([1, 2, true], [2.0, true])", "[2, true]"),
        ("overlap([date(\"2019-05-01\")], [date(\"2019-05-02\"), date(\"2019-05-01\")])", "[2019-05-01]"),
    ] {
        assert_eq!(examples.gives(example, Kinds::ANY), Ok(gives.to_owned()), "{example}");
    }
}
