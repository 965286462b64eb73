//! The server's own key and what it shows of it.

use std::sync::Arc;

use rcgen::{CertificateParams, DnType, KeyPair, PKCS_ED25519, date_time_ymd};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, SupportedProtocolVersion};

use crate::pin::Pin;

/// What a 32-byte seed is called as a key (RFC 8410): everything before the seed.
const ED25519: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// The years a certificate says it is good for. No counter asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Valid {
    /// From the first of January.
    pub from: i32,
    /// To the first of January.
    pub to: i32,
}

impl Default for Valid {
    /// From the first program on, and without an end (RFC 5280 §4.1.2.5).
    fn default() -> Self {
        Self { from: 2026, to: 9999 }
    }
}

/// Key or certificate could not be made.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The certificate.
    #[error("a certificate could not be made: {0}")]
    Certificate(#[from] rcgen::Error),
    /// What the line is opened with.
    #[error("TLS could not be set up: {0}")]
    Setup(#[from] rustls::Error),
}

/// The key by which a server is known on the line.
pub struct HubKey {
    pkcs8: Vec<u8>,
    pair: KeyPair,
    pin: Pin,
}

impl HubKey {
    /// The Ed25519 key of this seed. The server derives the seed from the root of its own keys, so
    /// that nothing more has to be kept, and a server restored from a backup is still the same.
    ///
    /// # Errors
    /// When the certificate library refuses it.
    pub fn from_seed(seed: &[u8; 32]) -> Result<Self, TlsError> {
        let pkcs8 = [ED25519.as_slice(), seed].concat();
        let pair = KeyPair::from_pkcs8_der_and_sign_algo(&pkcs8.as_slice().into(), &PKCS_ED25519)?;
        let pin = Pin::of(&certificate(&pair, Valid::default())?)?;
        Ok(Self { pkcs8, pair, pin })
    }

    /// What counters keep of it.
    #[must_use]
    pub const fn pin(&self) -> Pin {
        self.pin
    }

    /// How the line is opened: TLS 1.3, or 1.2 for a counter that knows no better.
    ///
    /// # Errors
    /// When the certificate library refuses it.
    pub fn server(&self) -> Result<Arc<ServerConfig>, TlsError> {
        self.server_as(Valid::default(), rustls::DEFAULT_VERSIONS)
    }

    /// The same, with a certificate of other years and of these versions alone.
    ///
    /// # Errors
    /// When the certificate library refuses it.
    pub fn server_as(
        &self,
        valid: Valid,
        versions: &[&'static SupportedProtocolVersion],
    ) -> Result<Arc<ServerConfig>, TlsError> {
        let key = PrivatePkcs8KeyDer::from(self.pkcs8.clone());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(versions)?
            .with_no_client_auth()
            .with_single_cert(vec![certificate(&self.pair, valid)?], key.into())?;
        Ok(Arc::new(config))
    }
}

/// Self-signed, and the same bytes every time.
fn certificate(pair: &KeyPair, valid: Valid) -> Result<CertificateDer<'static>, rcgen::Error> {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "motcua-hub");
    params.not_before = date_time_ymd(valid.from, 1, 1);
    params.not_after = date_time_ymd(valid.to, 1, 1);
    Ok(params.self_signed(pair)?.der().clone())
}
