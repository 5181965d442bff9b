//! The form of a table: what somebody says of it, on a command line or in the `source:` part of a mapping. What is not said is
//! found out from the table itself.

use encoding_rs::Encoding;
use std::fmt;

/// What is said of a table. Nothing is said by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableForm {
    /// What stands between two cells.
    pub delimiter: Option<Delimiter>,
    /// How its text is written in bytes.
    pub encoding: Option<TextEncoding>,
    /// Lines before the one that names the columns.
    pub title_lines: Option<usize>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
}

impl TableForm {
    /// What is said here, and of the rest what is said there.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self {
            delimiter: self.delimiter.or(other.delimiter),
            encoding: self.encoding.or(other.encoding),
            title_lines: self.title_lines.or(other.title_lines),
            sheet: self.sheet.clone().or_else(|| other.sheet.clone()),
        }
    }
}

/// What stands between two cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Delimiter {
    /// `,`
    #[default]
    Comma,
    /// `;`, as spreadsheets write where a comma stands in numbers.
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Bar,
}

impl Delimiter {
    /// Every one, in the order in which they are looked for.
    pub const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Bar];

    /// Its byte.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Bar => b'|',
        }
    }

    /// Reads the sign itself, or its name.
    ///
    /// # Errors
    ///
    /// When it is none of them; the sentence says which there are.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text {
            "," | "comma" => Ok(Self::Comma),
            ";" | "semicolon" => Ok(Self::Semicolon),
            "\t" | "\\t" | "tab" => Ok(Self::Tab),
            "|" | "bar" => Ok(Self::Bar),
            _ => Err("expected comma, semicolon, tab or bar, or the sign itself".to_owned()),
        }
    }
}

/// As it is said in a sentence.
impl fmt::Display for Delimiter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Comma => "`,`",
            Self::Semicolon => "`;`",
            Self::Tab => "tabs",
            Self::Bar => "`|`",
        })
    }
}

/// How text is written in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextEncoding(pub &'static Encoding);

impl TextEncoding {
    /// Reads a name of the Encoding Standard, such as `utf-8`, `utf-16le` or `windows-1252`.
    ///
    /// # Errors
    ///
    /// When there is no such encoding.
    pub fn parse(name: &str) -> Result<Self, String> {
        let expected = || "expected an encoding such as utf-8, utf-16le or windows-1252".to_owned();
        Encoding::for_label(name.as_bytes()).map(Self).ok_or_else(expected)
    }
}

impl fmt::Display for TextEncoding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The standard's names are in capitals here and there.
        out.write_str(&self.0.name().to_lowercase())
    }
}
