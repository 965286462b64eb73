//! What is here and whether it is all as it was written: every chain recomputed from the stored
//! bytes, every body against its digest or the event that erased it, every head against its signature, every file against its
//! name.

mod bodies;

use rusqlite::{Connection, Row};
use serde::Serialize;
use vault::{Secret32, VaultError};
use wire::envelope::{Head, hex};
use wire::sync::Position;
use wire::{EnvelopeError, Stream, first_prev};

use crate::error::Result;
use crate::hello::StreamRow;
use crate::hub::Inner;
use crate::row::{record, unsigned};

/// Findings listed at most; the chain is broken with the first.
const MOST_PROBLEMS: usize = 100;

/// The state of a hub.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Dossiers.
    pub dossiers: u64,
    /// Records of all streams.
    pub events: u64,
    /// Files.
    pub blobs: u64,
    /// Devices.
    pub devices: u64,
    /// `ok`, or `broken` when a stored byte is not the one that was written.
    pub chain: &'static str,
    /// What is wrong, and what waits for a person (forks, codes given twice).
    pub problems: Vec<Problem>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Its kind.
    pub code: String,
    /// Where, without personal data.
    pub detail: String,
}

impl Problem {
    fn new(code: &str, detail: String) -> Self {
        Self {
            code: code.to_owned(),
            detail,
        }
    }
}

/// Makes the report of one moment.
pub fn make(hub: &Inner) -> Result<Report> {
    let mut broken = pages(hub)?;
    hub.store.read(|db| {
        check_streams(db, &mut broken)?;
        bodies::check(db, &mut broken)?;
        check_blobs(hub, db, &mut broken)?;
        let chain = if broken.is_empty() { "ok" } else { "broken" };
        let mut problems = broken;
        problems.truncate(MOST_PROBLEMS);
        problems.extend(tasks(db)?);
        let count = |row: &Row<'_>| totals(row, chain, problems);
        Ok(db.query_row(include_str!("sql/totals.sql"), [], count)?)
    })
}

fn totals(row: &Row<'_>, chain: &'static str, problems: Vec<Problem>) -> rusqlite::Result<Report> {
    Ok(Report {
        dossiers: unsigned(row, "dossiers")?,
        events: unsigned(row, "events")?,
        blobs: unsigned(row, "blobs")?,
        devices: unsigned(row, "devices")?,
        chain,
        problems,
    })
}

/// Damage below the tables.
fn pages(hub: &Inner) -> Result<Vec<Problem>> {
    match hub.store.check() {
        Ok(()) => Ok(Vec::new()),
        Err(crate::HubError::Vault(VaultError::Damaged(why))) => Ok(vec![Problem::new("DATABASE_DAMAGED", why)]),
        Err(other) => Err(other),
    }
}

fn tasks(db: &Connection) -> Result<Vec<Problem>> {
    let mut statement = db.prepare(include_str!("sql/tasks.sql"))?;
    let read = |row: &Row<'_>| {
        Ok(Problem {
            code: row.get("kind")?,
            detail: row.get("detail")?,
        })
    };
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn check_streams(db: &Connection, broken: &mut Vec<Problem>) -> Result<()> {
    let mut statement = db.prepare(include_str!("sql/streams.sql"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let device = dossier::DeviceId::from_bytes(row.get("device")?);
        let stream = StreamRow {
            id: row.get("id")?,
            stream: Stream {
                device,
                epoch: row.get("epoch")?,
            },
            public_key: row.get("public_key")?,
            head: Position {
                seq: unsigned(row, "seq")?,
                hash: row.get("hash")?,
            },
            left: false,
        };
        let name = format!("{device} {}", stream.stream.epoch);
        let walked = check_chain(db, &stream, &name, broken)?;
        if walked != (stream.head.seq, stream.head.hash) {
            broken.push(Problem::new("HEAD_DIFFERS", name.clone()));
        }
        check_signature(&stream, row.get("signature")?, name, broken);
    }
    Ok(())
}

/// The head must be the one the device signed.
fn check_signature(stream: &StreamRow, signature: Option<String>, name: String, broken: &mut Vec<Problem>) {
    if stream.head.seq == 0 && signature.is_none() {
        return;
    }
    let head = Head {
        seq: stream.head.seq,
        hash: hex(&stream.head.hash),
        signature: signature.unwrap_or_default(),
    };
    if head.verify(&stream.public_key, &stream.stream).is_err() {
        broken.push(Problem::new("SIGNATURE_WRONG", name));
    }
}

/// Walks a chain from its first record; where it ends.
fn check_chain(db: &Connection, it: &StreamRow, name: &str, broken: &mut Vec<Problem>) -> Result<(u64, [u8; 32])> {
    let mut at = (0u64, first_prev(&it.public_key));
    let mut statement = db.prepare_cached(include_str!("sql/stream_events.sql"))?;
    let mut rows = statement.query([it.id])?;
    while let Some(row) = rows.next()? {
        let stored = record(row)?;
        let hash = stored.hash(&it.stream, &at.1);
        let place = format!("{name} {}", stored.seq);
        if stored.seq != at.0.saturating_add(1)
            || row.get::<_, [u8; 32]>("prev")? != at.1
            || row.get::<_, [u8; 32]>("hash")? != hash
        {
            broken.push(Problem::new("CHAIN_BROKEN", place.clone()));
        }
        if let Err(EnvelopeError::Digest | EnvelopeError::Header(_)) = stored.event() {
            broken.push(Problem::new("BODY_CHANGED", place.clone()));
        }
        if !columns_agree(row, &stored)? {
            broken.push(Problem::new("COLUMNS_DIFFER", place));
        }
        at = (stored.seq, hash);
    }
    Ok(at)
}

/// The columns the hub searches by say what the hashed header says.
fn columns_agree(row: &Row<'_>, stored: &wire::Record) -> Result<bool> {
    let Ok(header) = stored.header() else { return Ok(false) };
    let dossier: Option<[u8; 16]> = row.get("dossier")?;
    Ok(row.get::<_, [u8; 16]>("event")? == *header.event.as_bytes()
        && dossier == header.dossier.map(|id| *id.as_bytes())
        && row.get::<_, String>("kind")? == header.kind)
}

fn check_blobs(hub: &Inner, db: &Connection, broken: &mut Vec<Problem>) -> Result<()> {
    let mut statement = db.prepare(include_str!("sql/blob_keys.sql"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let hash: [u8; 32] = row.get("hash")?;
        let key = Secret32::new(row.get("key")?);
        match hub.blobs.read(&hash, &key) {
            Ok(_) => {}
            Err(error @ (VaultError::BlobMissing { .. } | VaultError::BlobDamaged { .. })) => {
                broken.push(Problem::new("FILE_DAMAGED", error.to_string()));
            }
            Err(other) => return Err(other.into()),
        }
    }
    Ok(())
}
