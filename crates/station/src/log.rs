//! The log: events appended to this device's stream, each chained to the one before. Everything
//! else in the database can be rebuilt from it.

mod erased;
mod walk;

use chrono::{DateTime, Utc};
use dossier::code::AgencyCode;
use dossier::{Dossier, DossierId, Event, EventId, Fact, OfficerId, fold_events};
use rusqlite::{Connection, Transaction, named_params};
use vault::Entropy;
use wire::{Clocks, Record, Stream};

use crate::error::{Result, internal};
use crate::machine::Moment;
use crate::store::{damaged, sixteen, thirty_two};

pub use erased::verify_bodies;
pub use walk::verify_chains;

/// Who writes: this device in its present life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Row of the stream.
    pub row: i64,
    /// The stream.
    pub stream: Stream,
    /// Agency of the counter.
    pub agency: AgencyCode,
}

/// Who did it and when, and where randomness comes from.
pub struct Deed<'a> {
    /// Who writes.
    pub author: &'a Author,
    /// The officer.
    pub actor: Option<OfficerId>,
    /// The one `now` of the command.
    pub at: DateTime<Utc>,
    /// The clock nobody can set, at that instant.
    pub moment: Option<Moment>,
    /// For identities and salts.
    pub entropy: &'a dyn Entropy,
}

/// Where a stream stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Last record; 0 for none.
    pub seq: i64,
    /// Its hash, or the stream's first `prev`.
    pub hash: [u8; 32],
}

/// A record with the row and stream it stands in.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Stream row.
    pub stream: i64,
    /// The record.
    pub record: Record,
    /// Acceptance number of the hub.
    pub accepted: Option<i64>,
    /// Why the hub's fold refused it.
    pub refused: Option<String>,
}

/// A new identity of the moment.
///
/// # Errors
/// When the system has no randomness.
pub fn fresh(at: DateTime<Utc>, entropy: &dyn Entropy) -> Result<(u64, [u8; 10])> {
    let mut random = [0; 10];
    entropy.fill(&mut random)?;
    Ok((u64::try_from(at.timestamp_millis()).unwrap_or(0), random))
}

/// Where the stream stands.
///
/// # Errors
/// When the database cannot be read.
pub fn position(connection: &Connection, row: i64) -> Result<Position> {
    let (seq, hash) = connection
        .prepare_cached(include_str!("log/position.sql"))?
        .query_row([row], |row| Ok((row.get("seq")?, row.get("hash")?)))?;
    Ok(Position {
        seq,
        hash: thirty_two(hash)?,
    })
}

/// Appends an event to the stream and returns it with its sequence number.
///
/// # Errors
/// When the database cannot be written.
pub fn append(
    transaction: &Transaction<'_>,
    deed: &Deed<'_>,
    dossier: Option<DossierId>,
    fact: Fact,
) -> Result<(Event, i64)> {
    let (millis, random) = fresh(deed.at, deed.entropy)?;
    let event = Event {
        id: EventId::new(millis, random),
        dossier,
        at: deed.at,
        actor: deed.actor,
        agency: deed.author.agency.clone(),
        fact,
    };
    let before = position(transaction, deed.author.row)?;
    let seq = before
        .seq
        .checked_add(1)
        .ok_or_else(|| internal("the stream is full"))?;
    let mut salt = [0; 16];
    deed.entropy.fill(&mut salt)?;
    let clocks = Clocks {
        at: deed.at,
        // Longer than 49 days it does not fit, and nobody needs it then.
        mono_ms: deed.moment.as_ref().and_then(|it| u32::try_from(it.uptime_ms).ok()),
        boot: deed.moment.as_ref().map(|it| it.boot.clone()),
    };
    let based_on = last_accepted(transaction, dossier)?;
    let record = Record::seal(&event, clocks, based_on, u64::try_from(seq).unwrap_or(0), salt)?;
    let hash = record.hash(&deed.author.stream, &before.hash);
    insert(transaction, deed.author.row, &record, &event, &hash, None)?;
    advance(transaction, deed.author.row, seq, &hash)?;
    Ok((event, seq))
}

/// Appends a record that stood in another own stream: its bytes and its event as they are, in a new
/// place.
///
/// # Errors
/// When the database cannot be written.
pub fn carry(transaction: &Transaction<'_>, author: &Author, mut record: Record) -> Result<()> {
    let before = position(transaction, author.row)?;
    let seq = before
        .seq
        .checked_add(1)
        .ok_or_else(|| internal("the stream is full"))?;
    record.seq = u64::try_from(seq).unwrap_or(0);
    let hash = record.hash(&author.stream, &before.hash);
    insert(transaction, author.row, &record, &read(&record)?, &hash, None)?;
    advance(transaction, author.row, seq, &hash)
}

/// Last acceptance number of the hub seen for a dossier; 0 for none.
fn last_accepted(transaction: &Transaction<'_>, dossier: Option<DossierId>) -> Result<u64> {
    let Some(dossier) = dossier else { return Ok(0) };
    let number: i64 = transaction
        .prepare_cached(include_str!("log/last_accepted.sql"))?
        .query_row([dossier.as_bytes()], |row| row.get("number"))?;
    Ok(u64::try_from(number).unwrap_or(0))
}

/// Stores a record as it is; used for own and for pulled ones.
///
/// # Errors
/// When the database cannot be written.
pub fn insert(
    transaction: &Transaction<'_>,
    stream: i64,
    record: &Record,
    event: &Event,
    hash: &[u8; 32],
    accepted: Option<i64>,
) -> Result<()> {
    transaction
        .prepare_cached(include_str!("log/insert_record.sql"))?
        .execute(named_params! {
            ":stream": stream,
            ":seq": i64::try_from(record.seq).unwrap_or(i64::MAX),
            ":event": event.id.as_bytes(),
            ":dossier": event.dossier.map(|id| id.as_bytes().to_vec()),
            ":kind": event.fact.kind(),
            ":header": record.header,
            ":digest": record.digest,
            ":salt": record.salt,
            ":body": record.body,
            ":hash": hash,
            ":accepted": accepted,
        })?;
    Ok(())
}

fn advance(transaction: &Transaction<'_>, row: i64, seq: i64, hash: &[u8; 32]) -> Result<()> {
    // Compare and set: two writers of one stream would be the end of the chain.
    let changed = transaction
        .prepare_cached(include_str!("log/advance.sql"))?
        .execute(rusqlite::params![row, seq, hash])?;
    if changed == 1 {
        Ok(())
    } else {
        Err(internal("another writer moved the stream"))
    }
}

/// Records of a dossier: accepted ones in the hub's order, then one's own unsent ones.
///
/// # Errors
/// When the database cannot be read.
pub fn records_of(connection: &Connection, dossier: DossierId) -> Result<Vec<Stored>> {
    let mut statement = connection.prepare_cached(include_str!("log/records_of.sql"))?;
    let rows = statement.query_map([dossier.as_bytes()], stored)?;
    rows.map(|row| Ok(row?)).collect()
}

/// Reads a row of `record`.
///
/// # Errors
/// When a column is missing.
pub fn stored(row: &rusqlite::Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        stream: row.get("stream")?,
        record: Record {
            seq: u64::try_from(row.get::<_, i64>("seq")?).unwrap_or(0),
            header: row.get("header")?,
            digest: row.get("digest")?,
            salt: row.get("salt")?,
            body: row.get("body")?,
        },
        accepted: row.get("accepted")?,
        refused: row.get("refused")?,
    })
}

/// A dossier folded from its records, with its events and what the fold refused.
pub struct Folded {
    /// The dossier.
    pub dossier: Dossier,
    /// Its events in order.
    pub events: Vec<(Event, Stored)>,
    /// Events that change nothing, and why.
    pub refused: Vec<(EventId, &'static str)>,
}

/// Folds a dossier.
///
/// # Errors
/// `UNKNOWN_DOSSIER` when nothing registers it; `DATABASE_DAMAGED` when a record cannot be read.
pub fn fold(connection: &Connection, id: DossierId) -> Result<Folded> {
    let mut events = Vec::new();
    for stored in records_of(connection, id)? {
        events.push((read(&stored.record)?, stored));
    }
    // What the hub's fold refused changes nothing here either: both ends hold the same dossier.
    let counted = events.iter().filter(|(_, stored)| stored.refused.is_none());
    let (dossier, refused) = fold_events(counted.map(|(event, _)| event))?;
    let refused = refused.into_iter().map(|(event, why)| (event.id, why.code())).collect();
    Ok(Folded {
        dossier,
        events,
        refused,
    })
}

/// The event of a record. A body that cannot be read changes nothing and closes no dossier: its
/// bytes stay, and `verify` tells of it.
///
/// # Errors
/// `DATABASE_DAMAGED` when not even the header can be read.
pub fn read(record: &Record) -> Result<Event> {
    if let Ok(event) = record.event() {
        return Ok(event);
    }
    let header = record.header()?;
    Ok(Event {
        id: header.event,
        dossier: header.dossier,
        at: header.clocks.at,
        actor: header.actor,
        agency: header.agency,
        fact: Fact::Unknown { kind: header.kind },
    })
}

/// Appends an event to an existing dossier after the state machine has agreed.
///
/// # Errors
/// The state machine's refusal, or when the database cannot be written.
pub fn append_to(
    transaction: &Transaction<'_>,
    deed: &Deed<'_>,
    before: &Dossier,
    fact: Fact,
) -> Result<(Dossier, Event, i64)> {
    let (event, seq) = append(transaction, deed, Some(before.id), fact)?;
    let after = dossier::apply(before, &event)?;
    Ok((after, event, seq))
}

/// The author of new events: the newest stream.
///
/// # Errors
/// When the database has no stream yet or cannot be read.
pub fn newest_stream(connection: &Connection) -> Result<Option<(i64, Stream)>> {
    let mut statement = connection.prepare_cached(include_str!("log/own_streams.sql"))?;
    let mut rows = statement.query([])?;
    let mut newest = None;
    while let Some(row) = rows.next()? {
        let device = dossier::DeviceId::from_bytes(sixteen(row.get("device")?)?);
        let epoch = u32::try_from(row.get::<_, i64>("epoch")?).map_err(|_| damaged("an epoch is out of range"))?;
        newest = Some((row.get("id")?, Stream { device, epoch }));
    }
    Ok(newest)
}
