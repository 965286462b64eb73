//! Sync as people see it: what waits, since when, what is durable above, how fast it goes, what was
//! refused. Reads only; never waits for the line.

use chrono::{DateTime, Utc};
use dossier::EventId;
use dossier::calendar::civil;
use rusqlite::{Connection, OptionalExtension, Row};

use super::{LAST_CONTACT, Progress};
use crate::api::responses::{NumbersLeft, SyncState, SyncStatus, Synced};
use crate::error::Result;
use crate::intake::local;
use crate::station::Station;
use crate::store::{damaged, lock, setting, sixteen};

/// Kept over a restart; a value that cannot be read is no contact.
fn last_contact(connection: &Connection) -> Result<Option<DateTime<Utc>>> {
    let text = setting(connection, LAST_CONTACT)?;
    Ok(text
        .and_then(|text| DateTime::parse_from_rfc3339(&text).ok())
        .map(|at| at.to_utc()))
}

struct Counts {
    durable: i64,
    waiting: i64,
    blobs_waiting: u32,
    blobs_damaged: u32,
    bytes_waiting: u64,
    refused: u32,
}

/// What is asked for every second and after every piece of a file: without counting anything.
pub struct Waits {
    /// Records up there.
    pub durable: u64,
    /// Records that are not.
    pub records: u64,
    /// Whether any file waits.
    pub files: bool,
}

/// Whether anything waits.
///
/// # Errors
/// When the database cannot be read.
pub fn waits(connection: &Connection) -> Result<Waits> {
    let number = |row: &Row<'_>, column: &str| row.get::<_, i64>(column).map(|it| u64::try_from(it).unwrap_or(0));
    Ok(connection
        .prepare_cached(include_str!("waiting.sql"))?
        .query_row([], |row| {
            Ok(Waits {
                durable: number(row, "durable")?,
                records: number(row, "records")?,
                files: row.get("files")?,
            })
        })?)
}

/// Files that are up there, counted one by one: for whoever compares both ends, not for a screen.
///
/// # Errors
/// When the database cannot be read.
pub fn files_durable(connection: &Connection) -> Result<u64> {
    let files: i64 = connection
        .prepare_cached(include_str!("files_durable.sql"))?
        .query_row([], |row| row.get("files"))?;
    Ok(u64::try_from(files).unwrap_or(0))
}

/// Counts what waits and what is up there. Reads only.
fn count(connection: &Connection) -> Result<Counts> {
    Ok(connection
        .prepare_cached(include_str!("counts.sql"))?
        .query_row([], |row| {
            Ok(Counts {
                durable: row.get("durable")?,
                waiting: row.get("waiting")?,
                blobs_waiting: row.get("blobs_waiting")?,
                blobs_damaged: row.get("blobs_damaged")?,
                bytes_waiting: u64::try_from(row.get::<_, i64>("bytes_waiting")?).unwrap_or(0),
                refused: row.get("refused")?,
            })
        })?)
}

fn small(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(0)
}

/// The same in the words of the commands.
pub fn counts(station: &Station) -> Result<Synced> {
    let counts = station.store.read(count)?;
    Ok(Synced {
        durable: small(counts.durable),
        waiting: small(counts.waiting).saturating_add(counts.blobs_waiting),
        refused: counts.refused,
    })
}

/// Sync as people see it. Reads only; never waits for the network.
///
/// # Errors
/// When the database cannot be read.
pub fn status(station: &Station) -> Result<SyncStatus> {
    let author = station.author()?;
    let today = civil(station.now()).date();
    let progress = lock(&station.progress)?.clone();
    station.store.read(|connection| {
        let counts = count(connection)?;
        let hub = setting(connection, "hub")?;
        let numbers = crate::numbers::left(connection, &author.agency, today)?;
        let oldest = oldest_waiting(connection)?;
        Ok(SyncStatus {
            state: state(hub.is_some(), &progress, &counts),
            hub,
            waiting: small(counts.waiting),
            waiting_blobs: counts.blobs_waiting,
            durable: small(counts.durable),
            blobs_damaged: counts.blobs_damaged,
            bytes_waiting: counts.bytes_waiting,
            bytes_per_second: progress.speed.bytes_per_second(),
            oldest_waiting_at: oldest.map(local),
            last_contact_at: last_contact(connection)?.map(local),
            since: progress.silent_since.map(local),
            problem: progress.problem.map(|code| code.as_str().to_owned()),
            refused: counts.refused,
            newest_refused: newest_refused(connection)?,
            rules: crate::rules::arrive::arrived(connection)?,
            numbers: numbers
                .into_iter()
                .map(|(date, left)| NumbersLeft { date, left })
                .collect(),
        })
    })
}

const fn state(enrolled: bool, progress: &Progress, counts: &Counts) -> SyncState {
    match (enrolled, progress.problem) {
        (false, _) => SyncState::NotEnrolled,
        (true, Some(_)) => SyncState::Offline,
        // What waits is on its way: a talk begins within a second. Nothing is called safe before it is.
        (true, None) if counts.waiting > 0 || counts.blobs_waiting > 0 => SyncState::Sending,
        (true, None) => SyncState::Idle,
    }
}

/// The newest of what was refused and nobody has decided about: another one is news.
fn newest_refused(connection: &Connection) -> Result<Option<String>> {
    let event: Option<Vec<u8>> = connection
        .prepare_cached(include_str!("newest_refused.sql"))?
        .query_row([], |row| row.get("event"))
        .optional()?;
    let event = event.map(sixteen).transpose()?;
    Ok(event.map(|event| EventId::from_bytes(event).to_string()))
}

/// When the first record was written that is not durable above: since when something waits.
fn oldest_waiting(connection: &Connection) -> Result<Option<DateTime<Utc>>> {
    let at: Option<i64> = connection
        .prepare_cached(include_str!("oldest_waiting.sql"))?
        .query_row([], |row| row.get("at"))
        .optional()?;
    at.map(|at| DateTime::from_timestamp_millis(at).ok_or_else(|| damaged("an instant out of range")))
        .transpose()
}

#[cfg(test)]
mod tests;
