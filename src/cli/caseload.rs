//! `brag caseload`: the book of an office, by officer and office: what is carried against target, owed, not in order and to come.

use crate::{
    case::Case,
    caseload::{
        book::{Row, Texts},
        carrying::{Carrying, carrying},
        figures::Books,
        level::Level,
        looking, patterns,
        standing::Standing,
    },
    cli::{
        Run, batch::Batch, case_files::Cases, due::no_standards, format_option::Formats, global::Global, out::Output,
        policy_choice, terminal::Terminal, what_if::WhatIf, whose::Whose,
    },
    decision::assessor::Assessor,
    error::{Error, Exit},
    policy::Policy,
    report::{Format, View, caseload::CaseloadReport, caseload_columns, caseload_html, failed::Failed},
    schedule::assess::assess_and_carry,
};
use clap::{Args, ValueEnum};
use rust_decimal::Decimal;
use std::cmp::Reverse;

/// The book of an office.
#[derive(Debug, Args)]
pub struct Caseload {
    #[command(flatten)]
    cases: Cases,
    #[command(flatten)]
    output: Output<Self>,
    #[command(flatten)]
    whose: Whose,
    /// The order of officers and of offices: by name, or the most first
    #[arg(long, value_name = "BY", default_value = "name")]
    sort: Sort,
    /// Look ahead so many weeks: contacts by tier, reviews, releases and ends that are known to come
    #[arg(long, value_name = "WEEKS", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=52), hide_default_value = true)]
    forecast: u16,
    #[command(flatten)]
    what_if: WhatIf,
    /// Leave out a policy that runs with the chosen one; may be given several times
    #[arg(long, value_name = "NAME")]
    without: Vec<String>,
}

/// What books are put in order by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sort {
    /// Their names
    Name,
    /// Cases
    Cases,
    /// Cases as a share of the target
    Workload,
    /// Points of the work
    Points,
    /// Contacts owed in a week
    Contacts,
    /// Contacts and reviews overdue
    Overdue,
    /// Reviews due within six weeks
    Reviews,
    /// Provisional tiers
    Provisional,
    /// Tiers recorded below those to act on
    Below,
    /// Cases of which something is not recorded
    Missing,
}

impl Formats for Caseload {
    const FORMATS: &'static [Format] =
        &[Format::Text, Format::Json, Format::Csv, Format::Xlsx, Format::Md, Format::Html];
}

impl Run for Caseload {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let format = self.output.format()?;
        let mut out = self.output.open(format.is_for_people(), &self.cases, global)?;
        let mut policy = policy_choice::load(global, &self.what_if.set, terminal)?;
        policy_choice::without(&mut policy, &self.without)?;
        let (mut rows, mut books, mut report) = (Vec::new(), Books::default(), CaseloadReport::default());
        let (known, mut texts) = (policy.vocabulary(), Texts::default());
        // Nothing of a case need be held where nothing looks at them all.
        let is_looked_at = looking(&policy).next().is_some();
        let ended = Batch::of(&self.cases, &known, global, terminal)?.run(
            terminal,
            || Assessor::new(&policy).telling_what_fired(true),
            |assessor, read, _| {
                if !self.whose.holds(&read.file.case) {
                    return Ok(None);
                }
                let (assessment, carried) = read.judged(assessor, assess_and_carry)?;
                let known = Case::as_known_on(&read.file.case, read.on);
                let tiers = assessor.policy().tiers();
                let standing = Standing::new(&known, &assessment, &carried, tiers, self.forecast);
                Ok(Some((read.on, is_looked_at.then(|| Row::new(&known, &assessment, tiers)), standing)))
            },
            |_, outcome, _| {
                match outcome {
                    Ok(Some((on, row, standing))) => {
                        report.on = report.on.max(Some(on));
                        report.since = Some(report.since.map_or(on, |since| since.min(on)));
                        books.add(&standing);
                        report.cases += 1;
                        rows.extend(row.map(|row| row.sharing(&mut texts)));
                    }
                    Ok(None) => {}
                    Err(failed) => report.failed.push(Failed { line: None, ..failed }),
                }
                Ok(())
            },
        )?;
        (report.law, report.weeks) = (policy.law(), self.forecast);
        report.trial = policy.trial();
        report.has_points = policy.program().has("workload");
        report.no_standards = no_standards(&policy);
        report.whose = self.whose.in_words();
        self.can_be_told(&report)?;
        if let Some(on) = report.on {
            report.patterns = patterns(&policy, &rows, on).map_err(|fault| Error::from(*fault))?;
            report.books = carrying(books, &policy, on, self.whose.is_of_all_officers());
            report.books.sort_by_key(|book| (book.level, self.sort.rank(book)));
        }
        report.tiers = tiers_of(&policy, &report.books);
        match format {
            Format::Csv => out.write(caseload_columns::csv(&report).as_bytes(), terminal)?,
            Format::Html => out.write(caseload_html::text(&report).as_bytes(), terminal)?,
            Format::Xlsx => out.write_bytes(&caseload_columns::sheet(&report).workbook()?, terminal)?,
            format => out.write(report.written(format).as_bytes(), terminal)?,
        }
        out.end(!ended.stopped, terminal)?;
        Ok(ended.exit)
    }
}

impl Caseload {
    /// Whether there is anybody to tell of, and a day from which the weeks to come are counted.
    fn can_be_told(&self, report: &CaseloadReport) -> Result<(), Error> {
        self.whose.some(report.cases + report.failed.len() > 0)?;
        match (report.since, report.on) {
            (Some(since), Some(on)) if since < on && self.forecast > 0 => {
                let message = format!("the cases are looked at on dates of their own, {since} to {on}");
                let help = "say with `--on DATE` from which day the weeks are counted";
                Err(Error::input("--forecast", message).with_help(help))
            }
            _ => Ok(()),
        }
    }
}

impl Sort {
    /// The place of a book, the greatest figure first.
    fn rank(self, book: &Carrying) -> Reverse<Decimal> {
        let figures = &book.figures;
        let number = |number: usize| Decimal::from(number);
        Reverse(match self {
            // They come in the order of their names, those without one last.
            Self::Name => Decimal::ZERO,
            Self::Cases => number(figures.cases),
            Self::Workload => book.against.as_ref().map(|against| against.share).unwrap_or_default(),
            Self::Points => Decimal::from(figures.points[0]),
            Self::Contacts => figures.contacts,
            Self::Overdue => number(figures.overdue.iter().sum()),
            Self::Reviews => number(figures.reviews_near),
            Self::Provisional => number(figures.provisional),
            Self::Below => number(figures.below),
            Self::Missing => number(figures.incomplete),
        })
    }
}

/// The tiers that cases have or could have, the most intensive first, then those outside the order.
fn tiers_of(policy: &Policy, books: &[Carrying]) -> Vec<String> {
    let tiers = policy.tiers();
    let mut all: Vec<String> = tiers.ordered().iter().rev().chain(tiers.outside()).cloned().collect();
    let recorded = books.iter().filter(|book| book.level == Level::All).flat_map(|book| book.figures.recorded.keys());
    for tier in recorded.flatten() {
        if !all.contains(tier) {
            all.push(tier.clone());
        }
    }
    all
}
