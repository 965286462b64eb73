//! A common dossier and its parts: when each is due, and when all of them are.

use serde_json::{Value, json};

use crate::promises::tests::{ANSWERED, ASKED, Desk};

fn part_of(desk: &Desk, request_id: &str, parent: &str) -> String {
    let answer = desk.registered(request_id, &json!({"linked": {"parent": parent}}));
    answer["code"].as_str().unwrap().to_owned()
}

#[test]
fn the_slowest_part_decides_and_both_ends_see_the_group() {
    let desk = Desk::new("restart");
    let common = desk.register("common");
    assert_eq!(desk.show(&common)["group"], Value::Null);
    let desk = desk.at("2026-11-02T15:10:00+07:00");
    let part = part_of(&desk, "part", &common);
    let shown = desk.show(&part);
    // After 15:00 a linked part is taken as received on the 3rd.
    assert_eq!(shown["due_at"], "2026-11-17T17:00:00+07:00");
    assert!(shown["trace"].to_string().contains("hồ sơ liên thông"), "{shown}");
    let group = &shown["group"];
    assert_eq!(group["due_at"], "2026-11-17T17:00:00+07:00");
    let codes: Vec<&Value> = group["parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["code"])
        .collect();
    assert_eq!(codes, [&json!(common), &json!(part)]);
    assert!(group["trace"].to_string().contains("chậm nhất"), "{group}");
    let of_common = desk.show(&common);
    assert_eq!(&of_common["group"], group);
    assert_eq!(
        of_common["due_at"], "2026-11-16T17:00:00+07:00",
        "what was printed stays"
    );
    desk.station.store.write(crate::project::rebuild).unwrap();
    assert_eq!(&desk.show(&common)["group"], group);
    desk.is_whole();
}

#[test]
fn a_part_that_waited_moves_the_group_and_one_that_ended_holds_nobody_up() {
    let desk = Desk::new("restart");
    let common = desk.register("common");
    let (one, two) = (part_of(&desk, "one", &common), part_of(&desk, "two", &common));
    let desk = desk.at(ASKED);
    desk.asks(&one);
    let desk = desk.at(ANSWERED);
    desk.call("take-supplement", &json!({"code": one}));
    assert_eq!(desk.show(&two)["group"]["due_at"], "2026-12-01T17:00:00+07:00");
    desk.ends(&one);
    let group = desk.show(&two)["group"].clone();
    assert_eq!(group["due_at"], "2026-11-16T17:00:00+07:00");
    assert_eq!(group["parts"][1]["status"], "withdrawn");
}

#[test]
fn asked_twice_one_part_and_a_wrong_parent_is_refused() {
    let desk = Desk::new("restart");
    let common = desk.register("common");
    let part = part_of(&desk, "part", &common);
    assert_eq!(part_of(&desk, "part", &common), part);
    let ask = |parent: &str| {
        json!({"request_id": "new", "procedure": "1.004873", "applicant": {"name": "Lò Thị Mẫu"},
            "linked": {"parent": parent}})
    };
    for (parent, refusal) in [
        ("H99.128-261102-9999", "UNKNOWN_DOSSIER"),
        ("không phải mã", "NOT_A_CODE"),
        (part.as_str(), "LINKED_TO_PART"),
    ] {
        let refused = desk.refused("register", &ask(parent));
        assert_eq!(
            (refused.code.as_str(), refused.field.as_deref()),
            (refusal, Some("linked.parent"))
        );
    }
    desk.ends(&common);
    assert_eq!(desk.refusal("register", &ask(&common)), "REFUSED_BY_STATE");
}

#[test]
fn what_would_be_promised_to_a_part_is_what_is_promised() {
    let desk = Desk::new("restart").at("2026-11-02T15:10:00+07:00");
    let ask = json!({"procedure": "1.004873", "linked": true});
    assert_eq!(desk.call("promise", &ask)["due_at"], "2026-11-17T17:00:00+07:00");
    let alone = json!({"procedure": "1.004873"});
    assert_eq!(desk.call("promise", &alone)["due_at"], "2026-11-16T17:00:00+07:00");
}
