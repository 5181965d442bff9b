//! A long answer at a terminal, which `script` stands for: in the pager that is named, and only where it does not fit.

use crate::program::{Program, brag};
use std::process::Command;

/// What somebody sees at a terminal of 24 lines; `[` and `]` stand around what a pager showed.
fn seen(command: &str, pager: &str) -> String {
    let program = brag().get_program().to_string_lossy().into_owned();
    let mut terminal = Command::new("script");
    terminal.args(["-qec", &format!("stty rows 24 cols 80; '{program}' {command}"), "/dev/null"]);
    let ran = terminal.env("BRAG_PAGER", pager).env("BRAG_COLOR", "never").output().unwrap();
    String::from_utf8(ran.stdout).unwrap().replace('\r', "")
}

const MARKED: &str = "echo '['; cat; echo ']'";

#[test]
#[cfg(target_os = "linux")]
fn what_does_not_fit_on_the_terminal_is_shown_a_page_at_a_time() {
    let long = seen("show params --on 2019-05-20", MARKED);
    assert!(long.starts_with("[\nNumbers of bgsw on 20 May 2019\n") && long.ends_with("]\n"), "{long}");
    let short = seen("show params ogrs3_bands --on 2019-05-20", MARKED);
    assert!(short.starts_with("Numbers of bgsw on 20 May 2019\n") && !short.contains("]\n"), "{short}");
    // Whoever wants none has the whole at once, and a pager that is left early is no error.
    let whole = seen("show params --on 2019-05-20", "cat");
    assert_eq!(format!("[\n{whole}]\n"), long);
    assert_eq!(seen("show params --on 2019-05-20", "head -n 1"), "Numbers of bgsw on 20 May 2019\n");
    // What goes to a program or a file is nothing to leaf through.
    let ran = Program::new().variable("BRAG_PAGER", MARKED).run("show params --on 2019-05-20");
    assert!(ran.stdout.starts_with("Numbers of bgsw on 20 May 2019\n"), "{}", ran.stdout);
}
