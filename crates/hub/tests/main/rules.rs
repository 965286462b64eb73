//! Rules for the stations: published by the administrator, signed by the hub, asked for by cursor.

use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use wire::protocol::{RefusalCode, RulesResponse};
use wire::rules::{RuleItem, RulesFile};

use crate::device::Device;
use crate::program::{code, run, start};
use crate::server::{AGENCY, TestHub};
use rig::Folders;

/// A file as a province signs it.
fn file(version: &str) -> String {
    let rule = RuleItem {
        kind: "agency".into(),
        key: AGENCY.into(),
        version: version.into(),
        basis: "QĐ 1/QĐ-UBND".into(),
        data: json!({"code": AGENCY}),
    };
    let key = SigningKey::from_bytes(&[9; 32]);
    RulesFile::seal(&key, "Sở Mẫu", "2026-11-23T09:00:00+07:00", vec![rule]).unwrap()
}

fn next(device: &Device, after: u64) -> RulesResponse {
    device
        .ask("GET", &format!("/v1/rules?after={after}"), b"")
        .read()
        .unwrap()
}

#[test]
fn sets_come_in_their_order_signed_by_the_hub() {
    let server = TestHub::new();
    let mut device = Device::new(1, AGENCY);
    let key = device
        .enrol(server.url(), &server.hub().new_code(AGENCY).unwrap())
        .unwrap()
        .hub_key;
    assert_eq!(next(&device, 0).set, None);
    let numbers = ["1", "2", "1"].map(|version| server.hub().publish_rules(&file(version)).unwrap().number);
    assert_eq!(numbers, [1, 2, 1]);
    assert!(server.hub().publish_rules(&file("1")).unwrap().known);
    let (one, two) = (next(&device, 0), next(&device, 1));
    assert!(one.more && !two.more);
    for (answer, version) in [(one, "1"), (two, "2")] {
        let file = RulesFile::read(&answer.set.unwrap().file).unwrap();
        assert_eq!(file.signer().map(|key| wire::envelope::hex(&key)).as_ref(), Some(&key));
        assert_eq!((file.rules[0].version.as_str(), file.by.as_str()), (version, "Sở Mẫu"));
    }
    assert_eq!(next(&device, 2).set, None);
}

#[test]
fn only_enrolled_devices_are_told() {
    let server = TestHub::new();
    let mut stranger = Device::new(5, AGENCY);
    stranger.url = server.url().to_owned();
    assert_eq!(
        stranger.ask("GET", "/v1/rules?after=0", b"").refused(),
        RefusalCode::UnknownDevice
    );
    let device = server.enrolled(1);
    assert_eq!(
        device.ask("GET", "/v1/rules?after=x", b"").refused(),
        RefusalCode::BadMessage
    );
}

#[test]
fn what_nobody_signed_or_somebody_changed_is_not_published() {
    let server = TestHub::new();
    let refused = |text: &str| server.hub().publish_rules(text).unwrap_err().refusal().code;
    assert_eq!(
        refused(&file("1").replace("Sở Mẫu", "Sở Khác")),
        RefusalCode::BadSignature
    );
    let mut bare: Value = serde_json::from_str(&file("1")).unwrap();
    bare.as_object_mut().unwrap().remove("signature");
    assert_eq!(refused(&bare.to_string()), RefusalCode::BadSignature);
    assert_eq!(refused("{}"), RefusalCode::BadMessage);
    assert_eq!(refused(&"x".repeat(9 << 20)), RefusalCode::TooLarge);
}

#[test]
fn the_program_publishes_whether_it_serves_or_not() {
    let folders = Folders::new().unwrap();
    let path = |name: &str, text: &str| {
        let path = folders.keys.parent().unwrap().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let publish = |name: &str, text: &str| -> (Option<i32>, Value) {
        let output = run(&folders, "rules-publish", &[&path(name, text)]);
        (
            output.status.code(),
            serde_json::from_slice(&output.stdout).unwrap_or_default(),
        )
    };
    assert_eq!(
        publish("a.json", &file("1")),
        (Some(0), json!({"number": 1, "count": 1}))
    );
    let early = code(&folders);
    let program = start(&folders);
    let mut device = Device::new(1, AGENCY);
    device.enrol(&program.url(), &early).unwrap();
    assert_eq!(
        publish("b.json", &file("2")),
        (Some(0), json!({"number": 2, "count": 1}))
    );
    // An administrator who wants to go back must not be told that it was done.
    assert_eq!(
        publish("a.json", &file("1")),
        (Some(0), json!({"number": 1, "count": 1, "known": true}))
    );
    let changed = file("3").replace("Sở Mẫu", "Sở Khác");
    assert_eq!(
        publish("c.json", &changed),
        (Some(1), json!({"error": {"code": "BAD_SIGNATURE"}}))
    );
    assert_eq!(
        publish("empty.json", " \n"),
        (Some(1), json!({"error": {"code": "RULES_UNREADABLE"}}))
    );
    let gone = run(&folders, "rules-publish", &["gone.json"]);
    let said: Value = serde_json::from_slice(&gone.stdout).unwrap();
    assert_eq!(said, json!({"error": {"code": "FILE_NOT_READABLE"}}));
    assert_eq!(run(&folders, "rules-publish", &[]).status.code(), Some(2));
    assert_eq!(next(&device, 1).set.unwrap().number, 2);
    assert!(program.terminate().unwrap().success());
}
