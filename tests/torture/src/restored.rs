//! The hub's data folder is put back to an earlier moment, again and again, while five counters go on:
//! what was acknowledged since then comes up again from the counters, and nothing is given twice.

use crate::between::{Blocks, OF_LINE_AND_HUB, Planted, World};
use crate::report::Report;
use crate::{Plan, Torture};

pub const RESTORED: Torture = Torture {
    name: "restored",
    about: "a real hub put back to earlier moments under five counters; 1,000 points",
    run: |plan| run(plan, Planted::Nothing),
};

const COUNTERS: u64 = 5;
/// Moments that are kept to go back to.
const MOMENTS: usize = 16;
const BLOCKS: Blocks = Blocks {
    full: 1_000,
    block: 10,
    counters: COUNTERS,
    salt: 1 << 40,
    prepare: |world| world.line.state().above.most = MOMENTS,
    one,
    faults: OF_LINE_AND_HUB,
};

fn run(plan: &Plan, planted: Planted) -> Report {
    BLOCKS.run(plan, planted)
}

fn one(world: &mut World) -> Result<(), String> {
    // A while in which the hub is copied again and again, between any two requests.
    world.line.state().keeps = true;
    work(world, 8)?;
    world.line.state().keeps = false;
    // What nobody brought up yet is lost to nobody either.
    work(world, 4)?;
    world.line.state().put_back();
    world.line.state().fails = true;
    for who in world.in_any_order() {
        if world.chance.one_in(2) {
            world.act(who)?;
        }
        drop(world.talk(who)?);
        // Asked again, an older answer to the same question may come.
        if world.chance.one_in(2) {
            drop(world.talk(who)?);
        }
    }
    world.heal()?;
    // Everybody goes on, with numbers nobody had.
    for who in world.in_any_order() {
        world.register(who)?;
    }
    world.heal()
}

fn work(world: &mut World, steps: u64) -> Result<(), String> {
    for _ in 0..steps {
        let who = usize::try_from(world.chance.below(COUNTERS)).unwrap();
        if world.chance.one_in(4) {
            world.register(who)?;
        } else {
            world.act(who)?;
        }
        if world.chance.one_in(2) {
            drop(world.talk(who)?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_hub_forgets_its_counters_bring_again() {
        let plan = Plan {
            seed: 0,
            count: Some(60),
        };
        let report = run(&plan, Planted::Nothing);
        assert!(report.ok(), "{:?} {:#?}", report.never_seen(), report.broken);
        assert!(report.seen["hub put back"] >= 60, "{:?}", report.seen);
    }

    #[test]
    fn a_generation_that_is_ignored_is_found() {
        let report = run(&Plan { seed: 0, count: None }, Planted::GenerationIgnored);
        let first = report.broken.first().map_or("nothing", |(_, what)| what.as_str());
        let breaks = Planted::GenerationIgnored.breaks();
        assert!(breaks.iter().any(|promise| first.contains(promise)), "{first}");
    }
}
