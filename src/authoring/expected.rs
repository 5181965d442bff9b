//! What a worked case expects: what a program writes there, and names that no policy at work bears, of which a test would say
//! nothing.

use crate::{
    authoring::worked::Answer,
    case::{
        expect::{Expect, ExpectedTier, TierBounds},
        fault::{Fault, Mark, Wrong, nearest},
        value::Value,
    },
    policy::{Policy, source::Shelf},
};

/// The flags that the program itself raises.
const OWN_FLAGS: [&str; 2] = ["override_lowers", "override_not_applied"];

/// The first rule or flag in what must come out that nothing bears the name of; `text` is the file, to find its line.
///
/// A policy that runs alone does not know the flags of those that could run with it, on its shelf or built in: of these nothing is
/// said.
#[must_use]
pub fn unknown(expect: &Expect, policy: &Policy, shelf: &Shelf, text: &str) -> Option<Fault> {
    if expect.tier == Some(ExpectedTier::Within(TierBounds::default())) {
        let said = "names no tier, so that it holds whatever comes out".to_owned();
        let at = found_in(text, |line| line.find("tier"));
        return Some(Fault::at("expect.tier", at, Wrong::Other { said }));
    }
    let members = || std::iter::once(policy).chain(policy.companions());
    let rules: Vec<String> = members()
        .flat_map(|member| member.rules().chain(member.reserved()))
        .map(|rule| rule.name.to_string())
        .collect();
    let fired = expect.fired.iter().map(|rule| ("fired", rule));
    if let Some((path, rule)) = fired.into_iter().find(|(_, rule)| !rules.iter().any(|known| known == rule.as_str())) {
        return Some(fault(path, "rule", rule.as_str(), &rules, text));
    }
    // A code may be handed on to a helper that raises it: any word of a script can be one.
    let words = members().flat_map(|member| &member.program().constants).filter_map(|value| match value {
        Value::Text(word) => Some(word.to_string()),
        _ => None,
    });
    let codes: Vec<String> = words.chain(OWN_FLAGS.map(str::to_owned)).collect();
    let flags = &expect.flags;
    let named = [("flags.include", Some(&flags.include)), ("flags.exclude", Some(&flags.exclude))];
    let named = named.into_iter().chain([("flags.all_by_reference", flags.all_by_reference.as_ref())]);
    let mut all = named.flat_map(|(path, words)| words.into_iter().flatten().map(move |word| (path, word)));
    let is_elsewhere = |word: &str| [shelf, &Shelf::Shipped].iter().any(|shelf| shelf.spells(word));
    let (path, word) = all.find(|(_, word)| {
        let is_known = codes.iter().any(|known| known == word.as_str());
        !is_known && (!policy.companions().is_empty() || !is_elsewhere(word.as_str()))
    })?;
    Some(fault(path, "flag", word.as_str(), &codes, text))
}

fn fault(path: &str, what: &str, word: &str, known: &[String], text: &str) -> Fault {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let column = |line: &str| {
        let mut found = line.match_indices(word).filter(|(at, _)| {
            let (before, after) = (line.get(..*at).unwrap_or(""), line.get(at + word.len()..).unwrap_or(""));
            !before.ends_with(is_part) && !after.starts_with(is_part)
        });
        found.next().map(|(at, _)| at)
    };
    let at = found_in(text, column);
    let meant = nearest(word, known).map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
    let said = format!("no policy at work has a {what} of this name{meant}");
    Fault::at(format!("expect.{path}"), at, Wrong::Other { said })
}

/// Where something stands in what must come out, which is looked for in a line; it gives its place there in bytes.
fn found_in(text: &str, in_line: impl Fn(&str) -> Option<usize>) -> Option<Mark> {
    let expects = text.lines().position(|line| line.trim_start().trim_start_matches('"').starts_with("expect"));
    let mut lines = text.lines().enumerate().skip(expects.unwrap_or(0));
    lines.find_map(|(number, line)| {
        let before = line.get(..in_line(line)?)?;
        Some(Mark { line: number + 1, column: before.chars().count() + 1 })
    })
}

/// What comes out now, as an expectation that somebody must confirm.
#[must_use]
pub fn expectation(answer: &Answer) -> String {
    let decision = &answer.assessment.decision;
    let fired: Vec<&str> = decision.reasons.iter().filter(|reason| reason.fired).map(|reason| &*reason.rule).collect();
    let mut parts = Vec::new();
    if let Some(tier) = &decision.tier {
        parts.push(format!("tier: {}", quoted_where_needed(tier)));
    }
    if decision.provisional {
        parts.push("provisional: true".to_owned());
    }
    if !decision.points.is_empty() {
        let points: Vec<String> = decision.points.iter().map(|(axis, points)| format!("{axis}: {points}")).collect();
        parts.push(format!("points: {{{}}}", points.join(", ")));
    }
    parts.push(format!("fired: [{}]", fired.join(", ")));
    parts.push("unconfirmed: true".to_owned());
    format!("{{{}}}", parts.join(", "))
}

/// A word as YAML reads it back: in quotes where it looks like another kind of value, such as `true` or `2.0`.
fn quoted_where_needed(word: &str) -> String {
    let is_plain = matches!(serde_yaml::from_str(word), Ok(serde_yaml::Value::String(read)) if read == word);
    // Inside braces a comma or bracket would end it.
    let is_plain = is_plain && !word.contains([',', '[', ']', '{', '}', ':', '#']);
    if is_plain { word.to_owned() } else { serde_json::Value::from(word).to_string() }
}
