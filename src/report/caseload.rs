//! The book of an office: what its officers carry, what is owed and not in order, what would bring them back, what is to come, and
//! what the cases show together.

use crate::{
    case::words::Grade,
    caseload::{
        Book, Patterns,
        carrying::{Against, Carrying},
        forecast::What,
        level::Level,
        standing::Relief,
    },
    report::{
        View,
        caseload_columns::{PARTS, comes, people, percent, whose as of_book},
        caseload_json::CaseloadDocument,
        compare_words::{cases, count},
        failed::Failed,
        page::Page,
        phrases::{and, date, grade, on_dates, on_trial, under_law},
        table::Table,
    },
};
use jiff::{ToSpan, civil::Date};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Facts that are not recorded which people are told of; programs are told of all.
const SHOWN: usize = 10;

/// The book of an office, and which cases could not be looked at.
#[derive(Debug, Default)]
pub struct CaseloadReport {
    /// The latest date that a case was looked at for, which targets hold on.
    pub on: Option<Date>,
    /// The earliest.
    pub since: Option<Date>,
    /// The date whose rules and numbers are in force, where that is not the date of each case.
    pub law: Option<Date>,
    /// What the run took otherwise than the policy's files say, a line each.
    pub trial: Vec<String>,
    /// How many cases.
    pub cases: usize,
    /// What they add up to, by officer, by office, over all.
    pub books: Vec<Carrying>,
    /// The tiers that a case can have on record, the most intensive first.
    pub tiers: Vec<String>,
    /// Of what the policy has no standard: contacts, reviews.
    pub no_standards: Vec<&'static str>,
    /// Whose cases were asked for, where not all were.
    pub whose: Option<String>,
    /// Whether the policy reckons points.
    pub has_points: bool,
    /// How many weeks are looked ahead to.
    pub weeks: u16,
    /// What they show together.
    pub patterns: Patterns,
    /// The cases that have no answer, and why.
    pub failed: Vec<Failed>,
}

impl CaseloadReport {
    /// Whether the policy has a target for an officer here.
    pub(super) fn has_targets(&self) -> bool {
        self.books.iter().any(|book| book.against.is_some())
    }

    /// Whether the policy asks for a home visit somewhere.
    pub(super) fn has_home_visits(&self) -> bool {
        self.books.iter().any(|book| !book.figures.home_visits.is_zero())
    }

    /// The book of all cases.
    pub(super) fn all(&self) -> Option<&Carrying> {
        self.books.iter().find(|book| book.level == Level::All)
    }

    /// What the page is about.
    pub(super) fn title(&self) -> String {
        let on = self.on.map(|on| on_dates(self.since.unwrap_or(on), on)).unwrap_or_default();
        let whose = self.whose.as_ref().map(|whose| format!(" of {whose}")).unwrap_or_default();
        format!("{}{whose}{on}{}{}", cases(self.cases), under_law(self.law), on_trial(&self.trial))
    }

    /// How the officers stand beside their targets; nothing where none has one.
    pub(super) fn officers_in_short(&self) -> Option<String> {
        let of = self.all()?.officers;
        let share =
            |many: usize| format!("{} ({}%)", count(many), (many * 200 + of.officers) / (of.officers * 2).max(1));
        (of.officers > 0).then(|| {
            format!(
                "Officers with a target: {}. Over it: {}. Workload red, dangerously high: {}; amber, at risk: {}.",
                count(of.officers),
                count(of.over_target),
                share(of.red),
                share(of.amber)
            )
        })
    }

    /// What no figure says: of cases that have no answer, and what the policy does not say.
    pub(super) fn unsaid(&self) -> Vec<String> {
        let failed = match self.failed.len() {
            0 => None,
            1 => Some("1 case has no answer, and is in no figure.".to_owned()),
            many => Some(format!("{} cases have no answer, and are in no figure.", count(many))),
        };
        let standards = and(&self.no_standards.iter().map(|what| (*what).to_owned()).collect::<Vec<_>>());
        let standards = format!("The policy has no standard of {standards}: their figures are of nothing.");
        let points = "The policy reckons no points: it has no `workload(person, tier)`.".to_owned();
        let targets = "No officer here has a target in the policy (`target_po` and its like).".to_owned();
        let of_policy =
            [(!self.no_standards.is_empty(), standards), (!self.has_points, points), (!self.has_targets(), targets)];
        let of_policy = of_policy.into_iter().filter(|(is_so, _)| *is_so && self.cases > 0).map(|(_, said)| said);
        failed.into_iter().chain(of_policy).chain(self.of_grades()).collect()
    }

    /// Officers whom no target, or one of several, is held against.
    fn of_grades(&self) -> impl Iterator<Item = String> {
        let idle: BTreeSet<Grade> =
            self.books.iter().filter(|book| book.is_target_idle).filter_map(|book| book.grade).collect();
        let idle = idle.into_iter().map(|of| {
            let of = (grade(of), of.as_str());
            format!("The target of a {} (`target_{}`) is 0 or less: nobody stands beside it.", of.0, of.1)
        });
        let mixed = self.books.iter().filter(|book| book.grade.is_some() && book.figures.grades.len() > 1);
        idle.chain(mixed.filter_map(|book| {
            let grades = book.figures.grades.iter();
            let grades: Vec<String> = grades.map(|(of, many)| format!("{} in {}", grade(*of), cases(*many))).collect();
            let counts = grade(book.grade?);
            Some(format!("{} is of several grades on record, {}: counted as a {counts}.", of_book(book), and(&grades)))
        }))
    }

    /// What is not recorded, the most frequent first.
    pub(super) fn missing(&self) -> Vec<(&str, usize)> {
        let missing = self.all().map(|book| &book.figures.missing);
        let mut all: Vec<(&str, usize)> = missing.into_iter().flatten().map(|(path, many)| (&**path, *many)).collect();
        all.sort_by(|(one, few), (other, many)| many.cmp(few).then_with(|| one.cmp(other)));
        all
    }

    /// What comes, a row a week: the names of the columns and the rows.
    pub(super) fn weeks_ahead(&self, shown: fn(Date) -> String) -> Option<(Vec<String>, Vec<Vec<String>>)> {
        let (book, on) = (self.all()?, self.on?);
        let tiers: Vec<&String> = self.tiers.iter().filter(|tier| comes_at_all(book, tier)).collect();
        let head = ["week from", "contacts"].map(str::to_owned).into_iter();
        let rest = ["reviews", "releases", "ends"].map(str::to_owned);
        let head = head.chain(tiers.iter().map(|tier| (*tier).clone())).chain(rest).collect();
        let row = |week: u16| {
            let from = on.checked_add(i64::from(week).weeks()).map(shown).unwrap_or_default();
            let number = |is: &dyn Fn(&What) -> bool| comes(book, week, is).to_string();
            let of_tiers = tiers.iter().map(|tier| number(&|what| is_of(what, tier)));
            let rest = [What::Review, What::Release, What::End].map(|kind| number(&|what| *what == kind));
            let all = number(&|what| matches!(what, What::Contacts(..)));
            [from, all].into_iter().chain(of_tiers).chain(rest).collect()
        };
        (self.weeks > 0).then(|| (head, (0..self.weeks).map(row).collect()))
    }
}

fn is_of(what: &What, tier: &str) -> bool {
    matches!(what, What::Contacts(of, _) if of == tier)
}

fn comes_at_all(book: &Carrying, tier: &str) -> bool {
    book.figures.coming.keys().any(|(_, what)| is_of(what, tier))
}

impl View for CaseloadReport {
    fn draw(&self, page: &mut Page) {
        page.heading(1, &self.title());
        self.officers_in_short().iter().for_each(|said| page.remark(said));
        self.unsaid().iter().for_each(|said| page.remark(said));
        for (part, title) in PARTS {
            let (head, rows) = people(self, |one| one == *part, |_| true);
            draw_table(page, title, &head, rows);
        }
        self.over_target(page);
        let missing = self.missing();
        if !missing.is_empty() {
            page.section("Not recorded");
            let named = missing.iter().take(SHOWN);
            named.for_each(|(path, many)| page.named(2, 34, path, &format!("in {}", cases(*many))));
            let more = missing.len().saturating_sub(SHOWN);
            page.aside(2, &if more > 0 { format!("and {more} more facts") } else { String::new() });
        }
        if let Some((head, rows)) = self.weeks_ahead(date) {
            draw_table(page, "To come", &head, rows);
            page.remark(FORESEEN);
        }
        self.patterns(page);
    }

    fn json(&self) -> impl Serialize {
        CaseloadDocument::of(self)
    }
}

/// What a look ahead knows.
pub(super) const FORESEEN: &str = "What is overdue stands in the first week. New cases are not known, nor what a release asks for beyond itself. Where several \
contacts are asked for, each is counted from the date of the one that is due first.";

fn draw_table(page: &mut Page, title: &str, head: &[String], rows: Vec<Vec<String>>) {
    if rows.is_empty() {
        return;
    }
    page.section(title);
    let mut table = Table::new(&head.iter().map(String::as_str).collect::<Vec<_>>()).of_numbers();
    for row in rows {
        table.cells(row);
    }
    page.table(&table);
}

impl CaseloadReport {
    fn over_target(&self, page: &mut Page) {
        let over = self.books.iter().filter(|book| book.against.as_ref().is_some_and(|against| against.over > 0));
        let mut over = over.peekable();
        if over.peek().is_some() {
            page.section("Over target");
        }
        for book in over {
            let Some(against) = &book.against else { continue };
            page.named(2, 12, &of_book(book), &beside(book, against));
            page.note(6, &back(&book.figures.relief, against));
        }
    }

    fn patterns(&self, page: &mut Page) {
        if self.patterns.found.is_empty() && self.patterns.too_large.is_empty() {
            page.remark("No pattern.");
        }
        for found in self.patterns.found.chunk_by(|one, next| one.book == next.book) {
            found.iter().take(1).for_each(|first| page.section(&whose(&first.book)));
            for pattern in found.iter().map(|found| &found.pattern) {
                page.note(2, &format!("{} ({}): {}", pattern.code, pattern.severity, pattern.text));
                page.aside(6, &format!("{}: {}", cases(pattern.cases.len()), pattern.cases.join(" ")));
            }
        }
        for book in &self.patterns.too_large {
            page.remark(&format!("{}: too many cases to be looked at as one", whose(book)));
        }
    }
}

/// How an officer stands beside the target.
pub(super) fn beside(book: &Carrying, against: &Against) -> String {
    let of = book.grade.map(|held| format!(" of a {}", grade(held))).unwrap_or_default();
    let band = against.band.map(|band| format!(", workload {}", band.as_str())).unwrap_or_default();
    let (over, target) = (count(against.over), against.target.normalize());
    format!("{}, {over} over the {target}{of} ({}%{band})", cases(book.figures.cases), percent(against.share))
}

/// What would bring an officer back under the target, one thing after the other.
pub(super) fn back(relief: &BTreeMap<Relief, usize>, against: &Against) -> String {
    let mut left = against.over;
    let mut said = Vec::new();
    for (way, many) in relief {
        let many_cases = count(*many);
        said.push(match way {
            Relief::Ended => format!("closing {many_cases} whose supervision has ended"),
            Relief::OtherGrade => format!("moving {many_cases} that the policy gives to another grade"),
            Relief::Hub => format!("moving {many_cases} that the policy has managed from the operational hub"),
            Relief::Ending => format!("waiting for {many_cases} that end within six weeks"),
        });
        left = left.saturating_sub(*many);
        if left == 0 {
            break;
        }
    }
    if left > 0 {
        let many = count(left);
        said.push(match against.room {
            Some(room) => {
                format!("moving {many} to officers of the grade in the office, who have room for {}", count(room))
            }
            None => format!("moving {many} to other officers of the grade"),
        });
    }
    format!("back under it by: {}", said.join("; "))
}

fn whose(book: &Book) -> String {
    let name = book.name.as_deref().unwrap_or_default();
    match book.level {
        Level::Officer => format!("Officer {name}, {}", cases(book.of)),
        Level::Office => format!("Office {name}, {}", cases(book.of)),
        Level::All => format!("All {}", cases(book.of)),
    }
}
