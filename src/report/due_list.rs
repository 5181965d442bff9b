//! The list of what is owed as people work from it: by officer, most urgent first, a line for what is late or near, with why.

use crate::{
    caseload::standing::ahead,
    report::{
        due::{DueReport, review},
        page::Page,
        phrases::{and, count_of, date, on_trial, spoken, under_law},
        shown::code,
        width::width,
    },
    schedule::{Due, State, assess::DueCase},
};
use jiff::civil::Date;
use std::{cmp::Reverse, collections::BTreeMap};

/// Up to so many cases everything is told of each, and the weeks are drawn unless asked for.
pub const FEW: usize = 20;
/// So many facts that bear on most of the provisional tiers are named.
const MOST: usize = 5;

/// Draws the list.
pub fn draw(report: &DueReport, page: &mut Page) {
    let Some(on) = report.on() else {
        return page.paragraph(&format!("No case to list.{}", without_answer(report)));
    };
    let own = report.cases.iter().filter(|case| case.on != on).count();
    let law = report.cases.iter().find_map(|case| case.law);
    let trial = report.cases.first().map(|case| on_trial(&case.trial)).unwrap_or_default();
    page.heading(1, &format!("{}{}{trial}", heading(on, report.cases.len(), own), under_law(law)));
    page.remark(&summary(report));
    settling(report, page);
    let mut officers: Vec<(Option<&str>, Vec<&DueCase>)> = Vec::new();
    let mut places: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for case in &report.cases {
        let place = *places.entry(case.officer.as_deref()).or_insert_with(|| {
            officers.push((case.officer.as_deref(), Vec::new()));
            officers.len() - 1
        });
        officers.get_mut(place).into_iter().for_each(|(_, cases)| cases.push(case));
    }
    let names_dates = own > 0;
    for (officer, cases) in &officers {
        if officers.len() > 1 || officer.is_some() {
            page.section(&format!("{}: {}", officer.unwrap_or("No officer recorded"), load(report, cases)));
        }
        for case in cases {
            one(page, report, case, names_dates);
        }
    }
    if !report.weeks.is_empty() {
        page.section("Six weeks");
        page.verbatim(&report.weeks);
    }
}

/// The date of the list, or that cases have their own.
fn heading(on: Date, cases: usize, own: usize) -> String {
    match own {
        0 => format!("Due on {}", date(on)),
        own => format!(
            "Due, each on its own date: {} on {}, {own} on others, which are shown (`--on DATE` for one date)",
            cases - own,
            date(on)
        ),
    }
}

/// How many of what is listed stand where.
fn summary(report: &DueReport) -> String {
    let counted = |name: &str, what: fn(&DueCase) -> &Due| {
        let near = [(State::Overdue, "overdue"), (State::Due, "due today"), (State::Upcoming, "upcoming")];
        // Of a time to come most is neither.
        let later = (report.window != [None, None]).then_some((State::NotDue, "not due yet"));
        let counts = near.into_iter().chain(later);
        let counts: Vec<_> = counts.map(|(state, word)| (count(report, &report.cases, what, state), word)).collect();
        let said = counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
        let said: Vec<String> = said.collect();
        format!("{name}: {}.", if said.is_empty() { "none near".to_owned() } else { said.join(", ") })
    };
    let mut said = vec![count_of(report.cases.len(), "case") + "."];
    said.push(counted("Contacts", |case| &case.contact));
    said.push(counted("Reviews", |case| &case.review));
    let (of_none, of_another): (Vec<&DueCase>, Vec<_>) =
        report.cases.iter().filter(|case| is_recorded_otherwise(case)).partition(|case| case.recorded.is_none());
    let marked = [
        (of_another.len(), "recorded under another tier than the rules give"),
        (of_none.len(), "recorded under no tier"),
    ];
    let marked = marked.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
    let marked: Vec<String> = marked.collect();
    if !marked.is_empty() {
        said.push(format!("{} (marked !).", marked.join(", ")));
    }
    if !report.unsaid.is_empty() {
        let unsaid: Vec<String> = report.unsaid.iter().map(|what| (*what).to_owned()).collect();
        said.push(format!("The policy has no standard of {}.", and(&unsaid)));
    }
    format!("{}{}", said.join(" "), without_answer(report))
}

/// How many cases are in no list because they have no answer.
fn without_answer(report: &DueReport) -> String {
    match report.failed.len() {
        0 => String::new(),
        1 => " 1 case has no answer, and is not listed.".to_owned(),
        many => format!(" {many} cases have no answer, and are not listed."),
    }
}

/// The facts that bear on most of the provisional tiers.
fn settling(report: &DueReport, page: &mut Page) {
    let mut facts: BTreeMap<&str, usize> = BTreeMap::new();
    let open = report.cases.iter().filter(|_| report.is_of_provisional).flat_map(|case| &case.settled_by);
    open.for_each(|path| *facts.entry(path).or_default() += 1);
    let mut facts: Vec<(&str, usize)> = facts.into_iter().collect();
    facts.sort_by_key(|(_, many)| Reverse(*many));
    let said: Vec<String> = facts.iter().take(MOST).map(|(path, many)| format!("{} {many}", code(path))).collect();
    if !said.is_empty() {
        page.remark(&format!("What bears on most of the provisional tiers, and on how many: {}.", said.join(", ")));
    }
}

fn count<'a>(
    report: &DueReport,
    cases: impl IntoIterator<Item = &'a DueCase>,
    what: fn(&DueCase) -> &Due,
    state: State,
) -> usize {
    cases.into_iter().map(what).filter(|due| due.state == state && report.lists(due)).count()
}

/// What an officer carries of the list.
fn load(report: &DueReport, of: &[&DueCase]) -> String {
    let late = |what| count(report, of.iter().copied(), what, State::Overdue);
    let (contacts, reviews) = (late(|case| &case.contact), late(|case| &case.review));
    let overdue = match (contacts, reviews) {
        (0, 0) if report.window != [None, None] => "nothing overdue of these dates".to_owned(),
        (0, 0) => "nothing overdue".to_owned(),
        (contacts, 0) => format!("{} overdue", count_of(contacts, "contact")),
        (0, reviews) => format!("{} overdue", count_of(reviews, "review")),
        (contacts, reviews) => format!("{} and {} overdue", count_of(contacts, "contact"), count_of(reviews, "review")),
    };
    format!("{}, {overdue}", count_of(of.len(), "case"))
}

/// A case: what is late or near, or all there is.
fn one(page: &mut Page, report: &DueReport, case: &DueCase, names_date: bool) {
    let in_full = report.cases.len() <= FEW;
    let is_near = |due: &Due| !matches!(due.state, State::NotDue | State::None);
    let both = [("contact", &case.contact), (review(&case.review), &case.review)];
    let both = both.into_iter().filter(|(_, due)| report.lists(due));
    let none_near = !both.clone().any(|(_, due)| is_near(due));
    let listed = both.filter(|(_, due)| in_full || none_near || is_near(due));
    page.named(2, 12, &case.crn, &stands(report, case, names_date));
    if let Some(release) = case.release.filter(|release| *release <= ahead(case.on)) {
        page.note(6, &format!("release {}", date(release)));
    }
    if report.is_of_provisional && !case.settled_by.is_empty() {
        let paths: Vec<_> = case.settled_by.iter().map(|path| code(path)).collect();
        page.note(6, &format!("to be found out: {}", paths.join(", ")));
    }
    for (what, due) in listed {
        let owed = format!("{what} {}", in_short(due));
        let whole = if due.why.is_empty() { owed.clone() } else { format!("{owed}: {}", due.why) };
        if page.is_record() || whole.chars().count() + 6 <= width() {
            page.note(6, &whole);
        } else {
            page.note(6, &owed);
            page.note(10, &due.why);
        }
    }
}

/// The tier on record, and what the rules give where that is another.
fn stands(report: &DueReport, case: &DueCase, names_date: bool) -> String {
    let recorded = case.recorded.as_deref().unwrap_or("no tier recorded");
    let provisional = if case.provisional { " (provisional)" } else { "" };
    let mut said = match (&case.tier, &case.computed) {
        (Some(tier), Some(computed)) if tier != computed => {
            format!("{recorded} ! the rules give {computed}{provisional}, an override {tier}")
        }
        (Some(tier), _) if is_recorded_otherwise(case) => format!("{recorded} ! the rules give {tier}{provisional}"),
        _ => format!("{recorded}{provisional}"),
    };
    if report.is_by_last_seen {
        said += &case.last_seen.map_or(", never seen".to_owned(), |seen| format!(", last seen {}", date(seen)));
    }
    if names_date {
        said += &format!(", on {}", date(case.on));
    }
    said
}

fn is_recorded_otherwise(case: &DueCase) -> bool {
    case.tier.is_some() && case.recorded != case.tier
}

/// A due date in a few words: 3 May 2019, 4 days overdue.
fn in_short(due: &Due) -> String {
    let state = spoken(due.state.as_str());
    match (due.due, due.days_overdue) {
        (Some(by), 0) => format!("{}, {state}", date(by)),
        (Some(by), 1) => format!("{}, 1 day overdue", date(by)),
        (Some(by), late) => format!("{}, {late} days overdue", date(by)),
        (None, _) => state,
    }
}
