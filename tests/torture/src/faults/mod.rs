//! Every write and every sync fails once, with EIO and with ENOSPC, in the counter's storage and in
//! its server's: nothing acknowledged is lost, what is there can be read, and the work goes on.
//!
//! A step of the run is tried again and again, each time with the next of its calls failing, until it
//! comes through with none left to fail. Pages moved from the log into the database file are a matter
//! of their own (`moves`): their failure is nobody's answer, so each is tried on a copy of one folder.

mod counter;
mod moves;
mod server;

use station::ApiError;

use crate::disk::{Fault, How};
use crate::report::Report;
use crate::{Plan, Torture, power};

pub const FAULTS: Torture = Torture {
    name: "faults",
    about: "every write and fsync of 200 events fails once, EIO and ENOSPC, counter and server",
    run: |plan| {
        let events = plan.count.unwrap_or(200);
        // Power cuts in proportion: 100,000 for the full run.
        torture(plan, events, 1, events * 500)
    },
};

const ERRORS: [(&str, i32); 2] = [("EIO", libc::EIO), ("ENOSPC", libc::ENOSPC)];

/// The calls of which each must have failed, with either error.
const MUST_FAIL: [&str; 9] = [
    "write log",
    "fsync log",
    "create page file",
    "rename page file",
    "fsync page file",
    "write database",
    "write mark",
    "fsync mark",
    "rename mark",
];

fn torture(plan: &Plan, events: u64, stride: u64, points: u64) -> Report {
    let events = plan.count.unwrap_or(events);
    let mut report = Report::default();
    for (name, errno) in ERRORS {
        counter::walk(&mut report, name, errno, events);
        server::walk(&mut report, name, errno, events);
        moves::walk(&mut report, name, errno, stride);
    }
    let plan = Plan {
        seed: plan.seed,
        count: Some(points),
    };
    let cut = power::after_failing_syncs(&plan, 12, How::Sync);
    report
        .figures
        .push(("power cuts after a failed sync".to_owned(), cut.ran as f64, None));
    report.broken.extend(cut.broken);
    let all = ERRORS.map(|(name, _)| MUST_FAIL.map(|kind| format!("{name} {kind}")));
    report.must_see(all.into_iter().flatten())
}

/// A call fails: the n-th from now on, of these files.
fn nth(at: u64, errno: i32, of: fn(&str) -> bool) -> Fault {
    Fault {
        at,
        errno,
        of,
        how: How::Any,
    }
}

/// What the fault was, without the names chance gave.
fn kind(error: &str, fired: &str) -> String {
    let (call, file) = fired.split_once(' ').unwrap();
    let file = match file.strip_prefix("data/").unwrap_or(file).split('/').next().unwrap() {
        "" | "data" => "folder",
        "keys" => "mark",
        "blobs" => "page file",
        other if other.ends_with("-wal") => "log",
        other if other.ends_with(".db") => "database",
        _ => "other file",
    };
    format!("{error} {call} {file}")
}

impl Report {
    fn broke(&mut self, why: String) {
        self.broken.push((self.ran, why));
    }

    /// Only two codes tell an officer what to do about a disk.
    fn refused(&mut self, error: &ApiError, fired: Option<&str>) {
        let code = error.code.as_str();
        match fired {
            None => self.broke(format!("refused without a fault: {error}")),
            Some(_) if code == "DISK_FULL" || code == "DISK_IO" => {}
            Some(fired) => self.broke(format!("{fired} is answered with {error}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_failing_call_loses_anything() {
        let plan = Plan { seed: 1, count: None };
        let report = torture(&plan, 10, 60, 200);
        assert!(report.ok(), "{:#?}", report.broken);
        for (name, _) in ERRORS {
            for kind in MUST_FAIL {
                let kind = format!("{name} {kind}");
                assert!(
                    report.seen.contains_key(&kind),
                    "{kind} never failed: {:?}",
                    report.seen
                );
            }
        }
    }

    #[test]
    fn a_failed_sync_that_nobody_hears_of_is_found() {
        let plan = Plan {
            seed: 1,
            count: Some(1_000),
        };
        let report = power::after_failing_syncs(&plan, 6, How::SyncUnheard);
        assert!(
            report.broken.iter().any(|(_, why)| why.contains("is lost")),
            "{report:?}"
        );
    }
}
