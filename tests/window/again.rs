//! Somebody who comes again with the same thing, and a citizen who lets another one pass.

use serde_json::json;

use crate::desk::Desk;
use crate::rules::choose_procedure;

const DAO: &str = "099196000002||Trần Thị Bích Đào|29021996|Nữ|Tổ 2, Phường Ví Dụ, Tỉnh Mẫu|10072024";
/// Its digits would answer the question, were they typed one by one.
const KHOA: &str = "099079000123||Y Khoa|05031979|Nam|Buôn Thử, Xã Mẫu, Tỉnh Mẫu|10072024";

#[test]
fn the_same_thing_again_is_told_and_a_reception_waits() {
    let Some(mut desk) = Desk::with_officer() else { return };
    desk.keyboard().scan(DAO);
    desk.driver().wait_text("#p-name", "Trần Thị Bích Đào");
    choose_procedure(&desk, "2.000815");
    desk.keyboard().press(&["F5"]);
    let first = saved(&desk);
    told_and_taken_anew(&desk, &|_| {});
    let shown = desk.call("show", &json!({ "code": code(&desk) })).to_string();
    let words = format!("Nhận mới dù đã có hồ sơ {first}: viec khac");
    assert!(shown.contains(&words), "{shown}");
    waits(&desk, &|_| {});
    assert_eq!(desk.call("verify", &json!({}))["chain"], "ok");
    desk.close();
}

fn code(desk: &Desk) -> String {
    let code = desk
        .driver()
        .run("return document.querySelector('#slip-code').dataset.code");
    code.as_str().unwrap().to_owned()
}

fn saved(desk: &Desk) -> String {
    desk.keyboard().press(&["F9"]);
    desk.driver().wait("document.querySelector('#slip-code')?.dataset.code");
    code(desk)
}

fn next(desk: &Desk) {
    desk.keyboard().press(&["F9"]);
    desk.driver().wait("document.activeElement.id === 'p-name'");
}

/// F9 goes to the question; a card that is read meanwhile answers nothing; 3 and a reason go on.
pub fn told_and_taken_anew(desk: &Desk, shoot: &dyn Fn(&str)) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    next(desk);
    keyboard.scan(DAO);
    driver.wait_text("#p-name", "Trần Thị Bích Đào");
    choose_procedure(desk, "2.000815");
    driver.wait("document.querySelector('#duplicate')");
    keyboard.press(&["F5"]);
    keyboard.press(&["F9"]);
    driver.wait("document.activeElement.closest('#duplicate')");
    shoot("reception-duplicate");
    keyboard.scan(KHOA);
    driver.wait("document.activeElement.closest('#other-card')");
    assert_eq!(
        driver.run("return document.querySelectorAll('#duplicate .choices button').length"),
        3
    );
    keyboard.press(&["2"]);
    driver.wait("!document.querySelector('#other-card')");
    keyboard.press(&["F12"]);
    driver.wait("document.activeElement.closest('#duplicate')");
    keyboard.press(&["3"]);
    driver.wait("document.activeElement.id === 'despite'");
    keyboard.type_text("viec khac");
    saved(desk);
}

/// F4 sets aside who is on the screen, F4 takes them up again.
pub fn waits(desk: &Desk, shoot: &dyn Fn(&str)) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    next(desk);
    keyboard.scan(KHOA);
    driver.wait_text("#p-name", "Y Khoa");
    keyboard.press(&["F4"]);
    driver.wait("document.querySelector('#parked-chip') && document.querySelector('#p-name').value === ''");
    shoot("reception-parked");
    keyboard.press(&["F4"]);
    driver.wait_text("#p-name", "Y Khoa");
    choose_procedure(desk, "1.001193");
    saved(desk);
}
