//! A line of a script, word by word.

/// A word, a sign or a text of a line, with its column, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'t> {
    pub text: &'t str,
    pub column: usize,
}

/// The words, signs and texts of a line, up to a comment.
pub(super) fn words(line: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let (mut rest, mut column) = (line, 1);
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("//") {
            break;
        }
        let is_name = |sign: char| sign.is_alphanumeric() || sign == '_';
        let is_sign = |sign: char| "=<>!&|+-:#".contains(sign);
        let end = match first {
            '"' | '`' => rest.get(1..).and_then(|inside| inside.find(first)).map_or(rest.len(), |at| at + 2),
            first if first.is_ascii_digit() => {
                rest.find(|sign: char| !(sign.is_ascii_digit() || sign == '_')).unwrap_or(rest.len())
            }
            first if is_name(first) => rest.find(|sign| !is_name(sign)).unwrap_or(rest.len()),
            '(' if rest.starts_with("(*") => 2,
            first if is_sign(first) => rest.find(|sign| !is_sign(sign)).unwrap_or(rest.len()),
            first => first.len_utf8(),
        };
        let (word, more) = rest.split_at(end);
        if !first.is_whitespace() {
            found.push(Word { text: word, column });
        }
        column += word.chars().count();
        rest = more;
    }
    found
}
