//! The model of the protocol: counters and a hub whose every decision is taken by the code that
//! ships (`wire::sync`), with stores in memory and a line between them that loses, repeats, delays
//! and reorders; PCs that are cloned and restored, a hub that crashes and is restored, clocks that
//! jump. After each schedule the faults stop, everyone talks, and the promises are looked at.
//!
//! [`Planted`] puts one mistake at a seam between the machines and their stores: it shows that the
//! promises are really looked at.

mod check;
mod counter;
mod hub;
mod line;
mod planted;
mod record;
mod schedule;

pub use planted::Planted;
pub use schedule::{FAULTS, run_one};

use crate::Plan;
use crate::report::Report;

/// Schedules of the full figure.
const FULL: u64 = 10_000_000;

/// Runs as many schedules as planned, on every core, none of them with a planted mistake.
#[must_use]
pub fn run(plan: &Plan) -> Report {
    let (count, cores) = (plan.count.unwrap_or(FULL), cores());
    let parts = std::thread::scope(|scope| {
        let work: Vec<_> = (0..cores)
            .map(|core| scope.spawn(move || part(plan.seed, count, core, cores)))
            .collect();
        work.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>()
    });
    let report = parts.into_iter().fold(Report::default(), joined);
    report.must_see(FAULTS.iter().copied())
}

fn cores() -> u64 {
    std::thread::available_parallelism().map_or(1, |cores| cores.get() as u64)
}

fn part(seed: u64, count: u64, core: u64, cores: u64) -> Report {
    let (mut report, mut seen) = (Report::default(), [0; FAULTS.len()]);
    let mut schedule = core;
    while schedule < count && report.broken.len() < 10 {
        let done = run_one(seed.wrapping_add(schedule), None);
        report.ran += 1;
        (0..FAULTS.len()).for_each(|fault| seen[fault] += u64::from(done.seen[fault]));
        report
            .broken
            .extend(done.broken.map(|what| (seed.wrapping_add(schedule), what)));
        schedule += cores;
    }
    for (fault, times) in FAULTS.iter().zip(seen) {
        report.seen.insert((*fault).to_owned(), times);
    }
    report
}

fn joined(mut all: Report, part: Report) -> Report {
    all.ran += part.ran;
    all.broken.extend(part.broken);
    for (fault, times) in part.seen {
        *all.seen.entry(fault).or_default() += times;
    }
    all
}

/// The first schedule in which a planted mistake is found, of so many.
#[must_use]
pub fn found(planted: Planted, most: u64) -> Option<(u64, String)> {
    (1..=most).find_map(|seed| run_one(seed, Some(planted)).broken.map(|what| (seed, what)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_planted_mistake_is_found() {
        for planted in Planted::ALL {
            let found = found(*planted, 1_000);
            assert!(found.is_some(), "{planted:?} breaks a promise and nobody sees it");
        }
    }

    #[test]
    fn without_a_mistake_every_promise_holds() {
        let report = run(&Plan {
            seed: 1,
            count: Some(20_000),
        });
        assert!(report.ok(), "{:?}", report.broken);
        assert!(report.seen.values().all(|times| *times > 100), "{:?}", report.seen);
    }

    #[test]
    fn a_schedule_is_long_and_has_several_kinds_of_fault() {
        for seed in 1..500 {
            let done = run_one(seed, None);
            let kinds = done.seen.iter().filter(|times| **times > 0).count();
            assert!(
                done.steps >= 40 && kinds >= 3,
                "{seed}: {} steps, {:?}",
                done.steps,
                done.seen
            );
        }
    }
}
