//! Companions: a tier policy names the policies that run with it, `const WITH = ["assessment-quality"];`, and they see what
//! became of the case. Also the working days that the words of all of them reckon with.

use crate::{
    calendar::WorkingDays,
    case::{fault::nearest, input::InputTable},
    language::fault::PolicyFault,
    policy::{
        Policy,
        reading::Reading,
        source::{PolicyFiles, RULES, Shelf},
    },
};

/// The constant that names the policies which run with one.
const WITH: &str = "WITH";
/// What is said of a run that reckons with other bank holidays.
const OTHER_DAYS: &str = "bank holidays other than those of England and Wales";
/// Most policies that run with one.
const MAX_COMPANIONS: usize = 16;

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
        Self::read(shelf, name, set)?.whole()
    }

    /// Reads a policy from a shelf, with those that run with it, and everything that is wrong with them.
    ///
    /// # Errors
    ///
    /// When its rules cannot be read at all.
    pub fn read(shelf: &Shelf, name: &str, set: &[(String, String)]) -> Result<Reading, PolicyFault> {
        Self::read_files(shelf.policy(name)?, set)
    }

    /// The same of files that are at hand, whether or not they stand on their shelf.
    ///
    /// # Errors
    ///
    /// When a policy that runs with it cannot be read at all.
    pub fn read_files(files: PolicyFiles, set: &[(String, String)]) -> Result<Reading, PolicyFault> {
        let shelf = &files.shelf.clone();
        let mut reading = Reading::of_files(files, set);
        let named = reading.policy.list(WITH).to_vec();
        if named.len() > MAX_COMPANIONS {
            let message = format!("runs with more than {MAX_COMPANIONS} policies, the limit");
            reading.faults.push(reading.policy.of_companions(message).help("put their rules into one"));
        }
        for named in named.iter().take(MAX_COMPANIONS) {
            match reading.policy.named_beside(shelf, named, &reading.unset) {
                Ok(companion) => {
                    reading.faults.extend(companion.faults);
                    reading.unset = companion.unset;
                    reading.policy.companions.push(companion.policy);
                    reading.policy.seal();
                }
                Err(fault) => reading.faults.push(fault),
            }
        }
        if let Some((name, value)) = reading.unset.first() {
            let said = match InputTable::common().find(name).map(|id| InputTable::common().get(id)) {
                Some(input) if input.path.as_ref() == "age" => {
                    "derived from `date_of_birth`; set that, in the case".to_owned()
                }
                Some(_) => "an input of a case, and no number of the policy; set it in the case".to_owned(),
                None => reading.policy.parameters.clone().set(name, value).err().unwrap_or_default(),
            };
            reading.faults.push(PolicyFault::invalid(format!("--set {name}"), said).code("parameters"));
        }
        Ok(reading)
    }

    /// The policy that worked cases of a policy are run with: itself, or for a policy of flags, which is told what became
    /// of a case, the first tier policy of the shelf that names it.
    ///
    /// # Errors
    ///
    /// When a policy cannot be read or is invalid.
    pub fn that_runs(shelf: &Shelf, name: &str) -> Result<Self, PolicyFault> {
        Self::that_runs_with(shelf, Self::load(shelf, name, &[])?)
    }

    /// The same for a policy at hand, which takes the place of that of its name.
    ///
    /// # Errors
    ///
    /// As [`Policy::that_runs`].
    pub fn that_runs_with(shelf: &Shelf, policy: Self) -> Result<Self, PolicyFault> {
        if !policy.tiers.is_empty() {
            return Ok(policy);
        }
        for other in shelf.names().iter().filter(|other| **other != *policy.name) {
            let mut tiered = Self::load(shelf, other, &[])?;
            if let Some(companion) = tiered.companions.iter_mut().find(|companion| companion.name == policy.name) {
                *companion = policy;
                tiered.seal();
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

    /// A fault of the line that names the policies which run with this one.
    fn of_companions(&self, message: String) -> PolicyFault {
        let source = self.program.source(0);
        let (file, text) = source.map_or(("", ""), |source| (source.file.as_str(), source.text.as_str()));
        let line = text.lines().position(|line| line.trim_start().starts_with("const WITH")).map(|line| line + 1);
        PolicyFault::invalid(file, message).code("companion").at(line, None).text(text)
    }

    fn named_beside(&self, beside: &Shelf, name: &str, settings: &[(String, String)]) -> Result<Reading, PolicyFault> {
        let holds = |one: &&Shelf| one.names().iter().any(|known| known == name);
        let Some(place) = [beside, &Shelf::Shipped].into_iter().find(holds) else {
            let all = [beside.names(), Shelf::Shipped.names()].concat();
            let help = nearest(name, &all).map(|meant| format!("did you mean `{meant}`?"));
            let help = help.unwrap_or_else(|| format!("`{WITH}` names folders that have a {RULES}"));
            return Err(self.of_companions(format!("runs with `{name}`, which is no policy")).help(help));
        };
        let files = place.policy(name).map_err(|fault| fault.code("companion"))?;
        let mut companion = Reading::of_files(files, settings);
        if companion.policy.tiers.is_empty() {
            if !companion.policy.list(WITH).is_empty() {
                let message = format!("runs with another policy, which does not look at what this one has in `{WITH}`");
                let help = format!("name them in the `{WITH}` of the policy that gives the tier");
                companion.faults.push(companion.policy.of_companions(message).help(help));
            }
            return Ok(companion);
        }
        let message = format!("runs with `{name}`, which has tiers of its own");
        Err(self.of_companions(message).help("only a policy of flags can run with another"))
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
        self.seal();
        self.companions.len() < before
    }

    /// Lets the words of this policy and its companions reckon with other working days than the shipped ones.
    #[must_use]
    pub fn reckoning_with(mut self, days: &WorkingDays) -> Self {
        if self.days != *days {
            self.trial.push(OTHER_DAYS.to_owned());
        }
        self.days = days.clone();
        self.companions = self.companions.into_iter().map(|companion| companion.reckoning_with(days)).collect();
        self.seal();
        self
    }
}
