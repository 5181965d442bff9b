//! `brag review`: walks the changed snapshots and asks what becomes of each.

use crate::{
    authoring::{
        diff_cause::{Difference, difference},
        snapshot_store::Folder,
        trial::is_of,
    },
    cli::{
        Run,
        format_option::{FormatOption, Formats},
        global::Global,
        suite::{self, Suite},
        terminal::Terminal,
    },
    error::{Error, Exit},
    report::{
        Format,
        phrases::{BOLD, styled},
        shown::{plain, shown},
        test_text::{grouped, one, tiers},
    },
};
use clap::Args;
use console::{Key, Term};
use serde_json::json;
use std::path::Path;

/// Walks the changed snapshots.
#[derive(Debug, Args)]
pub struct Review {
    /// Accept these instead of asking: names of snapshots or causes as `--list` shows them; all when none is named
    #[arg(long, value_name = "ID", num_args = 0.., conflicts_with_all = ["reject", "list"])]
    accept: Option<Vec<String>>,
    /// Drop these instead of asking; all when none is named
    #[arg(long, value_name = "ID", num_args = 0.., conflicts_with = "list")]
    reject: Option<Vec<String>>,
    /// List what is pending
    #[arg(long)]
    list: bool,
    /// Remove the snapshots whose case is gone
    #[arg(long)]
    orphans: bool,
    /// Only of these policies: names, or folders [default: all of the project]
    #[arg(long = "of", value_name = "POLICY|PATH")]
    policies: Vec<String>,
    #[command(flatten)]
    format: FormatOption<Self>,
}

impl Formats for Review {
    const FORMATS: &'static [Format] = &[Format::Text, Format::Json];
}

/// One snapshot that waits for a decision.
struct Pending<'s> {
    suite: &'s Suite,
    folder: &'s Folder,
    difference: Difference,
}

/// What was decided about one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Accept,
    Reject,
    Skip,
    AcceptCause,
    Quit,
}

impl Run for Review {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let format = self.format.chosen();
        let suites = suite::choices(&self.policies, global.policy.as_deref())?
            .into_iter()
            .map(Suite::of)
            .collect::<Result<Vec<_>, _>>()?;
        suites.iter().filter_map(|suite| suite.snapshots.as_ref()).for_each(Folder::remove_leftovers);
        if self.orphans {
            return remove_orphans(&suites, terminal);
        }
        let pending = pending(&suites)?;
        let exit = match (&self.accept, &self.reject) {
            (None, None) if self.list || format == Format::Json => return list(&pending, format, terminal),
            (Some(ids), _) => decide_all(&pending, ids, Verdict::Accept, terminal)?,
            (_, Some(ids)) => decide_all(&pending, ids, Verdict::Reject, terminal)?,
            _ if Term::stdout().is_term() && Term::stderr().is_term() => walk(&pending, terminal)?,
            _ => return show(&pending, terminal),
        };
        accept_numbers(&suites)?;
        Ok(exit)
    }
}

/// What is pending, those with the same cause together.
fn pending(suites: &[Suite]) -> Result<Vec<Pending<'_>>, Error> {
    let mut all = Vec::new();
    for suite in suites {
        let Some(folder) = &suite.snapshots else { continue };
        for name in names_of(suite, folder) {
            let (accepted, Some(new)) = (folder.accepted(&name)?, folder.pending(&name)?) else { continue };
            let difference = difference(&name, accepted.as_deref(), &new);
            all.push(Pending { suite, folder, difference });
        }
    }
    all.sort_by_cached_key(|one| (one.difference.cause.id.clone(), one.difference.name.clone()));
    Ok(all)
}

/// What is pending of one policy, by name.
fn names_of(suite: &Suite, folder: &Folder) -> Vec<String> {
    let (policy, beside) = (&suite.choice.name, suite.choice.shelf.names());
    folder.pending_names().into_iter().filter(|name| is_of(name, policy, &beside)).collect()
}

fn list(pending: &[Pending<'_>], format: Format, terminal: &mut Terminal) -> Result<Exit, Error> {
    let differences: Vec<&Difference> = pending.iter().map(|one| &one.difference).collect();
    if format == Format::Json {
        terminal.answer(format!("{:#}\n", json!(differences)))?;
        return Ok(Exit::Done);
    }
    for one in differences {
        terminal.answer(format!("{}  {}  {}\n", shown(&one.name), shown(&one.cause.id), tiers(one)))?;
    }
    Ok(Exit::Done)
}

/// Without a terminal nobody can be asked: the differences, and what to type.
fn show(pending: &[Pending<'_>], terminal: &mut Terminal) -> Result<Exit, Error> {
    if pending.is_empty() {
        terminal.answer("nothing to review\n")?;
        return Ok(Exit::Done);
    }
    let differences: Vec<&Difference> = pending.iter().map(|one| &one.difference).collect();
    let mut causes: Vec<&str> = differences.iter().map(|one| one.cause.id.as_str()).collect();
    causes.dedup();
    let mut text = grouped(&differences);
    for cause in causes {
        let cause = shown(cause);
        text.push_str(&format!("brag review --accept '{cause}'\nbrag review --reject '{cause}'\n"));
    }
    terminal.answer(&text)?;
    Ok(Exit::Finding)
}

fn decide_all(
    pending: &[Pending<'_>],
    ids: &[String],
    verdict: Verdict,
    terminal: &mut Terminal,
) -> Result<Exit, Error> {
    let names = |id: &str, one: &Difference| {
        let case = one.name.split_once("__").map(|(policy, case)| format!("{policy}/{case}"));
        one.name == id || one.cause.id == id || one.cause.rule.as_deref() == Some(id) || case.as_deref() == Some(id)
    };
    if let Some(id) = ids.iter().find(|id| !pending.iter().any(|one| names(id, &one.difference))) {
        let error = Error::input(id, "nothing pending has this name or cause");
        return Err(error.with_help("`brag review --list` shows both"));
    }
    let wanted = pending.iter().filter(|one| ids.is_empty() || ids.iter().any(|id| names(id, &one.difference)));
    let mut count = 0;
    for one in wanted {
        one.carry_out(verdict)?;
        count += 1;
    }
    let done = if verdict == Verdict::Accept { "accepted" } else { "rejected" };
    terminal.answer(format!("{count} {done}, {} left\n", pending.len() - count))?;
    Ok(Exit::Done)
}

impl Pending<'_> {
    fn carry_out(&self, verdict: Verdict) -> Result<(), Error> {
        match verdict {
            Verdict::Accept | Verdict::AcceptCause => self.folder.accept(&self.difference.name),
            // Where one is not accepted, the numbers on record are those of before.
            Verdict::Reject => {
                self.folder.reject_numbers(&self.suite.choice.name)?;
                self.folder.reject(&self.difference.name)
            }
            Verdict::Skip | Verdict::Quit => Ok(()),
        }
    }
}

/// With the last answer of a policy that is accepted, so are the numbers under which all of them came out.
fn accept_numbers(suites: &[Suite]) -> Result<(), Error> {
    for suite in suites {
        if let Some(folder) = suite.snapshots.as_ref().filter(|folder| names_of(suite, folder).is_empty()) {
            folder.accept_numbers(&suite.choice.name)?;
        }
    }
    Ok(())
}

/// Shows one after the other and carries out what is decided at once, so that stopping at any moment loses nothing.
fn walk(pending: &[Pending<'_>], terminal: &mut Terminal) -> Result<Exit, Error> {
    let (mut left, mut accept_cause) = (0, None);
    for (index, one) in pending.iter().enumerate() {
        let cause = &one.difference.cause.id;
        if accept_cause.as_ref() == Some(cause) {
            one.carry_out(Verdict::Accept)?;
            continue;
        }
        let heading = plain(&format!("{} of {}  changed by {cause}", index + 1, pending.len()));
        terminal.answer(format!("\n{}\n{}", styled(BOLD, &heading), self::one(&one.difference)))?;
        let verdict = ask(terminal)?;
        one.carry_out(verdict)?;
        match verdict {
            Verdict::AcceptCause => accept_cause = Some(cause.clone()),
            Verdict::Skip => left += 1,
            Verdict::Quit => {
                left += pending.len() - index;
                break;
            }
            Verdict::Accept | Verdict::Reject => {}
        }
    }
    let said = if pending.is_empty() { "nothing to review".to_owned() } else { format!("{left} left to review") };
    terminal.answer(format!("{said}\n"))?;
    Ok(if left > 0 { Exit::Finding } else { Exit::Done })
}

/// Asks until a key means something. Ctrl-C quits like `q`: what was decided before is done.
fn ask(terminal: &mut Terminal) -> Result<Verdict, Error> {
    terminal.answer("  [a]ccept  [r]eject  [s]kip  [A]ccept all of this cause  [q]uit ")?;
    loop {
        let key = Term::stderr().read_key_raw().map_err(|error| {
            Error::unreadable(Path::new("the terminal"), &error)
                .with_help("without a terminal: brag review --accept ID")
        })?;
        let (verdict, said) = match key {
            Key::Char('a') => (Verdict::Accept, "accepted"),
            Key::Char('r') => (Verdict::Reject, "rejected"),
            Key::Char('s') => (Verdict::Skip, "skipped"),
            Key::Char('A') => (Verdict::AcceptCause, "accepted, and all of this cause"),
            Key::Char('q') | Key::Escape | Key::CtrlC => (Verdict::Quit, "quit"),
            _ => continue,
        };
        terminal.answer(format!("{said}\n"))?;
        return Ok(verdict);
    }
}

fn remove_orphans(suites: &[Suite], terminal: &mut Terminal) -> Result<Exit, Error> {
    let found = suites.iter().filter_map(|suite| suite.snapshots.as_ref().map(|folder| (suite, folder)));
    let found: Vec<_> = found.map(|(suite, folder)| (suite, folder, suite.orphans(folder))).collect();
    // A folder of cases that is not there is no reason to drop everything that was accepted.
    if let Some((suite, ..)) = found.iter().find(|(suite, _, names)| suite.cases.is_empty() && !names.is_empty()) {
        let error = Error::input(&suite.choice.name, "has no worked case, so that all of its snapshots would go");
        return Err(error.with_help("bring its `cases` back, or remove the snapshots by hand"));
    }
    let mut count = 0;
    for (_, folder, names) in found {
        for name in names {
            folder.forget(&name)?;
            terminal.answer(format!("removed {}\n", shown(&name)))?;
            count += 1;
        }
    }
    terminal.answer(format!("{count} snapshots removed\n"))?;
    Ok(Exit::Done)
}
