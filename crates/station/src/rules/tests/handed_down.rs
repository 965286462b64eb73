//! Rules that the hub hands down.

use serde_json::{Value, json};

use super::*;

/// A set as a hub with this key hands it down.
fn handed_down(number: u64, key: &ed25519_dalek::SigningKey, items: &[(&str, &str, Value)]) -> wire::protocol::RuleSet {
    let items = items.iter().map(|(kind, key, data)| wire::rules::RuleItem {
        kind: (*kind).into(),
        key: (*key).into(),
        version: "1".into(),
        basis: String::new(),
        data: data.clone(),
    });
    let file = wire::rules::RulesFile::seal(key, "Sở Tư pháp Mẫu", "2026-11-23T09:00:00+07:00", items.collect());
    wire::protocol::RuleSet {
        number,
        file: file.unwrap(),
    }
}

fn arrived(desk: &Desk, set: &wire::protocol::RuleSet, hub_key: &[u8; 32]) -> crate::Result<()> {
    let author = desk.station.author().unwrap();
    desk.station.store.write(|transaction| {
        let deed = desk.station.deed(&author, None, desk.station.now());
        crate::rules::arrive::install(transaction, &deed, set, hub_key)
    })
}

#[test]
fn a_calendar_without_this_year_stops_no_other_rule() {
    let desk = Desk::new();
    let key = ed25519_dalek::SigningKey::from_bytes(&[3; 32]);
    let items = [
        ("calendar", "national", json!({"text": only_2027()})),
        ("procedure", CODE, desk.changed(9)),
    ];
    arrived(&desk, &handed_down(1, &key, &items), key.verifying_key().as_bytes()).unwrap();
    assert_eq!(desk.data()["cases"][0]["limit"]["amount"], 9);
    let told = desk.call("sync-status", json!({}))["rules"][0].clone();
    assert_eq!(told["installed"], 1);
    let why = told["refused"][0].as_str().unwrap();
    assert!(
        why.starts_with("Lịch nghỉ national: ") && why.contains("không có năm 2026"),
        "{why}"
    );
    desk.register("a");
}

#[test]
fn what_the_hub_hands_down_is_in_force_once_and_what_does_not_fit_is_told() {
    use ed25519_dalek::SigningKey;
    let desk = Desk::new();
    let key = SigningKey::from_bytes(&[3; 32]);
    let hub_key = *key.verifying_key().as_bytes();
    let install = |set: &wire::protocol::RuleSet| arrived(&desk, set, &hub_key);
    let mut over = desk.changed(4);
    over["valid_to"] = json!("2026-11-22");
    let items = [
        ("procedure", CODE, desk.changed(9)),
        ("procedure", CODE, over),
        ("robot", "x", json!({})),
        ("calendar", "national", json!({"text": "version | x"})),
    ];
    let set = handed_down(1, &key, &items);
    let stranger = handed_down(1, &SigningKey::from_bytes(&[4; 32]), &items);
    assert_eq!(install(&stranger).unwrap_err().code, Code::RulesTampered);
    install(&set).unwrap();
    assert_eq!(desk.data()["cases"][0]["limit"]["amount"], 9);
    // An officer approves another; the same set again does not take its place.
    desk.approve(RuleKind::Procedure, CODE, &desk.changed(11)).unwrap();
    install(&set).unwrap();
    assert_eq!(desk.data()["cases"][0]["limit"]["amount"], 11);
    let status = desk.call("sync-status", json!({}));
    let told = status["rules"].as_array().unwrap();
    assert_eq!(
        (told.len(), &told[0]["installed"], &told[0]["by"]),
        (1, &json!(1), &json!("Sở Tư pháp Mẫu"))
    );
    let refused: Vec<&str> = told[0]["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one.as_str().unwrap())
        .collect();
    assert_eq!(refused.len(), 3);
    assert!(
        refused[0].contains("hết hiệu lực") && refused[2].contains("dòng"),
        "{refused:?}"
    );
    let line = desk.call(
        "rule",
        json!({"kind": "procedure", "key": CODE, "version": shipped("/2")}),
    );
    assert_eq!(
        (&line["source"], &line["basis"]),
        (&json!("hub"), &json!("Theo tệp của Sở Tư pháp Mẫu"))
    );
}
