//! A stream as both ends name it, how much of it is durable, and the question for that.

use serde::{Deserialize, Serialize};

use crate::envelope::{Head, Record, Stream, hex, unhex};
use crate::sync::Position;

/// What is durable of a stream: fsynced, with its hash (hexadecimal).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Durable {
    /// Last record; 0 for none.
    pub seq: u64,
    /// Its hash, or the stream's first `prev`.
    pub hash: String,
}

impl From<Position> for Durable {
    fn from(it: Position) -> Self {
        Self {
            seq: it.seq,
            hash: hex(&it.hash),
        }
    }
}

impl Durable {
    /// The place, when the hash is in its form.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        Some(Position {
            seq: self.seq,
            hash: unhex(&self.hash)?,
        })
    }
}

/// A stream on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamName {
    /// Device identity.
    pub device: String,
    /// Epoch.
    pub epoch: u32,
}

impl From<Stream> for StreamName {
    fn from(stream: Stream) -> Self {
        Self {
            device: stream.device.to_string(),
            epoch: stream.epoch,
        }
    }
}

impl StreamName {
    /// The stream, when the device is in its form.
    #[must_use]
    pub fn stream(&self) -> Option<Stream> {
        Some(Stream {
            device: self.device.parse().ok()?,
            epoch: self.epoch,
        })
    }
}

/// `POST /v1/hello`: what do you have of mine, and what is new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelloRequest {
    /// The stream.
    pub stream: StreamName,
    /// Its head down here.
    pub head: Head,
    /// Protocol spoken.
    pub protocol: u32,
}

/// Answer to a hello.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelloResponse {
    /// Changes when the hub was restored from a backup.
    pub generation: String,
    /// Hub's clock, RFC 3339.
    pub now: String,
    /// What is durable.
    pub durable: Durable,
    /// Protocol spoken.
    pub protocol: u32,
    /// Another copy of this PC was seen under this name, or has left it: nobody may go on writing
    /// to it. What was written is still taken in.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub leave: bool,
    /// How bodies may be packed besides `zstd` ([`crate::pack::Coding`]).
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub packs: Vec<String>,
    /// How far what comes down reaches: whoever has read so far need not ask. Nothing from older hubs.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ends: Option<Ends>,
}

/// Where the lists that come down end, 0 where there is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ends {
    /// Cursor behind the last event for the caller's agency, its own among them.
    pub events: u64,
    /// Number of the newest set of rules.
    pub rules: u64,
}

/// `GET /v1/stream?epoch=E&after=N`: the hub's copy of one of the caller's own streams.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamPage {
    /// The stream.
    pub stream: StreamName,
    /// Records behind this one: what was asked, or lower where the copy ends before.
    pub after: u64,
    /// Hash there, hexadecimal.
    pub prev: String,
    /// Records, in order.
    pub records: Vec<OwnRecord>,
    /// There are more.
    pub more: bool,
    /// The next free epoch of the device.
    pub next_epoch: u32,
}

/// A record of the caller's own, with what the hub made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnRecord {
    /// Acceptance number.
    pub number: u64,
    /// The record.
    pub record: Record,
    /// Why it changed nothing, when it did not.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub refused: Option<String>,
}

/// `POST /v1/epoch`: a new life of a known device, or one the hub's backup does not know. Signed by
/// any key the hub knows of the device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EpochRequest {
    /// The stream to open.
    pub stream: StreamName,
    /// Its Ed25519 public key, hexadecimal.
    pub public_key: String,
    /// The epoch that is left for a new one; none for an epoch that was opened before.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub leaves: Option<u32>,
}

/// The epoch is open; asked again, the same answer. Another copy that has it is a `FORK`, with the
/// next free epoch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EpochResponse {
    /// Changes when the hub was restored from a backup.
    pub generation: String,
    /// The stream.
    pub stream: StreamName,
}
