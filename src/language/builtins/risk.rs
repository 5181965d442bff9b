//! Words for levels of risk, bands of a score, tables and lists of words.

use super::{Builtin, Env, Given, Run, compare::order, word};
use crate::{
    case::words::Level,
    language::{datum::Datum, kinds::Kinds, wrong::Wrong},
};
use rust_decimal::Decimal;

/// The rows.
pub static WORDS: &[Builtin] = &[
    word!(Word "reaches" "reaches(level, floor)" [Kinds::TEXT, Kinds::TEXT] Kinds::BOOL, Run::Plain(reaches),
        "Whether a level of risk is `floor` or higher."),
    word!(Word "worst" "worst(levels)" [Kinds::LIST] LEVEL, Run::Plain(worst),
        "The highest of several levels of risk; `()` among them is passed over."),
    word!(Word "band" "band(score, cut_offs)" [Kinds::NUMBER, Kinds::LIST] Kinds::TEXT, Run::Plain(band),
        "`low`, `medium`, `high` or `very_high`, by three cut-offs; each belongs to the band above it."),
    word!(Word "pick" "pick(table, score)" [Kinds::LIST, Kinds::NUMBER] Kinds::ANY, Run::Plain(pick),
        "From rows `[from, entry]` in any order, the entry of the highest `from` that the score reaches; `()` below all."),
    word!(Word "reaching" "reaching(scores, table)" [Kinds::LIST, Kinds::LIST] Kinds::NUMBER, Run::Plain(reaching),
        "How many of some scores reach the cut-off of the row `[name, cut-off]` in the same place."),
    word!(Word "overlap" "overlap(list, list)" [Kinds::LIST, Kinds::LIST] Kinds::LIST, Run::Plain(overlap),
        "What stands in both lists, by `==`."),
    word!(Word "join" "join(list, between)" [Kinds::LIST, Kinds::TEXT] Kinds::TEXT, Run::Plain(join),
        "The entries of a list as one text."),
];

const LEVEL: Kinds = Kinds::TEXT.or(Kinds::ABSENT);

/// The place of a level of risk among the levels, from 0.
fn level_rank(level: &Datum) -> Result<usize, Wrong> {
    let word = level.as_text().unwrap_or_default();
    Level::WORDS.iter().position(|known| *known == word).ok_or_else(|| {
        let words: Vec<String> = Level::WORDS.iter().map(|word| format!("`{word}`")).collect();
        Wrong::new("asks for a level of risk, and this is another word")
            .help(format!("the levels are {}", words.join(" ")))
    })
}

fn reaches(_: &mut Env, given: &mut [Datum]) -> Given {
    let [level, floor] = given else { return Ok(Datum::Absent) };
    let least = level_rank(floor)?;
    if level.as_text().is_none() {
        return Err(Wrong::new("`reaches` asks for a level that this case does not give")
            .help("test it first: `known(...) && ...`"));
    }
    Ok(Datum::Bool(level_rank(level)? >= least))
}

fn worst(env: &mut Env, given: &mut [Datum]) -> Given {
    let levels = given.first().and_then(Datum::as_list).ok_or_else(Wrong::given)?;
    env.budget.work(levels.len() / 4)?;
    let mut worst: Option<usize> = None;
    for level in levels.iter().filter(|level| !level.is_absent()) {
        worst = worst.max(Some(level_rank(level)?));
    }
    Ok(worst.and_then(|worst| Level::WORDS.get(worst)).map_or(Datum::Absent, |word| Datum::Word(word)))
}

fn band(_: &mut Env, given: &mut [Datum]) -> Given {
    let wrong =
        || Wrong::new("`band` needs a score and a list of cut-offs").help("test the score first: `known(...) && ...`");
    let [score, cut_offs] = given else { return Err(wrong()) };
    let cut_offs = cut_offs.as_list().ok_or_else(wrong)?;
    // With one less the highest band would be out of reach, and nobody would see why.
    if cut_offs.len() + 1 != Level::WORDS.len() {
        let wrong = Wrong::new("`band` needs three cut-offs: from where a score is medium, high and very high");
        return Err(wrong.help("give it three numbers, such as `[50, 75, 90]`"));
    }
    let mut reached = 0;
    for cut_off in cut_offs {
        let order = order(score, cut_off).filter(|_| !matches!(score, Datum::Date(_)));
        reached += usize::from(order.ok_or_else(wrong)?.is_ge());
    }
    Ok(Level::WORDS.get(reached).map_or(Datum::Absent, |word| Datum::Word(word)))
}

fn pick(env: &mut Env, given: &mut [Datum]) -> Given {
    let wrong = |what: &str| Wrong::new(format!("`pick` {what}")).help("the table is a list of `[from, entry]`");
    let [table, score] = given else { return Err(wrong("needs a table and a score")) };
    let score = score.as_number().ok_or_else(|| wrong("needs a score that is known"))?;
    let rows = table.as_list().ok_or_else(|| wrong("found no list of rows"))?;
    env.budget.work(rows.len() / 4)?;
    let mut best: Option<(Decimal, &Datum)> = None;
    for row in rows {
        let row = row.as_list().ok_or_else(|| wrong("found a row that is no list"))?;
        let [from, entry, ..] = row else { return Err(wrong("found a row without its two parts")) };
        let from = from.as_number().ok_or_else(|| wrong("found a row without its two parts"))?;
        if score >= from && best.is_none_or(|(highest, _)| from > highest) {
            best = Some((from, entry));
        }
    }
    Ok(best.map_or(Datum::Absent, |(_, entry)| entry.clone()))
}

/// Each score with the cut-off that it is held against.
pub(super) fn held_against<'a>(scores: &'a Datum, table: &'a Datum) -> Option<Vec<(&'a Datum, &'a Datum)>> {
    let (scores, rows) = (scores.as_list()?, table.as_list()?);
    let cut_off = |row: &'a Datum| row.as_list().and_then(|row| row.get(1));
    let pairs = scores.iter().zip(rows).map(|(score, row)| Some((score, cut_off(row)?)));
    (scores.len() == rows.len()).then(|| pairs.collect()).flatten()
}

fn reaching(env: &mut Env, given: &mut [Datum]) -> Given {
    let wrong = || {
        Wrong::new("`reaching` needs a list of scores and a table of as many rows")
            .help("give one score for each row `[name, cut-off]`; test each first: `known(...) && ...`")
    };
    let [scores, table] = given else { return Err(wrong()) };
    let pairs = held_against(scores, table).ok_or_else(wrong)?;
    env.budget.work(pairs.len() / 4)?;
    let mut count = 0;
    for (score, cut_off) in pairs {
        let order = order(score, cut_off).filter(|_| !matches!(score, Datum::Date(_)));
        count += i64::from(order.ok_or_else(wrong)?.is_ge());
    }
    Ok(Datum::Whole(count))
}

fn overlap(env: &mut Env, given: &mut [Datum]) -> Given {
    let [Datum::List(left), Datum::List(right)] = given else {
        return Err(Wrong::given());
    };
    env.budget.work(left.items.len().saturating_mul(right.items.len()) / 4)?;
    let mut both = Vec::new();
    for value in &left.items {
        if env.is_among(&right.items, value)? {
            both.push(value.clone());
        }
    }
    env.list(both)
}

fn join(env: &mut Env, given: &mut [Datum]) -> Given {
    let [Datum::List(words), between] = given else { return Err(Wrong::given()) };
    let between = between.as_text().ok_or_else(Wrong::given)?;
    let mut text = String::new();
    for (number, word) in words.items.iter().enumerate() {
        if number > 0 {
            env.budget.room(between.len() as u64)?;
            text.push_str(between);
        }
        env.write_words(word, &mut text)?;
    }
    Ok(Datum::Text(text.into()))
}
