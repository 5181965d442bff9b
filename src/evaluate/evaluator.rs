//! A policy at work on one thread: the rules in force over one case after the other, with facts that are known or open.

mod faults;
mod follows;
mod former;
mod regions;
mod spread;

pub use self::{
    regions::{Told, Vacant},
    spread::{Spread, halves},
};
pub use crate::evaluate::possible::Held;

use self::former::Former;
use crate::{
    calendar::WorkingDays,
    case::{fault::nearest, value::Value},
    evaluate::{
        inputs::{Assumed, Facts, Inputs, Unknown},
        known::Known,
        machine::{Machine, Read},
        outcome::{NoOutcome, Outcome, SoFar},
        possible::{Open, value::Possible},
        stop::Stop,
        trace::{CameOut, Trace, came_out},
    },
    language::{
        budget::Budget,
        builtins::{Env, contact_modes, effects_of},
        datum::Datum,
        effect::Effect,
        program::{Entry, Program},
        tiers::Tiers,
    },
};
use jiff::civil::Date;
use std::sync::Arc;

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
    /// What was worked out of the facts that are open now.
    former: Former,
    /// Which conditions came out false and true, where that is kept.
    seen: Option<CameOut>,
    /// How many steps the regions took that were turned to before the present one.
    region_steps: u64,
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
            former: Former::default(),
            seen: None,
            region_steps: 0,
        }
    }

    /// Keeps which conditions come out false and true from here on.
    pub fn watch(&mut self) {
        self.known.conditions = Some(CameOut::new());
        self.seen = Some(CameOut::new());
    }

    /// Which conditions came out false and true since the last time, by their number.
    pub fn take_seen(&mut self) -> CameOut {
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
        self.open.env.budget = Budget::of_a_case();
        self.turn_to(facts, Assumed::new());
    }

    /// Turns to other facts, or to other values for what is not known of them.
    pub fn turn_to(&mut self, facts: &Arc<Facts>, assumed: Assumed) {
        self.known.forget();
        self.known.domain.turn_to(Inputs { facts: Arc::clone(facts), assumed });
    }

    /// How many steps the present case took, and the last look at its open facts.
    #[must_use]
    pub const fn steps_taken(&self) -> [u64; 2] {
        [self.known.env.budget.taken(), self.open.env.budget.taken()]
    }

    /// Whether the present case left half of what it may take.
    #[must_use]
    pub const fn is_half_left(&self) -> bool {
        self.known.env.budget.is_half_left() && self.open.env.budget.is_half_left()
    }

    /// Keeps what is met from here on, or no longer.
    pub fn keep_trace(&mut self, keep: bool) {
        self.known.trace = keep.then(Trace::default);
    }

    /// What the last rule met, where that is kept.
    pub fn take_trace(&mut self) -> Trace {
        self.known.trace.as_mut().map(std::mem::take).unwrap_or_default()
    }

    fn run(&mut self, entry: &Entry, argument: Option<Datum>) -> Result<Datum, NoOutcome> {
        let ran = self.known.run(entry.function, argument);
        // What a rule does on values that are only tried for a missing fact does not count.
        if let (Some(seen), Some(met), true) =
            (&mut self.seen, &self.known.conditions, self.known.domain.inputs.assumed.is_empty())
        {
            for (number, came) in met {
                came_out(seen, *number, *came);
            }
        }
        ran.map_err(|stop| match stop {
            Stop::Unknown(input) => NoOutcome::Unknown(Unknown(input)),
            Stop::Fault(fault) => NoOutcome::Fault(Box::new(self.fault(entry, &fault))),
            _ => self.wrong(entry, "ended in the middle", "see `brag help editing`"),
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
        let returned = self.run(entry, None)?;
        let effects = effects_of(&returned).map_err(|found| {
            let help = "a rule returns nothing, one effect, or a list of effects";
            self.wrong(entry, &format!("returned {found}, which is no effect"), help)
        })?;
        Ok(Outcome { effects, reads: self.known.take_reads() })
    }

    /// What a helper gives that is handed some known values beside the case; nothing where it fails or a fact is missing.
    pub fn helper(&mut self, function: u32, handed: &[Datum]) -> Option<Datum> {
        self.known.run(function, handed.iter().cloned()).ok()
    }

    /// What the rule that was stopped last had read.
    pub fn reads_so_far(&mut self) -> Vec<Read> {
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
        let returned = self.run(entry, Some(said))?;
        match returned.as_text() {
            Some(tier) if self.tiers.contains(tier) => Ok(Some(tier.to_owned())),
            Some(tier) => {
                let source = self.program.source(0).map_or("", |source| &source.text);
                let drawn = source.lines().nth(entry.rule.line.saturating_sub(1)).unwrap_or_default();
                let message = format!("unknown tier {}", self.named(tier, drawn));
                let help = match nearest(tier, &self.tiers.all()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "`TIERS` and `OUTSIDE` name the tiers".to_owned(),
                };
                Err(self.wrong(entry, &message, &help))
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
        let returned = self.run(entry, Some(said))?;
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
        let of_axis = |axis: &String| Datum::Whole(so_far.points.get(axis).copied().unwrap_or_default());
        let points = self.tiers.axes().iter().map(|axis| (axis.clone().into(), of_axis(axis)));
        let floors = self.rules.iter().map(|entry| {
            let floor = so_far.floors.get(&entry.rule.name).map_or(Datum::Absent, |tier| Datum::text(tier));
            (entry.rule.name.to_string().into(), floor)
        });
        let (points, floors) = (Datum::table(points.collect()), Datum::table(floors.collect()));
        Datum::table(vec![("tier".into(), tier), ("points".into(), points), ("floors".into(), floors)])
    }
}
