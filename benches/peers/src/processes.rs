//! Runs programs as processes of their own, in turns, and measures each as a whole: wall clock, processor, peak memory.

use std::{
    ffi::OsString,
    path::PathBuf,
    process::{Command, Stdio},
    time::Instant,
};
use wait4::Wait4;

/// A program to run.
#[derive(Debug, Clone)]
pub struct Program {
    /// Its name in the table.
    pub name: &'static str,
    /// The file.
    pub file: PathBuf,
    /// What it is called with.
    pub arguments: Vec<OsString>,
}

/// What one run of a program took.
#[derive(Debug, Clone, Copy)]
pub struct Spent {
    /// Seconds by the clock on the wall.
    pub wall: f64,
    /// Seconds of processor, of the program and of the kernel for it.
    pub cpu: f64,
    /// Most memory at once, in mebibytes.
    pub peak: f64,
}

/// Runs a program to its end.
///
/// # Errors
///
/// When it cannot be started, or ends in failure.
pub fn run(program: &Program) -> Result<Spent, String> {
    let failed = |said: &str| format!("{} ({}): {said}", program.name, program.file.display());
    let began = Instant::now();
    let mut command = Command::new(&program.file);
    command.args(&program.arguments).stdin(Stdio::null()).stdout(Stdio::null());
    let mut child = command.spawn().map_err(|error| failed(&error.to_string()))?;
    let used = child.wait4().map_err(|error| failed(&error.to_string()))?;
    let wall = began.elapsed().as_secs_f64();
    if !used.status.success() {
        return Err(failed(&used.status.to_string()));
    }
    let cpu = (used.rusage.utime + used.rusage.stime).as_secs_f64();
    Ok(Spent { wall, cpu, peak: mebibytes(used.rusage.maxrss) })
}

#[expect(clippy::cast_precision_loss, reason = "no process has 2^52 bytes")]
fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
