//! Companions: a tier policy names the policies that run with it, `const WITH = ["assessment-quality"];`, and they see what
//! became of the case. Also the working days that the words of all of them reckon with.

use crate::{
    calendar::WorkingDays,
    case::fault::nearest,
    language::fault::PolicyFault,
    policy::{
        Policy,
        source::{PARAMETERS, RULES, Shelf},
    },
};

/// The constant that names the policies which run with one.
const WITH: &str = "WITH";
/// Most policies that run with one.
const MAX_COMPANIONS: usize = 16;

type Settings = Vec<(String, String)>;

impl Policy {
    /// A policy that comes with the program.
    ///
    /// # Errors
    ///
    /// When there is none of that name.
    pub fn shipped(name: &str) -> Result<Self, PolicyFault> {
        Self::load(&Shelf::Shipped, name, &[])
    }

    /// Loads a policy from a shelf, with those that run with it.
    ///
    /// # Errors
    ///
    /// When a file cannot be read, a script has something that the language has not, or a name in it is known to nobody.
    ///
    /// ```
    /// use brag::{Policy, policy::source::Shelf};
    /// let policy = Policy::load(&Shelf::Shipped, "bgsw", &[]).unwrap();
    /// assert_eq!(policy.tiers().ordered(), ["Green", "Amber", "Red-Amber", "Red"]);
    /// ```
    pub fn load(shelf: &Shelf, name: &str, set: &[(String, String)]) -> Result<Self, PolicyFault> {
        let (policy, unknown) = Self::with_companions(shelf, name, set)?;
        match unknown.first() {
            None => Ok(policy),
            Some((name, value)) => {
                let shown = shelf.shown(&format!("{}/{PARAMETERS}", policy.name));
                let said = policy.parameters.clone().set(name, value).err().unwrap_or_default();
                Err(PolicyFault::invalid(shown, said))
            }
        }
    }

    /// The policy with those that it names, from its own shelf or else the shipped one, and what was to be set that none
    /// of them has.
    fn with_companions(shelf: &Shelf, name: &str, set: &[(String, String)]) -> Result<(Self, Settings), PolicyFault> {
        let (mut policy, mut unset) = Self::from_files(shelf.policy(name)?, set)?;
        let named = policy.list(WITH).to_vec();
        if named.len() > MAX_COMPANIONS {
            let file = policy.program.source(0).map_or("", |source| &source.file);
            let fault = PolicyFault::invalid(file, format!("runs with more than {MAX_COMPANIONS} policies, the limit"));
            return Err(fault.help("put their rules into one"));
        }
        for named in named {
            let (companion, left) = policy.named_beside(shelf, &named, &unset)?;
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
    pub fn that_runs(shelf: &Shelf, name: &str) -> Result<Self, PolicyFault> {
        let policy = Self::load(shelf, name, &[])?;
        if !policy.tiers.is_empty() {
            return Ok(policy);
        }
        for other in shelf.names().iter().filter(|other| *other != name) {
            let tiered = Self::load(shelf, other, &[])?;
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
    ) -> Result<(Self, Settings), PolicyFault> {
        let file = self.program.source(0).map_or("", |source| &source.file);
        let holds = |one: &&Shelf| one.names().iter().any(|known| known == name);
        let Some(place) = [beside, &Shelf::Shipped].into_iter().find(holds) else {
            let all = [beside.names(), Shelf::Shipped.names()].concat();
            let help = nearest(name, &all).map(|meant| format!("did you mean `{meant}`?"));
            let help = help.unwrap_or_else(|| format!("`{WITH}` names folders that have a {RULES}"));
            return Err(PolicyFault::invalid(file, format!("runs with `{name}`, which is no policy")).help(help));
        };
        let (companion, rest) = Self::from_files(place.policy(name)?, settings)?;
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
        self.companions = self.companions.into_iter().map(|companion| companion.reckoning_with(days)).collect();
        self
    }
}
