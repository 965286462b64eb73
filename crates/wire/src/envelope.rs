//! The envelope: how one event is stored, hashed, chained and signed, for ever.
//!
//! `hash = BLAKE3(tag ‖ stream ‖ seq ‖ prev ‖ header ‖ BLAKE3(salt ‖ body))`, every part prefixed
//! by its length (u32, little endian). The header holds no personal data. Salt and body may be
//! destroyed by law: their digest stays and the chain still verifies.

use chrono::{DateTime, Utc};
use dossier::code::AgencyCode;
use dossier::{BlobHash, DeviceId, DossierId, Event, EventId, Fact, OfficerId};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::body::{BodyError, decode_fact, encode_fact};
use crate::canonical::{CanonicalError, canonical};
use crate::decode::Fields;

const EVENT_TAG: &[u8] = b"motcua/event/1";
const HEAD_TAG: &[u8] = b"motcua/head/1";

/// Version of the body's schema this program writes.
pub const SCHEMA: u16 = 1;

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

/// What clocks said. Evidence only: no clock decides an order or a winner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clocks {
    /// The PC's clock.
    pub at: DateTime<Utc>,
    /// Milliseconds since the PC started, when known.
    pub mono_ms: Option<u32>,
    /// Random name of this start of the PC, when known.
    pub boot: Option<String>,
}

/// The part of an event everyone may read for ever: no personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Event.
    pub event: EventId,
    /// Dossier, or none for events of the station.
    pub dossier: Option<DossierId>,
    /// Type name, see [`Fact::kind`].
    pub kind: String,
    /// Schema version of the body.
    pub schema: u16,
    /// Clocks.
    pub clocks: Clocks,
    /// Officer.
    pub actor: Option<OfficerId>,
    /// Agency where it happened.
    pub agency: AgencyCode,
    /// Last acceptance number of the hub seen for this dossier; 0 for none.
    pub based_on: u64,
    /// Files the event speaks of.
    pub blobs: Vec<BlobHash>,
}

impl Header {
    /// The header of an event.
    #[must_use]
    pub fn of(event: &Event, clocks: Clocks, based_on: u64) -> Self {
        Self {
            event: event.id,
            dossier: event.dossier,
            kind: event.fact.kind().to_owned(),
            schema: SCHEMA,
            clocks,
            actor: event.actor,
            agency: event.agency.clone(),
            based_on,
            blobs: event.fact.blobs(),
        }
    }

    fn to_text(&self) -> Result<String, CanonicalError> {
        let mut map = Map::new();
        let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
        put("agency", json!(self.agency.to_string()));
        put("at", json!(self.clocks.at.timestamp_millis()));
        put("based_on", json!(self.based_on));
        put("blobs", self.blobs.iter().map(ToString::to_string).collect());
        put("event", json!(self.event.to_string()));
        put("kind", json!(self.kind));
        put("schema", json!(self.schema));
        self.actor.map(|actor| put("actor", json!(actor.to_string())));
        self.dossier.map(|dossier| put("dossier", json!(dossier.to_string())));
        self.clocks.mono_ms.map(|mono| put("mono", json!(mono)));
        self.clocks.boot.as_ref().map(|boot| put("boot", json!(boot)));
        canonical(&Value::Object(map))
    }

    fn from_text(text: &str) -> Result<Self, EnvelopeError> {
        let wrong = |what: String| EnvelopeError::Header(what);
        let value: Value = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
        let fields = Fields::of(&value).map_err(|error| wrong(error.to_string()))?;
        Self::from_fields(&fields).map_err(|error| wrong(error.to_string()))
    }

    fn from_fields(fields: &Fields<'_>) -> Result<Self, BodyError> {
        Ok(Self {
            event: fields.parsed("event")?,
            dossier: fields.maybe_parsed("dossier")?,
            kind: fields.text("kind")?,
            schema: fields.number("schema")?,
            clocks: Clocks {
                at: fields.instant("at")?,
                mono_ms: fields.maybe_number("mono")?,
                boot: fields.maybe_text("boot")?,
            },
            actor: fields.maybe_parsed("actor")?,
            agency: fields.parsed("agency")?,
            based_on: fields.number("based_on")?,
            blobs: fields.parsed_list("blobs")?,
        })
    }
}

/// One stored event. The texts are the bytes that were hashed and are never written again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Place in its stream, from 1.
    pub seq: u64,
    /// Canonical JSON of the header.
    pub header: String,
    /// BLAKE3 of salt and body, hexadecimal.
    pub digest: String,
    /// 16 random bytes, hexadecimal; none once erased.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub salt: Option<String>,
    /// Canonical JSON of the body; none once erased.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub body: Option<String>,
}

impl Record {
    /// Seals an event as the record `seq` of its stream.
    ///
    /// # Errors
    /// [`EnvelopeError::Canonical`] for a value without canonical text; [`EnvelopeError::Header`]
    /// for facts that only reading makes: their bytes are another program's, or gone.
    pub fn seal(event: &Event, clocks: Clocks, based_on: u64, seq: u64, salt: [u8; 16]) -> Result<Self, EnvelopeError> {
        if let Fact::Unknown { kind } | Fact::BodyErased { kind } = &event.fact {
            return Err(EnvelopeError::Header(format!("{kind} is never written here")));
        }
        let header = Header::of(event, clocks, based_on).to_text()?;
        let body = canonical(&encode_fact(&event.fact))?;
        let digest = hex(&digest_of(&salt, &body));
        Ok(Self {
            seq,
            header,
            digest,
            salt: Some(hex(&salt)),
            body: Some(body),
        })
    }

    /// Hash of this record in its chain.
    #[must_use]
    pub fn hash(&self, stream: &Stream, prev: &[u8; 32]) -> [u8; 32] {
        // A digest that is none is hashed as it stands, so that no two texts share a hash.
        let digest = unhex::<32>(&self.digest).map_or_else(|| self.digest.clone().into_bytes(), Vec::from);
        hash_parts(&[
            EVENT_TAG,
            &stream.to_bytes(),
            &self.seq.to_le_bytes(),
            prev,
            self.header.as_bytes(),
            &digest,
        ])
    }

    /// The header.
    ///
    /// # Errors
    /// [`EnvelopeError::Header`] when it cannot be read.
    pub fn header(&self) -> Result<Header, EnvelopeError> {
        Header::from_text(&self.header)
    }

    /// The event. A body erased by law gives [`Fact::BodyErased`]; an unknown type, or a body of a
    /// newer schema that cannot be read here, gives [`Fact::Unknown`].
    ///
    /// # Errors
    /// When header or body cannot be read, or the body is not the one that was hashed.
    pub fn event(&self) -> Result<Event, EnvelopeError> {
        let header = self.header()?;
        let fact = match (&self.salt, &self.body) {
            (Some(salt), Some(body)) => {
                let found = digest(salt, body).ok_or(EnvelopeError::Digest)?;
                if unhex::<32>(&self.digest) != Some(found) {
                    return Err(EnvelopeError::Digest);
                }
                read_body(&header, body)?
            }
            _ => Fact::BodyErased {
                kind: header.kind.clone(),
            },
        };
        Ok(Event {
            id: header.event,
            dossier: header.dossier,
            at: header.clocks.at,
            actor: header.actor,
            agency: header.agency,
            fact,
        })
    }
}

/// A newer program may have written names that are unknown here: that is no damage.
fn read_body(header: &Header, body: &str) -> Result<Fact, BodyError> {
    let value = serde_json::from_str(body).map_err(|error| BodyError::new("body", &error.to_string()));
    match value.and_then(|value| decode_fact(&header.kind, &value)) {
        Err(_) if header.schema > SCHEMA => Ok(Fact::Unknown {
            kind: header.kind.clone(),
        }),
        read => read,
    }
}

/// The `prev` of a stream's first record: BLAKE3 of its public key.
#[must_use]
pub fn first_prev(public_key: &[u8; 32]) -> [u8; 32] {
    *blake3::hash(public_key).as_bytes()
}

/// Head of a stream with its signature: who holds it can prove what the device wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Last record.
    pub seq: u64,
    /// Its hash, hexadecimal.
    pub hash: String,
    /// Ed25519 over tag, stream, seq and hash, hexadecimal.
    pub signature: String,
}

impl Head {
    /// Signs a head.
    #[must_use]
    pub fn sign(key: &SigningKey, stream: &Stream, seq: u64, hash: &[u8; 32]) -> Self {
        let signature = key.sign(&head_message(stream, seq, hash));
        Self {
            seq,
            hash: hex(hash),
            signature: hex(&signature.to_bytes()),
        }
    }

    /// The hash, once the signature has been verified.
    ///
    /// # Errors
    /// [`EnvelopeError::Signature`].
    pub fn verify(&self, public_key: &[u8; 32], stream: &Stream) -> Result<[u8; 32], EnvelopeError> {
        let wrong = EnvelopeError::Signature;
        let hash = unhex::<32>(&self.hash).ok_or_else(|| wrong.clone())?;
        let signature = unhex::<64>(&self.signature).ok_or_else(|| wrong.clone())?;
        let key = VerifyingKey::from_bytes(public_key).map_err(|_| wrong.clone())?;
        // Strict: a weak key or a second spelling of the same signature is refused.
        let signature = Signature::from_bytes(&signature);
        key.verify_strict(&head_message(stream, self.seq, &hash), &signature)
            .map_err(|_| wrong)?;
        Ok(hash)
    }
}

fn head_message(stream: &Stream, seq: u64, hash: &[u8; 32]) -> Vec<u8> {
    joined(&[HEAD_TAG, &stream.to_bytes(), &seq.to_le_bytes(), hash])
}

/// None when the salt is not 16 bytes of hexadecimal.
fn digest(salt: &str, body: &str) -> Option<[u8; 32]> {
    Some(digest_of(&unhex::<16>(salt)?, body))
}

fn digest_of(salt: &[u8; 16], body: &str) -> [u8; 32] {
    hash_parts(&[salt, body.as_bytes()])
}

fn hash_parts(parts: &[&[u8]]) -> [u8; 32] {
    *blake3::hash(&joined(parts)).as_bytes()
}

fn joined(parts: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::new();
    for part in parts {
        // A part of 4 GiB is refused long before; saturating keeps this total.
        out.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_le_bytes());
        out.extend(*part);
    }
    out
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Exactly `N` bytes of lower-case hexadecimal.
#[must_use]
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != N.checked_mul(2)? || text.bytes().any(|byte| !matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let mut out = [0; N];
    for (slot, pair) in out.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *slot = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(out)
}

#[cfg(test)]
mod tests;
