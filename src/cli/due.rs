//! `brag due`: what is owed under the tier on record, most urgent first.

use crate::{
    calendar::OutOfYears,
    caseload::standing::ahead,
    cli::{
        Run, asked_day::AskedDay, batch::Batch, case_files::Cases, explain::tier_of, format_option::Formats,
        global::Global, out::Output, policy_choice, terminal::Terminal, what_if::WhatIf, whose::Whose,
    },
    decision::assessor::Assessor,
    error::{Error, Exit},
    policy::Policy,
    report::{
        Format,
        due::{DueReport, lists},
        due_list::FEW,
    },
    schedule::{
        Due, State,
        assess::{DueCase, due_case},
    },
};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::cmp::Ordering;

/// What is owed under the tier on record.
#[derive(Debug, Args)]
pub struct DueList {
    #[command(flatten)]
    cases: Cases,
    #[command(flatten)]
    output: Output<Self>,
    /// Only what is due on or after this date
    #[arg(long, value_name = "DATE", value_parser = AskedDay::parse, allow_hyphen_values = true)]
    from: Option<AskedDay>,
    /// Only what is due on or before this date
    #[arg(long, value_name = "DATE", value_parser = AskedDay::parse, allow_hyphen_values = true)]
    to: Option<AskedDay>,
    #[command(flatten)]
    whose: Whose,
    /// Only cases of which this holds; may be given several times
    #[arg(long, value_name = "STATE")]
    only: Vec<Urgency>,
    /// Only cases to which the rules give this tier
    #[arg(long, value_name = "TIER")]
    tier: Option<String>,
    /// The order of the cases of an officer
    #[arg(long, value_name = "BY", default_value = "urgency")]
    sort: Sort,
    /// End with exit code 1 when this holds of a listed case
    #[arg(long, value_name = "STATE")]
    fail_on: Option<Urgency>,
    /// Draw the weeks of however many cases; up to 20 they are drawn anyway
    #[arg(long)]
    strip: bool,
    #[command(flatten)]
    what_if: WhatIf,
}

/// What the cases of a list are put in order by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sort {
    /// The most urgent first
    Urgency,
    /// Who has not been seen for longest first, and who was last seen when
    Seen,
}

/// The states that a list can be cut down to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Urgency {
    /// A contact or review whose date has passed
    Overdue,
    /// One that is due today
    Due,
    /// One that is due soon
    Upcoming,
    /// A tier that rests on incomplete evidence, and what would settle it
    Provisional,
    /// A tier on record that is lower than the one that the rules give
    Below,
    /// A release from custody within six weeks
    Release,
}

impl Formats for DueList {
    const FORMATS: &'static [Format] =
        &[Format::Text, Format::Json, Format::Jsonl, Format::Csv, Format::Xlsx, Format::Md, Format::Ics];
}

impl Run for DueList {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let format = self.output.format()?;
        let mut out = self.output.open(format.is_for_people(), &self.cases, global)?;
        let policy = policy_choice::load(global, &self.what_if.set, terminal)?;
        let tier = self.tier.as_ref().map(|tier| tier_of("--tier", tier, &policy)).transpose()?;
        let known = policy.vocabulary();
        let batch = Batch::of(&self.cases, &known, global, terminal)?;
        let mut report = DueReport {
            one_file: batch.is_one,
            window: self.window(global)?,
            unsaid: no_standards(&policy),
            is_of_provisional: self.only.contains(&Urgency::Provisional),
            is_by_last_seen: self.sort == Sort::Seen,
            ..DueReport::default()
        };
        let (window, mut any) = (report.window, false);
        let ended = batch.run(
            terminal,
            || Assessor::new(&policy),
            |assessor, read, _| {
                if !self.whose.holds(&read.file.case) {
                    return Ok(None);
                }
                Ok(Some(read.judged(assessor, due_case)?))
            },
            |_, outcome, _| {
                any |= !matches!(outcome, Ok(None));
                match outcome {
                    Ok(case) => report.cases.extend(case.filter(|case| self.wants(case, window, tier))),
                    Err(failed) => report.failed.push(failed),
                }
                Ok(())
            },
        )?;
        self.whose.some(any)?;
        for case in &report.cases {
            if let Some(said) = case.uncounted.in_words() {
                terminal.whisper(&format!("{}: {said}", case.crn));
            }
        }
        report.cases.sort_by(|one, other| match self.sort {
            Sort::Urgency => most_urgent_first(one, other),
            Sort::Seen => (one.last_seen, &one.crn).cmp(&(other.last_seen, &other.crn)),
        });
        let fails = |urgency| report.cases.iter().any(|case| is(case, urgency, &|due| lists(window, due)));
        let found = if self.fail_on.is_some_and(fails) { Exit::Finding } else { Exit::Done };
        if format.is_for_people() && (self.strip || report.cases.len() <= FEW) {
            let help = "give a calendar that has them: `--holidays FILE`";
            let outside = |years: OutOfYears| Error::input("the weeks shown", years.to_string()).with_help(help);
            report.draw_weeks(&global.working_days()?).map_err(outside)?;
        }
        if format == Format::Xlsx {
            out.write_bytes(&report.sheet().workbook()?, terminal)?;
        } else {
            out.write(report.render(format).as_bytes(), terminal)?;
        }
        out.end(!ended.stopped, terminal)?;
        Ok(ended.exit.max(found))
    }
}

impl DueList {
    /// The first and the last date of what is listed, where that is said.
    fn window(&self, global: &Global) -> Result<[Option<Date>; 2], Error> {
        let [from, to] = [self.from, self.to].map(|asked| asked.map(|asked| asked.date(global)).transpose());
        let window = [from?, to?];
        match window {
            [Some(from), Some(to)] if from > to => Err(Error::input("--from and --to", "nothing lies between them")
                .with_help("give `--from` the earlier of the two dates")),
            window => Ok(window),
        }
    }

    fn wants(&self, case: &DueCase, window: [Option<Date>; 2], tier: Option<&str>) -> bool {
        (lists(window, &case.contact) || lists(window, &case.review))
            && tier.is_none_or(|tier| case.tier.as_deref() == Some(tier))
            && (self.only.is_empty() || self.only.iter().any(|urgency| is(case, *urgency, &|due| lists(window, due))))
    }
}

/// What a policy has no standard of.
pub(super) fn no_standards(policy: &Policy) -> Vec<&'static str> {
    let has = |name| policy.program().has(name);
    [("contact", "contacts"), ("review", "reviews")]
        .into_iter()
        .filter(|(name, _)| !has(name))
        .map(|(_, of)| of)
        .collect()
}

/// Whether a case stands so, as far as its due dates count.
fn is(case: &DueCase, urgency: Urgency, counts: &dyn Fn(&Due) -> bool) -> bool {
    let state = match urgency {
        Urgency::Overdue => State::Overdue,
        Urgency::Due => State::Due,
        Urgency::Upcoming => State::Upcoming,
        Urgency::Provisional => return case.provisional,
        Urgency::Below => return case.recorded_below,
        Urgency::Release => return case.release.is_some_and(|release| release <= ahead(case.on)),
    };
    [&case.contact, &case.review].into_iter().any(|due| due.state == state && counts(due))
}

/// The gravest state first, in it the earliest date, then the case reference.
fn most_urgent_first(one: &DueCase, other: &DueCase) -> Ordering {
    let urgency = |case: &DueCase| {
        let dues = [&case.contact, &case.review];
        let gravest = dues.iter().map(|due| due.state).min();
        let earliest = dues.iter().filter(|due| Some(due.state) == gravest).filter_map(|due| due.due).min();
        (gravest, earliest.is_none(), earliest)
    };
    urgency(one).cmp(&urgency(other)).then_with(|| one.crn.cmp(&other.crn))
}
