//! A day at the till: what is taken, counted, closed, and what comes after.

use std::sync::Arc;

use chrono::DateTime;
use serde_json::{Value, json};

use crate::{ApiError, Caller, Opening, Station};

struct Till {
    _folder: tempfile::TempDir,
    opening: Opening,
    station: Arc<Station>,
}

fn opened(folder: &tempfile::TempDir, now: &str) -> (Opening, Arc<Station>) {
    let opening = Opening {
        now: Some(DateTime::parse_from_rfc3339(now).unwrap().to_utc()),
        ..Opening::within(folder.path())
    };
    let station = Station::open(&opening).unwrap();
    (opening, station)
}

impl Till {
    /// Friday 20 November 2026, with two officers.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (opening, station) = opened(&folder, "2026-11-20T16:30:00+07:00");
        let it = Self {
            _folder: folder,
            opening,
            station,
        };
        for name in ["Ngô Bảo Mẫu", "Lò Thị Thử"] {
            it.by(None, "officer-add", json!({"name": name, "pin": "246810"}))
                .unwrap();
        }
        it
    }

    fn at(self, now: &str) -> Self {
        let Self {
            _folder,
            opening,
            station,
        } = self;
        drop((opening, station));
        let (opening, station) = opened(&_folder, now);
        Self {
            _folder,
            opening,
            station,
        }
    }

    fn by(&self, officer: Option<&str>, command: &str, request: Value) -> Result<Value, ApiError> {
        self.station
            .call(&Caller::Headless(officer.map(str::to_owned)), command, request)
    }

    fn call(&self, command: &str, request: Value) -> Value {
        self.by(Some("Ngô Bảo Mẫu"), command, request).unwrap()
    }

    fn refused(&self, command: &str, request: Value) -> ApiError {
        let error = self.by(Some("Ngô Bảo Mẫu"), command, request).unwrap_err();
        let words = error.words();
        assert!(words.ends_with('.') && !words.contains(['{', '}']), "{words}");
        error
    }

    /// A dossier that owes this much.
    fn owing(&self, request: &str, dong: i64) -> String {
        let answer = self.call(
            "register",
            json!({"request_id": request, "procedure": "2.000815",
                "applicant": {"kind": "person", "name": "Nguyễn Thị Mẫu"},
                "fees": [{"name": "Chứng thực bản sao", "amount": dong}]}),
        );
        answer["code"].as_str().unwrap().to_owned()
    }

    fn pays(&self, code: &str, amount: i64, method: &str) -> Value {
        self.call("payment", json!({"code": code, "amount": amount, "method": method}))
    }

    fn rebuilt(&self) {
        self.station.store.write(crate::project::rebuild).unwrap();
    }
}

#[test]
fn payments_add_up_and_none_exceeds_what_is_owed() {
    let till = Till::new();
    let code = till.owing("a", 20_000);
    assert_eq!(
        till.refused("payment", json!({"code": code, "amount": 0, "method": "cash"}))
            .code
            .as_str(),
        "INVALID_AMOUNT"
    );
    assert_eq!(
        till.refused("payment", json!({"code": code, "amount": -5, "method": "cash"}))
            .code
            .as_str(),
        "INVALID_AMOUNT"
    );
    assert_eq!(
        till.refused("payment", json!({"code": code, "amount": "5 USD", "method": "cash"}))
            .code
            .as_str(),
        "BAD_REQUEST"
    );
    let first = till.pays(&code, 15_000, "cash");
    assert_eq!(
        (&first["total_paid"], &first["remaining"]),
        (&json!(15_000), &json!(5_000))
    );
    let over = till.refused("payment", json!({"code": code, "amount": 5_001, "method": "cash"}));
    assert_eq!(
        (over.code.as_str(), over.detail["due"].as_str()),
        ("OVERPAID", "5.000 đ")
    );
    let paper = json!({"code": code, "amount": 5_000, "method": "transfer", "paper": " 0000128 "});
    assert_eq!(till.call("payment", paper.clone())["remaining"], 0);
    assert_eq!(till.refused("payment", paper).code.as_str(), "NOTHING_DUE");
    let shown = till.call("show", json!({"code": code}));
    assert_eq!(
        (&shown["money"], &shown["charged"], &shown["paid"]),
        (&json!("paid"), &json!(20_000), &json!(20_000))
    );
    let words: Vec<&str> = shown["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["words"].as_str().unwrap())
        .collect();
    assert!(words.contains(&"Đã thu 15.000 đ tiền mặt"), "{words:?}");
    assert!(
        words.contains(&"Đã thu 5.000 đ chuyển khoản, biên lai số 0000128"),
        "{words:?}"
    );
    let nobody = till.by(None, "payment", json!({"code": code, "amount": 1, "method": "cash"}));
    assert_eq!(nobody.unwrap_err().code.as_str(), "NOT_SIGNED_IN");
}

#[test]
fn a_day_is_counted_by_officer_and_closed_once() {
    let till = Till::new();
    assert_eq!(till.refused("cash-close", json!({})).code.as_str(), "NOTHING_TO_CLOSE");
    let (one, two) = (till.owing("a", 20_000), till.owing("b", 8_000));
    till.pays(&one, 20_000, "cash");
    till.pays(&two, 1_000, "transfer");
    let other = json!({"code": two, "amount": 7_000, "method": "cash"});
    till.by(Some("Lò Thị Thử"), "payment", other).unwrap();
    let day = till.call("cash-day", json!({}));
    assert_eq!(day["day"], "2026-11-20");
    let officers = day["officers"].as_array().unwrap();
    assert_eq!(officers.len(), 2);
    let own = officers.iter().find(|it| it["name"] == "Ngô Bảo Mẫu").unwrap();
    assert_eq!(
        (&own["cash"], &own["transfer"], &own["total"]),
        (&json!(20_000), &json!(1_000), &json!(21_000))
    );
    assert_eq!(
        (&own["words"], &own["closed_at"]),
        (&json!("Hai mươi mốt nghìn đồng"), &Value::Null)
    );
    assert_eq!(own["payments"][0]["applicant_name"], "Nguyễn Thị Mẫu");
    assert_eq!(own["payments"][0]["code"], one.as_str());
    let closed = till.call("cash-close", json!({"day": "2026-11-20"}));
    assert_eq!(
        closed,
        json!({"count": 2, "total": 21_000, "words": "Hai mươi mốt nghìn đồng"})
    );
    let twice = till.refused("cash-close", json!({}));
    assert_eq!(
        (twice.code.as_str(), twice.detail["at"].as_str()),
        ("CASH_CLOSED_ALREADY", "16:30 20/11/2026")
    );
    assert_eq!(
        till.refused("cash-close", json!({"day": "2026-11-21"})).code.as_str(),
        "DAY_NOT_YET"
    );
    assert_eq!(
        till.refused("cash-day", json!({"day": "20/11/2026"})).code.as_str(),
        "INVALID_DATE"
    );
    // The other officer's till is their own to close.
    let theirs = till.by(Some("Lò Thị Thử"), "cash-close", json!({})).unwrap();
    assert_eq!((&theirs["count"], &theirs["total"]), (&json!(1), &json!(7_000)));
}

#[test]
fn what_comes_after_the_close_is_counted_with_the_next_working_day() {
    let till = Till::new();
    let code = till.owing("a", 20_000);
    assert_eq!(till.pays(&code, 5_000, "cash")["till"], "2026-11-20");
    till.call("cash-close", json!({}));
    let late = till.pays(&code, 10_000, "cash");
    assert_eq!(late["till"], "2026-11-23", "the Monday");
    assert_eq!(
        late["notice"],
        "Quỹ ngày 20/11/2026 của anh chị đã chốt, khoản này được tính vào quỹ ngày 23/11/2026."
    );
    let before = till.call("cash-day", json!({}));
    assert_eq!(before["officers"][0]["total"], 5_000, "a closed day keeps its figures");
    let next = till.call("cash-day", json!({"day": "2026-11-23"}));
    assert_eq!(
        next["officers"][0]["total"], 10_000,
        "what came late can be looked at already"
    );
    assert_eq!(
        till.refused("cash-day", json!({"day": "2026-11-24"})).code.as_str(),
        "DAY_NOT_YET"
    );
    till.rebuilt();
    assert_eq!(till.call("cash-day", json!({})), before, "made again from the log");
    let till = till.at("2026-11-23T08:00:00+07:00");
    till.pays(&code, 5_000, "cash");
    let monday = till.call("cash-day", json!({}));
    assert_eq!(
        (&monday["officers"][0]["total"], &monday["officers"][0]["closed_at"]),
        (&json!(15_000), &Value::Null)
    );
    assert_eq!(till.call("cash-close", json!({}))["count"], 2);
    till.rebuilt();
    assert_eq!(
        till.call("cash-day", json!({}))["officers"][0]["closed_at"],
        "2026-11-23T08:00:00+07:00"
    );
    assert_eq!(till.call("verify", json!({}))["chain"], "ok");
}
