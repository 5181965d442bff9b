//! The words of the language: one table, a row a word. A row says how the word is written, what it does, which kinds it takes
//! and gives, and how it is worked out on known values; what it gives of possible ones follows from that, and from its
//! thresholds where it has some. To add a word is to add a row.

mod calendar;
mod compare;
mod effects;
mod env;
mod history;
mod lists;
mod numbers;
mod patterns;
mod risk;
mod standards;
mod texts;

pub(crate) use self::lists::place;
pub use self::{
    effects::{MAX_RETURNED, effects_of},
    history::with_noun,
    patterns::patterns_of,
    standards::contact_modes,
};

use crate::{
    calendar::WorkingDays,
    case::words::ContactMode,
    language::{budget::Budget, datum::Datum, kinds::Kinds, tiers::Tiers, wrong::Wrong},
};
use std::{collections::BTreeMap, fmt, sync::Arc};

/// What a word gives, or what is wrong with what it was given.
pub type Given = Result<Datum, Wrong>;

/// What words look at beside their arguments.
#[derive(Debug)]
pub struct Env {
    /// The tiers of the policy.
    pub tiers: Arc<Tiers>,
    /// Their names, copied for one thread: threads that count the users of one text wait for each other.
    pub names: Vec<Arc<str>>,
    /// Which modes of contact each kind of contact takes.
    pub modes: BTreeMap<String, Vec<ContactMode>>,
    /// The working days that words reckon with.
    pub days: WorkingDays,
    /// What is left of work and memory.
    pub budget: Budget,
}

/// How a word is worked out.
#[derive(Clone, Copy)]
pub enum Run {
    /// From its arguments.
    Plain(fn(&mut Env, &mut [Datum]) -> Given),
    /// It changes its first argument, a variable.
    Changing(fn(&mut Env, &mut Datum, &mut [Datum]) -> Given),
    /// It calls a closure for the entries of a list: the evaluator does it.
    Calling(Calling),
}

impl fmt::Debug for Run {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Plain(_) => "Plain",
            Self::Changing(_) => "Changing",
            Self::Calling(_) => "Calling",
        })
    }
}

/// What is done with what a closure says of each entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calling {
    /// The entries of which it holds.
    Filter,
    /// What it gives of each.
    Map,
    /// Whether it holds of one.
    Some,
    /// Whether it holds of all.
    All,
    /// The first of which it holds.
    Find,
    /// One value from all, two at a time.
    Reduce,
    /// The list in the order that it says.
    Sort,
    /// What the closure itself gives.
    Call,
}

/// Where a word stands in the README.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// What a policy is written with.
    Word,
    /// What a list, a text, a table or a number can be asked.
    Method,
    /// An operator.
    Operator,
}

/// One word.
#[derive(Debug, Clone, Copy)]
pub struct Builtin {
    /// Its name.
    pub name: &'static str,
    /// How it is written.
    pub usage: &'static str,
    /// What it does, one sentence.
    pub doc: &'static str,
    /// Where it stands in the README.
    pub family: Family,
    /// The kinds that each argument may be of.
    pub takes: &'static [Kinds],
    /// The kinds that it may give.
    pub gives: Kinds,
    /// How it is worked out.
    pub run: Run,
}

impl Builtin {
    /// Whether it gives another answer only where a number passes one of the numbers that it is given with it, as
    /// comparisons and bands do.
    #[must_use]
    pub fn is_stepwise(&self) -> bool {
        matches!(self.name, "<" | "<=" | ">" | ">=" | "==" | "!=" | "band" | "pick" | "reaching" | "contains")
    }
}

/// A row of the table; `run` is how it is worked out.
macro_rules! word {
    ($family:ident $name:literal $usage:literal [$($takes:expr),*] $gives:expr, $run:expr, $doc:literal) => {
        $crate::language::builtins::Builtin {
            name: $name,
            usage: $usage,
            doc: $doc,
            family: $crate::language::builtins::Family::$family,
            takes: &[$($takes),*],
            gives: $gives,
            run: $run,
        }
    };
}
use word;

/// Every word, family by family.
pub fn all() -> impl Iterator<Item = &'static Builtin> {
    let tables: [&'static [Builtin]; 10] = [
        effects::WORDS,
        risk::WORDS,
        calendar::WORDS,
        history::WORDS,
        standards::WORDS,
        patterns::WORDS,
        compare::WORDS,
        numbers::WORDS,
        lists::WORDS,
        texts::WORDS,
    ];
    tables.into_iter().flatten()
}

/// How a word is written, and what it does.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    /// How it is written.
    pub usage: &'static str,
    /// What it does, one sentence.
    pub doc: &'static str,
}

/// The words that a policy is written with, `known` among them, which the grammar of the language knows by itself.
#[must_use]
pub fn words() -> Vec<Usage> {
    let doc = "Whether the case gives the input. The only way to read a fact that may be missing without a range.";
    let of = |word: &Builtin| Usage { usage: word.usage, doc: word.doc };
    let mut words: Vec<Usage> = all().filter(|word| word.family == Family::Word).map(of).collect();
    words.insert(5.min(words.len()), Usage { usage: "known(input)", doc });
    words
}

/// The word of a name that takes so many arguments.
#[must_use]
pub fn find(name: &str, arguments: usize) -> Option<&'static Builtin> {
    all().find(|word| word.name == name && word.takes.len() == arguments)
}

/// Whether some word has the name.
#[must_use]
pub fn exists(name: &str) -> bool {
    all().any(|word| word.name == name)
}

/// Whether a name is that of a word that is called by itself, `known` among them.
#[must_use]
pub fn is_word(name: &str) -> bool {
    name == "known" || all().any(|word| word.family == Family::Word && word.name == name)
}

/// A value that is not nested too deeply.
pub(crate) fn nested(value: Datum) -> Given {
    within_depth(value.depth()).map(|()| value)
}

fn within_depth(depth: u8) -> Result<(), Wrong> {
    if depth <= crate::language::datum::MAX_DEPTH {
        return Ok(());
    }
    Err(Wrong::limit(
        format!("lists and tables nested more than {} deep, the limit", crate::language::datum::MAX_DEPTH),
        "keep lists of plain values, and look for a loop that puts one into another",
    ))
}

/// What to write where a date is reckoned with by a sign.
#[must_use]
pub fn of_dates(word: &Builtin, given: &[Kinds]) -> Option<&'static str> {
    match (word.name, given) {
        ("-", [Kinds::DATE, Kinds::DATE]) => Some("the days from one date to another are `days_between(from, to)`"),
        ("+" | "-", [Kinds::DATE, _]) => {
            Some("a date so many days later is `days_after(date, n)`; a number below 0 goes back")
        }
        _ => None,
    }
}

/// What kind of thing a value is, where a whole number is meant.
pub(crate) const fn beside_whole(value: &Datum) -> &'static str {
    if matches!(value, Datum::Decimal(_)) { "a number that is not written whole" } else { value.kind() }
}

/// What is wrong where a word was given something else than it takes.
pub(crate) fn takes_something_else(word: &Builtin, given: &[Datum]) -> Wrong {
    if given
        .iter()
        .rev()
        .zip(word.takes.iter().rev())
        .any(|(given, takes)| given.is_absent() && takes.is_apart_from(Kinds::ABSENT))
    {
        return Wrong::new(format!("`{}` is given an input that this case does not give", word.name))
            .help("test it first: `known(...) && ...`");
    }
    let kinds: Vec<Kinds> = given.iter().map(Kinds::of).collect();
    let is_decimal = given.iter().any(|one| matches!(one, Datum::Decimal(_)));
    let is_whole_meant = is_decimal && kinds.iter().zip(word.takes).all(|(given, takes)| !given.is_apart_from(*takes));
    let listed = given.iter().map(|one| if is_whole_meant { beside_whole(one) } else { one.kind() });
    let listed: Vec<&str> = listed.collect();
    let listed = if listed.is_empty() { "nothing".to_owned() } else { listed.join(", ") };
    let help = match of_dates(word, &kinds) {
        Some(help) => help.to_owned(),
        None if is_whole_meant => format!("write `{}`, with a whole number", word.usage),
        None => format!("write `{}`", word.usage),
    };
    Wrong::new(format!("`{}` does not take what it is given here: {listed}", word.name)).help(help)
}
