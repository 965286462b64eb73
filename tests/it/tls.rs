//! The line over TLS: the hub is known by its key, from the first connection on.

use hub::{Hub, Over};
use line::version::TLS12;
use line::{DEFAULT_VERSIONS, HubKey, Valid};
use rig::{Folders, Server, beside_this_test, server_command};
use serde_json::{Value, json};
use station::Caller;

use crate::counter::{TestStation, now, text};
use crate::line::Way;
use crate::pictures::png;
use crate::server::TestHub;

/// Nothing waits down here, and what is up there is whole.
fn agree(counter: &TestStation, hub: &TestHub, dossiers: u64) {
    let answer = counter.call("sync", &json!({}));
    assert_eq!((&answer["waiting"], &answer["refused"]), (&json!(0), &json!(0)));
    let (found, events, _) = hub.whole();
    assert_eq!((found, json!(events)), (dossiers, answer["durable"].clone()));
}

/// Whoever put themselves between counter and hub: another key.
fn stranger(_: &Hub) -> Over {
    Over::Tls(HubKey::from_seed(&[7; 32]).unwrap().server().unwrap())
}

fn dated(hub: &Hub, from: i32, to: i32) -> Over {
    Over::Tls(hub.line_key().server_as(Valid { from, to }, DEFAULT_VERSIONS).unwrap())
}

#[test]
fn enrolment_events_numbers_and_files_go_over_tls() {
    let mut hub = TestHub::secure();
    let mut counter = TestStation::enrolled("an", &hub);
    let codes = counter.register_all(0..5);
    assert!(codes.iter().all(|code| code.starts_with("H99.128-261123-")));
    counter.attach(&codes[0], &png(1));
    agree(&counter, &hub, 5);
    // Both ends forget their session and know each other all the same.
    hub.restart();
    counter.restart();
    counter.register(6);
    agree(&counter, &hub, 6);
    let other = TestStation::enrolled("binh", &hub);
    assert_eq!(other.show(&codes[0])["code"], json!(codes[0]));
}

#[test]
fn another_key_is_refused_before_anything_is_sent() {
    let mut hub = TestHub::secure();
    let asked = hub.enrolment();
    hub.speak(stranger);
    let counter = TestStation::named("an");
    counter.refusal("enrol", &asked, "HUB_KEY_WRONG");
    assert_eq!(counter.call("station", &json!({}))["enrolled"], false);
    hub.speak(|hub| hub.tls().unwrap());
    assert_eq!(counter.call("enrol", &asked)["first_talk"], Value::Null);
    counter.register_all(0..3);
    hub.speak(stranger);
    counter.refusal("sync", &json!({}), "HUB_KEY_WRONG");
    assert_eq!(counter.call("sync-status", &json!({}))["problem"], "HUB_KEY_WRONG");
    assert_eq!(counter.register(3)["code_kind"], "official", "work goes on");
    assert_eq!(hub.whole().0, 0);
    hub.speak(|hub| hub.tls().unwrap());
    agree(&counter, &hub, 4);
}

#[test]
fn no_date_of_a_certificate_closes_the_line() {
    let mut hub = TestHub::over(|hub| dated(hub, 1990, 1991));
    let counter = TestStation::enrolled("an", &hub);
    counter.register(1);
    agree(&counter, &hub, 1);
    hub.speak(|hub| dated(hub, 2300, 2301));
    counter.register(2);
    agree(&counter, &hub, 2);
}

#[test]
fn no_date_of_the_pc_closes_the_line() {
    let hub = TestHub::secure();
    for (name, days) in [("an", -3_650), ("binh", -365), ("chi", 365), ("dung", 3_650)] {
        let wrong = now() + chrono::TimeDelta::days(days);
        let counter = TestStation::at(name, Folders::new().unwrap(), Some(wrong));
        let answer = counter.call("enrol", &hub.enrolment());
        assert!(answer["recovery_code"].is_string(), "{answer}");
        // Ten years off there is no calendar to promise a day by.
        if days.abs() < 400 {
            assert_eq!(counter.register(1)["code_kind"], "temporary");
        }
        // Numbers of a year the hub does not lease for are refused; that keeps nothing else from going up.
        if let Err(error) = counter.attempt("sync", &json!({})) {
            assert_eq!(error.code.as_str(), "HUB_REFUSED", "{error}");
        }
        let status = counter.call("sync-status", &json!({}));
        assert_eq!(
            (&status["waiting"], &status["waiting_blobs"]),
            (&json!(0), &json!(0)),
            "{status}"
        );
    }
    let (dossiers, _, files) = hub.whole();
    assert_eq!((dossiers, files), (2, 2));
}

#[test]
fn a_hub_that_speaks_the_older_version_is_understood() {
    let hub = TestHub::over(|hub| Over::Tls(hub.line_key().server_as(Valid::default(), &[&TLS12]).unwrap()));
    let counter = TestStation::enrolled("an", &hub);
    counter.register(1);
    agree(&counter, &hub, 1);
}

#[test]
fn what_is_mistyped_is_said_before_anybody_is_asked() {
    let hub = TestHub::secure();
    let counter = TestStation::named("an");
    let (asked, before) = (hub.enrolment(), hub.line.carried(Way::Up));
    let code = text(&asked["code"]);
    let with = |code: &str| json!({"hub": asked["hub"], "code": code});
    let last = if code.ends_with('7') { "8" } else { "7" };
    let mut slip = code.clone();
    slip.pop();
    slip.push_str(last);
    let secret: String = code.chars().take(14).collect();
    for wrong in [slip.as_str(), &secret, "", "xin chào"] {
        counter.refusal("enrol", &with(wrong), "ENROLMENT_CODE_MISTYPED");
    }
    let plain = asked["hub"].as_str().unwrap().replace("https", "http");
    counter.refusal("enrol", &json!({"hub": plain, "code": code}), "INVALID_ADDRESS");
    assert_eq!(hub.line.carried(Way::Up), before);
    assert_eq!(
        counter.call("enrol", &with(&code.to_lowercase()))["first_talk"],
        Value::Null
    );
}

#[test]
fn the_window_never_asks_for_a_plain_line() {
    let hub = TestHub::start();
    let counter = TestStation::named("an");
    let id = counter.call(
        "officer-add",
        &json!({"name": "Ngô Bảo Mẫu", "pin": "246810", "role": "admin"}),
    )["officer"]
        .clone();
    let id = id.get("id").unwrap_or(&id).clone();
    let window = |command: &str, request: Value| counter.station().call(&Caller::Window, command, request);
    window("sign-in", json!({"officer": id, "pin": "246810"})).unwrap();
    let refused = window("enrol", hub.enrolment()).unwrap_err();
    assert_eq!(refused.code.as_str(), "INVALID_ADDRESS");
    let headless = Caller::Headless(Some("Ngô Bảo Mẫu".to_owned()));
    counter.station().call(&headless, "enrol", hub.enrolment()).unwrap();
}

#[test]
fn a_line_that_is_plain_at_one_end_only_is_no_line() {
    let mut hub = TestHub::secure();
    let asked = hub.enrolment();
    let counter = TestStation::named("an");
    hub.speak(|_| Over::PlainLoopback);
    counter.refusal("enrol", &asked, "HUB_UNREACHABLE");
    let plain = hub.enrolment();
    hub.speak(|hub| hub.tls().unwrap());
    counter.refusal("enrol", &plain, "HUB_UNREACHABLE");
    assert_eq!(counter.call("enrol", &asked)["first_talk"], Value::Null);
}

#[test]
fn the_real_server_is_asked_over_tls_by_counter_and_administrator() {
    let (folders, program) = (Folders::new().unwrap(), beside_this_test("motcua-hub").unwrap());
    let run = |name: &str, more: &[&str]| {
        let output = server_command(&program, &folders, name).args(more).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    let early = run("code", &["--agency", "H99.128"]);
    let server = Server::secure(&program, &folders).unwrap();
    let counters = [TestStation::today("an"), TestStation::today("binh")];
    for (counter, code) in counters.iter().zip([early, run("code", &["--agency", "H99.128"])]) {
        let answer = counter.call("enrol", &json!({"hub": server.url(), "code": code}));
        assert_eq!(answer["first_talk"], Value::Null);
        counter.register(1);
        counter.call("sync", &json!({}));
    }
    let report: Value = serde_json::from_str(&run("report", &[])).unwrap();
    assert_eq!((&report["chain"], &report["dossiers"]), (&json!("ok"), &json!(2)));
    // Whoever took the port of a server that is down is told nothing.
    let thief = TestHub::over(stranger);
    let here = std::fs::read_to_string(folders.data.join("hub.address")).unwrap();
    assert!(here.starts_with("https://127.0.0.1:"), "{here}");
    let far = thief.line.address().replace("http", "https");
    std::fs::write(folders.data.join("hub.address"), far).unwrap();
    let output = server_command(&program, &folders, "report").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stdout).unwrap().contains("HUB_UNREACHABLE"));
}
