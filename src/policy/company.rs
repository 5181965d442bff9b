//! Policies in company: a tier policy names those that run with it, `const WITH = ["assessment-quality"];`, and they see
//! what became of the case. Also the working days that the words of all of them reckon with.

use crate::{
    calendar::WorkingDays,
    case::fault::nearest,
    policy::{
        Policy,
        fault::PolicyFault,
        source::{RULES, Shelf},
        watch::Watch,
    },
};
use std::{collections::BTreeMap, sync::Mutex};

/// The constant that names the policies which run with one.
const WITH: &str = "WITH";

type Settings = Vec<(String, String)>;

impl Policy {
    /// The policy with those that it names, from its own shelf or else the shipped one, and what was to be set that none
    /// of them has.
    pub(super) fn with_company(
        shelf: &Shelf,
        name: &str,
        set: &[(String, String)],
        watched: bool,
    ) -> Result<(Self, Settings), PolicyFault> {
        let watch = || watched.then(Watch::default);
        let (mut policy, mut unset) = Self::from_files(shelf.policy(name)?, set, watch())?;
        for named in policy.program.lists.get(WITH).cloned().unwrap_or_default() {
            let (companion, left) = policy.named_beside(shelf, &named, &unset, watch())?;
            policy.companions.push(companion);
            unset = left;
        }
        Ok((policy, unset))
    }

    /// The policy that worked cases of a policy are run with: itself, or for a policy of flags, which is told what became
    /// of a case, the first tier policy of the shelf that names it.
    ///
    /// # Errors
    ///
    /// When a policy cannot be read or is invalid.
    pub fn that_runs(shelf: &Shelf, name: &str, watched: bool) -> Result<Self, PolicyFault> {
        let (policy, _) = Self::with_company(shelf, name, &[], watched)?;
        if !policy.tiers.is_empty() {
            return Ok(policy);
        }
        for other in shelf.names().iter().filter(|other| *other != name) {
            let (tiered, _) = Self::with_company(shelf, other, &[], watched)?;
            if tiered.companions.iter().any(|companion| *companion.name == *name) {
                return Ok(tiered);
            }
        }
        Ok(policy)
    }

    /// This policy or the one of that name that runs with it.
    #[must_use]
    pub fn member(&self, name: &str) -> &Self {
        self.companions.iter().find(|companion| *companion.name == *name).unwrap_or(self)
    }

    fn named_beside(
        &self,
        beside: &Shelf,
        name: &str,
        settings: &[(String, String)],
        watch: Option<Watch>,
    ) -> Result<(Self, Settings), PolicyFault> {
        let file = &self.program.main.file;
        let holds = |one: &&Shelf| one.names().iter().any(|known| known == name);
        let Some(place) = [beside, &Shelf::Shipped].into_iter().find(holds) else {
            let all = [beside.names(), Shelf::Shipped.names()].concat();
            let help = nearest(name, &all).map(|meant| format!("did you mean `{meant}`?"));
            let help = help.unwrap_or_else(|| format!("`{WITH}` names folders that have a {RULES}"));
            return Err(PolicyFault::invalid(file, format!("runs with `{name}`, which is no policy")).help(help));
        };
        let (companion, rest) = Self::from_files(place.policy(name)?, settings, watch)?;
        if companion.tiers.is_empty() {
            return Ok((companion, rest));
        }
        let message = format!("runs with `{name}`, which has tiers of its own");
        Err(PolicyFault::invalid(file, message).help("only a policy of flags can run with another"))
    }

    /// The policies that run with this one and after it.
    #[must_use]
    pub fn companions(&self) -> &[Self] {
        &self.companions
    }

    /// Leaves out a policy that would run with this one; false when none is called that.
    pub fn leave_out(&mut self, name: &str) -> bool {
        let before = self.companions.len();
        self.companions.retain(|companion| *companion.name != *name);
        self.companions.len() < before
    }

    /// Lets the words of this policy and its companions reckon with other working days than the shipped ones.
    #[must_use]
    pub fn reckoning_with(mut self, days: &WorkingDays) -> Self {
        self.days = days.clone();
        self.editions = Mutex::new(BTreeMap::new());
        self.companions = self.companions.into_iter().map(|companion| companion.reckoning_with(days)).collect();
        self
    }
}
