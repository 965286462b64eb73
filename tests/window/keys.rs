//! How many keys a reception takes, with every pointer trapped: nobody reaches for a mouse, and hardly for
//! the keyboard. The figures are printed; that they stay few is asserted.

use serde_json::json;

use crate::desk::Desk;
use crate::hands::Hands;

/// Procedures a commune's counter sees much of, each by figures of its code that tell it apart.
const COMMONEST: [(&str, &str); 10] = [
    ("2.000815", "815"),
    ("2.000884", "0884"),
    ("2.000635", "635"),
    ("1.004873", "4873"),
    ("1.001193", "1193"),
    ("1.000656", "656"),
    ("1.000894", "894"),
    ("1.004222", "4222"),
    ("1.014027", "14027"),
    ("1.001612", "1612"),
];
/// Most keys for a certified copy, beside one scan, for somebody who was here before.
const KNOWN: usize = 15;
/// Most keys for somebody new, typed without a card, with five papers.
const NEW: usize = 60;

#[test]
fn ten_receptions_without_a_pointer_and_with_few_keys() {
    let Some(mut desk) = Desk::with_officer() else { return };
    let mut hands = Hands::on(&desk);
    for (place, (code, figures)) in COMMONEST.into_iter().enumerate() {
        hands.scan(&card(place));
        wait_for(&desk, place);
        procedure(&desk, &mut hands, code, figures);
        save(&desk, &mut hands);
        let (keys, scans) = hands.counted();
        println!("{code} known by card: {keys} keys, {scans} scan");
        assert!(scans == 1 && keys <= KNOWN, "{code}: {keys} keys and {scans} scans");
    }
    again(&desk, &mut hands);
    new(&desk, &mut hands);
    assert_eq!(desk.call("verify", &json!({}))["chain"], "ok");
    desk.close();
}

/// Somebody who came before, by three letters of the name, for a certified copy.
fn again(desk: &Desk, hands: &mut Hands<'_>) {
    hands.type_plain("dao");
    desk.driver().wait("document.querySelector('#known-0')");
    hands.press("Down");
    desk.driver()
        .wait("document.querySelector('#known-0[aria-selected=true]')");
    hands.press("Return");
    desk.driver().wait("document.activeElement.id === 'proc'");
    chosen(desk, hands, "2.000942", "942");
    save(desk, hands);
    let (keys, scans) = hands.counted();
    println!("2.000942 known by three letters: {keys} keys, {scans} scans");
    assert!(scans == 0 && keys <= KNOWN, "{keys} keys and {scans} scans");
}

/// Nobody knows them, and there is no card: name, number and birth date are typed; a paper is missing.
fn new(desk: &Desk, hands: &mut Hands<'_>) {
    hands.type_telex("Vừ Thị Mẫu");
    hands.press("Tab");
    hands.type_plain("099196000999");
    hands.press("Tab");
    hands.type_plain("11081996");
    procedure(desk, hands, "1.004873", "4873");
    hands.press("Down");
    hands.press("Delete");
    desk.driver().wait("document.querySelector('.tally .red')");
    save(desk, hands);
    let (keys, scans) = hands.counted();
    println!("1.004873 somebody new, five papers, one of them missing: {keys} keys, {scans} scans");
    assert!(scans == 0 && keys <= NEW, "{keys} keys and {scans} scans");
}

/// A card of somebody invented.
fn card(place: usize) -> String {
    format!(
        "09919600{place:04}||{}|2902199{}|Nữ|Tổ 2, Phường Ví Dụ, Tỉnh Mẫu|10072024",
        name(place),
        6
    )
}

fn name(place: usize) -> &'static str {
    let names = ["Trần Thị Bích Đào", "Lò Thị Ví Dụ", "H’Hen Thử Niê"];
    names.get(place % names.len()).copied().unwrap()
}

fn wait_for(desk: &Desk, place: usize) {
    let driver = desk.driver();
    let number = format!("09919600{place:04}");
    driver.wait(&format!(
        "document.querySelector('#p-id')?.value.replace(/\\D/g, '') === '{number}'"
    ));
    driver.wait_text("#p-name", name(place));
}

fn procedure(desk: &Desk, hands: &mut Hands<'_>, code: &str, figures: &str) {
    hands.press("F6");
    desk.driver().wait("document.activeElement.id === 'proc'");
    chosen(desk, hands, code, figures);
}

fn chosen(desk: &Desk, hands: &mut Hands<'_>, code: &str, figures: &str) {
    hands.type_plain(figures);
    desk.driver().wait(&format!(
        "document.querySelector('#proc-list [aria-selected=true]')?.innerText.includes('{code}')"
    ));
    hands.press("Return");
    desk.driver().wait("document.querySelector('#due-date')?.dataset.due");
    hands.press("F5");
}

/// F9 writes and prints, F9 again makes room for the next. Where the council's amount is not on this PC the
/// officer types it.
fn save(desk: &Desk, hands: &mut Hands<'_>) {
    const WRITTEN: &str = "document.querySelector('#slip-code')?.dataset.code";
    const UNSET: &str = "document.activeElement.matches('[data-unset=\"true\"] input')";
    hands.press("F9");
    desk.driver().wait(&format!("{WRITTEN} || {UNSET}"));
    if desk.driver().run(&format!("return {UNSET}")) == true {
        hands.type_plain("8000");
        hands.press("F9");
    }
    desk.driver().wait(WRITTEN);
    hands.press("F9");
    desk.driver()
        .wait("document.activeElement.id === 'p-name' && document.activeElement.value === ''");
}
