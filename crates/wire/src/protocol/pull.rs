//! Records of others on their way down.

use serde::{Deserialize, Serialize};

use super::stream::StreamName;
use crate::envelope::Record;

/// `GET /v1/pull?after=N`: events of other streams for this device's agency, in acceptance order; with
/// `own=1` those of the asking stream too.
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
