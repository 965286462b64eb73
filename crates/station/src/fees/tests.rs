//! The fees command over the rules in force, and the mark of what nobody approved.

use chrono::DateTime;
use serde_json::{Value, json};

use crate::error::Code;
use crate::rules::{RuleKind, RuleSource, approve};
use crate::{ApiError, Caller, Opening, Station};

const RESIDENCE: &str = "1.004222";

fn rules() -> Value {
    let vneid = json!({"id": "vneid", "name": "Có tài khoản định danh mức 2", "basis": "Thông tư 117/2026/TT-BTC",
        "when": "claimed", "change": "free", "valid_from": "2026-08-15", "valid_to": "2027-02-28"});
    let online = json!({"id": "truc-tuyen", "name": "Nộp trực tuyến", "basis": "Thông tư 75/2022/TT-BTC",
        "when": "online", "change": {"amount": 10_000}});
    json!({"code": RESIDENCE, "name": "Đăng ký thường trú", "field": "Cư trú", "version": "mau", "basis": "Mẫu",
        "needs_approval": false, "components": [],
        "cases": [{"id": "le", "name": "Từng người", "limit": {"kind": "working_days", "amount": 7}},
                  {"id": "tinh", "name": "Theo mức của tỉnh", "limit": {"kind": "working_days", "amount": 7}}],
        "fees": [{"id": "thuong-tru", "name": "Lệ phí cư trú", "basis": "Thông tư 75/2022/TT-BTC", "per": {"case": 20_000},
                  "cases": ["le"], "reductions": [online, vneid]},
                 {"id": "tinh", "name": "Phí của tỉnh", "basis": "Luật Phí và lệ phí", "per": "unset", "cases": ["tinh"]}]})
}

fn station_on(folder: &tempfile::TempDir, now: &str) -> std::sync::Arc<Station> {
    Station::open(&Opening {
        now: Some(DateTime::parse_from_rfc3339(now).unwrap().to_utc()),
        ..Opening::within(folder.path())
    })
    .unwrap()
}

fn put(station: &Station, kind: RuleKind, key: &str, data: &Value) -> Result<String, ApiError> {
    let (author, now) = (station.author().unwrap(), station.now());
    station.store.write(|transaction| {
        let deed = station.deed(&author, None, now);
        approve(transaction, &deed, kind, key, data, "QĐ 1/QĐ-UBND", RuleSource::Typed)
    })
}

fn fees(station: &Station, request: Value) -> Result<Value, ApiError> {
    station.call(&Caller::Headless(None), "fees", request)
}

fn usual(station: &Station, case: &str) -> super::Usual {
    let day = dossier::calendar::civil(station.now()).date();
    let procedure = station
        .store
        .read(|db| crate::catalogue::procedure(db, RESIDENCE, day))
        .unwrap();
    super::usual(&procedure, procedure.case(Some(case)).unwrap(), day, false).unwrap()
}

#[test]
fn money_is_taken_only_by_a_rule_that_can_be_shown() {
    let folder = tempfile::tempdir().unwrap();
    let station = station_on(&folder, "2027-02-28T09:00:00+07:00");
    for (field, value) in [("basis", ""), ("name", " ")] {
        let mut bare = rules();
        bare["fees"][0][field] = json!(value);
        let refused = put(&station, RuleKind::Procedure, RESIDENCE, &bare).unwrap_err();
        assert_eq!(
            (refused.code, refused.field.as_deref()),
            (Code::RuleInvalid, Some(format!("fees[0].{field}").as_str()))
        );
    }
}

#[test]
fn a_rule_its_channel_and_its_exemption_come_out_with_reason_and_words() {
    let folder = tempfile::tempdir().unwrap();
    let station = station_on(&folder, "2027-02-28T09:00:00+07:00");
    put(&station, RuleKind::Procedure, RESIDENCE, &rules()).unwrap();
    let asked = |more: Value| {
        let mut request = json!({"procedure": RESIDENCE});
        request
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        fees(&station, request)
    };
    let counter = asked(json!({})).unwrap();
    assert_eq!(
        (&counter["total"], &counter["words"]),
        (&json!(20_000), &json!("Hai mươi nghìn đồng"))
    );
    assert_eq!(counter["lines"][0]["basis"], "Thông tư 75/2022/TT-BTC");
    assert_eq!(
        counter["reductions"],
        json!([{"id": "vneid", "name": "Có tài khoản định danh mức 2", "basis": "Thông tư 117/2026/TT-BTC"}])
    );
    let online = asked(json!({"channel": "online"})).unwrap();
    assert_eq!(
        (&online["total"], &online["lines"][0]["reason"]),
        (&json!(10_000), &json!("Nộp trực tuyến"))
    );
    let free = asked(json!({"claimed": ["vneid"]})).unwrap();
    assert_eq!((&free["total"], &free["words"]), (&json!(0), &json!("Không đồng")));
    let printed = usual(&station, "tinh");
    assert_eq!(
        (printed.charged.len(), printed.unset),
        (0, vec!["Phí của tỉnh".to_owned()])
    );
    assert_eq!(usual(&station, "le").unset, Vec::<String>::new());
    let unset = asked(json!({"case": "tinh"})).unwrap();
    assert_eq!(
        (&unset["lines"][0]["amount"], &unset["total"]),
        (&Value::Null, &json!(0))
    );
    for (request, code) in [
        (json!({"case": "khac"}), Code::UnknownCase),
        (json!({"copies": 0}), Code::InvalidCount),
        (json!({"pages": 10_000}), Code::InvalidCount),
        (json!({"claimed": ["ho-ngheo"]}), Code::UnknownReduction),
    ] {
        assert_eq!(asked(request).unwrap_err().code, code);
    }
    drop(station);
    let after = station_on(&folder, "2027-03-01T09:00:00+07:00");
    let ended = fees(&after, json!({"procedure": RESIDENCE, "claimed": ["vneid"]}));
    assert_eq!(ended.unwrap_err().code, Code::UnknownReduction, "the exemption ended");
}

fn resolution(amount: &Value) -> Value {
    json!({"number": "15/2026/NQ-HĐND", "authority": "HĐND tỉnh Mẫu", "valid_from": "2026-12-01",
        "amounts": [{"procedure": RESIDENCE, "rule": "tinh", "per": {"copy": amount}}]})
}

#[test]
fn a_resolution_sets_what_the_law_left_open_from_its_day_on() {
    let folder = tempfile::tempdir().unwrap();
    let key = "15/2026/NQ-HĐND";
    let station = station_on(&folder, "2026-11-30T09:00:00+07:00");
    put(&station, RuleKind::Procedure, RESIDENCE, &rules()).unwrap();
    for wrong in [json!("5 USD"), json!("-8.000 đ"), json!(-8_000)] {
        let refused = put(&station, RuleKind::Fees, key, &resolution(&wrong)).unwrap_err();
        assert_eq!(refused.code, Code::RuleInvalid);
        assert!(refused.field.unwrap().starts_with("amounts[0].per"));
    }
    put(&station, RuleKind::Fees, key, &resolution(&json!("8.000 đ"))).unwrap();
    let asked = json!({"procedure": RESIDENCE, "case": "tinh", "copies": 2});
    assert_eq!(
        fees(&station, asked.clone()).unwrap()["lines"][0]["amount"],
        Value::Null
    );
    drop(station);
    let station = station_on(&folder, "2026-12-01T09:00:00+07:00");
    let line = &fees(&station, asked).unwrap()["lines"][0];
    assert_eq!(
        (&line["amount"], &line["basis"]),
        (&json!(16_000), &json!("Nghị quyết 15/2026/NQ-HĐND"))
    );
}

#[test]
fn certified_copies_of_the_starter_catalogue_are_counted_by_page() {
    let folder = tempfile::tempdir().unwrap();
    let station = station_on(&folder, "2026-11-23T09:00:00+07:00");
    let answer = fees(&station, json!({"procedure": "2.000815", "copies": 2, "pages": 3})).unwrap();
    assert_eq!(
        (&answer["total"], &answer["words"]),
        (&json!(10_000), &json!("Mười nghìn đồng"))
    );
}

/// Registers under the online channel without naming fees, and gives the dossier as shown.
fn registered(station: &Station, procedure: &str, channel: &str) -> Value {
    let request = json!({"request_id": format!("{procedure} {channel}"), "procedure": procedure, "channel": channel,
        "applicant": {"kind": "person", "name": "Nguyễn Thị Mẫu"}});
    let answer = station.call(&Caller::Headless(None), "register", request).unwrap();
    station
        .call(&Caller::Headless(None), "show", json!({"code": answer["code"]}))
        .unwrap()
}

#[test]
fn who_says_nothing_of_fees_gets_those_of_the_channel() {
    let folder = tempfile::tempdir().unwrap();
    let station = station_on(&folder, "2026-11-23T09:00:00+07:00");
    put(&station, RuleKind::Procedure, RESIDENCE, &rules()).unwrap();
    assert_eq!(registered(&station, RESIDENCE, "online")["charged"], 10_000);
    let shown = registered(&station, RESIDENCE, "direct");
    assert_eq!(
        (&shown["charged"], &shown["paid"], &shown["procedure"]["needs_approval"]),
        (&json!(20_000), &json!(0), &json!(false))
    );
    assert_eq!(
        registered(&station, "2.000815", "direct")["procedure"]["needs_approval"],
        true
    );
}
