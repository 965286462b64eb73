//! What both ends of the sync decide, without a disk, a line or a clock: a station feeds its store
//! and the hub's answers into [`client`], the hub its store and the messages into [`hub`], and the
//! model of the protocol (`tests/torture`) drives the same code ten million times.
//!
//! Nothing here believes a message about itself. A place in a stream is a number *and* a hash, and
//! two ends agree on a place only when they agree on both.

pub mod client;
pub mod hub;
mod links;

#[cfg(test)]
mod tests;

pub use links::links;

/// A BLAKE3 of a chain.
pub type Hash = [u8; 32];

/// A place in a stream: after record `seq`, whose hash this is; after none, the stream's first
/// `prev`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Last record; 0 for none.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
}

/// One end's copy of one stream.
pub trait Chain {
    /// What reading it may break with.
    type Error;

    /// Where this copy ends.
    fn head(&self) -> Position;

    /// The hash after record `seq`; of 0, the stream's first `prev`; nothing behind the end.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn hash_at(&self, seq: u64) -> Result<Option<Hash>, Self::Error>;
}
