//! A hub and a counter PC whose machine, clock and disk a test can change.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Duration, Utc};
use hub::Hub;
use rig::Serving;
use serde_json::{Value, json};
use station::clock::Clock;
use station::machine::{Facts, Machine, Moment};
use station::seal::{self, Standing};
use station::{Caller, Opening, Station};
use vault::OsEntropy;

/// Monday 23 November 2026, in the morning in Viet Nam.
const NOW: i64 = 1_795_400_000;

/// A clock with hands.
#[derive(Clone)]
pub struct Hands(Arc<Mutex<DateTime<Utc>>>);

impl Hands {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(DateTime::from_timestamp(NOW, 0).unwrap())))
    }

    pub fn turn(&self, hours: i64) {
        *self.0.lock().unwrap() += Duration::hours(hours);
    }

    fn read(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

impl Clock for Hands {
    fn now(&self) -> DateTime<Utc> {
        self.read()
    }
}

/// What the PC says of itself.
#[derive(Clone)]
struct Board(Arc<Mutex<(Facts, Moment)>>);

impl Machine for Board {
    fn facts(&self) -> Facts {
        self.0.lock().unwrap().0.clone()
    }

    fn moment(&self) -> Option<Moment> {
        Some(self.0.lock().unwrap().1.clone())
    }
}

/// A hub that listens.
pub struct World {
    _root: tempfile::TempDir,
    hub: Hub,
    serving: Option<Serving<hub::HubError>>,
    pub clock: Hands,
}

impl World {
    pub fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let clock = Hands::new();
        let hands = clock.clone();
        let (data, keys) = (root.path().join("data"), root.path().join("keys"));
        let hub = Hub::open(&data, &keys, Arc::new(OsEntropy), Arc::new(move || hands.read())).unwrap();
        let served = hub.clone();
        let serving = Serving::start(async move |listener, stop| served.serve(listener, stop).await).unwrap();
        Self {
            _root: root,
            hub,
            serving: Some(serving),
            clock,
        }
    }

    pub fn hours(&self, hours: i64) {
        self.clock.turn(hours);
    }

    pub fn dossiers(&self) -> u64 {
        self.hub.report().unwrap().dossiers
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(serving) = self.serving.take() {
            serving.stop().unwrap();
        }
    }
}

/// A copy of the folders.
pub struct Kept(PathBuf);

pub struct Pc {
    root: tempfile::TempDir,
    data: PathBuf,
    keys: PathBuf,
    board: Board,
    pub clock: Hands,
    station: Option<Arc<Station>>,
    people: u32,
}

impl Pc {
    pub fn new(_: &World, name: &str) -> Self {
        let root = tempfile::tempdir().unwrap();
        let facts = Facts {
            system: Some(format!("system {name}")),
            board: Some(format!("board {name}")),
            cards: BTreeSet::from([format!("card {name}")]),
        };
        let moment = Moment {
            boot: "first".to_owned(),
            uptime_ms: 60_000,
        };
        Self {
            data: root.path().join("data"),
            keys: root.path().join("keys"),
            root,
            board: Board(Arc::new(Mutex::new((facts, moment)))),
            clock: Hands::new(),
            station: None,
            people: 0,
        }
    }

    fn opening(&self) -> Opening {
        Opening {
            data: self.data.clone(),
            keys: Some(self.keys.clone()),
            now: None,
        }
    }

    fn try_open(&self) -> Result<Arc<Station>, String> {
        let (clock, board) = (Box::new(self.clock.clone()), Box::new(self.board.clone()));
        Station::open_on(&self.opening(), clock, Box::new(OsEntropy), board).map_err(|error| error.to_string())
    }

    pub fn open(&mut self) {
        self.station = Some(self.try_open().unwrap());
    }

    pub fn close(&mut self) {
        self.station = None;
    }

    /// Another process, because the lock is one between processes. Where the program was not built
    /// beside this one, `tests/it` holds it.
    pub fn second_is_refused(&self) -> Result<(), String> {
        let Ok(program) = rig::beside_this_test("motcua") else {
            return Ok(());
        };
        let mut motcua = std::process::Command::new(program);
        motcua.arg("--data").arg(&self.data).arg("--keys").arg(&self.keys);
        let said = motcua.args(["call", "station"]).output().unwrap().stdout;
        let said = String::from_utf8_lossy(&said).into_owned();
        if said.contains("DATA_FOLDER_IN_USE") {
            Ok(())
        } else {
            Err(format!("a second program was told {said}"))
        }
    }

    fn call(&self, command: &str, request: &Value) -> Result<Value, String> {
        let station = self.station.as_ref().unwrap();
        station
            .call(&Caller::Headless(None), command, request.clone())
            .map_err(|error| format!("{error} {:?}", error.detail))
    }

    pub fn enrol(&self, world: &World) {
        let address = world.serving.as_ref().unwrap().url();
        let code = world.hub.new_code("H99.128").unwrap();
        let answer = self.call("enrol", &json!({"hub": address, "code": code})).unwrap();
        assert_eq!(answer["first_talk"], Value::Null, "{answer}");
    }

    pub fn register(&mut self) -> Value {
        self.people += 1;
        let request = json!({
            "request_id": format!("r-{}", self.people),
            "procedure": "2.000815",
            "applicant": {"name": "Nguyễn Thị Mẫu", "id_number": format!("099190{:06}", self.people)},
        });
        self.call("register", &request).unwrap()
    }

    pub fn sync(&self) -> Result<(), String> {
        self.call("sync", &json!({})).map(drop)
    }

    pub fn waiting(&self) -> Value {
        self.call("sync-status", &json!({})).unwrap()["waiting"].clone()
    }

    pub fn show(&self, code: &str) -> Value {
        self.call("show", &json!({"code": code})).unwrap()
    }

    pub fn broken(&self) -> bool {
        matches!(
            seal::state(self.station.as_ref().unwrap()).unwrap(),
            Standing::Broken(_)
        )
    }

    /// Time passes, or the clock is set: `hours` may be negative.
    pub fn hours(&self, hours: i64) {
        self.clock.turn(hours);
        if hours > 0 {
            self.board.0.lock().unwrap().1.uptime_ms += hours * 3_600_000;
        }
    }

    pub fn uptime_back(&self, hours: i64) {
        self.board.0.lock().unwrap().1.uptime_ms -= hours * 3_600_000;
    }

    /// Somebody sets the clock by the hub's.
    pub fn right_time(&self, world: &World) {
        *self.clock.0.lock().unwrap() = world.clock.read();
    }

    pub fn reboot(&self) {
        let moment = &mut self.board.0.lock().unwrap().1;
        moment.boot.push('+');
        moment.uptime_ms = 30_000;
    }

    pub fn other_machine(&self) {
        self.reboot();
        let facts = &mut self.board.0.lock().unwrap().0;
        // The disk brings its system along; board and cards stay behind.
        facts.board = Some("another board".to_owned());
        facts.cards = BTreeSet::from(["another card".to_owned()]);
    }

    /// A name is no fact of the machine: a restart is all that is seen of it.
    pub fn rename(&self) {
        self.reboot();
    }

    pub fn keep_all(&self) -> Kept {
        let kept = self.root.path().join("kept");
        copy(&self.data, &kept.join("data"), &|_| true);
        copy(&self.keys, &kept.join("keys"), &|_| true);
        Kept(kept)
    }

    /// In place: the folders stay the same ones, as a restore leaves them.
    pub fn restore(&self, kept: &Kept, what: impl Fn(&str) -> bool, keys: bool) {
        for entry in fs::read_dir(&self.data).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_file() && what(&name) {
                fs::remove_file(&path).unwrap();
            }
        }
        copy(&kept.0.join("data"), &self.data, &what);
        if keys {
            copy(&kept.0.join("keys"), &self.keys, &|_| true);
        }
    }

    pub fn move_to_a_copy(&mut self) {
        let to = self.root.path().join("copy");
        copy(&self.data, &to, &|_| true);
        self.data = to;
    }

    pub fn move_to_a_copy_with_keys(&mut self) {
        self.move_to_a_copy();
        let to = self.root.path().join("copied keys");
        copy(&self.keys, &to, &|_| true);
        self.keys = to;
    }

    pub fn move_to_a_copy_with_key_file(&mut self) {
        self.move_to_a_copy();
        let to = self.root.path().join("copied keys");
        copy(&self.keys, &to, &|name| {
            Path::new(name).extension().is_some_and(|end| end == "key")
        });
        self.keys = to;
    }
}

fn copy(from: &Path, to: &Path, what: &dyn Fn(&str) -> bool) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !what(&name) {
            continue;
        }
        if path.is_dir() {
            copy(&path, &to.join(name), &|_| true);
        } else if path.is_file() {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}
