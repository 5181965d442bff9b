//! `brag new policy`: a policy that passes `brag check` and `brag test` as it is, and says what is still to be written.

use crate::{
    authoring::{
        scaffold::{FIRST, Scaffold, policy, readme},
        snapshot_store::About,
        worked::WorkedCase,
    },
    calendar::WorkingDays,
    case::text::Label,
    cli::{Run, global::Global, policy_choice, terminal::Terminal},
    error::{Error, Exit},
    language::tiers::Tiers,
    out_file::folder::OutFolder,
    policy::source::{PARAMETERS, PolicyFiles, RULES, Shelf},
    report::shown::shown,
};
use clap::Args;
use jiff::civil::Date;
use std::{fs, path::Path};

/// A policy to begin with: tiers, one rule with a number, contact and review, a worked case on each side of the rule's edge, and
/// a README. `--on` gives the date of the worked cases [default: 2019-05-20].
#[derive(Debug, Args)]
pub struct NewPolicy {
    /// Its name, that of its folder: lower-case letters, digits and hyphens
    #[arg(value_name = "NAME")]
    name: String,
    /// Its tiers, from the least to the most intensive, with commas between them
    #[arg(long, value_name = "TIERS", default_value = "Low,Medium,High")]
    tiers: String,
}

impl NewPolicy {
    /// The day of the worked cases.
    fn day(&self, global: &Global, days: &WorkingDays) -> Result<Date, Error> {
        let Some(on) = global.on else { return Ok(brag_made_up::DATE) };
        let in_force = FIRST.parse().is_ok_and(|first: Date| first <= on);
        // A review is due after the day itself.
        if in_force && days.after(on, 60).is_ok() {
            return Ok(on);
        }
        let message = format!("`{}` has numbers from {FIRST} on, and no working days that far", self.name);
        Err(Error::input(format!("--on {on}"), message)
            .with_help("write a day from then on, within the years of the calendar"))
    }
}

/// Names that mean something else in a folder of policies.
const TAKEN: &[&str] = &["cases", "lib", "policies", "snapshots"];
/// Longest name, in characters.
const MAX_NAME: usize = 40;
/// Most tiers of a new policy.
const MAX_TIERS: usize = 20;

impl Run for NewPolicy {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        is_name(&self.name)?;
        let tiers = tiers(&self.tiers)?;
        let root = policy_choice::folder_of_policies()?;
        let path = root.join(&self.name);
        if Shelf::Shipped.names().contains(&self.name) {
            let built_in = Error::input(&self.name, "is the name of a policy that is built in");
            return Err(built_in.with_help("choose another name, such as that of your service"));
        }
        let files = PolicyFiles {
            name: self.name.clone(),
            shown: path.display().to_string(),
            rules: String::new(),
            parameters: String::new(),
            shelf: Shelf::Folder(root.clone()),
        };
        let days = global.working_days()?;
        let drafted = policy(files, &tiers, self.day(global, &days)?, &days)?;
        let is_first = !root.exists();
        fs::create_dir_all(&root).map_err(|failed| Error::unwritable(&root, &failed))?;
        let written = write(&path, &drafted);
        if written.is_err() && is_first {
            // A folder that somebody else has put something into stays.
            let _ = fs::remove_dir(&root);
        }
        written?;
        let path = path.display().to_string();
        terminal.answer(format!(
            "{} is written: {RULES}, {PARAMETERS}, README.md, and {} worked cases with their accepted answers\n\
             `brag check` and `brag test` pass there; what is still to be said is marked `write here`\n",
            shown(&path),
            drafted.cases.len()
        ))?;
        Ok(Exit::Done)
    }
}

fn write(path: &Path, drafted: &Scaffold) -> Result<(), Error> {
    let Scaffold { files, cases } = drafted;
    let folder = OutFolder::create(path)?;
    folder.write(RULES, &files.rules)?;
    folder.write(PARAMETERS, &files.parameters)?;
    folder.write("README.md", &readme(&files.name))?;
    folder.write(&format!("snapshots/{}.{PARAMETERS}", files.name), &files.parameters)?;
    for (case, answer) in cases {
        folder.write(&format!("cases/{}.yaml", case.name), &case.text)?;
        folder.write(&format!("snapshots/{}.snap", case.snapshot_name()), &accepted(case, answer))?;
    }
    folder.finish()
}

/// The accepted answer of a worked case, as a file.
pub(super) fn accepted(case: &WorkedCase, answer: &str) -> String {
    About { source: case.source(), expression: format!("brag test {}", case.policy) }.above(answer)
}

/// Refuses a name that a policy cannot have.
fn is_name(name: &str) -> Result<(), Error> {
    let refused = |message: &str, help: String| Err(Error::input(name, message).with_help(help));
    if TAKEN.contains(&name) {
        let help = "choose another name, such as that of your service".to_owned();
        return refused("is no name for a policy: it means something else among policies", help);
    }
    let is_letter = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    let begins = name.starts_with(|first: char| first.is_ascii_lowercase());
    if !begins || name.ends_with('-') || !name.chars().all(is_letter) || name.len() > MAX_NAME {
        let help = "lower-case letters, digits and hyphens, a letter first";
        return refused("is no name for a policy", format!("write `{}`: {help}, at most {MAX_NAME}", like(name)));
    }
    Ok(())
}

/// A name that is one, made of what was written.
fn like(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or_default();
    let words = last.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    let name = name.trim_start_matches(|first: char| !first.is_ascii_lowercase());
    let name: String = name.chars().take(MAX_NAME).collect();
    let name = name.trim_end_matches('-');
    if name.is_empty() || TAKEN.contains(&name) { "north-2026".to_owned() } else { name.to_owned() }
}

/// The tiers of a new policy.
fn tiers(text: &str) -> Result<Vec<String>, Error> {
    let refused = |message: String| {
        let help = "write them from the least to the most intensive: --tiers Low,Medium,High";
        Err(Error::input(format!("--tiers {text}"), message).with_help(help))
    };
    let mut tiers: Vec<String> = Vec::new();
    for tier in text.split(',').map(str::trim) {
        if tier.is_empty() {
            return refused("one of the tiers has no name".to_owned());
        }
        if Label::parse(tier).is_none() || !tier.contains(|letter: char| letter.is_ascii_alphanumeric()) {
            return refused(format!("`{tier}` is no name of a tier: letters, digits, blanks and `_-.'&/()` make one"));
        }
        // Capitals, blanks and hyphens make no other tier: a case may spell it in any of these ways.
        let known = Tiers::new(tiers.clone(), Vec::new(), Vec::new());
        if let Some(same) = known.spelt(tier) {
            let otherwise = if same == tier { String::new() } else { format!(", once as `{same}`") };
            return refused(format!("`{tier}` is there twice{otherwise}"));
        }
        tiers.push(tier.to_owned());
    }
    match tiers.len() {
        2..=MAX_TIERS => Ok(tiers),
        many => refused(format!("a policy begins with two tiers or more, at most {MAX_TIERS}, and this is {many}")),
    }
}
