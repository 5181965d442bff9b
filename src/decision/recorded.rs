//! What a case says of its policy: the tiers that it records, as the policy spells them, and the values of the policy's own inputs. A
//! tier that the policy does not have would otherwise count as none, and nothing would be owed; a value that it does not take as well.

use crate::{
    case::{
        Case,
        advice::instead_of,
        document::Node,
        domain::Domain,
        expect::{Expect, ExpectedTier},
        fault::{Fault, Wrong, nearest},
        text::Label,
        value::Value,
    },
    decision::decide::CaseFile,
    language::tiers::Tiers,
    policy::vocabulary::Vocabulary,
};
use std::sync::Arc;

impl CaseFile {
    /// The case with its ratings and its override in the tiers of a policy, however they are written. Under a policy that gives
    /// no tiers it stays as it is.
    ///
    /// # Errors
    ///
    /// A tier that the policy does not have, with its path and place, and the one that was probably meant; a value that an own input
    /// of the policy does not take.
    pub fn under(self, known: &Vocabulary) -> Result<Self, Fault> {
        if let Some(wrong) = self.unfit(known).next() {
            return Err(wrong);
        }
        self.spelt(&known.tiers, recorded)
    }

    /// The values that own inputs of the policy do not take.
    pub fn unfit<'s>(&'s self, known: &'s Vocabulary) -> impl Iterator<Item = Fault> + 's {
        self.case.local.0.iter().filter_map(|(name, given)| {
            let domain = known.expected(name.as_str(), given)?;
            let path = format!("local.{name}");
            let at = self.document.as_ref().and_then(|document| document.nearest(&path)).map(|node| node.at);
            Some(Fault::at(path, at, unlike(domain, &given.0)))
        })
    }

    /// Everything that the policy does not have, with its path and place.
    #[must_use]
    pub fn unknown(&self, known: &Vocabulary) -> Vec<Fault> {
        let tiers = &*known.tiers;
        let mut faults: Vec<Fault> = self.unfit(known).collect();
        if !tiers.is_empty() {
            // What is looked at is a copy: only what is wrong with it counts.
            let _ = recorded(&mut Case::clone(&self.case), &mut |tier, path| {
                faults.extend(spelling(self.document.as_deref(), tiers, tier, path).err());
                Ok(())
            });
        }
        faults
    }

    /// The same with the tiers that must come out of it.
    ///
    /// # Errors
    ///
    /// As [`CaseFile::under`].
    pub fn expecting_under(self, known: &Vocabulary) -> Result<Self, Fault> {
        self.under(known)?.spelt(&known.tiers, expected)
    }

    fn spelt(mut self, tiers: &Tiers, all: fn(&mut Case, &mut Look<'_>) -> Result<(), Fault>) -> Result<Self, Fault> {
        if tiers.is_empty() {
            return Ok(self);
        }
        let document = self.document.as_deref();
        all(Arc::make_mut(&mut self.case), &mut |tier, path| {
            *tier = spelling(document, tiers, tier, path)?;
            Ok(())
        })?;
        Ok(self)
    }
}

/// What is wrong with a value of an own input, and what to write for it.
fn unlike(domain: &Domain, given: &Value) -> Wrong {
    let expected = domain.describe_as_expected();
    let Value::Text(text) = given else { return Wrong::OutOfDomain { expected, advice: None } };
    let advice = instead_of(text, &expected);
    match domain {
        Domain::OwnWords(words) => {
            Wrong::UnknownWord { known: words.clone(), meant: nearest(text, words).map(str::to_owned), advice }
        }
        _ => Wrong::OutOfDomain { expected, advice },
    }
}

/// A tier as the policy spells it.
fn spelling(document: Option<&Node>, tiers: &Tiers, tier: &Label, path: &dyn Fn() -> String) -> Result<Label, Fault> {
    let spelt = tiers.spelt(tier.as_str());
    spelt.and_then(|spelt| if spelt == tier.as_str() { Some(tier.clone()) } else { Label::parse(spelt) }).ok_or_else(
        || {
            let path = path();
            let at = document.and_then(|document| document.nearest(&path)).map(|node| node.at);
            let meant = tiers.meant(tier.as_str()).map(str::to_owned);
            Fault::at(path, at, Wrong::UnknownWord { known: tiers.all(), meant, advice: None })
        },
    )
}

/// What looks at a tier, which stands at a path.
type Look<'a> = dyn FnMut(&mut Label, &dyn Fn() -> String) -> Result<(), Fault> + 'a;

/// Goes through the tiers that a case records.
fn recorded(case: &mut Case, look: &mut Look<'_>) -> Result<(), Fault> {
    for (index, rating) in case.ratings.iter_mut().enumerate() {
        look(&mut rating.tier, &|| format!("ratings[{index}].tier"))?;
        if let Some(from) = rating.r#override.as_mut().and_then(|one| one.from.as_mut()) {
            look(from, &|| format!("ratings[{index}].override.from"))?;
        }
    }
    if let Some(asked) = &mut case.r#override {
        look(&mut asked.tier, &|| "override.tier".to_owned())?;
    }
    Ok(())
}

/// Goes through the tiers that must come out of a case.
fn expected(case: &mut Case, look: &mut Look<'_>) -> Result<(), Fault> {
    let Some(Expect { tier, tier_by_seed, .. }) = &mut case.expect else { return Ok(()) };
    for (name, expected) in [("tier", tier), ("tier_by_seed", tier_by_seed)] {
        match expected {
            Some(ExpectedTier::Is(tier)) => look(tier, &|| format!("expect.{name}"))?,
            Some(ExpectedTier::Within(bounds)) => {
                for (list, tiers) in [("one_of", &mut bounds.one_of), ("not", &mut bounds.not)] {
                    for (index, tier) in tiers.iter_mut().enumerate() {
                        look(tier, &|| format!("expect.{name}.{list}[{index}]"))?;
                    }
                }
                if let Some(floor) = &mut bounds.at_least {
                    look(floor, &|| format!("expect.{name}.at_least"))?;
                }
            }
            None => {}
        }
    }
    Ok(())
}
