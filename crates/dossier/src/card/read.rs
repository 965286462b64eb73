//! From payload to card: seven fields parted by `|`, later fields of newer cards ignored.

use super::{Card, CardError, CardWarning, Gender, check};
use crate::{fold::fold, text};
use chrono::NaiveDate;

/// A QR code of the largest version holds 2,953 bytes; more was not read from a card.
const LONGEST_BYTES: usize = 4096;

/// Reads `số định danh|số CMND cũ|họ tên|ngày sinh|giới tính|nơi thường trú|ngày cấp[|…]`,
/// dates as ddMMyyyy.
///
/// # Errors
/// [`CardError`]; doubts about a payload that is a card are [`Card::warnings`].
pub fn parse(payload: &str) -> Result<Card, CardError> {
    let payload = payload.trim_matches(is_frame);
    let fields = split(payload)?;
    let [id_number, old, name, birth, gender, address, issued, ..] = fields.as_slice() else {
        return Err(CardError::TooFewFields { found: fields.len() });
    };
    let mut warnings = Vec::new();
    let card = Card {
        id_number: id_number.clone(),
        old_id_number: Some(old.clone()).filter(|old| !old.is_empty()),
        name: name.clone(),
        birth_date: birth_date(birth, &mut warnings),
        gender: read_gender(gender, &mut warnings),
        address: address.clone(),
        issued_on: issue_date(issued, &mut warnings),
        warnings,
    };
    Ok(check::checked(card, birth))
}

/// White space, byte order mark, and the group separator some readers send behind a payload.
fn is_frame(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{1d}')
}

/// The cleaned fields of something that starts like a card.
fn split(payload: &str) -> Result<Vec<String>, CardError> {
    if payload.len() > LONGEST_BYTES {
        return Err(CardError::TooLong);
    }
    if payload.chars().any(text::is_forbidden) {
        return Err(CardError::ControlCharacter);
    }
    let fields: Vec<String> = payload.split('|').map(text::clean).collect();
    let id_number = fields.first().map_or("", String::as_str);
    let digits_only = !id_number.is_empty() && id_number.bytes().all(|b| b.is_ascii_digit());
    match (fields.len(), digits_only, id_number.len()) {
        (0 | 1, ..) | (_, false, _) => Err(CardError::NotACard),
        (_, true, 12) => Ok(fields),
        (_, true, length) => Err(CardError::BadIdNumber { length }),
    }
}

fn birth_date(field: &str, warnings: &mut Vec<CardWarning>) -> Option<NaiveDate> {
    let date = read_date(field);
    match date {
        Some(_) => {}
        None if field.len() == 4 && read_year(field).is_some() => {
            warnings.push(CardWarning::BirthDateYearOnly);
        }
        None => warnings.push(CardWarning::BirthDateImpossible),
    }
    date
}

fn issue_date(field: &str, warnings: &mut Vec<CardWarning>) -> Option<NaiveDate> {
    let date = read_date(field);
    if date.is_none() {
        warnings.push(CardWarning::IssueDateImpossible);
    }
    date
}

/// Folded, because a keyboard-type reader may lose the marks of `Nữ` but not its letters.
fn read_gender(field: &str, warnings: &mut Vec<CardWarning>) -> Option<Gender> {
    let gender = match fold(field).as_str() {
        "nam" => Some(Gender::Male),
        "nu" => Some(Gender::Female),
        _ => None,
    };
    if gender.is_none() {
        warnings.push(CardWarning::GenderUnreadable);
    }
    gender
}

/// `ddMMyyyy`, eight digits, a day of the calendar.
fn read_date(field: &str) -> Option<NaiveDate> {
    let (day, rest) = field.split_at_checked(2)?;
    let (month, year) = rest.split_at_checked(2)?;
    if !field.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    NaiveDate::from_ymd_opt(read_year(year)?, month.parse().ok()?, day.parse().ok()?)
}

/// Four digits that can be a year of birth or issue.
pub(super) fn read_year(digits: &str) -> Option<i32> {
    let sound = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    let year = if sound { digits.parse().ok()? } else { 0 };
    (1800..=2199).contains(&year).then_some(year)
}
