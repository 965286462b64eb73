//! A supplement is asked for once; its coming moves the promise as the procedure's version says.

use super::*;

/// Asked on the 5th, answered on the 16th.
fn answered(waiting: &str) -> (Desk, String, Value) {
    let desk = Desk::new(waiting);
    let code = desk.register("a");
    assert_eq!(desk.show(&code)["due_at"], "2026-11-16T17:00:00+07:00");
    let desk = desk.at(ASKED);
    let asked = desk.asks(&code);
    assert_eq!(
        asked,
        json!({"asked_at": ASKED, "status": "supplement_requested"}),
        "{waiting}"
    );
    let desk = desk.at(ANSWERED);
    let came = desk.call(
        "take-supplement",
        &json!({"code": code, "components": [{"no": 1, "state": "original", "count": 2}]}),
    );
    (desk, code, came)
}

#[test]
fn each_policy_gives_its_date_and_its_reason() {
    for (waiting, due, why) in [
        ("restart", "2026-12-01", "tính lại từ đầu 10 ngày làm việc"),
        ("pause_shift", "2026-11-26", "7 ngày làm việc không tính"),
        ("keep", "2026-11-16", "không làm thay đổi ngày hẹn"),
    ] {
        let (desk, code, came) = answered(waiting);
        assert_eq!(
            (&came["due_date"], &came["due_at"]),
            (&json!(due), &json!(format!("{due}T17:00:00+07:00"))),
            "{waiting}"
        );
        assert_eq!(came["due_before"], "2026-11-16T17:00:00+07:00");
        assert!(came["trace"].to_string().contains(why), "{waiting}: {came}");
        let shown = desk.show(&code);
        assert_eq!(
            (&shown["due_at"], &shown["trace"], &shown["status"]),
            (&came["due_at"], &came["trace"], &json!("received")),
            "what was answered is what was kept"
        );
        assert_eq!(
            shown["components"][0]["handed_in"],
            json!([{"no": 1, "state": "original", "count": 2}])
        );
        let found = desk.call("find", &json!({"text": code}));
        assert_eq!(found["dossiers"][0]["due_at"], came["due_at"], "lists know it too");
        desk.is_whole();
    }
}

#[test]
fn the_version_it_was_received_under_decides() {
    let desk = Desk::new("pause_shift");
    let code = desk.register("a");
    let desk = desk.at(ASKED);
    desk.rules("restart");
    desk.asks(&code);
    let desk = desk.at(ANSWERED);
    let came = desk.call("take-supplement", &json!({"code": code}));
    assert_eq!(came["due_date"], "2026-11-26");
}

#[test]
fn a_version_that_never_came_counts_by_the_decree_and_says_so() {
    let desk = Desk::new("keep");
    let code = desk.register("a");
    desk.station
        .store
        .write(|db| Ok(db.execute_batch(include_str!("supplement/forget.sql"))?))
        .unwrap();
    let desk = desk.at(ASKED);
    desk.asks(&code);
    let desk = desk.at(ANSWERED);
    let came = desk.call("take-supplement", &json!({"code": code}));
    assert_eq!(came["due_date"], "2026-12-01");
    assert!(came["trace"][0].as_str().unwrap().contains("chưa có bản"), "{came}");
}

#[test]
fn the_timeline_tells_both_and_what_may_be_done_follows() {
    let desk = Desk::new("pause_shift");
    let code = desk.register("a");
    let can = |desk: &Desk| desk.show(&code)["can"].clone();
    assert_eq!(can(&desk), json!(["ask_supplement", "extend"]));
    let desk = desk.at(ASKED);
    desk.asks(&code);
    let shown = desk.show(&code);
    assert_eq!(shown["status"], "supplement_requested");
    assert_eq!(can(&desk), json!(["take_supplement", "extend"]));
    assert_eq!(
        words(&shown).last().unwrap(),
        "Yêu cầu bổ sung Giấy chứng sinh bản chính: Bản sao không đọc được số"
    );
    let desk = desk.at(ANSWERED);
    desk.call("take-supplement", &json!({"code": code}));
    let shown = desk.show(&code);
    assert_eq!(
        words(&shown).last().unwrap(),
        "Nhận giấy tờ bổ sung, hẹn trả 17:00 26/11/2026"
    );
    assert_eq!(can(&desk), json!(["extend"]));
    assert_eq!(shown["components"][0]["handed_in"][0]["state"], "missing");
}

#[test]
fn once_only_and_a_replay_changes_nothing() {
    let desk = Desk::new("restart");
    let code = desk.register("a");
    let take = json!({"code": code});
    assert_eq!(desk.refusal("take-supplement", &take), "SUPPLEMENT_NOT_AWAITED");
    let desk = desk.at(ASKED);
    desk.asks(&code);
    assert_eq!(
        desk.refusal("ask-supplement", &asked(&code)),
        "SUPPLEMENT_ASKED_ALREADY"
    );
    let desk = desk.at(ANSWERED);
    desk.call("take-supplement", &take);
    let before = desk.show(&code);
    assert_eq!(desk.refusal("take-supplement", &take), "SUPPLEMENT_NOT_AWAITED");
    assert_eq!(
        desk.refusal("ask-supplement", &asked(&code)),
        "SUPPLEMENT_ASKED_ALREADY"
    );
    assert_eq!(desk.show(&code), before);
    desk.is_whole();
}

#[test]
fn what_cannot_be_read_is_refused_by_its_field() {
    let desk = Desk::new("restart");
    let code = desk.register("a");
    let ask = |items: Value, reason: &str| json!({"code": code, "items": items, "reason": reason});
    for (request, refusal, field) in [
        (ask(json!([]), "Thiếu"), "MISSING_FIELD", "items"),
        (ask(json!(["  "]), "Thiếu"), "MISSING_FIELD", "items"),
        (ask(json!(["Tờ khai"]), "   "), "REASON_REQUIRED", "reason"),
        (ask(json!(["Tờ\u{1}khai"]), "Thiếu"), "CONTROL_CHARACTER", "items"),
        (ask(json!(["Tờ khai"]), &"x".repeat(501)), "TOO_LONG", "reason"),
        (ask(json!(vec!["Tờ khai"; 51]), "Thiếu"), "TOO_LONG", "items"),
    ] {
        let refused = desk.refused("ask-supplement", &request);
        assert_eq!(
            (refused.code.as_str(), refused.field.as_deref()),
            (refusal, Some(field))
        );
    }
    let unknown = ask(json!(["Tờ khai"]), "Thiếu");
    let unknown = json!({"code": "H99.128-261102-9999", "items": unknown["items"], "reason": "Thiếu"});
    assert_eq!(desk.refusal("ask-supplement", &unknown), "UNKNOWN_DOSSIER");
    desk.asks(&code);
    let component = json!({"code": code, "components": [{"no": 77, "state": "original"}]});
    assert_eq!(desk.refusal("take-supplement", &component), "UNKNOWN_COMPONENT");
    let desk = desk.at("2026-11-01T09:00:00+07:00");
    assert_eq!(
        desk.refusal("take-supplement", &json!({"code": code})),
        "CLOCK_IMPLAUSIBLE",
        "an answer before the question"
    );
}

#[test]
fn a_year_without_a_calendar_is_named() {
    let desk = Desk::new("restart");
    let code = desk.register("a");
    desk.asks(&code);
    let desk = desk.at("2039-03-01T09:00:00+07:00");
    let refused = desk.refused("take-supplement", &json!({"code": code}));
    assert_eq!(refused.code.as_str(), "YEAR_NOT_IN_CALENDAR");
    assert_eq!(refused.detail["year"], "2039");
    assert!(refused.words().contains("năm 2039"), "{}", refused.words());
    assert_eq!(desk.show(&code)["status"], "supplement_requested");
}
