//! The book of an office for programs. The keys are stable.

use crate::{
    case::words::Grade,
    caseload::{
        Book, Found,
        carrying::{Against, Carrying, Officers},
        forecast::What,
        level::Level,
        standing::Relief,
        target::Band,
    },
    report::{caseload::CaseloadReport, caseload_columns::comes, compare_json::hundredth, failed::Failed},
};
use jiff::{ToSpan, civil::Date};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// The book of an office: what its officers carry, what is owed, and what comes. Keys may be added; none is renamed or taken away.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Caseload")]
pub(super) struct CaseloadDocument<'a> {
    /// The latest date that a case was looked at for; null without cases.
    on: Option<Date>,
    /// How many cases.
    cases: usize,
    /// Officers, offices, all; in each level in the order of `--sort`.
    books: Vec<BookRecord<'a>>,
    /// What the cases show together.
    patterns: &'a [Found],
    /// Books with too many cases to be looked at for patterns.
    too_large: &'a [Book],
    /// The cases without an answer.
    failed: &'a [Failed],
    /// The date whose rules and numbers are in force, where that is not the date of each case.
    #[serde(skip_serializing_if = "Option::is_none")]
    law: Option<Date>,
    /// What the run took otherwise than the policy's files say, a line each. Such an answer is a trial.
    #[schemars(length(min = 1))]
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    trial: &'a [String],
}

/// The book of an officer, an office, or all.
#[derive(Serialize, JsonSchema)]
struct BookRecord<'a> {
    /// Whose cases.
    level: Level,
    /// Reference of the officer, or the office; null over all, and for cases that name none.
    name: Option<&'a str>,
    /// The officer's grade: that of most of the cases.
    grade: Option<Grade>,
    /// How many cases.
    cases: usize,
    /// Cases by tier, the most intensive first; those without a tier last.
    tiers: Vec<TierCases<'a>>,
    /// Points of the work under the tiers on record, where the policy reckons them.
    points: Option<u64>,
    /// The same under the tiers to act on.
    points_to_act_on: Option<u64>,
    /// An officer beside the target of the grade; null where the policy has none.
    against_target: Option<AgainstTarget>,
    /// The officers of an office or of all that have a target, by the office of most of their cases; null in the book of an officer.
    officers: Option<Officers>,
    /// Contacts owed in a week under the tiers on record.
    #[schemars(with = "f64", range(min = 0))]
    contacts_a_week: Value,
    /// Those of them that are home visits and nothing else.
    #[schemars(with = "f64", range(min = 0))]
    home_visits_a_week: Value,
    /// Contacts overdue.
    contacts_overdue: usize,
    /// Reviews overdue.
    reviews_overdue: usize,
    /// Reviews due within six weeks, overdue ones left out.
    reviews_in_six_weeks: usize,
    /// Tiers that rest on incomplete evidence.
    provisional: usize,
    /// Cases recorded under a lower tier than the one to act on.
    recorded_below: usize,
    /// Cases of which something is not recorded.
    incomplete: usize,
    /// What is not recorded: facts that leave a tier open, and what a book is counted by.
    missing: Vec<MissingFact<'a>>,
    /// What is known to come, week by week, as far as `--forecast` looks ahead.
    weeks: Vec<Week<'a>>,
}

/// The cases of a tier.
#[derive(Serialize, JsonSchema)]
struct TierCases<'a> {
    /// The tier; null for cases without one.
    tier: Option<&'a str>,
    /// Cases with it on record.
    recorded: usize,
    /// Cases with it to act on: as the rules give it, unless professional judgement moved it.
    to_act_on: usize,
}

/// An officer beside the target of the grade.
#[derive(Serialize, JsonSchema)]
struct AgainstTarget {
    /// Most cases.
    #[schemars(with = "f64", range(min = 0))]
    target: Value,
    /// The cases as a share of it, in percent.
    #[schemars(with = "f64", range(min = 0))]
    percent: Value,
    /// The inspectors' word for that share.
    workload: Option<Band>,
    /// Cases over the target.
    over: usize,
    /// Cases that could leave the officer without another one of the grade taking them over, each counted once.
    leaving: Leaving,
    /// Cases that the officers of the grade in the office could take in all before they reach their targets; null where the office is not
    /// known, or `--officer` leaves them out.
    room: Option<usize>,
}

/// Cases that could leave an officer.
#[derive(Serialize, JsonSchema)]
struct Leaving {
    /// Their supervision has ended.
    ended: usize,
    /// The policy gives them to another grade.
    other_grade: usize,
    /// The policy would have them managed from the operational hub.
    hub: usize,
    /// Their supervision ends within six weeks.
    ending: usize,
}

/// A fact that is not recorded.
#[derive(Serialize, JsonSchema)]
struct MissingFact<'a> {
    /// Path of the input.
    path: &'a str,
    /// Cases of which it is not recorded.
    cases: usize,
}

/// What is known to come in a week.
#[derive(Serialize, JsonSchema)]
struct Week<'a> {
    /// Its first day: the date of the answer, and every seven days from then; null past the last year of the calendar.
    from: Option<Date>,
    /// Contacts by tier; what is overdue stands in the first week.
    contacts: Vec<TierContacts<'a>>,
    /// Reviews and assessments before release.
    reviews: u64,
    /// Releases from custody.
    releases: u64,
    /// Ends of supervision.
    ends: u64,
}

/// Contacts under a tier.
#[derive(Serialize, JsonSchema)]
struct TierContacts<'a> {
    /// The tier.
    tier: &'a str,
    /// How many.
    #[schemars(range(min = 1))]
    contacts: u64,
}

impl<'a> CaseloadDocument<'a> {
    /// The book as one document.
    pub(super) fn of(report: &'a CaseloadReport) -> Self {
        Self {
            on: report.on,
            cases: report.cases,
            books: report.books.iter().map(|book| BookRecord::of(report, book)).collect(),
            patterns: &report.patterns.found,
            too_large: &report.patterns.too_large,
            failed: &report.failed,
            law: report.law,
            trial: &report.trial,
        }
    }
}

impl<'a> BookRecord<'a> {
    fn of(report: &'a CaseloadReport, book: &'a Carrying) -> Self {
        let figures = &book.figures;
        let [contacts_overdue, reviews_overdue] = figures.overdue;
        let [points, points_to_act_on] = figures.points.map(|points| report.has_points.then_some(points));
        Self {
            level: book.level,
            name: book.name.as_deref(),
            grade: book.grade,
            cases: figures.cases,
            tiers: tiers(report, book),
            points,
            points_to_act_on,
            against_target: book.against.as_ref().map(|against| AgainstTarget::of(book, against)),
            officers: (book.level != Level::Officer).then_some(book.officers),
            contacts_a_week: hundredth(figures.contacts),
            home_visits_a_week: hundredth(figures.home_visits),
            contacts_overdue,
            reviews_overdue,
            reviews_in_six_weeks: figures.reviews_near,
            provisional: figures.provisional,
            recorded_below: figures.below,
            incomplete: figures.incomplete,
            missing: figures.missing.iter().map(|(path, cases)| MissingFact { path, cases: *cases }).collect(),
            weeks: report.on.map(|on| weeks(report, book, on)).unwrap_or_default(),
        }
    }
}

impl AgainstTarget {
    fn of(book: &Carrying, against: &Against) -> Self {
        let leaves = |relief: Relief| book.figures.relief.get(&relief).copied().unwrap_or_default();
        Self {
            target: hundredth(against.target),
            percent: hundredth(against.share),
            workload: against.band,
            over: against.over,
            leaving: Leaving {
                ended: leaves(Relief::Ended),
                other_grade: leaves(Relief::OtherGrade),
                hub: leaves(Relief::Hub),
                ending: leaves(Relief::Ending),
            },
            room: against.room,
        }
    }
}

/// The cases of each tier, and of none.
fn tiers<'a>(report: &'a CaseloadReport, book: &Carrying) -> Vec<TierCases<'a>> {
    let of = |tier: Option<&'a String>| {
        let key = tier.cloned();
        let recorded = book.figures.recorded.get(&key).copied().unwrap_or_default();
        let to_act_on = book.figures.to_act_on.get(&key).copied().unwrap_or_default();
        TierCases { tier: tier.map(String::as_str), recorded, to_act_on }
    };
    report.tiers.iter().map(Some).chain([None]).map(of).collect()
}

fn weeks<'a>(report: &'a CaseloadReport, book: &Carrying, on: Date) -> Vec<Week<'a>> {
    let of_tier = |week: u16, tier: &'a String| {
        let contacts = comes(book, week, |what| matches!(what, What::Contacts(of, _) if of == tier));
        (contacts > 0).then_some(TierContacts { tier, contacts })
    };
    let week = |week: u16| {
        let of = |kind: What| comes(book, week, |what| *what == kind);
        Week {
            from: on.checked_add(i64::from(week).weeks()).ok(),
            contacts: report.tiers.iter().filter_map(|tier| of_tier(week, tier)).collect(),
            reviews: of(What::Review),
            releases: of(What::Release),
            ends: of(What::End),
        }
    };
    (0..report.weeks).map(week).collect()
}
