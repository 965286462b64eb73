//! A rule changes: written at one counter, published by the hub, in force at all of them by itself,
//! and nothing that was promised before is touched.

use serde_json::{Value, json};

use crate::counter::{TestStation, text};
use crate::server::TestHub;

const CODE: &str = "1.001193";

fn rule(counter: &TestStation) -> Value {
    counter.call("rule", &json!({"kind": "procedure", "key": CODE}))
}

fn registered(counter: &TestStation, number: usize) -> Value {
    let mut request = counter.request(number);
    request["procedure"] = json!(CODE);
    request.as_object_mut().unwrap().remove("components");
    request.as_object_mut().unwrap().remove("fees");
    request.as_object_mut().unwrap().remove("case");
    counter.call("register", &request)
}

/// A new version of one procedure and a year with one more day off, as one signed file.
fn written(author: &TestStation) -> String {
    let mut data = rule(author)["data"].clone();
    data["cases"][0]["limit"] = json!({"kind": "working_days", "amount": 9});
    data["cases"][0].as_object_mut().unwrap().remove("committed");
    let basis = "QĐ 7/QĐ-UBND";
    let request = json!({"kind": "procedure", "key": CODE, "data": data, "basis": basis});
    let version = author.call("rule-save", &request)["version"].clone();
    author.call(
        "rule-approve",
        &json!({"kind": "procedure", "key": CODE, "version": version, "basis": basis}),
    );
    let calendar = dossier::calendar::Calendar::embedded_text();
    let calendar = format!("{calendar}\nday | 2026-11-27 | holiday | official | Nghỉ thử | Thông báo thử\n");
    let request = json!({"kind": "calendar", "key": "national", "data": {"text": calendar}, "basis": "Thông báo thử"});
    let version = author.call("rule-save", &request)["version"].clone();
    author.call(
        "rule-approve",
        &json!({"kind": "calendar", "key": "national", "version": version, "basis": "Thông báo thử"}),
    );
    let path = author.folders.data.parent().unwrap().join("rules.json");
    author.call(
        "rules-export",
        &json!({"path": path, "kinds": ["procedure", "calendar"]}),
    );
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn rules_come_down_and_dossiers_keep_theirs() {
    let hub = TestHub::start();
    let author = TestStation::named("tinh");
    let counters = [TestStation::enrolled("an", &hub), TestStation::enrolled("binh", &hub)];
    let old = registered(&counters[0], 1);
    let before = counters[0].show(&text(&old["code"]));
    hub.publish(&written(&author));
    for counter in &counters {
        assert_ne!(rule(counter)["source"], "hub");
        counter.call("sync", &json!({}));
        let line = rule(counter);
        assert_eq!(
            (&line["source"], &line["current"]),
            (&json!("hub"), &json!(true)),
            "{line}"
        );
        let told = counter.call("sync-status", &json!({}))["rules"].clone();
        assert_eq!(
            (&told[0]["number"], &told[0]["refused"]),
            (&json!(1), &json!([])),
            "{told}"
        );
    }
    let after = counters[0].show(&text(&old["code"]));
    for kept in ["procedure", "due_at", "trace", "limit_words", "components", "fees"] {
        assert_eq!(after[kept], before[kept], "{kept}");
    }
    let new = registered(&counters[1], 2);
    let shown = counters[1].show(&text(&new["code"]));
    assert_eq!(shown["limit_words"], "09 ngày làm việc");
    assert!(shown["trace"].to_string().contains("Nghỉ thử"), "{}", shown["trace"]);
    // A set is met once; what is up there is whole, with the events of what came into force.
    for counter in &counters {
        let first = counter.call("sync", &json!({}));
        assert_eq!(counter.call("sync", &json!({})), first);
        counter.is_whole(counter.find("").len());
    }
    hub.whole();
}

#[test]
fn a_hub_that_comes_back_hands_down_what_was_missed() {
    let mut hub = TestHub::start();
    let (author, counter) = (TestStation::named("tinh"), TestStation::enrolled("an", &hub));
    hub.publish(&written(&author));
    hub.stop();
    counter.refusal("sync", &json!({}), "HUB_UNREACHABLE");
    assert_ne!(rule(&counter)["source"], "hub");
    hub.open();
    counter.call("sync", &json!({}));
    assert_eq!(rule(&counter)["source"], "hub");
}

#[test]
fn where_the_province_numbers_no_number_is_given_by_sync() {
    let hub = TestHub::start();
    let counter = TestStation::enrolled("an", &hub);
    let mut data = counter.call("rule", &json!({"kind": "agency", "key": "H99.128"}))["data"].clone();
    data["numbering"] = json!("external");
    let request = json!({"kind": "agency", "key": "H99.128", "data": data, "basis": "QĐ 3/QĐ-UBND"});
    let version = counter.call("rule-save", &request)["version"].clone();
    counter.call(
        "rule-approve",
        &json!({"kind": "agency", "key": "H99.128", "version": version, "basis": "QĐ 3/QĐ-UBND"}),
    );
    let code = text(&counter.register(1)["code"]);
    assert!(code.starts_with("TAM-"), "{code}");
    counter.call("sync", &json!({}));
    assert_eq!(counter.show(&code)["code_kind"], "temporary");
}
