//! The two files of a policy as they are written, and how an edit gets there: both or none, and over nothing that was not seen.

use super::{
    problem::Problem,
    workbench::{Edit, Texts, Workbench},
};
use crate::{
    case::digest::hexadecimal,
    error::Error,
    out_file::together::{Together, read},
    policy::source::{PARAMETERS, RULES, plain_line_ends},
};
use axum::http::StatusCode;
use sha2::{Digest, Sha256};
use std::path::Path;

/// What stands for the numbers of a policy that has no file of them.
const NO_NUMBERS: &str = "{}";
/// What an editor may put before UTF-8. It is not shown.
const MARK: &str = "\u{feff}";

/// The rules and the numbers, each as far as there is a file of them.
#[derive(Debug, PartialEq, Eq)]
pub struct OnDisk([Option<String>; 2]);

impl OnDisk {
    fn of(folder: &Path) -> Result<Self, Error> {
        Ok(Self([read(&folder.join(RULES))?, read(&folder.join(PARAMETERS))?]))
    }

    /// A word that no other texts have.
    pub fn digest(&self) -> String {
        hexadecimal(Sha256::digest(serde_json::json!(self.0).to_string()).into()).to_string()
    }

    /// The first file that is neither what was seen of it nor what it is to be.
    fn changed(&self, seen: &Texts, new: &Texts) -> Option<&'static str> {
        let Self([rules, numbers]) = self;
        // Nobody was shown how lines end, or the mark.
        let shown = |text: &String| plain_line_ends(text.trim_start_matches(MARK));
        let numbers = numbers.as_ref().map_or_else(|| NO_NUMBERS.to_owned(), shown);
        let is_known = |there: &str, seen: &str, new: &str| [seen, new].contains(&there);
        if rules.as_ref().map(shown).is_none_or(|rules| !is_known(&rules, &seen.rules, &new.rules)) {
            return Some(RULES);
        }
        (!is_known(&numbers, &seen.parameters, &new.parameters)).then_some(PARAMETERS)
    }

    /// Writes an edit over it.
    fn replace(&self, folder: &Path, new: &Texts) -> Result<(), Error> {
        let Self([rules, numbers]) = self;
        let mut files = Together::default();
        let mut add = |file: &str, new: &str, old: Option<&str>| {
            // Nobody saw the mark, and so nobody took it away.
            let mark = old.filter(|old| old.starts_with(MARK)).map_or("", |_| MARK);
            files.add(&folder.join(file), &format!("{mark}{new}"), old)
        };
        add(RULES, &new.rules, rules.as_deref())?;
        if numbers.is_some() || new.parameters != NO_NUMBERS {
            add(PARAMETERS, &new.parameters, numbers.as_deref())?;
        }
        files.finish()
    }
}

impl Workbench {
    /// The files of the policy as they are written.
    ///
    /// # Errors
    ///
    /// When one cannot be read.
    pub fn on_disk(&self) -> Result<OnDisk, Problem> {
        let Some(root) = &self.root else {
            let files = self.shelf().policy(&self.name).map_err(|fault| Problem::of(&fault.into()))?;
            return Ok(OnDisk([Some(files.rules), Some(files.parameters)]));
        };
        OnDisk::of(&root.join(&self.name)).map_err(|error| Problem::of(&error))
    }

    /// Writes an edit, both files or none, where nobody else wrote or deleted them meanwhile.
    ///
    /// # Errors
    ///
    /// When the policy is built in or invalid, a file was changed meanwhile, or cannot be written.
    pub fn save(&self, edit: &Edit) -> Result<String, Problem> {
        let refused = |status, said: String, help: String| Problem::new(status, "not_written", said).with_help(help);
        let conflict = |said: &str, help: &str| refused(StatusCode::CONFLICT, said.to_owned(), help.to_owned());
        let Some(root) = &self.root else {
            let help = "make one of your own with `brag new policy`, and serve that";
            return Err(conflict("this policy is built in, and has no folder to write to", help));
        };
        let Some(before) = &edit.before else {
            return Err(conflict("nobody has seen what would be written over", "say what it was: `before`"));
        };
        self.policy(&edit.texts, &self.asked_now()?)?;
        let meanwhile = |file: &str| {
            let path = root.join(&self.name).join(file);
            let went = if path.exists() { "changed" } else { "deleted" };
            let help = "nothing was written: look at what is written now, and make the edit of that";
            conflict(&format!("{}: was {went} meanwhile", path.display()), help)
        };
        let written = self.on_disk()?;
        if let Some(file) = written.changed(before, &edit.texts) {
            return Err(meanwhile(file));
        }
        written.replace(&root.join(&self.name), &edit.texts).map_err(|error| {
            // Somebody may have been quicker.
            let changed = self.on_disk().ok().and_then(|now| now.changed(before, &edit.texts));
            let help =
                error.remedy().unwrap_or_else(|| "nothing was written: see to the folder, and save again".to_owned());
            changed.map_or_else(|| refused(StatusCode::INTERNAL_SERVER_ERROR, error.on_one_line(), help), meanwhile)
        })?;
        self.state()
    }
}
