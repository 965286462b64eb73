//! `motcua-desktop`: reads where the station lies and opens the window. It says nothing unless it
//! was called wrongly or the desktop gives it no screen.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::io::Write;
use std::process::ExitCode;

use desktop::{Counter, options};

/// See docs/adr/0013.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Told wrongly what to open.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let opening = match options::opening(std::env::args_os().skip(1), |name| std::env::var_os(name)) {
        Ok(opening) => opening,
        Err(unclear) => return fail(USAGE, &format!("{unclear:?}\n{}", options::USAGE)),
    };
    match desktop::run(Counter::new(opening)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => fail(1, &problem.to_string()),
    }
}

fn fail(code: u8, words: &str) -> ExitCode {
    // Nobody may be listening; the exit code says it as well.
    let _ = writeln!(std::io::stderr(), "motcua-desktop: {words}");
    ExitCode::from(code)
}
