//! The runs that write files, each in a folder that is set up for it.

use crate::program::Program;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

const RULES: &str = "const TIERS = [\"Low\", \"High\"];\n/// Everybody.\nfn base(person) { at_least(\"Low\") }\n";
const LATER: &str = "/// Those managed together.\nfn iom(person) { if person.iom { at_least(\"High\") } }\n\
    /// Young people.\nfn age(person) { if person.oasys.ogrs3 >= 50 { at_least(\"High\") } }\n";
const CASE: &str = "crn: X1\nassessed_on: 2019-05-20\niom: true\noasys: { ogrs3: 60 }\n";

/// A run that writes, and the files below its folder before it and after it.
pub struct Work {
    pub arguments: Vec<&'static str>,
    before: Files,
    after: Files,
}

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Every file of a folder, below which nothing is hidden.
pub fn files(folder: &Path) -> Files {
    let mut files = Files::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(inside).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(folder).unwrap().to_path_buf(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

impl Work {
    /// Every kind of run that writes a file.
    pub fn all() -> Vec<Self> {
        let of = |line: &'static str, set_up: &[&str]| {
            let program = Program::new()
                .rules(RULES)
                .file("policies/trial/cases/a.yaml", CASE)
                .file("policies/trial/cases/b.yaml", CASE.replace("X1", "X2"))
                .file("case.yaml", CASE)
                .file("old.csv", "what was there before\n");
            for step in set_up {
                match *step {
                    "change" => {
                        fs::write(program.folder().join("policies/trial/policy.rhai"), [RULES, LATER].concat())
                            .unwrap();
                    }
                    line => assert!(program.run(line).code <= 1, "{}", program.run(line).whole()),
                }
            }
            let before = files(program.folder());
            let arguments: Vec<&str> = line.split(' ').collect();
            let ran = program.run_with(&arguments);
            assert_eq!(ran.code, 0, "{}", ran.whole());
            Self { arguments, before, after: files(program.folder()) }
        };
        let all = "test trial --update all";
        vec![
            of("assess case.yaml --policy trial --format csv -o old.csv", &[]),
            of("due case.yaml --policy trial --format csv -o new.csv.gz", &[]),
            of(all, &[all, "change"]),
            of("review --accept", &[all, "change", "test trial --update new"]),
            of("review --reject", &[all, "change", "test trial --update new"]),
            of("new case --from case.yaml --set oasys.ogrs3=70 -o new.yaml", &["change"]),
            of("new cases --boundary trial", &["change"]),
            of("new caseload --size 30 -o made.jsonl", &[]),
            of("new policy north", &[]),
            of("new rule later --policy trial", &[all]),
        ]
    }

    /// A folder as it is before the run.
    pub fn program(&self) -> Program {
        let program = Program::new();
        self.before.iter().fold(program, |program, (path, content)| program.file(path.to_str().unwrap(), content))
    }

    /// What is neither as before nor as after the run, or was left aside.
    pub fn damage(&self, folder: &Path) -> Vec<String> {
        let now = files(folder);
        let names = now.keys().chain(self.before.keys()).chain(self.after.keys());
        let is_whole = |path: &&PathBuf| {
            let content = now.get(*path);
            content == self.before.get(*path) || content == self.after.get(*path)
        };
        names.filter(|path| !is_whole(path)).map(|path| path.display().to_string()).collect()
    }

    /// Runs it again without a fault: then everything is as after a run without one.
    pub fn mend(&self, program: &Program) {
        let ran = program.run_with(&self.arguments);
        let (now, names) = (files(program.folder()), |files: &Files| files.keys().cloned().collect::<Vec<_>>());
        assert_eq!(names(&now), names(&self.after), "{:?} again:\n{}", self.arguments, ran.whole());
        assert!(now == self.after, "{:?} again:\n{}", self.arguments, ran.whole());
    }
}
