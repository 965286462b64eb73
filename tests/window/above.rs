//! The counter and the server above, in the real window by keys: enrolment over TLS with a code that is
//! typed, and what two counters did to one dossier while the line was dead.

use serde_json::json;

use crate::counter::{TestStation, text};
use crate::desk::Desk;
use crate::line::{Line, Way};
use crate::rules::{CARD, choose_procedure, printed_code};
use crate::server::TestHub;

#[test]
fn a_counter_is_enrolled_by_keys_and_a_dispute_is_decided() {
    let Some(mut desk) = Desk::with_officer() else { return };
    both_sides(&desk, &|_| {});
    assert_eq!(desk.call("verify", &json!({}))["chain"], "ok");
    desk.close();
}

/// From an enrolment to a decided dispute; `shoot` is given every screen on the way.
pub fn both_sides(desk: &Desk, shoot: &dyn Fn(&str)) {
    let hub = TestHub::secure();
    enrol(desk, &hub, shoot);
    let (other, aside) = another_counter(&hub);
    let code = register(desk);
    assert!(code.starts_with("H99.128-261123-"), "{code}");
    settled(desk);
    // What the other counter does meanwhile does not come down here.
    hub.line.lead_to(None);
    hub.line.cut_after(Way::Up, 0);
    other.call("sync", &json!({}));
    other.call(
        "extend",
        &json!({"code": code, "new_date": "2026-12-15", "reason": "Chờ trích lục"}),
    );
    other.call("sync", &json!({}));
    desk.call(
        "extend",
        &json!({"code": code, "new_date": "2026-12-16", "reason": "Chờ xác minh"}),
    );
    hub.line.lead_to(Some(hub.listens()));
    decide(desk, shoot);
    other.call("sync", &json!({}));
    let events = other.show(&code)["events"].clone();
    assert_eq!(events.as_array().unwrap().last().unwrap()["kind"], "dispute_settled");
    drop(aside);
}

/// The address and the code as they are handed over, typed.
fn enrol(desk: &Desk, hub: &TestHub, shoot: &dyn Fn(&str)) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    let asked = hub.enrolment();
    keyboard.press(&["ctrl+6"]);
    driver.wait("document.activeElement.id === 'enrol-hub'");
    keyboard.type_text(&text(&asked["hub"]));
    keyboard.press(&["Tab"]);
    // One letter is wrong: it is said before anybody is asked.
    let code = text(&asked["code"]);
    let slip = if code.starts_with('7') { "8" } else { "7" };
    keyboard.type_text(&code.replacen(code.chars().next().unwrap(), slip, 1));
    keyboard.press(&["F9"]);
    driver.wait("document.querySelector('#enrol-trouble').textContent.trim() !== ''");
    shoot("enrol-mistyped");
    driver.wait("document.activeElement.id === 'enrol-code'");
    keyboard.press(&["ctrl+a"]);
    keyboard.type_text(&code);
    keyboard.press(&["F9"]);
    driver.wait("document.querySelector('#recovery-code')");
    driver.wait("document.activeElement.id === 'recovery-done'");
    shoot("enrol-recovery");
    keyboard.press(&["Return"]);
    driver.wait("!document.querySelector('#recovery-code')");
}

fn another_counter(hub: &TestHub) -> (TestStation, Line) {
    // A line of its own: what happens to the first does not happen to this one.
    let (other, aside) = (TestStation::named("binh"), Line::new());
    aside.lead_to(Some(hub.listens()));
    let address = aside.address().replace("http://", "https://");
    other.call("enrol", &json!({"hub": address, "code": hub.code()}));
    (other, aside)
}

fn register(desk: &Desk) -> String {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.press(&["ctrl+1"]);
    driver.wait("document.querySelector('main[data-screen=reception]')");
    keyboard.scan(CARD);
    driver.wait_text("#p-name", "Nguyễn Văn A");
    choose_procedure(desk, "1.003197");
    keyboard.press(&["F5"]);
    keyboard.press(&["F9"]);
    printed_code(desk)
}

/// Everything is above.
fn settled(desk: &Desk) {
    desk.keyboard().press(&["ctrl+6"]);
    desk.driver().wait("document.querySelector('main[data-screen=sync]')");
    desk.driver().wait("document.querySelector('.flow[data-state=idle]')");
    let all = || {
        let status = desk.call("sync-status", &json!({}));
        (status["waiting"] == 0, status["waiting_blobs"] == 0)
    };
    while all() != (true, true) {}
}

fn decide(desk: &Desk, shoot: &dyn Fn(&str)) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.press(&["F9"]);
    driver.wait("document.querySelector('#disputes .dispute')");
    for words in ["16/12/2026", "15/12/2026", "chỉ được gia hạn một lần"] {
        driver.wait_text("#disputes", words);
    }
    driver.wait("document.querySelector('[data-choice=again]').disabled");
    shoot("sync-refused");
    keyboard.press(&["F12"]);
    driver.wait("document.activeElement.id === 'dispute-0'");
    // Forbidden by law, and then what is left.
    keyboard.press(&["2"]);
    keyboard.press(&["1"]);
    driver.wait("!document.querySelector('#disputes')");
    settled(desk);
    shoot("sync");
}
