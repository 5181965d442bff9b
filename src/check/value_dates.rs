//! Values by date, against the dates of the rules that read them.

use super::{attainable::Attainable, numbers::NumberUses};
use crate::{
    case::document::{Key, Node},
    language::{fault::PolicyFault, rule::Rule},
    policy::parameters::Parameter,
};
use jiff::civil::Date;

impl NumberUses<'_> {
    /// Days on which a rule asks for a number that there is not, and values that hold on no day on which a rule asks.
    pub(super) fn times(
        &self,
        name: &str,
        (parameter, dated): (&Parameter, &[(Key, Node)]),
        asked_by: &[&Rule],
        attainable: &Attainable<'_>,
        found: &mut Vec<PolicyFault>,
    ) {
        let Some(begins) = self.policy.parameters().changes().min() else { return };
        let Some(first) = parameter.values.keys().next() else { return };
        if let Some(law) = self.policy.law() {
            let reads =
                |rule: &&&Rule| rule.holds_on(law) && attainable.reads_before(&rule.name, name, *first) != Some(false);
            let rule = asked_by.iter().filter(|_| law < *first).find(reads);
            if let (Some(rule), Some((key, _))) = (rule, self.dated(name)) {
                let message = format!("`{name}` has no value on {law}, when `{}` reads it", rule.name);
                found.push(self.fault("value-gap", key, message, "give it an earlier value"));
            }
            return;
        }
        let key_of = |date: &Date| dated.iter().find(|(key, _)| key.name == date.to_string()).map(|(key, _)| key);
        let lacks = |rule: &&&Rule| {
            let from = rule.from.unwrap_or(begins).max(begins);
            from < *first && rule.until.is_none_or(|until| from <= until)
        };
        // A rule may read it only where it has asked for the date.
        let reads = |rule: &&&Rule| attainable.reads_before(&rule.name, name, *first) != Some(false);
        if let (Some(rule), Some(key)) = (asked_by.iter().filter(lacks).find(reads), key_of(first)) {
            let from = rule.from.unwrap_or(begins).max(begins);
            let message = format!("`{name}` has no value from {from} to before {first}, when `{}` reads it", rule.name);
            let may_begin = self.policy.program().reserved.values().all(|entry| entry.rule.name != rule.name);
            let help = if may_begin {
                "give it an earlier value, or the rule a later `@from`"
            } else {
                "give it an earlier value"
            };
            found.push(self.fault("value-gap", key, message, help));
        }
        let starts: Vec<&Date> = parameter.values.keys().collect();
        for (at, from) in starts.iter().enumerate() {
            let next = starts.get(at + 1);
            let reaches = |rule: &&Rule| {
                rule.until.is_none_or(|until| until >= **from)
                    && next.is_none_or(|next| rule.from.is_none_or(|begins| begins < **next))
            };
            if let (false, false, Some(key)) = (asked_by.is_empty(), asked_by.iter().any(reaches), key_of(from)) {
                let message = format!("no rule that reads `{name}` is in force while this value is");
                found.push(self.fault("value-unreached", key, message, "correct the date here, or the rule's"));
            }
        }
    }
}
