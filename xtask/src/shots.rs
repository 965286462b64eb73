//! `cargo xtask shots`: every screen of the real window into `docs/screenshots`, driven by the
//! window tests (they know the way from screen to screen).

use crate::args::Args;
use crate::screen::for_tests;
use crate::stop::Outcome;
use crate::tools::{self, cargo, root};
use crate::{build, sys};

/// `cargo xtask shots`.
pub fn shots(words: Vec<String>) -> Outcome {
    Args::new(words).end()?;
    sys::ensure(&[sys::BUILD, sys::SCAN, sys::SCREEN, sys::CHECK])?;
    sys::node()?;
    build::pages()?;
    build::workspace()?;
    let folder = build::made(root()?.join("docs/screenshots"))?;
    let mut test = cargo(&["test", "--workspace", "--locked", "--test", "window", "--"])?;
    test.args(["--ignored", "shots", "--test-threads=1", "--nocapture"])
        .env("SHOTS_DIR", &folder);
    let screen = for_tests()?;
    if let Some(screen) = &screen {
        screen.give(&mut test);
    }
    tools::run(&mut test)?;
    println!("screenshots: {}", folder.display());
    Ok(())
}
