//! Tables as sheets of a workbook, one each: its head stays in sight, each column can be filtered, dates are dates, and a tier is a word on a
//! colour. Nothing in it is a formula, and the same table gives the same bytes.

use crate::{case::day::Day, error::Error};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// Rows that a sheet may have, its head included.
const MAX_ROWS: usize = 1_048_576;
/// The widest column, in letters.
const WIDEST: usize = 60;
/// Letters that a cell may hold.
const MAX_LETTERS: usize = 32_000;

/// A table that becomes a sheet.
pub struct Sheet {
    name: &'static str,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
    /// The column from which cells are numbers.
    numbers_from: Option<usize>,
}

impl Sheet {
    /// An empty one; `head` names its columns, as the first line of comma-separated values does.
    #[must_use]
    pub fn new(name: &'static str, head: &str) -> Self {
        Self::with_head(name, head.trim_end().split(',').map(|name| name.trim().to_owned()).collect())
    }

    /// An empty one with the names of its columns.
    #[must_use]
    pub const fn with_head(name: &'static str, head: Vec<String>) -> Self {
        Self { name, head, rows: Vec::new(), numbers_from: None }
    }

    /// The same with numbers from a column on, wherever a cell there is one.
    #[must_use]
    pub const fn numbers_from(mut self, column: usize) -> Self {
        self.numbers_from = Some(column);
        self
    }

    /// Takes a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The workbook of this one sheet.
    ///
    /// # Errors
    ///
    /// When it has more rows than a sheet may have.
    pub fn workbook(&self) -> Result<Vec<u8>, Error> {
        workbook(std::slice::from_ref(self))
    }

    fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(self.name)?;
        let bold = Format::new().set_bold().set_align(FormatAlign::Top);
        let forms = Forms::new();
        let mut widths: Vec<usize> = self.head.iter().map(|name| name.chars().count() + 3).collect();
        for (column, name) in (0..).zip(&self.head) {
            sheet.write_string_with_format(0, column, name, &bold)?;
        }
        for (row, cells) in (1..).zip(&self.rows) {
            for ((column, cell), name) in (0..).zip(cells).zip(&self.head) {
                let is_number = self.numbers_from.is_some_and(|from| usize::from(column) >= from);
                match cell.parse::<f64>().ok().filter(|number| is_number && number.is_finite()) {
                    Some(number) => drop(sheet.write_number(row, column, number)?),
                    None => forms.write(sheet, (row, column), name, cell)?,
                }
            }
            for (width, cell) in widths.iter_mut().zip(cells) {
                *width = (*width).max(cell.chars().count() + 1).min(WIDEST);
            }
        }
        for (column, width) in (0..).zip(&widths) {
            sheet.set_column_width(column, u16::try_from(*width).unwrap_or(u16::MAX))?;
        }
        sheet.set_freeze_panes(1, 1)?;
        if let (Ok(rows), Ok(columns)) = (u32::try_from(self.rows.len()), u16::try_from(self.head.len())) {
            sheet.autofilter(0, 0, rows, columns.saturating_sub(1))?;
        }
        Ok(())
    }
}

/// The workbook of some sheets, in their order.
///
/// # Errors
///
/// When one has more rows than a sheet may have.
pub fn workbook(sheets: &[Sheet]) -> Result<Vec<u8>, Error> {
    if sheets.iter().any(|sheet| sheet.rows.len() >= MAX_ROWS) {
        let help = "write them as csv, or in parts";
        return Err(Error::input("--format xlsx", format!("more than {MAX_ROWS} rows")).with_help(help));
    }
    let write = || -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        // No clock: the same table gives the same bytes.
        let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
        for sheet in sheets {
            sheet.write(workbook.add_worksheet())?;
        }
        workbook.save_to_buffer()
    };
    write().map_err(|_| Error::input("--format xlsx", "the workbook cannot be made"))
}

/// How cells look.
struct Forms {
    day: Format,
    tiers: [(&'static str, Format); 5],
}

impl Forms {
    fn new() -> Self {
        let fill = |color: u32| Format::new().set_background_color(Color::RGB(color));
        let tiers = [
            ("Blue", fill(0x00BD_D7EE)),
            ("Green", fill(0x00C6_E0B4)),
            ("Amber", fill(0x00FF_E699)),
            ("Red-Amber", fill(0x00F8_CBAD)),
            ("Red", fill(0x00FF_9999)),
        ];
        Self { day: Format::new().set_num_format("yyyy-mm-dd"), tiers }
    }

    fn write(&self, sheet: &mut Worksheet, (row, column): (u32, u16), name: &str, cell: &str) -> Result<(), XlsxError> {
        let tier = || self.tiers.iter().find(|(tier, _)| *tier == cell).map(|(_, form)| form);
        let is_day =
            ["on", "date", "last_seen", "release"].contains(&name) || name.ends_with("_due") || name.ends_with("_on");
        match cell {
            "" => {}
            "true" => drop(sheet.write_boolean(row, column, true)?),
            "false" => drop(sheet.write_boolean(row, column, false)?),
            _ if name.ends_with("days_overdue") && cell.parse::<u32>().is_ok() => {
                sheet.write_number(row, column, cell.parse::<u32>().unwrap_or_default())?;
            }
            _ => match (Day::parse(cell).filter(|_| is_day), tier()) {
                (Some(day), _) => {
                    let [month, of_month] = [day.month(), day.day()].map(|part| u8::try_from(part).unwrap_or_default());
                    let day = ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or_default(), month, of_month)?;
                    sheet.write_date_with_format(row, column, &day, &self.day)?;
                }
                (None, Some(form)) => drop(sheet.write_string_with_format(row, column, cell, form)?),
                (None, None) => {
                    let cell: String = cell.chars().take(MAX_LETTERS).collect();
                    sheet.write_string(row, column, cell)?;
                }
            },
        }
        Ok(())
    }
}
