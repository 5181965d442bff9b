//! A run that is stopped and goes on, many times: the same bytes as one that is not.

use crate::{cases::made_up, draw::many};
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

fn assess(book: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_brag"));
    command.args(["assess", "--format", "jsonl", "--on", "2019-05-20"]).arg(book).env("COLUMNS", "100");
    command
}

/// Sends a signal to a process, by the program that every such system has.
fn signal(name: &str, process: u32) {
    let sent = Command::new("kill").args([&format!("-{name}"), &process.to_string()]).stderr(Stdio::null()).status();
    // It may have ended by itself just before.
    drop(sent);
}

#[test]
#[cfg(unix)]
fn a_run_that_is_stopped_many_times_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book.jsonl");
    let lines: String = made_up(5, many(400, 20_000)).iter().map(|(_, case)| format!("{case}\n")).collect();
    fs::write(&book, lines).unwrap();
    let whole = assess(&book).output().unwrap();
    assert!(!whole.stdout.is_empty(), "{}", String::from_utf8_lossy(&whole.stderr));
    let mut stops = 0;
    for _ in 0..many(3, 10) {
        let mut child = assess(&book).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let id = child.id();
        let stopping = thread::spawn(move || {
            let mut stopped = 0;
            for _ in 0..20 {
                signal("STOP", id);
                thread::sleep(Duration::from_millis(3));
                signal("CONT", id);
                thread::sleep(Duration::from_millis(4));
                stopped += 1;
            }
            stopped
        });
        // What it writes is taken up while it runs: otherwise it would wait for a reader.
        let mut output = child.stdout.take().unwrap();
        let mut written = Vec::new();
        std::io::Read::read_to_end(&mut output, &mut written).unwrap();
        stops += stopping.join().unwrap();
        let ended = child.wait().unwrap();
        assert_eq!(ended.code(), whole.status.code());
        assert!(written == whole.stdout, "{} bytes of {}", written.len(), whole.stdout.len());
    }
    println!("stopped {stops} times");
}
