//! Whichever call of the system fails, nothing is half and nothing is lost. A shim that is loaded before the system's library
//! makes the n-th of a kind fail, for every n.
#![cfg(target_os = "linux")]

use super::work::Work;
use crate::program::{self, Ran};
use std::{path::PathBuf, sync::OnceLock};

/// The shim, where there is a compiler of C to build it.
fn shim() -> Option<&'static PathBuf> {
    static SHIM: OnceLock<Option<PathBuf>> = OnceLock::new();
    SHIM.get_or_init(|| program::shim("outputs/nth_fault.c")).as_ref()
}

/// Makes each call of a kind fail in each run that writes; gives how many.
fn every_one(call: &str) -> usize {
    let Some(shim) = shim() else {
        return usize::MAX;
    };
    let mut count = 0;
    for work in Work::all() {
        for at in 1.. {
            let program = work.program();
            let marks = tempfile::tempdir().unwrap();
            let done = marks.path().join("done");
            let mut command = program.command(&work.arguments);
            command.env("LD_PRELOAD", shim).env("FAULT_CALL", call).env("FAULT_AT", at.to_string());
            command.env("FAULT_IN", program.folder().canonicalize().unwrap()).env("FAULT_DONE", &done);
            let ran = Ran::of(command.output().unwrap());
            let what = format!("{:?}, {call} {at}:\n{}", work.arguments, ran.whole());
            let mut damage = work.damage(program.folder());
            // A case that cannot be read has its error in the answers, which are whole.
            damage.retain(|name| !(ran.stderr.contains("case.yaml: cannot be read") && name.contains(".csv")));
            assert_eq!(damage, Vec::<String>::new(), "{what}");
            if !done.exists() {
                assert_eq!(ran.code, 0, "{what}");
                break;
            }
            // What cannot be taken away may stay: then the run did what was asked for.
            if call != "unlink" || ran.code != 0 {
                assert_eq!(ran.code, 3, "{what}");
                let named =
                    ["case.yaml", "old.csv", "new.csv.gz", "new.yaml", "made.jsonl", "trial", "boundary-", "north"];
                assert!(named.iter().any(|name| ran.stderr.contains(name)), "{what}");
            }
            work.mend(&program);
            count += 1;
        }
    }
    println!("{count} times {call}");
    count
}

#[test]
fn files_that_cannot_be_opened() {
    assert!(every_one("open") > 20);
}

#[test]
fn reads_that_fail() {
    assert!(every_one("read") > 20);
}

#[test]
fn writes_that_fail() {
    assert!(every_one("write") > 6);
}

#[test]
fn files_that_cannot_be_made_sure_of() {
    assert!(every_one("fsync") > 6);
}

#[test]
fn renames_that_fail() {
    assert!(every_one("rename") > 6);
}

#[test]
fn files_that_cannot_be_removed_or_given_their_mode() {
    assert!(every_one("unlink") > 0 && every_one("fchmod") > 0);
}
