//! A station that cannot open: the window opens all the same and says why.

use crate::desk::Desk;
use crate::screen::ready;

#[test]
fn two_programs_on_one_folder() {
    if !ready() {
        return;
    }
    let mut desk = Desk::new();
    desk.start();
    desk.driver().wait("document.querySelector('#first-name')");
    let second = desk.open();
    second.wait("document.body.innerText.includes('Một Cửa đang mở ở cửa sổ khác')");
    assert_eq!(
        second.run("return document.querySelector('#first-name, #pin')"),
        serde_json::Value::Null
    );
    second.close();
    desk.driver().wait("document.querySelector('#first-name')");
    desk.close();
}

#[test]
fn a_folder_that_is_a_file() {
    if !ready() {
        return;
    }
    let mut desk = Desk::new();
    std::fs::write(desk.file("data"), b"not a folder").unwrap();
    desk.start();
    desk.driver()
        .wait("document.querySelector('[role=alert]')?.innerText.trim().length > 20");
    assert_eq!(std::fs::read(desk.file("data")).unwrap(), b"not a folder");
    desk.close();
}
