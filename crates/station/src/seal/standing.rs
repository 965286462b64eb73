//! How a seal stands, and what breaks one.

/// What is wrong with a broken seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// The mark is not there: only the data folder and the key came here.
    NoMark,
    /// The mark was not written under this key, or cannot be written any more.
    BadMark,
    /// The mark speaks of another stream.
    OtherStream,
    /// Another PC.
    OtherMachine,
    /// Another folder: a copy.
    OtherFolder,
    /// The database is older than the mark.
    RolledBack,
    /// The hub holds another history of this stream.
    Distrusted,
    /// By the hub's clock the PC stood still since the last talk: put back to an earlier state.
    PutBack,
}

impl Break {
    /// Its name in the log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoMark => "no mark",
            Self::BadMark => "bad mark",
            Self::OtherStream => "other stream",
            Self::OtherMachine => "other machine",
            Self::OtherFolder => "other folder",
            Self::RolledBack => "rolled back",
            Self::Distrusted => "distrusted",
            Self::PutBack => "put back",
        }
    }
}

/// How the seal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Database, machine and mark belong together.
    Whole,
    /// Nothing was sealed yet: a new folder that no hub knows.
    Unlaid,
    /// They do not.
    Broken(Break),
}
