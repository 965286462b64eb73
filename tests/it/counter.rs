//! A counter PC as the tests speak of it: private folders, a clock that stands still, and people who
//! come to it. It speaks only through the command list, like the window and the headless program.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rig::Folders;
use serde_json::{Value, json};
use station::clock::FixedClock;
use station::machine::{Facts, Folder, Machine, Moment};
use station::{ApiError, Caller, Opening, Station};

use crate::server::TestHub;

/// Monday 23 November 2026, 09:42 in Viet Nam: the day before a holiday.
pub const NOW: &str = "2026-11-23T09:42:00+07:00";

static MIGRATIONS: include_dir::Dir<'static> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/../migrations/station");

pub fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(NOW).unwrap().to_utc()
}

/// A PC that says nothing of itself, and so nothing against a folder that was copied to it.
struct Mute;

impl Machine for Mute {
    fn facts(&self) -> Facts {
        Facts::default()
    }

    fn moment(&self) -> Option<Moment> {
        None
    }

    fn folder(&self, _: &Path) -> Folder {
        Folder::default()
    }
}

pub struct TestStation {
    pub folders: Folders,
    name: &'static str,
    now: Option<DateTime<Utc>>,
    mute: bool,
    station: Option<Arc<Station>>,
}

impl TestStation {
    /// A counter that nobody enrolled yet. Its name goes into the identities of its requests.
    pub fn named(name: &'static str) -> Self {
        Self::at(name, Folders::new().unwrap(), Some(now()))
    }

    /// A counter with the machine's own clock, for talks with a real server.
    pub fn today(name: &'static str) -> Self {
        Self::at(name, Folders::new().unwrap(), None)
    }

    /// A counter on folders that are there already.
    pub fn at(name: &'static str, folders: Folders, now: Option<DateTime<Utc>>) -> Self {
        let mut it = Self {
            folders,
            name,
            now,
            mute: false,
            station: None,
        };
        it.open();
        it
    }

    /// A counter on a copy of a whole image, key folder and all, on a PC that nothing tells from the
    /// first one: no seal can see that.
    pub fn image(name: &'static str, folders: Folders) -> Self {
        let mut it = Self {
            folders,
            name,
            now: Some(now()),
            mute: true,
            station: None,
        };
        it.open();
        it
    }

    /// A counter enrolled with a hub.
    pub fn enrolled(name: &'static str, hub: &TestHub) -> Self {
        let it = Self::named(name);
        it.enrol(hub);
        it
    }

    pub fn enrol(&self, hub: &TestHub) {
        let answer = self.call("enrol", &hub.enrolment());
        assert_eq!(answer["agency"]["code"], "H99.128");
        assert_eq!(answer["first_talk"], Value::Null);
    }

    pub fn opening(&self) -> Opening {
        Opening {
            data: self.folders.data.clone(),
            keys: Some(self.folders.keys.clone()),
            now: self.now,
        }
    }

    pub fn open(&mut self) {
        let opening = self.opening();
        let opened = if self.mute {
            let (clock, entropy) = (Box::new(FixedClock(now())), Box::new(vault::OsEntropy));
            Station::open_on(&opening, clock, entropy, Box::new(Mute))
        } else {
            Station::open(&opening)
        };
        self.station = Some(opened.unwrap());
    }

    pub fn close(&mut self) {
        self.station = None;
    }

    pub fn restart(&mut self) {
        self.close();
        self.open();
    }

    pub fn station(&self) -> &Arc<Station> {
        self.station.as_ref().unwrap()
    }

    pub fn attempt(&self, command: &str, request: &Value) -> station::Result<Value> {
        self.station().call(&Caller::Headless(None), command, request.clone())
    }

    /// A command that must succeed.
    pub fn call(&self, command: &str, request: &Value) -> Value {
        self.attempt(command, request)
            .unwrap_or_else(|error| panic!("{command}: {error} {error:?}"))
    }

    /// A command that must be refused with this code and a sentence for people.
    pub fn refusal(&self, command: &str, request: &Value, code: &str) -> ApiError {
        let error = match self.attempt(command, request) {
            Ok(answer) => panic!("{command} took what it must refuse with {code}: {answer}"),
            Err(error) => error,
        };
        assert_eq!(error.code.as_str(), code, "{command}: {error}");
        let words = station::words(&error);
        let spoken = words.ends_with('.') && !words.contains(['{', '}']) && !words.is_ascii();
        assert!(spoken, "{code} says {words:?}");
        error
    }

    /// The request with which person `number` of this counter is taken in.
    pub fn request(&self, number: usize) -> Value {
        reception(self.name, number)
    }

    pub fn register(&self, number: usize) -> Value {
        self.call("register", &self.request(number))
    }

    /// Takes people in and says which codes they were given.
    pub fn register_all(&self, numbers: std::ops::Range<usize>) -> Vec<String> {
        numbers.map(|number| text(&self.register(number)["code"])).collect()
    }

    pub fn attach(&self, code: &str, bytes: &[u8]) -> Value {
        self.call("attach", &attachment(code, bytes))
    }

    pub fn show(&self, code: &str) -> Value {
        self.call("show", &json!({"code": code}))
    }

    /// Codes of the dossiers that a search finds.
    pub fn find(&self, words: &str) -> Vec<String> {
        let found = self.call("find", &json!({"text": words, "limit": 100}));
        found["dossiers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| text(&one["code"]))
            .collect()
    }

    /// Every byte is as it was written, and this many dossiers are here.
    pub fn is_whole(&self, dossiers: usize) {
        let answer = self.call("verify", &json!({}));
        assert_eq!((&answer["chain"], &answer["problems"]), (&json!("ok"), &json!([])));
        assert_eq!(answer["dossiers"], dossiers);
    }

    /// The readable tables, made again from the log, are what they were.
    pub fn is_as_its_log(&mut self) {
        self.close();
        let live = self.database(tables);
        self.database(|db| db.execute(include_str!("of_an_older_program.sql"), []).unwrap());
        self.restart();
        self.close();
        assert_eq!(live, self.database(tables));
        self.open();
    }

    /// Works on the database itself while no program has it.
    pub fn database<T>(&self, work: impl FnOnce(&rusqlite::Connection) -> T) -> T {
        assert!(self.station.is_none(), "close the counter first");
        database(&self.folders, work)
    }
}

fn tables(db: &rusqlite::Connection) -> Vec<String> {
    let mut statement = db.prepare(include_str!("tables.sql")).unwrap();
    let rows = statement.query_map([], |row| row.get("line")).unwrap();
    rows.map(Result::unwrap).collect()
}

/// Works on a counter's database while no program has it.
pub fn database<T>(folders: &Folders, work: impl FnOnce(&rusqlite::Connection) -> T) -> T {
    let keys = vault::KeyRing::open(&folders.data, &folders.keys).unwrap();
    let opened = vault::Database::open(&folders.data, "station.db", keys.database_key(), &MIGRATIONS, "test");
    work(&opened.unwrap().writer().unwrap())
}

/// Certified copies for an invented person: same procedure, everybody's own name and numbers.
pub fn reception(counter: &str, number: usize) -> Value {
    json!({
        "request_id": format!("{counter}-{number}"),
        "procedure": "2.000815",
        "applicant": {
            "name": format!("Nguyễn Thị Mẫu {}", word(number)),
            "id_number": id_number(number),
            "birth_date": "1990-03-05",
            "gender": "female",
            "address": "Thôn Thử Nghiệm, Xã Mẫu",
            "phone": format!("0900{number:06}"),
        },
        "components": [{"no": 2, "state": "original", "count": 1}],
    })
}

/// An identity number nobody has: 099 is not allocated.
pub fn id_number(number: usize) -> String {
    format!("099190{number:06}")
}

/// A word for a number: names have no digits.
fn word(number: usize) -> String {
    let digits = number.to_string().into_bytes();
    let letters = digits.into_iter().map(|digit| char::from(digit - b'0' + b'a'));
    "Q".chars().chain(letters).collect()
}

/// The request that attaches bytes to the copies handed in.
pub fn attachment(code: &str, bytes: &[u8]) -> Value {
    use base64::Engine as _;
    json!({"code": code, "component": 2, "base64": base64::engine::general_purpose::STANDARD.encode(bytes)})
}

pub fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no text"))
        .to_owned()
}
