//! What is promised follows the catalogue as it stands that day, and says why; what was promised stays.

use serde_json::{Value, json};

use crate::counter::{TestStation, text};

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
