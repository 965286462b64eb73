//! Mistakes put into the line, never into a product: each breaks a promise, and must be found.

/// Which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    Nothing,
    /// A push is answered as durable and never delivered: acknowledged before it is stored.
    AcknowledgedUnstored,
    /// What is said to be durable at a greeting is what the request says.
    CursorFromRequest,
    /// The hub is put back together with its key folder: its generation is ignored.
    GenerationIgnored,
    /// One answer with numbers is given to two counters.
    NumbersToTwo,
    /// A piece of a file is answered as the whole file being there, and never delivered.
    FilePresent,
    /// Records that come down are written anew on their way.
    Reserialised,
    /// A push in which something was refused is asked for again for ever.
    RefusedBlocks,
}

impl Planted {
    pub const ALL: [Self; 7] = [
        Self::AcknowledgedUnstored,
        Self::CursorFromRequest,
        Self::GenerationIgnored,
        Self::NumbersToTwo,
        Self::FilePresent,
        Self::Reserialised,
        Self::RefusedBlocks,
    ];

    /// What is said when it is found: the promises it breaks.
    #[must_use]
    pub const fn breaks(self) -> &'static [&'static str] {
        match self {
            Self::Nothing => &[],
            Self::AcknowledgedUnstored | Self::CursorFromRequest | Self::FilePresent => &["(I4)"],
            // A counter that asks on from where the forgotten order ended misses what stands there now.
            Self::GenerationIgnored => &["leased twice", "(I4)", "(I8)"],
            Self::NumbersToTwo => &["not its own", "(I7)"],
            Self::Reserialised => &["other bytes"],
            Self::RefusedBlocks => &["(I8)"],
        }
    }
}
