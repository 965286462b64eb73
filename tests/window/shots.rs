//! Pictures of every screen, for people to look at: `cargo xtask shots`. With SHOTS_SIZE=1093x614 the
//! window is that of a 1366 × 768 screen at 125 %.

use std::path::PathBuf;

use serde_json::json;

use crate::above;
use crate::again;
use crate::desk::Desk;
use crate::rules::{commit_to_two_days, half_a_reception, portal_file};
use crate::screen::ready;

/// Invented people, one of them an organisation; names of minorities and of one word included.
const SAMPLES: [(&str, &str, &str); 8] = [
    ("Trần Thị Bích Đào", "099196000002", "2.000815"),
    ("Lò Văn Pản", "099081000103", "1.001193"),
    ("Y Khoa", "099079000104", "2.000815"),
    ("Nguyễn Phúc Ánh Dương", "099301000105", "1.001193"),
    ("Hồ Thị Kim Ngân", "099188000106", "2.000815"),
    ("Đặng Quốc Việt", "099075000107", "2.000815"),
    ("Lê Đức Ơn", "099095000108", "2.000815"),
    ("Phạm Ngọc Ánh", "099301000109", "1.001193"),
];

#[test]
#[ignore = "makes pictures into SHOTS_DIR; checks nothing"]
fn shots() {
    let Some(folder) = std::env::var_os("SHOTS_DIR").map(PathBuf::from) else {
        panic!("SHOTS_DIR says where the pictures go");
    };
    if !ready() {
        return;
    }
    let mut desk = Desk::new();
    desk.start();
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    let shoot = |name: &str| {
        // A caret that blinks would make every picture different.
        driver.run("document.documentElement.style.caretColor = 'transparent'");
        std::fs::write(folder.join(name).with_extension("png"), driver.picture()).unwrap();
    };
    resize(&desk);
    driver.wait("document.body.dataset.ready");
    shoot("first-start");
    desk.first_officer();
    shoot("reception-empty");
    let codes = samples(&desk);

    keyboard
        .scan("099090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Thôn Mẫu, Xã Mẫu, Huyện Mẫu, Tỉnh Mẫu|15042021");
    driver.wait_text("#p-name", "Nguyễn Văn A");
    shoot("reception-card");
    driver.run("document.querySelector('#proc').focus()");
    keyboard.type_text("chung thuc ban sao");
    driver.wait("document.querySelector('#proc').value === 'chung thuc ban sao'");
    driver.wait("document.querySelector('#proc-list [aria-selected=true]')");
    shoot("reception-procedure");
    keyboard.press(&["Return"]);
    driver.wait("document.querySelector('.matrix [tabindex=\"0\"]')");
    keyboard.press(&["F5"]);
    driver.wait("document.querySelector('#due-date')?.dataset.due");
    shoot("reception");
    keyboard.press(&["F9"]);
    driver.wait("document.querySelector('#slip-code')?.dataset.code");
    driver.wait("document.querySelector('main img')?.naturalWidth > 300");
    shoot("reception-done");
    again::told_and_taken_anew(&desk, &shoot);
    again::waits(&desk, &shoot);

    found(&desk, &codes[0], &shoot);
    money(&desk, &shoot);
    rules(&desk, &shoot);
    late(&desk, &shoot);
    above::both_sides(&desk, &shoot);
    keyboard.press(&["F1"]);
    driver.wait("document.querySelector('main[data-screen=help]')");
    shoot("help");
    desk.close();

    desk.start();
    desk.driver()
        .wait("document.body.dataset.ready && document.activeElement.id === 'pin'");
    std::fs::write(folder.join("sign-in.png"), desk.driver().picture()).unwrap();
    desk.close();
}

/// A receipt that was written by hand while the power was out.
fn late(desk: &Desk, shoot: &dyn Fn(&str)) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    driver.run("document.querySelector('#late').focus()");
    keyboard.press(&["Return"]);
    driver.wait("document.activeElement.id === 'late-time'");
    keyboard.type_text("07:50");
    keyboard.press(&["Tab", "Tab"]);
    keyboard.type_text("Mất điện từ 07:30");
    shoot("reception-late");
    driver.run("document.querySelector('#late').focus()");
    keyboard.press(&["Return"]);
    driver.wait("!document.querySelector('#late-time')");
}

/// A search, the dossier it led to, and a supplement being asked for.
fn found(desk: &Desk, code: &str, shoot: &dyn Fn(&str)) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.press(&["F3"]);
    driver.wait("document.activeElement.id === 'search'");
    keyboard.type_text("anh");
    driver.wait("document.querySelectorAll('#results [data-code]').length === 2");
    shoot("search");
    keyboard.scan(code);
    driver.wait("document.querySelector('main[data-screen=dossier]')");
    driver.wait("document.querySelector('#receipt-image')?.naturalWidth > 300");
    shoot("dossier");
    keyboard.press(&["ctrl+b"]);
    driver.wait("document.activeElement.id === 'step-items'");
    shoot("dossier-supplement");
    keyboard.press(&["Escape"]);
}

/// A fee about to be collected, and the day's money before the till is closed.
fn money(desk: &Desk, shoot: &dyn Fn(&str)) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    for (at, (code, amount)) in paid(desk).into_iter().enumerate() {
        let method = if at % 2 == 0 { "cash" } else { "transfer" };
        desk.call("payment", &json!({ "code": code, "amount": amount, "method": method }));
    }
    let code = with_fee(desk, "fee-last", SAMPLES[0], 16_000);
    keyboard.scan(&code);
    driver.wait("document.querySelector('#collect')");
    driver.wait("document.querySelector('#receipt-image')?.naturalWidth > 300");
    keyboard.press(&["F9"]);
    driver.wait("document.activeElement.id === 'pay-amount'");
    shoot("payment");
    keyboard.press(&["F9"]);
    driver.wait("document.querySelector('#dossier-notice')?.dataset.tone === 'good'");
    keyboard.press(&["ctrl+7"]);
    driver.wait(
        "document.querySelectorAll('#cash-list tbody tr[aria-current], #cash-list tbody tr[tabindex]').length === 5",
    );
    keyboard.press(&["F9"]);
    driver.wait("document.activeElement.id === 'cash-sure'");
    shoot("cash");
    keyboard.press(&["Escape"]);
}

/// Four dossiers with a fee; their codes and what each of them owes.
fn paid(desk: &Desk) -> Vec<(String, u32)> {
    let one = |(at, amount): (usize, u32)| (with_fee(desk, &format!("fee-{at}"), SAMPLES[at + 3], amount), amount);
    [8_000, 16_000, 8_000, 40_000]
        .into_iter()
        .enumerate()
        .map(one)
        .collect()
}

fn with_fee(desk: &Desk, request: &str, (name, id, _): (&str, &str, &str), amount: u32) -> String {
    let applicant = json!({ "kind": "person", "name": name, "id_number": id, "address": "Thôn Giả, Xã Mẫu, Tỉnh Mẫu" });
    let request = json!({ "request_id": request, "procedure": "2.000635", "applicant": applicant,
                          "fees": [{ "name": "Phí cấp bản sao trích lục hộ tịch, mỗi bản", "amount": amount }],
                          "components": [{ "no": 1, "state": "original", "count": 1 }] });
    desk.call("register", &request)["code"].as_str().unwrap().to_owned()
}

/// A procedure with the draft that differs, its editor, and a record of the portal.
fn rules(desk: &Desk, shoot: &dyn Fn(&str)) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    commit_to_two_days(desk, shoot);
    let file = portal_file(desk);
    desk.call("catalogue-import", &json!({ "path": file }));
    keyboard.press(&["ctrl+8"]);
    driver.wait("document.activeElement.dataset.field === 'cases[0].limit'");
    shoot("review");
    keyboard.press(&["ctrl+1"]);
    driver.wait("document.activeElement.id === 'save'");
    keyboard.press(&["F9"]);
    half_a_reception(desk);
    shoot("reception-commitment");
}

/// Makes the window as large as SHOTS_SIZE says, and waits for it.
fn resize(desk: &Desk) {
    let Ok(size) = std::env::var("SHOTS_SIZE") else {
        return;
    };
    desk.keyboard().resize(&size);
    desk.driver()
        .wait(&format!("`${{innerWidth}}x${{innerHeight}}` === '{size}'"));
}

/// Registers the sample people; hands back the codes.
fn samples(desk: &Desk) -> Vec<String> {
    let one = |(at, (name, id, procedure)): (usize, &(&str, &str, &str))| {
        let applicant = json!({ "kind": "person", "name": name, "id_number": id, "address": "Thôn Giả, Xã Mẫu, Tỉnh Mẫu", "phone": "0990000001" });
        let request = json!({ "request_id": format!("shots-{at}"), "procedure": procedure, "applicant": applicant,
                              "components": [{ "no": 1, "state": "original", "count": 1 }] });
        desk.call("register", &request)["code"].as_str().unwrap().to_owned()
    };
    SAMPLES.iter().enumerate().map(one).collect()
}
