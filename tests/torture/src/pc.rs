//! A counter PC whose machine, clock and disk a test can change.

mod board;
mod world;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use station::seal::{self, Standing};
use station::{Caller, Opening, Station};
use tempfile::TempDir;
use vault::OsEntropy;

use crate::counter::{attachment, reception};
pub use board::{Board, Said};
pub use world::{Hands, World};

/// A copy of both folders.
pub struct Kept(PathBuf);

pub struct Pc {
    /// Of its requests: two copies of one PC are asked for different things.
    name: String,
    place: Arc<TempDir>,
    data: PathBuf,
    keys: PathBuf,
    pub board: Board,
    pub clock: Hands,
    station: Option<Arc<Station>>,
    /// How many people it took in.
    pub people: u64,
}

impl Pc {
    #[must_use]
    pub fn new(name: &str) -> Self {
        let place = Arc::new(tempfile::tempdir().unwrap());
        let root = place.path();
        Self {
            name: name.to_owned(),
            data: root.join("data"),
            keys: root.join("keys"),
            board: Board::new(&root.join("pc"), name),
            place,
            clock: Hands::new(),
            station: None,
            people: 0,
        }
    }

    /// This PC as it is, while its copy goes on as `self`: a `Pc` each, and a disk of its own.
    #[must_use]
    pub fn left_behind(&self) -> Self {
        let name = format!("{} left behind", self.name);
        let clock = Hands::new();
        clock.set_by(&self.clock);
        Self {
            name,
            place: Arc::clone(&self.place),
            data: self.data.clone(),
            keys: self.keys.clone(),
            board: self.board.clone(),
            clock,
            station: None,
            people: 0,
        }
    }

    pub fn open(&mut self) {
        let opening = Opening {
            data: self.data.clone(),
            keys: Some(self.keys.clone()),
            now: None,
        };
        let (clock, board) = (Box::new(self.clock.clone()), Box::new(self.board.clone()));
        let opened = Station::open_on(&opening, clock, Box::new(OsEntropy), board);
        self.station = Some(opened.unwrap_or_else(|error| panic!("it does not open: {error}")));
    }

    pub fn close(&mut self) {
        self.station = None;
    }

    fn station(&self) -> &Station {
        self.station.as_ref().unwrap()
    }

    /// A command.
    ///
    /// # Errors
    /// What it refuses, in words.
    pub fn call(&self, command: &str, request: &Value) -> Result<Value, String> {
        let answer = self.station().call(&Caller::Headless(None), command, request.clone());
        answer.map_err(|error| format!("{command}: {error} {:?}", error.detail))
    }

    /// A command that must succeed.
    #[must_use]
    pub fn must(&self, command: &str, request: &Value) -> Value {
        self.call(command, request).unwrap_or_else(|error| panic!("{error}"))
    }

    pub fn enrol(&self, world: &World) {
        let code = world.hub.new_code("H99.128").unwrap();
        let answer = self.must("enrol", &json!({"hub": world.address(), "code": code, "plain": true}));
        assert_eq!(answer["first_talk"], Value::Null, "{answer}");
    }

    pub fn register(&mut self) -> Value {
        let mut request = reception(self.people);
        request["request_id"] = json!(format!("{} {}", self.name, self.people));
        self.people += 1;
        self.must("register", &request)
    }

    /// Attaches a page: its name.
    #[must_use]
    pub fn attach(&self, code: &str) -> Value {
        self.must("attach", &attachment(code, self.people))["pages"][0]["page"].clone()
    }

    /// A talk with the hub.
    ///
    /// # Errors
    /// What stopped it.
    pub fn sync(&self) -> Result<(), String> {
        self.call("sync", &json!({})).map(drop)
    }

    #[must_use]
    pub fn standing(&self) -> Standing {
        seal::state(self.station()).unwrap()
    }

    /// Time passes.
    pub fn hours(&self, hours: i64) {
        self.clock.turn(hours);
        self.board.runs(hours);
    }

    #[must_use]
    pub fn folders(&self) -> (&Path, &Path) {
        (&self.data, &self.keys)
    }

    #[must_use]
    pub fn said(&self) -> Said {
        self.board.said(&self.data)
    }

    #[must_use]
    pub fn keep(&self) -> Kept {
        let kept = self.place.path().join("kept");
        copy(&self.data, &kept.join("data"), &|_| true);
        copy(&self.keys, &kept.join("keys"), &|_| true);
        Kept(kept)
    }

    /// In place: the folder stays the same one, as a restore leaves it, and what is not in the copy
    /// is gone. `what` are names in it.
    pub fn restore(&self, kept: &Kept, what: impl Fn(&str) -> bool) {
        for entry in fs::read_dir(&self.data).unwrap() {
            let path = entry.unwrap().path();
            if !what(path.file_name().unwrap().to_str().unwrap()) {
            } else if path.is_dir() {
                fs::remove_dir_all(path).unwrap();
            } else {
                fs::remove_file(path).unwrap();
            }
        }
        copy(&kept.0.join("data"), &self.data, &what);
    }

    /// The key folder too: a whole image.
    pub fn restore_keys(&self, kept: &Kept) {
        copy(&kept.0.join("keys"), &self.keys, &|_| true);
    }

    /// It goes on from a copy of its data folder.
    pub fn move_to_a_copy(&mut self) {
        let to = self.place.path().join("copy");
        copy(&self.data, &to, &|_| true);
        self.data = to;
    }

    /// And from a copy of its key folder, or of files in it.
    pub fn copy_keys(&mut self, what: impl Fn(&str) -> bool) {
        let to = self.place.path().join("copied keys");
        copy(&self.keys, &to, &what);
        self.keys = to;
    }

    /// It goes on from here on another PC altogether.
    pub fn on_another_pc(&mut self, name: &str) {
        self.board = Board::new(&self.place.path().join("another pc"), name);
    }
}

fn copy(from: &Path, to: &Path, what: &dyn Fn(&str) -> bool) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !what(&name) {
        } else if path.is_dir() {
            copy(&path, &to.join(name), &|_| true);
        } else if path.is_file() {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}
