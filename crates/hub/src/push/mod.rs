//! `POST /v1/push`: records of one stream, taken in by one transaction. What is answered as durable
//! has been committed with an fsync before the answer is made.

mod accept;
mod chain;
mod project;

use rusqlite::{Transaction, params};
use wire::envelope::hex;
use wire::protocol::{Durable, PushRequest, PushResponse, RefusalCode};

use crate::error::{HubError, Result};
use crate::hello::{Caller, StreamRow, own_stream};
use crate::hub::Hub;
use crate::row::signed;
use accept::Intake;
use chain::Link;

enum Outcome {
    Stored(Box<Intake>, Durable),
    /// Not an error of the transaction: its evidence is to be committed.
    Forked(Durable),
}

/// Takes a batch in.
///
/// # Errors
/// `Gap` and `Fork` with what is durable; `BadMessage`, `BadSignature`; those of the database.
pub fn push(hub: &Hub, caller: &Caller, request: PushRequest) -> Result<PushResponse> {
    let now = hub.now().timestamp_millis();
    match hub.inner().store.write(|tx| take_in(tx, caller, request, now))? {
        Outcome::Forked(durable) => Err(HubError::refused_at(RefusalCode::Fork, durable)),
        Outcome::Stored(intake, durable) => Ok(PushResponse {
            generation: hub.generation().to_owned(),
            durable,
            accepted: intake.accepted,
            refused: intake.refused,
            wanted: intake.wanted.into_iter().map(|hash| hash.to_string()).collect(),
        }),
    }
}

fn take_in(tx: &Transaction<'_>, caller: &Caller, request: PushRequest, now: i64) -> Result<Outcome> {
    let row = own_stream(tx, caller, &request.stream)?;
    let head = request.head.clone();
    let links = chain::verified(request, &row)?;
    let Some((first, last)) = links.first().zip(links.last()) else {
        return Ok(Outcome::Stored(Box::default(), row.durable()));
    };
    if first.record.seq > row.seq.saturating_add(1) {
        return Err(HubError::refused_at(RefusalCode::Gap, row.durable()));
    }
    if let Some(seq) = forked_at(tx, &row, first, &links)? {
        task(
            tx,
            "FORK",
            &format!("{} {} {seq} {}", row.stream.device, row.stream.epoch, head.signature),
            now,
        )?;
        return Ok(Outcome::Forked(row.durable()));
    }
    let (seq, hash) = if last.record.seq > row.seq {
        (last.record.seq, last.hash)
    } else {
        (row.seq, row.hash)
    };
    let mut intake = Intake::default();
    for link in &links {
        if link.record.seq > row.seq {
            intake.append(tx, caller, &row, link, now)?;
        } else {
            intake.known(tx, &row, link)?;
        }
    }
    if seq > row.seq {
        let advance = params![row.id, signed(seq), hash, head.signature];
        tx.execute(include_str!("../sql/stream_advance.sql"), advance)?;
    }
    intake.drop_stored_blobs(tx)?;
    Ok(Outcome::Stored(Box::new(intake), Durable { seq, hash: hex(&hash) }))
}

/// The first sequence number at which our record and theirs differ.
fn forked_at(tx: &Transaction<'_>, row: &StreamRow, first: &Link, links: &[Link]) -> Result<Option<u64>> {
    let start = wire::first_prev(&row.public_key);
    let before = first.record.seq.saturating_sub(1);
    if row.hash_at(tx, before, &start)? != Some(first.prev) {
        return Ok(Some(before));
    }
    for link in links.iter().take_while(|link| link.record.seq <= row.seq) {
        if row.hash_at(tx, link.record.seq, &start)? != Some(link.hash) {
            return Ok(Some(link.record.seq));
        }
    }
    Ok(None)
}

/// Something a person has to look at. The detail carries no personal data.
fn task(tx: &Transaction<'_>, kind: &str, detail: &str, now: i64) -> Result<()> {
    tx.prepare_cached(include_str!("../sql/task_add.sql"))?
        .execute(params![kind, detail, now])?;
    Ok(())
}
