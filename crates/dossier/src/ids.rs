//! Identities. 16 bytes each: 48 bits of milliseconds, then 80 random bits, printed as the
//! 26 characters of Crockford base32 that ULIDs use, so that they sort by the time they were made.
//! Time and randomness are handed in; nothing here reads a clock.

use std::fmt;

/// Digits of Crockford base32: no I, L, O, U, so that nobody misreads one.
pub const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The place of a symbol in [`CROCKFORD`], without looking for it: no small letters, none that are read for
/// another.
#[must_use]
pub const fn symbol_value(symbol: u8) -> Option<u8> {
    let after = match symbol {
        b'0'..=b'9' => b'0',
        b'A'..=b'H' => 55,
        b'J' | b'K' => 56,
        b'M' | b'N' => 57,
        b'P'..=b'T' => 58,
        b'V'..=b'Z' => 59,
        _ => return None,
    };
    Some(symbol.saturating_sub(after))
}

/// Text that is no identity of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an identity")]
pub struct NotAnId;

fn to_text(bytes: [u8; 16]) -> String {
    let value = u128::from_be_bytes(bytes);
    (0..26u32)
        .rev()
        .filter_map(|place| {
            let digit = (value >> (place.saturating_mul(5))) & 31;
            CROCKFORD
                .get(usize::try_from(digit).ok()?)
                .map(|byte| char::from(*byte))
        })
        .collect()
}

fn from_text(text: &str) -> Result<[u8; 16], NotAnId> {
    if text.len() != 26 || !matches!(text.as_bytes().first(), Some(b'0'..=b'7')) {
        return Err(NotAnId);
    }
    text.bytes()
        .try_fold(0u128, |value, byte| {
            Some((value << 5) | u128::from(symbol_value(byte)?))
        })
        .map(u128::to_be_bytes)
        .ok_or(NotAnId)
}

macro_rules! identity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// Wraps 16 bytes that came from storage.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// A new identity from the moment (milliseconds since 1970) and ten random bytes.
            #[must_use]
            pub fn new(millis: u64, random: [u8; 10]) -> Self {
                let tail = random.iter().fold(0u128, |acc, byte| (acc << 8) | u128::from(*byte));
                let value = (u128::from(millis & 0xFFFF_FFFF_FFFF) << 80) | tail;
                Self(value.to_be_bytes())
            }

            /// The 16 bytes as stored.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&to_text(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), to_text(self.0))
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                from_text(text).map(Self)
            }
        }
    };
}

identity!(
    /// A dossier. Never shown to people: they see its codes.
    DossierId
);
identity!(
    /// One event; survives re-emission under a new stream, so it is the key against doubles.
    EventId
);
identity!(
    /// An officer of a counter.
    OfficerId
);
identity!(
    /// A counter PC as the hub enrolled it.
    DeviceId
);
identity!(
    /// One attached image or PDF file.
    PageId
);

/// BLAKE3 of a file's plain bytes: its name everywhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobHash([u8; 32]);

impl BlobHash {
    /// Wraps 32 bytes of BLAKE3.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlobHash({self})")
    }
}

impl std::str::FromStr for BlobHash {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let mut out = [0u8; 32];
        // One spelling only: `from_str_radix` alone would take `+f` and capitals too.
        if text.len() != 64 || !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(NotAnId);
        }
        for (slot, pair) in out.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| NotAnId)?;
            *slot = u8::from_str_radix(pair, 16).map_err(|_| NotAnId)?;
        }
        Ok(Self(out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_symbol_has_its_place_as_its_value_and_nothing_else_has_one() {
        for byte in 0..=u8::MAX {
            let place = CROCKFORD.iter().position(|known| *known == byte);
            assert_eq!(symbol_value(byte).map(usize::from), place, "{byte}");
        }
    }

    proptest! {
        #[test]
        fn text_and_bytes_agree(bytes: [u8; 16], hash: [u8; 32]) {
            let id = EventId::from_bytes(bytes);
            prop_assert_eq!(id.to_string().parse(), Ok(id));
            let hash = BlobHash::from_bytes(hash);
            prop_assert_eq!(hash.to_string().parse(), Ok(hash));
        }

        #[test]
        fn later_sorts_after(a in 0u64..1 << 47, random: [u8; 10]) {
            prop_assert!(DossierId::new(a, [255; 10]).to_string() < DossierId::new(a.saturating_add(1), random).to_string());
        }

        #[test]
        fn what_is_read_prints_the_same(text in "[0-9a-fA-F+-]{64}|[0-7][0-9A-Za-z]{25}") {
            if let Ok(id) = text.parse::<EventId>() {
                prop_assert_eq!(id.to_string(), text.clone());
            }
            if let Ok(hash) = text.parse::<BlobHash>() {
                prop_assert_eq!(hash.to_string(), text);
            }
        }

        #[test]
        fn strange_text_is_refused_not_a_panic(text in ".{0,70}") {
            let _ = text.parse::<EventId>();
            let _ = text.parse::<BlobHash>();
        }
    }
}
