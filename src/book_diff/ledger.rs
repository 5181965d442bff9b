//! The ledger: every case of the earlier book, held in short until it is met in the later one.

use super::{
    change::{BookChange, ChangeKind, Side, changes},
    position::Position,
};
use crate::language::tiers::Tiers;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What totals call a case that an officer has from another one.
pub const TAKEN_OVER: &str = "taken_over";
/// What totals call a case that another officer has now.
pub const HANDED_OVER: &str = "handed_over";

/// What there was of each kind of change, by the words of the kinds; a change of officer counts for both.
pub type Totals = BTreeMap<&'static str, usize>;

/// The totals of one officer; of cases without one where there is none.
pub type OfficerTotals = (Option<Arc<str>>, Totals);

/// Two books, as far as they are read: first the earlier one, then the later one.
#[derive(Debug)]
pub struct Ledger {
    tiers: Arc<Tiers>,
    cases: Vec<Earlier>,
    places: FxHashMap<Arc<str>, usize>,
    /// Texts that many cases share, such as tiers and officers.
    shared: FxHashSet<Arc<str>>,
    /// References that only the later book has.
    new: FxHashSet<Arc<str>>,
    /// What was read.
    pub read: [BookRead; 2],
    /// What changed.
    pub changes: Vec<BookChange>,
}

/// A case of the earlier book.
#[derive(Debug)]
struct Earlier {
    crn: Arc<str>,
    side: Side,
    met: bool,
}

/// What was read of a book.
#[derive(Debug, Default)]
pub struct BookRead {
    /// Cases, those without an answer included.
    pub cases: usize,
    /// The first and the last date that one was looked at for.
    pub dates: Option<[Date; 2]>,
    /// References that came more than once: the first of them counts.
    pub twice: BTreeSet<Arc<str>>,
    /// By what its answers were made, of an output that says so.
    pub made_by: BTreeSet<String>,
}

impl BookRead {
    fn count(&mut self, side: &Side) {
        self.cases += 1;
        if let Ok(Position { on, .. }) = side {
            let [first, last] = self.dates.unwrap_or([*on, *on]);
            self.dates = Some([first.min(*on), last.max(*on)]);
        }
    }
}

impl Ledger {
    /// An empty ledger of cases that have these tiers.
    #[must_use]
    pub fn new(tiers: Arc<Tiers>) -> Self {
        Self {
            tiers,
            cases: Vec::new(),
            places: FxHashMap::default(),
            shared: FxHashSet::default(),
            new: FxHashSet::default(),
            read: Default::default(),
            changes: Vec::new(),
        }
    }

    /// Takes a case of the earlier book, or of the later one after that.
    pub fn take(&mut self, is_later: bool, crn: Option<&str>, side: Side) {
        if is_later { self.after(crn, &side) } else { self.before(crn, side) }
    }

    /// Takes by what an answer of an output was made.
    pub fn made_by(&mut self, is_later: bool, by: String) {
        let [earlier, later] = &mut self.read;
        if is_later { later } else { earlier }.made_by.insert(by);
    }

    /// Holds a case of the earlier book. An entry without a reference can be matched with nothing.
    fn before(&mut self, crn: Option<&str>, side: Side) {
        let [read, _] = &mut self.read;
        read.count(&side);
        let Some(crn) = crn else { return };
        let crn: Arc<str> = crn.into();
        if self.places.contains_key(&crn) {
            read.twice.insert(crn);
            return;
        }
        let side = self.sharing(side);
        self.places.insert(Arc::clone(&crn), self.cases.len());
        self.cases.push(Earlier { crn, side, met: false });
    }

    /// Takes a case of the later book, and what changed in it.
    fn after(&mut self, crn: Option<&str>, side: &Side) {
        let [_, read] = &mut self.read;
        read.count(side);
        let crn: Option<Arc<str>> = crn.map(Arc::from);
        let place = crn.as_ref().and_then(|crn| self.places.get(crn)).copied();
        let held = place.and_then(|place| self.cases.get_mut(place));
        let is_first = match (&held, &crn) {
            (Some(held), _) => !held.met,
            (None, Some(crn)) => self.new.insert(Arc::clone(crn)),
            (None, None) => true,
        };
        if !is_first {
            read.twice.extend(crn);
            return;
        }
        let before = held.map(|held| {
            held.met = true;
            &held.side
        });
        self.changes.extend(changes(crn.as_ref(), before, Some(side), &self.tiers));
    }

    /// Ends the later book: what was not met in it is closed. The changes are then in order of officer and case.
    pub fn end(&mut self) {
        let closed = self.cases.iter().filter(|held| !held.met);
        let closed = closed.flat_map(|held| changes(Some(&held.crn), Some(&held.side), None, &self.tiers));
        self.changes.extend(closed);
        self.changes.sort_by(|one, other| {
            let order = |change: &BookChange| (change.officer.is_none(), change.officer.clone(), change.crn.clone());
            order(one).cmp(&order(other)).then(one.change.cmp(&other.change)).then_with(|| one.why.cmp(&other.why))
        });
    }

    /// The totals where nothing changed: of each kind none.
    #[must_use]
    pub fn nothing() -> Totals {
        let kinds =
            ChangeKind::ALL.into_iter().filter(|kind| *kind != ChangeKind::OfficerChanged).map(ChangeKind::as_str);
        kinds.chain([TAKEN_OVER, HANDED_OVER]).map(|word| (word, 0)).collect()
    }

    /// The totals of each officer, in the order of the changes, and of all.
    #[must_use]
    pub fn totals(&self) -> (Vec<OfficerTotals>, Totals) {
        let mut whole = Self::nothing();
        let mut officers: BTreeMap<(bool, Option<Arc<str>>), Totals> = BTreeMap::new();
        let mut add = |officer: &Option<Arc<str>>, word: &'static str| {
            let totals = officers.entry((officer.is_none(), officer.clone())).or_insert_with(Self::nothing);
            *totals.entry(word).or_default() += 1;
        };
        for change in &self.changes {
            if change.change == ChangeKind::OfficerChanged {
                add(&change.after, TAKEN_OVER);
                add(&change.before, HANDED_OVER);
                *whole.entry(TAKEN_OVER).or_default() += 1;
                *whole.entry(HANDED_OVER).or_default() += 1;
            } else {
                add(&change.officer, change.change.as_str());
                *whole.entry(change.change.as_str()).or_default() += 1;
            }
        }
        (officers.into_iter().map(|((_, officer), totals)| (officer, totals)).collect(), whole)
    }

    /// A position whose texts are shared with those of other cases.
    fn sharing(&mut self, side: Side) -> Side {
        let mut share = |text: Arc<str>| match self.shared.get(&text) {
            Some(known) => Arc::clone(known),
            None => {
                self.shared.insert(Arc::clone(&text));
                text
            }
        };
        match side {
            Err(why) => Err(share(why)),
            Ok(mut position) => {
                for text in [&mut position.tier, &mut position.rule, &mut position.officer, &mut position.office] {
                    *text = text.take().map(&mut share);
                }
                position.rated = position.rated.map(|(date, tier)| (date, share(tier)));
                Ok(position)
            }
        }
    }
}
