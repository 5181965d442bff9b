//! `brag serve`: the verbs over HTTP, for other programs and for a browser on this machine.

use crate::{
    authoring::made_up::made_up,
    cli::{
        Run,
        batch::Batch,
        case_files::Cases,
        global::{Global, read_file},
        policy_choice::{self, Choice},
        terminal::Terminal,
        usage, variables, verb_of,
    },
    decision::decide::CaseFile,
    error::{Error, Exit},
    policy::source::Shelf,
    policy::vocabulary::Vocabulary,
    serve::{
        Ran, Server, Verbs,
        as_of::AsOf,
        book::Book,
        tls::{Pem, acceptor},
        workbench::Workbench,
    },
};
use clap::{Arg, Args, Command, CommandFactory};
use std::{
    io::{self, Read, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

/// The verbs over HTTP. It listens on this machine alone; beyond it only where both `--listen` and a token say so, and then it
/// speaks TLS, or belongs behind a proxy that does.
#[derive(Debug, Args)]
#[command(
    mut_arg("named", |book| book.long("book").value_name("FILE").required(false).help(BOOK)),
    mut_args(about_the_book)
)]
pub struct Serve {
    #[command(flatten)]
    book: Cases,
    /// The port; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 8460)]
    port: u16,
    /// The address to listen on [default: 127.0.0.1]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<IpAddr>,
    /// A file with the token that every request must bring; or set `BRAG_TOKEN` to the token itself
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// The certificate to speak TLS with, the server's own and the chain behind it, in PEM
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The private key of that certificate, in PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Open the workbench in the browser
    #[arg(long)]
    open: bool,
}

const BOOK: &str = "The cases that an edit is tried on in the workbench: files or folders as for `assess` [default: 1000 that are made up]";
/// What is said of the cases of `--book` counts for no request, and for nothing without them.
fn about_the_book(option: Arg) -> Arg {
    let all = Cases::augment_args(Command::new("serve"));
    let is_of_cases = option.get_id() != "named" && all.get_arguments().any(|one| one.get_id() == option.get_id());
    if is_of_cases { option.requires("named") } else { option }
}

/// Made-up cases that an edit is tried on.
const MADE_UP: usize = 1_000;

/// The shortest token, in letters.
const SHORTEST: usize = 16;
/// How long an answer of the workbench may take.
const LONGEST: Duration = Duration::from_secs(120);

impl Run for Serve {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        if global.show_values {
            return Ok(usage("--show-values: no message over HTTP shows a value of a case", terminal));
        }
        let unheeded = variables::of_other_verbs(&super::Cli::command(), "serve");
        if !unheeded.is_empty() {
            let said = "count for no request, which says such things itself";
            terminal.warn(&format!("variables that {said}: {}", unheeded.join(", ")));
        }
        let token = self.token()?;
        let address = self.listen.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        if !address.is_loopback() && token.is_none() {
            let help = "give a token too: `--token-file FILE`, or `BRAG_TOKEN`";
            return Err(Error::input(format!("--listen {address}"), "is beyond this machine").with_help(help));
        }
        let tls = self.tls()?;
        if !address.is_loopback() && tls.is_none() {
            let help = "give `--tls-cert` and `--tls-key`, or put a proxy before it that speaks TLS";
            terminal.warn(&format!("the token and the cases go over the network as they are: {help}"));
        }
        let choice = policy_choice::named(global.policy.as_deref())?;
        // A policy that cannot be run is said now, and not to whoever asks first. One that can be written is put right in the workbench.
        let known = match policy_choice::load(global, &[], terminal) {
            Err(wrong @ Error::Policy { .. }) if matches!(choice.shelf, Shelf::Folder(_)) => {
                terminal.complain(&wrong);
                terminal.warn("nothing is answered under this policy until it is put right: the workbench can do that");
                Vocabulary::default()
            }
            policy => policy?.vocabulary(),
        };
        let verbs = CommandLine { policy: word(&choice), given: global.words() };
        let server = Server::bind(SocketAddr::new(address, self.port), Arc::new(verbs), token)?;
        let server = server.enciphered(tls).with(self.bench(choice, &known, global, terminal)?);
        let (stop, stopped) = watch::channel(false);
        // Whoever asks a second time does not want to wait.
        let _ = ctrlc::set_handler(move || {
            if stop.send_replace(true) {
                std::process::exit(i32::from(Exit::Interrupted.code()));
            }
        });
        let shown = server.address().unwrap_or_default();
        terminal.answer(format!("listening on {shown}\n"))?;
        if self.open {
            open(&shown, terminal);
        }
        let quiet = global.quiet;
        server.run(
            stopped,
            Box::new(move |line| {
                if !quiet {
                    // Nothing useful can be done about a closed standard error.
                    let _ = writeln!(io::stderr(), "{line}");
                }
            }),
        )?;
        Ok(Exit::Done)
    }
}

/// Opens a page in the browser of whoever started the server.
fn open(page: &str, terminal: &mut Terminal) {
    let opener = match std::env::consts::OS {
        "windows" => "explorer",
        "macos" => "open",
        _ => "xdg-open",
    };
    if std::process::Command::new(opener).arg(page).spawn().is_err() {
        terminal.say(&format!("no browser can be opened here: open {page}"));
    }
}

impl Serve {
    /// A policy to edit, and the cases that an edit is tried on.
    fn bench(
        &self,
        choice: Choice,
        known: &Vocabulary,
        global: &Global,
        terminal: &mut Terminal,
    ) -> Result<Option<Workbench>, Error> {
        let root = match choice.shelf {
            Shelf::Commit(_) => return Ok(None),
            Shelf::Shipped => None,
            Shelf::Folder(root) => Some(root),
        };
        let days = global.working_days()?;
        let book = if self.book.any() {
            read(&self.book, "the book", known, global, terminal)?
        } else {
            let cases = made_up(1, brag_made_up::DATE, days.clone(), Some(&known.tiers)).take(MADE_UP);
            let text = cases.fold(String::new(), |text, case| text + case.to_string().as_str() + "\n");
            let mut terminal = Terminal::of_program(Box::new(io::Cursor::new(text)), Box::new(io::sink()));
            read(&self.book.of_standard_input(), "a made-up book", known, global, &mut terminal)?
        };
        let global = global.clone();
        let as_of = Box::new(move || {
            let mut global = global.clone();
            global.settle()?;
            Ok(AsOf { on: global.on, law: global.law, today: global.today() })
        });
        Ok(Some(Workbench { root, name: choice.name, days, as_of, book, longest: LONGEST }))
    }

    fn tls(&self) -> Result<Option<TlsAcceptor>, Error> {
        let pem = |path: &PathBuf| Ok::<_, Error>(Pem { file: path.display().to_string(), bytes: read_file(path)? });
        let Some((certificate, key)) = self.tls_cert.as_ref().zip(self.tls_key.as_ref()) else { return Ok(None) };
        acceptor(&pem(certificate)?, &pem(key)?).map(Some)
    }

    fn token(&self) -> Result<Option<String>, Error> {
        let (from, token) = match &self.token_file {
            Some(path) => {
                let text = String::from_utf8(read_file(path)?);
                let invalid = |_| Error::input(path.display().to_string(), "is not text in UTF-8");
                (path.display().to_string(), Some(text.map_err(invalid)?.trim().to_owned()))
            }
            None => ("BRAG_TOKEN".to_owned(), variables::value("token").map(|token| token.trim().to_owned())),
        };
        let help = "take one that nobody guesses, such as what `openssl rand -hex 32` writes";
        match token {
            Some(token) if !token.bytes().all(|letter| matches!(letter, b' '..=b'~')) => {
                let said = "a token is one line of ASCII letters, digits and signs: no header could bring this one";
                Err(Error::input(from, said).with_help(help))
            }
            Some(token) if token.len() < SHORTEST => {
                Err(Error::input(from, format!("a token has at least {SHORTEST} letters")).with_help(help))
            }
            token => Ok(token),
        }
    }
}

/// Reads the cases of a book, and keeps them.
fn read(
    cases: &Cases,
    called: &str,
    known: &Vocabulary,
    global: &Global,
    terminal: &mut Terminal,
) -> Result<Book, Error> {
    let (mut kept, mut failed) = (Vec::new(), 0);
    Batch::of(cases, known, global, terminal)?.run(
        terminal,
        || (),
        // Where each value stands in its file is of no use to an edit.
        |(), read, _| Ok(CaseFile { document: None, ..read.file.clone() }),
        |_, outcome, _| {
            match outcome {
                Ok(case) => kept.push(case),
                Err(_) => failed += 1,
            }
            Ok(())
        },
    )?;
    if kept.is_empty() {
        return Err(cases.nothing());
    }
    Ok(Book::new(called.to_owned(), kept, failed))
}

/// The verbs as the command line has them.
struct CommandLine {
    policy: String,
    /// What the server was told for every request.
    given: Vec<String>,
}

impl Verbs for CommandLine {
    fn run(&self, words: &[String], input: Box<dyn Read + Send>, output: Box<dyn Write + Send>) -> Ran {
        let asked = |word: &&String| {
            let option = word.split('=').next().unwrap_or_default();
            !words.iter().any(|word| word.split('=').next() == Some(option))
        };
        let words = words.iter().chain(self.given.iter().filter(asked));
        let mut cli = match super::parsed(Self::parser(), words) {
            Ok(cli) => cli,
            Err(said) => return Ran { is_whole: false, usage: Some(said.to_string()), ..Ran::of(Exit::Usage) },
        };
        let mut terminal = Terminal::of_program(input, output);
        let ended = cli.global.settle().and_then(|()| verb_of(&cli).run(&cli.global, &mut terminal));
        let is_whole = ended.is_ok();
        let exit = ended.unwrap_or_else(|error| {
            terminal.complain(&error);
            error.exit()
        });
        let usage = terminal.usage.map(|said| said.to_string());
        Ran { exit, complaints: terminal.complaints, warnings: terminal.warnings, is_whole, usage }
    }

    fn command(&self) -> Command {
        Self::parser()
    }

    fn policy(&self, name: Option<&str>) -> String {
        let Some(name) = name else { return self.policy.clone() };
        let beside = policy_choice::named(Some(&self.policy)).map(|served| Choice { name: name.to_owned(), ..served });
        let beside = beside.ok().filter(|choice| choice.shelf.names().contains(&choice.name));
        beside.map_or_else(|| name.to_owned(), |choice| word(&choice))
    }
}

impl CommandLine {
    /// The variables of the environment are those of whoever started the server, and no part of a request.
    fn parser() -> Command {
        super::Cli::command()
    }
}

/// The word that names a policy on a command line.
fn word(choice: &Choice) -> String {
    match &choice.shelf {
        Shelf::Shipped => choice.name.clone(),
        Shelf::Folder(root) => root.join(&choice.name).display().to_string(),
        Shelf::Commit(_) => choice.shelf.shown(&choice.name),
    }
}
