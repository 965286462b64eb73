//! What counter and hub say to each other.

use wire::sync::client::Refused;
use wire::sync::hub::{Placed, Span};
use wire::sync::{Hash, Position};

use super::super::record::{Bytes, Name};

/// A question.
#[derive(Clone)]
pub enum Ask {
    Hello {
        name: Name,
        head: Position,
    },
    Push {
        name: Name,
        prev: Hash,
        first: u64,
        records: Vec<Bytes>,
    },
    Page {
        name: Name,
        after: u64,
    },
    Open {
        name: Name,
        key: u64,
        leaves: Option<u32>,
    },
    Lease {
        name: Name,
        day: usize,
        count: u32,
    },
    Pull {
        name: Name,
        after: u32,
        own: bool,
    },
}

/// An answer.
pub enum Answer {
    Hello {
        generation: u32,
        durable: Position,
        leave: bool,
    },
    Push {
        generation: u32,
        durable: Position,
        placed: Vec<Placed<()>>,
    },
    Page {
        after: u64,
        prev: Hash,
        records: Vec<(Bytes, u64, bool)>,
        next_epoch: u32,
    },
    Opened,
    Lease(Vec<Span>),
    Pull {
        events: Vec<(u64, Bytes, bool)>,
        next: u32,
    },
    Refused(Refused, Option<u32>),
}
