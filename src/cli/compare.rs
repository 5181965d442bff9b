//! `brag compare`: what an edit of a policy does to everybody on the books, before it goes live.

use crate::{
    authoring::{
        case_text::CaseText,
        made_up::{BOOK_YEARS, made_up},
    },
    cli::{
        Run,
        batch::{Batch, Read},
        case_files::Cases,
        compare_fail_on::{FailOn, fail_on},
        complaints::TOLD,
        format_option::Formats,
        global::Global,
        out::Output,
        policy_choice,
        terminal::Terminal,
        what_if::{WhatIf, called},
    },
    comparison::{
        PolicyChange, Sides,
        cause::Causes,
        compared::Compared,
        target::over_target,
        witness::{Witnesses, witnesses},
    },
    error::{Error, Exit},
    language::tiers::Tiers,
    out_file::{Existing, write_whole},
    policy::Policy,
    report::{
        Format, View, compare::CompareReport, compare_html, compare_row, compare_sheets, compare_words::why,
        failed::Failed, shown::shown,
    },
    verify::pair::say_the_same,
};
use clap::Args;
use jiff::civil::Date;
use serde_json::value::RawValue;
use std::path::PathBuf;

/// Most regions for whether what differs moves nobody.
const MAX_REGIONS: usize = 4_000;

/// The same of policies over which the search for cases that move came to its limit.
const MAX_REGIONS_OF_A_SLOW_POLICY: usize = 20;

/// The seed of the made-up book.
const SEED: u64 = 1;

/// What an edit of a policy does to everybody on the books.
#[derive(Debug, Args)]
#[command(mut_arg("named", |arg| arg.required(false)))]
pub struct Compare {
    /// The policy as it is: a name, a folder, or one of a commit, such as `HEAD:policies/bgsw`
    #[arg(value_name = "OLD")]
    old: String,
    /// The policy as it is to be, named likewise; `--set` and `--law` change it
    #[arg(value_name = "NEW")]
    new: String,
    #[command(flatten)]
    cases: Cases,
    #[command(flatten)]
    what_if: WhatIf,
    /// Leave out a policy that runs with both; may be given several times
    #[arg(long, value_name = "NAME")]
    without: Vec<String>,
    /// Without cases: write those that could move to a folder, a file each
    #[arg(long, value_name = "FOLDER", conflicts_with = "named")]
    write: Option<PathBuf>,
    #[command(flatten)]
    output: Output<Self>,
    /// End with exit code 1 when cases move: any, up, down, or more than so many in a hundred, such as 2%; without cases, when one
    /// could or that is not decided
    #[arg(long, value_name = "WHICH", value_parser = fail_on)]
    fail_on: Option<FailOn>,
}

impl Formats for Compare {
    const FORMATS: &'static [Format] =
        &[Format::Text, Format::Json, Format::Csv, Format::Xlsx, Format::Md, Format::Html];
}

impl Run for Compare {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let format = self.output.format()?;
        self.can_fail_so()?;
        let old = self.policy(&self.old, &[], global, terminal)?;
        let new = policy_choice::under(global, self.policy(&self.new, &self.what_if.set, global, terminal)?);
        let causes = Causes::between(&old, &new);
        let mut report = self.report(&old, &new);
        let mut out = {
            let policies = [Some(self.old.as_str()), Some(self.new.as_str())];
            self.output.open_beside(format.is_for_people(), &self.cases, &policies, global)?
        };
        if format == Format::Csv {
            out.write(compare_row::HEAD.as_bytes(), terminal)?;
        }
        let (mut exit, mut whole, mut rows) = (Exit::Done, true, Vec::new());
        if self.cases.any() {
            let tiers = [&**old.tiers(), &**new.tiers()];
            let mut taken = Taken { format, tiers, report: &mut report, exit, failing: 0, rows: Vec::new() };
            let ended = Batch::of(&self.cases, &old.vocabulary().or(&new.vocabulary()), global, terminal)?.run(
                terminal,
                || Sides::new(&old, &new, &causes),
                |sides, read, text| {
                    let compared = of_case(sides, read, &causes)?;
                    match format {
                        Format::Csv if compared.moved() => compare_row::csv(&compared, tiers, text),
                        Format::Json if compared.moved() => compare_row::json(&compared, tiers, text),
                        Format::Xlsx if compared.moved() => compare_row::for_sheet(&compared, tiers, text),
                        _ => {}
                    }
                    Ok((read.on, compared))
                },
                |terminal, outcome, text| {
                    let row = row_of(&outcome, text);
                    taken.take(outcome, text, terminal);
                    if format == Format::Csv { out.write(&row, terminal) } else { Ok(()) }
                },
            )?;
            exit = taken.exit.max(ended.exit);
            rows = taken.ended(terminal);
            // A run that stopped early leaves no file under the final name.
            whole = !ended.stopped;
        }
        match report.dates.latest() {
            Some(on) => report.over_target = over_target(&report.tally, [&old, &new], on),
            None if !self.cases.any() && (!report.changes.is_empty() || old.law() != new.law()) => {
                report.witnesses = Some(self.witnesses(&old, &new, global)?);
            }
            None => {}
        }
        match format {
            Format::Csv => {}
            Format::Xlsx => out.write_bytes(&compare_sheets::workbook(&report, rows)?, terminal)?,
            Format::Html => out.write(compare_html::text(&report).as_bytes(), terminal)?,
            format => out.write(report.written(format).as_bytes(), terminal)?,
        }
        out.end(whole, terminal)?;
        let finds = self.fail_on.is_some_and(|which| which.is_met(&report));
        Ok(if finds { exit.max(Exit::Finding) } else { exit })
    }
}

impl Compare {
    /// Whether what is asked of the exit code can be told at all.
    fn can_fail_so(&self) -> Result<(), Error> {
        if matches!(self.fail_on, Some(FailOn::Share(_))) && !self.cases.any() {
            let message = "a share of the cases needs cases";
            return Err(Error::input("--fail-on", message).with_help("name a book, or say any, up or down"));
        }
        Ok(())
    }
}

/// What has become of the cases so far.
struct Taken<'a> {
    format: Format,
    tiers: [&'a Tiers; 2],
    report: &'a mut CompareReport,
    /// How the run ends because of cases that one policy fails on.
    exit: Exit,
    /// How many those are.
    failing: usize,
    /// The cells of each case that moved or has no answer, for a workbook.
    rows: Vec<Vec<String>>,
}

impl Taken<'_> {
    /// The rows of a workbook; of the cases that fail not all were told.
    fn ended(self, terminal: &mut Terminal) -> Vec<Vec<String>> {
        if self.failing > TOLD {
            let more = self.failing - TOLD;
            terminal.warn(&format!("{more} more cases that one of the two policies fails on"));
        }
        self.rows
    }

    fn take(&mut self, outcome: Result<(Date, Compared), Failed>, text: &[u8], terminal: &mut Terminal) {
        let (on, compared) = match outcome {
            Ok(case) => case,
            Err(failed) => {
                if self.format == Format::Xlsx {
                    self.rows.push(failed.cells::<{ compare_row::COLUMNS }>().to_vec());
                }
                return self.report.failed.push(failed);
            }
        };
        self.report.dates.add(on);
        self.report.tally.add(&compared, self.tiers);
        if let Some(error) = one_sided(&compared) {
            self.exit = self.exit.max(error.exit());
            self.failing += 1;
            if self.failing <= TOLD {
                terminal.complain(&error);
            }
        }
        if self.format == Format::Xlsx {
            self.rows.extend(serde_json::from_slice::<Vec<String>>(text).ok());
        }
        if self.format == Format::Json {
            // What was written as JSON just now is JSON.
            let raw = String::from_utf8(text.to_vec()).ok().and_then(|text| RawValue::from_string(text).ok());
            self.report.moved.extend(raw);
        }
    }
}

/// The row of a case as comma-separated values: what was written of it, or why it has no answer.
fn row_of(outcome: &Result<(Date, Compared), Failed>, text: &[u8]) -> Vec<u8> {
    let mut row = text.to_vec();
    if let Err(failed) = outcome {
        compare_row::csv_failed(failed, &mut row);
    }
    row
}

/// What both policies say of a case. A fault of both is one of the case.
fn of_case(sides: &mut Sides<'_>, read: &Read<'_>, causes: &Causes<'_>) -> Result<Compared, Box<Error>> {
    let compared = sides.compare(None, &read.file, read.on, read.days, causes).map_err(|why| read.failed(why))?;
    match compared {
        Compared { old: Err(_), new: Err(fault), .. } => Err(read.failed(fault.into())),
        compared => Ok(compared),
    }
}

/// The fault of a policy that fails on a case where the other does not.
fn one_sided(case: &Compared) -> Option<Error> {
    let fault = case.old.as_ref().err().or(case.new.as_ref().err())?;
    Some(Error::Policy { crn: Some(case.crn.to_string()), fault: (**fault).clone() })
}

impl Compare {
    fn policy(
        &self,
        named: &str,
        set: &[(String, String)],
        global: &Global,
        terminal: &mut Terminal,
    ) -> Result<Policy, Error> {
        let choice = policy_choice::named(Some(named))?;
        let policy = Policy::load(&choice.shelf, &choice.name, set)?;
        policy_choice::warn_of_never_met(&choice, &policy, terminal);
        let mut policy = policy_choice::marked(&choice.shelf, policy, terminal);
        policy_choice::without(&mut policy, &self.without)?;
        Ok(if global.holidays.is_some() { policy.reckoning_with(&global.working_days()?) } else { policy })
    }

    /// Who could move: on the date that is asked for, or on that of the made-up book, or where the policies differ from a later day on
    /// than that on this one. A number does from the day that it is dated; of anything else the last day is taken on which most of the
    /// rules that differ hold and either policy changes, or will the day after, where they hold no more on that of the book. Each case is
    /// written where that is asked for.
    fn witnesses(&self, old: &Policy, new: &Policy, global: &Global) -> Result<Witnesses, Error> {
        let change = PolicyChange::between(old, new);
        let is_of_numbers = change.functions.is_empty() && change.others.is_empty();
        let hold = |day: Date| {
            let holds = |name: &str| {
                [old, new].iter().any(|one| one.rules().any(|rule| &*rule.name == name && rule.holds_on(day)))
            };
            change.functions.iter().filter(|function| holds(&function.name)).count()
        };
        let within = |day: &Date| Some(*day).filter(|day| *day > brag_made_up::DATE).or_else(|| day.yesterday().ok());
        let days = [old, new].into_iter().flat_map(Policy::changes).filter_map(within);
        let days = days.filter(|day| BOOK_YEARS.contains(&day.year()));
        let on = global.on.unwrap_or_else(|| {
            if is_of_numbers {
                return change.numbers.iter().map(|number| number.from).fold(brag_made_up::DATE, Date::max);
            }
            days.fold(brag_made_up::DATE, |best, day| if (hold(day), day) > (hold(best), best) { day } else { best })
        });
        // What is on record was rated under the old policy.
        let book = made_up(SEED, on, global.working_days()?, Some(old.tiers()));
        let mut witnesses = witnesses(old, new, on, book);
        let causes = Causes::between(old, new);
        // Where a case takes so many steps, a region does too.
        let regions = if witnesses.cut_short { MAX_REGIONS_OF_A_SLOW_POLICY } else { MAX_REGIONS };
        let stays = |difference: &String| say_the_same([old, new], &causes.rules_on(difference), on, regions);
        (witnesses.proved, witnesses.undecided) = witnesses.undecided.drain(..).partition(stays);
        let Some(folder) = &self.write else { return Ok(witnesses) };
        std::fs::create_dir_all(folder).map_err(|error| Error::unwritable(folder, &error))?;
        for (number, witness) in witnesses.found.iter().enumerate() {
            let path = folder.join(format!("witness-{:02}.yaml", number + 1));
            let said = format!("{} to {}: {}", witness.old, witness.new, why(&witness.causes));
            let text = CaseText::read(&witness.case.to_string()).map(|case| case.write(&shown(&said)));
            write_whole(&path, &text.unwrap_or_default(), Existing::Keep)?;
        }
        Ok(witnesses)
    }

    fn report(&self, old: &Policy, new: &Policy) -> CompareReport {
        CompareReport::between([called(&self.old, old), called(&self.new, new)], [old, new])
    }
}
