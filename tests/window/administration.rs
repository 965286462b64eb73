//! The rules that are no procedures, in the real window by keys alone: the calendar, a council's
//! amounts, who numbers the dossiers, and a signed file out and in again.

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::rules::{CARD, choose_procedure, walk, zone};

#[test]
fn calendar_amounts_numbering_and_a_signed_file_are_changed_by_keys() {
    let Some(mut desk) = Desk::with_officer() else { return };
    desk.keyboard().press(&["ctrl+9"]);
    desk.driver().wait("document.activeElement.id === 'rule-filter'");
    a_holiday_more(&desk);
    a_council_sets_a_fee(&desk);
    the_province_numbers(&desk);
    at_the_counter(&desk);
    a_file_out_and_in(&desk);
    assert_eq!(desk.call("verify", &json!({}))["chain"], "ok");
    desk.close();
}

/// Down the kinds until this one, then into its filter.
fn kind(desk: &Desk, kind: &str) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    zone(desk, "#kinds [tabindex=\"0\"]");
    for _ in 0..4 {
        if driver.run(&format!("return document.activeElement.dataset.kind === '{kind}'")) == true {
            break;
        }
        driver.run("window.was = document.activeElement");
        keyboard.press(&["Down"]);
        driver.wait("document.activeElement !== window.was");
    }
    driver.wait(&format!("document.activeElement.dataset.kind === '{kind}'"));
    keyboard.press(&["Right"]);
    driver.wait("document.activeElement.id === 'rule-filter'");
}

/// The first of the list is opened and its edit begun.
fn edit_first(desk: &Desk, field: &str) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.press(&["Return"]);
    driver.wait("document.activeElement.matches('#versions tr')");
    keyboard.press(&["F9"]);
    driver.wait(&format!("document.activeElement.matches({})", json!(field)));
}

/// F9 asks for the basis, saves, asks again, approves.
fn save_and_approve(desk: &Desk, basis: &str) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.press(&["F9"]);
    driver.wait("document.activeElement.id === 'rule-basis'");
    keyboard.type_text(basis);
    keyboard.press(&["F9"]);
    driver.wait_text("#rule-notice", "Đã lưu bản nháp");
    driver.wait("document.activeElement.matches('#versions tr')");
    keyboard.press(&["F9"]);
    driver.wait("document.activeElement.id === 'approve-basis'");
    keyboard.press(&["F9"]);
    driver.wait_text("#rule-notice", "Đã duyệt bản");
}

fn a_holiday_more(desk: &Desk) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    kind(desk, "calendar");
    edit_first(desk, "#calendar-text");
    keyboard.press(&["ctrl+End"]);
    keyboard.type_text("day | 2026-11-31 | holiday | official | Ngày hội mẫu | Thông báo 5/TB-UBND");
    // A day that is none is told with its line, and nothing is lost.
    keyboard.press(&["F7"]);
    driver.wait("document.querySelector('#calendar-text').getAttribute('aria-invalid') === 'true'");
    driver.run("const area = document.querySelector('#calendar-text'); area.setSelectionRange(area.selectionStart + 14, area.selectionStart + 16)");
    keyboard.type_text("27");
    keyboard.press(&["F7"]);
    driver.wait_text(".calendar .side", "27/11/2026");
    driver.wait_text(".calendar .side", "Ngày hội mẫu");
    save_and_approve(desk, "Thông báo 5/TB-UBND");
    let limit = json!({"kind": "working_days", "amount": 3});
    let due = desk.call(
        "due",
        &json!({"received_at": "2026-11-23T08:00:00+07:00", "limit": limit}),
    );
    // The 24th is a holiday of the law, the 27th the new one, then a week-end.
    assert_eq!(due["due_date"], "2026-11-30", "{due}");
}

fn a_council_sets_a_fee(desk: &Desk) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    kind(desk, "fees");
    keyboard.press(&["Insert"]);
    driver.wait("document.activeElement.dataset.path === 'number'");
    keyboard.type_text("15/2026/NQ-HĐND");
    walk(desk, "[data-path=\"authority\"]");
    keyboard.type_text("HĐND tỉnh Mẫu");
    walk(desk, "[data-path=\"valid_from\"]");
    keyboard.type_text("01/11/2026");
    walk(desk, "button.add");
    keyboard.press(&["Return"]);
    driver.wait("document.activeElement.dataset.path === 'amounts[0].procedure'");
    keyboard.type_text("1.004873");
    walk(desk, "[data-path=\"amounts[0].rule\"]");
    keyboard.press(&["ctrl+a"]);
    keyboard.type_text("le-phi");
    walk(desk, "[data-path=\"amounts[0].per\"]");
    keyboard.press(&["m"]);
    walk(desk, "[data-path=\"amounts[0].per.case\"]");
    keyboard.press(&["ctrl+a"]);
    keyboard.type_text("15000");
    save_and_approve(desk, "Nghị quyết 15/2026/NQ-HĐND");
    let fees = desk.call("fees", &json!({"procedure": "1.004873"}));
    assert_eq!(
        (&fees["total"], &fees["words"]),
        (&json!(15_000), &json!("Mười lăm nghìn đồng"))
    );
}

fn the_province_numbers(desk: &Desk) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    kind(desk, "agency");
    edit_first(desk, "#rule-form input");
    zone(desk, "#rule-form input");
    walk(desk, "input[name=\"numbering\"]");
    keyboard.press(&["Right"]);
    driver.wait("document.querySelector('input[name=numbering][value=external]').checked");
    save_and_approve(desk, "Công văn 9/UBND");
}

/// What was changed is what the next citizen meets.
fn at_the_counter(desk: &Desk) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.press(&["ctrl+1"]);
    driver.wait("document.querySelector('main[data-screen=reception]')");
    keyboard.scan(CARD);
    driver.wait_text("#p-name", "Nguyễn Văn A");
    choose_procedure(desk, "1.004873");
    driver.wait("document.querySelector('#fees')?.dataset.total === '15000'");
    // Three working days from the 23rd: not the 24th, not the 27th.
    driver.wait("document.querySelector('#due-date').dataset.due.startsWith('2026-11-30')");
    keyboard.press(&["F5"]);
    keyboard.press(&["F9"]);
    driver.wait("document.querySelector('#slip-code')?.dataset.code.startsWith('TAM-')");
}

fn a_file_out_and_in(desk: &Desk) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    let path = desk.file("quy-dinh.json").display().to_string();
    keyboard.press(&["ctrl+9"]);
    driver.wait("document.querySelector('main[data-screen=rules]')");
    keyboard.press(&["ctrl+e"]);
    driver.wait("document.activeElement.matches('#exchange input')");
    keyboard.type_text(&path);
    keyboard.press(&["F9"]);
    driver.wait_text("#exchange-says", "Đã");
    let file: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert!(file["signature"].is_string(), "a signed file: {}", file["by"]);
    keyboard.press(&["F9"]);
    driver.wait("!document.querySelector('#exchange')");
    keyboard.press(&["ctrl+o"]);
    driver.wait("document.activeElement.matches('#exchange input')");
    keyboard.type_text(&path);
    keyboard.press(&["F9"]);
    // This PC signed it, and nothing in it differs from what is in use.
    driver.wait("document.querySelector('#signed-by.good')");
    driver.wait("document.querySelectorAll('#file-entries [data-key]').length > 80");
    driver.wait("document.querySelectorAll('#file-entries [aria-checked=true]').length === 0");
    // Nothing to take: the main key says so and closes.
    driver.wait_text("#exchange-says", "không có quy định nào khác");
    driver.wait_text("#exchange-do", "Đóng");
    keyboard.press(&["F9"]);
    driver.wait("!document.querySelector('#exchange')");
}
