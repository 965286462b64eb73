//! Moving pages from the log into the database file: each call of it fails once, each time on a copy
//! of one folder whose log is nearly full.

use std::path::Path;
use std::sync::Arc;

use rig::Folders;
use serde_json::Value;

use super::counter::afterwards;
use super::{kind, nth};
use crate::counter::{call, must, open, reception};
use crate::disk::Watch;
use crate::report::Report;

/// A log of 1,000 pages is moved by the commit that makes it so long.
const NEARLY: u64 = 850 * 4_120;

pub fn walk(report: &mut Report, error: &str, errno: i32, stride: u64) {
    let (from, acknowledged) = nearly_full();
    let mut at = 1;
    while once(report, &from, &acknowledged, error, (at, errno)) {
        at += stride;
    }
}

/// A folder as it lies there while its program still runs.
fn nearly_full() -> (Folders, Vec<Value>) {
    let (folders, copied) = (Folders::new().unwrap(), Folders::new().unwrap());
    drop(open(&folders).unwrap());
    let station = open(&folders).unwrap();
    let mut acknowledged = Vec::new();
    while folders.data.join("station.db-wal").metadata().unwrap().len() < NEARLY {
        let number = acknowledged.len() as u64;
        acknowledged.push(must(&station, "register", &reception(number)));
    }
    copy(&folders, &copied);
    (copied, acknowledged)
}

fn copy(from: &Folders, to: &Folders) {
    for (from, to) in [(&from.data, &to.data), (&from.keys, &to.keys)] {
        for file in rig::files(from).unwrap() {
            let target = to.join(file.strip_prefix(from).unwrap());
            std::fs::create_dir_all(target.parent().unwrap_or(Path::new("/"))).unwrap();
            std::fs::copy(file, target).unwrap();
        }
    }
}

/// Whether there was a call left to fail.
fn once(report: &mut Report, from: &Folders, before: &[Value], error: &str, (at, errno): (u64, i32)) -> bool {
    let folders = Folders::new().unwrap();
    copy(from, &folders);
    let station = open(&folders).unwrap();
    let watch = Watch::begin(&folders.data);
    let mut acknowledged = before.to_vec();
    watch.fail(nth(at, errno, |file| file == "station.db"));
    for _ in 0..16 {
        let number = acknowledged.len() as u64;
        match call(&station, "register", &reception(number)) {
            Ok(answer) => acknowledged.push(answer),
            Err(why) => report.refused(&why, Some("moving pages")),
        }
    }
    let fired = watch.heal();
    // It moves them again, and once more while it closes.
    for _ in 0..2 {
        let number = acknowledged.len() as u64;
        acknowledged.push(must(&station, "register", &reception(number)));
    }
    drop(Arc::into_inner(station));
    watch.end();
    if let Some(fired) = &fired {
        report.ran += 1;
        report.saw(&kind(error, fired));
    }
    afterwards(report, &folders, &acknowledged);
    fired.is_some()
}
