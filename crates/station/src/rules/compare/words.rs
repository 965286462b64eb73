//! A value of a rule as people say it.

use chrono::NaiveDate;
use dossier::date::vn_day;
use dossier::deadline::Limit;
use dossier::money::Dong;
use serde_json::{Map, Value};

use super::fields::{Field, label, ordered};
use crate::catalogue::file::{ChangeFile, LimitFile, PerFile};
use crate::catalogue::limit_words;

/// The words of a value of a field.
pub fn of(field: Field<'_>, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(flag) => if *flag { "có" } else { "không" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text_words(field, text),
        Value::Array(all) => joined(all.iter().map(|one| of(field, one))),
        Value::Object(fields) => object(field, value, fields),
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join("; ")
}

fn object(field: Field<'_>, value: &Value, fields: &Map<String, Value>) -> String {
    let said = match field.0 {
        "limit" | "committed" => limit(value),
        "per" => per(value),
        "change" => change(value),
        _ => None,
    };
    said.unwrap_or_else(|| whole(fields))
}

/// Every field of an item in one line, its name first and without its inner identity.
fn whole(fields: &Map<String, Value>) -> String {
    let inner = |key: &String| *key != "id" && *key != "no";
    joined(
        ordered(fields, fields)
            .iter()
            .filter(|key| inner(key))
            .filter_map(|key| {
                let words = of(Field::of(key), fields.get(key)?);
                Some(if key == "name" {
                    words
                } else {
                    format!("{}: {words}", label(key))
                })
            }),
    )
}

fn limit(value: &Value) -> Option<String> {
    let limit = match serde_json::from_value(value.clone()).ok()? {
        LimitFile::WorkingDays(days) => Limit::WorkingDays(days),
        LimitFile::CalendarDays(days) => Limit::CalendarDays(days),
        LimitFile::Hours(hours) => Limit::Hours(hours),
        LimitFile::SameDay => Limit::SameDay,
    };
    Some(limit_words(&limit))
}

fn per(value: &Value) -> Option<String> {
    Some(match serde_json::from_value(value.clone()).ok()? {
        PerFile::Case(amount) => format!("{} một hồ sơ", Dong(amount)),
        PerFile::Copy(amount) => format!("{} một bản", Dong(amount)),
        PerFile::Page { tiers, cap } => {
            let tiers = tiers
                .iter()
                .map(|tier| format!("từ trang {}: {} một trang", tier.from, Dong(tier.amount)));
            let most = cap.map(|cap| format!("tối đa {} một bản", Dong(cap)));
            joined(tiers.chain(most))
        }
        PerFile::Unset => unset(),
    })
}

fn unset() -> String {
    "theo nghị quyết của HĐND cấp tỉnh".to_owned()
}

fn change(value: &Value) -> Option<String> {
    Some(match serde_json::from_value(value.clone()).ok()? {
        ChangeFile::Free => "miễn".to_owned(),
        ChangeFile::Percent(percent) => format!("giảm {percent} %"),
        ChangeFile::Amount(amount) => format!("còn {}", Dong(amount)),
    })
}

fn text_words(field: Field<'_>, text: &str) -> String {
    let said = match (field.0, text) {
        ("per", "unset") => return unset(),
        ("change", "free") => "miễn",
        ("group", "submit") => "nộp",
        ("group", "present") | ("usual", "presented") => "xuất trình",
        ("usual", "original") => "bản chính",
        ("usual", "certified") => "bản sao chứng thực",
        ("usual", "copy") => "bản sao",
        ("usual", "from_database") => "lấy từ cơ sở dữ liệu",
        ("usual", "missing") => "còn thiếu",
        ("usual", "not_applicable") => "không cần",
        ("waiting", "restart") => "tính lại từ đầu",
        ("waiting", "pause_shift") => "tạm dừng rồi tính tiếp",
        ("waiting", "keep") => "giữ nguyên ngày hẹn",
        ("when", "online") => "nộp trực tuyến",
        ("when", "claimed") => "người nộp thuộc diện được giảm",
        ("numbering", "local") => "cấp tại máy này",
        ("numbering", "external") => "theo hệ thống của tỉnh",
        ("valid_from" | "valid_to" | "issued", date) => return date_words(date),
        _ => text,
    };
    said.to_owned()
}

fn date_words(text: &str) -> String {
    text.parse::<NaiveDate>().map_or_else(|_| text.to_owned(), vn_day)
}
