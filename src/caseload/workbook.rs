//! A sheet of a workbook (`.xlsx`) as a table: its rows as rows of text, each with its number. A thread of its own walks through the
//! sheet, a few rows ahead; what is kept of a workbook is its file, packed as it is, and the texts that its cells share.

use super::{
    cell_text::text_of,
    chunk::{Broken, Chunk},
    packed_parts::{check, too_large},
    sheet_rows::SheetRows,
    table::{HEAD, NamesColumns, Table},
    unstored::Unstored,
};
use crate::case::{
    cells::{Dialect, written},
    document::MAX_BYTES,
    fault::{Fault, Mark, Wrong},
    row::{MAX_COLUMNS, is_blank},
    sheet_cell::SheetCell,
    table_form::{Delimiter, TableForm},
};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::{collections::HashSet, io::Cursor};

pub(super) type Book = Xlsx<Cursor<Vec<u8>>>;

/// So many sheets may lie where no program puts them.
const FEW_SHEETS: usize = 8;

/// Whether a file is a workbook, or one of the kinds that are like it, by its first bytes.
#[must_use]
pub fn is_workbook(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || is_old(head)
}

/// A workbook of before 2007, or one with a password.
fn is_old(head: &[u8]) -> bool {
    head.starts_with(b"\xd0\xcf\x11\xe0")
}

/// Finds the sheet whose columns are named: the one that is said, else the only one that has such a row.
///
/// # Errors
///
/// When it is no workbook, unpacks to more than is read, or has no such sheet, or several.
pub fn workbook(bytes: Vec<u8>, form: &TableForm, names: NamesColumns<'_>) -> Result<Table, Broken> {
    if is_old(&bytes) {
        return Err(no_workbook("it has a password, or is of before 2007"));
    }
    let met = check(&bytes)?;
    let mut book: Book = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let all = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let sheets: Vec<String> = match &form.sheet {
        Some(name) => all.filter(|one| one.name == *name).map(|one| one.name.clone()).collect(),
        None => all.filter(|sheet| sheet.visible == SheetVisible::Visible).map(|sheet| sheet.name.clone()).collect(),
    };
    // Each name takes as long as its part does: many of one part would take any time.
    if sheets.len() > met.sheets.max(FEW_SHEETS) {
        return Err(no_workbook("it names more sheets than it has"));
    }
    if sheets.is_empty() && form.sheet.is_none() {
        return Err(no_headed_sheet(&book));
    }
    if sheets.is_empty() {
        let known: Vec<String> = book.sheet_names().iter().map(|name| format!("`{name}`")).collect();
        return Err(whole(Wrong::NoSheet { known: known.join(", ") }));
    }
    let many = sheets.len() > 1;
    let mut headed_sheets = Vec::new();
    let mut room = met.room;
    for sheet in sheets {
        if let Some((number, header)) = header(&mut book, &sheet, &mut room, form, names)? {
            headed_sheets.push((sheet, number, header));
        }
    }
    if headed_sheets.len() > 1 {
        let known: Vec<String> = headed_sheets.iter().map(|(sheet, ..)| format!("`{sheet}`")).collect();
        return Err(whole(Wrong::SeveralSheets { known: known.join(", ") }));
    }
    let Some((sheet, number, header)) = headed_sheets.pop() else {
        let said = form.sheet.as_ref().map(|_| whole(Wrong::NoHeadedSheet { hidden: String::new() }));
        return Err(said.unwrap_or_else(|| no_headed_sheet(&book)));
    };
    let mut found = Vec::new();
    if form.encoding.is_some() {
        found.push("`--encoding` is for text, and a workbook is none: it is read as it is".to_owned());
    }
    if many && form.sheet.is_none() {
        found.push(format!("sheet `{sheet}`"));
    }
    if number > 1 && form.title_lines.is_none() {
        found.push(format!("row {number} names the columns"));
    }
    let at = Mark { line: number, column: 1 };
    let dialect = Dialect { delimiter: Delimiter::Comma, sheet: Some(sheet.as_str().into()) };
    let columns = dialect.cells(&header).map_or(0, |cells| cells.len());
    let unstored = Unstored::of(&mut book, &sheet, met)?;
    let rows = rows(book, sheet, (number, columns), unstored, met.room)?;
    Ok(Table { header, at, dialect, rows: Box::new(rows), found })
}

/// The number and the text of the row that names the columns.
fn header(
    book: &mut Book,
    sheet: &str,
    room: &mut u64,
    form: &TableForm,
    names: NamesColumns<'_>,
) -> Result<Option<(usize, String)>, Broken> {
    let (mut looked, mut found) = (0, None);
    let dialect = Dialect { delimiter: Delimiter::Comma, sheet: Some(sheet.into()) };
    let (after, most) = form.title_lines.map_or((0, HEAD), |lines| (lines, 1));
    each_row(book, sheet, &Unstored::default(), room, &mut |number, cells| {
        if number <= after {
            return true;
        }
        looked += 1;
        let row = row(&cells, 0);
        let is_header = dialect.cells(&row).is_ok_and(|cells| names(&cells));
        found = is_header.then_some((number, row));
        found.is_none() && looked < most
    })?;
    Ok(found)
}

/// The rows below the header, of so many columns.
fn rows(
    mut book: Book,
    sheet: String,
    (header, columns): (usize, usize),
    unstored: Unstored,
    mut room: u64,
) -> Result<SheetRows, Broken> {
    SheetRows::of(move |give| {
        let mut filled = HashSet::new();
        each_row(&mut book, &sheet, &unstored, &mut room, &mut |number, mut cells| {
            unstored.mark(u32::try_from(number - 1).unwrap_or(u32::MAX), columns, &mut cells, &mut filled);
            number <= header || give(Chunk::new(Mark { line: number, column: 1 }, row(&cells, columns).into_bytes()))
        })
    })
}

/// Hands on the number, from 1, and the cells of each row on which something stands, until that is enough. `room` is what the
/// cells may still take of the texts that they share.
fn each_row(
    book: &mut Book,
    sheet: &str,
    unstored: &Unstored,
    room: &mut u64,
    take: &mut dyn FnMut(usize, Vec<String>) -> bool,
) -> Result<(), Broken> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(unreadable)?;
    let percents: Vec<bool> = reader.styles().iter().map(is_percent).collect();
    let (mut at, mut cells, mut size) = (0, Vec::new(), 0);
    let is_row = |cells: &[String]| cells.iter().any(|cell: &String| !cell.trim().is_empty());
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        if row != at {
            if is_row(&cells) && !take(at as usize + 1, std::mem::take(&mut cells)) {
                return Ok(());
            }
            cells.clear();
            (at, size) = (row, 0);
        }
        if let DataRef::SharedString(text) = cell.get_value() {
            *room = room.checked_sub(text.len() as u64).ok_or_else(too_large)?;
        }
        let text = match text_of(cell.get_value(), percents.get(style).copied().unwrap_or_default()) {
            text if text.is_empty() && unstored.is_formula((row, column)) => SheetCell::Formula.mark(),
            text if !is_blank(&text) && column as usize >= MAX_COLUMNS => SheetCell::far(column),
            text => text,
        };
        // What is larger than any case is cut: a row of it is refused for what is left.
        if text.is_empty() || size > MAX_BYTES {
            continue;
        }
        size += text.len();
        let column = (column as usize).min(MAX_COLUMNS);
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        if let Some(cell) = cells.get_mut(column) {
            *cell = text;
        }
    }
    if is_row(&cells) {
        take(at as usize + 1, cells);
    }
    Ok(())
}

/// A row as text, with at least so many cells.
fn row(cells: &[String], columns: usize) -> String {
    let mut row = cells.iter().map(|cell| written(cell)).collect::<Vec<_>>().join(",");
    row.extend(std::iter::repeat_n(',', columns.max(1) - cells.len().clamp(1, columns.max(1))));
    row
}

fn is_percent(style: &calamine::Style) -> bool {
    // The two forms that every workbook has are known by number.
    style
        .number_format
        .as_ref()
        .is_some_and(|form| multiplies(&form.format_code) || matches!(form.format_id, Some(9 | 10)))
}

/// Whether a number format shows a number a hundred times as large: with a sign for per cent that is no quoted text.
fn multiplies(format: &str) -> bool {
    let (mut signs, mut is_text) = (format.chars(), false);
    while let Some(sign) = signs.next() {
        match sign {
            '"' => is_text = !is_text,
            '\\' => drop(signs.next()),
            '%' if !is_text => return true,
            _ => {}
        }
    }
    false
}

fn whole(wrong: Wrong) -> Broken {
    Broken::Wrong(Fault::whole(wrong))
}

/// That no sheet that can be seen names its columns, and which are hidden.
fn no_headed_sheet(book: &Book) -> Broken {
    let hidden = book.sheets_metadata().iter().filter(|sheet| sheet.visible != SheetVisible::Visible);
    let hidden: Vec<String> = hidden.map(|sheet| format!("`{}`", sheet.name)).collect();
    whole(Wrong::NoHeadedSheet { hidden: hidden.join(", ") })
}

/// What is no workbook that is read here.
pub(super) fn no_workbook(why: &str) -> Broken {
    whole(Wrong::NoWorkbook { why: why.to_owned() })
}

/// What the parser says may hold what stands in a cell.
pub(super) fn unreadable(error: XlsxError) -> Broken {
    match error {
        XlsxError::Io(error) => Broken::Unreadable(error),
        XlsxError::Password => no_workbook("it has a password"),
        XlsxError::FileNotFound(_) | XlsxError::Zip(_) => {
            no_workbook("a part of it is missing or damaged, or it is of another kind")
        }
        _ => no_workbook("a part of it is not as it should be"),
    }
}
