//! A hello: do both ends have the same record where both have one?

use crate::sync::{Chain, Position};

/// What a hello shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Greeting {
    /// The station may go on from what is durable. Its head may be behind that: then it was
    /// restored, and sees so itself.
    Agree(Position),
    /// The same number, another record.
    Fork(Position),
}

/// Compares the station's head with this copy.
///
/// # Errors
/// When the store cannot be read.
pub fn greet<C: Chain>(ours: &C, theirs: &Position) -> Result<Greeting, C::Error> {
    let durable = ours.head();
    Ok(match ours.hash_at(theirs.seq)? {
        Some(known) if known != theirs.hash => Greeting::Fork(durable),
        Some(_) | None => Greeting::Agree(durable),
    })
}
