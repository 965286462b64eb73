//! Whom the counter is told of, and what is written down when a dossier is taken in all the same.

use serde_json::{Value, json};

use crate::promises::tests::Desk;

const DAO: &str = "Trần Thị Bích Đào";

/// Taken in at once, and what is told of it a moment later.
fn taken(desk: &Desk, id: &str, applicant: &Value) -> String {
    let answer = desk.registered(id, &json!({"applicant": applicant}));
    answer["code"].as_str().unwrap().to_owned()
}

fn told(desk: &Desk, procedure: &str, applicant: &Value) -> Vec<(String, String)> {
    let answer = desk.call("duplicates", &json!({"procedure": procedure, "applicant": applicant}));
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    let all = answer["duplicates"].as_array().unwrap().iter();
    all.map(|it| (text(&it["dossier"]["code"]), text(&it["by"]))).collect()
}

/// The agency's commune was made of these.
fn merged(desk: &Desk, former: &Value) {
    let key = json!({"kind": "agency", "key": "H99.128"});
    let mut data = desk.call("rule", &key)["data"].clone();
    data["former"] = former.clone();
    let of = |more: Value| {
        let mut request = json!({"kind": "agency", "key": "H99.128", "basis": "Nghị quyết sắp xếp đơn vị hành chính"});
        request
            .as_object_mut()
            .unwrap()
            .append(&mut more.as_object().unwrap().clone());
        request
    };
    let saved = desk.call("rule-save", &of(json!({"data": data})));
    desk.call("rule-approve", &of(json!({"version": saved["version"]})));
}

#[test]
fn the_same_person_and_procedure_is_told_and_nobody_else() {
    let desk = Desk::new("restart");
    let dao = json!({"name": DAO, "id_number": "099196000002", "birth_date": "1996-02-29"});
    let code = taken(&desk, "one", &dao);
    let by = |how: &str| vec![(code.clone(), how.to_owned())];
    for (applicant, how) in [
        (
            json!({"name": "TRAN THI BICH DAO", "id_number": "099 196 000 002"}),
            by("number"),
        ),
        (json!({"name": DAO, "id_number": "099196000020"}), by("number_mistyped")),
        (
            json!({"name": "Đào Trần Thị Bích", "birth_date": "1996-02-29"}),
            by("birth"),
        ),
        (json!({"name": DAO}), vec![]),
        (json!({"name": DAO, "id_number": "099196000457"}), vec![]),
        (json!({"name": "Lê Mẫu", "birth_date": "1996-02-29"}), vec![]),
        // Half typed, it says nothing yet, and is no error.
        (json!({"name": "", "id_number": "0991", "birth_date": "29/02"}), vec![]),
    ] {
        assert_eq!(told(&desk, "1.004873", &applicant), how, "{applicant}");
    }
    assert_eq!(told(&desk, "2.000815", &dao), vec![], "another procedure");
}

#[test]
fn an_old_name_of_the_commune_is_read_as_todays() {
    let desk = Desk::new("restart");
    merged(&desk, &json!(["Xã Giả Đông", "Thị trấn Giả"]));
    let before = json!({"name": DAO, "address": "Thôn Thử 3, Xã Giả Đông, Huyện Mẫu, Tỉnh Mẫu"});
    let code = taken(&desk, "one", &before);
    let now = json!({"name": DAO, "address": "Thử 3, xã Mẫu"});
    assert_eq!(told(&desk, "1.004873", &now), [(code, "place".to_owned())]);
    let elsewhere = json!({"name": DAO, "address": "Thử 3, xã Mẫu Khác"});
    assert_eq!(told(&desk, "1.004873", &elsewhere), []);
}

#[test]
fn an_ended_dossier_stands_against_none_and_an_open_one_for_three_months() {
    let desk = Desk::new("restart");
    let dao = json!({"name": DAO, "id_number": "099196000002"});
    let (ended, open) = (taken(&desk, "one", &dao), taken(&desk, "two", &dao));
    desk.ends(&ended);
    let known = [(open, "number".to_owned())];
    assert_eq!(told(&desk, "1.004873", &dao), known);
    let desk = desk.at("2027-01-30T10:00:00+07:00");
    assert_eq!(told(&desk, "1.004873", &dao), known);
    let desk = desk.at("2027-02-03T10:00:00+07:00");
    assert_eq!(told(&desk, "1.004873", &dao), []);
}

#[test]
fn why_it_was_taken_in_all_the_same_stands_in_the_dossier() {
    let desk = Desk::new("restart");
    let dao = json!({"name": DAO, "id_number": "099196000002"});
    let first = taken(&desk, "one", &dao);
    let despite = json!({"applicant": dao, "despite": {"code": first, "reason": "Xin thêm cho con thứ hai."}});
    let second = desk.registered("two", &despite)["code"].as_str().unwrap().to_owned();
    let shown = desk.show(&second).to_string();
    let words = format!("Nhận mới dù đã có hồ sơ {first}: Xin thêm cho con thứ hai.");
    assert!(shown.contains(&words), "{shown}");
    desk.is_whole();
}

#[test]
fn the_surest_stands_before_the_newest() {
    let desk = Desk::new("restart");
    let dao = json!({"name": DAO, "id_number": "099196000002", "address": "Thôn Giả, Xã Mẫu"});
    let sure = taken(&desk, "one", &dao);
    let namesake = taken(&desk, "two", &json!({"name": DAO, "address": "Thôn Giả, Xã Mẫu"}));
    let found = [(sure, "number".to_owned()), (namesake, "place".to_owned())];
    assert_eq!(told(&desk, "1.004873", &dao), found);
}

#[test]
fn a_request_asked_again_is_not_its_own_duplicate() {
    let desk = Desk::new("restart");
    let dao = json!({"name": DAO, "id_number": "099196000002"});
    taken(&desk, "one", &dao);
    let told = |id: &str| {
        let request = json!({"request_id": id, "procedure": "1.004873", "applicant": dao});
        desk.call("duplicates", &request)["duplicates"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!([told("one"), told("two")], [0, 1]);
}

#[test]
fn an_unknown_dossier_and_a_missing_reason_are_refused() {
    let desk = Desk::new("restart");
    let first = taken(&desk, "one", &json!({"name": DAO}));
    for (despite, refusal) in [
        (
            json!({"code": "H99.128-261102-0999", "reason": "Việc khác"}),
            "UNKNOWN_DOSSIER",
        ),
        (json!({"code": first, "reason": "  "}), "REASON_REQUIRED"),
    ] {
        let request =
            json!({"request_id": "two", "procedure": "1.004873", "applicant": {"name": DAO}, "despite": despite});
        assert_eq!(desk.refusal("register", &request), refusal);
    }
    assert_eq!(told(&desk, "1.004873", &json!({"name": DAO})), []);
}
