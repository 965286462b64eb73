//! The power fails: one run of a counter is written down call by call, and then its disk is cut off
//! at any of the calls, by seed, with what chance leaves of everything not yet synced.
//!
//! At every point the product's own opening of the database, every answer, every count and every
//! page file is checked; at every hundredth the whole counter is opened, verified, asked again for
//! all it acknowledged, and takes one more person in. Where the mark of the device seal is written,
//! the seal is judged: it must be whole, and the next number nobody's.

mod check;
mod plant;
mod run;

use std::sync::atomic::{AtomicBool, Ordering};

use crate::chance::Chance;
use crate::disk::{How, Loss, Machine, Op};
use crate::report::Report;
use crate::{Plan, Torture};
use check::Place;
pub use run::Planted;
use run::{Run, record, record_failing};

pub const POWER: Torture = Torture {
    name: "power",
    about: "the power fails at any write of a counter: what was acknowledged is there",
    run: |plan| torture(plan, 40, Planted::Nothing),
};

/// One in so many points is checked by the whole counter.
const WHOLE: u64 = 100;

/// One in so many points near a write of the seal's mark is checked by the seal.
const SEALED: u64 = 8;

/// Calls to both sides of a renamed mark: the commit between two of its writes, and what goes before.
const NEAR: usize = 60;

/// So many broken points say enough.
const ENOUGH: usize = 10;

/// What a disk must have done, and what must have been looked at, for a run to have shown anything.
const MUST_SEE: [&str; 6] = [
    "everything dropped",
    "a sector torn",
    "rubbish in a sector",
    "sectors reordered",
    "a name dropped",
    "the seal judged near a write of its mark",
];

fn torture(plan: &Plan, people: u64, planted: Planted) -> Report {
    points(&record(people, planted), plan).must_see(MUST_SEE)
}

/// The power fails at points of a run whose syncs fail too.
#[must_use]
pub fn after_failing_syncs(plan: &Plan, people: u64, how: How) -> Report {
    points(&record_failing(people, how), plan)
}

fn points(run: &Run, plan: &Plan) -> Report {
    let count = plan.count.unwrap_or(1_000_000);
    let mut points: Vec<(usize, u64)> = (0..count).map(|number| point(run, plan.seed + number)).collect();
    points.sort_unstable();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let stop = AtomicBool::new(false);
    let mut report = Report::default();
    std::thread::scope(|scope| {
        let parts = points.chunks(points.len().div_ceil(workers).max(1));
        let stop = &stop;
        let threads: Vec<_> = parts.map(|part| scope.spawn(move || walk(run, part, stop))).collect();
        for thread in threads {
            report.add(thread.join().unwrap());
        }
    });
    report
        .figures
        .push(("calls".to_owned(), run.journal.ops.len() as f64, None));
    report
}

fn point(run: &Run, seed: u64) -> (usize, u64) {
    let end = run.journal.ops.len() as u64 + 1;
    (usize::try_from(Chance::new(seed).below(end)).unwrap(), seed)
}

/// Points in the order of the run: the disk is told everything once.
fn walk(run: &Run, points: &[(usize, u64)], stop: &AtomicBool) -> Report {
    let (mut machine, mut place, mut report) = (Machine::new(&run.journal), Place::new(), Report::default());
    let (mut at, mut done) = (0, run.before);
    for point @ (until, seed) in points {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        for op in &run.journal.ops[at..*until] {
            machine.apply(op);
            done += usize::from(matches!(op, Op::Done(_)));
        }
        at = *until;
        if let Err(why) = crash(run, &mut machine, &mut place, done, *point, &mut report) {
            report.broken.push((*seed, format!("call {until}: {why}")));
            stop.store(report.broken.len() >= ENOUGH, Ordering::Relaxed);
        }
        report.ran += 1;
    }
    report
}

fn crash(
    run: &Run,
    machine: &mut Machine,
    place: &mut Place,
    done: usize,
    (at, seed): (usize, u64),
    report: &mut Report,
) -> Result<(), String> {
    let mut chance = Chance::new(!seed);
    let mut loss = Loss::new();
    let image = machine.crash(&mut chance, &mut loss);
    loss.iter().for_each(|fault| report.saw(fault));
    place.lay(&image);
    let mut found = check::quick(run, place, done);
    if found.is_ok() && chance.one_in(WHOLE) {
        report.saw("the whole counter opened");
        place.lay(&image);
        found = check::whole(run, place, done);
    }
    if found.is_ok() && run.is_near_mark(at, NEAR) && chance.one_in(SEALED) {
        report.saw("the seal judged near a write of its mark");
        place.lay(&image);
        found = check::sealed(run, place, done);
    }
    found.map_err(|why| format!("{why} (image {})", check::mark(&image)))
}

#[cfg(test)]
mod tests {
    use rig::Folders;

    use super::*;
    use crate::counter::{District, enrol, must, open, reception};
    use crate::disk::Watch;

    fn broken(planted: Planted, count: u64) -> Report {
        let plan = Plan {
            seed: 1,
            count: Some(count),
        };
        torture(&plan, 12, planted)
    }

    #[test]
    fn what_was_acknowledged_survives_a_power_cut_at_any_write() {
        let plan = Plan {
            seed: 1,
            count: Some(10_000),
        };
        let report = torture(&plan, 16, Planted::Nothing);
        assert!(report.ok(), "{:#?}", report.broken);
        for fault in MUST_SEE {
            assert!(
                report.seen.contains_key(fault),
                "{fault} was never tried: {:?}",
                report.seen
            );
        }
    }

    #[test]
    fn an_acknowledgement_before_its_sync_is_found() {
        let report = broken(Planted::AcknowledgedBeforeSync, 1_000);
        assert!(
            report.broken.iter().any(|(_, why)| why.contains("is lost")),
            "{report:?}"
        );
    }

    #[test]
    fn a_row_before_its_file_is_found() {
        for planted in [Planted::RowBeforeFile, Planted::FileNeverSynced] {
            let report = broken(planted, 1_000);
            let seen = report.broken.iter().any(|(_, why)| why.contains("not whole"));
            assert!(seen, "{planted:?}: {report:?}");
        }
    }

    #[test]
    fn a_mark_that_is_never_synced_is_found() {
        let report = broken(Planted::MarkNeverSynced, 1_000);
        let seen = |(_, why): &(u64, String)| why.contains("the seal is Broken") || why.contains("SEAL_BROKEN");
        assert!(report.broken.iter().any(seen), "{report:?}");
    }

    /// The seal may not make a registration dearer: one sync each, and five for a stride of numbers.
    #[test]
    fn a_dossier_costs_one_sync() {
        let (district, folders) = (District::start(Folders::new().unwrap()), Folders::new().unwrap());
        let station = open(&folders).unwrap();
        enrol(&station, &district);
        let _ = must(&station, "register", &reception(1));
        let watch = Watch::begin(folders.data.parent().unwrap());
        watch.record();
        // The first stride ends at 5, the second at 15.
        for number in 2..=15 {
            let answer = must(&station, "register", &reception(number));
            assert_eq!(answer["code_kind"], "official", "{answer}");
        }
        watch.end();
        let is_sync = |op: &&Op| matches!(op, Op::Sync { .. } | Op::SyncFolder { .. });
        let syncs = watch.journal().ops.iter().filter(is_sync).count();
        assert_eq!(syncs, 14 + 5);
    }
}
