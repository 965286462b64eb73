//! Who is asking, and what is durable of its stream.

use dossier::DeviceId;
use rusqlite::{Connection, Row, Transaction, params};
use wire::envelope::unhex;
use wire::pack::Coding;
use wire::protocol::{Ends, HelloRequest, HelloResponse, PROTOCOL, RefusalCode, StreamName};
use wire::sync::hub::{Greeting, greet};
use wire::sync::{Chain, Hash, Position};
use wire::{Head, Stream};

use crate::error::{HubError, Result};
use crate::hub::Hub;
use crate::pull;
use crate::push::task;
use crate::row::{first, maybe, signed, unsigned};
use crate::rules;

/// A device whose signature was verified.
#[derive(Debug, Clone)]
pub struct Caller {
    pub device: DeviceId,
    /// The agency it was enrolled for. Never taken from a message.
    pub agency: String,
    /// The stream whose key signed the request: which of several copies of one PC is asking.
    pub stream: i64,
    /// Its epoch.
    pub epoch: u32,
}

/// A stream's row.
#[derive(Debug, Clone)]
pub struct StreamRow {
    pub id: i64,
    pub stream: Stream,
    pub public_key: [u8; 32],
    pub head: Position,
    /// Nobody may go on writing to it.
    pub left: bool,
}

impl StreamRow {
    /// Hash after record `seq`, when it is durable up here.
    pub fn hash_at(&self, db: &Connection, seq: u64) -> Result<Option<Hash>> {
        if seq == 0 {
            return Ok(Some(wire::first_prev(&self.public_key)));
        }
        let mut statement = db.prepare_cached(include_str!("sql/event_hash.sql"))?;
        maybe(statement.query_row(params![self.id, signed(seq)], first))
    }

    /// Asks every copy of its PC to leave it.
    pub fn leave(&self, tx: &Transaction<'_>, now: i64) -> Result<()> {
        let stream = params![self.stream.device.as_bytes(), self.stream.epoch, now];
        tx.execute(include_str!("sql/stream_leave.sql"), stream)?;
        Ok(())
    }
}

/// The copy of a stream that is up here, as the machine reads it.
struct Held<'a>(&'a StreamRow, &'a Connection);

impl Chain for Held<'_> {
    type Error = HubError;

    fn head(&self) -> Position {
        self.0.head
    }

    fn hash_at(&self, seq: u64) -> Result<Option<Hash>> {
        self.0.hash_at(self.1, seq)
    }
}

/// The stream a message names, which must be one of the caller's own.
pub fn own_stream(db: &Connection, caller: &Caller, name: &StreamName) -> Result<StreamRow> {
    let unknown = || HubError::refused(RefusalCode::UnknownDevice);
    let stream = name
        .stream()
        .ok_or_else(|| HubError::refused(RefusalCode::BadMessage))?;
    if stream.device != caller.device {
        return Err(unknown());
    }
    let read = |row: &Row<'_>| {
        Ok(StreamRow {
            id: row.get("id")?,
            stream,
            public_key: row.get("public_key")?,
            head: Position {
                seq: unsigned(row, "seq")?,
                hash: row.get("hash")?,
            },
            left: row.get("left")?,
        })
    };
    let mut statement = db.prepare_cached(include_str!("sql/stream_find.sql"))?;
    maybe(statement.query_row(params![stream.device.as_bytes(), stream.epoch], read))?.ok_or_else(unknown)
}

/// `POST /v1/hello`. Where both have the same record, both must have the same hash.
pub fn hello(hub: &Hub, caller: &Caller, request: &HelloRequest) -> Result<HelloResponse> {
    let (row, greeting, ends) = hub.inner().store.read(|db| {
        let row = own_stream(db, caller, &request.stream)?;
        let head = head(request, &row)?;
        let greeting = greet(&Held(&row, db), &head)?;
        Ok((row, greeting, ends(db, caller)?))
    })?;
    let now = hub.now();
    let durable = match greeting {
        Greeting::Agree(durable) => durable,
        Greeting::Fork(durable) => {
            let at = now.timestamp_millis();
            hub.inner().store.write(|tx| forked(tx, &row, &request.head, at))?;
            return Err(HubError::refused_at(RefusalCode::Fork, durable.into()));
        }
    };
    Ok(HelloResponse {
        generation: hub.generation(),
        now: now.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
        durable: durable.into(),
        protocol: PROTOCOL,
        leave: row.left,
        packs: [Coding::Apart, Coding::Sample]
            .map(|coding| coding.name().to_owned())
            .into(),
        ends: Some(ends),
    })
}

fn ends(db: &Connection, caller: &Caller) -> Result<Ends> {
    Ok(Ends {
        events: pull::end(db, caller)?,
        rules: rules::newest(db)?,
    })
}

/// The station's head, once its signature was verified. Of an empty stream there is none.
fn head(request: &HelloRequest, row: &StreamRow) -> Result<Position> {
    let head = &request.head;
    let hash = if head.seq == 0 {
        unhex(&head.hash).ok_or_else(|| HubError::refused(RefusalCode::BadMessage))?
    } else {
        let verified = head.verify(&row.public_key, &row.stream);
        verified.map_err(|_| HubError::refused(RefusalCode::BadSignature))?
    };
    Ok(Position { seq: head.seq, hash })
}

/// The signed head is the evidence: only the device's key could have made it.
pub fn forked(tx: &Transaction<'_>, row: &StreamRow, head: &Head, now: i64) -> Result<()> {
    let stream = &row.stream;
    let detail = format!("{} {} {} {}", stream.device, stream.epoch, head.seq, head.signature);
    row.leave(tx, now)?;
    task(tx, "FORK", &detail, now)
}
