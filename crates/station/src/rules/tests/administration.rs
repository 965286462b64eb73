//! What an administrator does, and who may not.

use serde_json::{Value, json};

use super::*;

/// State of each version of the procedure, the newest first, and whether it is in force.
fn states(desk: &Desk) -> Vec<(String, bool)> {
    let all = desk.call("rules", json!({"kind": "procedure"}));
    let own = all["rules"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["key"] == CODE);
    own.map(|line| {
        (
            line["state"].as_str().unwrap().to_owned(),
            line["current"].as_bool().unwrap(),
        )
    })
    .collect()
}

#[test]
fn an_administrator_edits_compares_and_approves() {
    let desk = Desk::new();
    let rule = desk.call("rule", json!({"kind": "procedure", "key": CODE}));
    assert_eq!(
        (&rule["version"], &rule["current"], &rule["source"]),
        (&json!(shipped("")), &json!(true), &json!("starter"))
    );
    let mut data = rule["data"].clone();
    data["cases"][0]["limit"] = json!({"kind": "working_days", "amount": 9});
    let request = json!({"kind": "procedure", "key": CODE, "data": data, "basis": "QĐ 7/QĐ-UBND"});
    let shown = desk.call("rule-compare", request.clone());
    assert_eq!(shown["changes"][0]["field"], "cases[0].limit");
    let saved = desk.call("rule-save", request.clone());
    assert_eq!(
        (&saved["version"], &saved["changes"]),
        (&json!(shipped("/2")), &shown["changes"])
    );
    let again = desk.call("rule-save", request);
    assert_eq!(again["version"], shipped("/2"));
    assert_eq!(
        states(&desk),
        [("draft".to_owned(), false), ("approved".to_owned(), true)]
    );
    let name = json!({"kind": "procedure", "key": CODE, "version": shipped("/2"), "basis": "QĐ 7/QĐ-UBND"});
    assert_eq!(desk.call("rule-approve", name.clone())["version"], shipped("/2"));
    assert_eq!(
        states(&desk),
        [("approved".to_owned(), true), ("retired".to_owned(), false)]
    );
    assert_eq!(desk.refusal("rule-discard", name.clone()), Code::RuleInForce);
    // Who approved it, and on what basis, is not written over.
    assert_eq!(desk.refusal("rule-approve", name), Code::RuleApprovedAlready);
    // The one before, approved again, is in force again.
    desk.call(
        "rule-approve",
        json!({"kind": "procedure", "key": CODE, "version": shipped(""), "basis": "Rà soát"}),
    );
    assert_eq!(
        states(&desk),
        [("retired".to_owned(), false), ("approved".to_owned(), true)]
    );
    assert_eq!(
        desk.refusal(
            "rule-approve",
            json!({"kind": "procedure", "key": CODE, "version": "x", "basis": "y"})
        ),
        Code::UnknownRule
    );
    let blank = json!({"kind": "procedure", "key": CODE, "version": shipped(""), "basis": " "});
    assert_eq!(desk.refusal("rule-approve", blank), Code::ReasonRequired);
}

#[test]
fn only_an_administrator_changes_rules() {
    let desk = Desk::new();
    desk.call("officer-add", json!({"name": "Ngô Bảo Mẫu", "pin": "246810"}));
    desk.call("officer-add", json!({"name": "Lê Thị Quầy", "pin": "135790"}));
    let window = |command: &str, request: Value| desk.station.call(&Caller::Window, command, request);
    assert_eq!(window("rules", json!({})).unwrap_err().code, Code::NotSignedIn);
    window("sign-in", json!({"officer": "Lê Thị Quầy", "pin": "135790"})).unwrap();
    assert!(window("rules", json!({})).is_ok());
    let name = json!({"kind": "procedure", "key": CODE, "version": shipped(""), "basis": "QĐ 7/QĐ-UBND"});
    assert_eq!(window("rule-approve", name.clone()).unwrap_err().code, Code::NotAllowed);
    window("sign-in", json!({"officer": "Ngô Bảo Mẫu", "pin": "246810"})).unwrap();
    window("rule-approve", name).unwrap();
    let line = window("rule", json!({"kind": "procedure", "key": CODE})).unwrap();
    assert_eq!(
        (&line["by"], &line["at"]),
        (&json!("Ngô Bảo Mẫu"), &json!("2026-11-23T09:42:00+07:00"))
    );
}

#[test]
fn where_the_province_numbers_no_leased_number_is_taken() {
    let desk = Desk::new();
    desk.lease(3);
    assert_eq!(desk.register("a")["code"], "H99.128-261123-0001");
    let mut data = desk.call("rule", json!({"kind": "agency", "key": "H99.128"}))["data"].clone();
    data["numbering"] = json!("external");
    desk.approve(RuleKind::Agency, "H99.128", &data).unwrap();
    let answer = desk.register("b");
    assert_eq!(answer["code_kind"], "temporary");
    let promised = desk.call("promise", json!({"procedure": CODE}));
    assert_eq!(promised["code_reason"], "EXTERNAL_NUMBERING");
    data["numbering"] = json!("local");
    data["name"] = json!("Trung tâm Phục vụ hành chính công Xã Mới");
    desk.approve(RuleKind::Agency, "H99.128", &data).unwrap();
    assert_eq!(desk.register("c")["code"], "H99.128-261123-0002");
    assert_eq!(desk.call("station", json!({}))["agency"]["name"], data["name"]);
}

#[test]
fn what_the_receipt_cannot_print_or_tell_apart_is_no_rule() {
    let desk = Desk::new();
    let key = json!({"kind": "procedure", "key": "1.004873"});
    let data = desk.call("rule", key)["data"].clone();
    let refused = |change: fn(&mut Value)| {
        let mut data = data.clone();
        change(&mut data);
        let basis = "Quyết định thử";
        desk.refusal(
            "rule-save",
            json!({"kind": "procedure", "key": "1.004873", "data": data, "basis": basis}),
        )
    };
    assert_eq!(refused(|data| data["name"] = json!("Cấp giấy 登记")), Code::RuleInvalid);
    assert_eq!(
        refused(|data| data["components"][0]["name"] = json!("Tờ khai 🏠")),
        Code::RuleInvalid
    );
    let twice = refused(|data| {
        let case = data["cases"][0].clone();
        data["cases"].as_array_mut().unwrap().push(case);
    });
    assert_eq!(twice, Code::RuleInvalid);
}
