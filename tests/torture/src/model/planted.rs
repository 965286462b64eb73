//! Mistakes a sync can be built with. Each is put where the machines meet their stores: in what the
//! model's store answers, or in what it does with an answer.

/// One mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    /// The hub answers before what it says is on the disk.
    AcknowledgedBeforeFsync,
    /// The counter believes that what it sent is durable, whatever the answer says.
    CursorFromRequest,
    /// The hub does not compare the hash before a batch.
    PrevUnchecked,
    /// The hub takes records it has already for the same without hashing them.
    OverlapNotRehashed,
    /// The counter does not notice that the hub went back.
    GenerationIgnored,
    /// A counter found cloned or restored goes on under its old name.
    EpochReused,
    /// The restored hub leases what its database says is free.
    LeaseReissued,
    /// An event the rules refuse is an error for its batch.
    RefusedBlocks,
    /// A batch is so many records, however large.
    CutByCount,
    /// What this program cannot read is written anew from what it could.
    UnknownRewritten,
}

impl Planted {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::AcknowledgedBeforeFsync,
        Self::CursorFromRequest,
        Self::PrevUnchecked,
        Self::OverlapNotRehashed,
        Self::GenerationIgnored,
        Self::EpochReused,
        Self::LeaseReissued,
        Self::RefusedBlocks,
        Self::CutByCount,
        Self::UnknownRewritten,
    ];
}
