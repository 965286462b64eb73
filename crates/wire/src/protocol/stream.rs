//! A stream as both ends name it, how much of it is durable, and the question for that.

use serde::{Deserialize, Serialize};

use crate::envelope::{Head, Stream};

/// What is durable of a stream: fsynced, with its hash (hexadecimal).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Durable {
    /// Last record; 0 for none.
    pub seq: u64,
    /// Its hash, or the stream's first `prev`.
    pub hash: String,
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
}
