//! Cells of a sheet in which something is seen and nothing is stored: of a merged range all but the first, and formulas that no program
//! has worked out.

use super::{
    chunk::Broken,
    packed_parts::Met,
    workbook::{Book, no_workbook, unreadable},
};
use crate::case::{row::is_blank, sheet_cell::SheetCell};
use calamine::{DataRef, Dimensions};
use std::collections::{HashMap, HashSet};

/// Rows that merged ranges may have in all, and formulas that may be without a result.
const MAX: usize = 1 << 20;

/// Those of one sheet, rows and columns counted from 0.
#[derive(Debug, Default)]
pub(super) struct Unstored {
    formulas: HashSet<(u32, u32)>,
    /// The merged ranges by their rows.
    merged: HashMap<u32, Vec<Dimensions>>,
}

impl Unstored {
    /// Looks through a sheet of a workbook in whose sheets such things were met.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or has more of them than any sheet of cases.
    pub(super) fn of(book: &mut Book, sheet: &str, met: Met) -> Result<Self, Broken> {
        let mut unstored = Self::default();
        let many = |size: usize| {
            if size > MAX { Err(no_workbook("too many of its cells are merged or empty formulas")) } else { Ok(()) }
        };
        if met.formulas {
            let mut reader = book.worksheet_cells_reader(sheet).map_err(unreadable)?;
            while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(unreadable)? {
                if cell.formula.is_some() && cell.value == DataRef::Empty {
                    unstored.formulas.insert(cell.pos);
                    many(unstored.formulas.len())?;
                }
            }
        }
        if met.merged {
            let mut rows = 0;
            for range in book.merge_cells_by_sheet_name(sheet).map_err(unreadable)? {
                rows += (range.end.0.saturating_sub(range.start.0)) as usize + 1;
                many(rows)?;
                (range.start.0..=range.end.0).for_each(|row| unstored.merged.entry(row).or_default().push(range));
            }
        }
        Ok(unstored)
    }

    /// Whether a cell holds a formula without a result.
    pub(super) fn is_formula(&self, cell: (u32, u32)) -> bool {
        self.formulas.contains(&cell)
    }

    /// Marks the cells of a row that are merged with one that holds something, up to a column. Rows come in their
    /// order, and `filled` keeps where such ranges begin.
    pub(super) fn mark(&self, row: u32, columns: usize, cells: &mut Vec<String>, filled: &mut HashSet<(u32, u32)>) {
        for range in self.merged.get(&row).into_iter().flatten() {
            if row == range.start.0 && cells.get(range.start.1 as usize).is_some_and(|cell| !is_blank(cell)) {
                filled.insert(range.start);
            }
            if !filled.contains(&range.start) {
                continue;
            }
            for column in range.start.1..=range.end.1 {
                let at = column as usize;
                if at >= columns {
                    break;
                }
                if (row, column) == range.start {
                    continue;
                }
                if cells.len() <= at {
                    cells.resize(at + 1, String::new());
                }
                if let Some(cell) = cells.get_mut(at) {
                    *cell = SheetCell::Merged.mark();
                }
            }
        }
    }
}
