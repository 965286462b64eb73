//! `cargo xtask test`: everything a change must pass, in the order in which it fails soonest.
//!
//! Everything builds in one target folder with one choice of members (`--workspace`): choosing single
//! members would choose other features of shared crates and build them twice.

use std::collections::BTreeSet;
use std::time::Instant;

use serde_json::Value;

use crate::args::Args;
use crate::json::Part as _;
use crate::screen::{Screen, for_tests};
use crate::stop::{Outcome, Stop, While};
use crate::tools::{self, capture, cargo, target};
use crate::{build, demo, sys, types};

/// The test program that opens real windows.
const WINDOW: &str = "window";
const PARTS: &[&str] = &["rust", "ui", "window", "demo"];

/// `cargo xtask test [--only rust|ui|window|demo]`.
pub fn test(words: Vec<String>) -> Outcome {
    let mut args = Args::new(words);
    let only = args.value("--only")?;
    args.end()?;
    if only.as_deref().is_some_and(|part| !PARTS.contains(&part)) {
        return Err(Stop::Usage(format!("--only wants one of {}", PARTS.join(", "))));
    }
    let mut steps = Steps { only, done: Vec::new() };
    let outcome = all(&mut steps);
    steps.print(&outcome);
    outcome
}

fn all(steps: &mut Steps) -> Outcome {
    steps.always("system packages", || {
        sys::ensure_or_warn(&[sys::BUILD, sys::SCAN, sys::SCREEN, sys::CHECK])?;
        sys::node()
    })?;
    steps.always("npm ci", build::node_modules)?;
    steps.of(&["ui"], "svelte-check", || build::npm(&["run", "check"]))?;
    steps.of(&["ui"], "vitest", || build::npm(&["test"]))?;
    steps.always("pages", || build::npm(&["run", "build"]))?;
    steps.of(&["rust"], "rustfmt", || {
        tools::run(&mut cargo(&["fmt", "--all", "--check"])?)
    })?;
    steps.of(&["rust"], "clippy", clippy)?;
    steps.of(&["rust", "window", "demo"], "build", build::workspace)?;
    steps.of(&["rust"], "cargo test", rust)?;
    steps.of(&["rust"], "types", types::fresh)?;
    steps.of(&["window"], "window", || window(for_tests()?.as_ref()))?;
    steps.of(&["demo"], "demo", || demo::smoke(&target()?.join("demo"), 5))
}

fn clippy() -> Outcome {
    tools::run(&mut cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--",
        "-D",
        "warnings",
    ])?)
}

/// Every test but those of the real window. The types of the command list are written aside and
/// compared afterwards.
fn rust() -> Outcome {
    let mut test = cargo(&["test", "--workspace", "--locked", "--lib", "--bins"])?;
    for name in test_programs()?.iter().filter(|name| *name != WINDOW) {
        test.args(["--test", name]);
    }
    tools::run(test.env(types::FOLDER, types::aside()?))
}

/// Two windows at once would fight for the focus of one screen, so one after the other.
fn window(screen: Option<&Screen>) -> Outcome {
    let mut test = cargo(&[
        "test",
        "--workspace",
        "--locked",
        "--test",
        WINDOW,
        "--",
        "--test-threads=1",
    ])?;
    if let Some(screen) = screen {
        screen.give(&mut test);
    }
    tools::run(&mut test)
}

/// The names of all integration test programs of the workspace.
fn test_programs() -> Outcome<BTreeSet<String>> {
    let answer = capture(&mut cargo(&[
        "metadata",
        "--format-version",
        "1",
        "--no-deps",
        "--locked",
    ])?)?;
    let metadata: Value = serde_json::from_str(&answer).doing("reading cargo metadata")?;
    let packages = metadata.part("packages").as_array().into_iter().flatten();
    let targets = packages.flat_map(|package| package.part("targets").as_array().into_iter().flatten());
    let tests = targets.filter(|one| {
        one.part("kind")
            .as_array()
            .is_some_and(|kinds| kinds.iter().any(|kind| kind == "test"))
    });
    Ok(tests
        .filter_map(|one| one.part("name").as_str().map(str::to_owned))
        .collect())
}

/// What has been done, and how long it took.
struct Steps {
    only: Option<String>,
    done: Vec<(String, u64, bool)>,
}

impl Steps {
    /// A step that belongs to some parts.
    fn of(&mut self, parts: &[&str], name: &str, step: impl FnOnce() -> Outcome) -> Outcome {
        match &self.only {
            Some(only) if !parts.contains(&only.as_str()) => Ok(()),
            _ => self.always(name, step),
        }
    }

    /// A step that every part needs.
    fn always(&mut self, name: &str, step: impl FnOnce() -> Outcome) -> Outcome {
        println!("== {name}");
        let start = Instant::now();
        let outcome = step();
        self.done
            .push((name.to_owned(), start.elapsed().as_secs(), outcome.is_ok()));
        outcome
    }

    fn print(&self, outcome: &Outcome) {
        println!("\n{:<18} {:>6}", "step", "s");
        for (name, seconds, ok) in &self.done {
            println!("{name:<18} {seconds:>6}  {}", if *ok { "ok" } else { "FAILED" });
        }
        let total: u64 = self.done.iter().map(|(_, seconds, _)| seconds).sum();
        println!(
            "{:<18} {total:>6}  {}",
            "all",
            if outcome.is_ok() { "ok" } else { "FAILED" }
        );
    }
}
