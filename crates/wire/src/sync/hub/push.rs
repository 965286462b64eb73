//! A batch taken in. Called inside the transaction that stores it; the answer is made after COMMIT.

use crate::sync::{Chain, Hash, Position};

/// Records that follow each other, with the hashes they were found to have.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'a, R> {
    /// The hash the sender says comes before them.
    pub prev: Hash,
    /// Number of the first.
    pub first: u64,
    /// The records, each with its recomputed hash.
    pub links: &'a [(R, Hash)],
}

/// Where an event stands up here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<W> {
    /// Acceptance number; of an event that came under several names, the first one.
    pub number: u64,
    /// Why it changes nothing, when it does not.
    pub refused: Option<W>,
}

/// A place, or what the store broke with.
pub type Standing<L> = Result<Placed<<L as Log>::Reason>, <L as Chain>::Error>;

/// The hub's copy of a stream as a push changes it.
pub trait Log: Chain {
    /// A record as it came. Its bytes are stored as they are, whether or not this program can read
    /// them.
    type Record;
    /// A reason.
    type Reason;

    /// Where a record stands that was durable before.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn standing(&mut self, record: &Self::Record) -> Standing<Self>;

    /// Where the same event stands that came under another name before, if it did.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn twin(&mut self, record: &Self::Record) -> Result<Option<Placed<Self::Reason>>, Self::Error>;

    /// Applies the event; or why it changes nothing: the rules refuse it, or this program cannot
    /// read it.
    ///
    /// # Errors
    /// When the store cannot be read: never because of what the event says.
    fn judge(&mut self, record: &Self::Record) -> Result<Option<Self::Reason>, Self::Error>;

    /// Stores an event heard for the first time, under the next acceptance number.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn store(&mut self, record: &Self::Record, hash: &Hash, refused: Option<Self::Reason>) -> Standing<Self>;

    /// Stores a record whose event came before under another name: it keeps its place.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn repeat(&mut self, record: &Self::Record, hash: &Hash, twin: Placed<Self::Reason>) -> Standing<Self>;

    /// Moves the durable head.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn advance(&mut self, head: Position) -> Result<(), Self::Error>;
}

/// What became of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<W> {
    /// Stored: what is durable once the transaction is, and where each record stands, in order.
    Stored(Position, Vec<Placed<W>>),
    /// Records before it are missing.
    Gap(Position),
    /// The histories differ. Evidence for a person; the batch changes nothing.
    Fork {
        /// The first number known to differ.
        at: u64,
        /// What is durable.
        durable: Position,
    },
}

/// Takes a batch in: the hash before it and every overlapped record are compared, new records are
/// stored one after the other, and nothing an event says stops the next one.
///
/// # Errors
/// Those of the store; the transaction is then rolled back as a whole.
pub fn take_in<L: Log>(log: &mut L, batch: &Batch<'_, L::Record>) -> Result<Outcome<L::Reason>, L::Error> {
    let durable = log.head();
    let Some((_, last)) = batch.links.last() else {
        return Ok(Outcome::Stored(durable, Vec::new()));
    };
    if batch.first > durable.seq.saturating_add(1) {
        return Ok(Outcome::Gap(durable));
    }
    if let Some(at) = forked_at(log, batch)? {
        return Ok(Outcome::Fork { at, durable });
    }
    let mut placed = Vec::with_capacity(batch.links.len());
    let mut seq = batch.first;
    for (record, hash) in batch.links {
        placed.push(if seq > durable.seq {
            append(log, record, hash)?
        } else {
            log.standing(record)?
        });
        seq = seq.saturating_add(1);
    }
    let head = Position {
        seq: seq.saturating_sub(1),
        hash: *last,
    };
    if head.seq <= durable.seq {
        return Ok(Outcome::Stored(durable, placed));
    }
    log.advance(head)?;
    Ok(Outcome::Stored(head, placed))
}

fn append<L: Log>(log: &mut L, record: &L::Record, hash: &Hash) -> Standing<L> {
    if let Some(twin) = log.twin(record)? {
        return log.repeat(record, hash, twin);
    }
    let refused = log.judge(record)?;
    log.store(record, hash, refused)
}

/// The first number at which this copy and theirs differ.
fn forked_at<L: Log>(log: &L, batch: &Batch<'_, L::Record>) -> Result<Option<u64>, L::Error> {
    let before = batch.first.saturating_sub(1);
    if log.hash_at(before)? != Some(batch.prev) {
        return Ok(Some(before));
    }
    let durable = log.head().seq;
    for ((_, hash), seq) in batch.links.iter().zip(batch.first..=durable) {
        if log.hash_at(seq)?.as_ref() != Some(hash) {
            return Ok(Some(seq));
        }
    }
    Ok(None)
}
