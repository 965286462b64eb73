//! Upwards: records in order, then the files they speak of, smallest first.

use rusqlite::{Connection, Transaction, params};
use wire::envelope::{hex, unhex};
use wire::protocol::{
    BlobStored, Durable, HelloRequest, HelloResponse, MAX_BATCH_BYTES, MAX_BATCH_RECORDS, PROTOCOL, PushRequest,
    PushResponse,
};
use wire::{Head, Record, first_prev};

use super::http::Hub;
use crate::error::{ApiError, Code, Result, internal};
use crate::log::{self, Author};
use crate::pages;
use crate::station::Station;
use crate::store::{set_setting, setting, thirty_two};

/// Asks what is durable and sets the cursor to that, backwards too.
pub fn hello(station: &Station, hub: &Hub) -> Result<()> {
    let author = station.author()?;
    let head = station.store.read(|connection| log::position(connection, author.row))?;
    let seq = u64::try_from(head.seq).unwrap_or(0);
    let key = station.signing_key(&author.stream)?;
    let request = HelloRequest {
        stream: author.stream.into(),
        head: Head::sign(&key, &author.stream, seq, &head.hash),
        protocol: PROTOCOL,
    };
    let answer: HelloResponse = hub.post("/v1/hello", &request)?;
    meet_generation(station, &answer.generation)?;
    set_durable(station, &author, &answer.durable)
}

/// A hub that was restored from a backup has another generation: what it gives and what it keeps
/// is asked anew. Doing so twice is harmless, so a first meeting is treated the same.
fn meet_generation(station: &Station, generation: &str) -> Result<()> {
    station.store.write(|transaction| {
        if setting(transaction, "hub_generation")?.as_deref() == Some(generation) {
            return Ok(());
        }
        transaction.execute(include_str!("offer_all_again.sql"), [])?;
        set_setting(transaction, super::down::CURSOR, "0")?;
        set_setting(transaction, super::rules::CURSOR, "0")?;
        set_setting(transaction, "hub_generation", generation)
    })
}

/// The hub's word on what is durable: believed only where its hash is the one of our own record.
fn set_durable(station: &Station, author: &Author, durable: &Durable) -> Result<()> {
    let seq = i64::try_from(durable.seq).map_err(|_| ApiError::new(Code::HubRefused))?;
    station.store.write(|transaction| {
        let ours = hash_at(transaction, author, seq)?;
        if ours.map(|hash| hex(&hash)).as_deref() != Some(durable.hash.as_str()) {
            return Err(ApiError::new(Code::HubRefused).with("reason", "Fork"));
        }
        transaction
            .prepare_cached(include_str!("set_durable.sql"))?
            .execute(params![author.row, seq])?;
        Ok(())
    })
}

/// Hash after our record `seq`; of none, the stream's first `prev`.
fn hash_at(connection: &Connection, author: &Author, seq: i64) -> Result<Option<[u8; 32]>> {
    if seq == 0 {
        let key: Vec<u8> = connection
            .prepare_cached(include_str!("public_key.sql"))?
            .query_row([author.row], |row| row.get("public_key"))?;
        return Ok(Some(first_prev(&thirty_two(key)?)));
    }
    let mut statement = connection.prepare_cached(include_str!("hash_at.sql"))?;
    let mut rows = statement.query(params![author.row, seq])?;
    rows.next()?.map(|row| thirty_two(row.get("hash")?)).transpose()
}

/// Pushes batch after batch until nothing waits.
pub fn push_all(station: &Station, hub: &Hub) -> Result<()> {
    let author = station.author()?;
    while let Some(batch) = station.store.read(|connection| batch(connection, &author))? {
        let request = request(station, &author, batch)?;
        let answer: PushResponse = hub.post("/v1/push", &request)?;
        let before = request.records.first().map_or(0, |record| record.seq);
        if answer.durable.seq < before {
            return Err(ApiError::new(Code::HubRefused).with("reason", "not durable"));
        }
        note(station, &author, &answer)?;
    }
    Ok(())
}

struct Batch {
    prev: [u8; 32],
    records: Vec<Record>,
    last: [u8; 32],
}

/// Records after the durable one, cut by bytes first.
fn batch(connection: &Connection, author: &Author) -> Result<Option<Batch>> {
    let durable = crate::lookup::durable_seq(connection, author.row)?;
    let prev = hash_at(connection, author, durable)?.ok_or_else(|| internal("the durable record is missing"))?;
    let mut statement = connection.prepare_cached(include_str!("next_records.sql"))?;
    let mut rows = statement.query(params![
        author.row,
        durable,
        i64::try_from(MAX_BATCH_RECORDS).unwrap_or(1_000)
    ])?;
    let (mut records, mut bytes, mut last) = (Vec::new(), 0usize, prev);
    while let Some(row) = rows.next()? {
        let stored = log::stored(row)?;
        bytes = bytes.saturating_add(size(&stored.record));
        if !records.is_empty() && bytes > MAX_BATCH_BYTES {
            break;
        }
        last = thirty_two(row.get("hash")?)?;
        records.push(stored.record);
    }
    Ok((!records.is_empty()).then_some(Batch { prev, records, last }))
}

fn size(record: &Record) -> usize {
    let body = record.body.as_ref().map_or(0, String::len);
    record.header.len().saturating_add(body).saturating_add(200)
}

fn request(station: &Station, author: &Author, batch: Batch) -> Result<PushRequest> {
    let key = station.signing_key(&author.stream)?;
    let seq = batch.records.last().map_or(0, |record| record.seq);
    Ok(PushRequest {
        stream: author.stream.into(),
        prev: hex(&batch.prev),
        head: Head::sign(&key, &author.stream, seq, &batch.last),
        records: batch.records,
    })
}

/// Writes down what the hub answered.
fn note(station: &Station, author: &Author, answer: &PushResponse) -> Result<()> {
    set_durable(station, author, &answer.durable)?;
    station.store.write(|transaction| {
        for accepted in &answer.accepted {
            transaction
                .prepare_cached(include_str!("accept.sql"))?
                .execute(params![author.row, signed(accepted.seq)?, signed(accepted.number)?])?;
        }
        for refused in &answer.refused {
            transaction
                .prepare_cached(include_str!("refuse.sql"))?
                .execute(params![author.row, signed(refused.seq)?, refused.reason])?;
        }
        for wanted in answer.wanted.iter().filter_map(|name| unhex::<32>(name)) {
            transaction
                .prepare_cached(include_str!("offer_again.sql"))?
                .execute([wanted])?;
        }
        Ok(())
    })
}

fn signed(number: u64) -> Result<i64> {
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

/// Uploads every file that waits. The hub says "have it" only after its own fsync.
pub fn upload_all(station: &Station, hub: &Hub) -> Result<()> {
    while let Some(hash) = station.store.read(next_file)? {
        let bytes = file(station, &hash)?;
        let stored: BlobStored = hub.put(&format!("/v1/blobs/{}", hex(&hash)), &bytes)?;
        if stored.blake3 != hex(&hash) {
            return Err(ApiError::new(Code::HubRefused).with("reason", "another file"));
        }
        station.store.write(|transaction| {
            transaction
                .prepare_cached(include_str!("uploaded.sql"))?
                .execute([hash])?;
            Ok(())
        })?;
    }
    Ok(())
}

fn next_file(connection: &Connection) -> Result<Option<[u8; 32]>> {
    let mut statement = connection.prepare_cached(include_str!("next_file.sql"))?;
    let mut rows = statement.query([])?;
    rows.next()?.map(|row| thirty_two(row.get("hash")?)).transpose()
}

/// A file's plain bytes: a rendered form lies in the database, everything else in the blob folder.
fn file(station: &Station, hash: &[u8; 32]) -> Result<Vec<u8>> {
    let form = station.store.read(|connection| {
        let mut statement = connection.prepare_cached(include_str!("form_bytes.sql"))?;
        let mut rows = statement.query([hash])?;
        Ok(rows.next()?.map(|row| row.get::<_, Vec<u8>>("bytes")).transpose()?)
    })?;
    match form {
        Some(bytes) => Ok(bytes),
        None => pages::read_blob(station, hash),
    }
}
