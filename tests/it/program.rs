//! Runs the real program in a folder of its own, and shows everything that came out.

use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The worked cases of a shipped policy, in order of name.
pub fn worked_cases(policy: &str) -> Vec<PathBuf> {
    let folder = root().join("policies").join(policy).join("cases");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "policy {policy} has no worked case");
    files
}

/// One run of the program, to be set up.
pub struct Program {
    folder: TempDir,
    input: Vec<u8>,
    variables: Vec<(String, String)>,
}

/// What came of it.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Program {
    /// In an empty folder, without variables that would change what the program does.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), input: Vec::new(), variables: Vec::new() }
    }

    /// The folder that it runs in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// With a file.
    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// With a policy `trial` of these rules.
    pub fn rules(self, rules: &str) -> Self {
        self.file("policies/trial/policy.rhai", rules)
    }

    /// With something on standard input.
    pub fn input(mut self, input: &str) -> Self {
        self.input = input.as_bytes().to_vec();
        self
    }

    /// With a variable.
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The command, ready to start.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = brag();
        command.envs(self.variables.iter().cloned()).current_dir(self.folder.path()).args(arguments);
        command
    }

    /// Runs it with arguments separated by blanks.
    pub fn run(&self, arguments: &str) -> Ran {
        self.run_with(&arguments.split_whitespace().collect::<Vec<_>>())
    }

    /// Runs it with these arguments.
    pub fn run_with(&self, arguments: &[&str]) -> Ran {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A program that ends before it has read everything closes the pipe, which is its right.
        let _ = child.stdin.take().unwrap().write_all(&self.input);
        Ran::of(child.wait_with_output().unwrap())
    }
}

/// A library that is loaded before the system's, made of a source in C of these tests; nothing where there is no compiler.
pub fn shim(source: &str) -> Option<PathBuf> {
    let name = Path::new(source).file_stem().unwrap().to_str().unwrap();
    let shim = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}_{}.so", std::process::id()));
    let source = root().join("tests/it").join(source);
    let built = Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&shim).arg(source).status();
    let built = built.is_ok_and(|status| status.success());
    if !built {
        println!("not tried: there is no `cc` to build a shim with");
    }
    built.then_some(shim)
}

/// The program, without the variables of whoever runs the tests: a machine that checks sets `CI`, under which nothing
/// is accepted, and a terminal may ask for colours.
pub fn brag() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_brag"));
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        let theirs = ["CI", "NO_COLOR", "COLUMNS"].contains(&&*name);
        if theirs || name.starts_with("BRAG_") || name.starts_with("CLICOLOR") {
            command.env_remove(name);
        }
    }
    command
}

impl Ran {
    /// What a process left.
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Exit code and both streams, for a snapshot.
    pub fn whole(&self) -> String {
        let mut whole = format!("exit code {}\n", self.code);
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                writeln!(whole, "---- {name} ----\n{}", text.trim_end()).unwrap();
            }
        }
        whole
    }

    /// The answer as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{}\n{}", self.stdout, self.stderr))
    }
}

/// Compares with a snapshot in the folder `snapshots` at the top.
pub fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
