//! A counter of a test: the real station on a folder of its own, reached over the test's line.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use station::machine::{Facts, Folder, Machine, Moment};
use station::{Caller, Opening, Station};
use vault::SeededEntropy;

use super::eye::Eye;
use super::line::Line;
use super::settled::{Head, own};
use super::world::copy;
use crate::pc::Hands;

static MIGRATIONS: include_dir::Dir<'static> =
    include_dir::include_dir!("$CARGO_MANIFEST_DIR/../../migrations/station");

/// The PC a counter stands on, and which of several copies of a folder it has.
#[derive(Clone, Copy)]
struct Desk {
    pc: u64,
    folder: u64,
}

impl Machine for Desk {
    fn facts(&self) -> Facts {
        Facts {
            system: Some(self.pc.to_string()),
            ..Facts::default()
        }
    }

    fn moment(&self) -> Option<Moment> {
        None
    }

    fn folder(&self, _: &Path) -> Folder {
        Folder {
            inode: Some(self.folder),
            born: Some(self.folder),
        }
    }
}

struct Open {
    eye: Eye,
    station: Arc<Station>,
}

pub struct Counter {
    root: PathBuf,
    desk: Desk,
    pub clock: Hands,
    line: Arc<Line>,
    seed: u64,
    lives: u32,
    open: Option<Open>,
    /// Last row of its log that the ledger knows.
    pub read: i64,
    /// Streams it wrote and left, and where they end.
    left: Vec<Head>,
    /// Its last talk ended in trouble.
    pub failed: bool,
    /// How often the hub had been put back when it was talked to last.
    pub met: u32,
    /// Of its requests.
    pub name: String,
    pub people: u64,
}

impl Counter {
    pub fn open(root: PathBuf, (pc, folder): (u64, u64), line: &Arc<Line>, seed: u64) -> Self {
        let clock = Hands::new();
        let mut it = Self {
            root,
            desk: Desk { pc, folder },
            clock,
            line: Arc::clone(line),
            // Not by its number alone: the copy of the first would draw what the second draws.
            seed: seed ^ folder.wrapping_mul(0x9e37_79b9_7f4a_7c15),
            lives: 0,
            open: None,
            read: 0,
            left: Vec::new(),
            failed: false,
            met: 0,
            name: format!("quầy {folder}"),
            people: 0,
        };
        it.start();
        it
    }

    fn folders(&self) -> (PathBuf, PathBuf) {
        (self.root.join("data"), self.root.join("keys"))
    }

    fn start(&mut self) {
        self.lives += 1;
        let (data, keys) = self.folders();
        let opening = Opening {
            data: data.clone(),
            keys: Some(keys.clone()),
            now: None,
        };
        let entropy = SeededEntropy::new(self.seed ^ (u64::from(self.lives) << 40));
        let (clock, carrier) = (Box::new(self.clock.clone()), self.line.carrier(self.desk.folder));
        let dialling = Box::new(move |_: &_, _| Ok(carrier.clone()));
        let opened = Station::open_over(&opening, clock, Box::new(entropy), Box::new(self.desk), dialling);
        self.open = Some(Open {
            station: opened.unwrap_or_else(|error| panic!("it does not open: {error}")),
            eye: Eye::open((&data, &keys), "station.db", &MIGRATIONS),
        });
    }

    /// Ends it in good order.
    pub fn close(&mut self) {
        self.open = None;
    }

    pub fn restart(&mut self) {
        self.close();
        self.start();
    }

    /// Ends it as a killed program ends, and starts it again on what lies there.
    pub fn kill(&mut self) {
        let left = self.root.with_extension("left");
        copy(&self.root, &left);
        self.close();
        std::fs::remove_dir_all(&self.root).unwrap();
        std::fs::rename(left, &self.root).unwrap();
        self.start();
    }

    /// A copy of its folder as it lies there, opened beside it on the same PC.
    #[must_use]
    pub fn twin(&self, root: PathBuf, folder: u64) -> Self {
        copy(&self.root, &root);
        let it = Self::open(root, (self.desk.pc, folder), &self.line, self.seed);
        it.clock.set_by(&self.clock);
        it
    }

    pub fn eye(&self) -> &Eye {
        &self.open.as_ref().unwrap().eye
    }

    /// Who meets a copy of itself takes records out and puts them in again: all are read anew. It is seen
    /// by the streams it left: there is one more, or one of them ends elsewhere.
    pub fn mended(&mut self) {
        let mut left: Vec<Head> = own(self).into_iter().map(|(head, _)| head).collect();
        left.pop();
        if left != self.left {
            self.read = 0;
            self.left = left;
        }
    }

    /// A command.
    ///
    /// # Errors
    /// What it refuses.
    pub fn call(&self, command: &str, request: Value) -> station::Result<Value> {
        let station = &self.open.as_ref().unwrap().station;
        station.call(&Caller::Headless(None), command, request)
    }

    /// A talk with the hub.
    ///
    /// # Errors
    /// What stopped it.
    pub fn sync(&self) -> station::Result<Value> {
        self.call("sync", json!({}))
    }
}
