//! A policy as a commit has it, and one with changes that are in no commit.

use crate::program::{Program, Ran, snapshot};
use std::{path::Path, process::Command};

const RULES: &str = r#"
import "lib/shared" as helpers;

const TIERS = ["Low", "High"];
const WITH = ["quality"];

/// All.
fn all(person) { at_least("Low") }

/// A score.
fn score(person) { if helpers::is_over(person) && person.oasys.ogrs3 >= param::from { at_least("High") } }
"#;
const NUMBERS: &str = "from:\n  description: from which the tier is high\n  values:\n    2014-06-01: { value: 50, unit: points, source: a }\n";
const SHARED: &str = "fn is_over(person) { person.oasys.ogrs3 > 10 }\n";
const QUALITY: &str = "/// Looked at.\nfn looked_at(person) { flag(\"looked_at\", \"looked at\") }\n";
const CASE: &str = "crn: X320741\nassessed_on: 2019-05-20\noasys: { ogrs3: 55 }\n";

fn git(folder: &Path, arguments: &[&str]) -> String {
    let ran = Command::new("git")
        .current_dir(folder)
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "a")
        .env("GIT_AUTHOR_EMAIL", "a@example.org")
        .env("GIT_COMMITTER_NAME", "a")
        .env("GIT_COMMITTER_EMAIL", "a@example.org")
        .env("GIT_AUTHOR_DATE", "2019-05-20T12:00:00Z")
        .env("GIT_COMMITTER_DATE", "2019-05-20T12:00:00Z")
        .output()
        .unwrap();
    assert!(ran.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap().trim().to_owned()
}

fn commit(program: Program) -> Program {
    git(program.folder(), &["add", "-A"]);
    git(program.folder(), &["commit", "-qm", "an edit"]);
    program
}

/// A repository of three commits: the number is 50 in the first, 60 in the second, and the helper and the companion are
/// others in the third, which is checked out.
fn repository() -> Program {
    let program = Program::new();
    git(program.folder(), &["init", "-q", "-b", "main"]);
    let program = program
        .file("policies/trial/policy.rhai", RULES)
        .file("policies/trial/parameters.yaml", NUMBERS)
        .file("policies/lib/shared.rhai", SHARED)
        .file("policies/quality/policy.rhai", QUALITY)
        .file("one.yaml", CASE);
    let program = commit(program);
    git(program.folder(), &["tag", "-a", "first", "-m", "the first"]);
    let program = commit(program.file("policies/trial/parameters.yaml", NUMBERS.replace("50", "60")));
    git(program.folder(), &["branch", "second"]);
    commit(
        program
            .file("policies/lib/shared.rhai", SHARED.replace("10", "90"))
            .file("policies/quality/policy.rhai", QUALITY.replace("looked_at", "seen")),
    )
}

fn tier(ran: &Ran) -> String {
    assert_eq!(ran.code, 0, "{}", ran.whole());
    ran.json()["tier"].as_str().unwrap().to_owned()
}

#[test]
fn a_commit_is_named_like_in_git_and_its_imports_and_companions_are_its_own() {
    let program = repository();
    let answer = |policy: &str| program.run(&format!("assess one.yaml --format json --policy {policy}"));
    let digits = git(program.folder(), &["rev-parse", "first^{commit}"]);
    for first in ["first", "HEAD~2", "main~2", "second~", "second^", "@~1^", "refs/tags/first", &digits, &digits[..7]] {
        assert_eq!(tier(&answer(&format!("{first}:policies/trial"))), "High", "{first}");
    }
    for later in ["HEAD~1", "second", "main", "heads/second^0", "second^{commit}"] {
        assert_eq!(tier(&answer(&format!("{later}:policies/trial/"))), "Low", "{later}");
    }
    let flag = |ran: &Ran| ran.json()["flags"][0]["code"].as_str().unwrap().to_owned();
    assert_eq!(flag(&answer("HEAD~1:policies/trial")), "looked_at");
    assert_eq!(flag(&answer("HEAD:policies/trial")), "seen");
    let digest = |ran: &Ran| ran.json()["policy"]["digest"].clone();
    assert_eq!(digest(&answer("HEAD:policies/trial")), digest(&answer("policies/trial")));
    assert_ne!(digest(&answer("HEAD:policies/trial")), digest(&answer("HEAD~1:policies/trial")));
    assert!(answer("HEAD:policies/trial").json()["policy"]["trial"].is_null());
}

#[test]
fn two_commits_are_compared() {
    let program = repository();
    let ran = program.run("compare first:policies/trial second:policies/trial one.yaml");
    snapshot("commits-compared", &ran.whole());
    assert_eq!(git(program.folder(), &["status", "--porcelain"]), "");
}

#[test]
fn packed_objects_worktrees_bare_repositories_and_folders_further_down_are_read() {
    let program = repository();
    let here = program.folder().to_path_buf();
    let run = |folder: &Path, policy: &str| {
        let case = here.join("one.yaml");
        let arguments = ["assess", case.to_str().unwrap(), "--format", "json", "--policy", policy];
        Ran::of(program.command(&arguments).current_dir(folder).output().unwrap())
    };
    git(&here, &["gc", "-q", "--prune=now"]);
    assert_eq!(tier(&run(&here, "first:policies/trial")), "High");
    assert_eq!(tier(&run(&here.join("policies"), "first:policies/trial")), "High");
    assert_eq!(tier(&run(&here.join("policies"), "first:./trial")), "High");
    assert_eq!(tier(&run(&here.join("policies/lib"), "first:../trial")), "High");
    git(&here, &["worktree", "add", "-q", "--detach", "beside", "second"]);
    assert_eq!(tier(&run(&here.join("beside"), "HEAD:policies/trial")), "Low");
    assert_eq!(tier(&run(&here.join("beside"), "HEAD~1:policies/trial")), "High");
    git(&here, &["clone", "-q", "--bare", ".", "bare.git"]);
    assert_eq!(tier(&run(&here.join("bare.git"), "first:policies/trial")), "High");
}

#[test]
fn a_repository_that_is_a_policy_is_read() {
    let rules = [
        ("const WITH = [\"quality\"];", ""),
        ("helpers::is_over(person) && ", ""),
        ("import \"lib/shared\" as helpers;", ""),
    ]
    .iter()
    .fold(RULES.to_owned(), |rules, (was, is)| rules.replace(was, is));
    let program =
        Program::new().file("own/policy.rhai", rules).file("own/parameters.yaml", NUMBERS).file("own/one.yaml", CASE);
    let own = program.folder().join("own");
    git(&own, &["init", "-q", "-b", "main"]);
    git(&own, &["add", "-A"]);
    git(&own, &["commit", "-qm", "an edit"]);
    let ran =
        program.command(&["assess", "one.yaml", "--format", "json", "--policy", "HEAD:"]).current_dir(&own).output();
    let ran = Ran::of(ran.unwrap());
    assert_eq!(tier(&ran), "High");
    assert_eq!(ran.json()["policy"]["name"], "own");
    let trial = |program: &Program| {
        program.run("assess own/one.yaml --format json --policy own").json()["policy"]["trial"].clone()
    };
    assert!(trial(&program).is_null());
    let program = program.file("own/parameters.yaml", NUMBERS.replace("50", "51"));
    assert_eq!(trial(&program), serde_json::json!(["uncommitted changes in own/parameters.yaml"]));
}

#[test]
fn what_is_not_there_says_so_and_what_to_do() {
    let program = repository();
    let digits = git(program.folder(), &["rev-parse", "HEAD^{tree}"]);
    let mut all = String::new();
    for policy in [
        "frist:policies/trial",
        "HEAD~9:policies/trial",
        "HEAD:policies/nowhere",
        "HEAD:policies/lib",
        "HEAD:/policies/trial",
        "HEAD:../trial",
        "HEAD@{1}:policies/trial",
        &format!("{digits}:policies/trial"),
    ] {
        let ran = program.run(&format!("assess one.yaml --policy {policy}"));
        all.push_str(&ran.whole().replace(&digits, "DIGITS"));
    }
    let outside = Program::new().file("one.yaml", CASE).run("assess one.yaml --policy HEAD:policies/trial");
    all.push_str(&outside.whole());
    snapshot("commits-not-there", &all);
}

#[test]
fn what_a_commit_only_points_to_is_said_and_not_followed() {
    let program = repository()
        .file("policies/large/policy.rhai", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
        .file("policies/linked/parameters.yaml", "{}\n")
        .file("sub/policy.rhai", RULES);
    std::os::unix::fs::symlink("../trial/policy.rhai", program.folder().join("policies/linked/policy.rhai")).unwrap();
    let sub = program.folder().join("sub");
    git(&sub, &["init", "-q", "-b", "main"]);
    git(&sub, &["add", "-A"]);
    git(&sub, &["commit", "-qm", "an edit"]);
    let program = commit(program);
    let mut all = String::new();
    for policy in ["policies/large", "policies/linked", "sub", "sub/inside"] {
        all.push_str(&program.run(&format!("assess one.yaml --policy HEAD:{policy}")).whole());
    }
    git(
        program.folder(),
        &["clone", "-q", "--depth", "1", &format!("file://{}", program.folder().display()), "shallow"],
    );
    let shallow = program.command(&["assess", "one.yaml", "--policy", "HEAD~1:policies/trial"]);
    let mut shallow = shallow;
    all.push_str(&Ran::of(shallow.current_dir(program.folder().join("shallow")).output().unwrap()).whole());
    snapshot("commits-pointers", &all);
}

#[test]
fn nothing_of_a_repository_is_run() {
    let program = repository();
    let mark = program.folder().join("was-run");
    let script = format!("#!/bin/sh\ntouch {}\ncat\n", mark.display());
    let program = program.file("hook.sh", script);
    let hook = program.folder().join("hook.sh");
    Command::new("chmod").arg("+x").arg(&hook).status().unwrap();
    let hook = hook.to_str().unwrap();
    for (name, value) in [
        ("core.fsmonitor", hook),
        ("filter.own.smudge", hook),
        ("filter.own.clean", hook),
        ("core.hooksPath", program.folder().to_str().unwrap()),
        ("core.pager", hook),
    ] {
        git(program.folder(), &["config", name, value]);
    }
    let program = program.file("policies/.gitattributes", "* filter=own\n");
    assert_eq!(tier(&program.run("assess one.yaml --format json --policy HEAD~2:policies/trial")), "High");
    assert_eq!(tier(&program.run("assess one.yaml --format json --policy policies/trial")), "Low");
    assert!(!mark.exists());
}

#[test]
fn a_policy_in_a_repository_without_a_commit_is_a_trial_and_one_behind_a_link_is_what_it_leads_to() {
    let program = Program::new().file(
        "policies/trial/policy.rhai",
        "const TIERS = [\"Low\"];\n\n/// All.\nfn all(person) { at_least(\"Low\") }\n",
    );
    let program = program.file("one.yaml", CASE);
    let trial = |program: &Program| {
        program.run("assess one.yaml --format json --policy policies/trial").json()["policy"]["trial"].clone()
    };
    assert!(trial(&program).is_null());
    git(program.folder(), &["init", "-q", "-b", "main"]);
    assert_eq!(trial(&program), serde_json::json!(["uncommitted changes in trial/policy.rhai"]));
    let rules = program.folder().join("policies/trial/policy.rhai");
    std::fs::rename(&rules, program.folder().join("policies/trial/real.rhai")).unwrap();
    std::os::unix::fs::symlink("real.rhai", &rules).unwrap();
    let program = commit(program);
    assert!(trial(&program).is_null());
}

#[test]
fn changes_that_are_in_no_commit_make_a_trial() {
    let program = repository();
    let trial = |program: &Program, policy: &str| {
        let ran = program.run(&format!("assess one.yaml --format json --policy {policy}"));
        assert_eq!(ran.code, 0, "{}", ran.whole());
        ran.json()["policy"]["trial"].clone()
    };
    assert!(trial(&program, "policies/trial").is_null());
    let program = program.file("policies/trial/parameters.yaml", NUMBERS.replace("50", "60").replace('\n', "\r\n"));
    assert!(trial(&program, "policies/trial").is_null());
    let program = program
        .file("policies/trial/parameters.yaml", NUMBERS.replace("50", "70"))
        .file("policies/quality/policy.rhai", QUALITY)
        .file("policies/unrelated/policy.rhai", RULES);
    assert_eq!(
        trial(&program, "policies/trial"),
        serde_json::json!(["uncommitted changes in trial/parameters.yaml, quality/policy.rhai"])
    );
    assert!(trial(&program, "HEAD:policies/trial").is_null());
    assert!(trial(&program, "bgsw").is_null());
    for format in ["text", "json", "jsonl", "yaml", "md", "csv", "table"] {
        let ran = program.run(&format!("assess one.yaml --format {format} --policy policies/trial"));
        assert!(ran.stdout.contains("uncommitted changes in"), "{format}: {}", ran.whole());
    }
    let digest = |policy: &str| {
        program.run(&format!("assess one.yaml --format json --policy {policy}")).json()["policy"]["digest"].clone()
    };
    let before = digest("policies/trial");
    let program = commit(program);
    assert!(trial(&program, "policies/trial").is_null());
    let after = program.run("assess one.yaml --format json --policy policies/trial").json()["policy"]["digest"].clone();
    assert_eq!(before, after);
}

/// The policies that a log names are found in the history by their digests, with what ran with them and what a trial took otherwise.
#[test]
fn a_log_is_worked_out_again_under_the_policies_of_its_time() {
    let program = repository();
    let log = |policy: &str, more: &str| {
        let ran = program.run(&format!("assess one.yaml --policy {policy} --log log.jsonl --format csv {more}"));
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{}", ran.whole());
    };
    log("first:policies/trial", "");
    log("second:policies/trial", "--set from=90");
    log("second:policies/trial", "--law 2020-01-01");
    log("first:policies/trial", "--without quality");
    log("policies/trial", "");
    let standings = |more: &str| -> Vec<String> {
        let json = program.run(&format!("replay log.jsonl one.yaml --format json {more}")).json();
        let mut all = vec!["same".to_owned(); json["lines"].as_u64().unwrap() as usize];
        for line in json["of"].as_array().unwrap() {
            all[line["line"].as_u64().unwrap() as usize - 1] = line["standing"].as_str().unwrap().to_owned();
        }
        all
    };
    let other = "policy_changed";
    assert_eq!(standings(""), [other, other, other, other, "same"]);
    assert_eq!(standings("--repo ."), ["same"; 5]);
    let json = program.run("replay log.jsonl one.yaml --format json --repo policies/lib").json();
    let past = json["past"].as_array().unwrap();
    let [first, second] = ["first^{commit}", "second"].map(|name| git(program.folder(), &["rev-parse", name]));
    let places: Vec<&str> = past.iter().map(|one| one["place"].as_str().unwrap()).collect();
    let place = |commit: &str| format!("{}:policies/trial", &commit[..12]);
    assert_eq!(places, [place(&first), place(&second), place(&second), place(&first)]);
    assert_eq!(past[1]["policy"]["trial"], serde_json::json!(["from = 90"]));
    assert_eq!(past[2]["policy"]["law"], "2020-01-01");
    // What a trial took otherwise stands in the log, and where a line is drawn.
    let drawn = program.run("replay log.jsonl --crn X320741").stdout;
    assert!(
        drawn.contains(", a trial with from = 90\n") && drawn.contains("a trial with rules and numbers of 2020"),
        "{drawn}"
    );
    // A policy that is in no commit is not found, and a folder without a history is told of.
    let program = program.file("policies/trial/parameters.yaml", NUMBERS.replace("50", "51"));
    program.run("assess one.yaml --policy policies/trial --log log.jsonl --format csv");
    let program = program.file("policies/trial/parameters.yaml", NUMBERS.replace("50", "52"));
    let ran = program.run("replay log.jsonl one.yaml --repo . --with policies/trial");
    assert_eq!(ran.code, 1, "{}", ran.whole());
    assert!(ran.stdout.starts_with("5 of 6 lines stand\n"), "{}", ran.whole());
    let alone = Program::new()
        .file("log.jsonl", std::fs::read(program.folder().join("log.jsonl")).unwrap())
        .file("one.yaml", CASE);
    let ran = alone.run("replay log.jsonl one.yaml --repo .");
    assert!(ran.code == 3 && ran.stderr.contains("lies in no git repository"), "{}", ran.whole());
}

/// What is built in takes the place of a file that somebody deleted, which is an edit like any other.
#[test]
fn a_file_of_the_policy_that_is_gone_is_no_silent_change_to_what_is_built_in() {
    let shipped = |path: &str| std::fs::read_to_string(crate::program::root().join("policies").join(path)).unwrap();
    let rules = "import \"lib/oasys\" as oasys;\nconst TIERS = [\"Low\", \"High\"];\nconst WITH = [\"assessment-quality\"];\n/// All.\n/// @cite none\n\
        fn all(person) { if oasys::rosh(person) == \"high\" { at_least(\"High\") } else { at_least(\"Low\") } }\n";
    let program = Program::new().rules(rules).file("one.yaml", CASE);
    git(program.folder(), &["init", "-q", "-b", "main"]);
    let mut program = program;
    for path in [
        "lib/oasys.rhai",
        "lib/phase.rhai",
        "lib/record.rhai",
        "assessment-quality/policy.rhai",
        "assessment-quality/parameters.yaml",
    ] {
        program = program.file(&format!("policies/{path}"), shipped(path));
    }
    let program = commit(program);
    let trial = || program.run("assess one.yaml --policy trial --format json").json()["policy"]["trial"].clone();
    assert_eq!(trial(), serde_json::Value::Null);
    assert_eq!(program.run("check trial").stderr, "");
    std::fs::remove_file(program.folder().join("policies/lib/oasys.rhai")).unwrap();
    assert_eq!(trial(), serde_json::json!(["uncommitted changes in lib/oasys.rhai"]));
    assert_eq!(program.run("check trial").stderr, "trial, with what is built in of lib/oasys.rhai\n");
    let told = program.run("assess one.yaml --policy trial -v").stderr;
    assert!(told.contains("policy trial from policies/trial, with what is built in of lib/oasys.rhai\n"), "{told}");
    std::fs::remove_dir_all(program.folder().join("policies/assessment-quality")).unwrap();
    let all = "lib/oasys.rhai, assessment-quality/policy.rhai, lib/phase.rhai, lib/record.rhai, assessment-quality/parameters.yaml";
    assert_eq!(trial(), serde_json::json!([format!("uncommitted changes in {all}")]));
    // Where no commit has them the policy was copied without them, and rests on what is built in by right.
    std::fs::remove_dir_all(program.folder().join("policies/lib")).unwrap();
    let program = commit(program);
    assert_eq!(
        program.run("assess one.yaml --policy trial --format json").json()["policy"]["trial"],
        serde_json::Value::Null
    );
    assert_eq!(program.run("check trial").stderr, format!("trial, with what is built in of {all}\n"));
    assert_eq!(program.run("check bgsw").stderr, "", "a policy that is built in has nothing beside");
}
