//! Calendars: the local one on top, what a later one would mean, what is refused.

use serde_json::json;

use super::*;

#[test]
fn a_local_calendar_lies_over_the_national_one() {
    let desk = Desk::new();
    let text =
        "version | dia-phuong-1\nday | 2026-11-25 | closure | official | Ngày hội của xã | Thông báo 5/TB-UBND\n";
    desk.approve(RuleKind::Calendar, "local", &json!({"text": text}))
        .unwrap();
    let calendar = desk.station.calendar().unwrap();
    assert_eq!(calendar.version(), "2026-11+dia-phuong-1");
    assert_eq!(calendar.why_off(day("2026-11-25")).unwrap(), Some("Ngày hội của xã"));
    assert!(calendar.why_off(day("2026-01-01")).unwrap().is_some());
}

#[test]
fn a_later_holiday_lists_the_open_dossiers_and_changes_none() {
    let desk = Desk::new();
    desk.approve(RuleKind::Procedure, CODE, &desk.changed(5)).unwrap();
    let touched = desk.register("a");
    desk.approve(RuleKind::Procedure, CODE, &desk.changed(1)).unwrap();
    desk.register("b");
    let text = dossier::calendar::Calendar::embedded_text();
    let text = format!("{text}\nday | 2026-11-27 | holiday | official | Nghỉ | Thông báo thử\n");
    let answer = desk.call("calendar-check", json!({"text": text}));
    let change =
        json!([{"date": "2026-11-27", "before": "Ngày làm việc", "after": "Nghỉ lễ: Nghỉ", "basis": "Thông báo thử"}]);
    assert_eq!(answer["changes"], change);
    let list = answer["touched"].as_array().unwrap();
    assert_eq!(list.len(), 1, "{answer}");
    assert_eq!(
        (&list[0]["code"], &list[0]["due_at"]),
        (&touched["code"], &touched["due_at"])
    );
    assert!(list[0]["would_be_due_at"].as_str().unwrap() > touched["due_at"].as_str().unwrap());
    assert_eq!(
        desk.call("show", json!({"code": touched["code"]}))["due_at"],
        touched["due_at"]
    );
    let path = desk.file("holidays.txt");
    std::fs::write(&path, &text).unwrap();
    assert_eq!(desk.call("calendar-check", json!({"path": path})), answer);
    // Adopting it changes no promise either; it is what the next check compares with.
    desk.approve(RuleKind::Calendar, "national", &json!({"text": text}))
        .unwrap();
    assert_eq!(
        desk.call("show", json!({"code": touched["code"]}))["due_at"],
        touched["due_at"]
    );
    assert_eq!(desk.call("calendar-check", json!({"text": text}))["changes"], json!([]));
}

#[test]
fn a_calendar_without_this_year_is_not_approved() {
    let desk = Desk::new();
    let text = only_2027();
    assert!(
        dossier::calendar::Calendar::parse(&text).is_ok(),
        "a sound edition of 2027 alone"
    );
    let refused = desk
        .approve(RuleKind::Calendar, "national", &json!({"text": text}))
        .unwrap_err();
    assert_eq!(refused.code, Code::RuleInvalid);
    assert!(refused.words().contains("không có năm 2026"), "{}", refused.words());
    assert!(desk.station.calendar().unwrap().years().contains(&2026));
}

#[test]
fn a_bad_calendar_is_refused_with_its_line() {
    let desk = Desk::new();
    let text = format!(
        "{}\nday | 2026-11-24 | holiday\n",
        dossier::calendar::Calendar::embedded_text()
    );
    let refused = desk
        .station
        .call(&Caller::Headless(None), "calendar-check", json!({"text": text}))
        .unwrap_err();
    assert_eq!(refused.code, Code::CalendarUnreadable);
    assert_eq!(refused.detail["line"], text.lines().count().to_string());
    assert_eq!(desk.refusal("calendar-check", json!({})), Code::MissingField);
    assert_eq!(
        desk.refusal("calendar-check", json!({"text": text, "key": "other"})),
        Code::UnknownRule
    );
}
