//! Everything that can come of a case: what the rules can say where facts are open.

use super::Evaluator;
use crate::{
    case::{input::InputId, value::Name},
    evaluate::{
        inputs::{Assumed, Facts, Inputs},
        machine::Machine,
        outcome::Outlook,
        possible::{
            Open,
            nest::Nest,
            numbers::{Grain, Numbers},
            value::{Atom, Possible},
        },
        stop::{Fault, Stop},
    },
    language::datum::Datum,
};
use std::{collections::BTreeMap, rc::Rc, sync::Arc};

/// Everything that can come of a case whose facts are open.
#[derive(Debug, Default)]
pub struct Spread {
    /// What each rule can say, in the order of the file.
    pub rules: Vec<Outlook>,
    /// What all of them can say.
    pub all: Outlook,
    /// The lowest and the highest place of the tier, from 1; 0 is outside the order, or none.
    pub places: [usize; 2],
    /// A rule that fails whatever the facts are, and why.
    pub fails: Option<(String, Box<Fault>)>,
}

/// Values by which open facts are held.
pub type Held = BTreeMap<InputId, Rc<[Atom]>>;

impl<'p> Evaluator<'p> {
    /// Opens what is not known of some facts: from here on [`Evaluator::outlook`] asks of everything that they could be.
    pub fn open(&mut self, facts: &Arc<Facts>, assumed: Assumed) {
        self.open.domain.turn_to(Inputs { facts: Arc::clone(facts), assumed });
        self.open.env.budget = self.known.env.budget.part(2);
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
    pub fn outlook(&mut self) -> Spread {
        self.open.forget();
        let tiers = Arc::clone(&self.tiers);
        let mut spread = Spread::default();
        let mut floors = Vec::new();
        for entry in &self.rules {
            let outlook = match self.open.run(entry.function, Vec::new()) {
                Ok(value) => Outlook::of(&value, &tiers),
                Err(Stop::Fault(fault)) if !fault.wrong.is_limit => {
                    spread.fails = spread.fails.take().or(Some((entry.rule.name.to_string(), fault)));
                    Outlook::default()
                }
                Err(_) => Outlook::anything(&tiers),
            };
            floors.push((entry.rule.name.to_string(), outlook.clone()));
            spread.all = std::mem::take(&mut spread.all).and(&outlook, &tiers);
            spread.rules.push(outlook);
        }
        spread.places = spread.all.places(&tiers);
        if let Some(entry) = self.program.reserved.get("tier") {
            let said = self.possible_so_far(&spread, &floors);
            spread.places = match self.open.run(entry.function, vec![said]) {
                Ok(value) => self.places_of(&value),
                Err(_) => [0, tiers.ordered().len()],
            };
        }
        spread
    }

    fn possible_so_far(&self, spread: &Spread, floors: &[(String, Outlook)]) -> Possible {
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
        let points = self.tiers.axes().iter().map(|axis| {
            let [least, most] = spread.all.points.get(axis).copied().unwrap_or_default();
            let numbers = Numbers::new(least.into(), most.into(), Grain::Whole);
            (axis.clone().into(), Possible::of_atoms(vec![numbers.atom()]))
        });
        let floors =
            floors.iter().map(|(rule, outlook)| (rule.clone().into(), of_places(outlook.floor, &Outlook::default())));
        let tier = of_places(spread.all.floor, &spread.all);
        table(vec![
            ("tier".into(), tier),
            ("points".into(), table(points.collect())),
            ("floors".into(), table(floors.collect())),
        ])
    }

    /// The places of the tiers that a value can be.
    fn places_of(&self, value: &Possible) -> [usize; 2] {
        let everything = [0, self.tiers.ordered().len()];
        let atoms = match value {
            Possible::Known(datum) => vec![Atom::Known(datum.clone())],
            Possible::Several(atoms) => atoms.to_vec(),
            _ => return everything,
        };
        let mut places = Vec::new();
        for atom in atoms {
            match atom {
                Atom::Known(datum) => {
                    places.push(datum.as_text().and_then(|tier| self.tiers.rank(tier)).map_or(0, |rank| rank + 1));
                }
                _ => return everything,
            }
        }
        match (places.iter().min(), places.iter().max()) {
            (Some(low), Some(high)) => [*low, *high],
            _ => everything,
        }
    }
}
