//! `cargo xtask …`: the one door to every tool of this repository.
//!
//! It depends on no other member and on one small crate, so that it compiles and runs on a fresh
//! machine before the system packages of the window, the scanner or the database build exist.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a tool for a person at a terminal: it talks to them and measures how long things took"
)]

mod args;
mod bench;
mod build;
mod demo;
mod fold;
mod json;
mod leak;
mod peers;
mod people;
mod picture;
mod programs;
mod requests;
mod rig;
mod run;
mod screen;
mod shots;
mod stop;
mod sys;
mod test;
mod tools;
mod torture;
mod types;

use std::process::ExitCode;

use stop::{Outcome, Stop};

const USAGE: &str = "\
cargo xtask COMMAND

  run   [--debug] [--once]             install what is missing, build, start a hub, open the window
                                       (--once: end after the first screenshot on a virtual screen)
  test  [--only rust|ui|window|demo]   everything a change must pass, the real window included
  demo  --out DIR [--input FILE.ndjson] [--dossiers N] [--debug]
                                       the main job through the real programs, without hands
  bench [AREA …]                       measure against the limits; exit 1 when one is broken
  torture NAME [--count N] [--seed N]  try to break what is promised, as often as it takes
  shots                                screenshots of every screen into docs/screenshots
  types                                write the TypeScript types of the command list into ui
";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    match dispatch(&command, words.collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            eprintln!("xtask {command}: {stop}");
            stop.exit_code()
        }
    }
}

fn dispatch(command: &str, rest: Vec<String>) -> Outcome {
    match command {
        "run" => run::run(rest),
        "test" => test::test(rest),
        "demo" => demo::demo(rest),
        "bench" => bench::bench(&rest),
        "shots" => shots::shots(rest),
        "types" => types::types(rest),
        "torture" => torture::torture(&rest),
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        _ => Err(Stop::Usage(format!("no such command\n\n{USAGE}"))),
    }
}
