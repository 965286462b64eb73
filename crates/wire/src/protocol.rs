//! The messages of the protocol. Both ends name only these types.
//!
//! Everything is JSON over HTTP; all but the smallest bodies may be packed ([`crate::pack`]). An answer to a
//! push never says "ok": it says what is durable, and the client sets its cursor from that,
//! backwards too.

mod blobs;
mod enrolment;
mod numbers;
mod open;
mod pull;
mod push;
mod refusal;
mod rules;
pub mod signed;
mod stream;

pub use blobs::{BlobPlace, MAX_BLOB_BYTES};
pub use enrolment::{
    AgencyFacts, EnrolRequest, EnrolResponse, EnrolmentFacts, EnrolmentProof, ReturnRequest, ReturnResponse,
};
pub use numbers::{Block, LEASE_DAYS, LeaseRequest, LeaseResponse};
pub use open::OpenPush;
pub use pull::{PullResponse, PulledEvent};
pub use push::{Accepted, AcceptedPage, MAX_BATCH_BYTES, MAX_BATCH_RECORDS, PushRequest, PushResponse, RefusedEvent};
pub use refusal::{Refusal, RefusalCode};
pub use rules::{RuleSet, RulesResponse};
pub use stream::{
    Durable, Ends, EpochRequest, EpochResponse, HelloRequest, HelloResponse, OwnRecord, StreamName, StreamPage,
};

/// The version this program speaks: the last of [`VERSIONS`].
pub const PROTOCOL: u32 = 3;

/// The first version whose hub reckons the digests a push leaves out ([`PushRequest::shortened`]).
pub const RECKONS_DIGESTS: u32 = 2;

/// The first version whose hub reads open texts ([`PushRequest::open`]).
pub const READS_OPEN: u32 = 3;

/// Every version ever released, with its month and what it brought. A field that may be missing
/// makes no new version; a message an older end would misread does. Records are taken in from every
/// version there ever was.
pub const VERSIONS: &[(u32, &str, &str)] = &[
    (
        1,
        "2026-11",
        "the first: hello, push, pull, stream, epoch, lease, rules, files in parts",
    ),
    (
        2,
        "2026-11",
        "records on their way up may leave out the digest of salt and body: half of what cannot be packed",
    ),
    (
        3,
        "2026-11",
        "a push may write header and body as the JSON they are, not as text within text",
    ),
];

#[cfg(test)]
mod tests;
