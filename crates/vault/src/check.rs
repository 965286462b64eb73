//! Whether a database file is what was written: every page against its seal, every row against its
//! tables; and what a first page that does not open means.

use std::path::Path;

use rusqlite::Connection;

use crate::error::{Result, VaultError};

/// SQLCipher 4's page size, part of the file format (`cipher_compatibility = 4`).
const PAGE_BYTES: u64 = 4096;

/// Reads every page and reports the first finding.
pub(crate) fn check(conn: &Connection) -> Result<()> {
    for pragma in ["cipher_integrity_check", "integrity_check"] {
        let mut statement = conn.prepare(&format!("PRAGMA {pragma}"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let finding: String = row.get(0)?;
            if finding != "ok" {
                return Err(VaultError::Damaged(finding));
            }
        }
    }
    Ok(())
}

/// A damaged first page answers like a wrong key. Under the right key the other pages still bear
/// a good seal, so the two are told apart by counting (a file of one page cannot be).
pub(crate) fn explain(conn: &Connection, path: &Path, error: VaultError) -> VaultError {
    let VaultError::WrongKey = error else {
        return error;
    };
    // Looked up without opening it: closing a second handle would drop the process's lock.
    let pages = std::fs::metadata(path).map_or(0, |file| file.len().div_ceil(PAGE_BYTES));
    match broken_seals(conn) {
        Ok(broken) if broken < pages => VaultError::Damaged(format!("the first page and {broken} of {pages} in all")),
        Ok(_) | Err(_) => error,
    }
}

fn broken_seals(conn: &Connection) -> rusqlite::Result<u64> {
    let mut statement = conn.prepare("PRAGMA cipher_integrity_check")?;
    let mut rows = statement.query([])?;
    let mut broken: u64 = 0;
    while rows.next()?.is_some() {
        broken = broken.saturating_add(1);
    }
    Ok(broken)
}
