//! Counters that are copied, restored and moved, with a real station and a real hub in this process.
//! The machine is a parameter, so that a test can carry the disk to another one.

pub mod clocks;
mod world;

use std::collections::BTreeSet;

use serde_json::json;

use crate::Plan;
use crate::chance::Chance;
use crate::report::Report;
use world::{Pc, World};

/// A fault put into the test itself, to show that it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    Nothing,
    /// The seal is looked at only after the number was taken: a broken one lets it out.
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
    /// Temporary codes, with a reason.
    Doubt,
    /// Official ones, each of them new.
    GoOn,
    /// May repeat itself; the first sync finds it.
    BeFound,
}

impl Method {
    const fn must(self) -> Must {
        match self {
            RestoredFiles | TwoPrograms | RenamedPc => Must::GoOn,
            ImageAndClockBack => Must::BeFound,
            _ => Must::Doubt,
        }
    }
}

/// All methods, each once per schedule; the seed says how busy the counter was.
pub fn run(plan: &Plan) -> Report {
    run_with(plan, Planted::Nothing)
}

fn run_with(plan: &Plan, planted: Planted) -> Report {
    let mut report = Report::default();
    let mut official = 0;
    for seed in plan.seed..plan.seed.saturating_add(plan.count.unwrap_or(1_000)) {
        let method = METHODS[usize::try_from(seed).unwrap() % METHODS.len()];
        report.ran += 1;
        report.saw(&format!("{method:?}"));
        let found = one(seed, method, planted);
        official += u64::from(found.is_err());
        if let Err(what) = found {
            report.broken.push((seed, format!("{method:?}: {what}")));
        }
    }
    report
        .figures
        .push(("schedules_with_a_wrong_code".to_owned(), official as f64, Some(0.0)));
    report
}

fn one(seed: u64, method: Method, planted: Planted) -> Result<(), String> {
    let mut chance = Chance::new(seed);
    let world = World::new();
    let mut pc = Pc::new(&world, "an");
    pc.open();
    pc.enrol(&world);
    let mut printed = BTreeSet::new();
    work(&mut pc, &mut printed, chance.below(4) + 1)?;
    pc.close();
    let before = pc.keep_all();
    pc.open();
    world.hours(24);
    pc.hours(24);
    pc.sync().map_err(|error| format!("the day after: {error}"))?;
    work(&mut pc, &mut printed, chance.below(30) + 1)?;
    // Half of the time the hub has seen the day, half of the time the line was down. What nobody
    // can tell before a sync can be found only where there was one.
    if method.must() == Must::BeFound || chance.one_in(2) {
        pc.sync().map_err(|error| format!("before: {error}"))?;
    }
    if method == TwoPrograms {
        pc.second_is_refused()?;
    } else {
        pc.close();
        happen(&world, &mut pc, method, &before);
        pc.open();
    }
    judge(&mut pc, method.must(), &mut printed, planted)?;
    afterwards(&world, &mut pc, method.must(), &mut printed)
}

fn happen(world: &World, pc: &mut Pc, method: Method, before: &world::Kept) {
    match method {
        CopiedFolder => pc.move_to_a_copy(),
        CopiedFolderAfterReboot => {
            pc.move_to_a_copy();
            pc.reboot();
        }
        RestoredYesterday => pc.restore(before, |_| true, false),
        RestoredDatabase => pc.restore(before, |name| name.starts_with("station.db"), false),
        RestoredFiles => pc.restore(before, |name| name.starts_with("blobs"), false),
        VmSnapshot => {
            pc.restore(before, |_| true, true);
            // The machine goes on from where it was; its clock is put right by the host.
            pc.uptime_back(24);
        }
        DiskMoved => pc.other_machine(),
        RenamedPc => pc.rename(),
        CopiedProfile => {
            pc.move_to_a_copy_with_keys();
            pc.reboot();
        }
        ClockBackAndRestore => {
            pc.restore(before, |_| true, false);
            pc.hours(-24);
            world.hours(0);
        }
        KeyFileCopied => pc.move_to_a_copy_with_key_file(),
        ImageAndClockBack => {
            pc.restore(before, |_| true, true);
            pc.uptime_back(24);
            pc.hours(-24);
        }
        TwoPrograms => {}
    }
}

/// Takes people in: official codes, each of them new.
fn work(pc: &mut Pc, printed: &mut BTreeSet<String>, people: u64) -> Result<(), String> {
    for _ in 0..people {
        let answer = pc.register();
        if answer["code_kind"] != "official" {
            return Err(format!("a sound counter gave {answer}"));
        }
        let code = answer["code"].as_str().unwrap().to_owned();
        if !printed.insert(code.clone()) {
            return Err(format!("{code} twice"));
        }
    }
    Ok(())
}

fn judge(pc: &mut Pc, must: Must, printed: &mut BTreeSet<String>, planted: Planted) -> Result<(), String> {
    match must {
        Must::GoOn => work(pc, printed, 3),
        Must::Doubt => (0..3).try_for_each(|_| doubted(pc, planted)),
        Must::BeFound => {
            pc.register();
            match pc.sync() {
                Err(error) if error.contains("HUB_REFUSED") => Ok(()),
                // Where the hub's refusal opens a new epoch at once, the round ends well.
                Ok(()) => Ok(()),
                other => Err(format!("{other:?}")),
            }
        }
    }
}

fn doubted(pc: &mut Pc, planted: Planted) -> Result<(), String> {
    let standing = pc.broken();
    let answer = pc.register();
    // The planted fault: what the seal says is heard only when the number is out.
    let official = answer["code_kind"] == "official" || (planted == Planted::SealAfterNumber && standing);
    if official {
        return Err(format!("an official code under a broken seal: {answer}"));
    }
    let known = [json!("SEAL_BROKEN"), json!("CLOCK_IMPLAUSIBLE")];
    if known.contains(&answer["code_reason"]) {
        Ok(())
    } else {
        Err(format!("no reason: {answer}"))
    }
}

/// The hub answers again. Who is known goes on with numbers nobody printed; who is not stays with
/// temporary codes and says so.
fn afterwards(world: &World, pc: &mut Pc, must: Must, printed: &mut BTreeSet<String>) -> Result<(), String> {
    pc.right_time(world);
    let met = pc.sync();
    if must == Must::BeFound && pc.broken() {
        let answer = pc.register();
        return if answer["code_kind"] == "temporary" {
            Ok(())
        } else {
            Err(format!("found out, and still {answer}"))
        };
    }
    match met {
        Ok(()) => work(pc, printed, 30),
        Err(error) if error.contains("HUB_REFUSED") => doubted(pc, Planted::Nothing),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_method_gets_an_official_code_out_of_a_broken_seal() {
        let plan = Plan {
            seed: 0,
            count: Some(METHODS.len() as u64),
        };
        let report = run(&plan);
        assert!(report.ok(), "{:#?}", report.broken);
        assert_eq!(report.seen.len(), METHODS.len());
    }

    #[test]
    fn a_seal_checked_after_the_number_is_found() {
        let plan = Plan {
            seed: 0,
            count: Some(1),
        };
        assert!(!run_with(&plan, Planted::SealAfterNumber).ok());
    }
}
