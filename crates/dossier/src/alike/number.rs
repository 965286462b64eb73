//! Identity and tax numbers.

use super::Agree;
use super::slip::one_apart;

/// Digits of a citizen number, and of the older one that some papers still bear.
const CITIZEN: usize = 12;
const OLDER: usize = 9;
/// Of a tax number, and of one with the number of a branch behind it.
const TAX: usize = 10;
const BRANCH: usize = 13;

/// A number as it is compared: letters and digits alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number(String);

impl Number {
    /// Nothing for a text without any.
    pub fn of(text: &str) -> Option<Self> {
        let bare: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        (!bare.is_empty()).then(|| Self(bare.to_uppercase()))
    }

    /// The year of birth in a citizen number (Luật Căn cước 2023; NĐ 70/2024/NĐ-CP): its fourth digit tells
    /// century and gender, the two behind it the year.
    pub fn born(&self) -> Option<i32> {
        if self.0.len() != CITIZEN {
            return None;
        }
        let century: i32 = self.0.get(3..4)?.parse().ok()?;
        let year: i32 = self.0.get(4..6)?.parse().ok()?;
        1900_i32.checked_add((century / 2).checked_mul(100)?)?.checked_add(year)
    }
}

/// What a number is, as far as its shape tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Citizen,
    Older,
    /// Of an organisation or of a branch.
    Tax,
    Another,
}

fn kind(number: &str) -> Kind {
    match number.len() {
        _ if !number.bytes().all(|byte| byte.is_ascii_digit()) => Kind::Another,
        CITIZEN => Kind::Citizen,
        OLDER => Kind::Older,
        TAX | BRANCH => Kind::Tax,
        _ => Kind::Another,
    }
}

/// One person has numbers of several kinds: two that differ in kind say nothing.
pub fn compare(one: Option<&Number>, other: Option<&Number>) -> Agree {
    let (Some(Number(one)), Some(Number(other))) = (one, other) else {
        return Agree::Unknown;
    };
    // Two branches of one organisation are two, however near their numbers.
    let branches = one.len() == BRANCH && other.len() == BRANCH && one.get(..TAX) == other.get(..TAX);
    if one == other {
        Agree::Same
    } else if one_apart(one, other) && !branches {
        Agree::Nearly
    } else if kind(one) == kind(other) {
        Agree::Not
    } else {
        Agree::Unknown
    }
}
