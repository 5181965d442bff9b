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
            if file.is_file() {
                let file = near(file);
                let (text, written) = read(&file)?;
                let Some(named) = written.policies else {
                    return Ok(Self { policy: written.policy, folder: Some(near(own)), missing: None });
                };
                let path = folder.join(&named);
                let missing = (!path.is_dir()).then(|| missing(&file, &text, &named));
                return Ok(Self { policy: written.policy, folder: Some(near(path)), missing });
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

    /// The folder that a new policy belongs into.
    #[must_use]
    pub fn folder_of_policies(self) -> PathBuf {
        self.folder.unwrap_or_else(|| PathBuf::from(POLICIES))
    }
}

fn missing(file: &Path, text: &str, named: &Path) -> PolicyFault {
    let line = text.lines().position(|line| line.trim_start().starts_with(POLICIES)).map(|line| line + 1);
    let fault = PolicyFault::invalid(file.display().to_string(), format!("there is no folder `{}`", named.display()));
    let help = "write where the policies are, from this file on; `brag new policy NAME` makes it";
    fault.code("project").at(line, Some(1)).text(text).help(help)
}

fn read(file: &Path) -> Result<(String, Written), Error> {
    let shown = file.display().to_string();
    let bytes = read_file(file)?;
    let help = "it may say `policies = \"folder\"` and `policy = \"name\"`";
    let text = String::from_utf8(bytes).map_err(|_| Error::input(&shown, "is not text in UTF-8").with_help(help))?;
    let written = toml::from_str(&text).map_err(|error| {
        let above = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let column = above.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let fault = PolicyFault::invalid(&shown, error.message().to_owned()).code("project");
        fault.at(Some(above.matches('\n').count() + 1), Some(column)).text(&text).help(help)
    })?;
    Ok((text, written))
}
