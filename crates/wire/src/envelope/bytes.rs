//! How parts become one text of bytes to hash or sign, and bytes become hexadecimal.

/// The hash of the parts as [`joined`] writes them, without writing them.
pub(super) fn hash_parts(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&length(part));
        hasher.update(part);
    }
    *hasher.finalize().as_bytes()
}

/// The parts, each behind its length (u32, little endian): no two lists of parts give the same bytes.
pub(super) fn joined(parts: &[&[u8]]) -> Vec<u8> {
    let written = parts
        .iter()
        .flat_map(|part| length(part).into_iter().chain(part.iter().copied()));
    written.collect()
}

/// A part of 4 GiB is refused long before; saturating keeps this total.
fn length(part: &[u8]) -> [u8; 4] {
    u32::try_from(part.len()).unwrap_or(u32::MAX).to_le_bytes()
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| digits(*byte));
    digits.map(char::from).collect()
}

/// The two digits of a byte.
pub const fn digits(byte: u8) -> [u8; 2] {
    [digit(byte >> 4), digit(byte & 15)]
}

const fn digit(half: u8) -> u8 {
    match half {
        0..=9 => b'0'.saturating_add(half),
        _ => b'a'.saturating_add(half.saturating_sub(10)),
    }
}

/// Exactly `N` bytes of lower-case hexadecimal.
#[must_use]
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != N.checked_mul(2)? {
        return None;
    }
    let mut out = [0; N];
    for (slot, pair) in out.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let [high, low] = pair else { return None };
        *slot = value(*high)? << 4 | value(*low)?;
    }
    Some(out)
}

/// The value of a digit.
pub const fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit.saturating_sub(b'0')),
        b'a'..=b'f' => Some(digit.saturating_sub(b'a').saturating_add(10)),
        _ => None,
    }
}
