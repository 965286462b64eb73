//! The counter's own calls: people are taken in and pages kept while each of them fails once.

use std::collections::BTreeMap;
use std::sync::Arc;

use rig::Folders;
use serde_json::{Value, json};
use station::seal::{self, Standing};
use station::{ApiError, Station};

use super::{kind, nth};
use crate::counter::{District, attachment, call, enrol, must, open, reception};
use crate::disk::Watch;
use crate::report::Report;

/// A counter at work, and what it acknowledged.
struct Counter<'a> {
    report: &'a mut Report,
    watch: Arc<Watch>,
    station: Arc<Station>,
    error: &'static str,
    errno: i32,
    /// The next call of a command to fail. Where a fault was borne without a refusal, the next step of
    /// the same command goes on from there.
    at: BTreeMap<&'static str, u64>,
    acknowledged: Vec<Value>,
}

pub fn walk(report: &mut Report, error: &'static str, errno: i32, events: u64) {
    let district = District::start(Folders::new().unwrap());
    let folders = Folders::new().unwrap();
    let station = open(&folders).unwrap();
    enrol(&station, &district);
    // The key folder too: the mark of the device seal lies there.
    let watch = Watch::begin(folders.data.parent().unwrap());
    let mut counter = Counter {
        report,
        watch: Arc::clone(&watch),
        station,
        error,
        errno,
        at: BTreeMap::new(),
        acknowledged: Vec::new(),
    };
    let (mut written, mut person) = (0, 0);
    // A mark that could not be written refuses nobody: its calls are walked by several registrations.
    while written < events || counter.at["register"] > 1 {
        let answer = counter.step("register", &reception(person));
        let code = answer["code"].as_str().unwrap().to_owned();
        counter.given(&answer);
        counter.acknowledged.push(answer);
        written += 3;
        if person % 3 == 0 {
            let _ = counter.step("attach", &attachment(&code, person));
            written += 1;
        }
        person += 1;
    }
    let Counter {
        station, acknowledged, ..
    } = counter;
    drop(station);
    watch.end();
    afterwards(report, &folders, &acknowledged);
}

impl Counter<'_> {
    /// Until it comes through: its answer.
    fn step(&mut self, command: &'static str, request: &Value) -> Value {
        loop {
            let at = *self.at.entry(command).or_insert(1);
            self.watch.fail(nth(at, self.errno, |file| file != "data/station.db"));
            let answer = call(&self.station, command, request);
            let fired = self.watch.heal();
            self.report.ran += u64::from(fired.is_some());
            if let Some(fired) = &fired {
                self.report.saw(&kind(self.error, fired));
            }
            self.at.insert(command, if fired.is_some() { at + 1 } else { 1 });
            match answer {
                Ok(answer) => return answer,
                Err(error) => self.refused(&error, fired.as_deref()),
            }
            assert!(self.report.broken.len() < 10, "{:#?}", self.report.broken);
        }
    }

    /// A mark that cannot be written costs an official code, and nothing else does; no code comes twice.
    fn given(&mut self, answer: &Value) {
        let why = &answer["code_reason"];
        if answer["code_kind"] != "official" && *why != "SEAL_BROKEN" {
            self.report.broke(format!("a temporary code for {why}: {answer}"));
        }
        if self.acknowledged.iter().any(|before| before["code"] == answer["code"]) {
            self.report.broke(format!("a code given twice: {answer}"));
        }
    }

    fn refused(&mut self, error: &ApiError, fired: Option<&str>) {
        self.report.refused(error, fired);
        let Some(last) = self.acknowledged.last() else { return };
        for (command, request) in [
            ("show", json!({"code": last["code"]})),
            ("find", json!({"text": "mẫu", "limit": 5})),
        ] {
            if let Err(error) = call(&self.station, command, &request) {
                self.report.broke(format!("after {fired:?} {command} says {error}"));
            }
        }
    }
}

/// Opened again, everything is there once, and no file without its row.
pub fn afterwards(report: &mut Report, folders: &Folders, acknowledged: &[Value]) {
    let station = open(folders).unwrap();
    let verified = must(&station, "verify", &json!({}));
    let whole = verified["chain"] == "ok" && verified["dossiers"] == acknowledged.len();
    if !whole {
        report.broke(format!("{} acknowledged: {verified}", acknowledged.len()));
    }
    for (number, answer) in acknowledged.iter().enumerate() {
        if must(&station, "register", &reception(number as u64)) != *answer {
            report.broke(format!("another answer than {answer}"));
        }
    }
    let standing = seal::state(&station).unwrap();
    if matches!(standing, Standing::Broken(_)) {
        report.broke(format!("the seal is {standing:?}"));
    }
    let files = rig::files(&folders.data.join("blobs")).unwrap().len();
    if verified["blobs"] != files {
        report.broke(format!("{files} files: {verified}"));
    }
}
