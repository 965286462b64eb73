//! `cargo xtask bench`: builds what people get and measures it; the measuring itself lives in the
//! program `bench` of the tests, whose table and exit code are passed on.

use std::process::Command;

use crate::args::Args;
use crate::build::{self, Profile};
use crate::stop::Outcome;
use crate::tools;
use crate::{peers, screen, sys};

/// `cargo xtask bench [AREA …]`.
pub fn bench(words: &[String]) -> Outcome {
    sys::ensure(&[sys::BUILD, sys::SCAN, sys::SCREEN, sys::CHECK])?;
    sys::node()?;
    build::measured()?;
    if area(words)?.as_deref() == Some("sync") {
        peers::ensure()?;
    }
    let mut command =
        Command::new(build::folder(Profile::Release)?.join(format!("bench{}", std::env::consts::EXE_SUFFIX)));
    command.args(words);
    let screen = screen::for_tests()?;
    if let Some(screen) = &screen {
        screen.give(&mut command);
    }
    tools::run(&mut command)
}

/// The word among the options that says what is measured.
fn area(words: &[String]) -> Outcome<Option<String>> {
    let mut args = Args::new(words.to_vec());
    for name in ["--dossiers", "--seed", "--out"] {
        args.value(name)?;
    }
    Ok(args.word())
}
