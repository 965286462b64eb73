//! The main job in the real window, by keys and scans alone, with the power cut in the middle.

use std::path::Path;

use serde_json::json;

use crate::desk::Desk;
use crate::driver::Driver;
use crate::screen::{present, ready};

/// An invented card (099 is allocated to no province).
const CARD: &str =
    "099090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Thôn Mẫu, Xã Mẫu, Huyện Mẫu, Tỉnh Mẫu|15042021";

#[test]
fn a_whole_reception() {
    if !ready() {
        return;
    }
    let mut desk = Desk::new();
    desk.start();
    desk.first_officer();

    let code = receive(&desk);
    let before = desk.call("show", &json!({ "code": code }));
    let pages = scan_a_page(&desk, &code);
    desk.kill();

    desk.start();
    desk.sign_in();
    let after = desk.call("show", &json!({ "code": code }));
    assert_eq!(after["receipt"]["sha256"], before["receipt"]["sha256"]);
    assert!(after["receipt"]["sha256"].is_string(), "{after}");
    find_by_name(&desk, &code);
    everything_is_there(desk.driver(), pages);
    scan_the_receipt(&desk, &code);
    assert_eq!(desk.call("verify", &json!({}))["chain"], "ok");
    desk.close();
}

/// Card by reader, procedure by letters, papers by F5, the main key: hands back the code.
fn receive(desk: &Desk) -> String {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.scan(CARD);
    driver.wait("document.querySelector('#p-id')?.value.replace(/\\D/g, '') === '099090000001'");
    driver.wait_text("#p-name", "Nguyễn Văn A");
    driver.wait_text("#p-addr", "Số 1, Thôn Mẫu, Xã Mẫu, Huyện Mẫu, Tỉnh Mẫu");
    focus_procedure(desk);
    keyboard.type_text("chung thuc ban sao");
    driver.wait("document.querySelector('#proc-list [aria-selected=true]')?.innerText.includes('2.000815')");
    keyboard.press(&["Return"]);
    driver.wait("document.querySelector('.matrix [tabindex=\"0\"]')");
    keyboard.press(&["F5"]);
    driver.wait("document.querySelector('#due-date')?.dataset.due");
    keyboard.press(&["F9"]);
    driver.wait("document.querySelector('#slip-code')?.dataset.code");
    driver
        .run("return document.querySelector('#slip-code').dataset.code")
        .as_str()
        .unwrap()
        .to_owned()
}

/// The officer goes on with the keys: F6 from zone to zone until the procedure is there.
fn focus_procedure(desk: &Desk) {
    for _ in 0..6 {
        if desk.driver().run("return document.activeElement.id") == "proc" {
            return;
        }
        desk.keyboard().press(&["F6"]);
    }
    desk.driver().wait("document.activeElement.id === 'proc'");
}

/// One sheet through SANE's `pnm` device by F7: asked once which scanner, then with the settings the
/// office keeps for it. Hands back how many pages there are.
fn scan_a_page(desk: &Desk, code: &str) -> usize {
    if !present("scanimage") {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "scanimage is missing here"
        );
        println!("without a page: scanimage is missing here");
        return 0;
    }
    let sheet = desk.file("sheet.ppm");
    draw(&sheet);
    let settings = json!({ "pnm:0": { "options": { "filename": sheet } } });
    desk.call(
        "preference-set",
        &json!({ "key": "scanner_settings", "value": settings.to_string() }),
    );
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.scan(code);
    opened(driver, code);
    driver.wait("document.activeElement.matches('.paper')");
    keyboard.press(&["F7"]);
    driver.wait("document.activeElement.matches('#scanners button')");
    driver.wait("document.activeElement.innerText.includes('pnm:0')");
    keyboard.press(&["1"]);
    driver.wait("document.querySelector('#dossier-notice')?.dataset.tone === 'good'");
    driver.wait("document.querySelectorAll('main [data-page]').length === 1");
    keyboard.press(&["F7"]);
    driver.wait("document.querySelectorAll('main [data-page]').length === 2");
    2
}

/// A sheet with something on it: bars of grey on white, A6 at 150 dpi (binary PPM).
fn draw(file: &Path) {
    let (width, height) = (620_u32, 874_u32);
    let mut bytes = format!("P6\n{width} {height}\n255\n").into_bytes();
    for line in 0..height {
        for column in 0..width {
            let ink = line % 40 < 8 && column > 60 && column < width - 60;
            bytes.extend(if ink { [40, 40, 60] } else { [250, 249, 245] });
        }
    }
    std::fs::write(file, bytes).unwrap();
}

fn find_by_name(desk: &Desk, code: &str) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.press(&["F3"]);
    driver.wait("document.activeElement.id === 'search'");
    keyboard.type_text("nguyen van a");
    driver.wait("document.querySelectorAll('#results [data-code]').length === 1");
    driver.wait_text("#results", "Nguyễn Văn A");
    keyboard.press(&["Return"]);
    opened(driver, code);
}

fn opened(driver: &Driver, code: &str) {
    driver.wait("document.querySelector('main[data-screen=dossier]')");
    driver.wait(&format!(
        "document.querySelector('#dossier-code')?.dataset.code === {}",
        json!(code)
    ));
}

/// Facts, pages and receipt, as the dossier's screen shows them.
fn everything_is_there(driver: &Driver, pages: usize) {
    driver.wait("document.querySelector('main').innerText.includes('Nguyễn Văn A')");
    driver.wait("document.querySelector('main').innerText.includes('Số 1, Thôn Mẫu')");
    driver.wait(&format!(
        "document.querySelectorAll('main [data-page]').length === {pages}"
    ));
    driver.wait("document.querySelector('#receipt-image')?.naturalWidth > 300");
}

/// The receipt under the reader, with a half-typed name in the focus: the dossier opens, the text stays.
fn scan_the_receipt(desk: &Desk, code: &str) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.press(&["ctrl+1"]);
    driver.wait("document.querySelector('main[data-screen=reception]')");
    keyboard.press(&["F2"]);
    driver.wait("document.activeElement.id === 'p-name'");
    keyboard.type_text("Trần Thị Bí");
    keyboard.scan(code);
    opened(driver, code);
    keyboard.press(&["ctrl+1"]);
    driver.wait("document.querySelector('#p-name')?.value === 'Trần Thị Bí'");
}
