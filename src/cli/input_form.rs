//! How cases are written, where the command line says so.

use crate::{
    case::table_form::{Delimiter, TableForm, TextEncoding},
    caseload::stream::Form,
};
use clap::{Args, ValueEnum};

/// How tables of cases are written, where that is not to be found out.
#[derive(Debug, Clone, Default, Args)]
pub struct TableOptions {
    /// What stands between the cells of a table: comma, semicolon, tab or bar [default: what its header has]
    #[arg(long, value_name = "SIGN", value_parser = Delimiter::parse)]
    delimiter: Option<Delimiter>,
    /// How text is written in bytes, such as windows-1252 or utf-16le [default: by its mark, else utf-8]
    #[arg(long, value_name = "NAME", value_parser = TextEncoding::parse)]
    encoding: Option<TextEncoding>,
    /// Lines of a table before the one that names its columns [default: up to the one with `crn`]
    #[arg(long, value_name = "N")]
    title_lines: Option<usize>,
    /// The sheet of a workbook [default: the one with a column `crn`]
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
}

impl TableOptions {
    /// As the reader of tables takes them.
    pub fn form(&self) -> TableForm {
        let Self { delimiter, encoding, title_lines, sheet } = self.clone();
        TableForm { delimiter, encoding, title_lines, sheet }
    }
}

/// How cases are written one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InputFormat {
    /// YAML, of one document or many
    Yaml,
    /// JSON: one case, or a list of them
    Json,
    /// One JSON document a line
    Jsonl,
    /// One row a case, under a header of paths: CSV, or a sheet of a workbook
    Csv,
}

impl InputFormat {
    /// As the reader of books takes it.
    pub const fn form(self) -> Form {
        match self {
            Self::Yaml => Form::Yaml,
            Self::Json => Form::Json,
            Self::Jsonl => Form::Jsonl,
            Self::Csv => Form::Csv,
        }
    }
}
