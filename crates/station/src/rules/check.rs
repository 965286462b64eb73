//! Whether data can be right, each kind by its own reader. Nothing is stored that could not be
//! worked by once it is approved.

use chrono::NaiveDate;
use dossier::text;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::agency::AgencyFile;
use super::calendar::{self, LOCAL, NATIONAL};
use super::fees::FeesFile;
use super::{RuleKind, amounts, digest};
use crate::catalogue::file::{ProcedureFile, Wrong};
use crate::error::{ApiError, Code, Result, internal};

/// Longest basis, in characters.
pub const MAX_BASIS: usize = 500;
/// Largest data of one version, in bytes.
const MAX_DATA: usize = 1 << 20;

/// Data that can be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What people call it.
    pub title: String,
    /// Name of the version, where the data carries one.
    pub name: Option<String>,
    /// First day.
    pub valid_from: Option<NaiveDate>,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
    /// Basis, where the data carries one.
    pub basis: Option<String>,
    /// As it is stored.
    pub data: Value,
}

impl From<Wrong> for ApiError {
    fn from(wrong: Wrong) -> Self {
        Self::of(Code::RuleInvalid, &wrong.field).with("why", wrong.why)
    }
}

/// Reads data of a kind.
///
/// # Errors
/// `RULE_INVALID` with the field and why; `CALENDAR_UNREADABLE` with the line; `TOO_LONG`.
pub fn check(kind: RuleKind, key: &str, data: &Value) -> Result<Checked> {
    let checked = match kind {
        RuleKind::Procedure => procedure(data)?,
        RuleKind::Calendar => calendar(key, data)?,
        RuleKind::Agency => agency(data)?,
        RuleKind::Fees => fees(data)?,
    };
    let (own_key, checked) = checked;
    if own_key.as_deref().is_some_and(|own| own != key) {
        return Err(wrong(
            "key",
            "Mã trong nội dung khác mã của quy định này. Xin xem lại mã.",
        ));
    }
    if digest::text(&checked.data)?.len() > MAX_DATA {
        return Err(ApiError::of(Code::TooLong, "data"));
    }
    Ok(checked)
}

/// A basis as an officer gave it.
///
/// # Errors
/// `REASON_REQUIRED` when there is none; `TOO_LONG`, `CONTROL_CHARACTER`.
pub fn basis(given: &str) -> Result<String> {
    text::optional("basis", given, MAX_BASIS)?.ok_or_else(|| ApiError::of(Code::ReasonRequired, "basis"))
}

fn wrong(field: &str, why: &str) -> ApiError {
    ApiError::of(Code::RuleInvalid, field).with("why", why)
}

fn shaped<T: DeserializeOwned>(data: &Value) -> Result<T> {
    serde_json::from_value(data.clone()).map_err(|error| {
        let why = "Nội dung thiếu mục bắt buộc hoặc có mục sai dạng. Xin so với một bản đang dùng rồi nhập lại.";
        // serde's own words name the field; they help who wrote the file, and are no sentence.
        wrong("data", why).because(error)
    })
}

fn procedure(data: &Value) -> Result<(Option<String>, Checked)> {
    let file: ProcedureFile = shaped(&amounts::as_numbers(data)?)?;
    let read = file.sound()?;
    printable("name", &read.name)?;
    for (at, case) in read.cases.iter().enumerate() {
        printable(&format!("cases[{at}].name"), &case.name)?;
    }
    for (at, component) in read.components.iter().enumerate() {
        printable(&format!("components[{at}].name"), &component.name)?;
    }
    for (at, fee) in read.fees.iter().enumerate() {
        printable(&format!("fees[{at}].name"), &fee.name)?;
    }
    let checked = Checked {
        title: read.name,
        name: Some(read.version),
        valid_from: read.validity.from,
        valid_to: read.validity.to,
        basis: Some(read.basis),
        data: serde_json::to_value(&file).map_err(internal)?,
    };
    Ok((Some(read.code), checked))
}

/// A character the forms cannot show would stop every reception under this rule.
fn printable(field: &str, text: &str) -> Result<()> {
    match paper::text::unprintable(text).map_err(internal)? {
        None => Ok(()),
        Some(_) => Err(wrong(
            field,
            "Có ký tự mà giấy hẹn không in được. Xin gõ lại bằng chữ thường dùng.",
        )),
    }
}

fn calendar(key: &str, data: &Value) -> Result<(Option<String>, Checked)> {
    let text = calendar::text_of(data).ok_or_else(|| wrong("text", "Chưa có nội dung lịch. Xin chọn tệp khác."))?;
    let name = calendar::version_of(&text).map(str::to_owned);
    let title = match key {
        NATIONAL => {
            calendar::parse(&text)?;
            "Lịch ngày nghỉ và giờ làm việc"
        }
        LOCAL => {
            calendar::parse_local(&text)?;
            "Ngày nghỉ riêng của địa phương"
        }
        _ => return Err(ApiError::of(Code::UnknownRule, "key")),
    };
    let checked = Checked {
        title: title.to_owned(),
        name,
        valid_from: None,
        valid_to: None,
        basis: None,
        data: calendar::data(&text),
    };
    Ok((None, checked))
}

fn agency(data: &Value) -> Result<(Option<String>, Checked)> {
    let file: AgencyFile = shaped(data)?;
    file.check()?;
    for (field, text) in [
        ("name", &file.name),
        ("parent", &file.parent),
        ("unit", &file.unit),
        ("place", &file.place),
    ] {
        printable(field, text)?;
    }
    let checked = Checked {
        title: file.name.clone(),
        name: None,
        valid_from: None,
        valid_to: None,
        basis: None,
        data: serde_json::to_value(&file).map_err(internal)?,
    };
    Ok((Some(file.code), checked))
}

fn fees(data: &Value) -> Result<(Option<String>, Checked)> {
    let file: FeesFile = shaped(&amounts::as_numbers(data)?)?;
    let read = file.read()?;
    let checked = Checked {
        title: format!("Mức thu theo {} của {}", read.number, read.authority),
        name: None,
        valid_from: read.validity.from,
        valid_to: read.validity.to,
        basis: Some(read.basis).filter(|basis| !basis.is_empty()),
        data: serde_json::to_value(&file).map_err(internal)?,
    };
    Ok((Some(read.number), checked))
}
