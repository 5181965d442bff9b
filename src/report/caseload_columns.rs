//! What a book of an officer, of an office or of all is told by: a column a figure, the same in every format.

use crate::{
    caseload::{carrying::Carrying, forecast::What, level::Level, standing::Relief, target::Band},
    report::{caseload::CaseloadReport, compare_words::count, csv_row, sheet::Sheet, shown::shown},
};
use rust_decimal::{Decimal, RoundingStrategy};

/// What stands for no tier on record.
pub(super) const NO_TIER: &str = "none";

/// Where people read a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// In the table of what is carried.
    Carried,
    /// In the table of tiers on record.
    Tiers,
    /// In the table of what is owed.
    Owed,
    /// In the table of what is not in order.
    Disorder,
    /// Nowhere: it is for programs, which reckon with it, or said in words.
    Programs,
}

/// The tables that people read, and what they are called.
pub(super) const PARTS: &[(Part, &str)] = &[
    (Part::Carried, "Carried"),
    (Part::Tiers, "Tiers on record"),
    (Part::Owed, "Owed"),
    (Part::Disorder, "Not in order"),
];

/// A figure of each book.
pub struct Column<'r> {
    /// What programs call it.
    pub key: String,
    /// What people call it.
    pub head: String,
    /// Where people read it.
    pub part: Part,
    /// The figure of a book, to so many digits behind the point where it is no whole number.
    cell: Figure<'r>,
}

/// What says a figure of a book.
type Figure<'r> = Box<dyn Fn(&Carrying, u32) -> String + 'r>;

/// Digits behind the point that programs reckon with, as in JSON, and that people read.
const EXACT: u32 = 2;
const READ: u32 = 1;

fn column<'r>(part: Part, key: &str, head: &str, cell: impl Fn(&Carrying) -> String + 'r) -> Column<'r> {
    Column { key: key.to_owned(), head: head.to_owned(), part, cell: Box::new(move |book, _| cell(book)) }
}

/// A column of a number that is no whole one.
fn decimal(part: Part, key: &str, head: &str, figure: fn(&Carrying) -> Decimal) -> Column<'static> {
    let cell = move |book: &Carrying, digits: u32| format!("{:.*}", digits as usize, figure(book).round_dp(digits));
    Column { key: key.to_owned(), head: head.to_owned(), part, cell: Box::new(cell) }
}

/// Whose a book is.
pub(super) fn whose(book: &Carrying) -> String {
    match (book.level, &book.name) {
        (Level::Officer, Some(name)) => name.clone(),
        (Level::Officer, None) => "no officer recorded".to_owned(),
        (Level::Office, Some(name)) => format!("office {name}"),
        (Level::Office, None) => "no office recorded".to_owned(),
        (Level::All, _) => "all".to_owned(),
    }
}

/// A share in percent, to a tenth where it is no whole number.
pub(super) fn percent(share: Decimal) -> String {
    share.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero).normalize().to_string()
}

/// Every column, in order.
#[must_use]
pub fn columns(report: &CaseloadReport) -> Vec<Column<'_>> {
    let mut all = names();
    all.extend(carried(report));
    all.extend(owed(report));
    all.extend(relief());
    all.extend(coming(report));
    all
}

fn names() -> Vec<Column<'static>> {
    vec![
        column(Part::Programs, "level", "", |book| book.level.as_str().to_owned()),
        column(Part::Programs, "name", "", |book| book.name.clone().unwrap_or_default()),
        column(Part::Programs, "grade", "", |book| {
            book.grade.map(|grade| grade.as_str().to_owned()).unwrap_or_default()
        }),
    ]
}

fn carried(report: &CaseloadReport) -> Vec<Column<'_>> {
    let beside = if report.has_targets() { Part::Carried } else { Part::Programs };
    let points = if report.has_points { Part::Carried } else { Part::Programs };
    let of_tier = |tier: Option<&String>| {
        let (tier, name) = (tier.cloned(), tier.map_or(NO_TIER, String::as_str).to_owned());
        column(Part::Tiers, &format!("recorded {name}"), &name, move |book| {
            book.figures.recorded.get(&tier).copied().unwrap_or_default().to_string()
        })
    };
    let mut all = vec![
        column(Part::Carried, "cases", "cases", |book| book.figures.cases.to_string()),
        column(beside, "target", "target", |book| {
            book.against.as_ref().map(|against| against.target.normalize().to_string()).unwrap_or_default()
        }),
        column(beside, "percent_of_target", "% of it", |book| {
            book.against.as_ref().map(|against| percent(against.share)).unwrap_or_default()
        }),
        column(beside, "workload", "workload", |book| {
            let band = book.against.as_ref().and_then(|against| against.band);
            band.map(Band::as_str).unwrap_or_default().to_owned()
        }),
    ];
    let [recorded, to_act_on] = [0, 1].map(|at| {
        move |book: &Carrying| {
            let points = book.figures.points.get(at).filter(|_| report.has_points);
            points.map(ToString::to_string).unwrap_or_default()
        }
    });
    all.push(column(points, "points", "points", recorded));
    all.push(column(Part::Programs, "points_to_act_on", "", to_act_on));
    all.extend(report.tiers.iter().map(Some).chain([None]).map(of_tier));
    all
}

fn owed(report: &CaseloadReport) -> Vec<Column<'_>> {
    let visits = if report.has_home_visits() { Part::Owed } else { Part::Programs };
    let number = |part: Part, key: &str, head: &str, figure: fn(&Carrying) -> usize| {
        column(part, key, head, move |book| figure(book).to_string())
    };
    vec![
        decimal(Part::Owed, "contacts_a_week", "contacts a week", |book| book.figures.contacts),
        decimal(visits, "home_visits_a_week", "home visits a week", |book| book.figures.home_visits),
        number(Part::Owed, "contacts_overdue", "contacts overdue", |book| book.figures.overdue[0]),
        number(Part::Owed, "reviews_overdue", "reviews overdue", |book| book.figures.overdue[1]),
        number(Part::Owed, "reviews_in_six_weeks", "reviews in six weeks", |book| book.figures.reviews_near),
        number(Part::Disorder, "provisional", "provisional", |book| book.figures.provisional),
        number(Part::Disorder, "recorded_below", "recorded too low", |book| book.figures.below),
        number(Part::Disorder, "incomplete", "facts missing", |book| book.figures.incomplete),
    ]
}

/// What would bring an officer back, and how the officers of an office stand.
fn relief() -> Vec<Column<'static>> {
    let leaves = |key: &str, relief: Relief| {
        column(Part::Programs, key, "", move |book| {
            book.figures.relief.get(&relief).copied().unwrap_or_default().to_string()
        })
    };
    let of_officers = |key: &str, figure: fn(&Carrying) -> usize| {
        column(Part::Programs, key, "", move |book| {
            if book.level == Level::Officer { String::new() } else { figure(book).to_string() }
        })
    };
    vec![
        column(Part::Programs, "over_target", "", |book| {
            book.against.as_ref().map(|against| against.over.to_string()).unwrap_or_default()
        }),
        leaves("ended", Relief::Ended),
        leaves("other_grade", Relief::OtherGrade),
        leaves("hub", Relief::Hub),
        leaves("ending", Relief::Ending),
        of_officers("officers", |book| book.officers.officers),
        of_officers("officers_over_target", |book| book.officers.over_target),
        of_officers("officers_amber", |book| book.officers.amber),
        of_officers("officers_red", |book| book.officers.red),
    ]
}

fn coming(report: &CaseloadReport) -> impl Iterator<Item = Column<'_>> {
    (0..report.weeks).flat_map(|week| {
        let kinds = [
            ("contacts", None),
            ("reviews", Some(What::Review)),
            ("releases", Some(What::Release)),
            ("ends", Some(What::End)),
        ];
        kinds.map(move |(name, kind)| {
            let key = format!("week_{}_{name}", week + 1);
            let is = move |what: &What| kind.as_ref().map_or(matches!(what, What::Contacts(..)), |kind| what == kind);
            column(Part::Programs, &key, "", move |book| comes(book, week, &is).to_string())
        })
    })
}

/// How much of something comes in a week.
pub(super) fn comes(book: &Carrying, week: u16, is: impl Fn(&What) -> bool) -> u64 {
    book.figures.coming.iter().filter(|((of, what), _)| *of == week && is(what)).map(|(_, many)| many).sum()
}

/// The books as comma-separated values, a row each.
#[must_use]
pub fn csv(report: &CaseloadReport) -> String {
    let (columns, mut written) = (columns(report), Vec::new());
    csv_row::write(columns.iter().map(|column| column.key.clone()), &mut written);
    for book in &report.books {
        csv_row::write(columns.iter().map(|column| (column.cell)(book, EXACT)), &mut written);
    }
    String::from_utf8(written).unwrap_or_default()
}

/// The same as a sheet of a workbook.
#[must_use]
pub fn sheet(report: &CaseloadReport) -> Sheet {
    let columns = columns(report);
    let head = columns.iter().map(|column| shown(&column.key).into_owned()).collect();
    let mut sheet = Sheet::with_head("Caseload", head).numbers_from(names().len());
    for book in &report.books {
        sheet.row(columns.iter().map(|column| shown(&(column.cell)(book, EXACT)).into_owned()));
    }
    sheet
}

/// The columns that people read in a table: their names, and a row for each of some books.
pub(super) fn people<'r>(
    report: &'r CaseloadReport,
    part: impl Fn(Part) -> bool,
    books: impl Fn(&Carrying) -> bool,
) -> (Vec<String>, Vec<Vec<String>>) {
    let columns: Vec<Column<'r>> = columns(report).into_iter().filter(|column| part(column.part)).collect();
    let head = columns.iter().map(|column| column.head.clone());
    let cells = |book: &Carrying| {
        let number = |text: String| text.parse().map_or(text, count);
        std::iter::once(whose(book)).chain(columns.iter().map(|column| number((column.cell)(book, READ)))).collect()
    };
    let rows = report.books.iter().filter(|book| books(book)).map(cells).collect();
    (std::iter::once(String::new()).chain(head).collect(), rows)
}
