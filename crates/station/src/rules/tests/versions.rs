//! What is in force on which day, what a dossier in hand keeps, what a newer program may bring.

use serde_json::{Value, json};

use super::*;

fn kept(shown: &Value) -> Value {
    let names: Vec<&Value> = shown["components"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["name"])
        .collect();
    json!([
        shown["procedure"],
        shown["due_at"],
        shown["limit_words"],
        shown["trace"],
        shown["fees"],
        names
    ])
}

#[test]
fn a_dossier_in_hand_keeps_what_it_was_received_under() {
    let desk = Desk::new();
    let old = desk.register("a");
    let before = desk.call("show", json!({"code": old["code"]}));
    let mut data = desk.data();
    data["name"] = json!("Đăng ký khai sinh theo quy định mới");
    data["cases"][0]["limit"] = json!({"kind": "working_days", "amount": 7});
    data["cases"][0].as_object_mut().unwrap().remove("committed");
    data["components"][0]["name"] = json!("Tờ khai theo mẫu mới");
    data["fees"] = json!([{"id": "le-phi", "name": "Lệ phí mới", "basis": "Mẫu", "per": {"case": 12000}}]);
    assert_eq!(desk.approve(RuleKind::Procedure, CODE, &data).unwrap(), "2026-11/2");
    // A later holiday too: the whole week off.
    let text = dossier::calendar::Calendar::embedded_text().replace("version | 2026-11", "version | 2026-12");
    let text = format!("{text}\nday | 2026-11-25 | holiday | official | Nghỉ | Thông báo thử\n");
    assert_eq!(
        desk.approve(RuleKind::Calendar, "national", &json!({"text": text}))
            .unwrap(),
        "2026-12"
    );
    let new = desk.register("b");
    let after = desk.call("show", json!({"code": old["code"]}));
    assert_eq!(kept(&after), kept(&before));
    let fresh = desk.call("show", json!({"code": new["code"]}));
    assert_eq!(fresh["procedure"]["version"], "2026-11/2");
    assert_eq!(fresh["procedure"]["name"], "Đăng ký khai sinh theo quy định mới");
    assert_eq!(fresh["components"][0]["name"], "Tờ khai theo mẫu mới");
    assert_eq!(fresh["fees"], json!([{"name": "Lệ phí mới", "amount": 12000}]));
    assert_eq!(fresh["limit_words"], "07 ngày làm việc");
    assert!(fresh["trace"].to_string().contains("Nghỉ"), "{}", fresh["trace"]);
    assert_ne!(fresh["due_at"], before["due_at"]);
    assert_eq!(desk.call("verify", json!({}))["chain"], "ok");
}

#[test]
fn a_version_begins_on_its_day_or_on_the_day_of_its_approval() {
    let desk = Desk::new();
    let mut data = desk.data();
    data["version"] = json!("2027");
    data["valid_from"] = json!("2027-01-01");
    desk.approve(RuleKind::Procedure, CODE, &data).unwrap();
    assert_eq!(desk.in_force("2026-11-23"), "2026-11");
    assert_eq!(desk.in_force("2027-01-01"), "2027");
    // Approved later, but for a time before: it does not push out the one that comes.
    data["version"] = json!("2026-12");
    data["valid_from"] = json!("2026-10-01");
    desk.approve(RuleKind::Procedure, CODE, &data).unwrap();
    assert_eq!(
        (
            desk.in_force("2026-11-22").as_str(),
            desk.in_force("2026-11-23").as_str()
        ),
        ("2026-11", "2026-12")
    );
    let desk = desk.on("2026-12-01T08:00:00+07:00");
    data["version"] = json!("2026-12-tam");
    data["valid_to"] = json!("2026-12-10");
    desk.approve(RuleKind::Procedure, CODE, &data).unwrap();
    let days = ["2026-11-30", "2026-12-01", "2026-12-11", "2027-02-01"].map(|day| desk.in_force(day));
    assert_eq!(days, ["2026-12", "2026-12-tam", "2026-12", "2027"]);
}

#[test]
fn the_same_text_approved_again_is_the_same_version() {
    let desk = Desk::new();
    let data = desk.data();
    assert_eq!(data["needs_approval"], true);
    for _ in 0..2 {
        assert_eq!(desk.approve(RuleKind::Procedure, CODE, &data).unwrap(), "2026-11");
    }
    assert_eq!(desk.data()["needs_approval"], false);
    let all = desk
        .station
        .store
        .read(|db| versions(db, RuleKind::Procedure, CODE))
        .unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].state, all[0].source), (State::Approved, RuleSource::Starter));
}

#[test]
fn what_cannot_be_right_is_refused_with_its_field() {
    let desk = Desk::new();
    let mut data = desk.data();
    data["cases"][0]["limit"] = json!({"kind": "working_days", "amount": 0});
    let refused = desk.approve(RuleKind::Procedure, CODE, &data).unwrap_err();
    assert_eq!(
        (refused.code, refused.field.as_deref()),
        (Code::RuleInvalid, Some("cases[0].limit"))
    );
    let refused = desk.approve(RuleKind::Procedure, "1.000000", &desk.data()).unwrap_err();
    assert_eq!(
        (refused.code, refused.field.as_deref()),
        (Code::RuleInvalid, Some("key"))
    );
    let bad = dossier::calendar::Calendar::embedded_text().replace("| 2026-01-01 |", "| 2026-13-01 |");
    let refused = desk
        .approve(RuleKind::Calendar, "national", &json!({"text": bad}))
        .unwrap_err();
    assert_eq!(refused.code, Code::CalendarUnreadable);
    assert!(refused.words().contains("dòng"), "{}", refused.words());
    let refused = desk
        .approve(RuleKind::Agency, "H99.128", &json!({"code": "H99.128"}))
        .unwrap_err();
    assert_eq!(refused.code, Code::RuleInvalid);
    assert_eq!(desk.in_force("2026-11-23"), "2026-11");
}

#[test]
fn a_newer_program_adds_versions_and_pushes_aside_none_that_was_approved() {
    let desk = Desk::new();
    let bring = |data: &Value| {
        let name = (RuleKind::Procedure, CODE);
        let done = desk.station.store.write(|transaction| {
            crate::rules::write::bring(transaction, RuleSource::Starter, name, data, day("2026-11-23"))
        });
        done.unwrap();
    };
    let mut newer = desk.changed(8);
    newer["version"] = json!("2027-01");
    bring(&newer);
    assert_eq!(desk.in_force("2026-11-23"), "2027-01");
    desk.approve(RuleKind::Procedure, CODE, &desk.changed(9)).unwrap();
    let approved = desk.in_force("2026-11-23");
    newer["version"] = json!("2027-06");
    bring(&newer);
    bring(&newer);
    assert_eq!(desk.in_force("2026-11-23"), approved);
    let line = desk.call("rule", json!({"kind": "procedure", "key": CODE, "version": "2027-06"}));
    assert_eq!((&line["state"], &line["source"]), (&json!("draft"), &json!("starter")));
    desk.call(
        "rule-discard",
        json!({"kind": "procedure", "key": CODE, "version": "2027-06"}),
    );
    // Opened again, the program brings nothing it brought before.
    let desk = desk.on("2026-11-24T08:00:00+07:00");
    assert_eq!(desk.in_force("2026-11-24"), approved);
    let all = desk
        .station
        .store
        .read(|db| versions(db, RuleKind::Procedure, CODE))
        .unwrap();
    assert_eq!(all.len(), 3);
}
