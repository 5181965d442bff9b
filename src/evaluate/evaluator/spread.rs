//! Everything that can come of a case: what the rules can say where facts are open.

use super::{
    Evaluator,
    former::{Former, RuleOutlook},
};
use crate::{
    case::{input::InputId, value::Name},
    evaluate::{
        inputs::{Assumed, Facts, Inputs},
        machine::Machine,
        outcome::Outlook,
        possible::{
            Held, Open, OpenFact, asked,
            nest::Nest,
            numbers::{Grain, Numbers},
            value::{Atom, Possible},
        },
        stop::{Fault, Stop},
    },
    language::{datum::Datum, program::Entry},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    sync::Arc,
};

/// Everything that can come of a case whose facts are open.
#[derive(Debug, Default)]
pub struct Spread {
    /// What each rule can say, in the order of the file.
    pub rules: Vec<Rc<Outlook>>,
    /// What all of them can say.
    pub all: Outlook,
    /// The lowest and the highest place of the tier, from 1; 0 is outside the order, or none.
    pub places: [usize; 2],
    /// The tiers that can come of it, where questions are kept.
    pub tiers: BTreeSet<String>,
    /// A rule that fails whatever the facts are, and why.
    pub fails: Option<(String, Box<Fault>)>,
    /// Whether no case is held so.
    pub is_impossible: bool,
    /// What was read for it, where questions are kept.
    pub reads: BTreeSet<InputId>,
}

/// A step over everything that facts could be is far more work than one over what they are: one part in so many of what is left is
/// for those.
const OPEN_PART: u64 = 4;

/// Two halves of what facts are held to, by the first that can still be split, the higher one last.
pub fn halves<'a>(facts: impl IntoIterator<Item = &'a OpenFact>, held: &Held) -> Option<[Held; 2]> {
    facts.into_iter().find_map(|fact| {
        let pieces = fact.pieces(held.get(&fact.input).unwrap_or(&fact.set));
        let (one, other) = pieces.split_at_checked(pieces.len() / 2).filter(|(one, _)| !one.is_empty())?;
        let with = |pieces: &[Atom]| {
            let mut held = held.clone();
            held.insert(fact.input, pieces.to_vec().into());
            held
        };
        Some([with(one), with(other)])
    })
}

impl<'p> Evaluator<'p> {
    /// Opens what is not known of some facts: from here on [`Evaluator::outlook`] asks of everything that they could be.
    pub fn open(&mut self, facts: &Arc<Facts>, assumed: Assumed) {
        self.former = Former::default();
        self.open.domain.turn_to(Inputs { facts: Arc::clone(facts), assumed });
        self.open.env.budget = self.known.env.budget.part(OPEN_PART);
        self.open.forget();
    }

    /// Opens every input, whatever a case gives.
    pub fn open_everything(&mut self) {
        self.open.domain.everything();
    }

    /// The machine over open facts.
    pub const fn possible(&mut self) -> &mut Machine<'p, Open> {
        &mut self.open
    }

    /// Everything that the rules can say, each by itself, and the tiers that can come of it.
    ///
    /// Facts are held one after the other and in ever smaller parts: a rule that read nothing that is held otherwise than before walks
    /// as it did then and is not asked again.
    pub fn outlook(&mut self) -> Spread {
        self.outlook_of(None)
    }

    /// The same of some of the rules, by their place among those in force, as if there were no others.
    pub fn outlook_of(&mut self, only: Option<&BTreeSet<usize>>) -> Spread {
        self.take_up_helpers();
        let tiers = Arc::clone(&self.tiers);
        let mut spread = Spread::default();
        let mut floors = Vec::new();
        for at in 0..self.rules.len() {
            let Some(entry) = self.rules.get(at).copied() else { continue };
            if only.is_some_and(|only| !only.contains(&at)) {
                floors.push((Arc::clone(&entry.rule.name), [0; 2]));
                spread.rules.push(Rc::default());
                continue;
            }
            let said = self.said_of(at, entry);
            spread.is_impossible |= said.is_impossible;
            self.tell_apart(&said.reads, &mut spread.reads);
            if let Some(fault) = said.fails {
                spread.fails = spread.fails.take().or(Some((entry.rule.name.to_string(), fault)));
            }
            floors.push((Arc::clone(&entry.rule.name), said.outlook.floor));
            spread.all = std::mem::take(&mut spread.all).and(&said.outlook, &tiers);
            spread.rules.push(said.outlook);
        }
        if only.is_none() && !self.open.domain.holds_any() {
            self.former.helpers = Some(self.open.worked_out());
        }
        spread.places = spread.all.places(&tiers);
        if self.open.domain.questions.is_some() {
            spread.tiers = spread.all.tiers(&tiers);
        }
        if let Some(entry) = self.program.reserved.get("tier") {
            let points = self.tiers.axes().iter().map(|axis| {
                let [least, most] = spread.all.points.get(axis).copied().unwrap_or_default();
                let numbers = Numbers::new(least.into(), most.into(), Grain::Whole);
                (axis.clone().into(), Possible::of_atoms(vec![numbers.atom()]))
            });
            let said = self.possible_so_far(&spread, points.collect(), &floors);
            self.reckon(entry, said, &mut spread);
        }
        spread
    }

    /// The tier that the policy's `tier` function reckons where rules give nothing but points: any from the least to the most of
    /// each axis, which are asked of as what can be held.
    pub fn reckoned(&mut self, points: &BTreeMap<String, [i64; 2]>) -> Spread {
        let mut spread = Spread::default();
        let Some(entry) = self.program.reserved.get("tier") else { return spread };
        self.take_up_helpers();
        let axes = self.tiers.axes().to_vec();
        let asked = axes.iter().map(|axis| {
            let (id, points) = asked::points(&mut self.open, axis, points.get(axis).copied().unwrap_or_default());
            spread.reads.extend(id);
            (axis.clone().into(), points)
        });
        let asked = asked.collect();
        let floors: Vec<_> = self.rules.iter().map(|entry| (Arc::clone(&entry.rule.name), [0; 2])).collect();
        let said = self.possible_so_far(&spread, asked, &floors);
        self.reckon(entry, said, &mut spread);
        spread
    }

    /// Reckons the tier with the policy's own function.
    fn reckon(&mut self, entry: &'p Entry, said: Possible, spread: &mut Spread) {
        let ran = self.open.run(entry.function, [said]);
        let read = self.open.take_reads();
        self.tell_apart(&read, &mut spread.reads);
        spread.is_impossible |= matches!(ran, Err(Stop::Impossible));
        let given = match ran {
            Ok(value) => self.given(&value, spread),
            Err(Stop::Fault(fault)) if !fault.wrong.is_limit => {
                spread.fails = spread.fails.take().or(Some(("tier".to_owned(), fault)));
                None
            }
            Err(_) => None,
        };
        let anything = || (self.tiers.all().into_iter().collect(), [0, self.tiers.ordered().len()]);
        (spread.tiers, spread.places) = given.unwrap_or_else(anything);
    }

    /// Takes from helpers what they gave before, unless they read something that is held.
    pub(super) fn take_up_helpers(&mut self) {
        match &self.former.helpers {
            Some(helpers) => self.open.take_up(helpers, |open, reads| !open.holds_one_of(reads)),
            None => self.open.forget(),
        }
    }

    /// What the rule at a place can say, as before where nothing that it read is held otherwise.
    pub(super) fn said_of(&mut self, at: usize, entry: &'p Entry) -> RuleOutlook {
        let held = Rc::clone(self.open.domain.held());
        self.former.said(at, &held).unwrap_or_else(|| {
            let said = self.said(entry);
            self.former.keep(at, &held, said.clone());
            said
        })
    }

    /// What a rule can say, with what it read for that.
    fn said(&mut self, entry: &'p Entry) -> RuleOutlook {
        let ran = self.open.run(entry.function, []);
        let mut reads = self.open.take_reads();
        reads.sort_unstable_by_key(|read| read.input);
        let is_impossible = matches!(ran, Err(Stop::Impossible));
        let (outlook, fails) = match ran {
            Ok(value) => (Outlook::of(&value, &self.tiers), None),
            Err(Stop::Fault(fault)) if !fault.wrong.is_limit => (Outlook::default(), Some(fault)),
            Err(_) => (Outlook::anything(&self.tiers), None),
        };
        RuleOutlook { outlook: outlook.into(), fails, reads: reads.into(), is_impossible }
    }

    fn possible_so_far(
        &self,
        spread: &Spread,
        points: Vec<(Name, Possible)>,
        floors: &[(Arc<str>, [usize; 2])],
    ) -> Possible {
        if spread.all.anything {
            return Possible::Anything;
        }
        let tiers = self.tiers.ordered();
        let of_places = |[low, high]: [usize; 2], more: &Outlook| {
            let places = (low..=high).map(|place| match place.checked_sub(1).and_then(|rank| tiers.get(rank)) {
                Some(tier) => Atom::Known(Datum::text(tier)),
                None => Atom::Known(Datum::Absent),
            });
            let decided = more.decides.iter().map(|tier| Atom::Known(Datum::text(tier)));
            Possible::of_atoms(places.chain(decided).collect())
        };
        let table =
            |entries: Vec<(Name, Possible)>| Possible::Several([Atom::Table(Rc::new(Nest::by_name(entries)))].into());
        let floors =
            floors.iter().map(|(rule, floor)| (rule.to_string().into(), of_places(*floor, &Outlook::default())));
        let tier = of_places(spread.all.floor, &spread.all);
        table(vec![("tier".into(), tier), ("points".into(), table(points)), ("floors".into(), table(floors.collect()))])
    }

    /// The tiers that come of what the `tier` function can return, and their lowest and highest place; nothing where that is not
    /// known. Where it returns nothing, what the rules say stands.
    fn given(&self, returned: &Possible, rules: &Spread) -> Option<(BTreeSet<String>, [usize; 2])> {
        let atoms = match returned {
            Possible::Known(datum) => vec![Atom::Known(datum.clone())],
            Possible::Several(atoms) => atoms.to_vec(),
            _ => return None,
        };
        let (mut tiers, mut places) = (BTreeSet::new(), BTreeSet::new());
        for atom in atoms {
            match atom {
                Atom::Known(Datum::Absent) => {
                    tiers.extend(rules.tiers.iter().cloned());
                    places.extend(rules.places);
                }
                Atom::Known(datum) => {
                    let tier = datum.as_text().filter(|tier| self.tiers.contains(tier));
                    tiers.extend(tier.map(str::to_owned));
                    places.insert(tier.and_then(|tier| self.tiers.rank(tier)).map_or(0, |rank| rank + 1));
                }
                _ => return None,
            }
        }
        Some((tiers, [*places.first()?, *places.last()?]))
    }
}
