//! What can be refused, as one closed list of codes. The words live in `data/errors.vi.json`,
//! which the screen and the headless program share.

use std::collections::BTreeMap;

use dossier::date::vn_day;
use serde::{Serialize, Serializer};

macro_rules! codes {
    ($($variant:ident = $text:literal),* $(,)?) => {
        /// Why a command was refused. A code is added only when somebody can act on it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "data/errors.vi.json says each in a sentence")]
        pub enum Code { $($variant),* }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Stable name across every boundary.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }
    };
}

codes! {
    BadRequest = "BAD_REQUEST", UnknownCommand = "UNKNOWN_COMMAND", UnknownProcedure = "UNKNOWN_PROCEDURE",
    UnknownCase = "UNKNOWN_CASE", UnknownComponent = "UNKNOWN_COMPONENT", UnknownDossier = "UNKNOWN_DOSSIER",
    UnknownPage = "UNKNOWN_PAGE", UnknownOfficer = "UNKNOWN_OFFICER", WrongPin = "WRONG_PIN",
    PinLocked = "PIN_LOCKED", InvalidPin = "INVALID_PIN", NotSignedIn = "NOT_SIGNED_IN", NotAllowed = "NOT_ALLOWED",
    OfficerExists = "OFFICER_EXISTS", InvalidName = "INVALID_NAME", InvalidIdNumber = "INVALID_ID_NUMBER",
    InvalidTaxCode = "INVALID_TAX_CODE", InvalidDate = "INVALID_DATE", InvalidPhone = "INVALID_PHONE",
    InvalidEmail = "INVALID_EMAIL", InvalidCount = "INVALID_COUNT", InvalidAmount = "INVALID_AMOUNT",
    ControlCharacter = "CONTROL_CHARACTER", TooLong = "TOO_LONG", TooManyPages = "TOO_MANY_PAGES",
    ReasonRequired = "REASON_REQUIRED", MissingField = "MISSING_FIELD", NotACard = "NOT_A_CARD",
    NotACode = "NOT_A_CODE", AmbiguousCode = "AMBIGUOUS_CODE", RequestIdReused = "REQUEST_ID_REUSED",
    YearNotInCalendar = "YEAR_NOT_IN_CALENDAR", LimitWithoutAmount = "LIMIT_WITHOUT_AMOUNT",
    SupplementAskedAlready = "SUPPLEMENT_ASKED_ALREADY", SupplementNotAwaited = "SUPPLEMENT_NOT_AWAITED",
    ReceivedLaterThanNow = "RECEIVED_LATER_THAN_NOW", ReceivedTooLongAgo = "RECEIVED_TOO_LONG_AGO",
    ClockImplausible = "CLOCK_IMPLAUSIBLE", ExtendedAlready = "EXTENDED_ALREADY",
    ApologyTooLate = "APOLOGY_TOO_LATE", DateNotLater = "DATE_NOT_LATER", DateIsOff = "DATE_IS_OFF",
    LinkedToPart = "LINKED_TO_PART", EmptyFile = "EMPTY_FILE", NotAnImage = "NOT_AN_IMAGE",
    TruncatedFile = "TRUNCATED_FILE", FileTooLarge = "FILE_TOO_LARGE", EncryptedPdf = "ENCRYPTED_PDF",
    FileNotFound = "FILE_NOT_FOUND", FileNotReadable = "FILE_NOT_READABLE", FileNotWritable = "FILE_NOT_WRITABLE",
    ScannerMissingProgram = "SCANNER_MISSING_PROGRAM", ScannerNotFound = "SCANNER_NOT_FOUND",
    ScannerJammed = "SCANNER_JAMMED", ScannerNoPaper = "SCANNER_NO_PAPER", ScannerCoverOpen = "SCANNER_COVER_OPEN",
    ScannerBusy = "SCANNER_BUSY", ScannerIo = "SCANNER_IO", ScannerDenied = "SCANNER_DENIED",
    ScannerTimeout = "SCANNER_TIMEOUT", ScannerCancelled = "SCANNER_CANCELLED",
    ScannerBadOption = "SCANNER_BAD_OPTION", PrinterNone = "PRINTER_NONE", PrinterRefused = "PRINTER_REFUSED",
    PrinterMissingProgram = "PRINTER_MISSING_PROGRAM", NoReceipt = "NO_RECEIPT", MissingGlyph = "MISSING_GLYPH",
    DiskFull = "DISK_FULL", DiskIo = "DISK_IO", DatabaseNewer = "DATABASE_NEWER",
    DataFolderInUse = "DATA_FOLDER_IN_USE", WrongKey = "WRONG_KEY", DatabaseDamaged = "DATABASE_DAMAGED",
    BlobDamaged = "BLOB_DAMAGED", NotEnrolled = "NOT_ENROLLED", AlreadyEnrolled = "ALREADY_ENROLLED",
    HubUnreachable = "HUB_UNREACHABLE", HubRefused = "HUB_REFUSED", HubTooOld = "HUB_TOO_OLD",
    InvalidAddress = "INVALID_ADDRESS", EnrolmentCodeInvalid = "ENROLMENT_CODE_INVALID", NoRecord = "NO_RECORD",
    EnrolmentCodeMistyped = "ENROLMENT_CODE_MISTYPED", HubKeyWrong = "HUB_KEY_WRONG",
    DeviceSuspended = "DEVICE_SUSPENDED", HubBusy = "HUB_BUSY", UnknownDispute = "UNKNOWN_DISPUTE",
    CatalogueUnreadable = "CATALOGUE_UNREADABLE", RefusedByState = "REFUSED_BY_STATE",
    RuleInvalid = "RULE_INVALID", UnknownRule = "UNKNOWN_RULE", RuleInForce = "RULE_IN_FORCE",
    RuleApprovedAlready = "RULE_APPROVED_ALREADY",
    RulesUnsigned = "RULES_UNSIGNED", RulesTampered = "RULES_TAMPERED", RulesUnreadable = "RULES_UNREADABLE",
    CalendarUnreadable = "CALENDAR_UNREADABLE",
    UnknownReduction = "UNKNOWN_REDUCTION", NothingDue = "NOTHING_DUE", Overpaid = "OVERPAID",
    DayNotYet = "DAY_NOT_YET", CashClosedAlready = "CASH_CLOSED_ALREADY", NothingToClose = "NOTHING_TO_CLOSE",
    ChainBroken = "CHAIN_BROKEN", Internal = "INTERNAL",
}

impl Code {
    /// The code another crate's error names, or [`Code::Internal`] for a name that is not ours.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.as_str() == name)
            .unwrap_or(Self::Internal)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A refusal: the code, the field it speaks of, and figures its sentence needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{} {}", code.as_str(), cause)]
pub struct ApiError {
    /// Why.
    pub code: Code,
    /// Which field of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Figures for the sentence.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub detail: BTreeMap<String, String>,
    /// For the log file of this PC only; never personal data, never shown.
    #[serde(skip)]
    pub cause: String,
}

impl ApiError {
    /// A refusal without further facts.
    #[must_use]
    pub const fn new(code: Code) -> Self {
        Self {
            code,
            field: None,
            detail: BTreeMap::new(),
            cause: String::new(),
        }
    }

    /// A refusal of one field.
    #[must_use]
    pub fn of(code: Code, field: &str) -> Self {
        Self {
            field: Some(field.to_owned()),
            ..Self::new(code)
        }
    }

    /// With a figure for the sentence.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "figures are small and call sites read better"
    )]
    pub fn with(mut self, key: &str, value: impl ToString) -> Self {
        self.detail.insert(key.to_owned(), value.to_string());
        self
    }

    /// With a cause for the log.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "call sites hand their error over")]
    pub fn because(mut self, cause: impl ToString) -> Self {
        self.cause = cause.to_string();
        self
    }

    /// The Vietnamese sentence.
    #[must_use]
    pub fn words(&self) -> String {
        let table: BTreeMap<String, String> =
            serde_json::from_str(include_str!("../../../data/errors.vi.json")).unwrap_or_default();
        let sentence = table.get(self.code.as_str()).cloned().unwrap_or_default();
        self.detail.iter().fold(sentence, |words, (key, value)| {
            words.replace(&format!("{{{key}}}"), value)
        })
    }
}

/// The result of every command.
pub type Result<T> = std::result::Result<T, ApiError>;

/// Something that cannot happen in a sound program.
pub(crate) fn internal(cause: impl ToString) -> ApiError {
    ApiError::new(Code::Internal).because(cause)
}

impl From<vault::VaultError> for ApiError {
    fn from(error: vault::VaultError) -> Self {
        let code = match error.code() {
            // Without its key the data is as closed as with a wrong one; the recovery code opens both.
            "KEY_MISSING" | "RECOVERY_CODE_WRONG" => Code::WrongKey,
            "FILE_DAMAGED" => Code::BlobDamaged,
            name => Code::named(name),
        };
        Self::new(code).because(error)
    }
}

impl From<rusqlite::Error> for ApiError {
    fn from(error: rusqlite::Error) -> Self {
        vault::VaultError::from(error).into()
    }
}

impl From<dossier::calendar::CalendarError> for ApiError {
    fn from(error: dossier::calendar::CalendarError) -> Self {
        use dossier::calendar::CalendarError as E;
        let named = Self::new(Code::named(error.code()));
        match &error {
            E::YearUnknown { year } => named.with("year", year),
            E::BadLine { .. } | E::Missing { .. } => named.with("problem", &error),
        }
        .because(error)
    }
}

impl From<dossier::deadline::ExtensionError> for ApiError {
    fn from(error: dossier::deadline::ExtensionError) -> Self {
        use dossier::deadline::ExtensionError as E;
        let named = Self::new(Code::named(error.code()));
        match error {
            E::Already | E::NotLater => named,
            E::ApologyTooLate { latest } => named.with("latest", vn_day(latest)),
            E::DayOff { why } => named.with("why", why),
            E::Calendar(error) => error.into(),
        }
    }
}

impl From<wire::EnvelopeError> for ApiError {
    fn from(error: wire::EnvelopeError) -> Self {
        Self::new(Code::DatabaseDamaged).because(error)
    }
}

impl From<dossier::text::TextError> for ApiError {
    fn from(error: dossier::text::TextError) -> Self {
        Self::new(Code::named(error.code())).because(error)
    }
}

impl From<dossier::Refused> for ApiError {
    fn from(refused: dossier::Refused) -> Self {
        let code = match refused {
            dossier::Refused::TooManyPages => Code::TooManyPages,
            dossier::Refused::NoSuchPage => Code::UnknownPage,
            dossier::Refused::NoSuchComponent => Code::UnknownComponent,
            dossier::Refused::NoSuchForm => Code::NoReceipt,
            dossier::Refused::NotRegistered => Code::UnknownDossier,
            dossier::Refused::SupplementAskedAlready => Code::SupplementAskedAlready,
            dossier::Refused::ExtendedAlready => Code::ExtendedAlready,
            dossier::Refused::AlreadyRegistered
            | dossier::Refused::OtherDossier
            | dossier::Refused::NotHolder
            | dossier::Refused::WrongState
            | dossier::Refused::CodeTaken
            | dossier::Refused::NoSuchCode
            | dossier::Refused::WrongAmount
            | dossier::Refused::NotOfADossier => Code::RefusedByState,
        };
        Self::new(code).with("reason", refused.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_sentence_of_two_at_most() {
        for code in Code::ALL {
            let words = ApiError::new(*code).words();
            assert!(!words.is_empty(), "{} has no sentence", code.as_str());
            assert!(!words.contains('!'), "{words}");
        }
    }
}
