//! Registrations of a case that neither the model nor its policy knows: what they say could raise the tier, so it is not firm.

use super::decide::Answer;
use crate::case::registered::belongs_in;
use std::collections::BTreeSet;

impl Answer<'_, '_> {
    /// What is recorded and cannot be weighed, a sentence each, with the input that it is about. Where the policy asks for no registrations, its highest tier is
    /// reached or a rule decides on one outside their order, nothing could be higher.
    pub(super) fn doubts(&self) -> Vec<(String, String)> {
        let case = &self.inputs.facts.case;
        if case.unlisted().next().is_none() {
            return Vec::new();
        }
        let tier = self.top().tier.as_ref();
        let is_settled = |tier: &String| {
            let tiers = self.policy.tiers();
            tiers.rank(tier).is_none() || Some(tier) == tiers.ordered().last()
        };
        if tier.is_none_or(is_settled) {
            return Vec::new();
        }
        let reads = |path: &str| {
            let mut inputs = self.top().reads().map(|read| &self.inputs.facts.inputs.get(read.input).path);
            inputs.any(|input| input.starts_with(path))
        };
        let mut doubts = Vec::new();
        for path in case.left_open().filter(|path| reads(path)) {
            let said = format!("`{path}` is not given, and a registration MAPP says that there is one");
            doubts.push((said, path.to_owned()));
        }
        if reads("registrations") {
            let words = self.at.words.get_or_init(|| self.policy.words_on(self.inputs.facts.on));
            let unknown = case.unlisted().map(|(_, code)| code.as_str());
            let unknown = unknown.filter(|code| belongs_in(code).is_none() && !words.contains(*code));
            let unknown: BTreeSet<&str> = unknown.collect();
            if !unknown.is_empty() {
                let codes = unknown.into_iter().collect::<Vec<_>>().join(", ");
                let said = format!("registrations that neither brag nor the policy knows: {codes}");
                doubts.push((said, "registrations".to_owned()));
            }
        }
        doubts
    }
}
