//! `cargo xtask torture NAME`: builds the program `torture` optimised, but without the long linking
//! of what people get, and passes its table and exit code on.

use crate::stop::Outcome;
use crate::sys;
use crate::tools::{self, cargo};

/// `cargo xtask torture NAME [--count N] [--seed N] [--out FILE]`.
pub fn torture(words: &[String]) -> Outcome {
    sys::ensure(&[sys::BUILD])?;
    let mut command = cargo(&["run", "--locked", "--profile", "torture", "-p", "torture", "--"])?;
    command.args(words);
    tools::run(&mut command)
}
