//! Records on their way up.

use serde::{Deserialize, Serialize};

use super::open::Either;
use super::stream::{Durable, StreamName};
use crate::envelope::{Head, Record};

/// Most bytes of one push before compression.
pub const MAX_BATCH_BYTES: usize = 1 << 20;

/// Most records of one push.
pub const MAX_BATCH_RECORDS: usize = 1_000;

/// `POST /v1/push`: records that follow each other, and the signed head after the last of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Either")]
pub struct PushRequest {
    /// The stream.
    pub stream: StreamName,
    /// Hash before the first record, hexadecimal.
    pub prev: String,
    /// Contiguous records.
    pub records: Vec<Record>,
    /// Signed head: its `seq` is the last record's.
    pub head: Head,
    /// The batch before it is on its way too, and may come after it.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub follows: bool,
}

impl PushRequest {
    /// The same for a hub of [`super::RECKONS_DIGESTS`] or later.
    #[must_use]
    pub fn shortened(mut self) -> Self {
        self.records = self.records.into_iter().map(Record::shortened).collect();
        self
    }
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

/// `GET /v1/accepted?epoch=E&after=N`: what a push was answered whose answer was lost on its way, without
/// pushing again. At most [`MAX_BATCH_RECORDS`] at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedPage {
    /// Acceptance number of each durable event, in order.
    pub accepted: Vec<Accepted>,
    /// Those among them that change no dossier, with the reason.
    pub refused: Vec<RefusedEvent>,
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
