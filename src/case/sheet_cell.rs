//! Cells of a sheet that cannot be taken as they are stored, and the mark that stands for each in a row of text.

use std::fmt::{self, Display};

/// Begins what stands for such a cell. No text of a workbook may hold it.
const MARK: char = '\u{fffe}';
/// Begins what stands for a number, a date or a truth value of a sheet, which is written in no form. No text of a workbook may
/// hold it.
pub const TYPED: char = '\u{ffff}';

/// A cell of a sheet of which another thing is seen than is stored, or nothing that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetCell {
    /// An error.
    Error,
    /// A percentage, which is stored as another number.
    Percentage,
    /// A formula that nothing is stored of but itself.
    Formula,
    /// A part of a merged range, of which another cell holds what is seen.
    Merged,
    /// Farther to the right than columns are read.
    Far,
}

impl SheetCell {
    const ALL: [Self; 5] = [Self::Error, Self::Percentage, Self::Formula, Self::Merged, Self::Far];

    const fn sign(self) -> char {
        match self {
            Self::Error => '#',
            Self::Percentage => '%',
            Self::Formula => '=',
            Self::Merged => '+',
            Self::Far => '>',
        }
    }

    /// What stands for it in a row.
    #[must_use]
    pub fn mark(self) -> String {
        String::from_iter([MARK, self.sign()])
    }

    /// What stands for a cell in a column that is farther than any, which is counted from 0.
    #[must_use]
    pub fn far(column: u32) -> String {
        format!("{}{column}", Self::Far.mark())
    }

    /// The column of such a cell.
    #[must_use]
    pub fn far_column(text: &str) -> Option<usize> {
        text.strip_prefix(Self::Far.mark().as_str())?.parse().ok()
    }

    /// What a text stands for, if it is a mark.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let sign = text.strip_prefix(MARK)?;
        Self::ALL.into_iter().find(|one| sign.starts_with(one.sign()))
    }

    /// A text of a workbook without anything that would be taken for a mark.
    #[must_use]
    pub fn cleaned(text: &str) -> String {
        // Both begin with this byte, and few texts have it.
        if memchr::memchr(0xef, text.as_bytes()).is_none() {
            return text.to_owned();
        }
        text.replace([MARK, TYPED], "\u{fffd}")
    }

    /// What to do about it.
    #[must_use]
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::Error => "put the formula right, or write the value in its place",
            Self::Percentage => "give the cell the number format General, and write 60 for 60%",
            Self::Formula => "open the workbook in a spreadsheet program and save it, or write the value in its place",
            Self::Merged => "unmerge the cells, and write into each what holds for its row",
            Self::Far => "empty it, or name its column in the header",
        }
    }
}

impl Display for SheetCell {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Error => "the cell holds an error",
            Self::Percentage => "the cell holds a percentage, which is stored as another number than is seen",
            Self::Formula => "the cell holds a formula whose result is not stored",
            Self::Merged => "the cell is merged with another, which holds what is seen in both",
            Self::Far => "the cell is beyond the columns that the header names",
        })
    }
}
