//! What a walk notes: what is wrong, once, and what is written down and fits nowhere.

use super::{
    doubts::Doubt,
    meaning::{Meaning, One, Spot},
    walk::Walk,
};
use crate::{
    case::value::Value,
    language::{fault::PolicyFault, kinds::Kinds, lower::is_law, rule::Rule, tree::Place},
    policy::Policy,
};

/// What the program takes from a function of a policy, and how that is said.
pub(super) fn returns(name: &str) -> (Kinds, &'static str) {
    match name {
        "contact" => (Kinds::CONTACT, "a standard of contact: `every(n, unit, mode)`"),
        "review" => (Kinds::REVIEW, "a standard of review: `every(n, unit)`"),
        "allocate" => (Kinds::ALLOCATION, "an allocation: `held_by(grade, place)`"),
        "workload" => (Kinds::NUMBER, "a whole number of points"),
        "tier" => (Kinds::TEXT, "the name of a tier"),
        "provisional" => (Kinds::BOOL | Kinds::EFFECT, "true, false or an effect"),
        name if is_law(name) => (Kinds::BOOL, "true or false: end it in a condition"),
        "caseload" => (Kinds::PATTERN, "a `pattern(...)`, or a list of them"),
        "rating" => (Kinds::TABLE, "a table of `standards` and their `total`"),
        _ => (Kinds::EFFECT, "nothing, one effect, or a list of effects"),
    }
}

impl Walk<'_> {
    /// What a function of the policy returns, where that is nothing that the program takes from it.
    pub(super) fn returned(&mut self, rule: &Rule, made: &Meaning) {
        let (takes, what) = returns(&rule.name);
        if &*rule.name == "tier" {
            self.among("unknown-tier", "tier", &self.policy.tiers().all(), made);
        }
        let here = Spot::Script(0, Place { line: u32::try_from(rule.line).unwrap_or(0), column: 0 });
        let says = |what: &str| format!("`{}` returns {what}, which says nothing", rule.name);
        let must = &*rule.name == "tier" || is_law(&rule.name);
        if must && self.is_sound && made.kinds() == Kinds::ABSENT {
            self.find(
                "wrong-return",
                here,
                format!("`{}` always returns nothing", rule.name),
                format!("return {what}"),
            );
        }
        let entries = made.ones().iter().filter(|one| matches!(one, One::Row(_) | One::List(_)));
        let entries: Vec<Meaning> = entries.map(|one| Meaning::one(one.clone()).entries()).collect();
        for one in made.ones().iter().chain(entries.iter().flat_map(Meaning::ones)) {
            match one {
                One::Standard(kinds, spot) if kinds.is_apart_from(takes) => {
                    self.find("wrong-return", *spot, says(&kinds.in_words()), format!("return {what}"));
                }
                One::Written(points) if &*rule.name == "workload" && !is_whole(&points.value) => {
                    let message = format!("`{}` returns {}, which is no whole number from 0", rule.name, points.value);
                    self.find("wrong-return", points.spot, message, format!("return {what}"));
                }
                _ => {}
            }
        }
        let kinds_of = |one: &One| match one {
            One::Standard(..) => Kinds::NONE,
            one => one.kinds(),
        };
        let alone = made.ones().iter().filter(|one| !matches!(one, One::Row(_) | One::List(_))).map(kinds_of);
        let listed = entries.iter().map(|of| match &of.0 {
            Some(ones) => ones.iter().map(kinds_of).fold(Kinds::NONE, Kinds::or),
            None => Kinds::ANY,
        });
        for kinds in alone.chain(listed).map(|kinds| kinds.without(Kinds::ABSENT)) {
            if kinds.is_apart_from(takes | Kinds::LIST) && !kinds.is_empty() {
                self.find("wrong-return", here, says(&kinds.in_words()), format!("return {what}"));
            }
        }
    }

    /// A text that spells a value where people are to read it: nothing is put in there.
    pub(super) fn unfilled(&mut self, text: &str, spot: Spot) {
        if spells_a_value(text) {
            let message = "a text spells the name of a value, and nothing is put in its place".to_owned();
            let help = "write the text between backticks, and the value as `${...}` in it".to_owned();
            self.find("unfilled-text", spot, message, help);
        }
    }

    /// Notes that something is wrong, once.
    pub(super) fn find(&mut self, code: &'static str, spot: Spot, message: String, help: String) {
        let fault = at_spot(self.policy, code, spot, message, help);
        self.found.note(fault);
    }

    /// Notes that a list seems to be asked for more entries than it has, once.
    pub(super) fn doubt_length(&mut self, spot: Spot, place: Place, len: i64) {
        let at = (self.script, place);
        let doubt = Doubt { code: "missing-entry", spot, at, words: Vec::new(), len: Some(len) };
        if !self.doubts.contains(&doubt) {
            self.doubts.push(doubt);
        }
    }

    /// Notes that something seems to be lacking, once.
    pub(super) fn doubt(&mut self, code: &'static str, spot: Spot, place: Place, words: Vec<String>) {
        let doubt = Doubt { code, spot, at: (self.script, place), words, len: None };
        if !self.doubts.contains(&doubt) {
            self.doubts.push(doubt);
        }
    }

    /// Notes whether something that is written down fits where it is met; what fits nowhere is found.
    pub(super) fn judge(
        &mut self,
        code: &'static str,
        spot: Spot,
        fits: bool,
        said: impl FnOnce() -> (String, String),
    ) {
        if let Some((known, _)) = self.judged.get_mut(&(spot, code)) {
            *known |= fits;
            return;
        }
        let (message, help) = if fits { (String::new(), String::new()) } else { said() };
        let fault = at_spot(self.policy, code, spot, message, help);
        self.judged.insert((spot, code), (fits, fault));
    }
}

/// Whether a number that is written is a whole one from 0; what is no number is found by its kind.
fn is_whole(value: &Value) -> bool {
    match value {
        Value::Whole(number) => *number >= 0,
        Value::Decimal(number) => number.is_integer(),
        _ => true,
    }
}

/// What is wrong at a spot of a policy.
pub(super) fn at_spot(
    policy: &Policy,
    code: &'static str,
    spot: Spot,
    message: String,
    help: impl Into<String>,
) -> PolicyFault {
    let (file, text, line, column) = match spot {
        Spot::Script(script, place) => {
            let source = policy.program().source(script);
            let (file, text) = source.map_or(("", ""), |source| (source.file.as_str(), source.text.as_str()));
            (file, text, place.line as usize, place.column as usize)
        }
        Spot::Number(line, column) => {
            let parameters = policy.parameters();
            (parameters.file.as_str(), parameters.text.as_str(), line, column)
        }
    };
    let at = |number: usize| Some(number).filter(|number| *number > 0);
    PolicyFault::invalid(file, message).code(code).at(at(line), at(column)).text(text).help(help)
}

/// Whether a text has `${`, a name behind `$`, or an input or a parameter in braces.
fn spells_a_value(text: &str) -> bool {
    let after = |mark: char| text.split(mark).skip(1);
    after('$').any(|rest| rest.starts_with(|first: char| first == '{' || first.is_ascii_alphabetic()))
        || after('{').any(|rest| rest.starts_with("person.") || rest.starts_with("param::"))
}
