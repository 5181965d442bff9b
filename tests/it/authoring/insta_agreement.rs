//! This program and `insta` read and write the same files, and agree on what is pending, accepted and orphaned.

use brag::authoring::snapshot_store::{About, Folder};
use std::{fs, panic::catch_unwind, path::Path};

fn about() -> About {
    About { source: "policies/p/cases/a.yaml".to_owned(), expression: "brag test p".to_owned() }
}

const FOLDER: &str = "BRAG_TEST_SNAPSHOTS";

/// Run by another test in a process of its own; by itself it has nothing to do.
#[test]
fn leave_a_text_for_review() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        assert!(!insta_accepts(Path::new(&folder), "p__a", "tier: Amber"));
    }
}

/// Whether `insta` takes a text for the accepted one. What it writes otherwise is the test's matter.
fn insta_accepts(folder: &Path, name: &'static str, text: &'static str) -> bool {
    let folder = folder.to_path_buf();
    catch_unwind(move || {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.bind(|| insta::assert_snapshot!(name, text));
    })
    .is_ok()
}

#[test]
fn what_this_program_accepts_insta_accepts() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(temporary.path());
    folder.propose("p__a", "tier: Red\nrules: []", &about()).unwrap();
    assert_eq!(folder.pending_names().into_iter().collect::<Vec<_>>(), ["p__a"]);
    folder.accept("p__a").unwrap();
    assert!(folder.pending_names().is_empty());
    assert!(folder.is_ours("p__a"));
    assert!(insta_accepts(temporary.path(), "p__a", "tier: Red\nrules: []"));
    let written = insta::Snapshot::from_file(&folder.accepted_file("p__a")).unwrap();
    assert_eq!(written.metadata().source(), Some("policies/p/cases/a.yaml"));
    let bytes = fs::read(folder.accepted_file("p__a")).unwrap();
    written.save(&folder.accepted_file("p__a")).unwrap();
    assert_eq!(fs::read(folder.accepted_file("p__a")).unwrap(), bytes, "the bytes that insta itself writes");
}

#[test]
fn what_insta_leaves_pending_this_program_sees_and_accepts() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Folder::at(temporary.path());
    folder.replace("p__a", "tier: Red", &about()).unwrap();
    // In a process of its own, where insta may write whatever the environment of this one says.
    let ended = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "authoring::insta_agreement::leave_a_text_for_review"])
        .env("INSTA_UPDATE", "new")
        .env_remove("INSTA_FORCE_PASS")
        .env(FOLDER, temporary.path())
        .output()
        .unwrap();
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(folder.pending_names().into_iter().collect::<Vec<_>>(), ["p__a"]);
    assert_eq!(folder.pending("p__a").unwrap().as_deref(), Some("tier: Amber"));
    folder.accept("p__a").unwrap();
    assert!(insta_accepts(temporary.path(), "p__a", "tier: Amber"));
    assert_eq!(folder.accepted("p__a").unwrap().as_deref(), Some("tier: Amber"));
    folder.propose("p__a", "tier: Green", &about()).unwrap();
    folder.reject("p__a").unwrap();
    assert!(insta_accepts(temporary.path(), "p__a", "tier: Amber"));
    assert!(folder.pending_names().is_empty());
}

/// `cargo insta test --unreferenced` takes every snapshot for orphaned that no assertion of a run names. The assertions over the
/// shipped policies name exactly the files that this program takes for those of a case.
#[test]
fn both_find_the_same_snapshots_orphaned() {
    let temporary = tempfile::tempdir().unwrap();
    let references = temporary.path().join("references");
    let status = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "authoring::shipped::worked_cases"])
        .env("INSTA_SNAPSHOT_REFERENCES_FILE", &references)
        .env("INSTA_UPDATE", "no")
        .output()
        .unwrap();
    assert!(status.status.success(), "{status:?}");
    let named = fs::read_to_string(&references).unwrap();
    let file_name = |line: &str| Path::new(line).file_name().unwrap().to_str().unwrap().to_owned();
    let named: std::collections::BTreeSet<String> = named.lines().map(file_name).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Folder::at(root.join("snapshots"));
    // The others are of texts that the program prints, by other tests.
    let of_cases = folder.accepted_names().into_iter().filter(|name| name.contains("__"));
    let accepted = of_cases.map(|name| format!("{name}.snap"));
    assert_eq!(named, accepted.collect());
    let shelf = brag::policy::source::Shelf::Folder(root.join("policies"));
    for policy in shelf.names() {
        let cases = brag::authoring::worked::all(&shelf, &policy).unwrap();
        assert!(brag::authoring::trial::orphans(&folder, &policy, &[], &cases).is_empty(), "{policy}");
    }
}
