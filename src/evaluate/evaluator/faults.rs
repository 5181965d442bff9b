//! What is said of a function that fails, or returns what it may not.

use super::Evaluator;
use crate::{
    evaluate::{machine::Read, outcome::NoOutcome, stop::Fault},
    language::{fault::PolicyFault, program::Entry, wrong::spelt},
};

impl Evaluator<'_> {
    /// What is wrong with what a function returned.
    pub(super) fn wrong(&self, entry: &Entry, message: &str, help: &str) -> NoOutcome {
        let text = self.program.source(0).map_or("", |source| &source.text);
        let fault = PolicyFault::failed(&entry.rule.file, message).at(Some(entry.rule.line), None).text(text);
        NoOutcome::Fault(Box::new(fault.rule(&entry.rule.name).help(help)))
    }

    /// A value that a fault is about: as the line of the script spells it, or by the input that it was read from.
    pub(super) fn named(&mut self, value: &str, drawn: &str) -> String {
        if let Some(spelt) = spelt(value, drawn) {
            return spelt;
        }
        let reads = self.known.take_reads();
        let is_it = |read: &&Read| {
            self.inputs().look_up(read.input, read.presence).is_ok_and(|(known, _)| known.to_string() == value)
        };
        let read = reads.iter().find(is_it).map(|read| &self.inputs().facts.inputs.get(read.input).path);
        read.map_or_else(|| "(a value)".to_owned(), |path| format!("(a value of `{path}`)"))
    }

    /// The fault to report. One without a place of its own gets that of the rule. A case holds personal data: a value
    /// is not repeated, unless the script itself spells it there.
    pub(super) fn fault(&mut self, entry: &Entry, fault: &Fault) -> PolicyFault {
        let has_place = fault.place.line > 0;
        let source = self.program.source(if has_place { fault.script } else { 0 });
        let (file, text) = source.map_or(("", ""), |source| (source.file.as_str(), source.text.as_str()));
        let line = if has_place { fault.place.line as usize } else { entry.rule.line };
        let drawn = text.lines().nth(line.saturating_sub(1)).unwrap_or("");
        let value = fault.wrong.value.as_deref();
        let message = match value {
            Some(value) => fault.wrong.message.replace("{}", &self.named(value, drawn)),
            None => fault.wrong.message.clone(),
        };
        let column = Some(fault.place.column as usize).filter(|column| has_place && *column > 0);
        let help = fault.wrong.help.clone().or_else(|| Some("see `brag help editing`".to_owned()));
        PolicyFault::failed(file, message)
            .at(Some(line), column)
            .text(text)
            .helped(help)
            .rule(&entry.rule.name)
            .about(value)
    }
}
