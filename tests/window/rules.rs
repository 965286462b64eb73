//! Money and rules in the real window, by keys and scans alone: a fee is collected and the till closed,
//! a procedure gets a committed limit, a record of the portal is read through and approved.

use serde_json::{Value, json};

use crate::desk::Desk;

/// An invented card (099 is allocated to no province).
pub const CARD: &str =
    "099090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Thôn Mẫu, Xã Mẫu, Huyện Mẫu, Tỉnh Mẫu|15042021";

#[test]
fn a_fee_is_collected_and_the_till_is_closed() {
    let Some(mut desk) = Desk::with_officer() else { return };
    let code = register_two_copies(&desk);
    collect(&desk, &code);
    close_the_till(&desk);
    let day = desk.call("cash-day", &json!({}));
    assert_eq!(day["officers"][0]["total"], 16_000, "{day}");
    assert!(day["officers"][0]["closed_at"].is_string(), "{day}");
    desk.close();
}

#[test]
fn a_rule_is_changed_and_a_record_of_the_portal_approved() {
    let Some(mut desk) = Desk::with_officer() else { return };
    half_a_reception(&desk);
    desk.driver().wait("document.querySelector('#not-approved')");
    desk.driver().wait("!document.querySelector('#statutory')");
    commit_to_two_days(&desk, &|_| ());
    the_commitment_is_promised(&desk);
    review_a_record(&desk);
    new_procedure_is_offered(&desk);
    assert_eq!(desk.call("verify", &json!({}))["chain"], "ok");
    desk.close();
}

/// Card, procedure, papers, two copies, the main key: hands back the code.
fn register_two_copies(desk: &Desk) -> String {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.scan(CARD);
    driver.wait_text("#p-name", "Nguyễn Văn A");
    choose_procedure(desk, "2.000635");
    keyboard.press(&["F5"]);
    driver.wait("document.querySelector('#fees')?.dataset.total === '8000'");
    zone(desk, "#fee-copies");
    keyboard.press(&["Up"]);
    driver.wait("document.querySelector('#fees').dataset.total === '16000'");
    driver.wait_text("#fees", "16.000");
    driver.wait_text("#fee-words", "Mười sáu nghìn đồng");
    keyboard.press(&["F9"]);
    printed_code(desk)
}

/// The code on the slip of what was just taken in.
pub fn printed_code(desk: &Desk) -> String {
    let driver = desk.driver();
    driver.wait("document.querySelector('#slip-code')?.dataset.code");
    let code = driver.run("return document.querySelector('#slip-code').dataset.code");
    code.as_str().unwrap().to_owned()
}

pub fn choose_procedure(desk: &Desk, code: &str) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    zone(desk, "#proc");
    keyboard.type_text(code);
    driver.wait(&format!(
        "document.querySelector('#proc-list [aria-selected=true]')?.innerText.includes('{code}')"
    ));
    keyboard.press(&["Return"]);
    driver.wait("document.querySelector('.matrix [tabindex=\"0\"]')");
    driver.wait("document.querySelector('#due-date')?.dataset.due");
}

/// F6 from zone to zone until the focus is there.
pub fn zone(desk: &Desk, selector: &str) {
    step(desk, "F6", selector);
}

/// Tab until the focus is there.
pub fn walk(desk: &Desk, selector: &str) {
    step(desk, "Tab", selector);
}

/// One key again and again, each time only after the focus has moved: a key too many would go past.
pub fn step(desk: &Desk, key: &str, selector: &str) {
    let driver = desk.driver();
    let there = format!("document.activeElement.matches({})", json!(selector));
    for _ in 0..12 {
        if driver.run(&format!("window.was = document.activeElement; return {there}")) == true {
            return;
        }
        desk.keyboard().press(&[key]);
        driver.wait("document.activeElement !== window.was");
    }
    driver.wait(&there);
}

/// The receipt's code by the reader, then F9 twice: the whole of what is owed, in cash.
fn collect(desk: &Desk, code: &str) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.scan(code);
    driver.wait("document.querySelector('main[data-screen=dossier]')");
    driver.wait_text("#collect", "16.000 đ");
    keyboard.press(&["F9"]);
    driver.wait("document.activeElement.id === 'pay-amount' && document.activeElement.value === '16.000'");
    keyboard.press(&["Return"]);
    driver.wait("document.querySelector('#payment')");
    keyboard.press(&["F9"]);
    driver.wait_text("#dossier-notice", "Đã thu 16.000 đ");
    driver.wait("!document.querySelector('#collect') && !document.querySelector('#payment')");
}

fn close_the_till(desk: &Desk) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.press(&["ctrl+7"]);
    driver.wait("document.querySelector('#cash-list [data-total=\"16000\"]')");
    driver.wait_text("#cash-list", "Mười sáu nghìn đồng");
    driver.wait_text("#cash-list", "Chưa chốt");
    keyboard.press(&["F9"]);
    driver.wait("document.activeElement.id === 'cash-sure'");
    keyboard.press(&["F9"]);
    driver.wait_text("#cash-list", "Đã chốt 09:42");
    driver.wait_text("#cash-says", "Đã chốt 1 khoản, 16.000 đ.");
    driver.wait("document.querySelector('#cash-close').getAttribute('aria-disabled') === 'true'");
}

/// A citizen is at the counter while the rule is changed: what is half typed follows it.
pub fn half_a_reception(desk: &Desk) {
    desk.keyboard().scan(CARD);
    desk.driver().wait_text("#p-name", "Nguyễn Văn A");
    choose_procedure(desk, "1.004873");
}

/// 1.004873: three working days by law, two of them promised; saved, then approved with its basis.
/// The editor and the draft are shown on the way to whoever wants to see them.
pub fn commit_to_two_days(desk: &Desk, shown: &dyn Fn(&str)) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.press(&["ctrl+9"]);
    driver.wait("document.activeElement.id === 'rule-filter'");
    keyboard.type_text("1.004873");
    driver.wait("document.querySelectorAll('#rule-list [data-key]').length === 1");
    keyboard.press(&["Return"]);
    driver.wait("document.activeElement.matches('#versions tr')");
    keyboard.press(&["F8"]);
    driver.wait("document.activeElement.matches('#rule-form input')");
    zone(desk, "[data-path=\"cases[0].name\"]");
    walk(desk, "[data-path=\"cases[0].committed\"]");
    // A list answers the first letters of what is wanted.
    keyboard.press(&["n", "g", "agrave"]);
    driver.wait("document.activeElement.value === 'working_days'");
    walk(desk, "[data-path=\"cases[0].committed.amount\"]");
    keyboard.press(&["ctrl+a"]);
    keyboard.type_text("2");
    driver.wait("document.activeElement.value === '2'");
    shown("rules-edit");
    keyboard.press(&["F9"]);
    // Nothing is kept without its basis: the focus goes there.
    driver.wait("document.activeElement.id === 'rule-basis'");
    keyboard.type_text("Kế hoạch 12/KH-UBND");
    keyboard.press(&["F9"]);
    driver.wait_text("#rule-notice", "Đã lưu bản nháp");
    driver.wait_text(".changes", "2 ngày làm việc");
    driver.wait("document.activeElement.matches('#versions tr')");
    shown("rules");
    keyboard.press(&["F9"]);
    driver.wait("document.activeElement.id === 'approve-basis'");
    driver.wait("document.activeElement.value === 'Kế hoạch 12/KH-UBND'");
    keyboard.press(&["F9"]);
    driver.wait_text("#rule-notice", "Đã duyệt bản");
    driver.wait_text("#versions [aria-current]", "Đang dùng");
}

fn the_commitment_is_promised(desk: &Desk) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.press(&["ctrl+1"]);
    driver.wait_text("#p-name", "Nguyễn Văn A");
    driver.wait_text("#statutory", "quy định 03 ngày làm việc");
    driver.wait("!document.querySelector('#not-approved')");
    driver.wait("document.querySelector('main').innerText.includes('02 ngày làm việc')");
    // Monday 23 November, two working days; the 24th is a holiday.
    driver.wait("document.querySelector('#due-date').dataset.due.startsWith('2026-11-26')");
}

/// A record in the portal's shape: what it says of ways, limits and fees runs together.
fn record(code: &str, name: &str, ways: &str) -> Value {
    const WAYS: &str = "Hình thức nộpThời gianPhí, lệ phíMô tả";
    const PAPERS: &str = "Tên giấy tờMẫu đơn, tờ khaiSố lượng";
    json!({ "ma_thu_tuc": code, "ten_thu_tuc": name, "so_quyet_dinh": "12/QĐ-BTP", "linh_vuc": "Mẫu",
            "cach_thuc_thuc_hien": format!("{WAYS}{ways}"),
            "thanh_phan_ho_so": format!("--{PAPERS}Đơn đề nghị mẫu;1 bản chính* Giấy tờ phải xuất trình:{PAPERS}Thẻ căn cước1 bản chính"),
            "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnNghị định 23/2015/NĐ-CP",
            "co_quan_co_tham_quyen": "Ủy ban nhân dân cấp xã",
            "ket_qua_xu_ly": "Giấy mẫuMã: KQ.G15.000021Từ khóaKhông có thông tin" })
}

/// The portal's file: one record whose limit could not be read, one that is sound, one line that is neither.
pub fn portal_file(desk: &Desk) -> String {
    let sound = "Trực tiếp5 Ngày làm việc8,000 VNĐ(/bản)Trực tuyến5 Ngày làm việc8,000 VNĐ(/bản)";
    let records = [
        record("9.000001", "Thủ tục xác nhận mẫu thứ nhất", "Trực tiếp1Miễn phí"),
        record("9.000002", "Thủ tục xác nhận mẫu thứ hai", sound),
        json!({ "ma_thu_tuc": "x" }),
    ];
    let file = desk.file("cong.ndjson");
    let lines: Vec<String> = records.iter().map(Value::to_string).collect();
    std::fs::write(&file, lines.join("\n")).unwrap();
    file.display().to_string()
}

fn review_a_record(desk: &Desk) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    let file = portal_file(desk);
    keyboard.press(&["ctrl+8"]);
    driver.wait("document.querySelector('main[data-screen=review]')");
    driver.wait("document.querySelector('#review-left')?.dataset.left === '0'");
    keyboard.press(&["ctrl+o"]);
    driver.wait("document.activeElement.matches('#import-note input')");
    keyboard.type_text(&file);
    keyboard.press(&["F9"]);
    driver.wait_text("#import-refusals", "Dòng 3");
    driver.wait("document.activeElement.id === 'import-do'");
    keyboard.press(&["F9"]);
    driver.wait("document.activeElement.dataset.field === 'cases[0].limit'");
    // Nothing unsure may pass: the key says so and stays.
    keyboard.press(&["ctrl+Return"]);
    driver.wait_text("#review-alert", "chưa chắc");
    settle_the_limit(desk);
    accept_the_rest(desk);
    keyboard.press(&["ctrl+Return"]);
    driver.wait("document.activeElement.id === 'review-basis'");
    keyboard.type_text("Quyết định 12/QĐ-UBND");
    keyboard.press(&["Return"]);
    driver.wait("document.activeElement.matches('#review-fields [data-field]')");
    keyboard.press(&["ctrl+Return"]);
    driver.wait_text("main .head .who", "Thủ tục xác nhận mẫu thứ hai");
    driver.wait("document.querySelector('#review-left').dataset.left === '1'");
    driver.wait_text("main .bottom", "Đã duyệt Thủ tục xác nhận mẫu thứ nhất");
}

/// The limit that nobody could read is typed from the record beside it.
fn settle_the_limit(desk: &Desk) {
    let (driver, keyboard) = (desk.driver(), desk.keyboard());
    keyboard.press(&["e"]);
    driver.wait("document.activeElement.matches('#field-editor select')");
    keyboard.press(&["Tab"]);
    driver.wait("document.activeElement.matches('#field-editor input')");
    keyboard.press(&["ctrl+a"]);
    keyboard.type_text("1");
    keyboard.press(&["Return"]);
    driver.wait("document.querySelector('[data-field=\"cases[0].limit\"]').dataset.state === 'edited'");
}

/// Enter down the list until nothing unsure is left.
fn accept_the_rest(desk: &Desk) {
    let left = "return document.querySelectorAll('#review-fields [data-state=unsure]').length";
    desk.keyboard().press(&["Home"]);
    for _ in 0..40 {
        if desk.driver().run(left) == 0 {
            return;
        }
        desk.keyboard().press(&["Return"]);
    }
    desk.driver()
        .wait("document.querySelectorAll('#review-fields [data-state=unsure]').length === 0");
}

/// What was approved stands in the list at the counter from now on.
fn new_procedure_is_offered(desk: &Desk) {
    desk.keyboard().press(&["ctrl+1"]);
    desk.driver()
        .wait("document.querySelector('main[data-screen=reception]')");
    zone(desk, "#proc");
    desk.keyboard().press(&["ctrl+a"]);
    desk.keyboard().type_text("mau thu nhat");
    desk.driver()
        .wait("document.querySelector('#proc-list [aria-selected=true]')?.innerText.includes('9.000001')");
    desk.keyboard().press(&["Return"]);
    desk.driver()
        .wait("document.querySelector('#due-date')?.dataset.due.startsWith('2026-11-25')");
}
