//! The hub's data folder is put back to an earlier moment, again and again, while five counters go on:
//! what was acknowledged since then comes up again from the counters, and nothing is given twice.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::between::{Fault, Planted, Template, World, runtime};
use crate::report::Report;
use crate::{Plan, Torture};

pub const RESTORED: Torture = Torture {
    name: "restored",
    about: "a real hub put back to earlier moments under five counters; 1,000 points",
    run: |plan| run(plan, Planted::Nothing),
};

/// Points of a full run, and those of one world.
const FULL: u64 = 1_000;
const BLOCK: u64 = 10;
const COUNTERS: u64 = 5;
/// Moments that are kept to go back to.
const MOMENTS: usize = 16;

fn run(plan: &Plan, planted: Planted) -> Report {
    let end = plan.seed + plan.count.unwrap_or(FULL);
    let (template, next) = (Template::new(COUNTERS), AtomicU64::new(plan.seed / BLOCK));
    let work = || {
        let (mut part, runtime) = (Report::default(), runtime());
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number * BLOCK >= end {
                return part;
            }
            let world = World::of(&template, &runtime, number ^ (1 << 40), planted);
            block(world, number, (plan.seed, end), &mut part);
            if !part.broken.is_empty() {
                next.store(end, Ordering::Relaxed);
            }
        }
    };
    let mut report = Report::default().must_see([Fault::HubPutBack.words()]);
    std::thread::scope(|scope| {
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            report.add(thread.join().unwrap());
        }
    });
    report
}

fn block(mut world: World, number: u64, (first, end): (u64, u64), report: &mut Report) {
    world.line.state().above.most = MOMENTS;
    for point in number * BLOCK..((number + 1) * BLOCK).min(end) {
        let done = one(&mut world);
        let saw = std::mem::take(&mut world.line.state().saw);
        if point >= first {
            report.ran += 1;
            saw.iter().for_each(|fault| report.saw(fault.words()));
        }
        if let Err(what) = done {
            report.broken.push((point, what));
            return;
        }
    }
    if let Err(what) = world.end() {
        report
            .broken
            .push((number * BLOCK, format!("at the end of its block: {what}")));
    }
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
            count: Some(40),
        };
        let report = run(&plan, Planted::Nothing);
        assert!(report.ok(), "{:#?}", report.broken);
        assert!(report.seen["hub put back"] >= 40, "{:?}", report.seen);
    }

    #[test]
    fn a_generation_that_is_ignored_is_found() {
        let report = run(&Plan { seed: 0, count: None }, Planted::GenerationIgnored);
        assert!(!report.broken.is_empty(), "numbers were leased twice and nobody saw it");
    }
}
