//! A dossier that waits for a paper and is late after all, in the real window by keys and a scan: the
//! supplement is asked for and taken, the time extended, each time with the new day and its reason.

use serde_json::json;

use crate::desk::Desk;
use crate::rules::{CARD, choose_procedure, printed_code, step, walk};

#[test]
fn a_supplement_is_asked_for_and_taken_and_the_time_extended() {
    let Some(mut desk) = Desk::with_officer() else { return };
    let code = register(&desk);
    desk.keyboard().scan(&code);
    desk.driver()
        .wait("document.querySelector('main[data-screen=dossier]')");
    desk.driver().wait("document.querySelector('#ask_supplement')");
    ask(&desk);
    take(&desk);
    extend(&desk);
    let shown = desk.call("show", &json!({"code": code}));
    assert!(
        shown["due_at"].as_str().unwrap().starts_with("2026-12-04"),
        "{}",
        shown["due_at"]
    );
    assert_eq!(desk.call("verify", &json!({}))["chain"], "ok");
    desk.close();
}

/// Five working days: time enough for a wait and an extension.
fn register(desk: &Desk) -> String {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.scan(CARD);
    driver.wait_text("#p-name", "Nguyễn Văn A");
    choose_procedure(desk, "1.003197");
    keyboard.press(&["F5"]);
    keyboard.press(&["F9"]);
    printed_code(desk)
}

fn ask(desk: &Desk) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.press(&["ctrl+b"]);
    driver.wait("document.activeElement.id === 'step-items'");
    keyboard.type_text("Bản chính giấy tờ");
    walk(desk, "#step-reason");
    // Enter writes nothing: a reader sends it too.
    keyboard.press(&["Return"]);
    driver.wait("document.querySelector('#step[data-action=ask_supplement]')");
    keyboard.type_text("Bản sao bị mờ");
    keyboard.press(&["F9"]);
    driver.wait("!document.querySelector('#step')");
    driver.wait_text("main", "Bản chính giấy tờ");
}

fn take(desk: &Desk) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.press(&["ctrl+b"]);
    driver.wait("document.querySelector('#step[data-action=take_supplement]')");
    driver.wait_text("#step-asked", "Bản chính giấy tờ");
    keyboard.press(&["F9"]);
    driver.wait("document.querySelector('#new-promise')?.dataset.due");
    driver.wait("document.querySelectorAll('#new-promise .why li').length > 1");
}

fn extend(desk: &Desk) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.press(&["ctrl+g"]);
    driver.wait("document.activeElement.matches('#step-date input')");
    // A day off is refused with its name, and what was typed stays.
    keyboard.type_text("05/12/2026");
    walk(desk, "#step-reason");
    keyboard.type_text("Máy in hỏng");
    keyboard.press(&["F9"]);
    driver.wait_text("#step-trouble", "ngày nghỉ");
    step(desk, "shift+Tab", "#step-date input");
    keyboard.press(&["ctrl+a"]);
    keyboard.type_text("04/12/2026");
    keyboard.press(&["F9"]);
    driver.wait("document.querySelector('#new-promise')?.dataset.due.startsWith('2026-12-04')");
}
