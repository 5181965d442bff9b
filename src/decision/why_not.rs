//! Why a case does not have a certain tier: the rules that hold it elsewhere, those that could set the tier and the
//! condition that failed, and the nearest changes that would give it.

use crate::{
    decision::{
        change::{Change, How, InputChange},
        condition::{Condition, RuleExplained},
        nearest::{Goal, Nearest},
        pairs::pairs,
        what_if::WhatIf,
    },
    language::effect::Effect,
};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// What keeps a case from a tier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WhyNot {
    /// The tier that was asked about.
    pub tier: String,
    /// The tier that the rules give.
    pub computed: Option<String>,
    /// The rules that hold the case elsewhere: their floor is above the tier, or they settle another.
    pub held_by: Vec<Keeps>,
    /// The rules that could set the tier, and why they do not.
    pub could: Vec<Keeps>,
    /// The nearest changes that give exactly this tier; of each input the nearest, pairs where no single change does.
    pub nearest: Vec<Change>,
    /// What was not tried, where a limit was reached.
    pub limit: Option<String>,
}

/// A rule that keeps a case from a tier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Keeps {
    /// The rule.
    pub rule: Arc<str>,
    /// Where it comes from.
    pub cite: Option<Arc<str>>,
    /// What it says of this case.
    pub effects: Vec<Effect>,
    /// The condition that failed, where it said nothing.
    pub failed: Option<Condition>,
    /// The fact that it asked for in vain.
    pub missing: Option<Arc<str>>,
}

/// What keeps a case from a tier, after the nearest changes were looked for.
pub(super) fn why_not(what_if: &mut WhatIf<'_, '_>, rules: &[RuleExplained], nearest: &Nearest, tier: &str) -> WhyNot {
    let computed = what_if.base.tier.clone();
    let mut answer = WhyNot {
        tier: tier.to_owned(),
        computed: computed.clone(),
        held_by: Vec::new(),
        could: Vec::new(),
        nearest: Vec::new(),
        limit: None,
    };
    if computed.as_deref() == Some(tier) {
        return answer;
    }
    let singles = nearest.up.iter().chain(&nearest.down);
    let gives = singles.filter(|change| change.tier == tier && change.changes.len() == 1);
    answer.nearest = gives.cloned().collect();
    answer.limit.clone_from(&nearest.limit);
    if answer.nearest.is_empty() {
        (answer.nearest, answer.limit) = pairs(what_if, Goal::Exactly(tier));
    }
    let sets_more = |rule: &&RuleExplained| rule.effects.iter().any(|effect| holds_elsewhere(effect, what_if, tier));
    answer.held_by = rules.iter().filter(sets_more).map(Keeps::new).collect();
    let lower = what_if.place(Some(tier)) < what_if.place(computed.as_deref());
    if !lower || what_if.tiers.is_outside(tier) {
        let could = could_set(what_if, rules, tier);
        let could: Vec<&RuleExplained> =
            rules.iter().zip(could).filter(|(_, could)| *could).map(|(rule, _)| rule).collect();
        let turned = turned(what_if, &could, &answer.nearest, tier);
        let keeps = could.into_iter().zip(turned).map(|(rule, turned)| {
            let kept = Keeps::new(rule);
            Keeps { failed: kept.failed.map(|failed| turned.unwrap_or(failed)), ..kept }
        });
        answer.could = keeps.collect();
    }
    answer
}

/// The condition of each rule that a change of one input turns so that the rule says the tier: that keeps it from saying so, and not
/// the last that failed. Nothing where no such change is known.
fn turned(
    what_if: &mut WhatIf<'_, '_>,
    rules: &[&RuleExplained],
    nearest: &[Change],
    tier: &str,
) -> Vec<Option<Condition>> {
    let mut turned = vec![None; rules.len()];
    for change in nearest {
        let [InputChange { path, how: How::Set, to, .. }] = change.changes.as_slice() else { continue };
        let id = what_if.facts.inputs.find(path);
        let Some(with) = id.and_then(|id| what_if.rules_with([(id, to.clone())].into())) else { continue };
        for (turned, rule) in turned.iter_mut().zip(rules).filter(|(turned, _)| turned.is_none()) {
            let says =
                |effect: &Effect| matches!(effect, Effect::AtLeast(said) | Effect::Decide(said) if **said == *tier);
            let Some(with) = with.iter().find(|with| with.rule == rule.rule && with.effects.iter().any(says)) else {
                continue;
            };
            let mut met = rule.conditions.iter().zip(&with.conditions);
            *turned = met.find(|(was, is)| was.holds != is.holds).map(|(was, _)| was.clone());
        }
    }
    turned
}

/// Whether each rule could set a tier. One that only ever says the tier where a rule that speaks of this case would say it too, as
/// "one step up" from where the risks are does, does not: its condition is not what keeps the case from the tier.
fn could_set(what_if: &mut WhatIf<'_, '_>, rules: &[RuleExplained], tier: &str) -> Vec<bool> {
    let tiers = what_if.tiers;
    let speaks = |rule: &RuleExplained| {
        rule.effects.iter().any(|effect| matches!(effect, Effect::AtLeast(_) | Effect::Decide(_)))
    };
    let speaks: Vec<bool> = rules.iter().map(speaks).collect();
    let any_case = what_if.outlooks.iter().map(|outlook| outlook.allows(tier, tiers));
    let any_case: Vec<bool> = any_case.collect();
    let mut could: Vec<bool> = any_case.iter().zip(&speaks).map(|(allows, speaks)| *allows && *speaks).collect();
    for outlooks in what_if.around(&speaks) {
        let allows: Vec<bool> = outlooks.iter().map(|outlook| outlook.allows(tier, tiers)).collect();
        if allows.iter().zip(&speaks).any(|(allows, speaks)| *allows && *speaks) {
            continue;
        }
        could.iter_mut().zip(allows).zip(&any_case).for_each(|((could, here), any)| *could |= here && *any);
    }
    could
}

/// Whether what a rule says keeps the tier from being less than that.
fn holds_elsewhere(effect: &Effect, what_if: &WhatIf<'_, '_>, tier: &str) -> bool {
    match effect {
        Effect::Decide(decided) => **decided != *tier,
        Effect::AtLeast(floor) => {
            !what_if.tiers.is_outside(tier) && what_if.place(Some(floor)) > what_if.place(Some(tier))
        }
        _ => false,
    }
}

impl Keeps {
    fn new(rule: &RuleExplained) -> Self {
        Self {
            rule: rule.rule.clone(),
            cite: rule.cite.clone(),
            effects: rule.effects.clone(),
            failed: rule.failed.clone(),
            missing: rule.missing.clone(),
        }
    }
}
