//! What crosses the network and what is stored for ever: the envelope of an event, its canonical
//! bytes, the chain and the signed head, the protocol's messages. Pure state, no I/O: both ends
//! run this same code, and the bytes that were hashed are the bytes that are kept.
#![warn(clippy::wildcard_enum_match_arm)] // a new fact must be met at every place that decides

pub mod body;
pub mod canonical;
mod decode;
pub mod envelope;
pub mod pack;
pub mod protocol;
pub mod rules;
pub mod sync;
mod tree;

pub use body::{BodyError, encode_fact};
pub use canonical::{CanonicalError, canonical};
pub use envelope::{Clocks, EnvelopeError, Head, Header, Record, Stream, first_prev};
