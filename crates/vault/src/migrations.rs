//! Brings a database to the newest version: `NN-name.sql`, forward only, each in one transaction
//! together with its number, so that a killed migration has either happened or not.

use include_dir::Dir;
use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Result, VaultError};

/// One migration: after it the database has this version.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step<'a> {
    pub(crate) version: i64,
    sql: &'a str,
}

/// The steps of a folder in order; they must be numbered 1, 2, 3 … without gap or repetition.
pub(crate) fn steps<'a>(folder: &'a Dir<'static>) -> Result<Vec<Step<'a>>> {
    let mut steps = folder.files().map(step).collect::<Result<Vec<_>>>()?;
    steps.sort_by_key(|step| step.version);
    let in_order = steps.iter().zip(1i64..).all(|(step, wanted)| step.version == wanted);
    if steps.is_empty() || !in_order {
        return Err(VaultError::Setup("migrations are not numbered 1, 2, 3 …".into()));
    }
    Ok(steps)
}

fn step<'a>(file: &'a include_dir::File<'static>) -> Result<Step<'a>> {
    let bad = || VaultError::Setup(format!("migration {}: bad name", file.path().display()));
    let name = file.path().file_name().and_then(|n| n.to_str()).ok_or_else(bad)?;
    let (number, _) = name
        .strip_suffix(".sql")
        .and_then(|n| n.split_once('-'))
        .ok_or_else(bad)?;
    let version = number.parse().map_err(|_| bad())?;
    let sql = file.contents_utf8().ok_or_else(bad)?;
    Ok(Step { version, sql })
}

/// The version a database has; 0 is an empty one.
pub(crate) fn version(conn: &Connection) -> Result<i64> {
    Ok(conn.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Applies every step above the database's version.
pub(crate) fn apply(conn: &mut Connection, steps: &[Step<'_>]) -> Result<()> {
    let from = version(conn)?;
    // Rebuilding a table needs them off, and inside a transaction they cannot be switched; what a
    // step leaves behind is checked before its commit.
    conn.pragma_update(None, "foreign_keys", false)?;
    let done = steps
        .iter()
        .filter(|step| step.version > from)
        .try_for_each(|s| run(conn, s));
    conn.pragma_update(None, "foreign_keys", true)?;
    done
}

fn run(conn: &mut Connection, step: &Step<'_>) -> Result<()> {
    let bad = |why: &str| VaultError::Setup(format!("migration {}: {why}", step.version));
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.execute_batch(step.sql)?;
    if tx.is_autocommit() {
        return Err(bad("it ends the transaction it runs in"));
    }
    if tx.prepare("PRAGMA foreign_key_check")?.exists([])? {
        return Err(bad("it leaves rows that point at nothing"));
    }
    tx.pragma_update(None, "user_version", step.version)?;
    Ok(tx.commit()?)
}
