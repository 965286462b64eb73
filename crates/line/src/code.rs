//! The code an administrator hands over and somebody types at a counter, once: twelve symbols only
//! the server knows, nineteen of its key's fingerprint, and one that tells a slip of the finger.
//!
//! `XXXX-XXXX-XXXX-KKKK-KKKK-KKKK-KKKK-KKKC`, Crockford base32: any case, any separators, O for 0,
//! I and L for 1.

use std::fmt;

use crate::pin::{KeyPrint, PRINT};

const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Symbols of the secret: 60 bits, good once and for ten minutes.
const SECRET: usize = 12;
const GROUP: usize = 4;

/// An enrolment code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolmentCode {
    /// What only the server knows: `XXXX-XXXX-XXXX`. This part alone is sent to it.
    pub secret: String,
    /// By what its server is known; nothing in a code for a line that is not encrypted.
    pub print: Option<KeyPrint>,
}

/// A symbol is wrong, missing or too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an enrolment code was mistyped")]
pub struct Mistyped;

impl EnrolmentCode {
    /// A code of sixty random bits (the low five of each byte) for the server of this key.
    #[must_use]
    pub fn of(random: &[u8; SECRET], print: KeyPrint) -> Self {
        let secret: Vec<u8> = random.iter().map(|byte| byte & 31).collect();
        Self {
            secret: grouped(&secret),
            print: Some(print),
        }
    }

    /// What somebody typed.
    ///
    /// # Errors
    /// [`Mistyped`]: nobody need be asked to know that it is no code.
    pub fn parse(text: &str) -> Result<Self, Mistyped> {
        let typed = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '_'));
        let symbols: Vec<u8> = typed.map(value).collect::<Option<_>>().ok_or(Mistyped)?;
        let (secret, rest) = symbols.split_at_checked(SECRET).ok_or(Mistyped)?;
        let print = match rest.split_at_checked(PRINT) {
            None if rest.is_empty() => None,
            Some((print, [check])) if *check == check_of(secret.iter().chain(print)) => {
                Some(KeyPrint(print.to_owned()))
            }
            _ => return Err(Mistyped),
        };
        Ok(Self {
            secret: grouped(secret),
            print,
        })
    }
}

impl fmt::Display for EnrolmentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.secret)?;
        let Some(print) = &self.print else { return Ok(()) };
        let secret: Vec<u8> = self.secret.chars().filter_map(value).collect();
        let mut rest = print.0.clone();
        rest.push(check_of(secret.iter().chain(&print.0)));
        write!(f, "-{}", grouped(&rest))
    }
}

/// The first so many groups of five bits.
pub(crate) fn symbols_of(bytes: &[u8], count: usize) -> Vec<u8> {
    let bits = bytes
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |place| byte >> place & 1));
    let bits: Vec<u8> = bits.take(count.saturating_mul(5)).collect();
    let symbol = |five: &[u8]| five.iter().fold(0, |symbol, bit| symbol << 1 | bit);
    bits.chunks_exact(5).map(symbol).collect()
}

fn value(c: char) -> Option<u8> {
    let meant = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = CROCKFORD.iter().position(|symbol| char::from(*symbol) == meant)?;
    u8::try_from(place).ok()
}

fn grouped(symbols: &[u8]) -> String {
    let letter = |symbol: &u8| CROCKFORD.get(usize::from(*symbol)).map(|letter| char::from(*letter));
    let groups = symbols
        .chunks(GROUP)
        .map(|group| group.iter().filter_map(letter).collect());
    groups.collect::<Vec<String>>().join("-")
}

/// A polynomial in the field of 32 elements: every single wrong symbol changes it, and so do two that
/// changed places, because 2 has a different power at each of 31 places (x⁵ + x² + 1 is primitive).
fn check_of<'a>(symbols: impl Iterator<Item = &'a u8>) -> u8 {
    symbols.fold(0, |sum, symbol| twice(sum ^ symbol))
}

const fn twice(element: u8) -> u8 {
    let doubled = element << 1;
    if doubled & 32 == 0 {
        doubled
    } else {
        doubled ^ 0b10_0101
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(random: [u8; SECRET], pin: [u8; 32]) -> EnrolmentCode {
        EnrolmentCode::of(&random, KeyPrint(symbols_of(&pin, PRINT)))
    }

    #[test]
    fn a_code_has_eight_groups_of_four() {
        let text = code([0; 12], [0xff; 32]).to_string();
        assert_eq!(text.len(), 39);
        assert!(text.starts_with("0000-0000-0000-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZ"), "{text}");
    }

    #[test]
    fn a_code_may_be_typed_as_people_type() {
        let given = code([1; 12], [0; 32]);
        let typed = given.to_string().to_lowercase().replace('-', " ");
        assert_eq!(EnrolmentCode::parse(&typed), Ok(given.clone()));
        let mistaken = given.to_string().replace('0', "o").replace('1', "l");
        assert_eq!(EnrolmentCode::parse(&mistaken), Ok(given));
    }

    #[test]
    fn a_code_for_a_plain_line_has_no_fingerprint() {
        let plain = EnrolmentCode::parse("0011-abcd-efgh").unwrap();
        assert_eq!((plain.secret.as_str(), plain.print), ("0011-ABCD-EFGH", None));
        for wrong in ["", "0000", "0000-0000-000U", "0000-0000-0000-0", "Ổ000-0000-0000"] {
            assert_eq!(EnrolmentCode::parse(wrong), Err(Mistyped), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_slip_of_the_finger_is_seen(random: [u8; 12], pin: [u8; 32], at in 0_usize..32, other in 1_u8..32) {
            let given = code(random, pin);
            let plain: Vec<char> = given.to_string().chars().filter(|c| *c != '-').collect();
            prop_assert_eq!(EnrolmentCode::parse(&given.to_string()), Ok(given));
            let mut wrong = plain.clone();
            wrong[at] = char::from(CROCKFORD[usize::from(value(plain[at]).unwrap() ^ other)]);
            prop_assert_eq!(EnrolmentCode::parse(&wrong.iter().collect::<String>()), Err(Mistyped));
            let mut swapped = plain.clone();
            swapped.swap(at, at.saturating_add(1).min(31));
            let read = EnrolmentCode::parse(&swapped.iter().collect::<String>());
            prop_assert_eq!(read.is_err(), swapped != plain);
            prop_assert!(EnrolmentCode::parse(&plain[..31].iter().collect::<String>()).is_err());
        }
    }
}
