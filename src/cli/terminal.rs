//! The terminal that a verb speaks to: its answer, and what it says beside it.

use crate::{
    cli::{
        drawn::Drawn,
        global::{Color, Global},
        pager::Pager,
    },
    error::{Error, Exit},
    policy::source::plain,
    report::{shown::lines, width::fit},
};
use anstream::{AutoStream, ColorChoice, adapter::strip_bytes};
use std::{
    io::{self, IsTerminal, Read, Write},
    sync::{Mutex, PoisonError},
};

/// Most things said beside an answer that are kept for another program.
const WARNINGS: usize = 20;

/// The streams of the terminal, or what stands for them where another program asks.
#[expect(clippy::struct_excessive_bools, reason = "each is one switch of the command line")]
pub struct Terminal {
    out: Answers,
    /// What shows an answer a page at a time, where it does not fit.
    pager: Option<Pager>,
    /// Nowhere, where another program asks: it is given what would be said there.
    err: Option<AutoStream<io::Stderr>>,
    /// What stands for standard input.
    input: Mutex<Option<Box<dyn Read + Send>>>,
    /// What was complained of, where nothing is drawn of it.
    pub complaints: Vec<Error>,
    /// What else was said there.
    pub warnings: Vec<String>,
    /// What is wrong with the words of the command line, where nothing is drawn of it either.
    pub usage: Option<clap::Error>,
    show_values: bool,
    colored_errors: bool,
    quiet: bool,
    verbose: bool,
    /// Whether somebody may wait for the next answer before they write a further case.
    pub is_waited_for: bool,
    /// What is said after the next error.
    after: Option<String>,
}

/// Where answers go.
enum Answers {
    /// Standard output.
    Screen(AutoStream<io::Stdout>),
    /// To another program, without colours.
    Program(Box<dyn Write + Send>),
}

impl Terminal {
    /// What stands for a terminal where another program asks: its input, and where it wants the answers. What is said beside them is
    /// kept for it.
    #[cfg_attr(not(feature = "serve"), expect(dead_code, reason = "only `brag serve` answers programs"))]
    pub fn of_program(input: Box<dyn Read + Send>, answers: Box<dyn Write + Send>) -> Self {
        Self {
            out: Answers::Program(answers),
            pager: None,
            err: None,
            input: Mutex::new(Some(input)),
            complaints: Vec::new(),
            warnings: Vec::new(),
            usage: None,
            show_values: false,
            colored_errors: false,
            quiet: true,
            verbose: false,
            is_waited_for: false,
            after: None,
        }
    }

    /// The terminal as the command line wants it.
    pub fn new(global: &Global) -> Self {
        let choice = match global.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::AlwaysAnsi,
            Color::Never => ColorChoice::Never,
        };
        let err = AutoStream::new(io::stderr(), choice);
        let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
        let seen = || console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns));
        said.or_else(seen).into_iter().for_each(fit);
        Self {
            out: Answers::Screen(AutoStream::new(io::stdout(), choice)),
            pager: None,
            colored_errors: !matches!(err.current_choice(), ColorChoice::Never),
            err: Some(err),
            input: Mutex::new(None),
            complaints: Vec::new(),
            warnings: Vec::new(),
            usage: None,
            show_values: global.show_values,
            quiet: global.quiet,
            verbose: global.verbose,
            is_waited_for: false,
            after: None,
        }
    }

    /// Says that the words of the command line are none that it takes.
    pub fn refuse(&mut self, said: clap::Error) -> Exit {
        if self.err.is_some() {
            // A closed standard error is nobody's fault.
            let _ = said.print();
        } else {
            self.usage = Some(said);
        }
        Exit::Usage
    }

    /// From here on an answer that is longer than the terminal is high is shown a page at a time.
    pub fn page(&mut self) {
        self.pager = Pager::at_terminal();
    }

    /// Shows what is left to show.
    pub fn end(&mut self) {
        if let (Some(pager), Answers::Screen(out)) = (self.pager.take(), &mut self.out) {
            // Nobody is left to tell of a terminal that is gone.
            let _ = pager.end(out);
        }
    }

    /// Writes a part of the result that is text for people.
    ///
    /// # Errors
    ///
    /// When standard output cannot be written. A reader that has seen enough is no error: the run ends there, quietly.
    pub fn answer(&mut self, text: impl AsRef<[u8]>) -> Result<(), Error> {
        let text = lines(text.as_ref());
        written(match (&mut self.out, &mut self.pager) {
            (Answers::Screen(out), Some(pager)) if matches!(out.current_choice(), ColorChoice::Never) => {
                pager.write(&strip_bytes(&text).into_vec(), out)
            }
            (Answers::Screen(out), Some(pager)) => pager.write(&text, out),
            (Answers::Screen(out), None) => out.write_all(&text).and_then(|()| out.flush()),
            (Answers::Program(out), _) => out.write_all(&strip_bytes(&text).into_vec()).and_then(|()| out.flush()),
        })
    }

    /// Writes a part of the result that is data for programs, byte by byte as it is.
    ///
    /// # Errors
    ///
    /// As [`Terminal::answer`].
    pub fn data(&mut self, data: &[u8]) -> Result<(), Error> {
        let write = |out: &mut dyn Write| out.write_all(data).and_then(|()| out.flush());
        written(match &mut self.out {
            Answers::Screen(_) => write(&mut io::stdout().lock()),
            Answers::Program(out) => write(out),
        })
    }

    /// Says whether another program that asked still waits, before anything is written to it.
    ///
    /// # Errors
    ///
    /// When it is gone: the run ends there, quietly.
    pub fn still_asked(&mut self) -> Result<(), Error> {
        match &mut self.out {
            Answers::Screen(_) => Ok(()),
            Answers::Program(out) => written(out.flush()),
        }
    }

    /// What is read for `-`.
    pub fn input(&self) -> Box<dyn Read + Send> {
        let input = self.input.lock().unwrap_or_else(PoisonError::into_inner).take();
        input.unwrap_or_else(|| Box::new(io::stdin()))
    }

    /// Whether somebody watches standard error and wants to hear of more than errors.
    pub fn is_watched(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Says something about errors, however quiet the run is to be.
    pub fn warn(&mut self, text: &str) {
        if self.err.is_none() && self.warnings.len() < WARNINGS {
            self.warnings.push(text.to_owned());
        }
        if let Some(err) = &mut self.err {
            let text = lines(text.as_bytes());
            // Nothing useful can be done about a closed standard error.
            let _ = err.write_all(&text).and_then(|()| err.write_all(b"\n"));
        }
    }

    /// Says something after the next error that is drawn.
    pub fn say_after_error(&mut self, text: Option<String>) {
        self.after = text;
    }

    /// Says something beside the result.
    pub fn say(&mut self, text: &str) {
        if !self.quiet || self.err.is_none() {
            self.warn(text);
        }
    }

    /// Says something that only a curious user wants to hear.
    pub fn whisper(&mut self, text: &str) {
        if self.verbose {
            self.say(text);
        }
    }

    /// A finding as it is drawn among results.
    pub fn drawn(&self, drawing: &Drawn) -> String {
        let colored = matches!(&self.out, Answers::Screen(out) if !matches!(out.current_choice(), ColorChoice::Never));
        drawn(drawing, colored).unwrap_or_else(|| format!("{drawing}\n"))
    }

    /// Draws an error.
    pub fn complain(&mut self, error: &Error) {
        if matches!(error, Error::ReaderGone) {
            return;
        }
        if self.err.is_none() {
            self.complaints.push(error.clone());
            return;
        }
        for fault in error.each() {
            self.draw(&Drawn::new(&fault, self.show_values));
        }
        if error.uncounted() > 0 {
            self.warn(&format!("{} more faults in this case", error.uncounted()));
        }
        if let Some(after) = self.after.take() {
            self.warn(&after);
        }
    }

    /// Says what is wrong with so many cases, and where the first of them has it.
    pub fn complain_of_many(&mut self, first: &Error, cases: usize) {
        if self.err.is_none() {
            return self.complain(first);
        }
        self.draw(&Drawn::of_many(first, cases));
    }

    /// Draws something on standard error.
    fn draw(&mut self, drawing: &Drawn) {
        let text = drawn(drawing, self.colored_errors).unwrap_or_else(|| drawing.to_string());
        self.warn(text.trim_end());
    }
}

/// A drawing as text; nothing where it cannot be drawn.
fn drawn(drawing: &Drawn, colored: bool) -> Option<String> {
    let theme = if colored { miette::GraphicalTheme::unicode() } else { miette::GraphicalTheme::unicode_nocolor() };
    let handler = miette::GraphicalReportHandler::new_themed(theme).with_links(false).with_width(100);
    let mut text = String::new();
    handler.render_report(&mut text, drawing).ok().map(|()| text)
}

fn written(result: io::Result<()>) -> Result<(), Error> {
    match result {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Error::ReaderGone),
        Err(error) => Err(Error::Input {
            file: "standard output".to_owned(),
            message: format!("cannot be written: {}", plain(&error)),
            help: None,
        }),
    }
}
