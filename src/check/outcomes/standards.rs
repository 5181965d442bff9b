//! Tiers for which a policy asks for nothing of what it asks for others.

use super::{super::notes::returns, Look, at_rule};
use crate::{
    evaluate::{
        evaluator::Held,
        possible::value::{Atom, Possible},
    },
    language::{datum::Datum, lower::follows_from_tier},
};
use std::rc::Rc;

impl Look<'_> {
    /// Tiers for which a reserved function gives nothing to somebody in the community: in custody most ask for nothing.
    pub(super) fn standards(&mut self) {
        let tiers = self.policy.tiers().all();
        for (name, entry) in &self.policy.program().reserved {
            if !follows_from_tier(name) {
                continue;
            }
            for tier in &tiers {
                let run = |look: &mut Self, held: Held| {
                    look.open();
                    look.evaluator.possible().domain.hold(held);
                    look.evaluator.possible().run(entry.function, [Possible::Known(Datum::text(tier))])
                };
                // What conditions come to is kept of the run in which everything is open.
                drop(run(self, Held::new()));
                let met = self.evaluator.possible().domain.met.clone();
                let made = run(self, self.community());
                if !self.policy.tiers().is_outside(tier) && !self.is_said(entry, &made) {
                    let message = format!("`{name}` gives nothing for the tier `{tier}` in the community");
                    let fault = at_rule(self.policy, &entry.rule, "no-standard", message);
                    self.found.push(fault.help(format!("give it {}", returns(name).1)));
                }
                self.evaluator.possible().domain.met = met;
            }
        }
    }

    /// That a person is in the community.
    pub(super) fn community(&self) -> Held {
        let places = [("in_custody", false), ("in_community", true)];
        let held = places.iter().filter_map(|(path, holds)| {
            Some((self.policy.inputs().find(path)?, Rc::from([Atom::Known(Datum::Bool(*holds))])))
        });
        held.collect()
    }
}
