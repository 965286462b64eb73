//! Writing a file of rules.

use std::path::Path;

use chrono::NaiveDate;
use dossier::calendar::civil;
use rusqlite::{Connection, named_params};
use wire::rules::{RuleItem, RulesFile as SignedFile};

use crate::api::rules::{RulesExportRequest, RulesExported};
use crate::error::{ApiError, Code, Result, internal};
use crate::rules::{RuleKind, Version, all_current, row};
use crate::station::Station;

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
    let mut statement = connection.prepare_cached(include_str!("../later.sql"))?;
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
