//! The command line: the only place that knows files, the clock and the terminal, and the only one that prints.

mod asked_day;
mod assess;
mod batch;
mod case_files;
mod caseload;
mod check;
mod compare;
mod compare_fail_on;
mod complaints;
mod completions;
mod diff;
mod drawn;
mod due;
mod duplicates;
mod explain;
mod folders;
mod format_option;
mod global;
mod help;
mod input_form;
mod log_file;
mod log_lines;
mod map;
mod map_check;
mod map_new;
mod mapping_choice;
mod mutants;
mod new;
mod new_caseload;
mod new_policy;
mod new_rule;
mod noticed;
mod offers;
mod opened_file;
mod out;
mod packed_file;
mod pager;
mod policy_choice;
mod progress;
mod project;
mod rate;
mod replay;
mod replay_match;
mod replay_policies;
mod replay_with;
mod review;
#[cfg(feature = "serve")]
mod serve;
mod show;
mod stopped_cases;
mod suite;
mod terminal;
mod test;
mod variables;
mod verify;
mod watch_files;
mod what_if;
mod whose;

use crate::{
    cli::{
        global::{Color, Global},
        terminal::Terminal,
    },
    error::{Error, Exit},
};
use clap::{
    Command, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum, error::ErrorKind, parser::ValueSource,
};
use std::{ffi::OsString, process::ExitCode};

/// Case tiering as code: what tier, why, what would change it, and what is due.
#[derive(Debug, Parser)]
#[command(name = "brag", version, max_term_width = 100, after_help = AFTER_HELP, disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    verb: Verb,
}

const AFTER_HELP: &str = "Exit codes: 0 done, 1 a finding, 2 usage, 3 an invalid or unreadable file, 4 no firm tier \
(with --on-missing refuse), 5 a policy fault or a limit hit, \
6 something neither proved nor refuted (verify), \
130 stopped by Ctrl-C or a signal.\nThe result goes to standard output, everything else to standard error.\n\
Each option has a variable: that of --on-missing is BRAG_ON_MISSING. It stands for that option of every verb that has one, \
so that a word which another verb does not take ends that one; BRAG_FORMAT alone counts where the verb writes the format. \
An empty one counts as none.";

#[derive(Debug, Subcommand)]
enum Verb {
    /// The tier of each case, with contact, review, allocation, reasons and flags.
    Assess(assess::Assess),
    /// The book of an office: what officers carry against target, what is owed and to come, and what the cases show together.
    Caseload(caseload::Caseload),
    /// Why a case has its tier, why not another, and what would change it.
    Explain(explain::Explain),
    /// What is owed under the recorded tier: contacts and reviews due and overdue.
    Due(due::DueList),
    /// Every fault of a policy that can be found without a case.
    Check(check::Check),
    /// What a policy says, its numbers, the inputs of a case.
    Show(show::Show),
    /// Runs the worked cases: what must come out, and what changed since it was accepted.
    Test(test::Test),
    /// Walks the changed snapshots, grouped by the rule that changed them: accept, reject or skip.
    Review(review::Review),
    /// What an edit of a policy does to everybody on the books: who moves, why, and what it costs.
    Compare(compare::Compare),
    /// What can be proved of a policy over every case that there could be: each claim proved, refuted by a case, or not decided.
    Verify(verify::Verify),
    /// What changed between two books, or two outputs of `assess`: overdue, tiers, reviews, new and closed cases, per officer.
    Diff(diff::Diff),
    /// What a sample of judged cases comes to: the rating of each key question, standard by standard, and overall.
    Rate(rate::Rate),
    /// Works a decision log out again: which lines still stand, and why the others do not.
    Replay(replay::Replay),
    /// A policy or a rule to begin with, a case made from another one, worked cases at thresholds, or a book of made-up cases.
    New(new::New),
    /// Mappings of a service's own data: tried, drafted, and used to write cases.
    Map(map::Map),
    /// The same over HTTP, for other programs and for a browser on this machine.
    #[cfg(feature = "serve")]
    Serve(serve::Serve),
    /// A completion script for a shell, on standard output.
    Completions(completions::Completions),
    /// The manual page, or that of a verb, on standard output.
    Man(completions::Man),
    /// The help of a verb, or a page on a topic: data, editing, effects, exit-codes, inputs, language, questions, words.
    Help(help::Help),
}

/// A verb with its arguments.
trait Run {
    /// Does what the command line asks for, and says how it ended. A case that fails does not stop the others.
    ///
    /// # Errors
    ///
    /// When nothing can be done at all: no policy, no case, no output.
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error>;
}

/// The command line as clap knows it.
fn command() -> Command {
    variables::counted(Cli::command())
}

/// The colour that is asked for, before anything else is read: help and usage errors have it too.
fn color_asked(arguments: &[OsString]) -> Color {
    let words = arguments.iter().filter_map(|argument| argument.to_str());
    let mut asked = variables::value("color");
    let mut is_next = false;
    for word in words {
        if is_next {
            asked = Some(word.to_owned());
        }
        is_next = word == "--color";
        asked = word.strip_prefix("--color=").map(str::to_owned).or(asked);
    }
    asked.and_then(|asked| Color::from_str(&asked, false).ok()).unwrap_or(Color::Auto)
}

/// The verb of a command line.
fn verb_of(cli: &Cli) -> &dyn Run {
    match &cli.verb {
        Verb::Assess(verb) => verb,
        Verb::Caseload(verb) => verb,
        Verb::Explain(verb) => verb,
        Verb::Due(verb) => verb,
        Verb::Check(verb) => verb,
        Verb::Show(verb) => verb,
        Verb::Test(verb) => verb,
        Verb::Review(verb) => verb,
        Verb::Compare(verb) => verb,
        Verb::Verify(verb) => verb,
        Verb::Diff(verb) => verb,
        Verb::Rate(verb) => verb,
        Verb::Replay(verb) => verb,
        Verb::New(verb) => verb,
        Verb::Map(verb) => verb,
        #[cfg(feature = "serve")]
        Verb::Serve(verb) => verb,
        Verb::Completions(verb) => verb,
        Verb::Man(verb) => verb,
        Verb::Help(verb) => verb,
    }
}

/// Says what is wrong with the command line, as clap does.
fn usage(wrong: &str, terminal: &mut Terminal) -> Exit {
    terminal.refuse(command().error(ErrorKind::InvalidValue, wrong))
}

/// The verbs that are told their policy otherwise, too, and by which argument.
const NAMES_ITS_POLICY: [(&str, &str); 6] = [
    ("check", "policies"),
    ("test", "policies"),
    ("review", "policies"),
    ("verify", "named"),
    ("compare", "old"),
    ("new cases", "boundary"),
];

/// A command line as it is meant, where each value is set once and the policy named once.
fn parsed<T: Into<OsString> + Clone>(
    mut command: Command,
    words: impl IntoIterator<Item = T>,
) -> Result<Cli, clap::Error> {
    let matches = command.try_get_matches_from_mut(words)?;
    let (mut verb, mut words) = (&matches, Vec::new());
    while let Some((word, inner)) = verb.subcommand() {
        verb = inner;
        words.push(word);
    }
    let is_written = |argument| verb.value_source(argument) == Some(ValueSource::CommandLine);
    let name = words.join(" ");
    let names_one = NAMES_ITS_POLICY.iter().any(|(verb, argument)| *verb == name && is_written(argument));
    if names_one && is_written("policy") {
        let said = format!("`brag {name}` is told its policy already, so that --policy would count for nothing");
        return Err(command.error(ErrorKind::ArgumentConflict, said));
    }
    let said = match name.as_str() {
        "verify" if is_written("on") => {
            "`brag verify` asks of cases of every date, so that --on would count for nothing; --law asks of the rules of one day"
        }
        "replay" if is_written("law") && !is_written("with") => {
            "`brag replay` works each line out under the rules of its time, so that --law would count for nothing; --with POLICY asks what each decision would be under those of --law"
        }
        _ => "",
    };
    if !said.is_empty() {
        return Err(command.error(ErrorKind::ArgumentConflict, said));
    }
    let set = verb.try_get_many::<(String, String)>("set").ok().flatten();
    let names: Vec<&str> = set.into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    match names.iter().enumerate().find(|(at, name)| names.iter().take(*at).any(|before| before == *name)) {
        Some((_, name)) => Err(command.error(ErrorKind::ArgumentConflict, format!("`{name}` is set twice"))),
        None => {
            let mut cli = Cli::from_arg_matches(&matches)?;
            cli.global.written =
                verb.ids().map(clap::Id::as_str).filter(|id| is_written(id)).map(str::to_owned).collect();
            Ok(cli)
        }
    }
}

/// Runs one command line.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    completions::answer_shell();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let command = command().color(color_asked(&arguments).choice());
    let mut cli = match parsed(command, &arguments) {
        Ok(cli) => cli,
        Err(said) => {
            let said = variables::naming_variable(said, &arguments);
            // clap knows which stream its message belongs on; a closed one is nobody's fault.
            let _ = said.print();
            return ExitCode::from(if said.use_stderr() { Exit::Usage.code() } else { Exit::Done.code() });
        }
    };
    let mut terminal = Terminal::new(&cli.global);
    if let Err(error) = cli.global.settle() {
        terminal.complain(&error);
        return ExitCode::from(error.exit().code());
    }
    if matches!(cli.verb, Verb::Caseload(_) | Verb::Due(_) | Verb::Explain(_) | Verb::Show(_)) {
        terminal.page();
    }
    let exit = verb_of(&cli).run(&cli.global, &mut terminal).unwrap_or_else(|error: Error| {
        terminal.complain(&error);
        error.exit()
    });
    terminal.end();
    ExitCode::from(exit.code())
}
