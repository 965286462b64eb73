//! Signed files out of one counter and into another.

use serde_json::{Value, json};

use super::*;

#[test]
fn a_file_of_ones_own_goes_out_and_comes_back() {
    let desk = Desk::new();
    desk.approve(RuleKind::Procedure, CODE, &desk.changed(9)).unwrap();
    let (one, two) = (desk.export("a.json"), desk.export("b.json"));
    assert_eq!(std::fs::read(&one).unwrap(), std::fs::read(&two).unwrap());
    let file = desk.call("rules-import", json!({"path": one}));
    assert_eq!(file["signed_by"], "this_station");
    assert!(
        file["entries"]
            .as_array()
            .unwrap()
            .iter()
            .all(|entry| entry["status"] == "same"),
        "{file}"
    );
    desk.approve(RuleKind::Procedure, CODE, &desk.changed(11)).unwrap();
    assert_eq!(desk.entry(&one)["status"], "older");
    let adopt = json!({"path": one, "entries": [{"kind": "procedure", "key": CODE}], "basis": "Dùng lại bản cũ"});
    assert_eq!(
        desk.call("rules-adopt", adopt.clone()),
        json!({"adopted": 1, "drafts": 0})
    );
    assert_eq!(desk.data()["cases"][0]["limit"]["amount"], 9);
    let mut missing = adopt;
    missing["entries"][0]["key"] = json!("9.999999");
    assert_eq!(desk.refusal("rules-adopt", missing), Code::UnknownRule);
}

#[test]
fn a_file_of_a_stranger_gives_drafts_only() {
    let (desk, other) = (Desk::new(), Desk::new());
    other.approve(RuleKind::Procedure, CODE, &other.changed(9)).unwrap();
    let path = other.export("a.json");
    let file = desk.call("rules-import", json!({"path": path}));
    assert_eq!(file["signed_by"], "unknown");
    let entry = desk.entry(&path);
    assert_eq!(
        (&entry["status"], &entry["changes"][0]["after"]),
        (&json!("changed"), &json!(shipped("/2")))
    );
    let adopt = json!({"path": path, "entries": [{"kind": "procedure", "key": CODE}], "basis": "Tỉnh gửi"});
    assert_eq!(desk.call("rules-adopt", adopt), json!({"adopted": 0, "drafts": 1}));
    assert_eq!(desk.data()["cases"][0]["limit"], other_limit(&desk));
    let line = desk.call(
        "rule",
        json!({"kind": "procedure", "key": CODE, "version": shipped("/2")}),
    );
    assert_eq!((&line["state"], &line["source"]), (&json!("draft"), &json!("file")));
    assert!(line["signed_by"].as_str().unwrap().contains("H99.128"), "{line}");
}

/// The limit the program came with.
fn other_limit(desk: &Desk) -> Value {
    let first = desk.call(
        "rule",
        json!({"kind": "procedure", "key": CODE, "version": shipped("")}),
    );
    first["data"]["cases"][0]["limit"].clone()
}

#[test]
fn a_file_that_nobody_signed_or_somebody_changed_is_refused() {
    let desk = Desk::new();
    let path = desk.export("a.json");
    let text = std::fs::read_to_string(&path).unwrap();
    let adopt = |path: &str| json!({"path": path, "entries": [{"kind": "procedure", "key": CODE}], "basis": "x"});
    let changed = desk.file("changed.json");
    std::fs::write(
        &changed,
        text.replacen("Đăng ký khai sinh", "Đăng ký khai sinh miễn phí", 1),
    )
    .unwrap();
    assert_eq!(
        desk.refusal("rules-import", json!({"path": changed})),
        Code::RulesTampered
    );
    assert_eq!(desk.refusal("rules-adopt", adopt(&changed)), Code::RulesTampered);
    let unsigned = desk.file("unsigned.json");
    let mut file: Value = serde_json::from_str(&text).unwrap();
    file.as_object_mut().unwrap().remove("signature");
    std::fs::write(&unsigned, file.to_string()).unwrap();
    assert_eq!(
        desk.call("rules-import", json!({"path": unsigned}))["signed_by"],
        Value::Null
    );
    assert_eq!(desk.refusal("rules-adopt", adopt(&unsigned)), Code::RulesUnsigned);
    for (name, text) in [
        ("cut.json", text.split_at(text.len() / 2).0),
        ("empty.json", ""),
        ("other.json", "{\"procedures\":[]}"),
    ] {
        let path = desk.file(name);
        std::fs::write(&path, text).unwrap();
        assert_eq!(
            desk.refusal("rules-import", json!({"path": path})),
            Code::RulesUnreadable,
            "{name}"
        );
    }
    assert_eq!(
        desk.refusal("rules-import", json!({"path": desk.file("none.json")})),
        Code::FileNotFound
    );
    let nowhere = json!({"path": desk.file("none/none.json")});
    assert_eq!(desk.refusal("rules-export", nowhere), Code::FileNotWritable);
}

#[test]
fn an_entry_that_cannot_be_right_is_refused_by_itself() {
    use wire::rules::{RuleItem, RulesFile};
    let desk = Desk::new();
    let key = desk
        .station
        .signing_key(&desk.station.author().unwrap().stream)
        .unwrap();
    let item = |kind: &str, key: &str, data: Value| RuleItem {
        kind: kind.into(),
        key: key.into(),
        version: "1".into(),
        basis: "QĐ".into(),
        data,
    };
    let items = vec![
        item("procedure", CODE, json!({})),
        item("robot", "x", json!({})),
        item("calendar", "local", json!({"text": "x"})),
    ];
    let path = desk.file("a.json");
    std::fs::write(&path, RulesFile::seal(&key, "Tỉnh Mẫu", "2026", items).unwrap()).unwrap();
    let file = desk.call("rules-import", json!({"path": path}));
    for entry in file["entries"].as_array().unwrap() {
        assert_eq!(entry["status"], "refused");
        assert!(entry["why"].as_str().unwrap().ends_with('.'), "{entry}");
    }
    let adopt = json!({"path": path, "entries": [{"kind": "procedure", "key": CODE}], "basis": "x"});
    assert_eq!(desk.refusal("rules-adopt", adopt), Code::RuleInvalid);
}
