//! Between rows and values: SQLite's integers are signed, ours count from zero.

use rusqlite::Row;
use rusqlite::types::FromSql;
use wire::Record;

use crate::error::{HubError, Result};

/// A count as SQLite holds it. Counts that reach 2^63 do not occur.
pub fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A stored count.
pub fn unsigned(row: &Row<'_>, column: &str) -> rusqlite::Result<u64> {
    let value: i64 = row.get(column)?;
    u64::try_from(value).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(0, value))
}

/// A stored count that fits 32 bits.
pub fn unsigned32(row: &Row<'_>, column: &str) -> rusqlite::Result<u32> {
    let value: i64 = row.get(column)?;
    u32::try_from(value).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(0, value))
}

/// The columns `seq, header, digest, salt, body` as the record they are.
pub fn record(row: &Row<'_>) -> rusqlite::Result<Record> {
    Ok(Record {
        seq: unsigned(row, "seq")?,
        header: row.get("header")?,
        digest: row.get("digest")?,
        salt: row.get("salt")?,
        body: row.get("body")?,
    })
}

/// A column, or none when there was no row.
pub fn maybe<T>(found: rusqlite::Result<T>) -> Result<Option<T>> {
    match found {
        Ok(value) => Ok(Some(value)),
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok(None),
        Err(error) => Err(HubError::from(error)),
    }
}

/// The first column of a one-row answer.
pub fn first<T: FromSql>(row: &Row<'_>) -> rusqlite::Result<T> {
    row.get(0)
}
