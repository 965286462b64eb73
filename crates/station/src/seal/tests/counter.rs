//! A counter whose folder is copied, rolled back and moved.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::DateTime;
use serde_json::{Value, json};
use vault::OsEntropy;
use wire::protocol::Block;

use crate::api::Caller;
use crate::clock::FixedClock;
use crate::machine::{Facts, Machine, Moment};
use crate::numbers;
use crate::seal::{Break, Standing, state};
use crate::station::{Opening, Station};

const NOW: &str = "2026-11-23T09:42:00+07:00";

/// A machine a test may change.
#[derive(Clone, Default)]
pub struct Bench(pub Arc<Mutex<Facts>>);

impl Machine for Bench {
    fn facts(&self) -> Facts {
        self.0.lock().unwrap().clone()
    }

    fn moment(&self) -> Option<Moment> {
        None
    }
}

pub struct Counter {
    pub root: tempfile::TempDir,
    pub machine: Bench,
    station: Option<Arc<Station>>,
    pub people: u32,
}

impl Counter {
    /// With 60 numbers for today.
    pub fn new() -> Self {
        let mut it = Self {
            root: tempfile::tempdir().unwrap(),
            machine: Bench::default(),
            station: None,
            people: 0,
        };
        it.machine.0.lock().unwrap().system = Some("an".into());
        it.open();
        it.lease(1, 60);
        it
    }

    pub fn lease(&self, from: u32, to: u32) {
        let (series, day) = ("H99.128".into(), "2026-11-23".into());
        let block = Block { series, day, from, to };
        self.station().store.write(|tx| numbers::keep(tx, &block)).unwrap();
    }

    /// A folder in the place of the file that the mark is written to before its rename.
    pub fn in_the_way(&self) -> PathBuf {
        let ring = fs::read_dir(self.root.path().join("keys"))
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path();
        ring.with_extension("seal.part")
    }

    pub fn open(&mut self) {
        let opening = Opening::within(self.root.path());
        let now = DateTime::parse_from_rfc3339(NOW).unwrap().to_utc();
        let machine = Box::new(self.machine.clone());
        self.station =
            Some(Station::open_on(&opening, Box::new(FixedClock(now)), Box::new(OsEntropy), machine).unwrap());
    }

    pub fn station(&self) -> &Arc<Station> {
        self.station.as_ref().unwrap()
    }

    pub fn data(&self) -> PathBuf {
        self.root.path().join("data")
    }

    pub fn close(&mut self) {
        self.station = None;
    }

    /// The power fails: nothing is written at the end.
    pub fn cut(&mut self) {
        let station = self.station.take().unwrap();
        // What the end would have written is put back.
        let seal = self.seal_path();
        let before = fs::read(&seal).unwrap();
        drop(station);
        fs::write(seal, before).unwrap();
    }

    pub fn seal_path(&self) -> PathBuf {
        let keys = fs::read_dir(self.root.path().join("keys")).unwrap();
        let mut paths = keys.map(|entry| entry.unwrap().path());
        paths
            .find(|path| path.extension().is_some_and(|end| end == "seal"))
            .unwrap()
    }

    pub fn restart(&mut self) {
        self.close();
        self.open();
    }

    pub fn register(&mut self) -> Value {
        self.people = self.people.saturating_add(1);
        let request = json!({
            "request_id": format!("r-{}", self.people), "procedure": "2.000815",
            "applicant": {"name": "Trần Thị Mẫu", "id_number": "099190000001"},
        });
        self.station()
            .call(&Caller::Headless(None), "register", request)
            .unwrap()
    }

    pub fn number(&mut self) -> u32 {
        let answer = self.register();
        assert_eq!(answer["code_kind"], "official", "{answer}");
        let code = answer["code"].as_str().unwrap();
        code.rsplit_once('-').unwrap().1.parse().unwrap()
    }

    pub fn broken(&mut self, why: Break) {
        assert_eq!(state(self.station()).unwrap(), Standing::Broken(why));
        let answer = self.register();
        assert_eq!(
            (&answer["code_kind"], &answer["code_reason"]),
            (&json!("temporary"), &json!("SEAL_BROKEN"))
        );
    }

    pub fn keep(&self, name: &str) {
        copy(&self.data(), &self.root.path().join(name));
    }

    /// In place, as a restore does: the folder stays the same one.
    pub fn restore(&self, name: &str) {
        for entry in fs::read_dir(self.data()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::remove_file(path).unwrap();
            }
        }
        copy(&self.root.path().join(name), &self.data());
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
