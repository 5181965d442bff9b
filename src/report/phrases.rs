//! The words and colours that people read: tiers, dates, standards, grades.

pub use crate::authoring::snapshot::{effects, period, spoken};

use crate::{
    case::words::{Grade, Place},
    decision::{
        reason::{Flag, ReadReason},
        unsettled::{Stretch, Unsettled},
    },
    evaluate::inputs::Origin,
    language::standard::{Allocation, ContactStandard},
    report::shown::shown,
};
use anstyle::{AnsiColor, Style};
use jiff::civil::Date;
use textwrap::{WordSeparator, WordSplitter, WrapAlgorithm};

/// The colour of a tier, where it is called after one. A colour never stands without the word.
#[must_use]
pub fn tier_style(tier: &str) -> Style {
    let color = match tier {
        "Red" => AnsiColor::BrightRed,
        "Red-Amber" => AnsiColor::Red,
        "Amber" => AnsiColor::Yellow,
        "Green" => AnsiColor::Green,
        "Blue" => AnsiColor::BrightBlue,
        _ => return BOLD,
    };
    color.on_default().bold()
}

/// Text in a style, for a terminal; the stream strips it where it does not belong.
#[must_use]
pub fn styled(style: Style, text: &str) -> String {
    // What a text itself would do to the terminal is shown, line by line.
    let text = text.split('\n').map(shown).collect::<Vec<_>>().join("\n");
    format!("{style}{text}{style:#}")
}

/// A heading's style.
pub const BOLD: Style = Style::new().bold();
/// The style of what stands in the second row.
pub const DIM: Style = Style::new().dimmed();

/// A date as people say it: 3 May 2019.
#[must_use]
pub fn date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// So many things of a kind.
#[must_use]
pub fn count_of(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// On which dates something is said of cases: on one, or from a first to a last on which each has its own.
#[must_use]
pub fn on_dates(first: Date, last: Date) -> String {
    if first < last {
        format!(", each on its own date from {} to {}", date(first), date(last))
    } else {
        format!(" on {}", date(last))
    }
}

/// Under which law an answer stands, where that is not the law of its date.
#[must_use]
pub fn under_law(law: Option<Date>) -> String {
    law.map(|law| format!(", under the rules and numbers of {}", date(law))).unwrap_or_default()
}

/// What a run took otherwise than the policy's files say, where it did.
#[must_use]
pub fn on_trial(trial: &[String]) -> String {
    if trial.is_empty() { String::new() } else { format!(", a trial with {}", trial.join("; ")) }
}

/// A standard of contact: every 3 weeks, face to face.
#[must_use]
pub fn contact(standard: &ContactStandard) -> String {
    let mode = match standard.mode.as_str() {
        "hub" => "face to face, by telephone or video".to_owned(),
        "custody" => "prison visit or video".to_owned(),
        mode => spoken(mode),
    };
    match standard.times {
        1 => format!("{}, {mode}", period(standard.every, standard.unit)),
        times => format!("{times} contacts {}, {mode}", period(standard.every, standard.unit)),
    }
}

/// Who holds a case: probation officer, front office.
#[must_use]
pub fn allocation(allocation: &Allocation) -> String {
    let from = match allocation.from {
        Place::FrontOffice => "front office",
        Place::OperationalHub => "operational hub",
        Place::CommunityHub => "community hub",
    };
    format!("{}, {from}", grade(allocation.grade))
}

/// A grade of officer.
#[must_use]
pub const fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Po => "probation officer",
        Grade::Pso => "probation services officer",
        Grade::Pqip => "trainee probation officer",
        Grade::Spo => "senior probation officer",
    }
}

/// What follows the code of a flag: how grave it is, its sentence, and who has looked at it.
#[must_use]
pub fn said_of(flag: &Flag) -> String {
    let severity = flag.severity.as_ref().map(|severity| format!(" ({severity})")).unwrap_or_default();
    let seen = flag.acknowledged.as_ref();
    let seen = seen.map(|seen| format!(" - acknowledged by {} on {}: {}", seen.by, date(seen.date), seen.reason));
    format!("{severity}: {}{}", flag.text, seen.unwrap_or_default())
}

/// What a rule read.
#[must_use]
pub fn saw(reads: &[ReadReason]) -> String {
    if reads.is_empty() {
        return "nothing of the case".to_owned();
    }
    let one = |read: &ReadReason| {
        let line = read.line.map(|line| format!("line {line}"));
        let places: Vec<String> = read.source.iter().map(ToString::to_string).chain(line).collect();
        let line = if places.is_empty() { String::new() } else { format!(" ({})", places.join(", ")) };
        let presumed = if read.origin == Origin::Presumed { ", presumed" } else { "" };
        format!("{} {}{presumed}{line}", read.path, read.value)
    };
    reads.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// A list in words: a, b and c.
#[must_use]
pub fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Text broken into lines of at most `width` columns, each after `indent`.
#[must_use]
pub fn wrapped(text: &str, indent: &str, width: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let options = textwrap::Options::new(width)
        .initial_indent(indent)
        .subsequent_indent(indent)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    if words.is_empty() { String::new() } else { textwrap::fill(&words.join(" "), options) + "\n" }
}

/// Most words that are listed where they can be said as what is left over.
const MANY_WORDS: usize = 6;

/// What the values of a missing fact leave open: `below 50 Amber, from 90 Red`.
#[must_use]
pub fn unsettled(fact: &Unsettled) -> String {
    let tiers = |stretch: &Stretch| match (&stretch.lowest, &stretch.highest) {
        (Some(lowest), Some(highest)) if lowest != highest => format!("{lowest} to {highest}"),
        (None, Some(highest)) => format!("{highest} or outside the order"),
        (_, Some(tier)) => tier.clone(),
        (_, None) => "outside the order".to_owned(),
    };
    let said = |(stretch, is_rest): (&Stretch, bool)| {
        let bounds =
            [("from", &stretch.from), ("above", &stretch.above), ("below", &stretch.below), ("up to", &stretch.up_to)];
        let bounds = bounds.into_iter().filter_map(|(word, bound)| Some(format!("{word} {}", bound.as_ref()?)));
        let bounds = bounds.collect::<Vec<_>>().join(" ");
        let values = match (&stretch.from, &stretch.up_to) {
            _ if is_rest => "otherwise".to_owned(),
            (Some(one), Some(last)) if one == last => one.to_string(),
            _ if bounds.is_empty() => stretch.words.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or "),
            _ => bounds,
        };
        format!("{values} {}", tiers(stretch))
    };
    if let [all] = fact.gives.as_slice() {
        return format!("together with the others {}", tiers(all));
    }
    // A long list of words is said last, by what is left over.
    let rest = fact.gives.iter().filter(|stretch| stretch.words.len() > MANY_WORDS).max_by_key(|one| one.words.len());
    let is_rest = |stretch: &Stretch| rest.is_some_and(|rest| std::ptr::eq(rest, stretch));
    let others = fact.gives.iter().filter(|stretch| !is_rest(stretch)).map(|stretch| (stretch, false));
    others.chain(rest.map(|rest| (rest, true))).map(said).collect::<Vec<_>>().join(", ")
}
