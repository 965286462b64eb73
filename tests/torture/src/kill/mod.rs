//! Programs killed by SIGKILL anywhere while they register and push: what they said is done is there
//! afterwards, once.
//!
//! The programs are this one, started again as a counter (`kill::counter`) or as a server: the same
//! library the products are, in a process of its own. Folders live on from cycle to cycle and are
//! looked at to the last byte every fifty.

mod child;
mod counter;
mod server;

use std::sync::Mutex;

pub use child::{Planted, Program, ROLE, play};

use crate::report::Report;
use crate::{Plan, Torture};

pub const KILL: Torture = Torture {
    name: "kill",
    about: "SIGKILL of counter and server while they register and push: nothing lost, nothing twice",
    run: |plan| torture(plan, 10_000),
};

/// So many cycles lie between two looks at every byte.
const LOOK: u64 = 50;

/// So many cycles are lived by one folder, so that looking at it stays cheap.
const LIFE: u64 = 500;

/// One program of this kind at a time has the machine, so that a kill falls where it is meant to.
static ALONE: Mutex<()> = Mutex::new(());

const MUST_SEE: [&str; 2] = [
    "counter killed while it registers",
    "server killed while it is pushed to",
];

fn torture(plan: &Plan, count: u64) -> Report {
    let _alone = ALONE.lock();
    let count = plan.count.unwrap_or(count);
    let mut report = Report::default();
    let mut life = 0;
    while report.ran < count && report.broken.is_empty() {
        let half = (count - report.ran).min(LIFE).div_ceil(2);
        counter::live(&mut report, plan.seed + life, half, Planted::Nothing);
        let rest = (count - report.ran).min(half);
        server::live(&mut report, plan.seed + life, rest);
        life += 1;
    }
    report.must_see(MUST_SEE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No test: what a child of this test program does. Without its role it does nothing.
    #[test]
    fn child() {
        play();
    }

    #[test]
    fn nothing_acknowledged_is_lost_or_doubled() {
        let report = torture(&Plan { seed: 1, count: None }, 500);
        assert!(report.ok(), "{:#?}", report.broken);
        for kind in MUST_SEE {
            assert!(report.seen.contains_key(kind), "{kind}: never: {:?}", report.seen);
        }
    }

    #[test]
    fn a_page_called_kept_before_it_is_is_found() {
        let _alone = ALONE.lock();
        let mut report = Report::default();
        for seed in 1..=8 {
            counter::live(&mut report, seed, 25, Planted::SaidBeforeDone);
            if let Some((_, why)) = report.broken.first() {
                assert!(why.contains("called kept"), "{why}");
                return;
            }
        }
        panic!("{} cycles found nothing", report.ran);
    }
}
