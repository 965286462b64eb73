//! A printed promise and what may move it: a supplement under each policy, one extension, and the
//! refusals in between. The dates are rows 12 and 13 of the reference table.

mod extension;
mod supplement;

use std::sync::Arc;

use chrono::DateTime;
use serde_json::{Value, json};

use crate::{ApiError, Caller, Opening, Station};

/// A procedure of one case, ten working days.
const CODE: &str = "1.004873";
pub(crate) const RECEIVED: &str = "2026-11-02T09:00:00+07:00";
pub(crate) const ASKED: &str = "2026-11-05T10:00:00+07:00";
pub(crate) const ANSWERED: &str = "2026-11-16T09:00:00+07:00";

/// A counter whose clock stands still until it is set.
pub(crate) struct Desk {
    _folder: tempfile::TempDir,
    opening: Opening,
    pub(crate) station: Arc<Station>,
}

impl Desk {
    /// On Monday 2 November 2026, with this policy for waiting.
    pub(crate) fn new(waiting: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let opening = Opening {
            now: Some(DateTime::parse_from_rfc3339(RECEIVED).unwrap().to_utc()),
            ..Opening::within(folder.path())
        };
        let desk = Self {
            _folder: folder,
            station: Station::open(&opening).unwrap(),
            opening,
        };
        desk.rules(waiting);
        desk
    }

    fn rules(&self, waiting: &str) {
        let key = json!({"kind": "procedure", "key": CODE});
        let mut data = self.call("rule", &key)["data"].clone();
        data["cases"][0]["limit"] = json!({"kind": "working_days", "amount": 10});
        data["cases"][0].as_object_mut().unwrap().remove("committed");
        data["cases"][0]["waiting"] = json!(waiting);
        let basis = "Quyết định 15/QĐ-UBND của UBND xã Mẫu";
        let saved = self.call(
            "rule-save",
            &json!({"kind": "procedure", "key": CODE, "data": data, "basis": basis}),
        );
        self.call(
            "rule-approve",
            &json!({"kind": "procedure", "key": CODE, "version": saved["version"], "basis": basis}),
        );
    }

    /// The same counter at another time.
    pub(crate) fn at(mut self, now: &str) -> Self {
        self.opening.now = Some(DateTime::parse_from_rfc3339(now).unwrap().to_utc());
        let Self {
            _folder,
            opening,
            station,
        } = self;
        drop(station);
        let station = Station::open(&opening).unwrap();
        Self {
            _folder,
            opening,
            station,
        }
    }

    pub(crate) fn call(&self, command: &str, request: &Value) -> Value {
        let answer = self.station.call(&Caller::Headless(None), command, request.clone());
        answer.unwrap_or_else(|error| panic!("{command}: {error} {:?}", error.detail))
    }

    /// The refusal, after which nothing was added to the log.
    pub(crate) fn refused(&self, command: &str, request: &Value) -> ApiError {
        let seq = || {
            let row = self.station.author().unwrap().row;
            let position = self.station.store.read(|db| crate::log::position(db, row));
            position.unwrap().seq
        };
        let before = seq();
        let error = self
            .station
            .call(&Caller::Headless(None), command, request.clone())
            .unwrap_err();
        let words = error.words();
        assert!(words.ends_with('.') && !words.contains(['{', '}']), "{words}");
        assert_eq!(seq(), before, "a refusal leaves no trace in the log");
        error
    }

    pub(crate) fn refusal(&self, command: &str, request: &Value) -> String {
        self.refused(command, request).code.as_str().to_owned()
    }

    pub(crate) fn register(&self, request_id: &str) -> String {
        self.registered(request_id, &json!({}))["code"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    pub(crate) fn registered(&self, request_id: &str, more: &Value) -> Value {
        let mut request = json!({"request_id": request_id, "procedure": CODE,
            "applicant": {"kind": "person", "name": "Lò Thị Mẫu", "id_number": "099190000017"},
            "components": [{"no": 1, "state": "missing"}]});
        for (key, value) in more.as_object().unwrap() {
            request[key] = value.clone();
        }
        self.call("register", &request)
    }

    pub(crate) fn show(&self, code: &str) -> Value {
        self.call("show", &json!({"code": code}))
    }

    pub(crate) fn asks(&self, code: &str) -> Value {
        self.call("ask-supplement", &asked(code))
    }

    /// The citizen takes it back.
    pub(crate) fn ends(&self, code: &str) {
        let reason = "Công dân xin rút".to_owned();
        super::change(&self.station, None, code, |_, _, _| {
            Ok(dossier::Fact::Withdrawn { reason: reason.clone() })
        })
        .unwrap();
    }

    pub(crate) fn is_whole(&self) {
        let verified = self.call("verify", &json!({}));
        assert_eq!(
            (&verified["chain"], &verified["problems"]),
            (&json!("ok"), &json!([])),
            "{verified}"
        );
    }
}

pub(crate) fn asked(code: &str) -> Value {
    json!({"code": code, "items": ["Giấy chứng sinh bản chính"], "reason": "Bản sao không đọc được số"})
}

pub(crate) fn words(shown: &Value) -> Vec<String> {
    let events = shown["events"].as_array().unwrap();
    let words = events.iter().map(|event| event["words"].as_str().unwrap());
    words.map(str::to_owned).collect()
}
