//! A policy at work on one thread: the rules in force over one case after the other, with facts that are known or open.

use crate::{
    calendar::WorkingDays,
    case::{input::InputId, value::Value},
    evaluate::{
        inputs::{Assumed, Facts, Inputs, Unknown},
        known::Known,
        machine::Machine,
        outcome::{NoOutcome, Outcome, Outlook, SoFar},
        possible::{
            Open,
            value::{Possible, end},
        },
        stop::{Fault, Stop},
        trace::Trace,
    },
    language::{
        budget::Budget,
        builtins::{Env, contact_modes, effects_of, patterns_of},
        datum::Datum,
        effect::Effect,
        fault::PolicyFault,
        pattern::Pattern,
        program::{Entry, Program},
        standard::Standard,
        tiers::Tiers,
    },
};
use jiff::civil::Date;
use std::{collections::BTreeMap, sync::Arc};

/// Most ways that are gone one by one to what follows from a tier.
const MAX_WAYS: usize = 1_024;

/// What is in force between two changes of a policy.
#[derive(Debug)]
pub struct InForce<'p> {
    /// The policy's functions.
    pub program: &'p Program,
    /// Its tiers.
    pub tiers: &'p Arc<Tiers>,
    /// The rules in force, in the order of the file.
    pub rules: Vec<&'p Entry>,
    /// Values of the parameters, by slot; of one that has none yet the date of its first.
    pub parameters: Vec<Result<&'p Value, Option<Date>>>,
    /// The working days that words reckon with.
    pub days: &'p WorkingDays,
}

/// The rules in force, at work.
#[derive(Debug)]
pub struct Evaluator<'p> {
    program: &'p Program,
    tiers: Arc<Tiers>,
    rules: Vec<&'p Entry>,
    known: Machine<'p, Known>,
    open: Machine<'p, Open>,
    /// Which conditions came out false and true, where that is kept.
    seen: Option<BTreeMap<u32, [bool; 2]>>,
}

impl<'p> Evaluator<'p> {
    /// An evaluator of what is in force, turned to some facts.
    #[must_use]
    pub fn new(in_force: InForce<'p>, facts: &Arc<Facts>) -> Self {
        let slot = in_force.program.parameters.iter().position(|name| name == "contact_modes");
        let kinds = slot.and_then(|slot| in_force.parameters.get(slot)).and_then(|value| value.as_ref().ok());
        let env = || Env {
            tiers: Arc::clone(in_force.tiers),
            names: in_force.tiers.all().iter().map(|tier| tier.as_str().into()).collect(),
            modes: contact_modes(kinds.copied()),
            days: in_force.days.clone(),
            budget: Budget::of_a_case(),
        };
        let inputs = || Inputs { facts: Arc::clone(facts), assumed: Assumed::new() };
        let values = in_force.parameters.iter();
        let known = values.clone().map(|value| value.map(Datum::from)).collect();
        let open = values.map(|value| value.map(|value| Possible::Known(Datum::from(value)))).collect();
        Self {
            known: Machine::new(in_force.program, env(), Known::new(inputs()), known),
            open: Machine::new(in_force.program, env(), Open::new(inputs()), open),
            program: in_force.program,
            tiers: Arc::clone(in_force.tiers),
            rules: in_force.rules,
            seen: None,
        }
    }

    /// Keeps which conditions come out false and true from here on.
    pub fn watch(&mut self) {
        self.keep_trace(true);
        self.seen = Some(BTreeMap::new());
    }

    /// Which conditions came out false and true since the last time, by their number.
    pub fn take_seen(&mut self) -> BTreeMap<u32, [bool; 2]> {
        self.seen.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// The policy's functions.
    #[must_use]
    pub const fn program(&self) -> &'p Program {
        self.program
    }

    /// How messages call the policy's script.
    #[must_use]
    pub fn file(&self) -> &str {
        self.program.source(0).map_or("policy.rhai", |source| &source.file)
    }

    /// The policy's tiers.
    #[must_use]
    pub fn tiers(&self) -> &Tiers {
        &self.tiers
    }

    /// The rules in force, in the order of the file.
    #[must_use]
    pub fn rules(&self) -> &[&'p Entry] {
        &self.rules
    }

    /// What the rules see.
    #[must_use]
    pub const fn inputs(&self) -> &Inputs {
        &self.known.domain.inputs
    }

    /// Turns to another case: from here on its budget counts.
    pub fn begin(&mut self, facts: &Arc<Facts>) {
        self.known.env.budget = Budget::of_a_case();
        self.turn_to(facts, Assumed::new());
    }

    /// Turns to other facts, or to other values for what is not known of them.
    pub fn turn_to(&mut self, facts: &Arc<Facts>, assumed: Assumed) {
        self.known.forget();
        self.known.domain.turn_to(Inputs { facts: Arc::clone(facts), assumed });
    }

    /// How many steps are left of the budget.
    #[must_use]
    pub const fn steps_left(&self) -> u64 {
        self.known.env.budget.steps()
    }

    /// Keeps what conditions come to from here on, or no longer.
    pub fn keep_trace(&mut self, keep: bool) {
        self.known.trace = keep.then(Trace::default);
    }

    /// What the conditions of the last rule came to, where that is kept.
    pub fn take_trace(&mut self) -> Trace {
        self.known.trace.as_mut().map(std::mem::take).unwrap_or_default()
    }

    fn run(&mut self, entry: &Entry, arguments: Vec<Datum>) -> Result<Datum, NoOutcome> {
        let ran = self.known.run(entry.function, arguments);
        // What a rule does on values that are only tried for a missing fact does not count.
        if let (Some(seen), Some(trace), true) =
            (&mut self.seen, &self.known.trace, self.known.domain.inputs.assumed.is_empty())
        {
            for (number, holds) in &trace.conditions {
                let [no, yes] = seen.entry(*number).or_default();
                if *holds { *yes = true } else { *no = true }
            }
        }
        ran.map_err(|stop| match stop {
            Stop::Unknown(input) => NoOutcome::Unknown(Unknown(input)),
            Stop::Fault(fault) => NoOutcome::Fault(Box::new(self.fault(entry, &fault))),
            _ => self.wrong(entry, "ended in the middle", "see \"Editing a policy\" in the README"),
        })
    }

    /// What one of the rules in force says of the case.
    ///
    /// # Errors
    ///
    /// When the rule asks for a fact that is not known, or fails.
    pub fn rule(&mut self, index: usize) -> Result<Outcome, NoOutcome> {
        let Some(entry) = self.rules.get(index).copied() else {
            return Ok(Outcome { effects: Vec::new(), reads: Vec::new() });
        };
        let returned = self.run(entry, Vec::new())?;
        let effects = effects_of(&returned).map_err(|found| {
            let help = "a rule returns nothing, one effect, or a list of effects";
            self.wrong(entry, &format!("returned {found}, which is no effect"), help)
        })?;
        Ok(Outcome { effects, reads: self.known.take_reads() })
    }

    /// What the rule that was stopped last had read.
    pub fn reads_so_far(&mut self) -> Vec<crate::evaluate::machine::Read> {
        self.known.take_reads()
    }

    /// The tier that the policy's `tier` function makes of what the rules said, if it has one.
    ///
    /// # Errors
    ///
    /// As [`Evaluator::rule`]; also when the function returns something that is no tier.
    pub fn tier(&mut self, so_far: &SoFar) -> Result<Option<String>, NoOutcome> {
        let Some(entry) = self.program.reserved.get("tier") else { return Ok(None) };
        let said = self.so_far(so_far);
        let returned = self.run(entry, vec![said])?;
        match returned.as_text() {
            Some(tier) if self.tiers.contains(tier) => Ok(Some(tier.to_owned())),
            Some(tier) => {
                let message = format!("unknown tier `{tier}`");
                Err(self.wrong(entry, &message, "`TIERS` and `OUTSIDE` name the tiers"))
            }
            None if returned.is_absent() => Ok(None),
            None => {
                let message = format!("returned {}, which is no tier", returned.kind());
                Err(self.wrong(entry, &message, "return the name of a tier"))
            }
        }
    }

    /// What the policy's `provisional` function says, if it has one: the effects of a last rule.
    ///
    /// # Errors
    ///
    /// As [`Evaluator::rule`].
    pub fn provisional(&mut self, so_far: &SoFar) -> Result<Option<Outcome>, NoOutcome> {
        let Some(entry) = self.program.reserved.get("provisional") else { return Ok(None) };
        let said = self.so_far(so_far);
        let returned = self.run(entry, vec![said])?;
        let effects = match returned {
            Datum::Bool(true) => vec![Effect::Provisional(entry.rule.text.to_string())],
            Datum::Bool(false) => Vec::new(),
            other => effects_of(&other).map_err(|found| {
                let message = format!("returned {found}, which is no effect");
                self.wrong(entry, &message, "return true, false or an effect")
            })?,
        };
        Ok(Some(Outcome { effects, reads: self.known.take_reads() }))
    }

    /// What the rules said, with every axis and every rule present, so that a typing error is a fault and not a zero.
    fn so_far(&self, so_far: &SoFar) -> Datum {
        let tier = so_far.tier.as_deref().map_or(Datum::Absent, Datum::text);
        let axes = self.tiers.axes().iter();
        let points =
            axes.map(|axis| (axis.clone().into(), Datum::Whole(so_far.points.get(axis).copied().unwrap_or_default())));
        let floors = self.rules.iter().map(|entry| {
            let floor = so_far.floors.get(&entry.rule.name).map_or(Datum::Absent, |tier| Datum::text(tier));
            (entry.rule.name.to_string().into(), floor)
        });
        let (points, floors) = (Datum::table(points.collect()), Datum::table(floors.collect()));
        Datum::table(vec![("tier".into(), tier), ("points".into(), points), ("floors".into(), floors)])
    }

    /// What a function of the policy that follows from the tier returns: `contact`, `review` or `allocate`; one standard after
    /// another. Where facts are missing, everything that it can return.
    ///
    /// # Errors
    ///
    /// As [`Evaluator::rule`]; a fact that is missing only where nothing can be said of what it would bring.
    pub fn follows(&mut self, name: &str, tier: &str) -> Result<Vec<Vec<Standard>>, NoOutcome> {
        let Some(entry) = self.program.reserved.get(name) else { return Ok(Vec::new()) };
        let returned = match self.run(entry, vec![Datum::text(tier)]) {
            Ok(returned) => vec![returned],
            Err(NoOutcome::Unknown(unknown)) => self.every_return(entry, tier).ok_or(NoOutcome::Unknown(unknown))?,
            Err(fault) => return Err(fault),
        };
        returned.iter().map(|one| self.standards_of(entry, one)).collect()
    }

    /// Everything that a function can return while facts are missing: by going every way where there are few, for what belongs
    /// together stays together there; else over possible values.
    fn every_return(&mut self, entry: &Entry, tier: &str) -> Option<Vec<Datum>> {
        let before = self.inputs().clone();
        self.open(&before.facts, before.assumed.clone());
        let possible = self.open.run(entry.function, vec![Possible::Known(Datum::text(tier))]);
        let facts = self.open.domain.facts.clone();
        let choices = facts.iter().map(|fact| fact.pieces(&fact.set));
        let mut ways = vec![before.assumed.clone()];
        for (fact, pieces) in facts.iter().zip(choices) {
            if ways.len().saturating_mul(pieces.len()) > MAX_WAYS {
                return possible.ok().and_then(all_known);
            }
            let values = pieces.iter().map(|piece| end(std::slice::from_ref(piece), false));
            let values: Vec<Value> = values.collect();
            ways = ways.iter().flat_map(|way| values.iter().map(|value| with(way, fact.input, value))).collect();
        }
        let mut returned = Vec::with_capacity(ways.len());
        for way in ways {
            self.turn_to(&before.facts, way);
            match self.run(entry, vec![Datum::text(tier)]) {
                Ok(one) => returned.push(one),
                Err(_) => return possible.ok().and_then(all_known),
            }
        }
        self.turn_to(&before.facts, before.assumed);
        Some(returned)
    }

    fn standards_of(&self, entry: &Entry, returned: &Datum) -> Result<Vec<Standard>, NoOutcome> {
        let items = match returned {
            Datum::Absent => &[],
            Datum::List(list) => list.items.as_slice(),
            other => std::slice::from_ref(other),
        };
        let standard = |item: &Datum| match (&*entry.rule.name, item) {
            (name, Datum::Standard(standard)) => {
                let fits = matches!(
                    (name, &**standard),
                    ("contact", Standard::Contact(_))
                        | ("review", Standard::Review(_))
                        | ("allocate", Standard::Allocation(_))
                );
                fits.then(|| Standard::clone(standard))
            }
            _ => None,
        };
        let found: Option<Vec<Standard>> = items.iter().map(standard).collect();
        found.ok_or_else(|| {
            let help = "see the words `every` and `held_by` in the README";
            self.wrong(entry, "returned something that is no standard of its kind", help)
        })
    }

    /// The patterns that the policy's `caseload` function finds in a book.
    ///
    /// # Errors
    ///
    /// When the function fails, or returns something else than patterns.
    pub fn caseload(&mut self, book: &Value) -> Result<Vec<Pattern>, Box<PolicyFault>> {
        let Some(entry) = self.program.reserved.get("caseload") else { return Ok(Vec::new()) };
        self.known.env.budget = Budget::of_a_book();
        let returned = self.run(entry, vec![Datum::from(book)]).map_err(|stop| match stop {
            NoOutcome::Fault(fault) => fault,
            NoOutcome::Unknown(_) => Box::new(PolicyFault::failed(&entry.rule.file, "asks for a fact of a case")),
        })?;
        patterns_of(&returned).map_err(|found| {
            let message = format!("returned {found}, which is no pattern");
            let help = "`caseload` returns nothing, a `pattern(...)`, or a list of them";
            Box::new(PolicyFault::failed(&entry.rule.file, message).rule(&entry.rule.name).help(help))
        })
    }

    fn wrong(&self, entry: &Entry, message: &str, help: &str) -> NoOutcome {
        let text = self.program.source(0).map_or("", |source| &source.text);
        let fault = PolicyFault::failed(&entry.rule.file, message).at(Some(entry.rule.line), None).text(text);
        NoOutcome::Fault(Box::new(fault.rule(&entry.rule.name).help(help)))
    }

    /// The fault to report. One without a place of its own gets that of the rule. A case holds personal data: a value that was
    /// read is named by its path, unless the script itself spells it.
    fn fault(&mut self, entry: &Entry, fault: &Fault) -> PolicyFault {
        let has_place = fault.place.line > 0;
        let source = self.program.source(if has_place { fault.script } else { 0 });
        let (file, text) = source.map_or(("", ""), |source| (source.file.as_str(), source.text.as_str()));
        let line = if has_place { fault.place.line as usize } else { entry.rule.line };
        let drawn = text.lines().nth(line.saturating_sub(1)).unwrap_or("");
        let mut message = fault.wrong.message.clone();
        for read in self.known.take_reads() {
            let Ok((value, _)) = self.inputs().look_up(read.input, read.presence) else { continue };
            let value = value.to_string();
            if !drawn.contains(&value) {
                let path = &self.inputs().facts.inputs.get(read.input).path;
                message = message.replace(&format!("`{value}`"), &format!("(a value of `{path}`)"));
            }
        }
        let column = Some(fault.place.column as usize).filter(|column| has_place && *column > 0);
        let help = fault.wrong.help.clone().or_else(|| Some("see \"Editing a policy\" in the README".to_owned()));
        PolicyFault::failed(file, message).at(Some(line), column).text(text).helped(help).rule(&entry.rule.name)
    }

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
        use crate::evaluate::possible::value::{Atom, Grain, Numbers};
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
        let table = |entries: Vec<(crate::case::value::Name, Possible)>| {
            Possible::Several([Atom::Table(std::rc::Rc::new(entries))].into())
        };
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
        use crate::evaluate::possible::value::Atom;
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

/// The same with one more value.
fn with(assumed: &Assumed, input: InputId, value: &Value) -> Assumed {
    let mut assumed = assumed.clone();
    assumed.insert(input, value.clone());
    assumed
}

/// The alternatives of a value, where each is known.
fn all_known(value: Possible) -> Option<Vec<Datum>> {
    use crate::evaluate::possible::value::Atom;
    match value {
        Possible::Known(datum) => Some(vec![datum]),
        Possible::Several(atoms) => atoms
            .iter()
            .map(|atom| match atom {
                Atom::Known(datum) => Some(datum.clone()),
                _ => None,
            })
            .collect(),
        _ => None,
    }
}

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
pub type Held = BTreeMap<crate::case::input::InputId, std::rc::Rc<[crate::evaluate::possible::value::Atom]>>;
