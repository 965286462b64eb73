//! Who is asking, and what is durable of its stream.

use dossier::DeviceId;
use rusqlite::{Connection, Row, params};
use wire::Stream;
use wire::envelope::{hex, unhex};
use wire::protocol::{Durable, HelloRequest, HelloResponse, PROTOCOL, RefusalCode, StreamName};

use crate::error::{HubError, Result};
use crate::hub::Hub;
use crate::row::{first, maybe, signed, unsigned};

/// A device whose signature was verified.
#[derive(Debug, Clone)]
pub struct Caller {
    pub device: DeviceId,
    /// The agency it was enrolled for. Never taken from a message.
    pub agency: String,
}

/// A stream's row.
#[derive(Debug, Clone)]
pub struct StreamRow {
    pub id: i64,
    pub stream: Stream,
    pub public_key: [u8; 32],
    pub seq: u64,
    pub hash: [u8; 32],
}

impl StreamRow {
    pub fn durable(&self) -> Durable {
        Durable {
            seq: self.seq,
            hash: hex(&self.hash),
        }
    }

    /// Hash after record `seq`, when it is durable up here.
    pub fn hash_at(&self, db: &Connection, seq: u64, first_prev: &[u8; 32]) -> Result<Option<[u8; 32]>> {
        if seq == 0 {
            return Ok(Some(*first_prev));
        }
        let mut statement = db.prepare_cached(include_str!("sql/event_hash.sql"))?;
        maybe(statement.query_row(params![self.id, signed(seq)], first))
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
            seq: unsigned(row, "seq")?,
            hash: row.get("hash")?,
        })
    };
    let mut statement = db.prepare_cached(include_str!("sql/stream_find.sql"))?;
    maybe(statement.query_row(params![stream.device.as_bytes(), stream.epoch], read))?.ok_or_else(unknown)
}

/// `POST /v1/hello`. Where both have the same record, both must have the same hash.
pub fn hello(hub: &Hub, caller: &Caller, request: &HelloRequest) -> Result<HelloResponse> {
    let bad = || HubError::refused(RefusalCode::BadMessage);
    let durable = hub.inner().store.read(|db| {
        let row = own_stream(db, caller, &request.stream)?;
        let head = if request.head.seq == 0 {
            unhex(&request.head.hash).ok_or_else(bad)?
        } else {
            let verified = request.head.verify(&row.public_key, &row.stream);
            verified.map_err(|_| HubError::refused(RefusalCode::BadSignature))?
        };
        let known = row.hash_at(db, request.head.seq, &wire::first_prev(&row.public_key))?;
        if known.is_some_and(|known| known != head) {
            return Err(HubError::refused_at(RefusalCode::Fork, row.durable()));
        }
        Ok(row.durable())
    })?;
    let now = hub.now().to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
    Ok(HelloResponse {
        generation: hub.generation().to_owned(),
        now,
        durable,
        protocol: PROTOCOL,
    })
}
