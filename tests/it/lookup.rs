//! Finding a dossier as people at a counter ask for it, and the receipt that comes out of it.

use std::path::Path;
use std::process::Command;

use rig::present;
use serde_json::{Value, json};
use sha2::Digest as _;

use crate::counter::{TestStation, text};
use crate::server::TestHub;

fn take_in(counter: &TestStation, number: usize, name: &str, procedure: &str) -> String {
    let mut request = counter.request(number);
    request["applicant"]["name"] = json!(name);
    request["procedure"] = json!(procedure);
    request["components"] = json!([]);
    text(&counter.call("register", &request)["code"])
}

#[test]
fn people_are_found_as_they_are_asked_for() {
    let hub = TestHub::start();
    let counter = TestStation::enrolled("an", &hub);
    let dung = take_in(&counter, 101, "Đặng Thị Mỹ Dung", "2.000815");
    let ly = take_in(&counter, 102, "Trần Văn Lý", "1.001193");
    let hoa = take_in(&counter, 103, "Nguyễn Hoà Thuỷ", "1.000894");
    let found = |words: &str, expected: &[&String]| {
        let mut codes = counter.find(words);
        codes.sort();
        let expected: Vec<String> = expected.iter().map(|code| (*code).clone()).collect();
        assert_eq!(codes, expected, "{words:?}");
    };
    // Without tones, with and without đ, one spelling of i and y for the other, tones elsewhere.
    for words in [
        "dang thi my dung",
        "ĐẶNG THỊ MỸ DUNG",
        "đặng thị mĩ dung",
        "my dung dang",
        "Đặng Thị Mỹ Du",
        "dang thi m",
    ] {
        found(words, &[&dung]);
    }
    found("tran van li", &[&ly]);
    found("Trần Văn Lý", &[&ly]);
    found("hòa thủy", &[&hoa]);
    found("hoa thuy", &[&hoa]);
    // Numbers as people say and write them.
    for words in [
        "099190000102",
        "099 190 000 102",
        "0991900001",
        "0900.000.102",
        "0900 000 102",
    ] {
        assert!(counter.find(words).contains(&ly), "{words:?}");
    }
    found("099 190 000 102", &[&ly]);
    // Codes: as printed, in any case, without separators, the last part alone.
    let bare: String = ly.chars().filter(char::is_ascii_alphanumeric).collect();
    for words in [
        ly.clone(),
        ly.to_lowercase(),
        bare.clone(),
        bare.to_lowercase(),
        "0002".to_owned(),
    ] {
        found(&words, &[&ly]);
    }
    // Procedures by their words.
    found("khai sinh", &[&ly]);
    found("ket hon", &[&hoa]);
    found("chung thuc ban sao", &[&dung]);
    found("không ai cả", &[]);
}

#[test]
fn a_code_that_is_none_is_refused() {
    let counter = TestStation::named("an");
    counter.refusal("show", &json!({"code": "xin chào"}), "NOT_A_CODE");
    counter.refusal("show", &json!({"code": "H99.128-261331-0001"}), "NOT_A_CODE");
    counter.refusal("show", &json!({"code": "H99.128-261123-0001"}), "UNKNOWN_DOSSIER");
    counter.refusal(
        "receipt",
        &json!({"code": "TAM-00000000", "out": "/nowhere/a.pdf"}),
        "UNKNOWN_DOSSIER",
    );
}

fn write(counter: &TestStation, code: &str, name: &str) -> (Vec<u8>, Value) {
    let out = counter.folders.beside(name);
    let answer = counter.call("receipt", &json!({"code": code, "out": out}));
    (std::fs::read(out).unwrap(), answer["sha256"].clone())
}

#[test]
fn a_receipt_is_the_same_bytes_for_ever() {
    let mut counter = TestStation::named("an");
    let answer = counter.register(1);
    let code = text(&answer["code"]);
    let (first, sha256) = write(&counter, &code, "a.pdf");
    assert_eq!(sha256, answer["receipt"]["sha256"]);
    let digest: String = sha2::Sha256::digest(&first)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(sha256, digest);
    counter.restart();
    counter.register(2);
    assert_eq!(write(&counter, &code, "b.pdf"), (first.clone(), sha256));
    assert!(first.len() <= 40_000, "{} bytes", first.len());
    let out = counter.folders.beside("không có thư mục/a.pdf");
    counter.refusal("receipt", &json!({"code": code, "out": out}), "FILE_NOT_WRITABLE");
}

fn run(program: &str, words: &[&str], file: &Path) -> String {
    let output = Command::new(program).args(words).arg(file).output().unwrap();
    assert!(output.status.success(), "{program}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn other_programs_read_the_receipt() {
    if !present(&["zbarimg", "pdftoppm", "pdftotext", "pdffonts"]) {
        return;
    }
    let hub = TestHub::start();
    let counter = TestStation::enrolled("an", &hub);
    let code = take_in(&counter, 1, "Đặng Thị Mỹ Dung", "2.000815");
    write(&counter, &code, "giấy.pdf");
    let file = counter.folders.beside("giấy.pdf");
    let words = Command::new("pdftotext")
        .args(["-layout"])
        .arg(&file)
        .arg("-")
        .output()
        .unwrap();
    let words = String::from_utf8(words.stdout).unwrap();
    for part in ["Đặng Thị Mỹ Dung", code.as_str(), "099190000001", "Chứng thực bản sao"] {
        assert!(words.contains(part), "{part} is not in {words}");
    }
    let fonts = run("pdffonts", &[], &file);
    let rows: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(
        !rows.is_empty() && rows.iter().all(|row| row.contains(" yes ")),
        "{fonts}"
    );
    let picture = counter.folders.beside("giay");
    let drawn = Command::new("pdftoppm")
        .args(["-r", "300", "-png", "-singlefile"])
        .arg(&file)
        .arg(&picture)
        .status();
    assert!(drawn.unwrap().success());
    let read = run("zbarimg", &["-q"], &picture.with_extension("png"));
    for kind in ["CODE-128", "QR-Code"] {
        assert!(
            read.lines().any(|line| line.starts_with(kind) && line.contains(&code)),
            "{kind}: {read}"
        );
    }
}
