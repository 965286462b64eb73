//! The chain of a batch, recomputed from its bytes before anything is stored.

use dossier::Event;
use wire::envelope::unhex;
use wire::protocol::{MAX_BATCH_RECORDS, PushRequest, RefusalCode};
use wire::sync::hub::Batch;
use wire::sync::{self, Hash};
use wire::{EnvelopeError, Header, Record};

use crate::error::{HubError, Result};
use crate::hello::StreamRow;

/// A record and what was read of it, once.
pub struct Link {
    pub record: Record,
    pub header: Header,
    /// Nothing when its body is of a shape this program does not know: a newer program wrote it.
    pub event: Option<Event>,
}

/// Fewer records are checked sooner than a thread is started.
const WORTH_A_THREAD: usize = 64;

/// The hash a batch begins with, and its links: contiguous, each body under its digest, the last
/// hash signed by the stream's key.
///
/// # Errors
/// `TooLarge`, `BadMessage`, `BadSignature`.
pub fn verified(request: PushRequest, row: &StreamRow) -> Result<(Hash, Vec<(Link, Hash)>)> {
    if request.records.len() > MAX_BATCH_RECORDS {
        return Err(HubError::refused(RefusalCode::TooLarge));
    }
    let prev: Hash = unhex(&request.prev).ok_or_else(bad_message)?;
    let read = all_checked(request.records)?;
    let hash = |link: &Link, prev: &Hash| link.record.hash(&row.stream, prev);
    let links = sync::links(prev, read, |link| link.record.seq, hash).ok_or_else(bad_message)?;
    let head = request
        .head
        .verify(&row.public_key, &row.stream)
        .map_err(|_| bad_signature())?;
    if let Some((last, hash)) = links.last()
        && (request.head.seq != last.record.seq || head != *hash)
    {
        return Err(bad_signature());
    }
    Ok((prev, links))
}

/// The links as the machine takes them.
pub fn batch(prev: Hash, links: &[(Link, Hash)]) -> Batch<'_, Link> {
    Batch {
        prev,
        first: links.first().map_or(0, |(link, _)| link.record.seq),
        links,
    }
}

/// Records of a batch, each by itself: a large batch in two halves, on two processors.
fn all_checked(mut records: Vec<Record>) -> Result<Vec<Link>> {
    if records.len() < WORTH_A_THREAD {
        return records.into_iter().map(checked).collect();
    }
    let second = records.split_off(records.len() / 2);
    let half = |records: Vec<Record>| records.into_iter().map(checked).collect::<Result<Vec<Link>>>();
    let (first, second) = std::thread::scope(|scope| {
        let second = scope.spawn(|| half(second));
        (half(records), second.join())
    });
    let mut links = first?;
    // A panic there is one here.
    links.extend(second.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
    Ok(links)
}

/// A record whose parts are all in their form and whose body is the one that was hashed.
fn checked(record: Record) -> Result<Link> {
    let is_salt = record.salt.as_deref().is_none_or(|salt| unhex::<16>(salt).is_some());
    let may_be_reckoned = record.digest.is_empty() && record.body.is_some();
    let is_digest = may_be_reckoned || unhex::<32>(&record.digest).is_some();
    if !is_digest || !is_salt || record.salt.is_some() != record.body.is_some() {
        return Err(bad_message());
    }
    match record.opened() {
        Ok((record, header, fact)) => Ok(Link {
            event: fact.map(|fact| header.with(fact)),
            record,
            header,
        }),
        Err(EnvelopeError::Digest | EnvelopeError::Signature) => Err(bad_signature()),
        Err(_) => Err(bad_message()),
    }
}

const fn bad_message() -> HubError {
    HubError::refused(RefusalCode::BadMessage)
}

const fn bad_signature() -> HubError {
    HubError::refused(RefusalCode::BadSignature)
}
