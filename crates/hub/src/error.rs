//! What can go wrong on the hub: a refusal the client can act on, or something broken up here.

use std::io;
use std::time::Duration;

use vault::VaultError;
use wire::protocol::{Durable, MAX_BATCH_BYTES, Refusal, RefusalCode};

/// The result of every operation of this crate.
pub type Result<T> = std::result::Result<T, HubError>;

/// Why the hub did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum HubError {
    /// The client is told why; nothing is broken.
    #[error("refused: {code:?}")]
    Refused {
        /// The code that travels.
        code: RefusalCode,
        /// What is durable of the stream, where that helps.
        durable: Option<Durable>,
    },
    /// Another copy of the device opened this epoch.
    #[error("the epoch is taken; the next is {next}")]
    Taken {
        /// The next free one.
        next: u32,
    },
    /// Too much is asked at once.
    #[error("busy for {retry_after:?}")]
    Busy {
        /// When to ask again.
        retry_after: Duration,
    },
    /// Disk, database or keys.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The operating system refused; `what` says what was being done.
    #[error("{what}: {source}")]
    Io {
        /// What was being done.
        what: &'static str,
        /// The system's own answer.
        source: io::Error,
    },
    /// A plain line may be listened on by this machine alone.
    #[error("{0} can be read by others: plain HTTP is for loopback only")]
    Open(std::net::SocketAddr),
    /// The key of the line, or TLS with it.
    #[error(transparent)]
    Tls(#[from] line::TlsError),
    /// A stored row is not what this program wrote.
    #[error("damaged data: {0}")]
    Damaged(&'static str),
    /// An answer could not be written as JSON.
    #[error("an answer could not be written: {0}")]
    Answer(#[from] serde_json::Error),
}

impl HubError {
    /// A refusal without a position.
    #[must_use]
    pub const fn refused(code: RefusalCode) -> Self {
        Self::Refused { code, durable: None }
    }

    /// A refusal that says what is durable.
    #[must_use]
    pub const fn refused_at(code: RefusalCode, durable: Durable) -> Self {
        Self::Refused {
            code,
            durable: Some(durable),
        }
    }

    pub(crate) fn io(what: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { what, source }
    }

    /// What travels to the client. What is broken up here is not described to it.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        let of = |code| Refusal::of(code);
        match self {
            Self::Refused { code, durable } => Refusal {
                durable: durable.clone(),
                most_bytes: (*code == RefusalCode::TooLarge).then_some(MAX_BATCH_BYTES),
                ..of(*code)
            },
            Self::Taken { next } => Refusal {
                epoch: Some(*next),
                ..of(RefusalCode::Fork)
            },
            Self::Busy { retry_after } => Refusal {
                retry_after_ms: u64::try_from(retry_after.as_millis()).ok(),
                ..of(RefusalCode::Busy)
            },
            Self::Vault(VaultError::DiskFull) => of(RefusalCode::ServerFull),
            Self::Vault(_) | Self::Io { .. } | Self::Damaged(_) | Self::Answer(_) | Self::Open(_) | Self::Tls(_) => {
                of(RefusalCode::Internal)
            }
        }
    }

    /// The fixed code by which the program chooses its sentence.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused {
                code: RefusalCode::NotFound,
                ..
            } => "NOT_FOUND",
            Self::Refused {
                code: RefusalCode::BadSignature,
                ..
            } => "BAD_SIGNATURE",
            Self::Refused { .. } | Self::Taken { .. } | Self::Busy { .. } => "BAD_REQUEST",
            Self::Vault(error) => error.code(),
            Self::Damaged(_) => "DATABASE_DAMAGED",
            Self::Open(_) => "BAD_REQUEST",
            Self::Io { .. } | Self::Answer(_) | Self::Tls(_) => "INTERNAL",
        }
    }
}

impl From<rusqlite::Error> for HubError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Vault(error.into())
    }
}
