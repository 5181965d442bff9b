//! How a policy is read: its files in, the policy out, and everything that is wrong with them. Reading goes on after a fault,
//! so that one run says all there is to say; what runs a policy refuses it at the first.

use super::{
    Policy, changes,
    digest::digest,
    parameters::Parameters,
    presumptions::presumed,
    source::{PARAMETERS, PolicyFiles, RULES},
};
use crate::{
    calendar::WorkingDays,
    case::{
        document,
        fault::{Fault, Wrong},
        input::InputTable,
    },
    language::{
        check,
        fault::PolicyFault,
        lower::{Known, lower_on},
        program::{Program, Source},
        syntax,
        tiers::Tiers,
        tree::Script,
    },
};
use std::{collections::BTreeSet, path::Path, sync::Arc};

/// Parameters that a run sets, with the text of their value.
pub(super) type Settings = Vec<(String, String)>;

/// A policy as far as it could be read. Where something is wrong it is fit to be looked at, and not to be run.
#[derive(Debug)]
pub struct Reading {
    /// The policy, and those that run with it.
    pub policy: Policy,
    /// What is wrong: with its own files, by file, line and column, then with those of each that runs with it.
    pub faults: Vec<PolicyFault>,
    /// What was to be set, and no policy has.
    pub(super) unset: Settings,
}

impl Reading {
    /// The policy, if nothing is wrong with it.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub fn whole(self) -> Result<Policy, PolicyFault> {
        self.faults.into_iter().next().map_or(Ok(self.policy), Err)
    }

    /// The policy by itself.
    pub(super) fn of_files(files: PolicyFiles, set: &[(String, String)]) -> Self {
        let mut faults = Vec::new();
        let (parameters, unset) = numbers(&files, set, &mut faults);
        let own = parameters.own_inputs.iter().map(|(name, (domain, doc))| (name.clone(), domain.clone(), doc.clone()));
        let inputs = Arc::new(InputTable::with_own(own));
        let file = files.shelf.shown(&format!("{}/{RULES}", files.name));
        let (main, slips) = syntax::parse_on(&file, &files.rules);
        faults.extend(slips);
        let tiers = Arc::new(main.as_ref().map(tiers).unwrap_or_default());
        let program = match main {
            Some(main) => {
                let imports = imports(&main, &files, &mut faults);
                let names: Vec<String> = parameters.by_name.keys().cloned().collect();
                let known = Known { inputs: &inputs, tiers: &tiers, parameters: &names };
                let (program, wrong) = lower_on(&main, &imports, known);
                let wrong = without_echoes(wrong, &main, &imports, faults.iter().any(|fault| fault.code == "syntax"));
                faults.extend(wrong);
                faults.extend(check::faults(&program, known));
                program
            }
            None => {
                let script = Source { file, text: files.rules.clone(), ..Source::default() };
                Program { scripts: vec![script], ..Program::default() }
            }
        };
        // Where the numbers cannot be read at all, nothing is to be learnt from their names, nor from those of inputs declared there.
        if parameters.by_name.is_empty() && faults.iter().any(|fault| fault.code == "parameters") {
            faults.retain(|fault| fault.code != "unknown-parameter" && !fault.message.contains("`person.local."));
        }
        let presumed = presumed(&parameters, &inputs, &mut |at, said, help| {
            let fault = PolicyFault::invalid(shown(&files), said).code("parameters").at(Some(at.line), Some(at.column));
            faults.push(fault.text(&files.parameters).help(help));
        });
        faults.sort_by(|one, other| (&one.file, one.line, one.column).cmp(&(&other.file, other.line, other.column)));
        let files_digest = digest(&files, &program);
        let is_own = |(name, _): &&(String, String)| !unset.iter().any(|(unset, _)| unset == name);
        let trial = set.iter().filter(is_own).map(|(name, value)| format!("{name} = {value}")).collect();
        let mut policy = Policy {
            digest: Arc::clone(&files_digest),
            files_digest,
            trial,
            uncommitted: None,
            companions: Vec::new(),
            days: WorkingDays::shipped(),
            changes: changes(&program, &parameters),
            law: None,
            name: files.name.into(),
            program: Arc::new(program),
            parameters,
            tiers,
            inputs,
            presumed: Arc::new(presumed),
        };
        policy.seal();
        Self { policy, faults, unset }
    }
}

/// What is wrong, without what follows from a file or a function that cannot be read.
fn without_echoes(
    mut wrong: Vec<PolicyFault>,
    main: &Script,
    imports: &[(String, String, Script)],
    is_any_unread: bool,
) -> Vec<PolicyFault> {
    // What an import that cannot be read would have had is nobody's fault but that import's.
    let is_lost = |name: &str| !imports.iter().any(|(alias, ..)| alias == name);
    for (_, alias, _) in main.imports.iter().filter(|(_, alias, _)| is_lost(alias)) {
        wrong.retain(|fault| fault.message != format!("nothing is imported as `{alias}`"));
    }
    // The same of a function that cannot be read: it is written there all the same.
    if is_any_unread {
        let scripts = imports.iter().map(|(.., script)| script).chain([main]);
        let heads: BTreeSet<&str> = scripts.flat_map(|script| script.text.lines().flat_map(heads)).collect();
        // A name that has run together with what follows it is told by its beginning.
        let is_written = |name: &str| heads.range(name..).next().is_some_and(|head| head.starts_with(name));
        let name_in = |fault: &PolicyFault| fault.message.split('`').nth(1).map(str::to_owned);
        wrong.retain(|fault| fault.code != "unknown-name" || !name_in(fault).is_some_and(|name| is_written(&name)));
    }
    wrong
}

/// How messages call the file of the numbers.
fn shown(files: &PolicyFiles) -> String {
    files.shelf.shown(&format!("{}/{PARAMETERS}", files.name))
}

/// The names that a line may begin a function of: behind `fn`, or whatever stands in its place. What is indented calls one.
fn heads(line: &str) -> impl Iterator<Item = &str> {
    let is_of_name = |sign: char| sign.is_alphanumeric() || sign == '_';
    let first = |text: &'_ str| text.find(|sign: char| !is_of_name(sign)).unwrap_or(text.len());
    let behind = line.split_once("fn ").map(|(_, behind)| behind.get(..first(behind)).unwrap_or_default());
    let is_head = |head: &&str| head.starts_with(char::is_alphabetic) && !head.contains(['=', '/', '"']);
    let before = line.split_once('(').map(|(head, _)| head).filter(is_head);
    behind.into_iter().chain(before.and_then(|head| head.rsplit(' ').next()))
}

/// How the numbers are written, where the file cannot be read.
const FORM: &str = "the name of each number begins its line, what belongs to it stands below and further in, and what is opened in a line \
                    is closed there";

/// Whether a key stands twice because two parameters have run together.
fn is_lost_between(fault: &Fault) -> bool {
    [".description", ".values"].iter().any(|key| fault.path.ends_with(key))
}

/// The numbers, with what a run sets of them, and what was to be set that is not among them.
fn numbers(files: &PolicyFiles, set: &[(String, String)], faults: &mut Vec<PolicyFault>) -> (Parameters, Settings) {
    let mut wrong = |fault: &Fault| {
        let place = fault.at.map(|at| (at.line, at.column)).unzip();
        let said = PolicyFault::invalid(shown(files), fault.to_string()).code("parameters");
        let help = match fault.wrong {
            Wrong::SeveralDocuments => Some("all numbers stand in one document: take out the `---` line".to_owned()),
            Wrong::DuplicateKey if is_lost_between(fault) => Some(
                "keep one of the two, or give back the line between them with the name of the second parameter"
                    .to_owned(),
            ),
            Wrong::Syntax { .. } => fault.help().or_else(|| Some(FORM.to_owned())),
            _ => fault.help(),
        };
        faults.push(said.at(place.0, place.1).text(&files.parameters).helped(help));
    };
    let mut parameters = match document::parse(&files.parameters) {
        Ok(document) => {
            let (parameters, found) = Parameters::read(&document);
            found.iter().for_each(wrong);
            parameters
        }
        // A file of comments has no numbers, as no file has none.
        Err(Fault { wrong: Wrong::Empty, .. }) => Parameters::default(),
        Err(fault) => {
            wrong(&fault);
            Parameters::default()
        }
    };
    parameters.file = shown(files);
    parameters.text.clone_from(&files.parameters);
    let (own, unset): (Vec<_>, Vec<_>) =
        set.iter().cloned().partition(|(name, _)| parameters.by_name.contains_key(name));
    for (name, value) in &own {
        if let Err(said) = parameters.set(name, value) {
            faults.push(PolicyFault::invalid(format!("--set {name}"), said).code("parameters"));
        }
    }
    (parameters, unset)
}

fn tiers(script: &Script) -> Tiers {
    let list = |name: &str| script.list(name).unwrap_or_default();
    Tiers::new(list("TIERS"), list("OUTSIDE"), list("AXES"))
}

/// Most scripts that a policy imports.
const MAX_IMPORTS: usize = 32;
/// Most bytes of all scripts that a policy imports.
const MAX_IMPORTED: usize = 2 << 20;

/// The scripts that a policy imports, each with the name that it is given and its path.
fn imports(main: &Script, files: &PolicyFiles, faults: &mut Vec<PolicyFault>) -> Vec<(String, String, Script)> {
    let mut imports: Vec<(String, String, Script)> = Vec::new();
    let mut bytes = 0;
    for (path, alias, place) in &main.imports {
        let named = Path::new(path).extension().is_some_and(|ending| ending == "rhai");
        let path = if named { path.clone() } else { format!("{path}.rhai") };
        let here = |message: String| {
            let fault = PolicyFault::invalid(&main.file, message).code("import");
            fault.at(Some(place.line as usize), None).text(&main.text)
        };
        if imports.len() == MAX_IMPORTS {
            let fault = here(format!("imports more than {MAX_IMPORTS} scripts, the limit"));
            faults.push(fault.help("put helpers that belong together into one script"));
            break;
        }
        if matches!(alias.as_str(), "param" | "global" | "person") || imports.iter().any(|(known, ..)| known == alias) {
            let fault = here(format!("imports `{path}` under a name that is taken, `{alias}`"));
            faults.push(fault.help("give it a name of its own: `import \"lib/needs\" as needs;`"));
            continue;
        }
        let shelf = files.shelf.that_has(&path);
        let read = shelf.read(&path).map_err(|fault| {
            let help = "write the path from the policies folder, such as \"lib/needs\"".to_owned();
            here(format!("imports `{path}`, which {}", fault.message)).help(fault.help.unwrap_or(help))
        });
        bytes += read.as_ref().map_or(0, String::len);
        if bytes > MAX_IMPORTED {
            let fault = here(format!("imports more than {MAX_IMPORTED} bytes of scripts, the limit"));
            faults.push(fault.help("leave out what the policy does not call"));
            break;
        }
        match read {
            Ok(text) => {
                let (script, slips) = imported(&shelf.shown(&path), &text);
                faults.extend(slips);
                imports.extend(script.map(|script| (alias.clone(), path, script)));
            }
            Err(fault) => faults.push(fault),
        }
    }
    imports
}

fn imported(file: &str, text: &str) -> (Option<Script>, Vec<PolicyFault>) {
    let (script, mut faults) = syntax::parse_on(file, text);
    let Some((_, _, place)) = script.as_ref().and_then(|script| script.imports.first()) else {
        return (script, faults);
    };
    let fault = PolicyFault::invalid(file, "an imported script cannot import another").code("import");
    faults.push(
        fault
            .at(Some(place.line as usize), None)
            .text(text)
            .help("import both into the policy, and hand on what is needed as an argument"),
    );
    (None, faults)
}
