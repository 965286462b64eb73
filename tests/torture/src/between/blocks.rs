//! Schedules in blocks: those of a block share a world, so that each meets what was left by those
//! before it. One that breaks is found again by its number: its block is run up to it.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::runtime::Runtime;

use super::fault::Fault;
use super::planted::Planted;
use super::world::{Template, World, runtime};
use crate::Plan;
use crate::report::Report;

/// A test made of them.
pub struct Blocks {
    /// Schedules of a full run, and those of one world.
    pub full: u64,
    pub block: u64,
    /// Counters of a world.
    pub counters: u64,
    /// Tells its worlds from those of other tests.
    pub salt: u64,
    /// What a new world is told before its first schedule.
    pub prepare: fn(&mut World),
    /// One schedule.
    pub one: fn(&mut World) -> Result<(), String>,
    /// Faults that must have come.
    pub faults: &'static [Fault],
}

impl Blocks {
    /// Runs as many schedules as planned, on every processor, until one breaks something.
    pub fn run(&self, plan: &Plan, planted: Planted) -> Report {
        let end = plan.seed + plan.count.unwrap_or(self.full);
        let (template, next) = (Template::new(self.counters), AtomicU64::new(plan.seed / self.block));
        let work = || self.work(&template, &next, (plan.seed, end), planted);
        let mut report = Report::default().must_see(self.faults.iter().map(|fault| fault.words()));
        std::thread::scope(|scope| {
            let workers = std::thread::available_parallelism().map_or(1, usize::from);
            let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
            for thread in threads {
                report.add(thread.join().unwrap());
            }
        });
        // Blocks are begun in order and ended: the first that breaks is the same in every run.
        report.broken.sort_by_key(|(schedule, _)| *schedule);
        report
    }

    fn work(&self, template: &Template, next: &AtomicU64, (first, end): (u64, u64), planted: Planted) -> Report {
        let (mut part, runtime) = (Report::default(), runtime());
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number * self.block >= end || !part.broken.is_empty() {
                // Found: nobody begins another block.
                next.fetch_max(end, Ordering::Relaxed);
                return part;
            }
            self.block((template, &runtime), number, (first, end), planted, &mut part);
        }
    }

    /// Schedules of one world, until one breaks something.
    fn block(
        &self,
        (template, runtime): (&Template, &std::sync::Arc<Runtime>),
        number: u64,
        (first, end): (u64, u64),
        planted: Planted,
        report: &mut Report,
    ) {
        let mut world = World::of(template, runtime, number ^ self.salt, planted);
        (self.prepare)(&mut world);
        let all = number * self.block..end.min((number + 1) * self.block);
        for schedule in all.clone() {
            let done = (self.one)(&mut world);
            let saw = std::mem::take(&mut world.line.state().saw);
            if schedule >= first {
                report.ran += 1;
                saw.iter().for_each(|fault| report.saw(fault.words()));
            }
            if let Err(what) = done {
                report.broken.push((schedule, what));
                return;
            }
        }
        if let Err(what) = world.end() {
            let last = all.end.saturating_sub(1);
            report.broken.push((last, format!("after its block: {what}")));
        }
    }
}
