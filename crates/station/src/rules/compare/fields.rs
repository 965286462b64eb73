//! What the fields of rules are called, and in which order people read them.

use serde_json::{Map, Value};

/// A field by its last name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field<'a>(pub &'a str);

impl<'a> Field<'a> {
    /// Of its name.
    pub const fn of(name: &'a str) -> Self {
        Self(name)
    }
}

/// Names in reading order, with what people call them.
const LABELS: &[(&str, &str)] = &[
    ("code", "mã"),
    ("no", "số thứ tự"),
    ("number", "số nghị quyết"),
    ("id", "mã"),
    ("procedure", "thủ tục"),
    ("rule", "khoản thu"),
    ("name", "tên"),
    ("parent", "cơ quan chủ quản"),
    ("unit", "nơi tiếp nhận"),
    ("place", "địa danh"),
    ("numbering", "cấp số"),
    ("field", "lĩnh vực"),
    ("version", "phiên bản"),
    ("decision", "quyết định công bố"),
    ("authority", "cơ quan ban hành"),
    ("issued", "ngày ban hành"),
    ("basis", "căn cứ"),
    ("valid_from", "hiệu lực từ ngày"),
    ("valid_to", "hiệu lực đến ngày"),
    ("cases", "trường hợp"),
    ("limit", "thời hạn"),
    ("committed", "thời hạn cam kết"),
    ("alternatives", "thời hạn khác"),
    ("waiting", "khi chờ bổ sung"),
    ("components", "giấy tờ"),
    ("note", "ghi chú"),
    ("form", "mẫu của giấy tờ"),
    ("group", "cách nộp"),
    ("usual", "loại bản"),
    ("count", "số bản"),
    ("notes", "ghi chú chung"),
    ("forms", "biểu mẫu"),
    ("fees", "khoản thu"),
    ("amounts", "mức thu"),
    ("per", "mức thu"),
    ("reductions", "miễn, giảm"),
    ("when", "áp dụng khi"),
    ("change", "mức giảm"),
    ("results", "kết quả"),
    ("agencies", "cơ quan thực hiện"),
    ("helps", "hỗ trợ"),
    ("receives", "tiếp nhận"),
    ("resolves", "giải quyết"),
    ("guidance", "hướng dẫn"),
    ("conditions", "yêu cầu, điều kiện"),
    ("applicants", "đối tượng thực hiện"),
    ("ways", "hình thức nộp"),
    ("level", "cấp thực hiện"),
    ("class", "loại thủ tục"),
    ("text", "nội dung"),
];

/// What people call a field.
pub fn label(name: &str) -> &str {
    let found = LABELS.iter().find(|(known, _)| *known == name);
    found.map_or(name, |(_, label)| label)
}

/// With a capital letter, at the beginning of a line.
pub fn capitalised(label: &str) -> String {
    let mut letters = label.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// Objects that are said in one breath.
pub fn is_leaf(field: Field<'_>) -> bool {
    matches!(field.0, "limit" | "committed" | "per" | "change")
}

/// The fields of both, in reading order; unknown ones at the end.
pub fn ordered(old: &Map<String, Value>, new: &Map<String, Value>) -> Vec<String> {
    let mut keys: Vec<String> = old.keys().chain(new.keys()).cloned().collect();
    let place = |key: &str| LABELS.iter().position(|(known, _)| *known == key).unwrap_or(usize::MAX);
    keys.sort_by(|a, b| (place(a), a).cmp(&(place(b), b)));
    keys.dedup();
    keys
}
