//! What is promised follows the catalogue as it stands that day, and says why; what was promised stays.

use serde_json::{Value, json};

use crate::counter::{TestStation, text};
use crate::server::TestHub;

const CODE: &str = "1.004873";

/// Saves and approves a changed version of a procedure.
fn approve(counter: &TestStation, change: impl FnOnce(&mut Value)) {
    let key = json!({"kind": "procedure", "key": CODE});
    let mut data = counter.call("rule", &key)["data"].clone();
    change(&mut data);
    let basis = "Quyết định 15/QĐ-UBND của Chủ tịch UBND xã Mẫu";
    let saved = counter.call(
        "rule-save",
        &json!({"kind": "procedure", "key": CODE, "data": data, "basis": basis}),
    );
    let draft = json!({"kind": "procedure", "key": CODE, "version": saved["version"], "basis": basis});
    counter.call("rule-approve", &draft);
}

fn register(counter: &TestStation, number: usize, alternative: Option<&str>) -> Value {
    let mut request = counter.request(number);
    request["procedure"] = json!(CODE);
    request["components"] = json!([]);
    if let Some(alternative) = alternative {
        request["alternative"] = json!(alternative);
    }
    counter.call("register", &request)
}

fn trace(counter: &TestStation, registered: &Value) -> String {
    let shown = counter.show(&text(&registered["code"]));
    let trace = shown["trace"].as_array().unwrap_or_else(|| panic!("{shown}"));
    trace.iter().map(text).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_commitment_is_promised_and_the_law_named_beside_it() {
    let counter = TestStation::named("commitment");
    let before = register(&counter, 1, None);
    approve(&counter, |data| {
        data["cases"][0]["committed"] = json!({"kind": "working_days", "amount": 2});
        data["cases"][0]["alternatives"] =
            json!([{"id": "xac-minh", "name": "Cần xác minh", "limit": {"kind": "working_days", "amount": 20}}]);
    });
    let after = register(&counter, 2, None);
    let checked = register(&counter, 3, Some("xac-minh"));
    // 24/11/2026 is a holiday.
    let due = |answer: &Value| text(&answer["due_at"]).chars().take(10).collect::<String>();
    assert_eq!(
        [&before, &after, &checked].map(due),
        ["2026-11-27", "2026-11-26", "2026-12-22"]
    );
    let why = trace(&counter, &after);
    assert!(
        why.contains("3 ngày làm việc") && why.contains("2 ngày làm việc"),
        "{why}"
    );
    assert!(trace(&counter, &checked).contains("Cần xác minh"));
    // The dossier in hand keeps what it was promised.
    assert_eq!(due(&counter.show(&text(&before["code"]))), "2026-11-27");
    counter.refusal(
        "promise",
        &json!({"procedure": CODE, "alternative": "khong-co"}),
        "UNKNOWN_CASE",
    );
    counter.is_whole(3);
}

/// Everything a promise can go through after reception, on the counter and above.
#[test]
fn a_promise_that_moved_is_the_same_above() {
    let hub = TestHub::start();
    let counter = TestStation::enrolled("an", &hub);
    let common = text(&register(&counter, 1, None)["code"]);
    let mut request = counter.request(2);
    request["linked"] = json!({"parent": common});
    let part = text(&counter.call("register", &request)["code"]);
    let ask = json!({"code": common, "items": ["Tờ khai có chữ ký"], "reason": "Tờ khai chưa ký"});
    counter.call("ask-supplement", &ask);
    counter.refusal("ask-supplement", &ask, "SUPPLEMENT_ASKED_ALREADY");
    let came = counter.call("take-supplement", &json!({"code": common}));
    assert!(came["trace"].as_array().unwrap().len() > 1, "{came}");
    let later = json!({"code": common, "new_date": "2026-12-07", "reason": "Chờ xác minh"});
    counter.call("extend", &later);
    counter.refusal("extend", &later, "EXTENDED_ALREADY");
    let told = counter.show(&common);
    assert_eq!(told["due_at"], "2026-12-07T17:00:00+07:00");
    assert_eq!(told["group"]["due_at"], told["due_at"]);
    let sent = counter.call("sync", &json!({}));
    assert_eq!((&sent["waiting"], &sent["refused"]), (&json!(0), &json!(0)), "{sent}");
    let durable = counter.show(&common);
    assert_eq!(
        (&durable["durable"], &durable["disputed"]),
        (&json!(true), &json!([])),
        "the hub folds the same dossier"
    );
    assert_eq!(
        (&durable["due_at"], &durable["trace"]),
        (&told["due_at"], &told["trace"])
    );
    assert_eq!(counter.show(&part)["group"], durable["group"]);
    counter.is_whole(2);
    assert_eq!(hub.whole().0, 2);
}
