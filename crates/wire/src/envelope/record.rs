//! One stored event: sealed once, hashed into its chain, read again for ever.

use dossier::{Event, Fact};
use serde::{Deserialize, Serialize};

use super::bytes::{hash_parts, hex, unhex};
use super::header::{Clocks, Header, SCHEMA};
use super::{EnvelopeError, Stream};
use crate::body::{BodyError, decode_fact, encode_fact};
use crate::canonical::canonical;
use crate::tree::Tree;

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

    /// The record as it was, its header and, where this program can read it, what happened: everything
    /// a hub needs of it, read and reckoned once.
    ///
    /// # Errors
    /// As [`Record::event`], but for a body of an unknown shape.
    pub fn opened(mut self) -> Result<(Self, Header, Option<Fact>), EnvelopeError> {
        let header = self.header()?;
        let fact = if self.digest.is_empty() {
            self = self.completed();
            if self.digest.is_empty() && self.body.is_some() {
                return Err(EnvelopeError::Digest);
            }
            self.read(&header)
        } else {
            self.fact(&header)
        };
        match fact {
            Ok(fact) => Ok((self, header, Some(fact))),
            Err(EnvelopeError::Body(_)) => Ok((self, header, None)),
            Err(error) => Err(error),
        }
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

    /// What happened, under its header; the body must be the one that was hashed.
    fn fact(&self, header: &Header) -> Result<Fact, EnvelopeError> {
        if self.body.is_some() && self.salt.is_some() {
            let found = self.reckoned().ok_or(EnvelopeError::Digest)?;
            if unhex::<32>(&self.digest) != Some(found) {
                return Err(EnvelopeError::Digest);
            }
        }
        self.read(header)
    }

    fn read(&self, header: &Header) -> Result<Fact, EnvelopeError> {
        match (&self.salt, &self.body) {
            (Some(_), Some(body)) => Ok(read_body(header, body)?),
            _ => Ok(Fact::BodyErased {
                kind: header.kind.clone(),
            }),
        }
    }
}

/// A newer program may have written names that are unknown here: that is no damage.
fn read_body(header: &Header, body: &str) -> Result<Fact, BodyError> {
    let value = Tree::of(body).map_err(|error| BodyError::new("body", &error.to_string()));
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
