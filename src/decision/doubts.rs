//! Registrations of a case that neither the model nor its policy knows: what they say could raise the tier, so it is not firm.

use super::decide::Answer;
use crate::case::registered::belongs_in;
use std::collections::BTreeSet;

impl Answer<'_, '_> {
    /// What is recorded and cannot be weighed, a sentence each. Where the policy asks for no registrations, or its highest tier is
    /// reached, nothing could be higher.
    pub(super) fn doubts(&self) -> Vec<String> {
        let case = &self.inputs.facts.case;
        if case.unlisted().next().is_none() {
            return Vec::new();
        }
        let tier = self.top().tier.as_ref();
        if tier.is_none() || tier == self.policy.tiers().ordered().last() {
            return Vec::new();
        }
        let reads = |path: &str| {
            let mut inputs = self.top().reads().map(|read| &self.inputs.facts.inputs.get(read.input).path);
            inputs.any(|input| input.starts_with(path))
        };
        let mut doubts = Vec::new();
        if case.leaves_mappa_open() && reads("mappa.") {
            doubts.push("`mappa.category` is not given, and a registration MAPP says that there is one".to_owned());
        }
        if reads("registrations") {
            let words = self.at.words.get_or_init(|| self.policy.words_on(self.inputs.facts.on));
            let unknown = case.unlisted().map(|(_, code)| code.as_str());
            let unknown = unknown.filter(|code| belongs_in(code).is_none() && !words.contains(*code));
            let unknown: BTreeSet<&str> = unknown.collect();
            if !unknown.is_empty() {
                let codes = unknown.into_iter().collect::<Vec<_>>().join(", ");
                doubts.push(format!("registrations that neither brag nor the policy knows: {codes}"));
            }
        }
        doubts
    }
}
