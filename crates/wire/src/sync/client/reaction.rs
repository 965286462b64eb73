//! What a station does on each refusal. The list is closed: a new code does not compile until
//! somebody has decided.

use crate::protocol::RefusalCode;

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reaction {
    /// Two histories under one name: find where they part and go on under a new epoch.
    Mend,
    /// The hub does not know this stream (it was opened after its backup): tell it again.
    Reopen,
    /// The cursor goes where the refusal says, backwards too.
    Rewind,
    /// A smaller batch.
    Halve,
    /// Nothing can be done in this talk.
    Stop(Stop),
}

/// Why a talk ends before everything is up. What waits stays in the log and is asked again later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// A person above suspended this PC; it goes on working, and a person here is told.
    Suspended,
    /// A newer program is needed here; what waits stays and goes up after the update.
    Upgrade,
    /// The hub is busy, full or broken: later, by the timer.
    Later,
    /// One record is more than the hub takes: a person is told.
    RecordTooLarge,
    /// The hub refuses what this program wrote, or answered what cannot be: a person is told.
    Refused,
}

/// What a station does on a refusal of a hello or a push.
#[must_use]
pub const fn reaction(code: RefusalCode) -> Reaction {
    match code {
        RefusalCode::Fork => Reaction::Mend,
        RefusalCode::UnknownDevice => Reaction::Reopen,
        RefusalCode::Gap => Reaction::Rewind,
        RefusalCode::TooLarge => Reaction::Halve,
        RefusalCode::DeviceSuspended => Reaction::Stop(Stop::Suspended),
        RefusalCode::Upgrade => Reaction::Stop(Stop::Upgrade),
        RefusalCode::Busy | RefusalCode::ServerFull | RefusalCode::Internal => Reaction::Stop(Stop::Later),
        RefusalCode::BadMessage
        | RefusalCode::EnrolmentCodeInvalid
        | RefusalCode::BadSignature
        | RefusalCode::WrongHash
        | RefusalCode::NotFound => Reaction::Stop(Stop::Refused),
    }
}
