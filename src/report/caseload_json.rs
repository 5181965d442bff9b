//! The book of an office for programs. The keys are stable.

use crate::{
    caseload::{carrying::Carrying, forecast::What, level::Level, standing::Relief},
    report::{caseload::CaseloadReport, caseload_columns::comes, compare_json::hundredth},
};
use jiff::{ToSpan, civil::Date};
use serde_json::{Value, json};

/// The book as one document.
pub(super) fn json(report: &CaseloadReport) -> Value {
    let mut all = json!({
        "on": report.on,
        "cases": report.cases,
        "books": report.books.iter().map(|book| of_book(report, book)).collect::<Vec<_>>(),
        "patterns": report.patterns.found,
        "too_large": report.patterns.too_large,
        "failed": report.failed,
    });
    if let (Some(law), Some(all)) = (report.law, all.as_object_mut()) {
        all.insert("law".to_owned(), json!(law));
    }
    all
}

fn of_book(report: &CaseloadReport, book: &Carrying) -> Value {
    let figures = &book.figures;
    let leaves = |relief: Relief| figures.relief.get(&relief).copied().unwrap_or_default();
    let [contacts_overdue, reviews_overdue] = figures.overdue;
    let points = figures.points.map(|points| report.has_points.then_some(points));
    let against = book.against.as_ref().map(|against| {
        json!({
            "target": hundredth(against.target),
            "percent": hundredth(against.share),
            "workload": against.band,
            "over": against.over,
            "leaving": {
                "ended": leaves(Relief::Ended),
                "other_grade": leaves(Relief::OtherGrade),
                "hub": leaves(Relief::Hub),
                "ending": leaves(Relief::Ending),
            },
            "room": against.room,
        })
    });
    let missing = figures.missing.iter().map(|(path, cases)| json!({ "path": path, "cases": cases }));
    json!({
        "level": book.level,
        "name": book.name,
        "grade": book.grade,
        "cases": figures.cases,
        "tiers": tiers(report, book),
        "points": points[0],
        "points_to_act_on": points[1],
        "against_target": against,
        "officers": (book.level != Level::Officer).then_some(book.officers),
        "contacts_a_week": hundredth(figures.contacts),
        "home_visits_a_week": hundredth(figures.home_visits),
        "contacts_overdue": contacts_overdue,
        "reviews_overdue": reviews_overdue,
        "reviews_in_six_weeks": figures.reviews_near,
        "provisional": figures.provisional,
        "recorded_below": figures.below,
        "incomplete": figures.incomplete,
        "missing": missing.collect::<Vec<_>>(),
        "weeks": report.on.map(|on| weeks(report, book, on)).unwrap_or_default(),
    })
}

/// The cases of each tier, and of none.
fn tiers(report: &CaseloadReport, book: &Carrying) -> Vec<Value> {
    let of = |tier: Option<String>| {
        let recorded = book.figures.recorded.get(&tier).copied().unwrap_or_default();
        let to_act_on = book.figures.to_act_on.get(&tier).copied().unwrap_or_default();
        json!({ "tier": tier, "recorded": recorded, "to_act_on": to_act_on })
    };
    report.tiers.iter().cloned().map(Some).chain([None]).map(of).collect()
}

fn weeks(report: &CaseloadReport, book: &Carrying, on: Date) -> Vec<Value> {
    let of_tier = |week: u16, tier: &String| {
        let contacts = comes(book, week, |what| matches!(what, What::Contacts(of, _) if of == tier));
        (contacts > 0).then(|| json!({ "tier": tier, "contacts": contacts }))
    };
    let week = |week: u16| {
        let of = |kind: What| comes(book, week, |what| *what == kind);
        json!({
            "from": on.checked_add(i64::from(week).weeks()).ok(),
            "contacts": report.tiers.iter().filter_map(|tier| of_tier(week, tier)).collect::<Vec<_>>(),
            "reviews": of(What::Review),
            "releases": of(What::Release),
            "ends": of(What::End),
        })
    };
    (0..report.weeks).map(week).collect()
}
