//! What the fields of one card say about each other (domain: NĐ 137/2015/NĐ-CP, TT 07/2016:
//! three digits of place, one of century and gender, two of the birth year, six at random).

use super::{Card, CardWarning, Gender, mangled::is_mangled, read::read_year};
use crate::fold::fold;

/// The card with the warnings its own fields give cause for; `birth` is the raw birth field,
/// whose year counts even where its day is impossible.
pub(super) fn checked(mut card: Card, birth: &str) -> Card {
    // A reader spoils all of a card in the same way: what one field gives away speaks for the other.
    let spoilt = is_mangled(&card.name) || is_mangled(&card.address) || has_lost_its_marks(&card);
    let found = [
        (gender_differs(&card), CardWarning::GenderMismatch),
        (century_differs(&card, birth), CardWarning::CenturyMismatch),
        (year_differs(&card, birth), CardWarning::BirthYearMismatch),
        (issued_too_early(&card), CardWarning::IssuedBeforeBirth),
        (card.name.is_empty() || spoilt, CardWarning::NameDoubtful),
        (!card.address.is_empty() && spoilt, CardWarning::AddressDoubtful),
    ];
    let warnings = found
        .into_iter()
        .filter_map(|(found, warning)| found.then_some(warning));
    card.warnings.extend(warnings);
    card
}

/// Even means male, odd female.
fn gender_differs(card: &Card) -> bool {
    let stated = digits(card, 3, 1).map(|digit| match digit.is_multiple_of(2) {
        true => Gender::Male,
        false => Gender::Female,
    });
    card.gender.is_some() && stated != card.gender
}

/// 0 and 1 are the 1900s, 2 and 3 the 2000s, and so on.
fn century_differs(card: &Card, birth: &str) -> bool {
    let Some(year) = birth_year(birth) else {
        return false;
    };
    let stated = digits(card, 3, 1).map(|digit| (digit >> 1).saturating_add(19));
    stated != u32::try_from(year.div_euclid(100)).ok()
}

fn year_differs(card: &Card, birth: &str) -> bool {
    let Some(year) = birth_year(birth) else {
        return false;
    };
    digits(card, 4, 2) != u32::try_from(year.rem_euclid(100)).ok()
}

fn issued_too_early(card: &Card) -> bool {
    matches!((card.issued_on, card.birth_date), (Some(issued), Some(birth)) if issued < birth)
}

/// A name and an address both without a single mark: there is hardly an address without `xã`, `tỉnh` or
/// `thành phố`.
fn has_lost_its_marks(card: &Card) -> bool {
    is_plain(&card.name) && is_plain(&card.address)
}

/// No mark and no đ: folding changes nothing but case and `y`.
fn is_plain(text: &str) -> bool {
    fold(text) == text.to_lowercase().replace('y', "i").replace('’', "'")
}

fn birth_year(birth: &str) -> Option<i32> {
    match birth.len() {
        4 => read_year(birth),
        8 => birth.get(4..).and_then(read_year),
        _ => None,
    }
}

fn digits(card: &Card, from: usize, count: usize) -> Option<u32> {
    let end = from.checked_add(count)?;
    card.id_number.get(from..end)?.parse().ok()
}
