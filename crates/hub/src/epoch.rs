//! New lives of known devices, and what is up here of their old ones: how a PC that was cloned or
//! restored from a copy goes on under a name that nobody else writes under.

use dossier::{DeviceId, EventId};
use ed25519_dalek::VerifyingKey;
use rusqlite::{Connection, Row, Transaction, params};
use wire::envelope::{hex, unhex};
use wire::protocol::{
    Accepted, AcceptedPage, EpochRequest, EpochResponse, OwnRecord, RefusalCode, RefusedEvent, StreamName, StreamPage,
};
use wire::sync::hub::{Opening, Wish, next_epoch, open};
use wire::{Stream, first_prev};

use crate::error::{HubError, Result};
use crate::hello::{Caller, own_stream};
use crate::hub::Hub;
use crate::push::task;
use crate::row::{first, maybe, record, signed, unsigned};

/// Records of one page.
const MOST: u32 = 1_000;

/// `POST /v1/epoch`.
pub fn begin(hub: &Hub, caller: &Caller, request: &EpochRequest) -> Result<EpochResponse> {
    let bad = || HubError::refused(RefusalCode::BadMessage);
    let stream = request.stream.stream().ok_or_else(bad)?;
    let key = unhex::<32>(&request.public_key).ok_or_else(bad)?;
    if stream.device != caller.device || VerifyingKey::from_bytes(&key).is_err() {
        return Err(bad());
    }
    let (now, restores) = (hub.now().timestamp_millis(), hub.restores());
    let wish = if request.leaves.is_some() {
        Wish::Begin
    } else {
        Wish::Resume
    };
    hub.inner().store.write(|tx| {
        if claim(tx, wish, &stream, &key, restores)? {
            leave(tx, caller, request, now)?;
        }
        Ok(())
    })?;
    Ok(EpochResponse {
        generation: hub.generation(),
        stream: request.stream.clone(),
    })
}

/// Opens a life of a known device under its key: the one rule for all who give epochs, whatever a restored
/// database forgot. Whether it was not open before.
///
/// # Errors
/// [`HubError::Taken`] with the next free epoch; those of the database.
pub fn claim(tx: &Transaction<'_>, wish: Wish, stream: &Stream, key: &[u8; 32], restores: u32) -> Result<bool> {
    let (device, epoch) = (stream.device.as_bytes(), stream.epoch);
    let known = maybe(
        tx.query_row(include_str!("sql/stream_find.sql"), params![device, epoch], |row| {
            row.get::<_, [u8; 32]>("public_key")
        }),
    )?;
    let next = next_epoch(last_epoch(tx, &stream.device)?, restores);
    match open(wish, epoch, known.map(|known| known == *key), next) {
        Opening::Again => return Ok(false),
        Opening::Taken(next) => return Err(HubError::Taken { next }),
        Opening::New => {}
    }
    tx.execute(
        include_str!("sql/stream_add.sql"),
        params![device, epoch, key, first_prev(key)],
    )?;
    Ok(true)
}

fn leave(tx: &Transaction<'_>, caller: &Caller, request: &EpochRequest, now: i64) -> Result<()> {
    let Some(left) = request.leaves else { return Ok(()) };
    let device = caller.device.as_bytes();
    tx.execute(include_str!("sql/stream_leave.sql"), params![device, left, now])?;
    let detail = format!("{} {left} {}", caller.device, request.stream.epoch);
    task(tx, "EPOCH_OPENED", &detail, now)
}

fn last_epoch(db: &Connection, device: &DeviceId) -> Result<u32> {
    let last: i64 = db.query_row(include_str!("sql/stream_last.sql"), [device.as_bytes()], first)?;
    Ok(u32::try_from(last).unwrap_or(u32::MAX))
}

/// `GET /v1/stream?epoch=E&after=N`: one of the caller's own streams as it is up here.
pub fn page(hub: &Hub, caller: &Caller, epoch: u32, after: u64) -> Result<StreamPage> {
    let name = StreamName {
        device: caller.device.to_string(),
        epoch,
    };
    let restores = hub.restores();
    hub.inner().store.read(|db| {
        let row = own_stream(db, caller, &name)?;
        let after = after.min(row.head.seq);
        let prev = row.hash_at(db, after)?.ok_or(HubError::Damaged("a gap in a stream"))?;
        let mut statement = db.prepare_cached(include_str!("sql/stream_page.sql"))?;
        let rows = statement.query_map(params![row.id, signed(after), MOST], own_record)?;
        let records = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        let last = records.last().map_or(after, |it| it.record.seq);
        Ok(StreamPage {
            stream: name.clone(),
            after,
            prev: hex(&prev),
            more: last < row.head.seq,
            records,
            next_epoch: next_epoch(last_epoch(db, &caller.device)?, restores),
        })
    })
}

/// `GET /v1/accepted?epoch=E&after=N`: what was answered to pushes of one of the caller's own streams.
pub fn accepted(hub: &Hub, caller: &Caller, epoch: u32, after: u64) -> Result<AcceptedPage> {
    let name = StreamName {
        device: caller.device.to_string(),
        epoch,
    };
    hub.inner().store.read(|db| {
        let row = own_stream(db, caller, &name)?;
        let mut statement = db.prepare_cached(include_str!("sql/stream_accepted.sql"))?;
        let rows = statement.query_map(params![row.id, signed(after), MOST], placed)?;
        let (mut accepted, mut refused) = (Vec::new(), Vec::new());
        for row in rows {
            let (one, why) = row?;
            accepted.push(one);
            refused.extend(why);
        }
        Ok(AcceptedPage { accepted, refused })
    })
}

fn placed(row: &Row<'_>) -> rusqlite::Result<(Accepted, Option<RefusedEvent>)> {
    let (seq, number) = (unsigned(row, "seq")?, unsigned(row, "number")?);
    let event = EventId::from_bytes(row.get("event")?).to_string();
    let refused = row.get::<_, Option<String>>("refused")?;
    let refused = refused.map(|reason| RefusedEvent { event, seq, reason });
    Ok((Accepted { seq, number }, refused))
}

fn own_record(row: &Row<'_>) -> rusqlite::Result<OwnRecord> {
    Ok(OwnRecord {
        number: unsigned(row, "number")?,
        record: record(row)?,
        refused: row.get("refused")?,
    })
}
