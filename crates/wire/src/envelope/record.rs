//! One stored event: sealed once, hashed into its chain, read again for ever.

use dossier::{Event, Fact};
use serde::{Deserialize, Serialize};

use super::bytes::{hash_parts, hex, unhex};
use super::header::{Clocks, Header, SCHEMA};
use super::{EnvelopeError, Stream};
use crate::body::{BodyError, decode_fact, encode_fact};
use crate::canonical::canonical;

const EVENT_TAG: &[u8] = b"motcua/event/1";

/// One stored event. The texts are the bytes that were hashed and are never written again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Place in its stream, from 1.
    pub seq: u64,
    /// Canonical JSON of the header.
    pub header: String,
    /// BLAKE3 of salt and body, hexadecimal. Empty only on its way: see [`Record::shortened`].
    #[serde(skip_serializing_if = "String::is_empty", default)]
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

    /// The record without the digest that its other end reckons from salt and body: 32 bytes no packer
    /// makes smaller. One whose body was erased, or is not the one that was hashed, stays as it is.
    #[must_use]
    pub fn shortened(mut self) -> Self {
        if unhex::<32>(&self.digest).is_some_and(|digest| self.reckoned() == Some(digest)) {
            self.digest.clear();
        }
        self
    }

    /// The record as it was before it was shortened. What its digest is the chain's hash proves.
    #[must_use]
    pub fn completed(mut self) -> Self {
        if self.digest.is_empty()
            && let Some(digest) = self.reckoned()
        {
            self.digest = hex(&digest);
        }
        self
    }

    fn reckoned(&self) -> Option<[u8; 32]> {
        digest(self.salt.as_deref()?, self.body.as_deref()?)
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
        let fact = self.fact(&header)?;
        Ok(header.with(fact))
    }

    /// What happened, under a header that was read already: see [`Record::event`].
    ///
    /// # Errors
    /// As [`Record::event`], but for the header.
    pub fn fact(&self, header: &Header) -> Result<Fact, EnvelopeError> {
        let (Some(salt), Some(body)) = (&self.salt, &self.body) else {
            return Ok(Fact::BodyErased {
                kind: header.kind.clone(),
            });
        };
        let found = digest(salt, body).ok_or(EnvelopeError::Digest)?;
        if unhex::<32>(&self.digest) != Some(found) {
            return Err(EnvelopeError::Digest);
        }
        Ok(read_body(header, body)?)
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

/// None when the salt is not 16 bytes of hexadecimal.
fn digest(salt: &str, body: &str) -> Option<[u8; 32]> {
    Some(digest_of(&unhex::<16>(salt)?, body))
}

pub(super) fn digest_of(salt: &[u8; 16], body: &str) -> [u8; 32] {
    hash_parts(&[salt, body.as_bytes()])
}
