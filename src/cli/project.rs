//! `brag.toml`: where the policies of a project are, and which of them a run uses.

use crate::{cli::global::read_file, error::Error, language::fault::PolicyFault, policy::source::Shelf};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The file that says so.
pub const PROJECT_FILE: &str = "brag.toml";
/// The folder of policies where nothing is said.
const POLICIES: &str = "policies";

/// What `brag.toml` says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// The folder of policies, relative to the file.
    policies: Option<PathBuf>,
    /// The policy to use.
    policy: Option<String>,
}

/// A project: the folder that `brag.toml` names, or a folder `policies`, here or in a folder above.
#[derive(Debug, Default)]
pub struct Project {
    /// The policy to use, where it is said.
    pub policy: Option<String>,
    /// `brag.toml`, where there is one, with its text.
    written: Option<(PathBuf, String)>,
    /// The folder of policies, whether or not it is there.
    folder: Option<PathBuf>,
    /// What is wrong where it is not there and `brag.toml` names it.
    missing: Option<PolicyFault>,
}

impl Project {
    /// The project that this is.
    ///
    /// # Errors
    ///
    /// When `brag.toml` is invalid.
    pub fn here() -> Result<Self, Error> {
        let here = std::env::current_dir().unwrap_or_default();
        for folder in here.ancestors() {
            let file = folder.join(PROJECT_FILE);
            let own = folder.join(POLICIES);
            let near = |path: PathBuf| path.strip_prefix(&here).map(Path::to_path_buf).unwrap_or(path);
            // Whatever bears that name: were it passed over, another policy would answer.
            if file.symlink_metadata().is_ok() {
                let file = near(file);
                let (text, Written { policies, policy }) = read(&file)?;
                let path = policies.as_ref().map_or(own, |named| folder.join(named));
                let is_missing = policies.is_some() && !path.is_dir();
                let mut project = Self { policy, written: Some((file, text)), folder: Some(near(path)), missing: None };
                if let Some(named) = policies.filter(|_| is_missing) {
                    let said = format!("there is no folder `{}`", named.display());
                    let help = "write where the policies are, from this file on; `brag new policy NAME` makes it";
                    project.missing = project.fault(POLICIES, said, help);
                }
                return Ok(project);
            }
            if own.is_dir() {
                return Ok(Self { folder: Some(near(own)), ..Self::default() });
            }
        }
        Ok(Self::default())
    }

    /// Its policies, where it has any.
    ///
    /// # Errors
    ///
    /// When the folder that `brag.toml` names is not there: those that are built in would take their place.
    pub fn shelf(&self) -> Result<Option<Shelf>, Error> {
        match &self.missing {
            Some(fault) => Err(fault.clone().into()),
            None => Ok(self.folder.clone().filter(|folder| folder.is_dir()).map(Shelf::Folder)),
        }
    }

    /// That there is no such policy as `brag.toml` says, where it says one.
    #[must_use]
    pub fn no_policy(&self, help: &str) -> Option<PolicyFault> {
        let name = self.policy.as_ref()?;
        self.fault("policy", format!("there is no policy `{name}`"), help)
    }

    /// What is wrong with what `brag.toml` says under a key.
    fn fault(&self, key: &str, said: String, help: &str) -> Option<PolicyFault> {
        let (file, text) = self.written.as_ref()?;
        let is_of = |line: &str| line.split('=').next().is_some_and(|written| written.trim() == key);
        let line = text.lines().position(is_of).map(|line| line + 1);
        let fault = PolicyFault::invalid(file.display().to_string(), said);
        Some(fault.code("project").at(line, Some(1)).text(text).help(help))
    }

    /// The folder that a new policy belongs into.
    #[must_use]
    pub fn folder_of_policies(self) -> PathBuf {
        self.folder.unwrap_or_else(|| PathBuf::from(POLICIES))
    }
}

fn read(file: &Path) -> Result<(String, Written), Error> {
    let shown = file.display().to_string();
    let bytes = read_file(file)?;
    let help = "it may say `policies = \"folder\"` and `policy = \"name\"`";
    let text = String::from_utf8(bytes).map_err(|_| Error::input(&shown, "is not text in UTF-8").with_help(help))?;
    let written = toml::from_str(&text).map_err(|error| {
        let above = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let column = above.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let said = match error.message() {
            said if ["invalid type", "invalid boolean", "string values must be quoted"]
                .iter()
                .any(|begin| said.starts_with(begin)) =>
            {
                "expected a text in quotes"
            }
            said => said,
        };
        let fault = PolicyFault::invalid(&shown, said.to_owned()).code("project");
        fault.at(Some(above.matches('\n').count() + 1), Some(column)).text(&text).help(help)
    })?;
    Ok((text, written))
}
