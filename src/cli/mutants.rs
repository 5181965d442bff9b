//! `brag test --mutants`: would the worked cases notice if something in the policy were wrong?

use crate::{
    authoring::mutants::{
        Alteration,
        bench::Bench,
        judge::{Fate, Judged, judge},
        mutants,
    },
    caseload::ordered_map::ordered_map,
    check::finding::Finding,
    cli::{batch, drawn::Drawn, global::Global, policy_choice, progress::Progress, suite::Suite, terminal::Terminal},
    error::{Error, Exit},
    language::fault::PolicyFault,
    out_file::{Existing, write_whole},
    policy::Policy,
    report::{
        Format,
        mutants::{Count, json},
        shown::shown,
    },
};
use clap::Args;
use std::{fs, num::NonZeroUsize, ops::ControlFlow};

/// What is asked of mutants.
#[derive(Debug, Args)]
pub struct Mutants {
    /// Edit one thing of a policy at a time - a number, a condition, a tier, a rule - and say which changes no worked case
    /// notices, each with a case that would; `--filter` then picks changes, by policy, place, name and text
    #[arg(long = "mutants", id = "mutants", group = "measured", conflicts_with_all = ["coverage", "watch", "fail_fast", "update"])]
    pub asked: bool,
    /// With `--mutants`: put the cases that would notice under `cases`, unconfirmed
    #[arg(long, requires = "mutants")]
    write: bool,
    /// With `--mutants`: how many threads work on them [default: one a processor]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// The code that a survivor is drawn with.
const SURVIVED: &str = "survived";
/// An entry of this size is worked on alone: a mutant may take long.
const ALONE: usize = 1 << 30;

impl Mutants {
    /// Judges the mutants of some policies.
    ///
    /// # Errors
    ///
    /// When a policy, a case or a snapshot cannot be read, or a case cannot be written.
    pub fn run(
        &self,
        suites: &[Suite],
        filter: Option<&str>,
        fail_under: Option<f64>,
        format: Format,
        global: &Global,
        terminal: &mut Terminal,
    ) -> Result<Exit, Error> {
        if self.write {
            may_write(suites, global)?;
        }
        let (mut all, mut exit) = (Vec::new(), Exit::Done);
        for suite in suites {
            let Some(judged) = self.of_suite(suite, filter, global, terminal)? else {
                exit = exit.max(Exit::Finding);
                continue;
            };
            if format == Format::Text && !judged.is_empty() {
                let is_written = |one: &Judged| one.catcher.as_ref().is_some_and(|catcher| catcher.file.is_some());
                let is_drawn = |one: &&Judged| !one.is_of_calendar() || is_written(one);
                for survivor in judged.iter().filter(|one| one.fate == Fate::Survived).filter(is_drawn) {
                    terminal.answer(format!("{}\n\n", terminal.drawn(&drawn(survivor)).trim_end()))?;
                }
                terminal.answer(format!("{}\n", Count::of(&judged).said(&shown(&suite.choice.name))))?;
            }
            all.extend(judged);
        }
        if all.is_empty() && exit == Exit::Done {
            let (asked, help) = match filter {
                Some(filter) => {
                    (format!("--filter {filter}"), "no change of the policy has that text: leave it out to see all")
                }
                None => ("--mutants".to_owned(), "give the policy a worked case first"),
            };
            return Err(Error::input(asked, "no mutant found").with_help(help));
        }
        if format == Format::Json {
            terminal.answer(format!("{:#}\n", json(&all)))?;
        }
        let share = Count::of(&all).percent();
        if let Some(least) = fail_under.filter(|least| share < *least) {
            terminal.say(&format!("{share:.1}% of the mutants are noticed, under {least}%"));
            exit = exit.max(Exit::Finding);
        }
        Ok(exit)
    }

    /// The mutants of one policy; nothing where its worked cases do not come out as they must.
    fn of_suite(
        &self,
        suite: &Suite,
        filter: Option<&str>,
        global: &Global,
        terminal: &mut Terminal,
    ) -> Result<Option<Vec<Judged>>, Error> {
        let name = &suite.choice.name;
        let days = global.working_days()?;
        let policy = policy_choice::under(global, Policy::that_runs(&suite.choice.shelf, name)?);
        let bench = Bench::of(&policy, suite.cases.iter(), global.on, &days, suite.snapshots.as_ref())?;
        if let Some(why) = bench.unfit() {
            terminal.say(&shown(&format!("{name}: not judged: {why}")));
            return Ok(None);
        }
        let member = policy.member(name);
        let Some(scripts) = member.scripts() else { return Ok(Some(Vec::new())) };
        let mut wanted = mutants(member, &policy, &scripts, &bench.dates());
        wanted.retain(|mutant| {
            let Alteration { file, line, of, .. } = &mutant.alteration;
            let whole = format!("{name} {file}:{line} {of} {}", mutant.said());
            filter.is_none_or(|text| whole.contains(text))
        });
        let progress = Progress::counting(wanted.len(), "mutants", terminal);
        let mut judged = Vec::with_capacity(wanted.len());
        let done = ordered_map(
            wanted.iter(),
            batch::threads(self.threads),
            |_| ALONE,
            || (),
            |(), mutant, _| judge(&bench, member, &scripts, mutant),
            |one, _| {
                judged.push(one);
                progress.step();
                ControlFlow::Continue(())
            },
        );
        progress.end();
        done.map_err(|error| batch::no_thread(&error))?;
        if self.write {
            let mutated = |at: usize| wanted.get(at)?.policy(member, &scripts).map(|one| policy.with_member(one));
            write_cases(suite, &bench, &mut judged, &mutated)?;
        }
        Ok(Some(judged))
    }
}

/// Cases are written for their own day and its law, into a folder of the policy: said before anything is judged.
fn may_write(suites: &[Suite], global: &Global) -> Result<(), Error> {
    if global.on.is_some() || global.law.is_some() {
        let message = "cases are written for the day that they say, and its law";
        return Err(Error::input("--write", message).with_help("leave out `--on` and `--law`, or `--write`"));
    }
    suites.iter().try_for_each(|suite| {
        let help = "copy the policy into a folder of your own, or leave out `--write`";
        suite.cases_folder().map(drop).map_err(|error| error.with_help(help))
    })
}

/// Puts the cases that would notice under `cases`. What one that was written notices needs no other.
fn write_cases(
    suite: &Suite,
    bench: &Bench<'_>,
    judged: &mut [Judged],
    mutated: &dyn Fn(usize) -> Option<Policy>,
) -> Result<(), Error> {
    let folder = suite.cases_folder()?;
    fs::create_dir_all(&folder).map_err(|error| Error::unwritable(&folder, &error))?;
    let mut written: Vec<(String, String)> = Vec::new();
    for (at, one) in judged.iter_mut().enumerate() {
        let Alteration { kind, of, line, .. } = &one.alteration;
        let Some((catcher, mutated)) = one.catcher.as_mut().zip(mutated(at)) else { continue };
        if let Some((name, _)) = written.iter().find(|(_, text)| bench.notices(text, &mutated)) {
            catcher.file = Some(name.clone());
            continue;
        }
        let stem = format!("mutant-{}-{}-{line}", of.replace('_', "-"), kind.as_str());
        let free = |number: usize| if number == 1 { stem.clone() } else { format!("{stem}-{number}") };
        let mut paths = (1..).map(|number| folder.join(format!("{}.yaml", free(number))));
        let Some(path) = paths.find(|path| !path.exists()) else { continue };
        write_whole(&path, &catcher.text, Existing::Keep)?;
        let name = path.display().to_string();
        catcher.file = Some(name.clone());
        written.push((name, catcher.text.clone()));
    }
    Ok(())
}

fn drawn(survivor: &Judged) -> Drawn {
    let help = match &survivor.catcher {
        Some(catcher) => match &catcher.file {
            Some(file) => format!("written: {file}; look at its answer, then take `unconfirmed` away"),
            None => format!("a case that would: {}; `--write` puts it under `cases`", catcher.said()),
        },
        None => "no case that would was found by changing one thing of a worked case".to_owned(),
    };
    let Alteration { file, line, column, .. } = &survivor.alteration;
    let fault = PolicyFault::invalid(file, format!("no worked case notices {}", survivor.said));
    let column = Some(*column).filter(|column| *column > 0);
    let fault = fault.code(SURVIVED).at(Some(*line), column).text(&survivor.text).help(help);
    Drawn::finding(&Finding::warning(fault))
}
