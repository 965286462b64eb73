//! Rules between counters without a hub: one signed file, written here, looked at there, and taken
//! in by an administrator rule by rule.

use std::path::Path;

use chrono::NaiveDate;
use dossier::calendar::civil;
use rusqlite::{Connection, Transaction, named_params};
use serde_json::Value;
use wire::envelope::hex;
use wire::rules::{MAX_RULES_BYTES, RuleItem, RulesFile as SignedFile, RulesFileError};

use super::check::{Checked, basis, check};
use super::row;
use super::write::{self, Origin};
use super::{RuleKind, RuleSource, Version, all_current, current, edit, versions};
use crate::api::rules::{
    RuleName, RuleStatus, RulesAdoptRequest, RulesAdopted, RulesExportRequest, RulesExported, RulesFile,
    RulesFileEntry, RulesSigner,
};
use crate::error::{ApiError, Code, Result, internal};
use crate::log::Deed;
use crate::officers::Signed;
use crate::station::Station;
use crate::store::setting;

/// Writes what is in force, and what is approved for later, into one file signed by this station.
///
/// # Errors
/// `FILE_NOT_WRITABLE`, `DISK_FULL`.
pub fn exported(station: &Station, request: &RulesExportRequest) -> Result<RulesExported> {
    let today = civil(station.now()).date();
    let kinds = request.kinds.as_deref().unwrap_or(RuleKind::ALL);
    let items = station.store.read(|connection| items(connection, kinds, today))?;
    let count = u32::try_from(items.len()).map_err(internal)?;
    let agency = station.agency()?;
    let by = format!("{} ({})", agency.name, agency.code);
    let key = station.signing_key(&station.author()?.stream)?;
    let text = SignedFile::seal(&key, &by, &crate::intake::local(station.now()), items).map_err(internal)?;
    put_file(Path::new(&request.path), text.as_bytes())?;
    Ok(RulesExported { count })
}

fn put_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let wrong = || ApiError::of(Code::FileNotWritable, "path");
    let name = path.file_name().and_then(|name| name.to_str()).ok_or_else(wrong)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match vault::write_durably(folder.unwrap_or(Path::new(".")), name, bytes) {
        Err(vault::VaultError::DiskFull) => Err(ApiError::of(Code::DiskFull, "path")),
        done => done.map_err(|error| wrong().because(error)),
    }
}

/// By kind, key and first day: the same rules are the same bytes.
fn items(connection: &Connection, kinds: &[RuleKind], today: NaiveDate) -> Result<Vec<RuleItem>> {
    let mut items = Vec::new();
    for kind in RuleKind::ALL.iter().filter(|kind| kinds.contains(kind)) {
        let mut found = all_current(connection, *kind, today)?;
        found.extend(later(connection, *kind, today)?);
        found.sort_by(|a, b| (&a.key, a.in_force, &a.version).cmp(&(&b.key, b.in_force, &b.version)));
        for version in found {
            items.push(item(&version)?);
        }
    }
    Ok(items)
}

fn later(connection: &Connection, kind: RuleKind, today: NaiveDate) -> Result<Vec<Version>> {
    let mut statement = connection.prepare_cached(include_str!("later.sql"))?;
    let mut rows = statement.query(named_params! { ":kind": kind.as_str(), ":day": today.to_string() })?;
    let mut found = Vec::new();
    while let Some(one) = rows.next()? {
        found.push(row::read(one)?);
    }
    Ok(found)
}

fn item(version: &Version) -> Result<RuleItem> {
    Ok(RuleItem {
        kind: version.kind.as_str().to_owned(),
        key: version.key.clone(),
        version: version.version.clone(),
        basis: version.basis.clone(),
        data: version.value()?,
    })
}

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

/// Takes rules out of a file: into force when the hub or this PC signed it, as drafts when nobody
/// here knows who did. All of them, or none.
///
/// # Errors
/// `RULES_UNSIGNED`, `UNKNOWN_RULE` for a rule that is not in the file, as [`looked_at`], and what a
/// rule is refused for.
pub fn adopted(station: &Station, actor: Option<&Signed>, request: &RulesAdoptRequest) -> Result<RulesAdopted> {
    let file = opened(&request.path)?;
    let basis = basis(&request.basis)?;
    let (author, now) = (station.author()?, station.now());
    let answer = station.store.write(|transaction| {
        let signer = signer(transaction, &file)?.ok_or_else(|| ApiError::of(Code::RulesUnsigned, "path"))?;
        let deed = station.deed(&author, actor, now);
        let chosen = chosen(&file, &request.entries)?;
        let count = u32::try_from(chosen.len()).map_err(internal)?;
        for item in chosen {
            take(transaction, &deed, item, signer, (&basis, &file.by))?;
        }
        Ok(match signer {
            RulesSigner::Unknown => RulesAdopted {
                adopted: 0,
                drafts: count,
            },
            RulesSigner::Hub | RulesSigner::ThisStation => RulesAdopted {
                adopted: count,
                drafts: 0,
            },
        })
    })?;
    station.forget_calendar()?;
    Ok(answer)
}

fn chosen<'a>(file: &'a SignedFile, names: &[RuleName]) -> Result<Vec<&'a RuleItem>> {
    let means = |item: &RuleItem, name: &RuleName| item.kind == name.kind.as_str() && item.key == name.key;
    if let Some(name) = names
        .iter()
        .find(|name| !file.rules.iter().any(|item| means(item, name)))
    {
        return Err(ApiError::of(Code::UnknownRule, "entries").because(&name.key));
    }
    Ok(file
        .rules
        .iter()
        .filter(|item| names.iter().any(|name| means(item, name)))
        .collect())
}

fn take(
    transaction: &Transaction<'_>,
    deed: &Deed<'_>,
    item: &RuleItem,
    signer: RulesSigner,
    (basis, by): (&str, &str),
) -> Result<()> {
    let (kind, checked) = checked(item)?;
    let origin = Origin {
        source: RuleSource::File,
        signed_by: Some(by),
    };
    let (key, data): (&str, &Value) = (&item.key, &checked.data);
    match signer {
        RulesSigner::Unknown => write::save(transaction, deed, kind, key, data, basis, origin).map(|_| ()),
        RulesSigner::Hub | RulesSigner::ThisStation => {
            write::approve(transaction, deed, kind, key, data, basis, origin).map(|_| ())
        }
    }
}
