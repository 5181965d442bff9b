//! What a shell offers for a word that no list of the command line has: policies and their rules and numbers, inputs, and the
//! references of a small book. What cannot be read offers nothing: a shell that completes a word shows no error.

use crate::{
    cli::{case_files::named_source, input_form::TableOptions, policy_choice},
    policy::Policy,
    report::schema_of::SchemaOf,
};
use clap::{Arg, Command, ValueEnum};
use clap_complete::engine::{
    ArgValueCandidates, ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter,
};
use std::{collections::BTreeSet, env, ffi::OsStr, fs, path::PathBuf};

/// The largest book whose references are offered, in bytes.
const MAX_BOOK: u64 = 1 << 20;

/// A command whose arguments, and those of its verbs, offer what there is.
pub fn offered(command: Command) -> Command {
    command.mut_args(with_offers).mut_subcommands(offered)
}

fn with_offers(arg: Arg) -> Arg {
    let Some([name]) = arg.get_value_names() else { return arg };
    let candidates: fn() -> Vec<CompletionCandidate> = match name.as_str() {
        "NAME|FOLDER" | "POLICY" | "POLICY|PATH" | "OLD" | "NEW" => {
            return arg.add(ArgValueCompleter::new(policies_and_folders));
        }
        "NAME=VALUE" => || numbers("="),
        "PATH=VALUE" => || inputs("="),
        "CRN" | "REFERENCE" => references,
        "TEXT" => rules,
        "WORD" => shown,
        _ => return arg,
    };
    arg.add(ArgValueCandidates::new(candidates))
}

fn candidate(word: String, help: &str) -> CompletionCandidate {
    let first = help.lines().next().unwrap_or_default().to_owned();
    CompletionCandidate::new(word).help((!first.is_empty()).then(|| first.into()))
}

fn policies_and_folders(current: &OsStr) -> Vec<CompletionCandidate> {
    let names = policy_choice::all(None).unwrap_or_default().into_iter().map(|choice| choice.name);
    let names = names.filter(|name| name.starts_with(&*current.to_string_lossy()));
    names.map(CompletionCandidate::new).chain(PathCompleter::dir().complete(current)).collect()
}

/// The words of the command line that is being completed: they stand behind `--`.
fn words() -> Vec<String> {
    let words = env::args_os().map(|word| word.to_string_lossy().into_owned());
    words.skip_while(|word| word != "--").skip(2).collect()
}

/// The policy that the command line names, or that it means without a word.
fn policy() -> Option<Policy> {
    let words = words();
    let behind = words.iter().skip_while(|word| *word != "--policy").nth(1);
    let joined = words.iter().find_map(|word| word.strip_prefix("--policy="));
    // `test`, `check`, `verify` and `compare` name theirs by itself.
    let alone = words.iter().skip(1).find(|word| policy_choice::named(Some(word)).is_ok());
    let named = behind.map(String::as_str).or(joined).or(alone.map(String::as_str));
    let choice = policy_choice::named(named).ok()?;
    Policy::read(&choice.shelf, &choice.name, &[]).ok()?.whole().ok()
}

fn rules() -> Vec<CompletionCandidate> {
    let policy = policy();
    let rules = policy.iter().flat_map(Policy::rules);
    rules.map(|rule| candidate(rule.name.to_string(), &rule.text)).collect()
}

fn numbers(end: &str) -> Vec<CompletionCandidate> {
    let policy = policy();
    let all = policy.iter().flat_map(|policy| &policy.parameters().by_name);
    all.map(|(name, parameter)| candidate(format!("{name}{end}"), &parameter.description)).collect()
}

fn inputs(end: &str) -> Vec<CompletionCandidate> {
    let policy = policy();
    let all = policy.iter().flat_map(|policy| policy.inputs().all());
    all.map(|input| candidate(format!("{}{end}", input.path), &input.doc)).collect()
}

/// What there is a schema of.
fn schemas() -> Vec<CompletionCandidate> {
    SchemaOf::value_variants().iter().map(|of| candidate(of.name(), &of.title())).collect()
}

/// What `show` can be asked for by a word.
fn shown() -> Vec<CompletionCandidate> {
    let words = words();
    let is = |what: &str| words.iter().any(|word| word == what);
    match () {
        () if is("params") => numbers(""),
        () if is("inputs") => inputs(""),
        () if is("rules") => rules(),
        () if is("schema") => schemas(),
        () => Vec::new(),
    }
}

/// The references of the cases that the command line names, where those are few.
fn references() -> Vec<CompletionCandidate> {
    let is_small = |path: &PathBuf| fs::metadata(path).is_ok_and(|about| about.is_file() && about.len() <= MAX_BOOK);
    let named: Vec<PathBuf> = words().into_iter().map(PathBuf::from).filter(is_small).collect();
    let cases = named_source(&named, &TableOptions::default(), None).ok().into_iter().flatten();
    let found: BTreeSet<String> = cases.filter_map(|case| case.reference()).collect();
    found.into_iter().map(CompletionCandidate::new).collect()
}
