//! What to do about a fault, and the word that was probably meant.

use super::Wrong;
use crate::case::{
    advice::{CONFLICT, DAY_ALONE, ONE_VERSION, TRUTH, folded},
    domain::quoted,
};

impl Wrong {
    pub(super) fn help(&self) -> Option<String> {
        match self {
            Self::Unmapped { remedy, .. } => Some(remedy.clone()),
            Self::Mapped { wrong, by } => {
                Some(wrong.help().map_or_else(|| format!("mapped by {by}"), |help| format!("{help}; mapped by {by}")))
            }
            Self::UnknownKey { key, known } => Some(instead(nearest(key, known), known)),
            Self::UnknownWord { meant: None, advice: Some(advice), .. }
            | Self::WrongKind { advice: Some(advice), .. }
            | Self::OutOfDomain { advice: Some(advice), .. } => Some((*advice).to_owned()),
            Self::UnknownWord { known, meant, .. } => Some(instead(meant.as_deref(), known)),
            Self::WrongKind { found, expected, .. } if expected.contains("reference") && found.contains("number") => {
                Some("put it in quotes".to_owned())
            }
            Self::OutOfDomain { expected, advice: None } => of_own_input(expected).map(str::to_owned),
            Self::WrongKind { expected, .. } if expected.starts_with("a list") => {
                Some("write each entry on a line of its own after `- `, or all of them in brackets: [a, b]".to_owned())
            }
            Self::Cells { there, known, delimiter } if there > known => {
                Some(format!("put a cell in which {delimiter} stands in quotes"))
            }
            Self::Cells { .. } => {
                Some("give every row a cell for each column, an empty one where nothing is known".to_owned())
            }
            Self::SheetCell(cell) => Some(cell.remedy().to_owned()),
            Self::NoWorkbook { .. } => Some("save it as .xlsx without a password, or as CSV".to_owned()),
            Self::NoSheet { known } => Some(format!("it has {known}")),
            Self::NoHeadedSheet { hidden } if !hidden.is_empty() => {
                Some(format!("hidden sheets are passed over, unless one is named with `--sheet`: {hidden}"))
            }
            Self::SeveralSheets { known } => Some(format!("say which with `--sheet`: {known}")),
            Self::NamelessColumn => Some("name the column in the header, or empty its cells".to_owned()),
            Self::Empty => Some("write a case into it; the least is a line `crn: X320741`".to_owned()),
            Self::NoHeader | Self::NoHeadedSheet { .. } => {
                Some("`brag show inputs --format csv` prints one".to_owned())
            }
            Self::DuplicateKey => Some("keep one of the two".to_owned()),
            Self::DateOrder { .. } => Some("one of the dates is wrong: look them up, and correct that one".to_owned()),
            Self::SeveralDocuments => Some("one case a file: split it at the `---` line".to_owned()),
            Self::NotUtf8 => {
                Some("save the file as UTF-8, or say how it is written, such as `--encoding windows-1252`".to_owned())
            }
            Self::Contradiction { remedy, .. } => Some((*remedy).to_owned()),
            Self::Syntax { said } => of_syntax(said).map(str::to_owned),
            Self::Tag => Some("remove the `!` tag".to_owned()),
            _ => None,
        }
    }
}

/// What to write for an input of a policy's own, which may be given as anything.
fn of_own_input(expected: &str) -> Option<&'static str> {
    match expected {
        "true or false" => Some(TRUTH),
        expected if expected.starts_with("a date") => Some(DAY_ALONE),
        _ => None,
    }
}

/// What to do about what a parser says of a text, by a word of what it says.
fn of_syntax(said: &str) -> Option<&'static str> {
    const INDENT: &str =
        "begin the keys that belong together under each other, and put a text with `: ` in it in quotes";
    const REMEDIES: [(&str, &str); 15] = [
        (CONFLICT, ONE_VERSION),
        ("mapping values are not allowed", INDENT),
        ("did not find expected key", INDENT),
        ("did not find expected '-' indicator", "begin the entries of a list under each other, each with `- `"),
        ("cannot start any token", "put a text that begins with `@`, `%` or a backtick in quotes"),
        ("unprintable character", "take the character away: this is text with something else in it, or no text at all"),
        ("trailing characters", "take away what follows the end; a file of one document a line is called .jsonl"),
        ("trailing comma", "take away the comma before the bracket"),
        ("key must be a string", "put every key in double quotes, and no comma before a bracket that closes"),
        ("EOF while parsing", "the text ends before everything is closed that it opens: is it all there?"),
        ("the list does not end", "the text ends before everything is closed that it opens: is it all there?"),
        ("expected a comma or the end of the list", "put a comma between two cases"),
        ("expected `,`", "put a comma between two entries"),
        ("expected value", "a value is missing there, or it is a text: put texts in double quotes"),
        ("<document start>", "begin every key that stands in no other at the beginning of its line"),
    ];
    REMEDIES.iter().find(|(word, _)| said.contains(word)).map(|(_, remedy)| *remedy)
}

fn instead(meant: Option<&str>, known: &[String]) -> String {
    meant.map_or_else(|| format!("known here: {}", quoted(known)), |meant| format!("did you mean `{meant}`?"))
}

/// The longest word that is compared with those that are known, in bytes.
const MAX_COMPARED: usize = 200;

/// The known word that was probably meant, if one is near enough.
#[must_use]
pub fn nearest<'a>(word: &str, known: &'a [impl AsRef<str>]) -> Option<&'a str> {
    if word.len() > MAX_COMPARED {
        return None;
    }
    let wanted = folded(word);
    let alike = |one: &str| strsim::jaro_winkler(word, one).max(strsim::jaro_winkler(&wanted, &folded(one)));
    let ranked = known.iter().map(|one| (alike(one.as_ref()), one.as_ref()));
    let best = ranked.max_by(|left, right| left.0.total_cmp(&right.0).then_with(|| right.1.cmp(left.1)))?;
    (best.0 > 0.8).then_some(best.1)
}
