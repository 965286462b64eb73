//! The table of records under review.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};
use serde_json::Value;

use super::super::import::Record;
use crate::api::responses::ImportStatus;
use crate::error::{ApiError, Code, Result, internal};
use crate::officers::Signed;

/// A stored record.
pub struct Stored {
    /// As the portal has it now.
    pub raw: String,
    /// As it stood when it was last decided on.
    pub decided: Option<String>,
}

/// What keeping a record did.
pub enum Kept {
    /// It was not known.
    Added,
    /// It was known with another content, and waits again.
    Changed,
    /// It was known as it is.
    Same,
}

/// What an administrator decided.
pub struct Decision<'a> {
    /// `approved` or `skipped`.
    pub state: &'static str,
    /// Basis or reason.
    pub why: &'a str,
    /// Version of the approved rule.
    pub version: Option<&'a str>,
}

/// Keeps a record; a changed one waits anew.
///
/// # Errors
/// When the database cannot be written.
pub fn keep(transaction: &Transaction<'_>, record: &Record) -> Result<Kept> {
    let raw = wire::canonical(&Value::Object(record.raw.clone())).map_err(internal)?;
    let digest = blake3::hash(raw.as_bytes());
    let known: Option<Vec<u8>> = transaction
        .prepare_cached(include_str!("digest.sql"))?
        .query_row([&record.code], |row| row.get("digest"))
        .optional()?;
    let kept = match known {
        Some(known) if known == digest.as_bytes() => return Ok(Kept::Same),
        Some(_) => Kept::Changed,
        None => Kept::Added,
    };
    transaction
        .prepare_cached(include_str!("keep.sql"))?
        .execute(named_params! {
            ":code": record.code,
            ":position": i64::try_from(record.line).unwrap_or(i64::MAX),
            ":digest": digest.as_bytes(),
            ":raw": raw,
            ":full": matches!(record.status(), ImportStatus::Full),
        })?;
    Ok(kept)
}

/// How many wait.
///
/// # Errors
/// When the database cannot be read.
pub fn waiting(connection: &Connection) -> Result<u32> {
    Ok(connection.query_row(include_str!("waiting.sql"), [], |row| row.get("n"))?)
}

/// A record by its code.
///
/// # Errors
/// `UNKNOWN_PROCEDURE`.
pub fn one(connection: &Connection, code: &str) -> Result<Stored> {
    let found = connection
        .prepare_cached(include_str!("one.sql"))?
        .query_row([code], stored)
        .optional()?;
    found.ok_or_else(|| ApiError::of(Code::UnknownProcedure, "code"))
}

/// The first that waits after another one, or the very first.
///
/// # Errors
/// When the database cannot be read.
pub fn next(connection: &Connection, after: &str) -> Result<Option<Stored>> {
    Ok(connection
        .prepare_cached(include_str!("next.sql"))?
        .query_row([after], stored)
        .optional()?)
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        raw: row.get("raw")?,
        decided: row.get("decided")?,
    })
}

/// Writes a decision down.
///
/// # Errors
/// When the database cannot be written.
pub fn decide(
    transaction: &Transaction<'_>,
    code: &str,
    decision: &Decision<'_>,
    actor: Option<&Signed>,
    at: DateTime<Utc>,
) -> Result<()> {
    transaction
        .prepare_cached(include_str!("decide.sql"))?
        .execute(named_params! {
            ":code": code,
            ":state": decision.state,
            ":why": decision.why,
            ":version": decision.version,
            ":officer": actor.map(|signed| signed.id.as_bytes().to_vec()),
            ":at": at.timestamp_millis(),
        })?;
    Ok(())
}
