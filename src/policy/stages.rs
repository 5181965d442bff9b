//! The functions of a policy that run after its rules: `tier` and `provisional` make something of what the rules said,
//! `contact`, `review` and `allocate` say what follows from the tier.

use crate::{
    case::input::InputTable,
    decision::standard::{Allocation, ContactStandard, ReviewStandard},
    policy::{
        edition::{Edition, Outcome, SoFar, Stop},
        effect::Effect,
        rule::Rule,
        script_value::Person,
        session::SharedSession,
        vocabulary::{Standard, effects_of},
    },
};
use rhai::{Dynamic, Map};

impl Edition {
    /// The tier that the policy's `tier` function makes of what the rules said, if it has one.
    ///
    /// # Errors
    ///
    /// As [`Edition::run_script`]; also when the function returns something that is no tier.
    pub fn tier(&self, session: &SharedSession, so_far: &SoFar) -> Result<Option<String>, Stop> {
        let Some((rule, returned)) = self.stage("tier", session, so_far)? else { return Ok(None) };
        match returned.clone().into_immutable_string() {
            Ok(tier) if self.tiers.contains(&tier) => Ok(Some(tier.to_string())),
            Ok(tier) => {
                Err(self.wrong(rule, &format!("unknown tier `{tier}`"), "`TIERS` and `OUTSIDE` name the tiers"))
            }
            Err(_) if returned.is_unit() => Ok(None),
            Err(_) => {
                let found = crate::policy::operators::kind(&returned);
                Err(self.wrong(rule, &format!("returned {found}, which is no tier"), "return the name of a tier"))
            }
        }
    }

    /// What the policy's `provisional` function says, if it has one: the effects of a last rule.
    ///
    /// # Errors
    ///
    /// As [`Edition::run_script`].
    pub fn provisional(&self, session: &SharedSession, so_far: &SoFar) -> Result<Option<Outcome>, Stop> {
        let Some((rule, returned)) = self.stage("provisional", session, so_far)? else { return Ok(None) };
        let effects = match returned.as_bool() {
            Ok(true) => vec![Effect::Provisional(rule.text.to_string())],
            Ok(false) => Vec::new(),
            Err(_) => effects_of(&returned).map_err(|found| {
                self.wrong(rule, &format!("returned {found}, which is no effect"), "return true, false or an effect")
            })?,
        };
        Ok(Some(Outcome { effects, asked: session.lock().end() }))
    }

    fn stage(&self, name: &str, session: &SharedSession, so_far: &SoFar) -> Result<Option<(&Rule, Dynamic)>, Stop> {
        let Some(rule) = self.reserved.get(name) else { return Ok(None) };
        session.lock().begin();
        let person = Person(InputTable::root());
        Ok(Some((rule, self.call(name, (person, self.so_far(so_far)), session)?)))
    }

    /// What the rules said, with every axis and every rule present, so that a typing error is a fault and not a zero.
    fn so_far(&self, so_far: &SoFar) -> Map {
        let mut map = Map::new();
        map.insert("tier".into(), so_far.tier.clone().map_or(Dynamic::UNIT, Into::into));
        let axes = self.tiers.axes().iter();
        let points: Map =
            axes.map(|axis| (axis.into(), so_far.points.get(axis).copied().unwrap_or(0).into())).collect();
        map.insert("points".into(), points.into());
        let floor = |rule: &Rule| so_far.floors.get(&rule.name).map_or(Dynamic::UNIT, |tier| (&**tier).into());
        let floors: Map = self.rules.iter().map(|rule| ((&*rule.name).into(), floor(rule))).collect();
        map.insert("floors".into(), floors.into());
        map
    }

    /// The standards of contact of a tier; none where the policy gives none.
    ///
    /// # Errors
    ///
    /// As [`Edition::run_script`].
    pub fn contact(&self, session: &SharedSession, tier: &str) -> Result<Vec<ContactStandard>, Stop> {
        self.standards("contact", session, tier, |standard| match standard {
            Standard::Contact(contact) => Some(contact),
            _ => None,
        })
    }

    /// The standard of review of a tier; none where the policy gives none.
    ///
    /// # Errors
    ///
    /// As [`Edition::run_script`].
    pub fn review(&self, session: &SharedSession, tier: &str) -> Result<Option<ReviewStandard>, Stop> {
        let found = self.standards("review", session, tier, |standard| match standard {
            Standard::Review(review) => Some(review),
            _ => None,
        })?;
        Ok(found.into_iter().next())
    }

    /// Who holds a case of a tier; nobody where the policy does not say.
    ///
    /// # Errors
    ///
    /// As [`Edition::run_script`].
    pub fn allocation(&self, session: &SharedSession, tier: &str) -> Result<Option<Allocation>, Stop> {
        let found = self.standards("allocate", session, tier, |standard| match standard {
            Standard::Allocation(allocation) => Some(allocation),
            _ => None,
        })?;
        Ok(found.into_iter().next())
    }

    fn standards<T>(
        &self,
        name: &str,
        session: &SharedSession,
        tier: &str,
        kind: fn(Standard) -> Option<T>,
    ) -> Result<Vec<T>, Stop> {
        let Some(rule) = self.reserved.get(name) else { return Ok(Vec::new()) };
        session.lock().begin();
        let person = Person(InputTable::root());
        let returned = self.call(name, (person, tier.to_owned()), session)?;
        let items = if returned.is_unit() {
            Vec::new()
        } else if returned.is_array() {
            returned.into_array().unwrap_or_default()
        } else {
            vec![returned]
        };
        let standard = |item: Dynamic| item.try_cast::<Standard>().and_then(kind);
        let help = "see the words `every` and `held_by` in the README";
        let wrong = || self.wrong(rule, "returned something that is no standard of its kind", help);
        items.into_iter().map(|item| standard(item).ok_or_else(wrong)).collect()
    }
}
