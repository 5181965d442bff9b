//! Rules that decide differently for the same case.

use super::{Look, at_rule};
use crate::{
    case::input::Source,
    evaluate::{evaluator::Held, outcome::Outlook, possible::value::Atom},
    language::program::{Entry, digest::FunctionDigest},
};
use jiff::civil::Date;
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    sync::Arc,
};

/// Most ways that two rules are held against each other.
const MAX_WAYS: usize = 4_096;

/// The tiers that two rules decide for the same case, by what the two do: of many stretches most have rules that do the same.
pub(super) type Contradictions = BTreeMap<[FunctionDigest; 2], Option<(Arc<str>, Arc<str>)>>;

impl Look<'_> {
    /// Rules that decide differently for one case, where they are in force together.
    pub(super) fn decisions(&mut self, from: Date, known: &mut Contradictions) {
        let mut digests = self.policy.function_digests(from);
        let entries: Vec<&Entry> = self.evaluator.rules().to_vec();
        let mut deciding: Vec<(&Entry, BTreeSet<Arc<str>>)> = Vec::new();
        for entry in entries {
            self.open();
            let tiers = Arc::clone(self.policy.tiers());
            let made = self.evaluator.possible().run(entry.function, []);
            let decides = made.map(|value| Outlook::of(&value, &tiers).decides).unwrap_or_default();
            if !decides.is_empty() {
                deciding.push((entry, decides));
            }
        }
        for (at, (one, of_one)) in deciding.iter().enumerate() {
            for (other, of_other) in deciding.iter().skip(at + 1) {
                if of_one.union(of_other).count() < 2 {
                    continue;
                }
                let pair = [digests.of(one.function), digests.of(other.function)];
                let decided = known.entry(pair).or_insert_with(|| self.contradiction(one, other)).clone();
                if let Some((was, is)) = decided {
                    let message = format!(
                        "`{}` decides `{is}` for cases for which `{}`, line {}, decides `{was}`",
                        other.rule.name, one.rule.name, one.rule.line
                    );
                    let fault = at_rule(self.policy, &other.rule, "two-decisions", message);
                    self.found.push(fault.help("let one of them leave those cases out"));
                }
            }
        }
    }

    /// Two tiers that two rules decide for the same case, if there is one that is sure to exist.
    fn contradiction(&mut self, one: &Entry, other: &Entry) -> Option<(Arc<str>, Arc<str>)> {
        self.open();
        for entry in [one, other] {
            self.evaluator.possible().run(entry.function, []).ok()?;
        }
        let facts = self.evaluator.possible().domain.facts.clone();
        // Inputs that are computed hang together in ways that are not seen here.
        let computed =
            facts.iter().filter(|fact| matches!(self.policy.inputs().get(fact.input).source, Source::Derived(_)));
        if computed.count() > 1 {
            return None;
        }
        let mut ways: Vec<Held> = vec![Held::new()];
        for fact in &facts {
            let pieces = fact.pieces(&fact.set);
            if ways.len().saturating_mul(pieces.len()) > MAX_WAYS {
                return None;
            }
            let with = |way: &Held, piece: &Atom| {
                let mut way = way.clone();
                way.insert(fact.input, Rc::from([piece.clone()]));
                way
            };
            ways =
                ways.iter().flat_map(|way| pieces.iter().map(|piece| with(way, piece)).collect::<Vec<_>>()).collect();
        }
        let tiers = Arc::clone(self.policy.tiers());
        ways.into_iter().find_map(|way| {
            self.open();
            self.evaluator.possible().domain.hold(way);
            let mut certain = |entry: &Entry| {
                let made = self.evaluator.possible().run(entry.function, []).ok()?;
                let outlook = Outlook::of(&made, &tiers);
                let only = outlook.decides.iter().next().filter(|_| outlook.decides.len() == 1);
                only.filter(|_| outlook.surely_decides).cloned()
            };
            let decided = (certain(one)?, certain(other)?);
            (decided.0 != decided.1).then_some(decided)
        })
    }
}
