//! The copy of a database made before it is migrated: encrypted under the same key, opened, checked
//! and synced before the first change, so that a failed migration can always be gone back on.

use std::path::Path;

use rusqlite::Connection;

use crate::check::check;
use crate::connect::{Role, Salt, connect};
use crate::disk::{remove_if_present, sync_dir};
use crate::error::{Result, VaultError};
use crate::migrations;
use crate::secret::Secret32;

/// A verified copy beside the database, named after the version it holds:
/// `station.v3.20261123T151000.copy`.
pub(crate) fn copy(conn: &Connection, path: &Path, key: (&Secret32, Salt), found: i64, label: &str) -> Result<()> {
    let label: String = label.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let target = path.with_extension(format!("v{found}.{label}.copy"));
    let part = path.with_extension("copy.part");
    remove_if_present(&part)?;
    let done = write_copy(conn, &part, key, found)
        .and_then(|()| std::fs::rename(&part, &target).map_err(VaultError::io("name the copy")));
    if done.is_err() {
        // The first error is the one to report; a leftover is removed by the next attempt.
        let _ = remove_if_present(&part);
    }
    done?;
    path.parent().map_or(Ok(()), sync_dir)
}

fn write_copy(conn: &Connection, part: &Path, key: (&Secret32, Salt), found: i64) -> Result<()> {
    let name = part
        .to_str()
        .ok_or_else(|| VaultError::Setup("the path of the data folder is not valid text".into()))?;
    conn.execute("VACUUM INTO ?1", [name])?;
    let copied = connect(part, key.0, key.1, Role::Reader)?;
    check(&copied)?;
    if migrations::version(&copied)? != found {
        return Err(VaultError::Damaged("the copy has another version".into()));
    }
    copied.close().map_err(|(_, e)| e)?;
    // VACUUM INTO does not sync what it wrote.
    std::fs::OpenOptions::new()
        .write(true)
        .open(part)
        .and_then(|file| file.sync_all())
        .map_err(VaultError::io("fsync the copy"))
}
