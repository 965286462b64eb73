//! A server's key as the other end remembers it.

use rustls::pki_types::CertificateDer;
use rustls::server::ParsedCertificate;

use crate::code;

/// Symbols of a fingerprint that people type: 95 bits. The key is chosen once and long known when
/// somebody wants to imitate it, so this is how hard it is to find another key for it.
pub(crate) const PRINT: usize = 19;

/// BLAKE3 of a server's public key (its `SubjectPublicKeyInfo`): what a counter keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pin(blake3::Hash);

/// The beginning of a [`Pin`], as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPrint(pub(crate) Vec<u8>);

/// By what a server is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// The fingerprint of the enrolment code: on the first connection.
    Print(KeyPrint),
    /// The whole key: afterwards.
    Pin(Pin),
}

impl Pin {
    /// Of the key in a certificate; its names, dates and signature are not looked at.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(certificate: &CertificateDer<'_>) -> Result<Self, rustls::Error> {
        let key = ParsedCertificate::try_from(certificate)?.subject_public_key_info();
        let pin = blake3::derive_key("motcua 2026 hub line key pin v1", key.as_ref());
        Ok(Self(blake3::Hash::from_bytes(pin)))
    }

    /// As it is stored: 64 hexadecimal digits.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.to_hex().to_string()
    }

    /// From what was stored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        blake3::Hash::from_hex(text).ok().map(Self)
    }

    /// What of it is typed.
    #[must_use]
    pub fn print(&self) -> KeyPrint {
        KeyPrint(code::symbols_of(self.0.as_bytes(), PRINT))
    }
}

impl Trust {
    /// Whether a server with this key is the one.
    #[must_use]
    pub fn accepts(&self, found: &Pin) -> bool {
        match self {
            Self::Print(print) => found.print() == *print,
            Self::Pin(pin) => found == pin,
        }
    }
}
