//! Text and noise taken apart. A hash, a salt, a signature and the drawn end of an identity are as long
//! as they are, whatever packer tries; written as text they are longer, and what stands between them
//! packs worse. Here they leave the text as bytes, and a mark stays in their place.

use std::collections::VecDeque;

use dossier::ids::{CROCKFORD, symbol_value};

use crate::envelope::{digits, value};

/// Bytes that never stand in JSON, which writes them otherwise.
const fn is_mark(byte: u8) -> bool {
    matches!(byte, 0x01..=0x04 | 0x10..=0x17)
}
/// Hexadecimal of so many bytes, with its mark.
const HEX: [(usize, u8); 3] = [(16, 0x01), (32, 0x02), (64, 0x03)];
/// The drawn end of an identity: ten bytes, sixteen symbols.
const DRAWN: u8 = 0x04;
/// One of the last drawn ends again: the newest of them is this mark, the one before the next mark.
const AGAIN: u8 = 0x10;
/// How many are kept in mind.
const KEPT: usize = 8;
/// Symbols of an identity that are its clock.
const CLOCK: usize = 10;
const SYMBOLS: usize = 26;

/// Ten drawn bytes.
type Drawn = [u8; 10];

/// Both parts of a body.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Apart {
    /// The text with marks.
    pub text: Vec<u8>,
    /// What stood where the marks are, in order.
    pub noise: Vec<u8>,
}

/// Takes a body apart; nothing when it has a byte of its own that is used as a mark.
pub fn apart(plain: &[u8]) -> Option<Apart> {
    if has_marks(plain) {
        return None;
    }
    let (mut apart, mut lately) = (Apart::default(), Lately::default());
    apart.text.reserve(plain.len());
    let mut left = plain;
    while let Some((before, word, after)) = long_word(left) {
        apart.text.extend_from_slice(before);
        match Noise::of(word) {
            Some(noise) => noise.leave(&mut apart, &mut lately),
            None => apart.text.extend_from_slice(word),
        }
        left = after;
    }
    apart.text.extend_from_slice(left);
    Some(apart)
}

/// What stands before the first word as long as an identity, the word, and what follows it. Looks at every
/// 26th byte and goes back from there: most words are shorter, and most of their bytes are never looked at.
fn long_word(text: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let mut start = 0_usize;
    loop {
        let end = start.checked_add(SYMBOLS)?;
        let window = text.get(start..end)?;
        let Some(gap) = window.iter().rposition(|byte| !byte.is_ascii_alphanumeric()) else {
            break;
        };
        start = start.checked_add(gap)?.checked_add(1)?;
    }
    let (before, rest) = text.split_at_checked(start)?;
    let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric());
    let (word, after) = rest.split_at_checked(length.unwrap_or(rest.len()))?;
    Some((before, word, after))
}

/// Looked at in pieces, each to its end: that way many bytes are compared at once.
fn has_marks(plain: &[u8]) -> bool {
    let mut pieces = plain.chunks(256);
    pieces.any(|piece| piece.iter().fold(false, |found, byte| found | is_mark(*byte)))
}

/// Puts a body together again, at most `limit` bytes of it; nothing when the parts do not belong together.
pub fn together(text: &[u8], mut noise: &[u8], limit: usize) -> Option<Vec<u8>> {
    let (mut plain, mut lately) = (Vec::with_capacity(text.len().min(limit)), Lately::default());
    for piece in text.split_inclusive(|byte| is_mark(*byte)) {
        match piece.split_last() {
            Some((mark, before)) if is_mark(*mark) => {
                plain.extend_from_slice(before);
                noise = written(*mark, noise, &mut plain, &mut lately)?;
            }
            _ => plain.extend_from_slice(piece),
        }
        if plain.len() > limit {
            return None;
        }
    }
    noise.is_empty().then_some(plain)
}

/// Writes what a mark stands for; what is left of the noise.
fn written<'a>(mark: u8, noise: &'a [u8], plain: &mut Vec<u8>, lately: &mut Lately) -> Option<&'a [u8]> {
    if let Some((length, _)) = HEX.iter().find(|(_, its)| *its == mark) {
        let (bytes, rest) = noise.split_at_checked(*length)?;
        plain.extend(bytes.iter().flat_map(|byte| digits(*byte)));
        return Some(rest);
    }
    if mark == DRAWN {
        let (drawn, rest) = noise.split_first_chunk::<10>()?;
        lately.keep(*drawn);
        plain.extend(symbols(drawn));
        return Some(rest);
    }
    let again = lately.0.get(usize::from(mark.checked_sub(AGAIN)?))?;
    plain.extend(symbols(again));
    Some(noise)
}

/// A word that leaves the text.
enum Noise<'a> {
    /// Its bytes are the first so many.
    Hex { bytes: [u8; 64], length: usize, mark: u8 },
    /// The clock in front stays text.
    Identity { clock: &'a [u8], drawn: Drawn },
}

impl<'a> Noise<'a> {
    /// Nothing for a word that is neither hexadecimal of a length that only hashes have, nor an identity.
    fn of(word: &'a [u8]) -> Option<Self> {
        if word.len() == SYMBOLS {
            let (clock, end) = word.split_at_checked(CLOCK)?;
            let drawn = drawn(end)?;
            return Some(Self::Identity { clock, drawn });
        }
        let is_its = |length: &usize| length.checked_mul(2) == Some(word.len());
        let (length, mark) = HEX.into_iter().find(|(length, _)| is_its(length))?;
        let mut bytes = [0; 64];
        for (byte, pair) in bytes.iter_mut().zip(word.chunks_exact(2)) {
            let [high, low] = pair else { return None };
            *byte = value(*high)? << 4 | value(*low)?;
        }
        Some(Self::Hex { bytes, length, mark })
    }

    fn leave(self, apart: &mut Apart, lately: &mut Lately) {
        match self {
            Self::Hex { bytes, length, mark } => {
                apart.text.push(mark);
                apart.noise.extend(bytes.iter().take(length));
            }
            Self::Identity { clock, drawn } => {
                apart.text.extend_from_slice(clock);
                match lately.place(&drawn) {
                    Some(place) => apart.text.push(AGAIN.saturating_add(place)),
                    None => {
                        apart.text.push(DRAWN);
                        apart.noise.extend_from_slice(&drawn);
                        lately.keep(drawn);
                    }
                }
            }
        }
    }
}

/// The drawn ends that came last, the newest first.
#[derive(Default)]
struct Lately(VecDeque<Drawn>);

impl Lately {
    fn keep(&mut self, drawn: Drawn) {
        self.0.push_front(drawn);
        self.0.truncate(KEPT);
    }

    fn place(&self, drawn: &Drawn) -> Option<u8> {
        let place = self.0.iter().position(|kept| kept == drawn)?;
        u8::try_from(place).ok()
    }
}

/// Sixteen symbols of five bits.
fn symbols(drawn: &Drawn) -> impl Iterator<Item = u8> {
    let bits = drawn.iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
    (0..80).step_by(5).rev().map(move |place| {
        let symbol = usize::try_from(bits >> place & 31).unwrap_or(0);
        CROCKFORD.get(symbol).copied().unwrap_or(b'0')
    })
}

fn drawn(end: &[u8]) -> Option<Drawn> {
    let bits = end.iter().try_fold(0_u128, |bits, symbol| {
        Some(bits << 5 | u128::from(symbol_value(*symbol)?))
    })?;
    bits.to_be_bytes().last_chunk::<10>().copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn again(plain: &str) -> (usize, usize) {
        let parts = apart(plain.as_bytes()).unwrap();
        let whole = together(&parts.text, &parts.noise, plain.len());
        assert_eq!(whole.as_deref(), Some(plain.as_bytes()));
        (parts.text.len(), parts.noise.len())
    }

    #[test]
    fn hashes_and_the_drawn_ends_of_identities_leave_the_text() {
        let hash = "0123456789abcdef".repeat(4);
        assert_eq!(again(&format!("\"{hash}\"")), (3, 32));
        assert_eq!(again(&format!("{} {}", "0a".repeat(16), hash.repeat(2))), (3, 16 + 64));
        let all: Vec<u8> = CROCKFORD[..26].to_vec();
        assert_eq!(again(std::str::from_utf8(&all).unwrap()), (11, 10));
        assert_eq!(
            again("01M6Q84NS0C7DW6R5AXCMXHZHK 01M6Q84NS0Q36T7NAR8Z8YX4BQ 01M6Q84NS0C7DW6R5AXCMXHZHK"),
            (35, 20),
            "an identity named again costs one mark"
        );
    }

    #[test]
    fn what_only_looks_like_one_stays() {
        for plain in [
            "0123456789ABCDEF0123456789abcdef",
            "0123456789abcdef0123456789abcde",
            "01M6Q84NS0C7DW6R5AXCMXHZHI",
            "01M6Q84NS0C7DW6R5AXCMXHZhK",
            "Nguyễn Thị Hoà, 099190000017",
        ] {
            assert_eq!(again(plain), (plain.len(), 0), "{plain}");
        }
        assert_eq!(apart(b"a\x02b"), None);
    }

    #[test]
    fn parts_that_do_not_belong_together_are_nothing() {
        assert_eq!(together(b"\x01", &[7; 15], 99), None, "too little noise");
        assert_eq!(together(b"\x01", &[7; 17], 99), None, "too much");
        assert_eq!(together(b"\x10", &[], 99), None, "nothing came before");
        assert_eq!(together(b"\x05", &[7; 99], 99), None, "no mark");
        assert_eq!(together(b"\x05\n", &[], 99).as_deref(), Some(b"\x05\n".as_slice()));
        assert_eq!(together(b"\x03\x03", &[7; 128], 255), None, "more than may come");
    }

    proptest! {
        #[test]
        fn every_text_comes_back(
            parts in proptest::collection::vec(
                prop_oneof!["[0-9a-f]{32}", "[0-9a-f]{64}", "[0-9A-HJKMNP-TV-Z]{26}", "[a-zA-Z0-9\\-,:\"ớđ]{0,40}",
                    Just("01M6Q84NS0C7DW6R5AXCMXHZHK".to_owned())], 0..30),
            between in "[,\" a]?",
        ) {
            again(&parts.join(&between));
        }

        #[test]
        fn no_parts_break_it(text in proptest::collection::vec(0_u8..40, 0..60), noise: Vec<u8>) {
            let whole = together(&text, &noise, 500);
            prop_assert!(whole.is_none_or(|it| it.len() <= 500));
        }
    }
}
