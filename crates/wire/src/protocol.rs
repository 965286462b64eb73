//! The messages of the protocol, version 1. Both ends name only these types.
//!
//! Everything is JSON over HTTP; bodies above a kilobyte may be zstd-compressed. An answer to a
//! push never says "ok": it says what is durable, and the client sets its cursor from that,
//! backwards too.

use serde::{Deserialize, Serialize};

use crate::envelope::{Head, Record, Stream};

/// Version 1, November 2026: the first one ever released.
pub const PROTOCOL: u32 = 1;

/// Most bytes of one push before compression.
pub const MAX_BATCH_BYTES: usize = 1 << 20;

/// Most records of one push.
pub const MAX_BATCH_RECORDS: usize = 1_000;

/// Largest file: an A4 page at 600 dpi in colour, uncompressed, is far below it.
pub const MAX_BLOB_BYTES: usize = 64 << 20;

/// Days ahead for which numbers are leased.
pub const LEASE_DAYS: u32 = 30;

/// Why the hub refused a message. Closed list; the number is the HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RefusalCode {
    /// The message cannot be read.
    BadMessage,
    /// The one-time code is wrong, used or too old.
    EnrolmentCodeInvalid,
    /// No such device, or its request is not signed by it.
    UnknownDevice,
    /// The device was suspended.
    DeviceSuspended,
    /// The same sequence number holds another record up here: two writers under one identity.
    Fork,
    /// Records before these are missing up here.
    Gap,
    /// Hash or signature does not verify.
    BadSignature,
    /// Too many bytes.
    TooLarge,
    /// The file's bytes are not those of its name.
    WrongHash,
    /// Nothing of that name is here.
    NotFound,
    /// The disk up here is full; events still come first.
    ServerFull,
    /// A newer program is needed.
    Upgrade,
    /// Something broke up here.
    Internal,
}

impl RefusalCode {
    /// The HTTP status it travels with.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::BadMessage => 400,
            Self::EnrolmentCodeInvalid | Self::UnknownDevice => 401,
            Self::BadSignature => 403,
            Self::NotFound => 404,
            Self::Fork => 409,
            Self::TooLarge => 413,
            Self::Gap => 416,
            Self::WrongHash => 422,
            Self::DeviceSuspended => 423,
            Self::Upgrade => 426,
            Self::Internal => 500,
            Self::ServerFull => 507,
        }
    }
}

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why.
    pub code: RefusalCode,
    /// What is durable of the stream, where that helps the client to go on.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub durable: Option<Durable>,
}

/// What is durable of a stream: fsynced, with its hash (hexadecimal).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Durable {
    /// Last record; 0 for none.
    pub seq: u64,
    /// Its hash, or the stream's first `prev`.
    pub hash: String,
}

/// An agency as the hub describes it to its stations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyFacts {
    /// Code of QĐ 20/2020/QĐ-TTg.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Agency above ("đơn vị chủ quản"), as printed.
    pub parent: String,
    /// Receiving unit, as printed.
    pub unit: String,
    /// Place for "…, ngày …".
    pub place: String,
}

/// `POST /v1/enrol`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolRequest {
    /// One-time code.
    pub code: String,
    /// Identity the device gave itself when its data folder was made: what it wrote before it was
    /// enrolled belongs to the same stream. Refused when another device has it.
    pub device: String,
    /// Its epoch.
    pub epoch: u32,
    /// Ed25519 public key of the stream, hexadecimal.
    pub public_key: String,
    /// Name of the PC for people.
    pub name: String,
    /// Protocol spoken.
    pub protocol: u32,
}

/// Answer to an enrolment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolResponse {
    /// Device identity, as asked.
    pub device: String,
    /// Epoch, as asked.
    pub epoch: u32,
    /// Agency of the counter.
    pub agency: AgencyFacts,
    /// Other agencies the counter may meet: codes typed without separators are matched to these.
    pub agencies: Vec<AgencyFacts>,
    /// Ed25519 public key of the hub, hexadecimal.
    pub hub_key: String,
    /// Name of the hub on screen.
    pub hub_name: String,
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

/// `POST /v1/push`: records that follow each other, and the signed head after the last of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushRequest {
    /// The stream.
    pub stream: StreamName,
    /// Hash before the first record, hexadecimal.
    pub prev: String,
    /// Contiguous records.
    pub records: Vec<Record>,
    /// Signed head: its `seq` is the last record's.
    pub head: Head,
}

/// Answer to a push.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushResponse {
    /// Changes when the hub was restored from a backup.
    pub generation: String,
    /// What is durable now.
    pub durable: Durable,
    /// Acceptance number of each pushed event that is durable, in order.
    pub accepted: Vec<Accepted>,
    /// Events that are stored but change no dossier, with the reason.
    pub refused: Vec<RefusedEvent>,
    /// Files these events speak of that are not up here yet, hexadecimal.
    pub wanted: Vec<String>,
}

/// Where an event stands in the hub's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// Sequence number in the stream.
    pub seq: u64,
    /// Acceptance number.
    pub number: u64,
}

/// An event the state machine refused after the fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedEvent {
    /// Event identity.
    pub event: String,
    /// Sequence number in its stream.
    pub seq: u64,
    /// [`dossier::Refused::code`].
    pub reason: String,
}

/// `GET /v1/pull?after=N`: events of other streams for this device's agency, in acceptance order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullResponse {
    /// Changes when the hub was restored from a backup.
    pub generation: String,
    /// Events.
    pub events: Vec<PulledEvent>,
    /// Cursor for the next call.
    pub next: u64,
    /// There are more.
    pub more: bool,
}

/// One event of another stream, with all that is needed to check it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PulledEvent {
    /// Acceptance number.
    pub number: u64,
    /// Its stream.
    pub stream: StreamName,
    /// Hash before it, hexadecimal.
    pub prev: String,
    /// The record.
    pub record: Record,
    /// Why it changed nothing, when it did not.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub refused: Option<String>,
}

/// `POST /v1/numbers/lease`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaseRequest {
    /// Series of which agency.
    pub series: String,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Number of days.
    pub days: u32,
    /// Numbers wanted a day.
    pub count: u32,
}

/// Blocks leased to this device; asked again, the same blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaseResponse {
    /// A block a day.
    pub blocks: Vec<Block>,
}

/// Numbers of one day that only this device may issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Series of which agency.
    pub series: String,
    /// Day, `YYYY-MM-DD`.
    pub day: String,
    /// First number.
    pub from: u32,
    /// Last number.
    pub to: u32,
}

/// `HEAD`, `PUT` and `GET /v1/blobs/{blake3}`: the answer to a `PUT`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobStored {
    /// Name.
    pub blake3: String,
    /// Bytes, fsynced.
    pub size: u64,
}

/// How a request is signed by its device.
pub mod signed {
    use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};

    use crate::envelope::{hex, unhex};

    /// Header with the device identity.
    pub const DEVICE: &str = "x-device";
    /// Header with the signature, hexadecimal.
    pub const SIGNATURE: &str = "x-signature";

    /// What is signed: method, path with query, and the body's BLAKE3, so that a request cannot
    /// be turned into another one on the way.
    #[must_use]
    pub fn message(method: &str, target: &str, body: &[u8]) -> Vec<u8> {
        format!("motcua/request/1\n{method}\n{target}\n{}", blake3::hash(body).to_hex()).into_bytes()
    }

    /// Signs a request.
    #[must_use]
    pub fn sign(key: &SigningKey, method: &str, target: &str, body: &[u8]) -> String {
        hex(&key.sign(&message(method, target, body)).to_bytes())
    }

    /// Whether the device made this request.
    #[must_use]
    pub fn verify(public_key: &[u8; 32], method: &str, target: &str, body: &[u8], signature: &str) -> bool {
        let Some(signature) = unhex::<64>(signature) else {
            return false;
        };
        let Ok(key) = VerifyingKey::from_bytes(public_key) else {
            return false;
        };
        key.verify(&message(method, target, body), &Signature::from_bytes(&signature))
            .is_ok()
    }
}
