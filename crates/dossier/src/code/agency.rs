//! The electronic identifier of an agency (QĐ 20/2020/QĐ-TTg Điều 4, amended by QĐ 09/2025).

use super::CodeError;
use std::{fmt, str::FromStr};

/// Identifier such as `H99.128`: one letter and two digits, then up to four groups of one to
/// three digits. Nothing about rank or place is read out of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgencyCode(String);

impl AgencyCode {
    /// Reads an identifier, accepting surrounding white space and lower case.
    ///
    /// # Errors
    /// [`CodeError::NotAnAgency`].
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        text.trim().to_ascii_uppercase().parse()
    }

    /// The identifier as printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier as an officer types it without dots.
    pub(super) fn without_dots(&self) -> String {
        self.0.replace('.', "")
    }
}

impl FromStr for AgencyCode {
    type Err = CodeError;

    /// Accepts exactly the printed form.
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let mut groups = text.split('.');
        let sound = groups.next().is_some_and(is_first_group)
            && text.split('.').count() <= 5
            && groups.all(|group| (1..=3).contains(&group.len()) && all_digits(group));
        if sound {
            Ok(Self(text.to_owned()))
        } else {
            Err(CodeError::NotAnAgency)
        }
    }
}

impl fmt::Display for AgencyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// `[A-Z]\d{2}`.
pub(super) fn is_first_group(text: &str) -> bool {
    matches!(text.as_bytes(), [b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9'])
}

/// True when every byte is an ASCII digit (also for empty text; callers check the length).
pub(super) fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}
