//! Tests that try to break what the product promises: each runs as many random schedules as it is
//! told, every one of them from a number, so that a schedule that breaks something can be run again.
//!
//! `cargo xtask torture NAME` runs one to its full figure; `cargo test` runs the same code with the
//! smaller number a change must pass.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::missing_panics_doc,
    clippy::cast_precision_loss,
    reason = "nothing here runs in the product: what goes wrong ends the run"
)]

/// As in the programs that people get: see docs/adr/0013.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[cfg(target_os = "linux")]
pub mod between;
pub mod chance;
#[cfg(target_os = "linux")]
pub mod clocks;
#[cfg(target_os = "linux")]
pub mod clones;
#[cfg(target_os = "linux")]
pub mod counter;
#[cfg(target_os = "linux")]
pub mod disk;
#[cfg(target_os = "linux")]
pub mod faults;
pub mod files;
#[cfg(target_os = "linux")]
pub mod kill;
#[cfg(target_os = "linux")]
pub mod link;
pub mod model;
#[cfg(target_os = "linux")]
pub mod pc;
#[cfg(target_os = "linux")]
pub mod power;
#[cfg(target_os = "linux")]
pub mod real;
pub mod report;
#[cfg(target_os = "linux")]
pub mod restored;

/// The line between a counter and its server, as the tests of both ends have it.
#[cfg(target_os = "linux")]
#[path = "../../it/line.rs"]
#[allow(
    clippy::new_without_default,
    reason = "written for a program of tests, where nothing is public"
)]
pub mod line;

use report::Report;

/// How much of one test to run.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// The first schedule's number; the others follow it.
    pub seed: u64,
    /// Schedules, cycles or points: what the test's figure counts. The test's own when not said.
    pub count: Option<u64>,
}

/// A test: its name on the command line, one line on what it breaks, and itself.
pub struct Torture {
    pub name: &'static str,
    pub about: &'static str,
    pub run: fn(&Plan) -> Report,
}

/// All of them.
pub const ALL: &[Torture] = &[
    Torture {
        name: "model",
        about: "the protocol's machines under every fault, from 10,000,000 numbers",
        run: model::run,
    },
    Torture {
        name: "files",
        about: "files on their way up in pieces, cut, spoilt, repeated, put back; 1,000,000 numbers",
        run: files::run,
    },
    #[cfg(target_os = "linux")]
    power::POWER,
    #[cfg(target_os = "linux")]
    faults::FAULTS,
    #[cfg(target_os = "linux")]
    kill::KILL,
    #[cfg(target_os = "linux")]
    clones::CLONES,
    #[cfg(target_os = "linux")]
    clocks::CLOCKS,
    #[cfg(target_os = "linux")]
    link::LINK,
    #[cfg(target_os = "linux")]
    link::PAGES,
    #[cfg(target_os = "linux")]
    real::REAL,
    #[cfg(target_os = "linux")]
    restored::RESTORED,
];
