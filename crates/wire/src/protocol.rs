//! The messages of the protocol, version 1. Both ends name only these types.
//!
//! Everything is JSON over HTTP; bodies above a kilobyte may be zstd-compressed. An answer to a
//! push never says "ok": it says what is durable, and the client sets its cursor from that,
//! backwards too.

mod blobs;
mod enrolment;
mod numbers;
mod pull;
mod push;
mod refusal;
mod rules;
pub mod signed;
mod stream;

pub use blobs::{BlobStored, MAX_BLOB_BYTES};
pub use enrolment::{AgencyFacts, EnrolRequest, EnrolResponse};
pub use numbers::{Block, LEASE_DAYS, LeaseRequest, LeaseResponse};
pub use pull::{PullResponse, PulledEvent};
pub use push::{Accepted, MAX_BATCH_BYTES, MAX_BATCH_RECORDS, PushRequest, PushResponse, RefusedEvent};
pub use refusal::{Refusal, RefusalCode};
pub use rules::{RuleSet, RulesResponse};
pub use stream::{Durable, HelloRequest, HelloResponse, StreamName};

/// Version 1, November 2026: the first one ever released.
pub const PROTOCOL: u32 = 1;
