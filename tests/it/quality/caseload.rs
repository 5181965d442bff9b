//! Patterns over many cases: seeded synthetic books with each pattern and without it.

use super::{BGSW, DAYS, file};
use brag::{
    caseload::{MAX_ROWS, Patterns, book::Row, level::Level, patterns},
    decision::assessor::Assessor,
    schedule::assess::assess,
};
use jiff::civil::date;
use std::collections::BTreeSet;

/// A small generator of numbers that is the same everywhere.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// One synthetic case: what a pattern may bend.
struct Synthetic {
    officer: String,
    ogrs3: u64,
    ratings: Vec<(String, &'static str, &'static str)>,
    plan: String,
    moved: Option<&'static str>,
}

impl Synthetic {
    /// A case of which nothing stands out; reviews are spread over the days of a month.
    fn usual(seed: &mut Seeded, index: usize, officer: &'static str) -> Self {
        let days = [1 + index % 20, 1 + index % 20];
        Self {
            officer: officer.to_owned(),
            ogrs3: 52 + seed.below(20),
            ratings: vec![
                (format!("2019-02-{:02}", days[0]), "Amber", officer),
                (format!("2019-04-{:02}", days[1]), "Amber", officer),
            ],
            plan: format!("2019-02-{:02}", 1 + seed.below(24)),
            moved: None,
        }
    }

    fn row(&self, assessor: &mut Assessor<'_>, index: usize) -> Row {
        let mut text = format!(
            "crn: Q{index:06}\nassessed_on: 2019-05-20\nsentence: {{starts_on: 2019-01-07, ends_on: 2020-01-06}}\n\
             supervision: {{office: Bristol, officer: {{id: {}}}}}\nplan: {{completed_on: {}}}\n\
             oasys: {{completed_on: 2019-01-21, rosh: medium, rosh_to: {{public: low, children: low, known_adult: low, \
             staff: low}}, ogrs3: {}, ogp: 20, ovp: 20, rsr: 1, sections: {{accommodation: 1, ete: 1, relationships: 1, \
             lifestyle: 1, drugs: 1, alcohol: 1, thinking: 1, attitudes: 1}}}}\nratings:\n",
            self.officer, self.plan, self.ogrs3
        );
        for (date, tier, by) in &self.ratings {
            let moved = self.moved.map(|from| format!(", override: {{from: {from}}}")).unwrap_or_default();
            text.push_str(&format!("- {{date: {date}, tier: {tier}, by: {by}{moved}}}\n"));
        }
        let file = file(&text);
        let answer = assess(assessor, &file, date(2019, 5, 20), &DAYS).unwrap();
        Row::new(&file.case, &answer, BGSW.tiers())
    }
}

/// A book of one officer, bent by `bend`, beside one of another that is as usual.
fn book(seed: u64, bend: impl Fn(usize, &mut Synthetic)) -> Patterns {
    let mut seeded = Seeded(seed);
    let mut rows = Vec::new();
    let mut assessor = Assessor::new(&BGSW);
    for index in 0..40 {
        let mut case = Synthetic::usual(&mut seeded, index, if index < 20 { "OFFICER1" } else { "OFFICER2" });
        if index < 20 {
            bend(index, &mut case);
        }
        rows.push(case.row(&mut assessor, index));
    }
    patterns(&BGSW, &rows, date(2019, 5, 20)).unwrap()
}

fn of_officer<'a>(patterns: &'a Patterns, officer: &str) -> BTreeSet<&'a str> {
    let of = patterns.found.iter().filter(|found| found.book.name.as_deref() == Some(officer));
    of.map(|found| found.pattern.code.as_str()).collect()
}

const SEEDS: [u64; 4] = [1, 7, 42, 2019];

fn shows(code: &str, with: impl Fn(usize, &mut Synthetic), without: impl Fn(usize, &mut Synthetic)) {
    for seed in SEEDS {
        let bent = book(seed, &with);
        assert_eq!(of_officer(&bent, "OFFICER1"), BTreeSet::from([code]), "seed {seed}");
        assert_eq!(of_officer(&bent, "OFFICER2"), BTreeSet::new(), "seed {seed}");
        assert_eq!(of_officer(&book(seed, &without), "OFFICER1"), BTreeSet::new(), "seed {seed}");
    }
}

#[test]
fn an_ordinary_book_shows_no_pattern() {
    for seed in SEEDS {
        assert_eq!(book(seed, |_, _| {}), Patterns::default());
    }
}

#[test]
fn red_cases_recorded_lower() {
    let red = |lower: usize| {
        move |index: usize, case: &mut Synthetic| {
            if index < 8 {
                case.ogrs3 = 95;
                if index >= lower {
                    case.ratings.iter_mut().for_each(|rating| rating.1 = "Red");
                }
            }
        }
    };
    shows("red_suppression", red(2), red(1));
    let bent = book(1, red(2));
    let found = bent.found.iter().find(|found| found.book.level == Level::Officer).unwrap();
    assert_eq!(found.pattern.text, "2 of 8 cases computed Red are recorded lower");
    assert_eq!(found.pattern.cases, ["Q000000", "Q000001"]);
    assert_eq!(found.book.of, 20);
}

#[test]
fn many_reviews_by_one_person_on_one_day() {
    let batch = |count: usize, by: &'static str| {
        move |index: usize, case: &mut Synthetic| {
            if index < count {
                case.ratings[1] = ("2019-04-29".to_owned(), "Amber", by);
            }
        }
    };
    shows("review_batching", batch(5, "OFFICER1"), batch(4, "OFFICER1"));
    shows("review_batching", batch(9, "MANAGER1"), batch(9, "cm"));
    let one_changed = |index: usize, case: &mut Synthetic| {
        batch(6, "OFFICER1")(index, case);
        if index == 3 {
            case.ratings[0].1 = "Green";
        }
    };
    assert!(book(7, one_changed).found.is_empty(), "one of them changed a tier");
}

#[test]
fn plans_completed_on_the_target_day() {
    let bunched = |count: usize, day: &'static str| {
        move |index: usize, case: &mut Synthetic| {
            case.plan = if index < count { day } else { "2019-01-30" }.to_owned();
        }
    };
    shows("plan_target_bunching", bunched(8, "2019-01-28"), bunched(7, "2019-01-28"));
    assert!(book(1, bunched(20, "2019-01-29")).found.is_empty(), "a day after the target");
}

#[test]
fn overrides_that_go_down() {
    let moved = |up: usize| {
        move |index: usize, case: &mut Synthetic| {
            if index < 8 {
                case.ratings.truncate(1);
                case.moved = Some(if index < up { "Green" } else { "Red" });
            }
        }
    };
    shows("override_asymmetry", moved(2), moved(3));
}

#[test]
fn scores_just_below_an_edge() {
    let heaped = |above: usize| {
        move |index: usize, case: &mut Synthetic| {
            if index < 8 {
                case.ogrs3 = if index < above { 91 } else { 88 + (index as u64 % 2) };
                case.ratings.iter_mut().for_each(|rating| rating.1 = "Red");
            }
        }
    };
    shows("heaped_below_threshold", heaped(2), heaped(3));
}

#[test]
fn a_book_at_the_limit_is_looked_at_and_one_beyond_it_named() {
    let mut seeded = Seeded(5);
    let row = Synthetic::usual(&mut seeded, 1, "OFFICER1").row(&mut Assessor::new(&BGSW), 1);
    let mut rows = vec![row; MAX_ROWS];
    assert!(patterns(&BGSW, &rows, date(2019, 5, 20)).unwrap().too_large.is_empty());
    rows.push(rows[0].clone());
    let beyond = patterns(&BGSW, &rows, date(2019, 5, 20)).unwrap();
    assert!(beyond.too_large.iter().any(|book| book.level == Level::All && book.of == MAX_ROWS + 1));
}
