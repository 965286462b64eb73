//! The envelope: how one event is stored, hashed, chained and signed, for ever.
//!
//! `hash = BLAKE3(tag ‖ stream ‖ seq ‖ prev ‖ header ‖ BLAKE3(salt ‖ body))`, every part prefixed
//! by its length (u32, little endian). The header holds no personal data. Salt and body may be
//! destroyed by law: their digest stays and the chain still verifies.

mod bytes;
mod head;
mod header;
mod record;

pub(crate) use bytes::{digits, value};
pub use bytes::{hex, unhex};
pub use head::Head;
pub use header::{Clocks, Header, SCHEMA};
pub use record::Record;

use dossier::DeviceId;

use crate::body::BodyError;
use crate::canonical::CanonicalError;

/// What is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// The header is not what this program can read.
    #[error("the header cannot be read: {0}")]
    Header(String),
    /// The body is not what this program can read.
    #[error(transparent)]
    Body(#[from] BodyError),
    /// The body does not belong to the header's digest.
    #[error("the body does not match its digest")]
    Digest,
    /// Signature or key is no Ed25519.
    #[error("the signature does not verify")]
    Signature,
    /// A value without canonical text.
    #[error(transparent)]
    Canonical(#[from] CanonicalError),
}

/// One device's log in one of its lives. It has exactly one writer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stream {
    /// The device.
    pub device: DeviceId,
    /// Its life: new at every enrolment, restore or broken seal.
    pub epoch: u32,
}

impl Stream {
    /// 20 bytes: device, then epoch as u32 little endian.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 20] {
        let mut out = [0; 20];
        let bytes = self.device.as_bytes().iter().copied().chain(self.epoch.to_le_bytes());
        out.iter_mut().zip(bytes).for_each(|(slot, byte)| *slot = byte);
        out
    }
}

/// The `prev` of a stream's first record: BLAKE3 of its public key.
#[must_use]
pub fn first_prev(public_key: &[u8; 32]) -> [u8; 32] {
    *blake3::hash(public_key).as_bytes()
}

#[cfg(test)]
mod tests;
