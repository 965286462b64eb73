//! The calendar in force: the national edition, with the commune's own laid over it
//! (closures, reception sessions, office hours). The two are apart, so that a new national edition
//! never overwrites a local decision.

use chrono::NaiveDate;
use dossier::calendar::{Calendar, CalendarError, LocalCalendar};
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{RuleKind, current};
use crate::error::{ApiError, Code, Result};
use crate::store::damaged;

/// Key of the edition that follows the announcements for the whole country.
pub const NATIONAL: &str = "national";
/// Key of what the commune adds.
pub const LOCAL: &str = "local";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarFile {
    text: String,
}

/// The text of a calendar's data.
pub fn text_of(data: &Value) -> Option<String> {
    let file: CalendarFile = serde_json::from_value(data.clone()).ok()?;
    Some(file.text)
}

/// The data of a calendar's text.
pub fn data(text: &str) -> Value {
    json!({ "text": text })
}

/// The calendar of a day.
///
/// # Errors
/// `CALENDAR_UNREADABLE` when what is stored cannot be read.
pub fn in_force(connection: &Connection, day: NaiveDate) -> Result<Calendar> {
    let national = stored(connection, NATIONAL, day)?.ok_or_else(|| damaged("no calendar"))?;
    let local = stored(connection, LOCAL, day)?;
    merged(&national, local.as_deref())
}

/// The national edition with the local one on top.
///
/// # Errors
/// `CALENDAR_UNREADABLE`.
pub fn merged(national: &str, local: Option<&str>) -> Result<Calendar> {
    let national = parse(national)?;
    Ok(match local {
        Some(local) => national.merge(&parse_local(local)?),
        None => national,
    })
}

/// The calendar in force on a day, and the one it would be with this data under `key`.
///
/// # Errors
/// `CALENDAR_UNREADABLE`; `UNKNOWN_RULE` for a key that is no calendar's.
pub fn both(connection: &Connection, key: &str, data: &Value, day: NaiveDate) -> Result<(Calendar, Calendar)> {
    let text = text_of(data).ok_or_else(|| ApiError::of(Code::MissingField, "text"))?;
    let national = stored(connection, NATIONAL, day)?.ok_or_else(|| damaged("no calendar"))?;
    let local = stored(connection, LOCAL, day)?;
    let before = merged(&national, local.as_deref())?;
    let after = match key {
        NATIONAL => merged(&text, local.as_deref())?,
        LOCAL => merged(&national, Some(&text))?,
        _ => return Err(ApiError::of(Code::UnknownRule, "key")),
    };
    Ok((before, after))
}

/// The text of one edition as it stands on a day.
///
/// # Errors
/// When the database cannot be read.
pub fn stored(connection: &Connection, key: &str, day: NaiveDate) -> Result<Option<String>> {
    let found = current(connection, RuleKind::Calendar, key, day)?;
    let value = found.map(|version| version.value()).transpose()?;
    Ok(value.as_ref().and_then(text_of))
}

/// Reads a national edition.
///
/// # Errors
/// `CALENDAR_UNREADABLE` with the line and what is wrong with it.
pub fn parse(text: &str) -> Result<Calendar> {
    Calendar::parse(text).map_err(unreadable)
}

/// Reads what the commune adds.
///
/// # Errors
/// `CALENDAR_UNREADABLE` with the line and what is wrong with it.
pub fn parse_local(text: &str) -> Result<LocalCalendar> {
    LocalCalendar::parse(text).map_err(unreadable)
}

fn unreadable(error: CalendarError) -> ApiError {
    let line = error.line().map(|line| line.to_string()).unwrap_or_default();
    ApiError::of(Code::CalendarUnreadable, "text")
        .with("line", line)
        .with("problem", error)
}

fn first_field(line: &str) -> &str {
    line.split('|').next().unwrap_or_default().trim()
}

fn second_field(line: &str) -> &str {
    line.split('|').nth(1).unwrap_or_default().trim()
}

/// What an edition calls itself.
pub fn version_of(text: &str) -> Option<&str> {
    let line = text.lines().find(|line| first_field(line) == "version")?;
    Some(second_field(line)).filter(|name| !name.is_empty())
}

/// An edition under another name.
pub fn renamed(text: &str, version: &str) -> String {
    let lines = text.lines().map(|line| {
        if first_field(line) == "version" {
            format!("version | {version}\n")
        } else {
            format!("{line}\n")
        }
    });
    lines.collect()
}
