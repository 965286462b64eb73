//! Rules between counters without a hub: one signed file, written here, looked at there, and taken
//! in by an administrator rule by rule.

mod adopt;
mod export;

use chrono::NaiveDate;
use dossier::calendar::civil;
use rusqlite::Connection;
use wire::envelope::hex;
use wire::rules::{MAX_RULES_BYTES, RuleItem, RulesFile as SignedFile, RulesFileError};

use super::check::{Checked, check};
use super::{RuleKind, Version, current, edit, row, versions, write};
use crate::api::rules::{RuleStatus, RulesFile, RulesFileEntry, RulesSigner};
use crate::error::{ApiError, Code, Result};
use crate::station::Station;
use crate::store::setting;

pub use adopt::adopted;
pub use export::exported;

/// Looks at a file. Nothing is changed.
///
/// # Errors
/// `FILE_NOT_FOUND`, `FILE_NOT_READABLE`, `FILE_TOO_LARGE`, `RULES_UNREADABLE`, `RULES_TAMPERED`.
pub fn looked_at(station: &Station, path: &str) -> Result<RulesFile> {
    let file = opened(path)?;
    let today = civil(station.now()).date();
    station.store.read(|connection| {
        let entries = file.rules.iter().map(|item| entry(connection, item, today));
        Ok(RulesFile {
            signed_by: signer(connection, &file)?,
            by: file.by.clone(),
            made_at: file.made_at.clone(),
            entries: entries.collect::<Result<_>>()?,
        })
    })
}

/// The text of a file of at most `most` bytes.
///
/// # Errors
/// `FILE_NOT_FOUND`, `FILE_NOT_READABLE`, `FILE_TOO_LARGE`.
pub fn text_of(path: &str, most: usize) -> Result<String> {
    let unread = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => ApiError::of(Code::FileNotFound, "path"),
        _ => ApiError::of(Code::FileNotReadable, "path").because(error),
    };
    let size = std::fs::metadata(path).map_err(unread)?.len();
    if usize::try_from(size).is_ok_and(|size| size <= most) {
        let bytes = std::fs::read(path).map_err(unread)?;
        return String::from_utf8(bytes).map_err(|error| ApiError::of(Code::FileNotReadable, "path").because(error));
    }
    Err(ApiError::of(Code::FileTooLarge, "path"))
}

fn opened(path: &str) -> Result<SignedFile> {
    read(&text_of(path, MAX_RULES_BYTES)?)
}

/// Reads a signed file.
///
/// # Errors
/// `RULES_UNREADABLE`, `RULES_TAMPERED`.
pub fn read(text: &str) -> Result<SignedFile> {
    SignedFile::read(text).map_err(|error| {
        let code = match error {
            RulesFileError::Tampered => Code::RulesTampered,
            RulesFileError::Unreadable(_) | RulesFileError::Canonical(_) => Code::RulesUnreadable,
        };
        ApiError::of(code, "path").because(error)
    })
}

/// Who signed a file, as far as this PC knows them.
fn signer(connection: &Connection, file: &SignedFile) -> Result<Option<RulesSigner>> {
    let Some(key) = file.signer() else { return Ok(None) };
    if setting(connection, "hub_key")?.as_deref() == Some(hex(&key).as_str()) {
        return Ok(Some(RulesSigner::Hub));
    }
    let own: i64 = connection
        .prepare_cached(include_str!("own_key.sql"))?
        .query_row([key], |row| row.get("n"))?;
    Ok(Some(if own > 0 {
        RulesSigner::ThisStation
    } else {
        RulesSigner::Unknown
    }))
}

fn entry(connection: &Connection, item: &RuleItem, today: NaiveDate) -> Result<RulesFileEntry> {
    let mut entry = RulesFileEntry {
        kind: RuleKind::Procedure,
        key: item.key.clone(),
        title: String::new(),
        version: item.version.clone(),
        basis: item.basis.clone(),
        status: RuleStatus::Refused,
        changes: Vec::new(),
        why: None,
    };
    let checked = checked(item).and_then(|(kind, checked)| {
        (entry.kind, entry.title) = (kind, checked.title.clone());
        entry.status = status(connection, kind, &item.key, &checked, today)?;
        edit::changes(connection, kind, &item.key, &checked.data, today)
    });
    match checked {
        Ok(changes) => entry.changes = changes,
        Err(error) => (entry.status, entry.why) = (RuleStatus::Refused, Some(error.words())),
    }
    Ok(entry)
}

/// An item as this program reads it.
///
/// # Errors
/// `UNKNOWN_RULE` for a kind of a newer program, and what [`check`] refuses.
pub fn checked(item: &RuleItem) -> Result<(RuleKind, Checked)> {
    let kind = RuleKind::named(&item.kind).ok_or_else(|| ApiError::of(Code::UnknownRule, "kind"))?;
    Ok((kind, check(kind, &item.key, &item.data)?))
}

fn status(
    connection: &Connection,
    kind: RuleKind,
    key: &str,
    checked: &Checked,
    today: NaiveDate,
) -> Result<RuleStatus> {
    let known = versions(connection, kind, key)?;
    let now = current(connection, kind, key, today)?;
    let same = write::same(&known, kind, checked)?;
    Ok(match (same, &now) {
        _ if known.is_empty() => RuleStatus::New,
        (Some(same), Some(now)) if same.id == now.id => RuleStatus::Same,
        (Some(same), _) if same.in_force.is_some_and(|from| from > today) => RuleStatus::Same,
        (Some(same), _) if same.state == row::State::Approved => RuleStatus::Older,
        _ if is_before(checked, now.as_ref(), today) => RuleStatus::Older,
        _ => RuleStatus::Changed,
    })
}

/// Its time began before that of the version in force, or is over.
fn is_before(checked: &Checked, now: Option<&Version>, today: NaiveDate) -> bool {
    let began = checked.valid_from.zip(now.and_then(|now| now.valid_from));
    began.is_some_and(|(file, here)| file < here) || checked.valid_to.is_some_and(|last| last < today)
}
