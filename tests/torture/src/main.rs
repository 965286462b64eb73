//! `torture NAME [--count N] [--seed N] [--out FILE]`: one test to its full figure, exit code 1 when
//! anything broke or a kind of fault it must have seen never came. `cargo xtask torture` builds it optimised and calls it.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a program for a person at a terminal"
)]

use std::fmt::Write as _;
use std::process::ExitCode;
use std::time::Instant;

use torture::{ALL, Plan};

fn main() -> ExitCode {
    // Started again by a test of its own, to be killed.
    #[cfg(target_os = "linux")]
    torture::kill::play();
    let words: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let at = words.iter().position(|word| word == name);
        at.and_then(|at| words.get(at.saturating_add(1)))
    };
    let number = |name: &str| value(name).and_then(|word| word.replace('_', "").parse().ok());
    let Some(test) = ALL
        .iter()
        .find(|test| Some(test.name) == words.first().map(String::as_str))
    else {
        eprintln!("torture NAME [--count N] [--seed N] [--out FILE]\n");
        for test in ALL {
            eprintln!("  {:10} {}", test.name, test.about);
        }
        return ExitCode::from(2);
    };
    let plan = Plan {
        seed: number("--seed").unwrap_or(1),
        count: number("--count"),
    };
    let from = Instant::now();
    let report = (test.run)(&plan);
    let mut lines = String::new();
    for line in report.lines(test.name, plan.seed) {
        let _ = writeln!(lines, "{line}");
    }
    print!("{lines}");
    println!(
        "{}: {} in {:.0} s, seed {}",
        test.name,
        report.ran,
        from.elapsed().as_secs_f64(),
        plan.seed
    );
    for (schedule, what) in report.broken.iter().take(10) {
        println!("broken by schedule {schedule}: {what}");
    }
    for fault in report.never_seen() {
        println!("never seen, so not tested: {fault}");
    }
    if let Some(out) = value("--out") {
        std::fs::write(out, lines).unwrap();
    }
    ExitCode::from(u8::from(!report.ok()))
}
