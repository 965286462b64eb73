//! Upwards: records in order.

use dossier::DossierId;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use wire::envelope::{hex, unhex};
use wire::protocol::{Accepted, MAX_BATCH_RECORDS, PushRequest, PushResponse, RefusedEvent};
use wire::sync::Hash;
use wire::sync::client::cut;
use wire::{Head, Record};

use super::own::{Copy, OwnStream};
use super::places::Run;
use crate::error::{ApiError, Code, Result};
use crate::log;
use crate::project;
use crate::station::Station;
use crate::store::{sixteen, thirty_two};

/// Records that follow each other in a stream, as they go up.
pub struct Batch {
    prev: Hash,
    records: Vec<Record>,
    last: Hash,
}

impl Batch {
    /// How many records.
    pub const fn len(&self) -> usize {
        self.records.len()
    }

    /// About how many bytes.
    pub fn size(&self) -> usize {
        self.records.iter().map(size).sum()
    }
}

/// Records behind `after`, cut by bytes first; nothing when there are none.
pub fn batch(connection: &Connection, own: &OwnStream, after: u64, most_bytes: usize) -> Result<Option<Batch>> {
    let prev = Copy(own, connection).at(after)?;
    let mut statement = connection.prepare_cached(include_str!("next_records.sql"))?;
    let most = i64::try_from(MAX_BATCH_RECORDS).unwrap_or(1_000);
    let mut rows = statement.query(params![own.row, signed(after)?, most])?;
    let (mut records, mut bytes) = (Vec::new(), 0usize);
    while let Some(row) = rows.next()? {
        let stored = log::stored(row)?;
        bytes = bytes.saturating_add(size(&stored.record));
        records.push((stored.record, thirty_two(row.get("hash")?)?));
        if bytes > most_bytes {
            break;
        }
    }
    records.truncate(cut(
        records.iter().map(|(record, _)| size(record)),
        most_bytes,
        MAX_BATCH_RECORDS,
    ));
    let Some((_, last)) = records.last() else {
        return Ok(None);
    };
    Ok(Some(Batch {
        prev,
        last: *last,
        records: records.into_iter().map(|(record, _)| record).collect(),
    }))
}

fn size(record: &Record) -> usize {
    let body = record.body.as_ref().map_or(0, String::len);
    record.header.len().saturating_add(body).saturating_add(200)
}

/// The batch with the signed head behind it.
pub fn request(station: &Station, own: &OwnStream, batch: Batch) -> Result<PushRequest> {
    let key = station.signing_key(&own.stream)?;
    let seq = batch.records.last().map_or(0, |record| record.seq);
    Ok(PushRequest {
        stream: own.stream.into(),
        prev: hex(&batch.prev),
        head: Head::sign(&key, &own.stream, seq, &batch.last),
        records: batch.records,
        follows: false,
    })
}

/// Writes down what the hub answered to a push, besides what is durable.
pub fn note(transaction: &Transaction<'_>, own: &OwnStream, answer: &PushResponse) -> Result<()> {
    note_places(transaction, own, &answer.accepted, &answer.refused)?;
    for wanted in answer.wanted.iter().filter_map(|name| unhex::<32>(name)) {
        transaction
            .prepare_cached(include_str!("offer_again.sql"))?
            .execute([wanted])?;
    }
    Ok(())
}

/// Where the hub put each event, and which of them change nothing.
pub fn note_places(
    transaction: &Transaction<'_>,
    own: &OwnStream,
    accepted: &[Accepted],
    refused: &[RefusedEvent],
) -> Result<()> {
    for run in runs(accepted) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            continue;
        };
        let run = Run {
            last: signed(last.seq)?,
            ..Run::one(own.row, signed(first.seq)?, signed(first.number)?)?
        };
        run.keep(transaction)?;
    }
    for refused in refused {
        refuse(transaction, own, refused)?;
    }
    Ok(())
}

/// What stands up there in the very order in which it was sent, as nearly everything does.
fn runs(accepted: &[Accepted]) -> impl Iterator<Item = &[Accepted]> {
    let follows = |one: u64, next: u64| one.checked_add(1) == Some(next);
    accepted.chunk_by(move |one, next| follows(one.seq, next.seq) && follows(one.number, next.number))
}

/// What was shown of the dossier so far counted with it.
fn refuse(transaction: &Transaction<'_>, own: &OwnStream, refused: &RefusedEvent) -> Result<()> {
    let dossier: Option<Option<Vec<u8>>> = transaction
        .prepare_cached(include_str!("refuse.sql"))?
        .query_row(params![own.row, signed(refused.seq)?, refused.reason], |row| {
            row.get("dossier")
        })
        .optional()?;
    match dossier.flatten() {
        Some(id) => project::again(transaction, DossierId::from_bytes(sixteen(id)?)),
        None => Ok(()),
    }
}

pub fn signed(number: u64) -> Result<i64> {
    i64::try_from(number).map_err(|_| ApiError::new(Code::HubRefused))
}

/// Puts a file of so many bytes into the queue that carries files upward; twice is once.
///
/// # Errors
/// When the database cannot be written.
pub fn enqueue(transaction: &Transaction<'_>, hash: &[u8; 32], size: i64) -> Result<()> {
    transaction
        .prepare_cached(include_str!("enqueue.sql"))?
        .execute(params![hash, size])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_where_places_or_numbers_jump() {
        let accepted = [(1, 5), (2, 6), (3, 9), (5, 10), (6, 11), (7, 4)];
        let accepted = accepted.map(|(seq, number)| Accepted { seq, number });
        let found: Vec<usize> = runs(&accepted).map(<[_]>::len).collect();
        assert_eq!(found, [2, 1, 2, 1]);
    }
}
