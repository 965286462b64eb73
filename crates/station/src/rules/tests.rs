//! Versions on one counter: what is in force on which day, and what a dossier in hand keeps.
mod administration;
mod calendars;
mod fees;
mod files;
mod handed_down;
mod versions;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate};
use serde_json::{Value, json};

use super::{RuleKind, RuleSource, State, approve, current, versions};
use crate::error::Code;
use crate::{Caller, Opening, Station};

const CODE: &str = "1.001193";

/// What the shipped catalogue calls its version of [`CODE`]; with a number, the version after it.
fn shipped(number: &str) -> String {
    let all = crate::catalogue::starter().unwrap();
    let (_, data) = all.into_iter().find(|(code, _)| code == CODE).unwrap();
    format!("{}{number}", data["version"].as_str().unwrap())
}

struct Desk {
    _folder: tempfile::TempDir,
    opening: Opening,
    station: Arc<Station>,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let opening = Opening {
            now: Some(
                DateTime::parse_from_rfc3339("2026-11-23T09:42:00+07:00")
                    .unwrap()
                    .to_utc(),
            ),
            ..Opening::within(folder.path())
        };
        let station = Station::open(&opening).unwrap();
        Self {
            _folder: folder,
            opening,
            station,
        }
    }

    /// The same counter on another day.
    fn on(self, now: &str) -> Self {
        let mut opening = self.opening.clone();
        opening.now = Some(DateTime::parse_from_rfc3339(now).unwrap().to_utc());
        drop(self.station);
        let station = Station::open(&opening).unwrap();
        Self {
            station,
            opening,
            ..self
        }
    }

    fn call(&self, command: &str, request: Value) -> Value {
        self.station.call(&Caller::Headless(None), command, request).unwrap()
    }

    fn refusal(&self, command: &str, request: Value) -> Code {
        let done = self.station.call(&Caller::Headless(None), command, request);
        done.unwrap_err().code
    }

    /// Numbers of the day, as a hub would lease them.
    fn lease(&self, count: u32) {
        let block = wire::protocol::Block {
            series: "H99.128".into(),
            day: "2026-11-23".into(),
            from: 1,
            to: count,
        };
        self.station
            .store
            .write(|transaction| crate::numbers::keep(transaction, &block))
            .unwrap();
    }

    fn data(&self) -> Value {
        let found = self
            .station
            .store
            .read(|db| current(db, RuleKind::Procedure, CODE, day("2026-11-23")));
        found.unwrap().unwrap().value().unwrap()
    }

    fn approve(&self, kind: RuleKind, key: &str, data: &Value) -> crate::Result<String> {
        let author = self.station.author().unwrap();
        let now = self.station.now();
        let done = self.station.store.write(|transaction| {
            let deed = self.station.deed(&author, None, now);
            approve(transaction, &deed, kind, key, data, "QĐ 1/QĐ-UBND", RuleSource::Typed)
        });
        self.station.forget_calendar().unwrap();
        done
    }

    fn in_force(&self, on: &str) -> String {
        let found = self
            .station
            .store
            .read(|db| current(db, RuleKind::Procedure, CODE, day(on)));
        found.unwrap().unwrap().version
    }

    fn register(&self, request_id: &str) -> Value {
        self.call(
            "register",
            json!({"request_id": request_id, "procedure": CODE, "applicant": {"kind": "person", "name": "Trần Thị Mẫu"},
                "components": [{"no": 1, "state": "original", "count": 1}]}),
        )
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl Desk {
    fn file(&self, name: &str) -> String {
        self.opening
            .data
            .parent()
            .unwrap()
            .join(name)
            .to_str()
            .unwrap()
            .to_owned()
    }

    fn export(&self, name: &str) -> String {
        let path = self.file(name);
        let answer = self.call("rules-export", json!({"path": path, "kinds": ["procedure", "agency"]}));
        assert!(answer["count"].as_u64().unwrap() > 8, "{answer}");
        path
    }

    fn entry(&self, path: &str) -> Value {
        let file = self.call("rules-import", json!({"path": path}));
        let mut entries = file["entries"].as_array().unwrap().iter();
        entries.find(|entry| entry["key"] == CODE).unwrap().clone()
    }

    fn changed(&self, days: u16) -> Value {
        let mut data = self.data();
        data["cases"][0]["limit"] = json!({"kind": "working_days", "amount": days});
        data
    }
}

/// A sound edition of one later year alone.
fn only_2027() -> String {
    let text = dossier::calendar::Calendar::embedded_text();
    let only = |line: &&str| !line.starts_with("day | 2025") && !line.starts_with("day | 2026");
    let text = text.lines().filter(only).collect::<Vec<_>>().join("\n");
    text.replace("years   | 2025 | 2027", "years   | 2027 | 2027")
}
