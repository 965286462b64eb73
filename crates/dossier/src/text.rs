//! Text as it enters a dossier: one spelling (NFC), one kind of space, no hidden characters.
//! Copies from Word, Zalo and card readers bring NBSP, zero-width marks and decomposed letters;
//! two spellings of one name would be two names to every search and every hash.

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

/// Why a piece of text was refused. `field` is the label the caller gave to [`checked`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TextError {
    /// NUL, escape, group separator and their like; tab and line ends count as white space.
    #[error("Ô “{field}” có ký tự điều khiển không hợp lệ; xin nhập lại ô này.")]
    ControlCharacter {
        /// Label of the field.
        field: &'static str,
    },
    /// Longer than `max` characters after cleaning.
    #[error("Ô “{field}” dài quá {max} ký tự; xin rút gọn.")]
    TooLong {
        /// Label of the field.
        field: &'static str,
        /// The most characters (Unicode scalar values, NFC) allowed.
        max: usize,
    },
    /// Nothing is left after cleaning.
    #[error("Ô “{field}” còn trống; xin nhập nội dung.")]
    Empty {
        /// Label of the field.
        field: &'static str,
    },
}

impl TextError {
    /// Stable name of the error for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ControlCharacter { .. } => "CONTROL_CHARACTER",
            Self::TooLong { .. } => "TOO_LONG",
            Self::Empty { .. } => "MISSING_FIELD",
        }
    }
}

/// NFC text with every run of white space (NBSP included) as one space, trimmed, and without
/// the characters nobody can see. Letters are never changed: a name is kept as it was given.
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut pending_space = false;
    // Hidden characters go first: one standing between a letter and its mark would stop NFC.
    for c in text.chars().filter(|c| !is_hidden(*c)).nfc() {
        if c.is_whitespace() {
            pending_space = !cleaned.is_empty();
            continue;
        }
        if std::mem::take(&mut pending_space) {
            cleaned.push(' ');
        }
        cleaned.push(c);
    }
    cleaned
}

/// [`clean`]ed text of 1 to `max_chars` characters without control characters.
///
/// # Errors
/// [`TextError`], naming `field`. Tab and line ends are folded into spaces, not refused.
pub fn checked(field: &'static str, text: &str, max_chars: usize) -> Result<String, TextError> {
    optional(field, text, max_chars)?.ok_or(TextError::Empty { field })
}

/// Like [`checked`], but text that cleans to nothing is `None`, not an error.
///
/// # Errors
/// [`TextError::ControlCharacter`] and [`TextError::TooLong`].
pub fn optional(field: &'static str, text: &str, max_chars: usize) -> Result<Option<String>, TextError> {
    if text.chars().any(is_forbidden) {
        return Err(TextError::ControlCharacter { field });
    }
    let cleaned = clean(text);
    if cleaned.chars().count() > max_chars {
        return Err(TextError::TooLong { field, max: max_chars });
    }
    Ok(Some(cleaned).filter(|text| !text.is_empty()))
}

/// True for control characters that are not white space.
pub fn is_forbidden(c: char) -> bool {
    c.is_control() && !c.is_whitespace()
}

/// Soft hyphen, zero-width and direction marks: invisible, so never meant.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn white_space_and_hidden_marks_go() {
        assert_eq!(clean(" \u{feff}Nguyễn\u{a0}\u{a0}Văn\t\u{200b} A\r\n"), "Nguyễn Văn A");
        assert_eq!(clean("\u{a0}\t"), "");
    }

    #[test]
    fn decomposed_letters_are_composed_even_across_a_zero_width_mark() {
        assert_eq!(clean("e\u{302}\u{301}"), "ế");
        assert_eq!(clean("e\u{200b}\u{302}\u{301}"), "ế");
    }

    #[test]
    fn refusals_name_their_field() {
        let field = "name";
        assert_eq!(checked(field, "A\0B", 9), Err(TextError::ControlCharacter { field }));
        assert_eq!(checked(field, "\u{1d}A", 9), Err(TextError::ControlCharacter { field }));
        assert_eq!(checked(field, " \u{200b} ", 9), Err(TextError::Empty { field }));
        assert_eq!(checked(field, "ẵẵẵẵ", 3), Err(TextError::TooLong { field, max: 3 }));
        assert_eq!(optional(field, "  ", 3), Ok(None));
    }

    #[test]
    fn length_is_counted_in_characters_after_cleaning() {
        assert_eq!(checked("name", "  ẵ  ẵ  ", 3).as_deref(), Ok("ẵ ẵ"));
        assert!(checked("name", &"a".repeat(1 << 20), 200).is_err());
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in any::<String>()) {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once);
        }

        #[test]
        fn decomposed_and_composed_clean_alike(text in "[a-zA-ZÀ-ỹ ]{0,40}") {
            prop_assert_eq!(clean(&text.nfd().collect::<String>()), clean(&text));
        }
    }
}
