//! JSON as a tree that remembers where every value stands: the tree and the limits of [`super::document`], by JSON's own
//! rules. YAML takes more than JSON, and not quite all of it.

use super::{
    document::{Builder, Content, MAX_BYTES, Node},
    fault::{Fault, Mark, Wrong},
};

/// Reads the one value of a JSON text.
///
/// # Errors
///
/// When the text is not well-formed JSON, repeats a key, or goes past a limit.
pub fn parse(text: &str) -> Result<Node, Fault> {
    if text.len() > MAX_BYTES {
        return Err(Fault::whole(Wrong::TooLarge { limit: MAX_BYTES }));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(|error| fault(&error))?;
    Tokens { rest: text, at: Mark { line: 1, column: 1 } }.build()
}

/// serde's own error as ours: its words without the place, and the place.
fn fault(error: &serde_json::Error) -> Fault {
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or(&said).to_owned();
    Fault::at("", Some(Mark { line: error.line(), column: error.column().max(1) }), Wrong::Syntax { said })
}

/// The tokens of a text that is known to be well-formed, with the place of the next one.
struct Tokens<'a> {
    rest: &'a str,
    at: Mark,
}

impl Tokens<'_> {
    fn build(mut self) -> Result<Node, Fault> {
        let mut tree = Builder::default();
        while let Some(first) = self.rest.chars().next() {
            let at = self.at;
            match first {
                '{' => tree.open(Content::Map(Vec::new()), 0, at)?,
                '[' => tree.open(Content::List(Vec::new()), 0, at)?,
                '}' | ']' => tree.close(at)?,
                '"' => {
                    let mut strings = serde_json::Deserializer::from_str(self.rest).into_iter();
                    let text = strings.next().transpose().map_err(|error| Fault { at: Some(at), ..fault(&error) })?;
                    self.take(strings.byte_offset());
                    let Some(text) = text else { break };
                    tree.scalar(text, false, 0, at)?;
                    continue;
                }
                ',' | ':' | ' ' | '\t' | '\n' | '\r' => {}
                _ => {
                    let end = self.rest.find([',', '}', ']', ' ', '\t', '\n', '\r']).unwrap_or(self.rest.len());
                    let word = self.take(end).to_owned();
                    tree.scalar(word, true, 0, at)?;
                    continue;
                }
            }
            self.take(1);
        }
        tree.done.ok_or(Fault::whole(Wrong::Empty))
    }
}

impl<'a> Tokens<'a> {
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        if taken == "\n" {
            self.at = Mark { line: self.at.line + 1, column: 1 };
        } else {
            self.at.column += taken.chars().count();
        }
        taken
    }
}
