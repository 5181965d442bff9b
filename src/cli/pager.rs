//! A pager: what people are to read and is longer than their terminal is high is shown a page at a time, as `git` does.

use std::{
    env,
    io::{self, Write},
    process::{Child, Command, Stdio},
};

/// The pager where no other is named: it ends by itself where all fits, and on Ctrl-C, keeps colours, and leaves the text on the screen.
const USUAL: &str = "if command -v less >/dev/null; then less -FRXK; else cat; fi";

/// An answer on its way to a reader at a terminal.
pub enum Pager {
    /// As long as it fits into so many lines.
    Held(usize, Vec<u8>),
    /// A page at a time.
    Pages(Child),
    /// At once, where there is no pager after all.
    Whole,
}

impl Pager {
    /// One for the terminal that answers go to; none where that is no terminal, or nobody wants a pager.
    pub fn at_terminal() -> Option<Self> {
        let (lines, _) = console::Term::stdout().size_checked()?;
        is_wanted(&named()).then(|| Self::Held(usize::from(lines), Vec::new()))
    }

    /// Takes a part of the answer; `out` is the terminal.
    ///
    /// # Errors
    ///
    /// When it cannot be written. A reader who has seen enough closes the pager.
    pub fn write(&mut self, part: &[u8], out: &mut impl Write) -> io::Result<()> {
        if let Self::Held(lines, held) = self {
            held.extend_from_slice(part);
            if memchr::memchr_iter(b'\n', held).count() < *lines {
                return Ok(());
            }
            let held = std::mem::take(held);
            *self = started().map_or(Self::Whole, Self::Pages);
            return self.write(&held, out);
        }
        match self {
            Self::Pages(Child { stdin: Some(pages), .. }) => pages.write_all(part),
            _ => out.write_all(part),
        }
    }

    /// Shows what was held, and waits until the reader has seen enough.
    ///
    /// # Errors
    ///
    /// As [`Pager::write`].
    pub fn end(self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Held(_, held) => out.write_all(&held),
            Self::Pages(mut child) => {
                drop(child.stdin.take());
                child.wait().map(drop)
            }
            Self::Whole => Ok(()),
        }
    }
}

fn named() -> String {
    ["BRAG_PAGER", "PAGER"].into_iter().find_map(|name| env::var(name).ok()).unwrap_or_else(|| USUAL.to_owned())
}

fn is_wanted(pager: &str) -> bool {
    cfg!(unix) && !matches!(pager.trim(), "" | "cat")
}

/// The pager, where it can be started. A variable may hold options too, so a shell reads it.
fn started() -> Option<Child> {
    Command::new("sh").args(["-c", &named()]).stdin(Stdio::piped()).spawn().ok()
}
