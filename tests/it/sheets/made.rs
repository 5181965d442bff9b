//! Workbooks, part by part, as spreadsheets write them.

use std::io::{Cursor, Read, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A text in its cell.
pub fn text(text: &str) -> String {
    format!(r#"<c r="@" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#)
}

/// A text that cells share, by its place among those.
pub fn shared(index: usize) -> String {
    format!(r#"<c r="@" t="s"><v>{index}</v></c>"#)
}

/// A number in a style: 0 general, 1 a date, 2 a percentage, 3 a date with its time.
pub fn number(number: impl std::fmt::Display, style: usize) -> String {
    format!(r#"<c r="@" s="{style}"><v>{number}</v></c>"#)
}

/// A formula with what it gave, of a kind such as `e` for an error.
pub fn formula(kind: &str, gave: &str) -> String {
    format!(r#"<c r="@" t="{kind}"><f>A1</f><v>{gave}</v></c>"#)
}

/// A sheet: its name, and its rows, each with its number and its cells; an empty text is no cell.
pub type Sheet<'a> = (&'a str, Vec<(usize, Vec<String>)>);

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A workbook of some sheets.
pub fn workbook(sheets: &[Sheet<'_>], strings: &[&str]) -> Vec<u8> {
    let mut parts: Vec<(String, String)> = Vec::new();
    let (mut names, mut related) = (String::new(), String::new());
    for (index, (name, rows)) in sheets.iter().enumerate() {
        let id = index + 1;
        names.push_str(&format!(r#"<sheet name="{name}" sheetId="{id}" r:id="rId{id}"/>"#));
        related.push_str(&format!(
            r#"<Relationship Id="rId{id}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{id}.xml"/>"#
        ));
        parts.push((format!("xl/worksheets/sheet{id}.xml"), sheet(rows)));
    }
    related.push_str(&format!(r#"<Relationship Id="rId98" Type="{OFFICE}/styles" Target="styles.xml"/>"#));
    related
        .push_str(&format!(r#"<Relationship Id="rId99" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>"#));
    let strings: String = strings.iter().map(|text| format!("<si><t>{text}</t></si>")).collect();
    parts.extend([
        ("xl/sharedStrings.xml".to_owned(), format!(r#"<sst xmlns="{MAIN}">{strings}</sst>"#)),
        ("xl/styles.xml".to_owned(), format!(r#"<styleSheet xmlns="{MAIN}"><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="22"/></cellXfs></styleSheet>"#)),
        ("xl/workbook.xml".to_owned(), format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>"#)),
        ("xl/_rels/workbook.xml.rels".to_owned(), format!(r#"<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>"#)),
        ("_rels/.rels".to_owned(), format!(r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#)),
        ("[Content_Types].xml".to_owned(), format!(r#"<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#)),
    ]);
    packed(&parts)
}

/// The same with another text in the sheets.
pub fn workbook_with(sheets: &[Sheet<'_>], from: &str, to: &str) -> Vec<u8> {
    let mut book = zip::ZipArchive::new(Cursor::new(workbook(sheets, &[]))).unwrap();
    let mut parts = Vec::new();
    for index in 0..book.len() {
        let mut part = book.by_index(index).unwrap();
        let mut content = String::new();
        part.read_to_string(&mut content).unwrap();
        let content = content.split_once("?>").unwrap().1.to_owned();
        let name = part.name().unwrap().to_string();
        let content = if name.contains("worksheets/") { content.replace(from, to) } else { content };
        parts.push((name, content));
    }
    packed(&parts)
}

/// A workbook that calls its one sheet by many names.
pub fn called_again(sheet: &Sheet<'_>, names: usize) -> Vec<u8> {
    let called: Vec<String> = (1..=names).map(|at| format!("{} {at}", sheet.0)).collect();
    let sheets: Vec<Sheet<'_>> = called.iter().map(|name| (name.as_str(), sheet.1.clone())).collect();
    let mut book = zip::ZipArchive::new(Cursor::new(workbook(&sheets, &[]))).unwrap();
    let mut parts = Vec::new();
    for index in 0..book.len() {
        let mut part = book.by_index(index).unwrap();
        let name = part.name().unwrap().to_string();
        if name.contains("worksheets/") && !name.ends_with("/sheet1.xml") {
            continue;
        }
        let mut content = String::new();
        part.read_to_string(&mut content).unwrap();
        let mut content = content.split_once("?>").unwrap().1.to_owned();
        for at in (2..=names).filter(|_| name.contains("_rels/")) {
            content = content.replace(&format!("sheet{at}.xml"), "sheet1.xml");
        }
        parts.push((name, content));
    }
    packed(&parts)
}

/// Parts in one archive.
pub fn packed(parts: &[(String, String)]) -> Vec<u8> {
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        to.start_file(name, SimpleFileOptions::default()).unwrap();
        to.write_all(format!(r#"<?xml version="1.0" encoding="UTF-8"?>{content}"#).as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn sheet(rows: &[(usize, Vec<String>)]) -> String {
    let mut body = String::new();
    for (number, cells) in rows {
        let cells = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let cells = cells.map(|(index, cell)| {
            let letter = char::from(b'A' + index as u8);
            cell.replace('@', &format!("{letter}{number}"))
        });
        body.push_str(&format!(r#"<row r="{number}">{}</row>"#, cells.collect::<String>()));
    }
    format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>"#)
}
