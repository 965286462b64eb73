//! Who is told of by a few letters.

use serde_json::{Value, json};

use crate::promises::tests::Desk;

fn came(desk: &Desk, id: &str, applicant: &Value) {
    desk.registered(id, &json!({"applicant": applicant}));
}

fn told(desk: &Desk, name: &str) -> Vec<(String, Option<String>)> {
    let answer = desk.call("people", &json!({"name": name}));
    let people = answer["people"].as_array().unwrap().iter();
    let text = |it: &Value| it.as_str().map(str::to_owned);
    people
        .map(|it| {
            (
                text(&it["applicant"]["name"]).unwrap(),
                text(&it["applicant"]["id_number"]),
            )
        })
        .collect()
}

fn names(desk: &Desk, name: &str) -> Vec<String> {
    told(desk, name).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn a_few_letters_find_who_came_before_each_once_with_the_last_facts() {
    let desk = Desk::new("restart");
    came(
        &desk,
        "1",
        &json!({"name": "Trần Thị Bích Đào", "id_number": "099196000002", "phone": "0900000126"}),
    );
    came(
        &desk,
        "2",
        &json!({"name": "Trần Văn Mẫu", "id_number": "099090000001"}),
    );
    came(
        &desk,
        "3",
        &json!({"name": "Trần Thị Bích Đào", "id_number": "099196000002", "phone": "0900000999"}),
    );
    assert_eq!(names(&desk, "dao"), ["Trần Thị Bích Đào"]);
    assert_eq!(
        names(&desk, "tra"),
        ["Trần Thị Bích Đào", "Trần Văn Mẫu"],
        "the newest first"
    );
    assert_eq!(names(&desk, "ĐÀO trần"), ["Trần Thị Bích Đào"], "in any order");
    let answer = desk.call("people", &json!({"name": "bích"}));
    let known = &answer["people"][0];
    assert_eq!(known["applicant"]["phone"], "0900000999");
    assert!(known["last"]["code"].is_string() && known["last"]["procedure_name"].is_string());
}

#[test]
fn whole_words_come_before_begun_ones() {
    let desk = Desk::new("restart");
    came(&desk, "1", &json!({"name": "Lê Thị Lan", "id_number": "099196000003"}));
    came(&desk, "2", &json!({"name": "Lê Thị Lanh", "id_number": "099196000004"}));
    assert_eq!(names(&desk, "lan"), ["Lê Thị Lan", "Lê Thị Lanh"]);
}

#[test]
fn namesakes_are_two_and_one_without_a_number_is_one() {
    let desk = Desk::new("restart");
    came(&desk, "1", &json!({"name": "Y Thử Niê", "phone": "0900000126"}));
    came(&desk, "2", &json!({"name": "Y THỬ NIÊ", "phone": "0900000126"}));
    came(&desk, "3", &json!({"name": "Y Thử Niê", "id_number": "099090000005"}));
    came(&desk, "4", &json!({"name": "Y Thử Niê", "id_number": "099090000006"}));
    assert_eq!(told(&desk, "y thu").len(), 3);
}

#[test]
fn too_little_and_what_is_no_name_find_nobody() {
    let desk = Desk::new("restart");
    came(
        &desk,
        "1",
        &json!({"name": "Trần Văn Mẫu", "id_number": "099090000001", "phone": "0900000126"}),
    );
    for name in ["", "t", "  ", "\"*", "099090000001", "0900000126", "xyz"] {
        assert_eq!(told(&desk, name), [], "{name}");
    }
}
