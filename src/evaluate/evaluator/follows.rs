//! What follows from a tier, and what many cases show together.

use super::{Evaluator, Held, halves};
use crate::{
    case::value::Value,
    evaluate::{
        outcome::NoOutcome,
        possible::value::{Atom, Possible},
        stop::Stop,
    },
    language::{
        budget::Budget, builtins::patterns_of, datum::Datum, fault::PolicyFault, pattern::Pattern, program::Entry,
        rule::Rule, standard::Standard,
    },
};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::rc::Rc;

/// Most parts that missing facts are held in to see what follows from a tier.
const MAX_PARTS: usize = 256;

impl Evaluator<'_> {
    /// What a function of the policy that follows from the tier returns: `contact`, `review`, `allocate` or `workload`; one
    /// standard after another. Where facts are missing, everything that it can return.
    ///
    /// # Errors
    ///
    /// As [`Evaluator::rule`]; a fact that is missing only where nothing can be said of what it would bring.
    pub fn follows(&mut self, name: &str, tier: &str) -> Result<Vec<Vec<Standard>>, NoOutcome> {
        let Some(entry) = self.program.reserved.get(name) else { return Ok(Vec::new()) };
        match self.run(entry, Some(Datum::text(tier))) {
            Ok(returned) => Ok(vec![self.standards_of(entry, returned)?]),
            Err(NoOutcome::Unknown(unknown)) => {
                let returned = self.every_return(entry, tier).ok_or(NoOutcome::Unknown(unknown))?;
                returned.into_iter().map(|one| self.standards_of(entry, one)).collect()
            }
            Err(fault) => Err(fault),
        }
    }

    /// Whether a law of the policy holds of the case and a tier.
    ///
    /// # Errors
    ///
    /// As [`Evaluator::rule`]; when the law returns something that is neither true nor false.
    pub fn law(&mut self, law: &Entry, tier: &str) -> Result<bool, NoOutcome> {
        // What a law meets on its way is met by no rule.
        let seen = self.seen.take();
        let ran = self.run(law, Some(Datum::text(tier)));
        self.seen = seen;
        match ran? {
            Datum::Bool(holds) => Ok(holds),
            other => {
                let message = format!("returned {}, and a law returns true or false", other.kind());
                Err(self.wrong(law, &message, "end it in a condition"))
            }
        }
    }

    /// Everything that a function that follows from a tier can return of any case, way by way, as text to be held against that of another
    /// policy; nothing where that is not known.
    pub fn owed_of_any(&mut self, name: &str, tier: &str) -> Option<String> {
        let Some(entry) = self.program.reserved.get(name) else { return Some(String::new()) };
        match self.told(entry, vec![Possible::Known(Datum::text(tier))]).value? {
            told @ (Possible::Known(_) | Possible::Several(_)) => Some(format!("{told:?}")),
            _ => None,
        }
    }

    /// Everything that a function can return while facts are missing: they are held in ever smaller parts until it returns one thing,
    /// for what belongs together stays together there; where that takes too many, whatever can be put together of it.
    fn every_return(&mut self, entry: &Entry, tier: &str) -> Option<Vec<Datum>> {
        let before = self.inputs().clone();
        self.open(&before.facts, before.assumed);
        let (mut parts, mut returned, mut whole) = (vec![Held::new()], Vec::new(), None);
        for _ in 0..MAX_PARTS {
            let Some(held) = parts.pop() else { return Some(returned) };
            self.open.domain.hold(held.clone());
            self.open.forget();
            let value = match self.open.run(entry.function, [Possible::Known(Datum::text(tier))]) {
                Ok(value) => value,
                Err(Stop::Impossible) => continue,
                Err(_) => break,
            };
            whole.get_or_insert_with(|| value.clone());
            match (value, halves(&self.open.domain.facts, &held)) {
                (Possible::Known(datum), _) => returned.push(datum),
                (_, Some(halves)) => parts.extend(halves),
                (value, None) => returned.extend(all_known(value)?),
            }
        }
        whole.and_then(all_known)
    }

    fn standards_of(&self, entry: &Entry, returned: Datum) -> Result<Vec<Standard>, NoOutcome> {
        let standard = |item: Datum| match (&*entry.rule.name, item) {
            ("workload", points) => {
                let points = points.as_number().filter(Decimal::is_integer).and_then(|points| points.to_u32());
                points.map(Standard::Workload)
            }
            (name, Datum::Standard(standard)) => {
                let fits = matches!(
                    (name, &*standard),
                    ("contact", Standard::Contact(_))
                        | ("review", Standard::Review(_))
                        | ("allocate", Standard::Allocation(_))
                );
                fits.then(|| Rc::unwrap_or_clone(standard))
            }
            _ => None,
        };
        let found: Option<Vec<Standard>> = match returned {
            Datum::Absent => Some(Vec::new()),
            Datum::List(list) => Rc::unwrap_or_clone(list).items.into_iter().map(standard).collect(),
            one => standard(one).map(|one| vec![one]),
        };
        found.ok_or_else(|| {
            let (wrong, help) = match &*entry.rule.name {
                "workload" => (
                    "returned something that is no whole number of points from 0",
                    "points are whole numbers, such as `14`",
                ),
                _ => {
                    let help = "see `every` and `held_by` in `brag help words`";
                    ("returned something that is no standard of its kind", help)
                }
            };
            self.wrong(entry, wrong, help)
        })
    }

    /// The patterns that the policy's `caseload` function finds in a book.
    ///
    /// # Errors
    ///
    /// When the function fails, or returns something else than patterns.
    pub fn caseload(&mut self, book: Datum) -> Result<Vec<Pattern>, Box<PolicyFault>> {
        let Some(entry) = self.program.reserved.get("caseload") else { return Ok(Vec::new()) };
        self.known.env.budget = Budget::of_a_book(book.as_list().map_or(0, <[Datum]>::len));
        let returned = self.run(entry, Some(book)).map_err(|stop| match stop {
            NoOutcome::Fault(fault) => fault,
            NoOutcome::Unknown(_) => Box::new(PolicyFault::failed(&entry.rule.file, "asks for a fact of a case")),
        })?;
        patterns_of(&returned).map_err(|found| {
            let message = format!("returned {found}, which is no pattern");
            let help = "`caseload` returns nothing, a `pattern(...)`, or a list of them";
            Box::new(PolicyFault::failed(&entry.rule.file, message).rule(&entry.rule.name).help(help))
        })
    }

    /// What the policy's `rating` function says of the case, as a case could hold it, and the function.
    ///
    /// # Errors
    ///
    /// When the function fails, or says something that only a rule makes.
    pub fn rating(&mut self) -> Result<Option<(&Rule, Value)>, Box<PolicyFault>> {
        let Some(entry) = self.program.reserved.get("rating") else { return Ok(None) };
        let failed = |message: &str| {
            let help = "test what a case need not give first: `known(...)`";
            Box::new(PolicyFault::failed(&entry.rule.file, message).rule(&entry.rule.name).help(help))
        };
        let returned = self.run(entry, None).map_err(|stop| match stop {
            NoOutcome::Fault(fault) => fault,
            NoOutcome::Unknown(_) => failed("asks for a fact that is not known"),
        })?;
        let value = Value::try_from(&returned).map_err(|found| failed(&format!("returned {found} in its table")))?;
        Ok(Some((&entry.rule, value)))
    }
}

/// The alternatives of a value, where each is known.
fn all_known(value: Possible) -> Option<Vec<Datum>> {
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
