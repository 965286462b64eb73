//! The chain of a batch, recomputed from its bytes before anything is stored.

use wire::envelope::unhex;
use wire::protocol::{MAX_BATCH_RECORDS, PushRequest, RefusalCode};
use wire::{EnvelopeError, Header, Record};

use crate::error::{HubError, Result};
use crate::hello::StreamRow;

/// A record in its place.
pub struct Link {
    pub record: Record,
    pub header: Header,
    pub prev: [u8; 32],
    pub hash: [u8; 32],
}

/// The links of a batch: contiguous, each body under its digest, the last hash signed by the
/// stream's key.
///
/// # Errors
/// `TooLarge`, `BadMessage`, `BadSignature`.
pub fn verified(request: PushRequest, row: &StreamRow) -> Result<Vec<Link>> {
    if request.records.len() > MAX_BATCH_RECORDS {
        return Err(HubError::refused(RefusalCode::TooLarge));
    }
    let mut prev: [u8; 32] = unhex(&request.prev).ok_or_else(bad_message)?;
    let mut wanted = request.records.first().map_or(1, |record| record.seq);
    let mut links = Vec::with_capacity(request.records.len());
    for record in request.records {
        if record.seq != wanted || record.seq == 0 {
            return Err(bad_message());
        }
        wanted = wanted.saturating_add(1);
        let header = checked(&record)?;
        let hash = record.hash(&row.stream, &prev);
        links.push(Link {
            record,
            header,
            prev,
            hash,
        });
        prev = hash;
    }
    let head = request
        .head
        .verify(&row.public_key, &row.stream)
        .map_err(|_| bad_signature())?;
    if let Some(last) = links.last()
        && (request.head.seq != last.record.seq || head != last.hash)
    {
        return Err(bad_signature());
    }
    Ok(links)
}

/// A record whose parts are all in their form and whose body is the one that was hashed. A body of
/// a shape this program does not know is no fault: a newer program wrote it.
fn checked(record: &Record) -> Result<Header> {
    let salt_in_form = record.salt.as_deref().is_none_or(|salt| unhex::<16>(salt).is_some());
    if unhex::<32>(&record.digest).is_none() || !salt_in_form || record.salt.is_some() != record.body.is_some() {
        return Err(bad_message());
    }
    match record.event() {
        Err(EnvelopeError::Digest | EnvelopeError::Signature) => Err(bad_signature()),
        Err(EnvelopeError::Header(_) | EnvelopeError::Canonical(_)) => Err(bad_message()),
        Err(EnvelopeError::Body(_)) | Ok(_) => record.header().map_err(|_| bad_message()),
    }
}

const fn bad_message() -> HubError {
    HubError::refused(RefusalCode::BadMessage)
}

const fn bad_signature() -> HubError {
    HubError::refused(RefusalCode::BadSignature)
}
