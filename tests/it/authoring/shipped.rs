//! The shipped policies: every worked case of each comes out as it says and as was accepted.

use brag::{
    authoring::{snapshot, worked},
    calendar::WorkingDays,
    decision::assessor::Assessor,
    policy::{Policy, source::Shelf},
};
use std::path::Path;

/// `cargo insta` sees here what `brag test` and `brag review` see.
#[test]
fn worked_cases() {
    let shelf = Shelf::Folder(Path::new(env!("CARGO_MANIFEST_DIR")).join("policies"));
    let days = WorkingDays::shipped();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    let _bound = settings.bind_to_scope();
    let mut wrong = Vec::new();
    for name in shelf.names() {
        let policy = Policy::that_runs(&shelf, &name).unwrap();
        let cases = worked::all(&shelf, &name).unwrap();
        assert!(!cases.is_empty(), "{name} has no worked case");
        for case in cases {
            let answer = case
                .run(&mut Assessor::new(&policy), None, &days)
                .unwrap_or_else(|error| panic!("{}: {error}", case.file));
            assert!(answer.expect.is_some(), "{} says nothing of what must come out", case.file);
            wrong.extend(answer.held(&policy).wrong.into_iter().map(|one| (case.snapshot_name(), one)));
            insta::assert_snapshot!(case.snapshot_name(), snapshot::text(&answer));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
