//! Prints the table of ratios: the same decision, the same cases, the same checked answers, in several languages.

use brag_peers::{
    book::{Book, made_up},
    brag_peer::BragPeer,
    check::check,
    hard_coded::HardCoded,
    lua_peer::LuaPeer,
    peer::Peer,
    table::table,
    timing::time,
};
use clap::Parser;
use jiff::civil::{Date, date};
use std::process::ExitCode;

/// The date of the answers; the numbers of the peers are those in force then.
const ON: Date = date(2019, 5, 20);

/// The same bgsw decision in hard-coded Rust, LuaJIT and brag, on the same made-up cases.
#[derive(Debug, Parser)]
struct Arguments {
    /// How many cases.
    #[arg(long, default_value_t = 40_000)]
    cases: usize,
    /// Seed of the cases.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many timed runs of each peer, in turns.
    #[arg(long, default_value_t = 7)]
    runs: usize,
    /// The peers to leave out, by name.
    #[arg(long)]
    without: Vec<String>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let cases = made_up(arguments.seed, ON);
    let cases = cases.cases().take(arguments.cases);
    let book = Book::read(cases.map(|case| case.to_string()), ON)?;
    let mut peers: Vec<Box<dyn Peer>> = vec![
        Box::new(BragPeer::new()?),
        Box::new(HardCoded::on(ON)),
        Box::new(LuaPeer::new("LuaJIT", false)?),
        Box::new(LuaPeer::new("LuaJIT, jit on", true)?),
    ];
    peers.retain(|peer| !arguments.without.iter().any(|name| name == peer.name()));
    check(&mut peers, &book)?;
    let (all, complete) = (book.cases.len(), book.complete.len());
    println!("{all} cases (seed {}), {complete} of them complete: every peer gives brag's answer", arguments.seed);
    let whole: Vec<usize> = (0..all).collect();
    for (title, which) in [("Complete cases", &book.complete), ("The whole book", &whole)] {
        println!("\n{}", table(title, &time(&mut peers, &book, which, arguments.runs)?));
    }
    Ok(())
}
