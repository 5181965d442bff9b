//! What of a policy cases speak of: the tiers that may be on record, and the policy's own inputs under `local`. It is looked at where
//! the two meet, for a case by itself does not know its policy.

use super::Policy;
use crate::{
    case::{Case, domain::Domain, fault::nearest, local::LocalValue, text::FreeWord},
    language::tiers::Tiers,
};
use std::{collections::BTreeMap, sync::Arc};

/// The tiers and the own inputs of one policy, or of several.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// The tiers that a case may have on record; none where any may.
    pub tiers: Arc<Tiers>,
    /// What each own input may hold, under each policy that declares it.
    own: BTreeMap<String, Vec<Domain>>,
}

impl Vocabulary {
    /// What is of one or of another.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        let mut own = self.own.clone();
        for (name, domains) in &other.own {
            own.entry(name.clone()).or_default().extend(domains.iter().cloned());
        }
        Self { tiers: Arc::new(self.tiers.or(&other.tiers)), own }
    }

    /// The names of own inputs of a case that no policy declares.
    pub fn lacking<'a>(&'a self, case: &'a Case) -> impl Iterator<Item = &'a str> {
        case.local.0.keys().map(FreeWord::as_str).filter(|name| !self.declares(name))
    }

    /// The declared own input that may be meant by a name.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Option<String> {
        let known: Vec<String> = self.own.keys().cloned().collect();
        nearest(name, &known).map(str::to_owned)
    }

    /// Whether a policy declares an own input.
    #[must_use]
    pub fn declares(&self, name: &str) -> bool {
        self.own.contains_key(name)
    }

    /// What an own input should hold, where a case gives it something else.
    #[must_use]
    pub fn expected(&self, name: &str, given: &LocalValue) -> Option<&Domain> {
        let domains = self.own.get(name)?;
        let fits = domains.iter().any(|domain| given.within(domain).is_some());
        domains.first().filter(|_| !fits)
    }
}

impl Policy {
    /// With the tiers that a case may have on record: its own, where it says what is owed under them. A policy that asks for neither
    /// contact nor review takes cases with the ratings of another.
    #[must_use]
    pub fn vocabulary(&self) -> Vocabulary {
        let is_owed = self.program().has("contact") || self.program().has("review");
        Vocabulary { tiers: if is_owed { Arc::clone(self.tiers()) } else { Arc::default() }, own: self.own_domains() }
    }

    /// With all of its tiers, for the cases that say what must come out under it.
    #[must_use]
    pub fn whole_vocabulary(&self) -> Vocabulary {
        Vocabulary { tiers: Arc::clone(self.tiers()), own: self.own_domains() }
    }

    /// What each input of its own may hold, and of those that run with it.
    #[must_use]
    pub fn own_domains(&self) -> BTreeMap<String, Vec<Domain>> {
        let mut own: BTreeMap<String, Vec<Domain>> = BTreeMap::new();
        for policy in std::iter::once(self).chain(self.companions()) {
            for (name, (domain, _)) in &policy.parameters().own_inputs {
                own.entry(name.clone()).or_default().push(domain.clone());
            }
        }
        own
    }
}
