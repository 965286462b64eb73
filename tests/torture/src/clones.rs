//! Counters that are copied, restored and moved, with a real station and a real hub in this process:
//! no official code under a broken seal, none printed twice, nothing lost that a disk still holds.

mod happen;
mod judge;

use std::sync::atomic::{AtomicU64, Ordering};

use station::seal::Break;

use crate::chance::Chance;
use crate::pc::{Pc, World};
use crate::report::Report;
use crate::{Plan, Torture};
use judge::Book;

pub const CLONES: Torture = Torture {
    name: "clones",
    about: "folders copied, restored and moved; no official number under a broken seal, none twice",
    run: |plan| run(plan, 1_000, Planted::Nothing),
};

/// A fault put into the test itself, to show that it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    Nothing,
    /// The seal looks at the PC only after a number was given.
    SealAfterNumber,
}

/// What happens to a counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    CopiedFolder,
    CopiedFolderAfterReboot,
    RestoredYesterday,
    RestoredDatabase,
    RestoredFiles,
    VmSnapshot,
    DiskMoved,
    TwoPrograms,
    RenamedPc,
    CopiedProfile,
    ClockBackAndRestore,
    KeyFileCopied,
    /// The whole image, with the clock put back: what nobody can tell before the first sync.
    ImageAndClockBack,
}

use Method::{
    ClockBackAndRestore, CopiedFolder, CopiedFolderAfterReboot, CopiedProfile, DiskMoved, ImageAndClockBack,
    KeyFileCopied, RenamedPc, RestoredDatabase, RestoredFiles, RestoredYesterday, TwoPrograms, VmSnapshot,
};

/// All of them; a schedule's number says which.
pub const METHODS: [Method; 13] = [
    CopiedFolder,
    CopiedFolderAfterReboot,
    RestoredYesterday,
    RestoredDatabase,
    RestoredFiles,
    VmSnapshot,
    DiskMoved,
    TwoPrograms,
    RenamedPc,
    CopiedProfile,
    ClockBackAndRestore,
    KeyFileCopied,
    ImageAndClockBack,
];

/// How the counter must behave before it has met the hub again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Must {
    /// Temporary codes: the seal is broken for this.
    Break(Break),
    /// Temporary codes: the seal fits, and the date cannot be believed.
    Doubt,
    /// Official ones, each of them new.
    GoOn,
    /// May repeat itself; the first sync finds it.
    BeFound,
}

impl Method {
    const fn must(self) -> Must {
        match self {
            CopiedFolder | CopiedFolderAfterReboot => Must::Break(Break::OtherFolder),
            RestoredYesterday | RestoredDatabase | ClockBackAndRestore => Must::Break(Break::RolledBack),
            DiskMoved | CopiedProfile => Must::Break(Break::OtherMachine),
            KeyFileCopied => Must::Break(Break::NoMark),
            VmSnapshot => Must::Doubt,
            RestoredFiles | TwoPrograms | RenamedPc => Must::GoOn,
            ImageAndClockBack => Must::BeFound,
        }
    }

    /// Whether the database goes back to what it was the day before.
    const fn goes_back(self) -> bool {
        matches!(
            self,
            RestoredYesterday | RestoredDatabase | ClockBackAndRestore | VmSnapshot | ImageAndClockBack
        )
    }
}

fn run(plan: &Plan, count: u64, planted: Planted) -> Report {
    let count = plan.count.unwrap_or(count);
    let (next, mut report) = (AtomicU64::new(0), Report::default());
    let work = || {
        let mut part = Report::default();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return part;
            }
            schedule(plan.seed + number, planted, &mut part);
        }
    };
    std::thread::scope(|scope| {
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            report.add(thread.join().unwrap());
        }
    });
    report.must_see(METHODS.iter().map(|method| format!("{method:?}")))
}

fn schedule(seed: u64, planted: Planted, report: &mut Report) {
    let method = METHODS[usize::try_from(seed % METHODS.len() as u64).unwrap()];
    report.ran += 1;
    report.saw(&format!("{method:?}"));
    if let Err(what) = one(seed, method, planted) {
        report.broken.push((seed, format!("{method:?}: {what}")));
    }
}

fn one(seed: u64, method: Method, planted: Planted) -> Result<(), String> {
    let (mut chance, world, mut book) = (Chance::new(seed), World::new(), Book::default());
    let mut pc = Pc::new("an");
    pc.open();
    pc.enrol(&world);
    book.work(&mut pc, chance.below(3) + 1)?;
    // Copied while the program runs, or after it ended in good order.
    if chance.one_in(2) {
        pc.close();
    }
    let pages = happen::page(&mut pc, &book, method);
    let (before, known) = (pc.keep(), pc.people);
    pc.close();
    pc.open();
    book.work(&mut pc, 2)?;
    world.clock.turn(24);
    pc.hours(24);
    pc.sync().map_err(|error| format!("the day after: {error}"))?;
    let mut above = pc.people;
    book.work(&mut pc, busy(&mut chance))?;
    let pages = (pages, happen::page(&mut pc, &book, method));
    // Half of the time the hub has seen the day, half of the time the line was down. What nobody
    // can tell before a sync can be found only where there was one.
    if matches!(method, ImageAndClockBack | RestoredFiles) || chance.one_in(2) {
        pc.sync().map_err(|error| format!("before: {error}"))?;
        above = pc.people;
    }
    if method.goes_back() {
        book.lost = pc.people - above.max(known);
    }
    let said = pc.said();
    let left_behind = happen::happen(&mut pc, method, &before, &mut chance)?;
    if planted == Planted::SealAfterNumber {
        return judge::blindly(&mut pc, said);
    }
    if method == RestoredFiles {
        happen::pages_are(&mut pc, &pages)?;
    }
    judge::locally(&mut pc, method.must(), &mut book)?;
    judge::afterwards(&world, pc, left_behind, &mut book, (method, &mut chance))
}

/// People of a day: sometimes more than a stride of numbers holds.
fn busy(chance: &mut Chance) -> u64 {
    if chance.one_in(6) { 27 } else { chance.below(4) + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(count: u64, planted: Planted) -> Report {
        run(&Plan { seed: 0, count: None }, count, planted)
    }

    #[test]
    fn no_method_gets_an_official_code_out_of_a_broken_seal() {
        let report = planned(METHODS.len() as u64, Planted::Nothing);
        assert!(report.ok(), "{:#?}", report.broken);
        assert_eq!(report.seen.len(), METHODS.len());
    }

    #[test]
    fn a_seal_checked_after_the_number_is_found() {
        let report = planned(2, Planted::SealAfterNumber);
        let found = report
            .broken
            .iter()
            .filter(|(_, why)| why.contains("an official code under a broken seal"));
        assert_eq!(found.count(), 2, "{report:#?}");
    }
}
