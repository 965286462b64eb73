//! One extension, with its apology in time, to a later working day.

use super::*;

fn to(code: &str, day: &str) -> Value {
    json!({"code": code, "new_date": day, "reason": "Chờ cơ quan khác xác minh"})
}

#[test]
fn once_to_a_later_working_day() {
    let desk = Desk::new("restart");
    let code = desk.register("a");
    let desk = desk.at("2026-11-13T16:00:00+07:00");
    let extended = desk.call("extend", &to(&code, "2026-11-20"));
    assert_eq!(extended["due_at"], "2026-11-20T17:00:00+07:00");
    assert_eq!(extended["due_before"], "2026-11-16T17:00:00+07:00");
    assert!(
        extended["trace"].to_string().contains("Gia hạn lần duy nhất"),
        "{extended}"
    );
    let shown = desk.show(&code);
    assert_eq!(
        (&shown["due_at"], &shown["trace"], &shown["can"]),
        (&extended["due_at"], &extended["trace"], &json!(["ask_supplement"]))
    );
    assert_eq!(
        words(&shown).last().unwrap(),
        "Xin lỗi và gia hạn đến 17:00 20/11/2026: Chờ cơ quan khác xác minh"
    );
    assert_eq!(desk.refusal("extend", &to(&code, "2026-11-20")), "EXTENDED_ALREADY");
    assert_eq!(desk.refusal("extend", &to(&code, "2026-11-27")), "EXTENDED_ALREADY");
    desk.is_whole();
}

#[test]
fn what_the_rule_refuses_says_why() {
    let desk = Desk::new("restart");
    let code = desk.register("a");
    for (day, refusal, said) in [
        ("2026-11-16", "DATE_NOT_LATER", "sau ngày hẹn cũ"),
        ("2026-11-10", "DATE_NOT_LATER", "sau ngày hẹn cũ"),
        ("2026-11-24", "DATE_IS_OFF", "Ngày Văn hóa Việt Nam"),
        ("2026-11-21", "DATE_IS_OFF", "nghỉ"),
        ("2041-03-01", "YEAR_NOT_IN_CALENDAR", "năm 2041"),
        ("2026-02-31", "INVALID_DATE", "ngày"),
        ("20/11/2026", "INVALID_DATE", "ngày"),
    ] {
        let refused = desk.refused("extend", &to(&code, day));
        assert_eq!(
            (refused.code.as_str(), refused.field.as_deref()),
            (refusal, Some("new_date"))
        );
        assert!(refused.words().contains(said), "{}", refused.words());
    }
    let blank = json!({"code": code, "new_date": "2026-11-20", "reason": " "});
    assert_eq!(desk.refusal("extend", &blank), "REASON_REQUIRED");
    let desk = desk.at("2026-11-16T08:00:00+07:00");
    let late = desk.refused("extend", &to(&code, "2026-11-20"));
    assert_eq!(late.code.as_str(), "APOLOGY_TOO_LATE");
    assert!(late.words().contains("15/11/2026"), "{}", late.words());
}

#[test]
fn a_dossier_that_ended_is_not_extended() {
    let desk = Desk::new("restart");
    let code = desk.register("a");
    desk.ends(&code);
    assert_eq!(desk.show(&code)["can"], json!([]));
    assert_eq!(desk.refusal("extend", &to(&code, "2026-11-20")), "REFUSED_BY_STATE");
    assert_eq!(desk.refusal("ask-supplement", &asked(&code)), "REFUSED_BY_STATE");
    assert_eq!(
        desk.refusal("take-supplement", &json!({"code": code})),
        "SUPPLEMENT_NOT_AWAITED"
    );
}

#[test]
fn an_extension_and_a_supplement_build_on_each_other() {
    let desk = Desk::new("pause_shift");
    let code = desk.register("a");
    desk.call("extend", &to(&code, "2026-11-20"));
    let desk = desk.at(ASKED);
    desk.asks(&code);
    let desk = desk.at(ANSWERED);
    let came = desk.call("take-supplement", &json!({"code": code}));
    assert_eq!(came["due_before"], "2026-11-20T17:00:00+07:00");
    // Seven working days later, over the holiday of the 24th.
    assert_eq!(came["due_date"], "2026-12-02");
    assert_eq!(desk.refusal("extend", &to(&code, "2026-12-10")), "EXTENDED_ALREADY");
    desk.is_whole();
}
