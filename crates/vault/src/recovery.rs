//! The recovery code: 160 random bits in Crockford base32, made to be printed once, kept in a safe
//! and typed in by hand years later. Nine groups of four; the last group is a check, so that a
//! mistyped code is told apart from a code that belongs to another PC.

use zeroize::Zeroizing;

use crate::entropy::Entropy;
use crate::error::{Result, VaultError};

/// Crockford's alphabet leaves out I, L, O and U, which people confuse or misread.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BYTES: usize = 20;
const DIGITS: usize = 32;
const CHECK_DIGITS: usize = 4;

/// The 160 bits behind a printed code.
pub(crate) struct RecoveryCode(Zeroizing<[u8; BYTES]>);

impl RecoveryCode {
    pub(crate) fn random(entropy: &dyn Entropy) -> Result<Self> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        entropy.fill(bytes.as_mut_slice())?;
        Ok(Self(bytes))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// `XXXX-XXXX-…`, nine groups.
    pub(crate) fn print(&self) -> String {
        let mut text = String::with_capacity(44);
        for (at, digit) in self.digits().chain(self.check()).enumerate() {
            if at > 0 && at.is_multiple_of(4) {
                text.push('-');
            }
            text.push(ALPHABET.get(usize::from(digit)).copied().map_or('?', char::from));
        }
        text
    }

    /// Reads a typed code: case, spaces and hyphens do not matter; O is read as 0, I and L as 1.
    pub(crate) fn parse(typed: &str) -> Result<Self> {
        let digits: Zeroizing<Vec<u8>> = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| value(c).ok_or(VaultError::WrongRecoveryCode))
            .collect::<Result<Vec<u8>>>()?
            .into();
        let wanted = DIGITS.saturating_add(CHECK_DIGITS);
        let (data, check) = match digits.split_at_checked(DIGITS) {
            Some(parts) if digits.len() == wanted => parts,
            _ => return Err(VaultError::WrongRecoveryCode),
        };
        let code = Self(pack(data));
        if !code.check().eq(check.iter().copied()) {
            return Err(VaultError::WrongRecoveryCode);
        }
        Ok(code)
    }

    fn digits(&self) -> impl Iterator<Item = u8> + '_ {
        digits(self.0.as_slice())
    }

    fn check(&self) -> impl Iterator<Item = u8> + use<> {
        let mut check = [0; 5];
        blake3::Hasher::new_derive_key("motcua 2026 recovery code check v1")
            .update(self.as_bytes())
            .finalize_xof()
            .fill(&mut check);
        digits(&check).take(CHECK_DIGITS).collect::<Vec<_>>().into_iter()
    }
}

/// Five bytes make eight digits, most significant first.
fn digits(bytes: &[u8]) -> impl Iterator<Item = u8> + '_ {
    bytes.chunks(5).flat_map(|group| {
        let bits = group.iter().fold(0u64, |bits, byte| (bits << 8) | u64::from(*byte));
        (0..8u32)
            .rev()
            .map(move |at| ((bits >> at.saturating_mul(5)) & 31) as u8)
    })
}

fn pack(digits: &[u8]) -> Zeroizing<[u8; BYTES]> {
    let mut bytes = Zeroizing::new([0; BYTES]);
    for (group, out) in digits.chunks(8).zip(bytes.chunks_mut(5)) {
        let bits = group.iter().fold(0u64, |bits, digit| (bits << 5) | u64::from(*digit));
        let be = bits.to_be_bytes();
        out.iter_mut()
            .zip(be.iter().skip(3))
            .for_each(|(out, byte)| *out = *byte);
    }
    bytes
}

fn value(typed: char) -> Option<u8> {
    let typed = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET
        .iter()
        .position(|c| char::from(*c) == typed)
        .and_then(|at| u8::try_from(at).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_known_code_prints_the_same_for_ever() {
        let code = RecoveryCode(Zeroizing::new(*b"01234567890123456789"));
        let printed = code.print();
        assert!(printed.starts_with("60RK-4CSM-6MV3-EE1S-"), "{printed}");
        assert_eq!(printed.split('-').count(), 9);
        assert!(printed.split('-').all(|group| group.len() == 4));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(bytes: [u8; BYTES]) {
            let printed = RecoveryCode(Zeroizing::new(bytes)).print();
            let typed = printed.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
            for text in [printed, typed] {
                let code = RecoveryCode::parse(&text).unwrap();
                prop_assert_eq!(code.as_bytes(), &bytes);
            }
        }

        #[test]
        fn one_wrong_character_is_noticed(bytes: [u8; BYTES], at in 0usize..44, to in 0usize..32) {
            let printed = RecoveryCode(Zeroizing::new(bytes)).print();
            let mut typed: Vec<char> = printed.chars().collect();
            let to = char::from(ALPHABET[to]);
            prop_assume!(typed[at] != '-' && typed[at] != to);
            typed[at] = to;
            let typed: String = typed.into_iter().collect();
            prop_assert!(RecoveryCode::parse(&typed).is_err());
        }

        #[test]
        fn any_text_is_refused_without_trouble(text in ".{0,60}") {
            prop_assert!(RecoveryCode::parse(&text).is_err());
        }
    }
}
