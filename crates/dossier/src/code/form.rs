//! The three written forms of a dossier code, read strictly and printed back byte for byte.

use super::agency::{all_digits, is_first_group};
use super::{AgencyCode, CodeError};
use chrono::{Datelike, NaiveDate};
use std::{fmt, ops::RangeInclusive, str::FromStr};

/// Crockford base32: no I, L, O, U, so nothing is misread from paper.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TEMPORARY_PREFIX: &str = "TAM-";
const LARGEST_NUMBER: u64 = 9_999_999_999;

/// Which written form a code has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodeForm {
    /// `[T.]<agency>-YYMMDD-XXXX` (TT 03/2025/TT-VPCP; also AAXXXX of centralised services).
    Form2025,
    /// `000.17.22.H56-YYMMDD-XXXX` (TT 01/2018/TT-VPCP, QCVN 102:2016/BTTTT).
    Form2018,
    /// `TAM-` and eight characters: ours, until the hub gives an official code.
    Temporary,
}

impl CodeForm {
    /// The name used in the command list: `2025`, `2018` or `temporary`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Form2025 => "2025",
            Self::Form2018 => "2018",
            Self::Temporary => "temporary",
        }
    }
}

/// A code in one of the three forms. Two codes are equal when their printed text is equal;
/// `0417` and `00417` are different numbers on paper and stay different here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DossierCode {
    text: String,
    parts: Parts,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Parts {
    Form2025(AgencyCode, NaiveDate, u64),
    Form2018(NaiveDate, u64),
    Temporary,
}

impl DossierCode {
    /// The official code of the `number`th dossier that `agency` (the resolving one) receives on
    /// `date`: at least four digits, more when the number needs them.
    ///
    /// # Errors
    /// [`CodeError::OutOfRange`] above ten digits or outside the years 2000–2099.
    pub fn official(agency: &AgencyCode, date: NaiveDate, number: u64) -> Result<Self, CodeError> {
        if number > LARGEST_NUMBER || !(2000..=2099).contains(&date.year()) {
            return Err(CodeError::OutOfRange);
        }
        Ok(Self {
            text: format!("{agency}-{}-{number:04}", date.format("%y%m%d")),
            parts: Parts::Form2025(agency.clone(), date, number),
        })
    }

    /// A temporary code from 40 random bits, most significant first. The caller draws the bits.
    pub fn temporary(bits: [u8; 5]) -> Self {
        let value = bits.iter().fold(0u64, |value, byte| (value << 8) | u64::from(*byte));
        let digits = (0..8u32).rev().filter_map(|place| {
            let digit = (value >> place.saturating_mul(5)) & 31;
            CROCKFORD.get(usize::try_from(digit).ok()?)
        });
        Self {
            text: TEMPORARY_PREFIX.chars().chain(digits.map(|b| char::from(*b))).collect(),
            parts: Parts::Temporary,
        }
    }

    /// The printed text, which is also what Code 128 and QR carry.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The written form.
    pub fn form(&self) -> CodeForm {
        match self.parts {
            Parts::Form2025(..) => CodeForm::Form2025,
            Parts::Form2018(..) => CodeForm::Form2018,
            Parts::Temporary => CodeForm::Temporary,
        }
    }

    /// The resolving agency, known only for the form of 2025.
    pub fn agency(&self) -> Option<&AgencyCode> {
        match &self.parts {
            Parts::Form2025(agency, ..) => Some(agency),
            Parts::Form2018(..) | Parts::Temporary => None,
        }
    }

    /// The reception date in the code; a temporary code has none.
    pub fn date(&self) -> Option<NaiveDate> {
        match self.parts {
            Parts::Form2025(_, date, _) | Parts::Form2018(date, _) => Some(date),
            Parts::Temporary => None,
        }
    }

    /// The number within its daily series; a temporary code has none.
    pub fn number(&self) -> Option<u64> {
        match self.parts {
            Parts::Form2025(_, _, number) | Parts::Form2018(_, number) => Some(number),
            Parts::Temporary => None,
        }
    }
}

impl FromStr for DossierCode {
    type Err = CodeError;

    /// Reads exactly the printed text: no white space, no lower case. See [`super::parse`] for
    /// what people and readers deliver.
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let parts = match text.strip_prefix(TEMPORARY_PREFIX) {
            Some(digits) => read_temporary(digits)?,
            None => read_numbered(text)?,
        };
        Ok(Self {
            text: text.to_owned(),
            parts,
        })
    }
}

impl fmt::Display for DossierCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

fn read_temporary(digits: &str) -> Result<Parts, CodeError> {
    let sound = digits.len() == 8 && digits.bytes().all(|b| CROCKFORD.contains(&b));
    sound.then_some(Parts::Temporary).ok_or(CodeError::NotACode)
}

fn read_numbered(text: &str) -> Result<Parts, CodeError> {
    let mut pieces = text.split('-');
    let (Some(head), Some(day), Some(number), None) = (pieces.next(), pieces.next(), pieces.next(), pieces.next())
    else {
        return Err(CodeError::NotACode);
    };
    if is_head_2018(head) {
        let number = read_number(number, 3..=6)?;
        return Ok(Parts::Form2018(read_day(day)?, number));
    }
    // The Treasury prints `T.` for dossiers of manual origin; it stays part of the text.
    let agency = head.strip_prefix("T.").unwrap_or(head);
    let agency = agency.parse().map_err(|_| CodeError::NotACode)?;
    let number = read_number(number, 4..=10)?;
    Ok(Parts::Form2025(agency, read_day(day)?, number))
}

/// `\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}`.
fn is_head_2018(head: &str) -> bool {
    let groups: Vec<&str> = head.split('.').collect();
    let [place, section, unit, province] = groups.as_slice() else {
        return false;
    };
    (place.len(), section.len(), unit.len()) == (3, 2, 2)
        && [place, section, unit].iter().all(|group| all_digits(group))
        && is_first_group(province)
}

fn read_number(digits: &str, length: RangeInclusive<usize>) -> Result<u64, CodeError> {
    if !length.contains(&digits.len()) || !all_digits(digits) {
        return Err(CodeError::NotACode);
    }
    digits.parse().map_err(|_| CodeError::NotACode)
}

/// YYMMDD of this century: the identifiers did not exist before 2000.
pub(super) fn read_day(digits: &str) -> Result<NaiveDate, CodeError> {
    if digits.len() != 6 || !all_digits(digits) {
        return Err(CodeError::NotACode);
    }
    NaiveDate::parse_from_str(&format!("20{digits}"), "%Y%m%d").map_err(|_| CodeError::ImpossibleDate)
}
