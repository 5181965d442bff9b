//! Tiers that cannot be.

use super::Checker;
use crate::{
    case::{day::Day, fault::nearest, text::is_hidden, value::Value},
    language::{
        program::{Expr, Node},
        tiers::Tiers,
        tree::Place,
    },
};
use std::collections::BTreeMap;

impl Checker<'_> {
    /// Tiers that are empty or named twice.
    pub(super) fn names(&mut self) {
        let all = self.known.tiers.all();
        let mut before: BTreeMap<String, &String> = BTreeMap::new();
        for tier in &all {
            let known = *before.entry(Tiers::folded(tier)).or_insert(tier);
            let what = match Some(known).filter(|known| !std::ptr::eq(*known, tier)) {
                _ if tier.trim().is_empty() => "a tier has no name".to_owned(),
                _ if tier.contains(is_hidden) => "a tier has a character in its name that cannot be seen".to_owned(),
                Some(known) if known == tier => format!("the tier `{tier}` is declared twice"),
                Some(known) => format!("the tiers `{known}` and `{tier}` are one: how a tier is spelt makes no other"),
                None => continue,
            };
            self.script = 0;
            self.find("tiers", Place { line: 1, column: 0 }, what, "`TIERS` and `OUTSIDE` name each tier once");
            return;
        }
    }

    /// How words are put in order: tiers by their rank, levels of risk by which they reach.
    pub(super) fn in_order(&self, sign: &str, sides: &[Node]) -> String {
        let spelt = |side: &Node| match &side.expr {
            Expr::Constant(number) => self.program.constants.get(usize::from(*number)),
            _ => None,
        };
        let is_tier = |word: &Value| matches!(word, Value::Text(word) if self.known.tiers.contains(word));
        let words: Vec<&Value> = sides.iter().filter_map(spelt).collect();
        match words.first().filter(|_| words.len() == 1).copied() {
            Some(tier) if is_tier(tier) => {
                format!("tiers are put in order by their rank: `rank(tier) {sign} rank(\"{tier}\")`")
            }
            Some(Value::Text(day)) if Day::parse(day).is_some() => format!("write the date as one: `date(\"{day}\")`"),
            Some(Value::Text(number)) if number.parse::<f64>().is_ok() => {
                format!("write the number without quotation marks: `{number}`")
            }
            _ => "for levels of risk write `reaches(level, \"medium\")`".to_owned(),
        }
    }

    /// A tier that stands in the script as a word.
    pub(super) fn tier(&mut self, tier: &Node) {
        let Expr::Constant(number) = &tier.expr else { return };
        let Some(Value::Text(name)) = self.program.constants.get(usize::from(*number)) else {
            return;
        };
        if self.known.tiers.contains(name) {
            return;
        }
        let all = self.known.tiers.all();
        let help = match nearest(name, &all) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if all.is_empty() => {
                "this policy names no tiers in `TIERS`, so it can only flag: `flag(\"code\", \"text\")`".to_owned()
            }
            None => format!("`TIERS` and `OUTSIDE` name {}", all.join(", ")),
        };
        self.find("unknown-tier", tier.place, format!("unknown tier `{name}`"), help);
    }
}
