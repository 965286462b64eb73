//! What the hub refuses a message with.

use serde::{Deserialize, Serialize};

use super::stream::Durable;
use crate::sync::client::Refused;

/// Why the hub refused a message. Closed list; the number is the HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RefusalCode {
    /// The message cannot be read.
    BadMessage,
    /// The one-time code is wrong, used or too old.
    EnrolmentCodeInvalid,
    /// No such device, or its request is not signed by it.
    UnknownDevice,
    /// The device was suspended.
    DeviceSuspended,
    /// The same sequence number holds another record up here: two writers under one identity.
    Fork,
    /// Records before these are missing up here.
    Gap,
    /// Hash or signature does not verify.
    BadSignature,
    /// Too many bytes.
    TooLarge,
    /// The file's bytes are not those of its name.
    WrongHash,
    /// Nothing of that name is here.
    NotFound,
    /// The disk up here is full; events still come first.
    ServerFull,
    /// Too many ask at once; later.
    Busy,
    /// A newer program is needed.
    Upgrade,
    /// Something broke up here.
    Internal,
}

impl RefusalCode {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::BadMessage,
        Self::EnrolmentCodeInvalid,
        Self::UnknownDevice,
        Self::DeviceSuspended,
        Self::Fork,
        Self::Gap,
        Self::BadSignature,
        Self::TooLarge,
        Self::WrongHash,
        Self::NotFound,
        Self::ServerFull,
        Self::Busy,
        Self::Upgrade,
        Self::Internal,
    ];

    /// The HTTP status it travels with.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::BadMessage => 400,
            Self::EnrolmentCodeInvalid | Self::UnknownDevice => 401,
            Self::BadSignature => 403,
            Self::NotFound => 404,
            Self::Fork => 409,
            Self::TooLarge => 413,
            Self::Gap => 416,
            Self::WrongHash => 422,
            Self::DeviceSuspended => 423,
            Self::Upgrade => 426,
            Self::Internal => 500,
            Self::Busy => 503,
            Self::ServerFull => 507,
        }
    }
}

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why.
    pub code: RefusalCode,
    /// What is durable of the stream, where that helps the client to go on.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub durable: Option<Durable>,
    /// With `Fork` on opening an epoch: the next free one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub epoch: Option<u32>,
    /// With `TooLarge`: the most bytes of one message, unpacked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub most_bytes: Option<usize>,
    /// With `Busy`: when to ask again.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub retry_after_ms: Option<u64>,
}

impl Refusal {
    /// A refusal that says no more than why.
    #[must_use]
    pub const fn of(code: RefusalCode) -> Self {
        Self {
            code,
            durable: None,
            epoch: None,
            most_bytes: None,
            retry_after_ms: None,
        }
    }

    /// As the station's talk reads it.
    #[must_use]
    pub fn read(&self) -> Refused {
        Refused {
            code: self.code,
            durable: self.durable.as_ref().and_then(Durable::position),
            takes: self.most_bytes,
        }
    }
}
