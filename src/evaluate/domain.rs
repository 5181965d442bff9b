//! What the walk of a program needs to know of values: there are two answers, [known](super::known) and
//! [possible](super::possible).

use crate::{
    case::input::{GroupId, InputId},
    evaluate::{
        machine::Machine,
        stop::{Fault, Walked},
    },
    language::{
        builtins::Builtin,
        datum::Datum,
        program::{Label, Node},
        tree::Place,
    },
};
use std::sync::Arc;

/// Whether something holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth<O> {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// What is known does not settle it.
    Open(O),
}

impl<O> Truth<O> {
    /// The contrary.
    #[must_use]
    pub fn contrary(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            open @ Self::Open(_) => open,
        }
    }

    /// Whether it holds, where that is settled.
    #[must_use]
    pub const fn settled(&self) -> Option<bool> {
        match self {
            Self::Yes => Some(true),
            Self::No => Some(false),
            Self::Open(_) => None,
        }
    }
}

impl<O> From<bool> for Truth<O> {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// A way to go on.
pub type Way<'w, 'p, D> = &'w mut dyn FnMut(&mut Machine<'p, D>) -> Walked<<D as Domain>::Value>;

/// A way to go on with a list.
pub type ListWay<'w, 'p, D> =
    &'w mut dyn FnMut(&mut Machine<'p, D>, &<D as Domain>::List) -> Walked<<D as Domain>::Value>;

/// A kind of value.
///
/// What returns [`Walked`] stops at a fault of the policy, at a bound, or where a way has come to its end.
#[expect(clippy::missing_errors_doc, reason = "said once, of the trait")]
pub trait Domain: Sized {
    /// A value; by default nothing.
    type Value: Clone + Default;
    /// A list whose length is settled.
    type List;
    /// That something is not settled: with known values there is no such thing.
    type Open;
    /// What is taken up again when a function ends.
    type Mark;
    /// How a call is told from others.
    type Called;

    /// A known value.
    fn of(datum: Datum) -> Self::Value;
    /// The known value, where it is one.
    fn as_known(value: &Self::Value) -> Option<&Datum>;
    /// Whether nothing is known of a value.
    fn is_anything(value: &Self::Value) -> bool;
    /// A value of which nothing is known.
    fn anything(open: Self::Open) -> Self::Value;
    /// The same, where nobody can say why.
    fn anything_at_all() -> Self::Value;
    /// A truth value.
    fn of_truth(truth: Truth<Self::Open>) -> Self::Value;
    /// Whether a condition holds.
    fn truth(machine: &mut Machine<'_, Self>, value: &Self::Value, place: Place) -> Walked<Truth<Self::Open>>;
    /// Whether a value is nothing.
    fn is_absent(machine: &mut Machine<'_, Self>, value: &Self::Value) -> Truth<Self::Open>;
    /// Whether a value is what an arm of a `switch` is for.
    fn matches(machine: &mut Machine<'_, Self>, value: &Self::Value, label: &Label) -> Truth<Self::Open>;
    /// Goes both ways, where a condition is open, each with the inputs narrowed to what the way says of them.
    fn both<'p>(
        machine: &mut Machine<'p, Self>,
        open: Self::Open,
        condition: Option<&'p Node>,
        yes: Way<'_, 'p, Self>,
        no: Way<'_, 'p, Self>,
    ) -> Walked<Self::Value>;
    /// What an input holds.
    fn input(machine: &mut Machine<'_, Self>, input: InputId, place: Place) -> Walked<Self::Value>;
    /// The input of a name in each group of a group.
    fn keyed(
        machine: &mut Machine<'_, Self>,
        group: GroupId,
        key: Self::Value,
        inputs: &[(Arc<str>, InputId)],
        place: Place,
    ) -> Walked<Self::Value>;
    /// A field of a value.
    fn field(
        machine: &mut Machine<'_, Self>,
        of: Self::Value,
        name: &str,
        safe: bool,
        place: Place,
    ) -> Walked<Self::Value>;
    /// An entry of a value.
    fn index(
        machine: &mut Machine<'_, Self>,
        of: Self::Value,
        at: Self::Value,
        safe: bool,
        place: Place,
    ) -> Walked<Self::Value>;
    /// A list or table with another entry at a place.
    fn with_part(
        machine: &mut Machine<'_, Self>,
        whole: Self::Value,
        at: Self::Value,
        part: Self::Value,
        place: Place,
    ) -> Walked<Self::Value>;
    /// A list of values.
    fn list(machine: &mut Machine<'_, Self>, items: Vec<Self::Value>, place: Place) -> Walked<Self::Value>;
    /// Values by name.
    fn table(
        machine: &mut Machine<'_, Self>,
        entries: Vec<(Arc<str>, Self::Value)>,
        place: Place,
    ) -> Walked<Self::Value>;
    /// A text of values.
    fn template(machine: &mut Machine<'_, Self>, parts: Vec<Self::Value>, place: Place) -> Walked<Self::Value>;
    /// Whole numbers from one to another.
    fn range(
        machine: &mut Machine<'_, Self>,
        from: Self::Value,
        to: Self::Value,
        inclusive: bool,
        place: Place,
    ) -> Walked<Self::Value>;
    /// What a word gives.
    fn apply(
        machine: &mut Machine<'_, Self>,
        word: &'static Builtin,
        given: &mut [Self::Value],
        place: Place,
    ) -> Walked<Self::Value>;
    /// What a word gives that changes a variable.
    fn change(
        machine: &mut Machine<'_, Self>,
        word: &'static Builtin,
        target: &mut Self::Value,
        given: &mut [Self::Value],
        place: Place,
    ) -> Walked<Self::Value>;
    /// A closure.
    fn closure(
        machine: &mut Machine<'_, Self>,
        function: u32,
        captured: Vec<Self::Value>,
        place: Place,
    ) -> Walked<Self::Value>;
    /// The function of a closure, and what it captured.
    fn as_closure(value: &Self::Value) -> Option<(u32, &[Self::Value])>;
    /// Goes on with a list, or with each that a value can be. Where each entry is looked at by itself,
    /// two lists can stand for all of them.
    fn with_list<'p>(
        machine: &mut Machine<'p, Self>,
        value: Self::Value,
        by_itself: bool,
        place: Place,
        run: ListWay<'_, 'p, Self>,
    ) -> Walked<Self::Value>;
    /// Goes through a list, where what is added to some slots on the way is known to be a sum.
    fn with_sums<'p>(
        machine: &mut Machine<'p, Self>,
        _: &[u16],
        _: &Self::List,
        run: Way<'_, 'p, Self>,
    ) -> Walked<Self::Value> {
        run(machine)
    }
    /// How long a list is.
    fn len(list: &Self::List) -> usize;
    /// An entry of a list.
    fn entry(list: &Self::List, number: usize) -> Self::Value;

    /// How a call is told from others, with so many arguments on top of the stack; none where that is not kept.
    #[must_use]
    fn called(_: &Machine<'_, Self>, _: u32, _: usize) -> Option<Self::Called> {
        None
    }
    /// What a call is held to give, whatever its function would.
    #[must_use]
    fn held_call(_: &mut Machine<'_, Self>, _: &Self::Called) -> Option<Self::Value> {
        None
    }
    /// What a call gave that is told from others, and read from some place on.
    fn of_call(
        _: &mut Machine<'_, Self>,
        _: Self::Called,
        _: u32,
        _: usize,
        value: Self::Value,
    ) -> Walked<Self::Value> {
        Ok(value)
    }
    /// What a helper gave that is handed nothing but groups of inputs, and read from some place on.
    fn helper(_: &mut Machine<'_, Self>, _: u32, _: usize, value: Self::Value) -> Walked<Self::Value> {
        Ok(value)
    }
    /// What a word gives that calls a closure for each entry of a list, where that is told without the entries.
    #[must_use]
    fn of_entries(
        _: &mut Machine<'_, Self>,
        _: &'static Builtin,
        _: &Self::Value,
        _: &[Self::Value],
    ) -> Option<Self::Value> {
        None
    }

    /// A fault that some way meets, and others do not come to.
    fn may_fail(_: &mut Machine<'_, Self>, _: Box<Fault>) {}

    /// Under which narrowing values are worked out.
    fn version(&self) -> u32 {
        0
    }
    /// A loop begins.
    fn begin_loop(_: &mut Machine<'_, Self>) {}
    /// A turn of a loop has ended: whether there may be another.
    fn after_turn(machine: &mut Machine<'_, Self>, walked: Walked<()>) -> Walked<bool>;
    /// A loop has ended.
    fn end_loop(_: &mut Machine<'_, Self>, ended: Walked<()>) -> Walked<()> {
        ended
    }
    /// Whether what conditions come to is looked at.
    fn looks_at_conditions(machine: &Machine<'_, Self>) -> bool;
    /// A condition came to a value, where that is looked at.
    ///
    /// # Errors
    ///
    /// As the walk.
    fn met<'p>(machine: &mut Machine<'p, Self>, number: u32, inner: &'p Node, value: &Self::Value) -> Walked<()>;
    /// A run begins.
    fn begin(_: &mut Machine<'_, Self>) {}
    /// A function begins.
    fn mark(machine: &Machine<'_, Self>) -> Self::Mark;
    /// A function has ended: what it gives.
    fn leave(machine: &mut Machine<'_, Self>, mark: Self::Mark, walked: Walked<Self::Value>) -> Walked<Self::Value>;
}
