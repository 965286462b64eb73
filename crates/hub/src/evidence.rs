//! What a suspended device still sends: kept beside the log, so that neither a thief's event changes a
//! dossier nor an honest officer's goes.

use rusqlite::{Transaction, params};
use wire::protocol::PushRequest;

use crate::error::Result;
use crate::hello::{Caller, own_stream};
use crate::hub::Hub;
use crate::push::{task, verified};
use crate::row::{maybe, signed};

/// Bytes of evidence kept of one device each time it is suspended: years of a counter. A thief fills no
/// disk with it.
const MOST: i64 = 64 << 20;

/// A batch that was verified.
struct Batch {
    epoch: u32,
    first: u64,
    last: u64,
    head: [u8; 32],
    text: String,
}

/// A push of a suspended device: its signatures and chain are checked as always, then it is laid aside.
/// What does not fit any more is a task, once, and from then on nothing of it is kept.
///
/// # Errors
/// `BadMessage`, `BadSignature`, `UnknownDevice`; those of the database.
pub fn lay_aside(hub: &Hub, caller: &Caller, request: PushRequest) -> Result<()> {
    let (row, used) = hub
        .inner()
        .store
        .read(|db| Ok((own_stream(db, caller, &request.stream)?, used(db, caller)?)))?;
    if used.is_none_or(|used| used.bytes >= MOST) {
        return Ok(());
    }
    let (epoch, text) = (request.stream.epoch, serde_json::to_string(&request)?);
    // Before the transaction: nobody else waits while signatures are computed.
    let (_, links) = verified(request, &row)?;
    let (Some((begin, _)), Some((end, head))) = (links.first(), links.last()) else {
        return Ok(());
    };
    let batch = Batch {
        epoch,
        first: begin.record.seq,
        last: end.record.seq,
        head: *head,
        text,
    };
    let now = hub.now().timestamp_millis();
    hub.inner().store.write(|tx| keep(tx, caller, &batch, now))
}

struct Used {
    bytes: i64,
    suspended_at: i64,
}

/// Nothing of a device that was taken back meanwhile: it will send the same again.
fn used(db: &Transaction<'_>, caller: &Caller) -> Result<Option<Used>> {
    let mut statement = db.prepare_cached(include_str!("sql/evidence_used.sql"))?;
    let found = statement.query_row([caller.device.as_bytes()], |row| {
        let at: Option<i64> = row.get("suspended_at")?;
        let bytes = row.get("evidence_bytes")?;
        Ok(at.map(|suspended_at| Used { bytes, suspended_at }))
    });
    Ok(maybe(found)?.flatten())
}

fn keep(tx: &Transaction<'_>, caller: &Caller, batch: &Batch, now: i64) -> Result<()> {
    let Some(used) = used(tx, caller)? else { return Ok(()) };
    if used.bytes >= MOST || is_known(tx, caller, batch)? {
        return Ok(());
    }
    let bytes = i64::try_from(batch.text.len()).unwrap_or(i64::MAX);
    let sum = used.bytes.saturating_add(bytes);
    count(tx, caller, sum.min(MOST))?;
    if sum > MOST {
        let detail = format!("{} {}", caller.device, used.suspended_at);
        return task(tx, "EVIDENCE_FULL", &detail, now);
    }
    add(tx, caller, batch, now)
}

fn is_known(tx: &Transaction<'_>, caller: &Caller, batch: &Batch) -> Result<bool> {
    let mut statement = tx.prepare_cached(include_str!("sql/evidence_known.sql"))?;
    let device = caller.device.as_bytes();
    Ok(statement.exists(params![device, batch.epoch, signed(batch.first), batch.head])?)
}

fn count(tx: &Transaction<'_>, caller: &Caller, bytes: i64) -> Result<()> {
    let mut statement = tx.prepare_cached(include_str!("sql/evidence_count.sql"))?;
    statement.execute(params![caller.device.as_bytes(), bytes])?;
    Ok(())
}

fn add(tx: &Transaction<'_>, caller: &Caller, batch: &Batch, now: i64) -> Result<()> {
    let (first, last) = (batch.first, batch.last);
    let device = caller.device.as_bytes();
    let row = params![
        device,
        batch.epoch,
        signed(first),
        signed(last),
        batch.head,
        batch.text,
        now
    ];
    tx.prepare_cached(include_str!("sql/evidence_add.sql"))?.execute(row)?;
    let detail = format!("{} {} {first} {last}", caller.device, batch.epoch);
    task(tx, "EVIDENCE", &detail, now)
}
