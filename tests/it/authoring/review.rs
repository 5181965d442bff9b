//! Review at a terminal: keys in, files changed as said, nothing lost.
#![cfg(unix)]

use super::program::Project;
use rexpect::session::{PtySession, spawn_command};
use std::fs;

const PARAMETERS: &str = "policies/bgsw/parameters.yaml";

/// A project with several pending snapshots of two causes.
fn project() -> Project {
    let project = Project::with_bgsw();
    project.edit(PARAMETERS, "value: [50, 75, 90], unit: percent", "value: [10, 20, 30], unit: percent");
    project.edit(
        PARAMETERS,
        "value: { every: 3, unit: week, mode: face_to_face, first_within: 5, upcoming: 7 }",
        "value: { every: 2, unit: week, mode: face_to_face, first_within: 5, upcoming: 7 }",
    );
    assert_eq!(project.brag(&["test", "bgsw"]).code, 1);
    assert!(project.pending().len() >= 4, "{:?}", project.pending());
    project
}

fn review(project: &Project) -> PtySession {
    let mut command = crate::program::brag();
    command.arg("review").current_dir(project.path("")).env("NO_COLOR", "1").env("TERM", "xterm");
    spawn_command(command, Some(20_000)).unwrap()
}

/// Presses a key at the question about the case with this number, and gives the name of its snapshot.
fn press(session: &mut PtySession, number: usize, key: &str) -> String {
    session.exp_string(&format!("{number} of ")).unwrap();
    let (_, name) = session.exp_regex("bgsw__[0-9a-z-]+").unwrap();
    session.exp_string("[q]uit").unwrap();
    session.send(key).unwrap();
    session.flush().unwrap();
    name
}

#[test]
fn each_key_does_what_it_says_and_quitting_loses_nothing() {
    let project = project();
    let before = project.pending();
    let file = |name: &str, ending: &str| project.path(&format!("snapshots/{name}{ending}"));
    let mut session = review(&project);
    let accepted = press(&mut session, 1, "a");
    let rejected = press(&mut session, 2, "r");
    let skipped = press(&mut session, 3, "s");
    let quit = press(&mut session, 4, "q");
    session.exp_string("left to review").unwrap();
    session.exp_eof().unwrap();
    let left = project.pending();
    assert_eq!(left.len(), before.len() - 2);
    assert!(!left.contains(&accepted) && !left.contains(&rejected));
    assert!(left.contains(&skipped) && left.contains(&quit));
    let tier_of = |name: &str| fs::read_to_string(file(name, ".snap")).unwrap();
    assert_ne!(tier_of(&accepted), tier_of(&rejected));
    let again = project.brag(&["test", "bgsw", "--filter", accepted.trim_start_matches("bgsw__"), "--format", "json"]);
    assert!(again.out.contains("\"pending\": 0"), "{}", again.out);

    let mut resumed = review(&project);
    assert_eq!(press(&mut resumed, 1, "q"), skipped, "it goes on where it stopped");
    resumed.exp_eof().unwrap();
}

#[test]
fn all_of_a_cause_are_accepted_at_once() {
    let project = project();
    let listed = project.brag(&["review", "--list"]).out;
    let causes: Vec<&str> = listed.lines().map(|line| line.split_whitespace().nth(1).unwrap()).collect();
    let first = causes.windows(2).position(|pair| pair[0] == pair[1]).unwrap();
    let cause = causes[first];
    let of_cause = causes.iter().filter(|one| **one == cause).count();
    assert!(of_cause < causes.len(), "another cause stays: {listed}");
    let mut session = review(&project);
    (1..=first).for_each(|number| drop(press(&mut session, number, "s")));
    press(&mut session, first + 1, "A");
    if first + of_cause < causes.len() {
        press(&mut session, first + of_cause + 1, "q");
    }
    session.exp_eof().unwrap();
    assert_eq!(project.pending().len(), causes.len() - of_cause);
    assert!(!project.brag(&["review", "--list"]).out.contains(&format!("  {cause}  ")));
}

#[test]
fn an_interrupt_keeps_what_was_decided() {
    let project = project();
    let before = project.pending();
    let mut session = review(&project);
    let accepted = press(&mut session, 1, "a");
    press(&mut session, 2, "\u{3}");
    session.exp_eof().unwrap();
    let left = project.pending();
    assert_eq!(left.len(), before.len() - 1);
    assert!(!left.contains(&accepted));
    let stray: Vec<_> = fs::read_dir(project.path("snapshots"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with('.'))
        .collect();
    assert!(stray.is_empty(), "{stray:?}");
}

#[test]
fn without_a_terminal_it_says_what_to_type() {
    let project = project();
    let shown = project.brag(&["review"]);
    assert_eq!(shown.code, 1);
    assert!(shown.out.contains("brag review --accept 'bgsw:"), "{}", shown.out);
    let json: serde_json::Value =
        serde_json::from_str(&project.brag(&["review", "--list", "--format", "json"]).out).unwrap();
    assert_eq!(json.as_array().unwrap().len(), project.pending().len());
    assert!(json[0]["cause"]["saw"].is_array() && json[0]["new_tier"].is_string());
    let unknown = project.brag(&["review", "--accept", "no-such"]);
    assert_eq!(unknown.code, 3);
    let all = project.pending().len();
    assert_eq!(project.brag(&["review", "--reject"]).out, format!("{all} rejected, 0 left\n"));
    assert!(project.pending().is_empty());
    assert_eq!(project.brag(&["review"]).out, "nothing to review\n");
}
