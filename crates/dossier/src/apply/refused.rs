//! Why an event may change nothing: a closed list, kept with the event and shown to a person.

/// Why an event does not change the dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Refused {
    /// There is no dossier yet.
    #[error("the dossier was never registered")]
    NotRegistered,
    /// There is one already.
    #[error("the dossier is registered already")]
    AlreadyRegistered,
    /// The event speaks of another dossier, or of none.
    #[error("the event belongs to another dossier")]
    OtherDossier,
    /// The agency does not hold the dossier.
    #[error("another agency holds the dossier")]
    NotHolder,
    /// The business axis does not allow it.
    #[error("the dossier's state does not allow it")]
    WrongState,
    /// One request for a supplement only (NĐ 118/2025 Điều 11).
    #[error("a supplement was asked for already")]
    SupplementAskedAlready,
    /// One extension only (NĐ 61/2018 Điều 19).
    #[error("the promise was extended already")]
    ExtendedAlready,
    /// No such page, or not in that condition.
    #[error("no such page")]
    NoSuchPage,
    /// No such component in the checklist.
    #[error("no such component")]
    NoSuchComponent,
    /// Too many pages.
    #[error("too many pages")]
    TooManyPages,
    /// The code was given already, or is void.
    #[error("the code was given already")]
    CodeTaken,
    /// No such code, or it is void already.
    #[error("no such code")]
    NoSuchCode,
    /// No such form.
    #[error("no such form")]
    NoSuchForm,
    /// The amount is below zero or more than was received.
    #[error("the amount is not possible")]
    WrongAmount,
    /// The event belongs to a station, not to a dossier.
    #[error("not an event of a dossier")]
    NotOfADossier,
}

impl Refused {
    /// Stable name for storage and for the words of the screen.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotRegistered => "NOT_REGISTERED",
            Self::AlreadyRegistered => "ALREADY_REGISTERED",
            Self::OtherDossier => "OTHER_DOSSIER",
            Self::NotHolder => "NOT_HOLDER",
            Self::WrongState => "WRONG_STATE",
            Self::SupplementAskedAlready => "SUPPLEMENT_ASKED_ALREADY",
            Self::ExtendedAlready => "EXTENDED_ALREADY",
            Self::NoSuchPage => "NO_SUCH_PAGE",
            Self::NoSuchComponent => "NO_SUCH_COMPONENT",
            Self::TooManyPages => "TOO_MANY_PAGES",
            Self::CodeTaken => "CODE_TAKEN",
            Self::NoSuchCode => "NO_SUCH_CODE",
            Self::NoSuchForm => "NO_SUCH_FORM",
            Self::WrongAmount => "WRONG_AMOUNT",
            Self::NotOfADossier => "NOT_OF_A_DOSSIER",
        }
    }
}

/// What the state of the dossier must allow.
pub(super) const fn allow(condition: bool) -> Result<(), Refused> {
    if condition { Ok(()) } else { Err(Refused::WrongState) }
}
