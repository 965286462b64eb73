//! Real stations and a real hub, and a line between them on which everything goes wrong: officers work,
//! counters talk, and then the line heals. Nothing acknowledged may be missing then, nothing may be
//! there twice, and nobody may have called durable what the hub did not hold.
//!
//! A world (one hub, two counters) lives for a block of schedules, so that a schedule meets what was
//! left by those before it. One that breaks is found again by its number: its block is run up to it.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::between::{FAULTS, Fault, Planted, Template, World, runtime};
use crate::report::Report;
use crate::{Plan, Torture};

pub const REAL: Torture = Torture {
    name: "real",
    about: "real stations, a real hub, a line that loses, repeats and spoils; 1,000,000 schedules",
    run: |plan| run(plan, Planted::Nothing),
};

/// Schedules of a full run.
const FULL: u64 = 1_000_000;
/// Schedules that share a world.
const BLOCK: u64 = 50;
/// Kinds of fault a schedule must meet, and steps after which it ends without.
const KINDS: usize = 3;
const MOST_STEPS: u64 = 30;
/// What happens to a clock, in hours.
const TURNS: [i64; 6] = [3, -3, 26, -26, 9 * 24, -9 * 24];

fn run(plan: &Plan, planted: Planted) -> Report {
    let wanted = plan.seed..plan.seed + plan.count.unwrap_or(FULL);
    let (template, next) = (Template::new(2), AtomicU64::new(wanted.start / BLOCK));
    let work = || {
        let (mut part, runtime) = (Report::default(), runtime());
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number * BLOCK >= wanted.end {
                return part;
            }
            let world = World::of(&template, &runtime, number, planted);
            block(world, number, &wanted, &mut part);
            if planted != Planted::Nothing && !part.broken.is_empty() {
                // Found: nobody begins another block.
                next.store(wanted.end, Ordering::Relaxed);
            }
        }
    };
    let mut report = Report::default().must_see(FAULTS.map(Fault::words));
    std::thread::scope(|scope| {
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            report.add(thread.join().unwrap());
        }
    });
    report
}

/// Schedules of one world, until one breaks something.
fn block(mut world: World, number: u64, wanted: &Range<u64>, report: &mut Report) {
    let all = number * BLOCK..(number + 1) * BLOCK;
    for schedule in all.start..all.end.min(wanted.end) {
        let done = one(&mut world);
        let saw = std::mem::take(&mut world.line.state().saw);
        if wanted.contains(&schedule) {
            report.ran += 1;
            saw.iter().for_each(|fault| report.saw(fault.words()));
        }
        if let Err(what) = done {
            report.broken.push((schedule, what));
            return;
        }
    }
    if let Err(what) = world.end() {
        report
            .broken
            .push((all.end - 1, format!("at the end of its block: {what}")));
    }
}

fn one(world: &mut World) -> Result<(), String> {
    if world.chance.one_in(8) {
        world.line.state().above.keep();
    }
    if world.chance.one_in(10) {
        world.seconds(24 * 3_600);
    }
    world.line.state().fails = true;
    let least = 4 + world.chance.below(4);
    for step in 0..MOST_STEPS {
        if step >= least && kinds(world) >= KINDS {
            break;
        }
        let who = usize::try_from(world.chance.below(world.counters.len() as u64)).unwrap();
        match world.chance.below(10) {
            0..5 => world.act(who)?,
            5..9 => drop(world.talk(who)?),
            _ => trouble(world, who),
        }
    }
    world.heal()
}

fn kinds(world: &World) -> usize {
    let mut saw = world.line.state().saw.clone();
    saw.sort();
    saw.dedup();
    saw.len()
}

/// What happens to a counter.
fn trouble(world: &mut World, who: usize) {
    match world.chance.below(12) {
        0..5 => {
            let hours = *world.chance.pick(&TURNS);
            world.turn(who, hours);
        }
        5..9 => world.kill(who),
        9..11 => world.counters[who].restart(),
        _ if world.counters.len() < 3 => world.twin(who),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(count: u64, planted: Planted) -> Report {
        let plan = Plan {
            seed: 0,
            count: Some(count),
        };
        run(&plan, planted)
    }

    #[test]
    fn whatever_happens_between_them_every_promise_is_kept() {
        let report = planned(1_000, Planted::Nothing);
        assert!(report.ok(), "{:?} {:#?}", report.never_seen(), report.broken);
    }

    #[test]
    fn every_planted_mistake_is_found() {
        for planted in Planted::ALL {
            let report = planned(1_000, planted);
            assert!(
                !report.broken.is_empty(),
                "{planted:?} breaks a promise and nobody sees it"
            );
        }
    }
}
