//! The words and colours that people read: tiers, dates, standards, grades.

use crate::{
    case::words::{Grade, Place},
    decision::{
        reason::Flag,
        unsettled::{Stretch, Unsettled},
    },
    language::standard::{Allocation, ContactStandard, Unit},
};
use anstyle::{AnsiColor, Color, Effects, Style};
use jiff::civil::Date;

/// The colour of a tier, where it is called after one. A colour never stands without the word.
#[must_use]
pub fn tier_style(tier: &str) -> Style {
    let color = |color: AnsiColor| Style::new().fg_color(Some(Color::Ansi(color))).effects(Effects::BOLD);
    match tier {
        "Red" => color(AnsiColor::BrightRed),
        "Red-Amber" => color(AnsiColor::Red),
        "Amber" => color(AnsiColor::Yellow),
        "Green" => color(AnsiColor::Green),
        "Blue" => color(AnsiColor::BrightBlue),
        _ => Style::new().effects(Effects::BOLD),
    }
}

/// Text in a style, for a terminal; the stream strips it where it does not belong.
#[must_use]
pub fn styled(style: Style, text: &str) -> String {
    format!("{}{text}{}", style.render(), style.render_reset())
}

/// A heading's style.
#[must_use]
pub fn bold() -> Style {
    Style::new().effects(Effects::BOLD)
}

/// The style of what stands in the second row.
#[must_use]
pub fn dim() -> Style {
    Style::new().effects(Effects::DIMMED)
}

/// A date as people say it: 3 May 2019.
#[must_use]
pub fn date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// A word of the case model as people say it: `face_to_face` is face to face.
#[must_use]
pub fn spoken(word: &str) -> String {
    word.replace('_', " ")
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

/// A period: every week, every 3 weeks.
#[must_use]
pub fn period(every: u32, unit: Unit) -> String {
    let unit = match unit {
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
    };
    if every == 1 { format!("every {unit}") } else { format!("every {every} {unit}s") }
}

/// Who holds a case: probation officer, front office.
#[must_use]
pub fn allocation(allocation: &Allocation) -> String {
    let grade = match allocation.grade {
        Grade::Po => "probation officer",
        Grade::Pso => "probation services officer",
        Grade::Pqip => "trainee probation officer",
        Grade::Spo => "senior probation officer",
    };
    let from = match allocation.from {
        Place::FrontOffice => "front office",
        Place::OperationalHub => "operational hub",
        Place::CommunityHub => "community hub",
    };
    format!("{grade}, {from}")
}

/// What follows the code of a flag: how grave it is, its sentence, and who has looked at it.
#[must_use]
pub fn said_of(flag: &Flag) -> String {
    let severity = flag.severity.as_ref().map(|severity| format!(" ({severity})")).unwrap_or_default();
    let seen = flag.acknowledged.as_ref();
    let seen = seen.map(|seen| format!(" - acknowledged by {} on {}: {}", seen.by, date(seen.date), seen.reason));
    format!("{severity}: {}{}", flag.text, seen.unwrap_or_default())
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
    let mut lines = String::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && indent.len() + line.chars().count() + 1 + word.chars().count() > width {
            lines.push_str(&format!("{indent}{line}\n"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push_str(&format!("{indent}{line}\n"));
    }
    lines
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
        let values = match (&stretch.from, &stretch.below) {
            _ if is_rest => "otherwise".to_owned(),
            (Some(from), Some(below)) => format!("from {from} below {below}"),
            (Some(from), None) => format!("from {from}"),
            (None, Some(below)) => format!("below {below}"),
            (None, None) => stretch.words.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or "),
        };
        format!("{values} {}", tiers(stretch))
    };
    // A long list of words is said last, by what is left over.
    let rest = fact.gives.iter().filter(|stretch| stretch.words.len() > MANY_WORDS).max_by_key(|one| one.words.len());
    let is_rest = |stretch: &Stretch| rest.is_some_and(|rest| std::ptr::eq(rest, stretch));
    let others = fact.gives.iter().filter(|stretch| !is_rest(stretch)).map(|stretch| (stretch, false));
    others.chain(rest.map(|rest| (rest, true))).map(said).collect::<Vec<_>>().join(", ")
}
