//! Arithmetic, checked: a number that overflows is a fault, never another number.

use super::{Builtin, Env, Given, Run, word};
use crate::language::{datum::Datum, kinds::Kinds, wrong::Wrong};
use rust_decimal::Decimal;
use std::rc::Rc;

/// The rows.
pub static WORDS: &[Builtin] = &[
    word!(Operator "+" "a + b" [SUMMED, Kinds::ANY] SUMMED, Run::Plain(plus),
        "The sum of two numbers, one list after another, or a text and what follows it."),
    word!(Operator "-" "a - b" [Kinds::NUMBER, Kinds::NUMBER] Kinds::NUMBER,
        Run::Plain(|_, given| arithmetic(given, i64::checked_sub, Decimal::checked_sub, "subtraction")), "The difference of two numbers."),
    word!(Operator "*" "a * b" [Kinds::NUMBER, Kinds::NUMBER] Kinds::NUMBER,
        Run::Plain(|_, given| arithmetic(given, i64::checked_mul, Decimal::checked_mul, "multiplication")), "The product of two numbers."),
    word!(Operator "/" "a / b" [Kinds::NUMBER, Kinds::NUMBER] Kinds::NUMBER, Run::Plain(|_, given| divided(given, false)),
        "The quotient; of two whole numbers a whole one, without what is left over."),
    word!(Operator "%" "a % b" [Kinds::NUMBER, Kinds::NUMBER] Kinds::NUMBER, Run::Plain(|_, given| divided(given, true)),
        "What is left over."),
    word!(Operator "-" "-a" [Kinds::NUMBER] Kinds::NUMBER, Run::Plain(negated), "A number with the other sign."),
    word!(Method "min" "min(a, b)" [Kinds::NUMBER, Kinds::NUMBER] Kinds::NUMBER, Run::Plain(|_, given| extreme(given, true)),
        "The smaller of two numbers."),
    word!(Method "max" "max(a, b)" [Kinds::NUMBER, Kinds::NUMBER] Kinds::NUMBER, Run::Plain(|_, given| extreme(given, false)),
        "The larger of two numbers."),
    word!(Method "abs" "abs(a)" [Kinds::NUMBER] Kinds::NUMBER, Run::Plain(absolute), "A number without its sign."),
];

const SUMMED: Kinds = Kinds::NUMBER.or(Kinds::LIST).or(Kinds::TEXT);

fn overflow(what: &str) -> Wrong {
    Wrong::new(format!("{what} past the largest number there can be")).help("test the numbers before they are used")
}

fn arithmetic(
    given: &[Datum],
    whole: fn(i64, i64) -> Option<i64>,
    decimal: fn(Decimal, Decimal) -> Option<Decimal>,
    what: &str,
) -> Given {
    match given {
        [Datum::Whole(left), Datum::Whole(right)] => {
            whole(*left, *right).map(Datum::Whole).ok_or_else(|| overflow(what))
        }
        [left, right] => match (left.as_number(), right.as_number()) {
            (Some(left), Some(right)) => decimal(left, right).map(Datum::Decimal).ok_or_else(|| overflow(what)),
            _ => Err(Wrong::given()),
        },
        _ => Err(Wrong::given()),
    }
}

fn plus(env: &mut Env, given: &mut [Datum]) -> Given {
    match given {
        [Datum::List(left), Datum::List(right)] => {
            env.budget.work((left.items.len() + right.items.len()) / 4)?;
            env.budget.room(((left.items.len() + right.items.len()) * size_of::<Datum>()) as u64)?;
            // A list that nothing else holds grows in place.
            Rc::make_mut(left).items.extend(right.items.iter().cloned());
            let depth = left.depth.max(right.depth);
            Rc::make_mut(left).depth = depth;
            Ok(Datum::List(Rc::clone(left)))
        }
        [left, right] if left.as_text().is_some() => {
            let mut text = left.as_text().unwrap_or_default().to_owned();
            env.budget.room(text.len() as u64)?;
            if !right.is_absent() {
                env.write_words(right, &mut text)?;
            }
            env.budget.room(text.len() as u64)?;
            Ok(Datum::Text(text.into()))
        }
        _ => arithmetic(given, i64::checked_add, Decimal::checked_add, "addition"),
    }
}

fn divided(given: &[Datum], is_rest: bool) -> Given {
    let by_nothing = || Wrong::new("division by zero").help("test the numbers before they are used");
    match given {
        [Datum::Whole(_), Datum::Whole(0)] => Err(by_nothing()),
        [Datum::Whole(left), Datum::Whole(right)] => {
            let answer = if is_rest { left.checked_rem(*right) } else { left.checked_div(*right) };
            answer.map(Datum::Whole).ok_or_else(|| overflow("division"))
        }
        [left, right] => match (left.as_number(), right.as_number()) {
            (Some(_), Some(right)) if right.is_zero() => Err(by_nothing()),
            (Some(left), Some(right)) => {
                let answer = if is_rest { left.checked_rem(right) } else { left.checked_div(right) };
                answer.map(|answer| Datum::Decimal(answer.normalize())).ok_or_else(|| overflow("division"))
            }
            _ => Err(Wrong::given()),
        },
        _ => Err(Wrong::given()),
    }
}

fn negated(_: &mut Env, given: &mut [Datum]) -> Given {
    match given {
        [Datum::Whole(number)] => number.checked_neg().map(Datum::Whole).ok_or_else(|| overflow("negation")),
        [Datum::Decimal(number)] => Ok(Datum::Decimal(-*number)),
        _ => Err(Wrong::given()),
    }
}

fn extreme(given: &[Datum], least: bool) -> Given {
    let [left, right] = given else { return Err(Wrong::given()) };
    match super::compare::order(left, right) {
        Some(order) if !matches!(left, Datum::Date(_)) => {
            Ok(if order.is_le() == least { left.clone() } else { right.clone() })
        }
        _ => Err(Wrong::given()),
    }
}

fn absolute(_: &mut Env, given: &mut [Datum]) -> Given {
    match given {
        [Datum::Whole(number)] => number.checked_abs().map(Datum::Whole).ok_or_else(|| overflow("negation")),
        [Datum::Decimal(number)] => Ok(Datum::Decimal(number.abs())),
        _ => Err(Wrong::given()),
    }
}
