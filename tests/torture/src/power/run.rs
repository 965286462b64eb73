//! The run whose disk is looked at: a counter at work, written down call by call.

use std::path::Path;

use rig::Folders;
use serde_json::{Value, json};
use vault::{KeyRing, Secret32};

use super::plant;
use crate::counter::{District, attachment, call, enrol, must, open, reception, request_id};
use crate::disk::{Fault, How, Journal, Op, Watch};

/// What is wrong with the run on purpose, so that the test shows that it would be noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    Nothing,
    /// `synchronous=NORMAL`: a commit is called done before its fsync.
    AcknowledgedBeforeSync,
    /// A page's row is committed before its file is whole.
    RowBeforeFile,
    /// A page's file is never synced.
    FileNeverSynced,
    /// The mark of the device seal is never synced.
    MarkNeverSynced,
}

/// What the counter said is done.
#[derive(Debug, Clone)]
pub enum Done {
    /// The answer of `register`.
    Registered(u64, Value),
    /// One more page.
    Attached,
}

/// A recorded run.
pub struct Run {
    pub key: Secret32,
    pub journal: Journal,
    pub done: Vec<Done>,
    /// Acknowledged before the recording began: they lie in the image from the first.
    pub before: usize,
    /// Calls that put a mark of the seal in its place.
    marks: Vec<usize>,
}

/// A counter takes people in, keeps pages, talks to its server, is closed and opened again.
#[must_use]
pub fn record(people: u64, planted: Planted) -> Run {
    let district = District::start(Folders::new().unwrap());
    let folders = Folders::new().unwrap();
    let mut done = Vec::new();
    {
        let station = open(&folders).unwrap();
        enrol(&station, &district);
        for number in 0..2 {
            done.push(Done::Registered(number, must(&station, "register", &reception(number))));
        }
    }
    let before = done.len();
    let watch = Watch::begin(both(&folders));
    watch.record();
    let mut number = 2;
    for life in 0..2 {
        let lax = planted == Planted::AcknowledgedBeforeSync;
        let station = if lax {
            plant::open_normal(&folders)
        } else {
            open(&folders).unwrap()
        };
        for _ in 0..people / 2 {
            let answer = must(&station, "register", &reception(number));
            watch.done(done.len() as u64);
            let code = answer["code"].as_str().unwrap().to_owned();
            done.push(Done::Registered(number, answer));
            if number % 3 == 0 {
                let _ = must(&station, "attach", &attachment(&code, number));
                watch.done(done.len() as u64);
                done.push(Done::Attached);
            }
            if number % 11 == 10 {
                let _ = must(&station, "sync", &json!({}));
            }
            number += 1;
        }
        // The second time the power fails with the program still open.
        if life == 1 {
            let _ = call(&station, "sync", &json!({}));
        }
    }
    watch.end();
    drop(district.stop());
    let journal = watch.journal();
    let journal = match planted {
        Planted::RowBeforeFile => journal.with_files_after_their_rows("data/blobs/"),
        Planted::FileNeverSynced => journal.without_syncs_of("data/blobs/"),
        Planted::MarkNeverSynced => journal.without_syncs_of("keys/"),
        Planted::Nothing | Planted::AcknowledgedBeforeSync => journal,
    };
    Run::of(&folders, journal, done, before)
}

/// Data folder and key folder: the mark of the seal lies in the other one, and what is cut off between
/// the two must still belong together.
fn both(folders: &Folders) -> &Path {
    folders.data.parent().unwrap()
}

fn marks(journal: &Journal) -> Vec<usize> {
    let is_mark = |op: &Op| matches!(op, Op::Move { to, .. } if to.ends_with(".seal"));
    let ops = journal.ops.iter().enumerate();
    ops.filter(|(_, op)| is_mark(op)).map(|(at, _)| at).collect()
}

/// A counter takes people in while every sync fails once: what a failed sync wrote never reaches the
/// disk, whatever a later one says, unless it is written anew.
#[must_use]
pub fn record_failing(people: u64, how: How) -> Run {
    let district = District::start(Folders::new().unwrap());
    let folders = Folders::new().unwrap();
    let station = open(&folders).unwrap();
    enrol(&station, &district);
    drop((station, district.stop()));
    let station = open(&folders).unwrap();
    drop(station);
    let watch = Watch::begin(both(&folders));
    watch.record();
    let station = open(&folders).unwrap();
    let mut done = Vec::new();
    for number in 0..people {
        for at in 1.. {
            watch.fail(Fault {
                at,
                errno: libc::EIO,
                // A mark that cannot be written costs an official number, and no registration.
                of: |file| file.starts_with("data/"),
                how,
            });
            let answer = call(&station, "register", &reception(number));
            let fired = watch.heal();
            if let Ok(answer) = answer {
                watch.done(done.len() as u64);
                done.push(Done::Registered(number, answer));
                break;
            }
            assert!(fired.is_some(), "refused without a fault: {answer:?}");
        }
    }
    watch.end();
    let journal = watch.journal();
    Run::of(&folders, journal, done, 0)
}

impl Run {
    fn of(folders: &Folders, journal: Journal, done: Vec<Done>, before: usize) -> Self {
        let keys = KeyRing::open(&folders.data, &folders.keys).unwrap();
        Self {
            key: keys.database_key().clone(),
            marks: marks(&journal),
            journal,
            done,
            before,
        }
    }

    /// Whether a call is at most `near` calls from one that puts a mark of the seal in its place.
    #[must_use]
    pub fn is_near_mark(&self, call: usize, near: usize) -> bool {
        let first = self.marks.partition_point(|mark| *mark + near < call);
        self.marks.get(first).is_some_and(|mark| *mark <= call + near)
    }

    /// The registrations among the first `done` things that were acknowledged.
    pub fn registered(&self, done: usize) -> impl Iterator<Item = (String, &Value)> {
        self.done[..done].iter().filter_map(|one| match one {
            Done::Registered(number, answer) => Some((request_id(*number), answer)),
            Done::Attached => None,
        })
    }

    /// Pages among them.
    #[must_use]
    pub fn attached(&self, done: usize) -> usize {
        self.done[..done]
            .iter()
            .filter(|one| matches!(one, Done::Attached))
            .count()
    }
}
