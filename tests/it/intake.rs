//! What is typed, scanned or dropped wrongly: a code, a sentence, and nothing stored.

use serde_json::{Value, json};

use crate::counter::{TestStation, attachment, text};
use crate::pictures::{jpeg, png};

/// The request of person 1 with one part replaced.
fn with(counter: &TestStation, path: &str, value: Value) -> Value {
    let mut request = counter.request(1);
    let (parent, name) = path.rsplit_once('/').unwrap();
    request.pointer_mut(parent).unwrap()[name] = value;
    request
}

#[test]
fn bad_input_is_refused_and_leaves_nothing() {
    let counter = TestStation::named("an");
    counter.register(0);
    let megabyte = json!("ả".repeat(350_000));
    let bad = [
        ("/procedure", json!("9.999999"), "UNKNOWN_PROCEDURE"),
        ("/case", json!("khong-co"), "UNKNOWN_CASE"),
        ("/applicant/birth_date", json!("1990-02-31"), "INVALID_DATE"),
        ("/applicant/birth_date", json!("31/02/1990"), "INVALID_DATE"),
        ("/applicant/name", json!(""), "INVALID_NAME"),
        ("/applicant/name", json!("  "), "INVALID_NAME"),
        ("/applicant/name", json!("0123"), "INVALID_NAME"),
        ("/applicant/name", json!("Nguyễn\u{0}Mẫu"), "CONTROL_CHARACTER"),
        ("/applicant/address", json!("Thôn\u{0}Thử"), "CONTROL_CHARACTER"),
        ("/applicant/name", megabyte.clone(), "TOO_LONG"),
        ("/applicant/address", megabyte.clone(), "TOO_LONG"),
        ("/request_id", megabyte, "TOO_LONG"),
        ("/request_id", json!(""), "MISSING_FIELD"),
        ("/applicant/phone", json!("12"), "INVALID_PHONE"),
        ("/applicant/email", json!("mau@@thu"), "INVALID_EMAIL"),
        ("/components/0/count", json!(0), "INVALID_COUNT"),
        ("/components/0/count", json!(-1), "BAD_REQUEST"),
        ("/components/0/no", json!(99), "UNKNOWN_COMPONENT"),
        ("/sets", json!(0), "INVALID_COUNT"),
        ("/fees", json!([{"name": "Lệ phí", "amount": -1}]), "INVALID_AMOUNT"),
        ("/applicant", Value::Null, "BAD_REQUEST"),
        ("/applicant/gender", json!("?"), "BAD_REQUEST"),
    ];
    for (path, value, code) in bad {
        counter.refusal("register", &with(&counter, path, value), code);
    }
    counter.refusal("registre", &json!({}), "UNKNOWN_COMMAND");
    counter.is_whole(1);
    // Nothing of the refused requests stands in the way of the right one.
    counter.register(1);
    counter.is_whole(2);
}

#[test]
fn an_identity_number_of_eleven_digits_says_so() {
    let counter = TestStation::named("an");
    let refused = counter.refusal(
        "register",
        &with(&counter, "/applicant/id_number", json!("09919000001")),
        "INVALID_ID_NUMBER",
    );
    assert_eq!(refused.detail["length"], "11");
    assert_eq!(refused.field.as_deref(), Some("applicant.id_number"));
    assert!(station::words(&refused).contains("11"));
}

#[test]
fn asked_twice_there_is_one_dossier() {
    let mut counter = TestStation::named("an");
    let answer = counter.register(1);
    assert_eq!(counter.register(1), answer);
    counter.restart();
    assert_eq!(counter.register(1), answer);
    let other = with(&counter, "/applicant/name", json!("Trần Văn Thử"));
    counter.refusal("register", &other, "REQUEST_ID_REUSED");
    counter.is_whole(1);
}

#[test]
fn two_windows_that_ask_the_same_at_once_get_one_answer() {
    let counter = TestStation::named("an");
    let answers: Vec<Value> = std::thread::scope(|scope| {
        let asked: Vec<_> = (0..4).map(|_| scope.spawn(|| counter.register(1))).collect();
        asked.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    counter.is_whole(1);
}

#[test]
fn the_same_picture_twice_at_once_is_one_file() {
    let counter = TestStation::named("an");
    let code = text(&counter.register(1)["code"]);
    std::thread::scope(|scope| {
        let asked: Vec<_> = (0..6)
            .map(|number| {
                scope.spawn({
                    let code = &code;
                    let counter = &counter;
                    move || counter.attach(code, &png(number / 3))
                })
            })
            .collect();
        asked.into_iter().for_each(|one| drop(one.join().unwrap()));
    });
    assert_eq!(pages(&counter.show(&code)).len(), 6);
    assert_eq!(rig::files(&counter.folders.data.join("blobs")).unwrap().len(), 2);
    counter.is_whole(1);
}

#[test]
fn three_hundred_pages_on_one_dossier() {
    let counter = TestStation::named("an");
    let code = text(&counter.register(1)["code"]);
    for number in 0..300 {
        let pages = counter.attach(&code, &png(number))["pages"].clone();
        assert_eq!(
            (pages.as_array().unwrap().len(), &pages[0]["no"]),
            (1, &json!(number + 1))
        );
    }
    let shown = counter.show(&code);
    assert_eq!(pages(&shown).len(), 300);
    assert_eq!(counter.call("recent", &json!({}))["dossiers"][0]["pages"], 300);
    counter.is_whole(1);
}

fn pages(shown: &Value) -> Vec<Value> {
    let components = shown["components"].as_array().unwrap().iter();
    components
        .flat_map(|one| one["pages"].as_array().unwrap().clone())
        .collect()
}

#[test]
fn what_is_no_picture_is_not_kept() {
    let counter = TestStation::named("an");
    let code = text(&counter.register(1)["code"]);
    let (whole_png, whole_jpeg) = (png(1), jpeg(1));
    let bad: [(&[u8], &str); 6] = [
        (b"", "EMPTY_FILE"),
        ("Đơn xin cấp bản sao".as_bytes(), "NOT_AN_IMAGE"),
        (b"GIF89a\x01\x00\x01\x00", "NOT_AN_IMAGE"),
        (&whole_png[..whole_png.len() - 20], "TRUNCATED_FILE"),
        (&whole_jpeg[..whole_jpeg.len() / 2], "TRUNCATED_FILE"),
        (b"%PDF-1.7\n1 0 obj\n<<", "TRUNCATED_FILE"),
    ];
    for (bytes, refused) in bad {
        counter.refusal("attach", &attachment(&code, bytes), refused);
    }
    let path = |path: &str| json!({"code": code, "component": 2, "path": path});
    let missing = counter.folders.beside("không có.png");
    counter.refusal("attach", &path(missing.to_str().unwrap()), "FILE_NOT_FOUND");
    counter.refusal("attach", &json!({"code": code, "component": 2}), "MISSING_FIELD");
    let mut elsewhere = attachment(&code, &png(1));
    elsewhere["component"] = json!(99);
    counter.refusal("attach", &elsewhere, "UNKNOWN_COMPONENT");
    counter.refusal("attach", &attachment("H99.128-261123-9999", &png(1)), "UNKNOWN_DOSSIER");
    assert_eq!(pages(&counter.show(&code)), [] as [Value; 0]);
    let blobs = rig::files(&counter.folders.data.join("blobs")).unwrap();
    assert_eq!(blobs, [] as [std::path::PathBuf; 0]);
}

#[test]
fn a_page_goes_with_a_reason_and_comes_back() {
    let counter = TestStation::named("an");
    let code = text(&counter.register(1)["code"]);
    let path = counter.folders.beside("trang quét.png");
    std::fs::write(&path, png(1)).unwrap();
    let page = counter.call("attach", &json!({"code": code, "component": 2, "path": path}))["pages"][0]["page"].clone();
    let remove = |reason: &str| json!({"code": code, "page": page, "reason": reason});
    counter.refusal("page-remove", &remove(" "), "REASON_REQUIRED");
    assert_eq!(pages(&counter.show(&code))[0]["removed"], false);
    counter.call("page-remove", &remove("Trang bị mờ"));
    assert!(pages(&counter.show(&code)).iter().all(|one| one["removed"] == true));
    assert_eq!(counter.call("recent", &json!({}))["dossiers"][0]["pages"], 0);
    counter.call("page-restore", &json!({"code": code, "page": page}));
    assert_eq!(pages(&counter.show(&code))[0]["removed"], false);
    let picture = counter.call("page-image", &json!({"page": page, "kind": "thumb"}));
    assert_eq!(picture["media"], "image/jpeg");
    counter.refusal("page-restore", &json!({"code": code, "page": "x"}), "UNKNOWN_PAGE");
    counter.is_whole(1);
}
