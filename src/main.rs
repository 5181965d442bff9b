//! Hands the arguments over to [`brag::cli::run`].

use std::process::ExitCode;

fn main() -> ExitCode {
    brag::cli::run(std::env::args_os())
}
