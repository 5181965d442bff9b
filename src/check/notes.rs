//! What a walk notes: what is wrong, once, and what is written down and fits nowhere.

use super::{
    meaning::{Meaning, One, Spot},
    walk::Walk,
};
use crate::language::{fault::PolicyFault, kinds::Kinds, lower::is_law, rule::Rule, tree::Place};

/// What the program takes from a function of a policy, and how that is said.
pub(super) fn returns(name: &str) -> (Kinds, &'static str) {
    match name {
        "contact" | "review" | "allocate" => (Kinds::STANDARD, "a standard: `every(...)` or `held_by(...)`"),
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
        for one in made.ones() {
            let inner = match one {
                One::Row(_) | One::List(_) => Meaning::one(one.clone()).entries().kinds(),
                one => Meaning::one(one.clone()).kinds(),
            };
            let inner = inner.without(Kinds::ABSENT);
            if inner.is_apart_from(takes | Kinds::LIST) && !inner.is_empty() {
                let line = u32::try_from(rule.line).unwrap_or(0);
                let message = format!("`{}` returns {}, which says nothing", rule.name, inner.in_words());
                let spot = Spot::Script(0, Place { line, column: 0 });
                self.find("wrong-return", spot, message, format!("return {what}"));
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
        let fault = self.fault(code, spot, message, help);
        self.found.note(fault);
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
        let fault = self.fault(code, spot, message, help);
        self.judged.insert((spot, code), (fits, fault));
    }

    fn fault(&self, code: &'static str, spot: Spot, message: String, help: String) -> PolicyFault {
        let (file, text, line, column) = match spot {
            Spot::Script(script, place) => {
                let source = self.program.source(script);
                let (file, text) = source.map_or(("", ""), |source| (source.file.as_str(), source.text.as_str()));
                (file, text, place.line as usize, place.column as usize)
            }
            Spot::Number(line, column) => {
                let parameters = self.policy.parameters();
                (parameters.file.as_str(), parameters.text.as_str(), line, column)
            }
        };
        let at = |number: usize| Some(number).filter(|number| *number > 0);
        PolicyFault::invalid(file, message).code(code).at(at(line), at(column)).text(text).help(help)
    }
}

/// Whether a text has `${`, a name behind `$`, or an input or a parameter in braces.
fn spells_a_value(text: &str) -> bool {
    let after = |mark: char| text.split(mark).skip(1);
    after('$').any(|rest| rest.starts_with(|first: char| first == '{' || first.is_ascii_alphabetic()))
        || after('{').any(|rest| rest.starts_with("person.") || rest.starts_with("param::"))
}
