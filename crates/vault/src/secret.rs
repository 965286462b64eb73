//! 32 secret bytes that are wiped when dropped and never shown.

use std::fmt;

use zeroize::Zeroizing;

use crate::entropy::Entropy;
use crate::error::{Result, VaultError};

/// A 256-bit key. `Debug` shows no content; the memory is overwritten on drop.
#[derive(Clone)]
pub struct Secret32(Zeroizing<[u8; 32]>);

impl Secret32 {
    /// Takes the bytes over; the caller's own copy stays the caller's to wipe.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// A fresh random key.
    ///
    /// # Errors
    /// When the source has no bytes to give.
    pub fn random(entropy: &dyn Entropy) -> Result<Self> {
        let mut secret = Self::new([0; 32]);
        entropy.fill(secret.0.as_mut_slice())?;
        Ok(secret)
    }

    /// The bytes, for a cipher or for a column of the encrypted database.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A key derived from this one for one purpose (BLAKE3 `derive_key`); `context` is a constant
    /// of the program, different for every purpose.
    #[must_use]
    pub fn derive(&self, context: &str) -> Self {
        Self::new(blake3::derive_key(context, self.as_bytes()))
    }

    /// Lower-case hexadecimal, wiped on drop.
    pub(crate) fn hex(&self) -> Zeroizing<String> {
        let mut hex = Zeroizing::new(String::with_capacity(64));
        for byte in self.0.iter() {
            for nibble in [byte >> 4, byte & 15] {
                hex.push(char::from_digit(nibble.into(), 16).unwrap_or('0'));
            }
        }
        hex
    }
}

impl TryFrom<&[u8]> for Secret32 {
    type Error = VaultError;

    /// From a stored column; anything but 32 bytes is damage.
    fn try_from(bytes: &[u8]) -> Result<Self> {
        let bytes = Zeroizing::new(
            <[u8; 32]>::try_from(bytes).map_err(|_| VaultError::Damaged("a stored key is not 32 bytes long".into()))?,
        );
        Ok(Self(bytes))
    }
}

impl fmt::Debug for Secret32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret32(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing_and_hex_is_exact() {
        let secret = Secret32::new([0xab; 32]);
        assert_eq!(format!("{secret:?}"), "Secret32(..)");
        assert_eq!(secret.hex().as_str(), "ab".repeat(32));
        assert_eq!(Secret32::new([7; 32]).hex().as_str(), "07".repeat(32));
    }

    #[test]
    fn only_32_bytes_make_a_key() {
        assert!(Secret32::try_from([1u8; 31].as_slice()).is_err());
        let secret = Secret32::try_from([1u8; 32].as_slice()).unwrap();
        assert_ne!(secret.derive("a").as_bytes(), secret.derive("b").as_bytes());
    }
}
