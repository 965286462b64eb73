//! What comes out of the printer: forms as PDF bytes.
//!
//! Every form is a pure function from plain data to bytes: the same data gives
//! the same bytes in every process, because the bytes are stored with the
//! registration and a reprint must be identical for ever. No clock is read, and
//! no type of another member is needed: the caller fills in words and numbers.
//!
//! The way of a form: data → [`text`] (normalise, measure, wrap) → `sheet`
//! (pages of positioned marks) → `pdf` (bytes).

mod barcode;
mod face;
mod fields;
mod mark;
mod pdf;
mod prune;
mod receipt;
mod recovery;
mod sheet;
mod symbol;
mod table;
pub mod text;
mod words;

pub use receipt::{AuthorisedPerson, CodeKind, ComponentLine, FeeLine, Party, Receipt, receipt};
pub use recovery::{RecoverySheet, recovery_sheet};

/// Why a form could not be written. Closed list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// The form's fonts cannot show this character; nothing is printed rather
    /// than a name with a hole in it.
    #[error("no glyph for {ch:?}")]
    MissingGlyph {
        /// The first character without a glyph, after NFC.
        ch: char,
    },
    /// The code holds a character outside printable ASCII, or is empty.
    #[error("a code must be printable ASCII: {code:?}")]
    BadCode {
        /// The code as given.
        code: String,
    },
    /// The text does not fit the width of the paper as a readable symbol.
    #[error("too long for a barcode on this paper: {length} characters")]
    CodeTooLong {
        /// Number of characters of the text that was to be encoded.
        length: usize,
    },
    /// The content would need more pages than one form may have.
    #[error("the form would need more than {limit} pages")]
    TooManyPages {
        /// The largest number of pages of one form.
        limit: usize,
    },
    /// The fonts in the program could not be read: the program file is damaged.
    #[error("the built-in fonts cannot be read")]
    Fonts,
    /// The PDF could not be written.
    #[error("the PDF could not be written: {reason}")]
    Writer {
        /// What the PDF writer said.
        reason: String,
    },
}
