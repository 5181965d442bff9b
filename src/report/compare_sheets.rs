//! The comparison of two policies as a workbook, a sheet a table.

use crate::{
    error::Error,
    report::{
        compare::CompareReport,
        compare_loads::LOAD_HEAD,
        compare_row,
        compare_words::{of_function, of_number, why},
        sheet::{Sheet, workbook as of_sheets},
    },
};

/// The column of the rows from which cells are numbers.
const NUMBERS: usize = 8;

/// The workbook, with the cells of each case that moved.
///
/// # Errors
///
/// When a table has more rows than a sheet may have.
pub fn workbook(report: &CompareReport, moved: Vec<Vec<String>>) -> Result<Vec<u8>, Error> {
    let mut cases = Sheet::new("Moved", compare_row::HEAD).numbers_from(NUMBERS);
    for row in moved {
        cases.row(row);
    }
    let mut sheets = vec![differs(report), matrix(report), causes(report), cases, loads(report)];
    let mut also = Sheet::new("Also", "what");
    report.further_facts().into_iter().for_each(|fact| also.row([fact]));
    sheets.push(also);
    if let Some(witnesses) = &report.witnesses {
        let mut could = Sheet::new("Could move", "from,to,why,input,value");
        for one in &witnesses.found {
            for input in &one.inputs {
                let value = input.value.as_str().map_or_else(|| input.value.to_string(), str::to_owned);
                could.row([one.old.clone(), one.new.clone(), why(&one.causes), input.path.clone(), value]);
            }
        }
        sheets.push(could);
    }
    of_sheets(&sheets)
}

fn differs(report: &CompareReport) -> Sheet {
    let mut sheet = Sheet::new("What differs", "policy,what,how");
    for change in &report.changes {
        let mut row = |name: &str, how: String| sheet.row([change.policy.clone(), name.to_owned(), how]);
        change.numbers.iter().for_each(|number| row(&number.name, of_number(number)));
        change.functions.iter().for_each(|function| row(&function.name, of_function(function)));
        change.others.iter().chain(&change.provenance).for_each(|other| row(other, String::new()));
    }
    sheet
}

fn matrix(report: &CompareReport) -> Sheet {
    let names = report.tally.tiers(report.both_tiers());
    let head = std::iter::once("from, to".to_owned()).chain(names.iter().cloned()).collect();
    let mut sheet = Sheet::with_head("Tiers", head).numbers_from(1);
    for old in &names {
        let many = |new: &String| report.tally.matrix.get(&(old.clone(), new.clone())).map_or(0, |many| *many);
        sheet.row(std::iter::once(old.clone()).chain(names.iter().map(|new| many(new).to_string())));
    }
    sheet
}

fn causes(report: &CompareReport) -> Sheet {
    let mut sheet = Sheet::new("Why", "why,from,to,cases").numbers_from(3);
    for (causes, group) in report.causes_by_size() {
        for ((old, new), many) in &group.moves {
            sheet.row([why(causes), old.clone(), new.clone(), many.to_string()]);
        }
    }
    sheet
}

fn loads(report: &CompareReport) -> Sheet {
    let [_, rest @ ..] = LOAD_HEAD;
    let head = std::iter::once("of").chain(rest).map(str::to_owned).collect();
    let mut sheet = Sheet::with_head("Load", head).numbers_from(1);
    if report.tally.cases > 0 {
        report.load_rows(usize::MAX).into_iter().for_each(|row| sheet.row(row));
    }
    sheet
}
