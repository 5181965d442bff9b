//! The slips of the pen that people make most, told by what stands where the parser stopped: what was meant, and how it is
//! written.

use super::{
    arrow::of_arrow,
    heads::{head_of, of_head, of_name},
    line::{Word, words},
    messages::SlipMessage,
};
use crate::{
    case::{
        advice::{CONFLICT, ONE_VERSION, QUOTES, conflict},
        fault::nearest,
    },
    language::{builtins, tree::Place},
};
use rhai::{LexError, ParseErrorType};

/// Words of other languages and of plain English, and what is written instead.
const INSTEAD: &[(&str, &str)] = &[
    ("and", "&&"),
    ("or", "||"),
    ("is", "=="),
    ("equals", "=="),
    ("elif", "else if"),
    ("elsif", "else if"),
    ("elseif", "else if"),
    ("function", "fn"),
    ("func", "fn"),
    ("fun", "fn"),
    ("def", "fn"),
    ("rule", "fn"),
    ("pub", "fn"),
    ("public", "fn"),
    ("var", "let"),
    ("set", "let"),
    ("int", "let"),
    ("string", "let"),
    ("null", "()"),
    ("nil", "()"),
    ("void", "()"),
    ("match", "switch"),
    ("case", "switch"),
    ("foreach", "for"),
    ("===", "=="),
    ("!==", "!="),
    ("<>", "!="),
    ("=<", "<="),
    ("=>", ">="),
    (":=", "="),
    ("<-", "="),
    ("->", "=>"),
    ("#", "//"),
    ("#!", "//"),
    ("--", "//"),
    ("(*", "//"),
    ("++", "+= 1"),
    ("\u{2264}", "<="),
    ("\u{2265}", ">="),
    ("\u{2260}", "!="),
    ("\u{00d7}", "*"),
    ("\u{00f7}", "/"),
    ("\u{2013}", "-"),
    ("\u{2014}", "-"),
    ("\u{2212}", "-"),
];

/// The words that a statement or a function begins with.
const BEGINNINGS: &[&str] =
    &["let", "if", "else", "for", "switch", "return", "throw", "break", "continue", "const", "import", "private", "fn"];

/// What stands before a name that somebody chooses.
const NAMING: &[&str] = &["let", "fn", "const", "for", "as", ".", "|", ","];

/// What was meant where the parser stopped, if it is a slip that people make.
pub(super) fn slip(error: &ParseErrorType, stopped: Place, text: &str) -> Option<SlipMessage> {
    if let Some(line) = conflict(text) {
        let at = Place { line: place(line), column: 1 };
        return Some(SlipMessage { message: CONFLICT.to_owned(), help: ONE_VERSION.to_owned(), at });
    }
    let (number, column) = (stopped.line as usize, stopped.column as usize);
    if *error == ParseErrorType::WrongDocComment {
        return below_a_comment(number, text);
    }
    let line = text.lines().nth(number.checked_sub(1)?)?;
    let words = words(line);
    let holds = |word: &Word<'_>| word.column <= column && column < word.column + word.text.chars().count();
    let at = words.iter().position(holds);
    let near = |step: isize| words.get(at?.checked_add_signed(step)?).copied();
    let here = |word: Word<'_>, (message, help): (String, String)| SlipMessage {
        message,
        help,
        at: Place { line: place(number), column: place(word.column) },
    };
    let found = match error {
        ParseErrorType::BadInput(LexError::UnterminatedString) if line.contains(QUOTES) => {
            return curly(number, line);
        }
        ParseErrorType::BadInput(LexError::UnexpectedInput(sign)) if sign.contains(QUOTES) => {
            return curly(number, line);
        }
        ParseErrorType::MissingToken(..) if near(0).is_some_and(|word| word.text.starts_with(QUOTES)) => {
            return curly(number, line);
        }
        ParseErrorType::FnMissingBody(name) if !name.is_empty() => {
            let help = of_head(name, head_of(name, number, text));
            return Some(SlipMessage { message: format!("`{name}` does not say what it does"), help, at: stopped });
        }
        ParseErrorType::Reserved(_) if near(-1).is_some_and(|before| NAMING.contains(&before.text)) => None,
        ParseErrorType::BadInput(_) | ParseErrorType::Reserved(_) => near(0).and_then(of_word).zip(near(0)),
        ParseErrorType::FnMissingParams(name) => match near(0).and_then(|word| of_name(word, line)).zip(near(0)) {
            None => {
                let help = of_head(name, head_of(name, number, text));
                return Some(SlipMessage {
                    message: format!("`{name}` does not say what it takes"),
                    help,
                    at: stopped,
                });
            }
            found => found,
        },
        ParseErrorType::MissingToken(token, _) => {
            let ahead = at.and_then(|at| words.get(..at)).unwrap_or_default();
            let around = Around { token, ahead, before: near(-1), word: near(0), next: near(1) };
            around.slip().or_else(|| around.run_together(line))
        }
        _ => None,
    };
    let found = found.map(|(said, word)| here(word, said));
    let found = found.or_else(|| of_sign(error, number, column));
    found.or_else(|| percent(number, text))
}

/// What the parser stopped at, with what stands before and behind it in the line.
struct Around<'w> {
    /// What the parser looked for.
    token: &'w str,
    /// The words before it.
    ahead: &'w [Word<'w>],
    before: Option<Word<'w>>,
    word: Option<Word<'w>>,
    next: Option<Word<'w>>,
}

impl<'w> Around<'w> {
    fn slip(&self) -> Option<((String, String), Word<'w>)> {
        let word = self.word?;
        let said = |message: &str, help: &str| (message.to_owned(), help.to_owned());
        let lower = word.text.to_lowercase();
        match (lower.as_str(), self.token) {
            ("then", _) => return Some((said("`then` is no word of the language", "write `if ... { ... }`"), word)),
            (":", "{") => {
                let help = "put what is done in braces: `if ... { ... }`";
                return Some((said("`:` does not begin what is done", help), word));
            }
            ("is", _) if self.next.is_some_and(|next| next.text == "not") => {
                return Some((said("`is not` is no word of the language", "write `!=`"), word));
            }
            (":", "=>") => return Some((said("`:` does not stand behind a label of a `switch`", "write `=>`"), word)),
            ("=>", "=>") => return None,
            ("=>", _) => return Some((of_arrow(self.ahead), word)),
            _ => {}
        }
        if let Some(said) = of_word(word) {
            return Some((said, word));
        }
        let before = self.before.filter(|before| before.text.starts_with(char::is_alphabetic))?;
        let joined = format!("{}_{}", before.text, word.text);
        if builtins::exists(&joined) {
            let message = format!("`{} {}` is no word of the language", before.text, word.text);
            return Some(((message, format!("write `{joined}`")), before));
        }
        if before.text.eq_ignore_ascii_case("not") {
            let help = "write `!` before what is not to hold: `!person.iom`, `!(a == b)`";
            return Some((said("`not` is no word of the language", help), before));
        }
        let usages: Vec<&str> = builtins::all().filter(|one| one.name == before.text).map(|one| one.usage).collect();
        if builtins::is_word(before.text) && word.text != "(" && !usages.is_empty() {
            let message = format!("`(` is missing behind `{}`", before.text);
            return Some(((message, format!("write `{}`", usages.join("` or `"))), before));
        }
        if word.text.starts_with(char::is_alphabetic) || word.text.starts_with('"') || self.token == ";" {
            return of_word(before).or_else(|| misspelt(before)).map(|said| (said, before));
        }
        None
    }

    /// A number with letters behind it.
    fn run_together(&self, line: &str) -> Option<((String, String), Word<'w>)> {
        let (before, word) = (self.before?, self.word?);
        let is_number = before.text.starts_with(|first: char| first.is_ascii_digit());
        let touch = before.column + before.text.chars().count() == word.column;
        if !(is_number && touch && word.text.starts_with(char::is_alphanumeric)) {
            return None;
        }
        let whole: String = line.chars().skip(before.column - 1).take_while(|sign| sign.is_alphanumeric()).collect();
        let help = "write its digits, as `1000`; its unit belongs in parameters.yaml";
        Some(((format!("`{whole}` is no number"), help.to_owned()), before))
    }
}

/// A word that the language does not have, where it is known what is written instead.
fn of_word(word: Word<'_>) -> Option<(String, String)> {
    let lower = word.text.to_lowercase();
    let (_, instead) = INSTEAD.iter().find(|(known, _)| *known == lower)?;
    let what = if lower.starts_with(char::is_alphabetic) && lower.is_ascii() { "word" } else { "sign" };
    let help = match *instead {
        "fn" => "write `fn name(person) { ... }`, and `private fn` for a helper".to_owned(),
        "//" if lower == "--" => "a comment begins with `//`, and a number below 0 with one `-`".to_owned(),
        "//" => "a comment begins with `//`".to_owned(),
        "()" => "nothing is written `()`; whether a case gives something is `known(...)`".to_owned(),
        instead => format!("write `{instead}`"),
    };
    Some((format!("`{}` is no {what} of the language", word.text), help))
}

/// A sign that the parser names itself, having gone on behind it.
fn of_sign(error: &ParseErrorType, number: usize, column: usize) -> Option<SlipMessage> {
    let (ParseErrorType::Reserved(sign)
    | ParseErrorType::UnknownOperator(sign)
    | ParseErrorType::BadInput(LexError::ImproperSymbol(sign, _))) = error
    else {
        return None;
    };
    let sign = Word { text: sign.as_str(), column };
    let (message, help) = of_word(sign).filter(|_| !sign.text.starts_with(char::is_alphabetic))?;
    Some(SlipMessage { message, help, at: Place { line: place(number), column: place(column) } })
}

/// A word before another, which begins nothing.
fn misspelt(word: Word<'_>) -> Option<(String, String)> {
    let meant = nearest(word.text, BEGINNINGS).filter(|meant| *meant != word.text)?;
    Some((format!("`{}` is no word of the language", word.text), format!("did you mean `{meant}`?")))
}

/// A quotation mark as word processors write them.
fn curly(number: usize, line: &str) -> Option<SlipMessage> {
    let (before, mark) = line.chars().enumerate().find(|(_, sign)| QUOTES.contains(sign))?;
    Some(SlipMessage {
        message: format!("`{mark}` is a quotation mark of a word processor"),
        help: "a text stands in straight ones: `\"high\"`".to_owned(),
        at: Place { line: place(number), column: place(before + 1) },
    })
}

/// A `///` line that no function stands below.
fn below_a_comment(number: usize, text: &str) -> Option<SlipMessage> {
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    let (line, code) = (1..).zip(text.lines()).skip(number.checked_sub(1)?).find(|(_, line)| is_code(line))?;
    let words = words(code);
    let first = words.first().copied().filter(|word| !BEGINNINGS.contains(&word.text))?;
    let (message, help) = of_word(first).or_else(|| misspelt(first))?;
    Some(SlipMessage { message, help, at: Place { line: place(line), column: place(first.column) } })
}

/// A percentage, in the function in which the parser stopped: for the grammar what follows is divided by.
fn percent(number: usize, text: &str) -> Option<SlipMessage> {
    let above: Vec<&str> = text.lines().take(number).collect();
    for (at, line) in above.iter().enumerate().rev() {
        let words = words(line);
        for (index, _) in words.iter().enumerate().filter(|(_, word)| word.text == "%") {
            let before = index.checked_sub(1).and_then(|before| words.get(before));
            let is_number = before.is_some_and(|before| before.text.starts_with(|first: char| first.is_ascii_digit()));
            let ends = words
                .get(index + 1)
                .is_none_or(|next| matches!(next.text, "{" | ")" | ";" | "," | "&&" | "||" | "}" | "]"));
            if let Some(before) = before.filter(|_| is_number && ends) {
                return Some(SlipMessage {
                    message: format!("`{}%` is no number", before.text),
                    help: format!("write `{}`: a score in per cent is its number alone", before.text),
                    at: Place { line: place(at + 1), column: place(before.column) },
                });
            }
        }
        if line.starts_with("fn ") || line.starts_with("private fn ") {
            return None;
        }
    }
    None
}

fn place(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(0)
}
