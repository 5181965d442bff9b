//! Compares whole runs over a book of JSON lines: brag's, and the same decision hard-coded.

use brag::case::Case;
use brag_peers::{
    book::{can_be_decided, made_up},
    pipeline,
    processes::{Program, Spent, run},
    range::Frame,
    timing::{median, ratio},
};
use clap::{Parser, Subcommand};
use jiff::civil::{Date, date};
use serde_json::Value;
use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// The date of the answers; the hard-coded numbers are those in force then.
const ON: Date = date(2019, 5, 20);

/// Whole runs over a book of JSON lines: read, decide, write.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Run brag and the hard-coded pipeline in turns, and print the table.
    Compare(Compare),
    /// Run the hard-coded pipeline alone.
    Run(Run),
}

#[derive(Debug, clap::Args)]
struct Compare {
    /// The program, as `cargo build --release` in the repository makes it.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/release/brag"))]
    brag: PathBuf,
    /// How many cases.
    #[arg(long, default_value_t = 250_000)]
    cases: usize,
    /// Seed of the cases.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many runs of each, in turns.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Threads of each.
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// An empty or new folder for the book and the answers; they are left there.
    #[arg(long)]
    folder: PathBuf,
    /// Further options for brag; without any the policy of quality flags is left out, as it is of the hard-coded rules.
    #[arg(last = true)]
    options: Vec<String>,
}

#[derive(Debug, clap::Args)]
struct Run {
    /// The book.
    book: PathBuf,
    /// Where the answers go.
    #[arg(short)]
    out: PathBuf,
    /// How many threads.
    #[arg(long, default_value_t = 2)]
    threads: usize,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().what {
        What::Compare(compare) => self::compare(&compare),
        What::Run(run) => pipeline::run(&run.book, &run.out, ON, run.threads),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn compare(arguments: &Compare) -> Result<(), String> {
    let folder = &arguments.folder;
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let book = folder.join("book.jsonl");
    write_book(&book, arguments).map_err(|error| format!("{}: {error}", book.display()))?;
    let programs = programs(arguments, &book)?;
    let mut spent: Vec<Vec<Spent>> = vec![Vec::new(); programs.len()];
    for _ in 0..arguments.runs {
        for (program, spent) in programs.iter().zip(&mut spent) {
            spent.push(run(program)?);
        }
    }
    same_tiers(&folder.join("hard-coded.jsonl"), &folder.join("brag.jsonl"))?;
    println!(
        "{} cases (seed {}), {} threads, {} runs in turns; the same tier in every line\n",
        arguments.cases, arguments.seed, arguments.threads, arguments.runs
    );
    print!("{}", table(&programs, &spent));
    Ok(())
}

fn write_book(path: &Path, arguments: &Compare) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    let frame = Frame::hard_coded(ON);
    for case in made_up(arguments.seed, ON).cases().take(arguments.cases) {
        let case = case.to_string();
        if Case::quick_json(&case).is_some_and(|case| can_be_decided(&case, &frame)) {
            writeln!(out, "{case}")?;
        }
    }
    out.flush()
}

fn programs(arguments: &Compare, book: &Path) -> Result<[Program; 2], String> {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let threads = arguments.threads.to_string();
    let answers = |name: &str| arguments.folder.join(name).into_os_string();
    let hard_coded =
        ["run".into(), book.into(), "-o".into(), answers("hard-coded.jsonl"), "--threads".into(), (&threads).into()];
    let mut brag =
        vec!["assess".into(), book.into(), "--policy".into(), "bgsw".into(), "--on".into(), ON.to_string().into()];
    brag.extend([
        "--format".into(),
        "jsonl".into(),
        "-o".into(),
        answers("brag.jsonl"),
        "--threads".into(),
        threads.into(),
    ]);
    match arguments.options.as_slice() {
        [] => brag.extend(["--without".into(), "assessment-quality".into()]),
        options => brag.extend(options.iter().map(Into::into)),
    }
    Ok([
        Program { name: "hard-coded Rust", file: this, arguments: hard_coded.to_vec() },
        Program { name: "brag", file: arguments.brag.clone(), arguments: brag },
    ])
}

/// Whether both wrote the same references and tiers, line by line.
fn same_tiers(one: &Path, other: &Path) -> Result<(), String> {
    let lines = |path: &Path| {
        let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok::<_, String>(BufReader::new(file).lines())
    };
    let (mut ones, mut others) = (lines(one)?, lines(other)?);
    for number in 1_usize.. {
        let parts = match (ones.next(), others.next()) {
            (None, None) => return Ok(()),
            (Some(Ok(one)), Some(Ok(other))) => [parts(&one)?, parts(&other)?],
            _ => return Err(format!("line {number} is there only once, or cannot be read")),
        };
        let [one, other] = parts;
        if one != other {
            return Err(format!("line {number} differs: {one:?} and {other:?}"));
        }
    }
    Ok(())
}

fn parts(line: &str) -> Result<[Value; 2], String> {
    let answer: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    Ok(["crn", "tier"].map(|name| answer.get(name).cloned().unwrap_or_default()))
}

fn table(programs: &[Program], spent: &[Vec<Spent>]) -> String {
    let mut out = format!("{:<16} {:>10} {:>18} {:>10} {:>12}\n", "", "wall s", "min..max", "cpu s", "peak MiB");
    let column = |runs: &[Spent], what: fn(&Spent) -> f64| runs.iter().map(what).collect::<Vec<_>>();
    for (program, runs) in programs.iter().zip(spent) {
        let wall = column(runs, |one| one.wall);
        let least = wall.iter().copied().fold(f64::INFINITY, f64::min);
        let most = wall.iter().copied().fold(0.0, f64::max);
        out += &format!(
            "{:<16} {:>10.2} {:>18} {:>10.2} {:>12.1}\n",
            program.name,
            median(&wall),
            format!("{least:.2}..{most:.2}"),
            median(&column(runs, |one| one.cpu)),
            median(&column(runs, |one| one.peak)),
        );
    }
    if let [limit, brag] = spent {
        let to = |what: fn(&Spent) -> f64| ratio(&column(brag, what), &column(limit, what));
        out += &format!(
            "{:<16} {:>10.2} {:>18} {:>10.2} {:>12.2}\n",
            "ratio",
            to(|one| one.wall),
            "",
            to(|one| one.cpu),
            to(|one| one.peak)
        );
    }
    out
}
