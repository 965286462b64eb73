//! Receipts written by hand while the power was out, entered later; clocks that are not believed.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use vault::OsEntropy;
use wire::protocol::Block;

use crate::api::Caller;
use crate::clock::Clock;
use crate::error::Code;
use crate::station::{Opening, Station};
use crate::{Result, numbers};

#[derive(Clone)]
struct Hands(Arc<Mutex<DateTime<Utc>>>);

impl Clock for Hands {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

struct Desk {
    _folder: tempfile::TempDir,
    clock: Hands,
    station: Arc<Station>,
}

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

impl Desk {
    /// Opened on Friday, working on Monday; numbers of both days.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let opening = Opening {
            data: folder.path().join("data"),
            keys: Some(folder.path().join("keys")),
            now: None,
        };
        let clock = Hands(Arc::new(Mutex::new(at("2026-11-20T08:00:00+07:00"))));
        let station = Station::open_with(&opening, Box::new(clock.clone()), Box::new(OsEntropy)).unwrap();
        for (day, to) in [("2026-11-20", 2), ("2026-11-23", 9)] {
            let (series, day) = ("H99.128".into(), day.into());
            let block = Block {
                series,
                day,
                from: 1,
                to,
            };
            station.store.write(|tx| numbers::keep(tx, &block)).unwrap();
        }
        let it = Self {
            _folder: folder,
            clock,
            station,
        };
        it.set("2026-11-23T14:00:00+07:00");
        it
    }

    fn set(&self, now: &str) {
        *self.clock.0.lock().unwrap() = at(now);
    }

    fn register(&self, id: &str, more: &Value) -> Result<Value> {
        let mut request = json!({
            "request_id": id, "procedure": "2.000815",
            "applicant": {"name": "Trần Thị Mẫu", "id_number": "099190000001"},
        });
        request
            .as_object_mut()
            .unwrap()
            .append(&mut more.as_object().unwrap().clone());
        self.station.call(&Caller::Headless(None), "register", request)
    }

    fn late(&self, id: &str, at: &str) -> Result<Value> {
        self.register(id, &json!({"received_at": at, "late_reason": "Mất điện từ 9 giờ."}))
    }
}

#[test]
fn a_late_entry_counts_from_its_own_hour_and_has_a_number_of_its_own_day() {
    let desk = Desk::new();
    let now = desk.register("now", &json!({})).unwrap();
    assert_eq!(now["code"], "H99.128-261123-0001");
    let answer = desk.late("late", "2026-11-20T09:10:00+07:00").unwrap();
    assert_eq!(answer["code"], "H99.128-261120-0001");
    assert_eq!(answer["received_at"], "2026-11-20T09:10:00+07:00");
    assert!(at(answer["due_at"].as_str().unwrap()) < at(now["due_at"].as_str().unwrap()));
    assert_eq!(desk.late("late", "2026-11-20T09:10:00+07:00").unwrap(), answer);
    let shown = desk
        .station
        .call(&Caller::Headless(None), "show", json!({"code": answer["code"]}))
        .unwrap();
    let event = &shown["events"][0];
    assert_eq!(event["at"], "2026-11-23T14:00:00+07:00");
    let words = event["words"].as_str().unwrap();
    assert!(
        words.contains("09:10 20/11/2026") && words.contains("Mất điện"),
        "{words}"
    );
}

#[test]
fn without_a_number_of_that_day_the_code_is_temporary_and_says_why() {
    let desk = Desk::new();
    for id in ["a", "b"] {
        assert_eq!(
            desk.late(id, "2026-11-20T09:10:00+07:00").unwrap()["code_kind"],
            "official"
        );
    }
    let answer = desk.late("c", "2026-11-20T09:10:00+07:00").unwrap();
    // Nobody enrolled this counter; with a hub it would say NO_LEASE.
    assert_eq!(
        (&answer["code_kind"], &answer["code_reason"]),
        (&json!("temporary"), &json!("NOT_ENROLLED"))
    );
    assert_eq!(desk.register("d", &json!({})).unwrap()["code"], "H99.128-261123-0001");
}

#[test]
fn what_cannot_be_a_late_entry_is_refused_at_its_field() {
    let desk = Desk::new();
    for (when, code) in [
        ("2026-11-23T14:00:01+07:00", Code::ReceivedLaterThanNow),
        ("2026-11-19T09:10:00+07:00", Code::ReceivedTooLongAgo),
        ("2016-11-20T09:10:00+07:00", Code::ReceivedTooLongAgo),
        ("hôm qua", Code::InvalidDate),
    ] {
        let error = desk.late("x", when).unwrap_err();
        assert_eq!(
            (error.code, error.field.as_deref()),
            (code, Some("received_at")),
            "{when}"
        );
        assert!(!error.words().contains('{'), "{}", error.words());
    }
    let error = desk
        .register("x", &json!({"received_at": "2026-11-23T09:00:00+07:00"}))
        .unwrap_err();
    assert_eq!(
        (error.code, error.field.as_deref()),
        (Code::ReasonRequired, Some("late_reason"))
    );
    let error = desk.register("x", &json!({"late_reason": "Mất điện"})).unwrap_err();
    assert_eq!(
        (error.code, error.field.as_deref()),
        (Code::MissingField, Some("received_at"))
    );
}

#[test]
fn a_clock_set_back_gives_temporary_codes_until_it_is_right() {
    let desk = Desk::new();
    assert_eq!(desk.register("a", &json!({})).unwrap()["code_kind"], "official");
    for now in [
        "2026-11-20T15:00:00+07:00",
        "2016-01-01T00:00:00+07:00",
        "1970-01-01T00:00:00Z",
    ] {
        desk.set(now);
        let answer = desk.register(now, &json!({})).unwrap();
        assert_eq!(answer["code_reason"], "CLOCK_IMPLAUSIBLE", "{answer}");
        // The last instant that is known is nearer to the truth than this clock.
        assert_eq!(answer["received_at"], "2026-11-23T14:00:00+07:00");
    }
    desk.set("2026-11-23T16:00:00+07:00");
    assert_eq!(desk.register("b", &json!({})).unwrap()["code"], "H99.128-261123-0002");
}

/// A clock that counts how often it is looked at.
struct Counting(Arc<AtomicU32>);

impl Clock for Counting {
    fn now(&self) -> DateTime<Utc> {
        self.0.fetch_add(1, Ordering::SeqCst);
        at("2026-11-23T23:59:59+07:00")
    }
}

#[test]
fn both_clocks_are_read_once_for_a_registration() {
    let folder = tempfile::tempdir().unwrap();
    let opening = Opening::within(folder.path());
    let looks = Arc::new(AtomicU32::new(0));
    let clock = Box::new(Counting(Arc::clone(&looks)));
    let station = Station::open_with(&opening, clock, Box::new(OsEntropy)).unwrap();
    let request = json!({"request_id": "r-1", "procedure": "2.000815",
        "applicant": {"kind": "person", "name": "Lò Thị Mẫu"}});
    let request = serde_json::from_value(request).unwrap();
    let before = looks.load(Ordering::SeqCst);
    super::register(&station, None, &request).unwrap();
    assert_eq!(looks.load(Ordering::SeqCst) - before, 1);
}
