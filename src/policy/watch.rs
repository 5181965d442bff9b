//! A copy of a script in which every condition tells what it came out as: how a run learns which conditions were taken both
//! ways. The copy answers as the script does; only runs that measure coverage use it.
//!
//! A condition is an operand of `&&` or `||`, or what `if` and `while` ask when it has none; an arm is one way through a
//! `switch`. They are wrapped in the text, because positions and meaning stay the same there.

use crate::policy::{
    script_value::session_of,
    watch_words::{Word, words},
};
use rhai::{Dynamic, Engine, NativeCallContext};
use std::{
    collections::BTreeMap,
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

const SEEN: &str = "brag_seen";

/// A condition or an arm of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// How messages call the file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// As it stands in the script.
    pub text: String,
    /// An arm of a `switch` is only ever taken or not.
    pub is_arm: bool,
}

/// What conditions came out as, by their number: whether false and whether true was seen.
pub type Seen = BTreeMap<usize, [bool; 2]>;

/// The conditions of a policy and what they came out as.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    conditions: Vec<Condition>,
    seen: Arc<Mutex<Seen>>,
}

impl Watch {
    /// The conditions, in the order of the files.
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// What was seen since the last time.
    #[must_use]
    pub fn take(&self) -> Seen {
        std::mem::take(&mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Wraps every condition of a script.
    pub(super) fn over(&mut self, file: &str, text: &str) -> String {
        let mut marks: Vec<(usize, bool, String)> = Vec::new();
        for (range, is_arm) in conditions(text) {
            let written = text.get(range.clone()).unwrap_or_default();
            let line = text.get(..range.start).unwrap_or_default().matches('\n').count() + 1;
            let number = self.conditions.len();
            let shown = written.split_whitespace().collect::<Vec<_>>().join(" ");
            self.conditions.push(Condition { file: file.to_owned(), line, text: shown, is_arm });
            if is_arm && written.starts_with('{') {
                marks.push((range.start + 1, false, format!("{SEEN}({number}, true);")));
            } else {
                marks.push((range.start, false, format!("{SEEN}({number}, ")));
                marks.push((range.end, true, ")".to_owned()));
            }
        }
        // Where one ends as another begins, the end comes first; the wraps never cross.
        marks.sort_by_key(|(at, ends, _)| (*at, !ends));
        let mut out = String::with_capacity(text.len() * 2);
        let mut done = 0;
        for (at, _, mark) in marks {
            out.push_str(text.get(done..at).unwrap_or_default());
            out.push_str(&mark);
            done = at;
        }
        out + text.get(done..).unwrap_or_default()
    }

    /// Adds the word that tells. What a rule does on values that are only tried for a missing fact does not count.
    pub(super) fn register(&self, engine: &mut Engine) {
        let seen = Arc::clone(&self.seen);
        let arms: Vec<bool> = self.conditions.iter().map(|condition| condition.is_arm).collect();
        engine.register_fn(SEEN, move |context: NativeCallContext<'_>, number: i64, value: Dynamic| {
            let trying = session_of(&context).is_ok_and(|session| session.lock().is_trying());
            let number = usize::try_from(number).unwrap_or(usize::MAX);
            let is_arm = arms.get(number).copied().unwrap_or(false);
            let came_out = if is_arm { Some(true) } else { value.as_bool().ok() };
            if let (Some(came_out), false) = (came_out, trying) {
                let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
                let [no, yes] = seen.entry(number).or_default();
                if came_out { *yes = true } else { *no = true }
            }
            value
        });
    }
}

/// The places of all conditions and arms in a script, in order.
fn conditions(text: &str) -> Vec<(Range<usize>, bool)> {
    let words = words(text);
    let mut found = Vec::new();
    group(&words, text, &mut found);
    // Where two begin together, the outer one is wrapped first.
    found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    found
}

/// One group: what stands between two brackets, or the whole script.
fn group(words: &[Word], text: &str, found: &mut Vec<(Range<usize>, bool)>) {
    let mut from = 0;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let after = if word.opens() { closing(words, at) } else { at };
        match word.text(text) {
            "{" => {
                segment(words.get(from..at).unwrap_or_default(), text, found);
                group(words.get(at + 1..after).unwrap_or_default(), text, found);
                from = after + 1;
            }
            "=>" => {
                segment(words.get(from..at).unwrap_or_default(), text, found);
                arm(words.get(at + 1..).unwrap_or_default(), text, found);
                from = at + 1;
            }
            "," | ";" | "=" | "+=" | "else" | "return" | "in" | ":" | "fn" if !word.is_operator() => {
                segment(words.get(from..at).unwrap_or_default(), text, found);
                from = at + 1;
            }
            // The parameters of a closure.
            "|" => {
                from = at + 1;
            }
            "if" | "while" => from = at,
            _ => {}
        }
        at = after.max(at) + 1;
    }
    segment(words.get(from..).unwrap_or_default(), text, found);
}

/// An arm ends at the comma or with its `switch`; a block ends by itself.
fn arm(words: &[Word], text: &str, found: &mut Vec<(Range<usize>, bool)>) {
    let Some(first) = words.first() else { return };
    let mut at = 0;
    let mut last = first;
    while let Some(word) = words.get(at).filter(|word| word.text(text) != ",") {
        at = if word.opens() { closing(words, at) } else { at };
        last = words.get(at).unwrap_or(word);
        if first.text(text) == "{" {
            break;
        }
        at += 1;
    }
    found.push((first.at.start..last.at.end, true));
}

/// One expression: its operands where it has `&&` or `||`, else the whole where `if` or `while` asks it.
fn segment(words: &[Word], text: &str, found: &mut Vec<(Range<usize>, bool)>) {
    let asked = words.first().is_some_and(|word| matches!(word.text(text), "if" | "while"));
    expression(if asked { words.get(1..).unwrap_or_default() } else { words }, asked, text, found);
}

fn expression(words: &[Word], asked: bool, text: &str, found: &mut Vec<(Range<usize>, bool)>) {
    let mut operands: Vec<&[Word]> = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(word) = words.get(at) {
        if matches!(word.text(text), "&&" | "||") {
            operands.push(words.get(from..at).unwrap_or_default());
            from = at + 1;
        }
        at = if word.opens() { closing(words, at) } else { at } + 1;
    }
    let is_condition = asked || !operands.is_empty();
    operands.push(words.get(from..).unwrap_or_default());
    for operand in operands {
        let bare = match operand.iter().position(|word| word.text(text) != "!") {
            Some(first) => operand.get(first..).unwrap_or_default(),
            None => continue,
        };
        let Some((first, last)) = bare.first().zip(bare.last()) else { continue };
        if first.text(text) == "(" && closing(bare, 0) + 1 == bare.len() {
            expression(bare.get(1..bare.len() - 1).unwrap_or_default(), is_condition, text, found);
            continue;
        }
        if is_condition {
            found.push((first.at.start..last.at.end, false));
        }
        inside(bare, text, found);
    }
}

/// The groups inside an operand: arguments, closures, lists.
fn inside(words: &[Word], text: &str, found: &mut Vec<(Range<usize>, bool)>) {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if word.opens() {
            let end = closing(words, at);
            group(words.get(at + 1..end).unwrap_or_default(), text, found);
            at = end;
        }
        at += 1;
    }
}

/// Where the bracket that opens at a word closes; the end where it does not.
fn closing(words: &[Word], at: usize) -> usize {
    let mut depth = 0_usize;
    for (index, word) in words.iter().enumerate().skip(at) {
        if word.opens() {
            depth += 1;
        } else if word.closes() {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return index;
            }
        }
    }
    words.len()
}
