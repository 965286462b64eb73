//! Measures what the product promises, on a counter PC with years of dossiers, and says which
//! promise does not hold: a table for people, JSON lines for programs, exit code 1 when one is broken.
//!
//! `cargo xtask bench` builds what people get and calls this. Every figure that could depend on the
//! machine is a ratio to something measured in the same run, or far from its limit on an old PC.
#![allow(
    clippy::disallowed_methods,
    reason = "measuring reads clocks; nothing here runs in the product"
)]

/// As in the programs that people get: see docs/adr/0013.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod bare;
mod counter;
mod duplicates;
mod figures;
mod measure;
mod reception;
mod rules;
mod search;
mod sync;
mod window;
mod years;

macro_rules! rig {
    ($($name:ident = $path:literal;)*) => {
        $(
            #[allow(
                dead_code, missing_docs,
                clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing,
                clippy::arithmetic_side_effects, clippy::print_stdout,
                reason = "the rig of the window's tests: what goes wrong in it ends the run"
            )]
            #[path = $path]
            mod $name;
        )*
    };
}

rig! {
    alike = "../it/alike.rs";
    desk = "../window/desk.rs";
    driver = "../window/driver.rs";
    group = "../window/group.rs";
    line = "../it/line.rs";
    keyboard = "../window/keyboard.rs";
    screen = "../window/screen.rs";
    start = "start.rs";
}

#[allow(dead_code, reason = "the tools' own options, of which this needs some")]
#[path = "../../xtask/src/args.rs"]
mod args;
#[allow(dead_code, reason = "shared with the demo")]
#[path = "../../xtask/src/json.rs"]
mod json;
#[allow(dead_code, reason = "shared with the demo")]
#[path = "../../xtask/src/people.rs"]
mod people;
#[allow(dead_code, reason = "shared with the demo")]
#[path = "../../xtask/src/requests.rs"]
mod requests;
#[allow(dead_code, reason = "shared with the tools")]
#[path = "../../xtask/src/stop.rs"]
mod stop;

use std::io::Write as _;
use std::process::ExitCode;

use figures::Figures;
use stop::{Outcome, Stop, While as _};

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(why) => {
            // Nobody can be told when not even this can be written.
            let _ = writeln!(std::io::stderr(), "bench: {why}");
            why.exit_code()
        }
    }
}

/// What to measure, and on how much.
struct Plan {
    area: Area,
    dossiers: usize,
    seed: u64,
    window: bool,
    out: Option<String>,
}

/// What is measured.
enum Area {
    /// A counter and its window.
    Counter,
    /// The way up to the server, beside others.
    Sync,
    /// The same alone.
    Push,
}

impl Area {
    fn named(word: Option<&str>) -> Outcome<Self> {
        match word {
            None | Some("counter") => Ok(Self::Counter),
            Some("sync") => Ok(Self::Sync),
            Some("push") => Ok(Self::Push),
            Some(other) => Err(Stop::Usage(format!(
                "nothing called {other} is measured: counter, sync, push"
            ))),
        }
    }
}

fn plan() -> Outcome<Plan> {
    let mut args = args::Args::new(std::env::args().skip(1).collect());
    let number = |text: Option<String>, usual: u64| match text {
        Some(text) => text
            .parse()
            .map_err(|_| Stop::Usage(format!("{text} is not a whole number"))),
        None => Ok(usual),
    };
    let dossiers = number(args.value("--dossiers")?, 200_000)?;
    let plan = Plan {
        dossiers: usize::try_from(dossiers).doing("--dossiers")?,
        seed: number(args.value("--seed")?, 1)?,
        window: !args.flag("--no-window"),
        out: args.value("--out")?,
        area: Area::named(args.word().as_deref())?,
    };
    args.end()?;
    Ok(plan)
}

fn run() -> Outcome<bool> {
    let plan = plan()?;
    let mut figures = Figures::new(plan.seed);
    match plan.area {
        Area::Counter => at_the_counter(&plan, &mut figures)?,
        Area::Sync => sync::measure(plan.seed, &mut figures)?,
        Area::Push => sync::alone(plan.seed, &mut figures)?,
    }
    figures.tell(plan.out.as_deref())
}

fn at_the_counter(plan: &Plan, figures: &mut Figures) -> Outcome {
    let folders = years::folders(plan.dossiers, plan.seed)?;
    {
        let counter = counter::Counter::open(&folders, plan.seed.wrapping_add(1))?;
        rules::measure(&counter, plan.seed, figures)?;
        search::measure(&counter, plan.dossiers, plan.seed, figures)?;
        duplicates::measure(&counter, plan.dossiers, plan.seed, figures)?;
        reception::measure(&counter, &folders, plan.dossiers, reception::TIMES, figures)?;
    }
    if plan.window {
        window::measure(&folders, figures)?;
    }
    Ok(())
}
