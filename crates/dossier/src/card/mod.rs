//! The QR of the citizen card (CCCD, Căn cước). The payload is not signed: it saves typing and
//! proves nothing, so oddities are warnings for the officer who holds the card, never a block.

mod check;
mod mangled;
mod read;
#[cfg(test)]
mod readers;
#[cfg(test)]
mod tests;
mod warning;

pub use crate::date::{Gender, PartialDate};
pub use read::parse;
pub use warning::CardWarning;

use chrono::NaiveDate;
use thiserror::Error;

/// What a card says. Names and address are NFC and otherwise exactly as on the card; an address
/// of before 1/7/2025 still has three levels and is kept so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Twelve digits.
    pub id_number: String,
    /// The number of the old identity card, if the card carries one.
    pub old_id_number: Option<String>,
    /// Full name.
    pub name: String,
    /// Birth date; `None` with a warning when the field is not a full, possible date.
    pub birth_date: Option<NaiveDate>,
    /// Gender; `None` with a warning when the field is neither Nam nor Nữ.
    pub gender: Option<Gender>,
    /// Place of residence as one line.
    pub address: String,
    /// Date of issue; `None` with a warning when the field is not a possible date.
    pub issued_on: Option<NaiveDate>,
    /// What the officer should look at on the card itself.
    pub warnings: Vec<CardWarning>,
}

/// Why a payload was not read as a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CardError {
    /// Not the card's format at all: VNeID's short-lived code, a health insurance card, a link.
    #[error("Mã này không phải mã trên thẻ căn cước (có thể là mã VNeID). Xin quét mã in trên thẻ, hoặc gõ tay.")]
    NotACard,
    /// Starts like a card but has fewer than seven fields: the read was cut short.
    #[error("Thẻ đọc chưa hết: mới có {found} trong 7 mục. Xin đưa thẻ vào máy đọc lần nữa.")]
    TooFewFields {
        /// How many fields arrived.
        found: usize,
    },
    /// The first field has digits only, but not twelve.
    #[error("Số định danh trên mã có {length} chữ số, cần 12. Xin quét lại hoặc xem số trên thẻ.")]
    BadIdNumber {
        /// How many digits arrived.
        length: usize,
    },
    /// NUL or another control character inside the payload.
    #[error("Mã đọc được có ký tự lạ. Xin quét lại, hoặc gõ tay.")]
    ControlCharacter,
    /// Longer than any QR code can be.
    #[error("Nội dung quá dài, không phải mã trên thẻ căn cước. Xin quét mã in trên thẻ.")]
    TooLong,
}

impl CardError {
    /// Stable name of the error for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotACard => "NOT_A_CARD",
            Self::TooFewFields { .. } => "CARD_TRUNCATED",
            Self::BadIdNumber { .. } => "INVALID_ID_NUMBER",
            Self::ControlCharacter => "CONTROL_CHARACTER",
            Self::TooLong => "TOO_LONG",
        }
    }
}
