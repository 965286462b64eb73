//! What an administrator reads before approving.

use serde_json::{Value, json};

use super::changes;

fn procedure() -> Value {
    json!({"code": "1.001193", "name": "Đăng ký khai sinh", "version": "2026-07", "needs_approval": true,
        "cases": [{"id": "1", "name": "Thông thường", "limit": {"kind": "same_day"}}],
        "components": [{"no": 1, "name": "Tờ khai", "group": "submit", "usual": "original", "count": 1},
            {"no": 2, "name": "Giấy chứng sinh", "group": "submit", "usual": "original", "count": 1}],
        "fees": [{"id": "le-phi", "name": "Lệ phí", "per": {"case": 8000}}]})
}

fn said(before: Option<&Value>, after: &Value) -> Vec<(String, String, String, String)> {
    let found = changes(before, after).into_iter();
    let none = || "—".to_owned();
    let said = found.map(|it| {
        (
            it.field,
            it.label,
            it.before.unwrap_or_else(none),
            it.after.unwrap_or_else(none),
        )
    });
    said.collect()
}

fn row(field: &str, label: &str, before: &str, after: &str) -> (String, String, String, String) {
    (field.into(), label.into(), before.into(), after.into())
}

#[test]
fn the_same_is_no_change_and_an_approval_is_none_either() {
    let mut after = procedure();
    after["needs_approval"] = json!(false);
    assert_eq!(said(Some(&procedure()), &after), []);
}

#[test]
fn fields_are_named_as_people_name_them() {
    let mut after = procedure();
    after["version"] = json!("2026-11");
    after["cases"][0]["limit"] = json!({"kind": "working_days", "amount": 3});
    after["fees"][0]["per"] = json!("unset");
    after["valid_from"] = json!("2026-12-01");
    assert_eq!(
        said(Some(&procedure()), &after),
        [
            row("version", "Phiên bản", "2026-07", "2026-11"),
            row("valid_from", "Hiệu lực từ ngày", "—", "01/12/2026"),
            row(
                "cases[0].limit",
                "Trường hợp “Thông thường”: thời hạn",
                "Trong ngày",
                "03 ngày làm việc"
            ),
            row(
                "fees[0].per",
                "Khoản thu “Lệ phí”: mức thu",
                "8.000 đ một hồ sơ",
                "theo nghị quyết của HĐND cấp tỉnh"
            ),
        ]
    );
}

#[test]
fn a_paper_put_in_the_middle_changes_no_other() {
    let mut after = procedure();
    let papers = after["components"].as_array_mut().unwrap();
    papers[1]["no"] = json!(3);
    let new = json!({"no": 2, "name": "Giấy ủy quyền", "group": "present", "usual": "presented", "count": 1});
    papers.insert(1, new);
    assert_eq!(
        said(Some(&procedure()), &after),
        [
            row(
                "components[1]",
                "Giấy tờ “Giấy ủy quyền”",
                "—",
                "Giấy ủy quyền; cách nộp: xuất trình; loại bản: xuất trình; số bản: 1"
            ),
            row("components[2].no", "Giấy tờ “Giấy chứng sinh”: số thứ tự", "2", "3"),
        ]
    );
}

#[test]
fn a_renamed_paper_keeps_its_number_and_a_removed_one_is_told() {
    let mut after = procedure();
    after["components"][0]["name"] = json!("Tờ khai theo mẫu");
    after["components"].as_array_mut().unwrap().pop();
    assert_eq!(
        said(Some(&procedure()), &after),
        [
            row(
                "components[1]",
                "Giấy tờ “Giấy chứng sinh”",
                "Giấy chứng sinh; cách nộp: nộp; loại bản: bản chính; số bản: 1",
                "—"
            ),
            row(
                "components[0].name",
                "Giấy tờ “Tờ khai theo mẫu”: tên",
                "Tờ khai",
                "Tờ khai theo mẫu"
            ),
        ]
    );
}

#[test]
fn a_new_rule_is_told_whole() {
    let found = said(None, &procedure());
    assert!(found.iter().all(|(_, _, before, _)| before == "—"), "{found:?}");
    assert_eq!(found.len(), 3 + 1 + 2 + 1);
}
