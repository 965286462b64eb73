//! The signed head of a stream.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use super::bytes::{hex, joined, unhex};
use super::{EnvelopeError, Stream};

const HEAD_TAG: &[u8] = b"motcua/head/1";

/// Head of a stream with its signature: who holds it can prove what the device wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Last record.
    pub seq: u64,
    /// Its hash, hexadecimal.
    pub hash: String,
    /// Ed25519 over tag, stream, seq and hash, hexadecimal.
    pub signature: String,
}

impl Head {
    /// Signs a head.
    #[must_use]
    pub fn sign(key: &SigningKey, stream: &Stream, seq: u64, hash: &[u8; 32]) -> Self {
        let signature = key.sign(&head_message(stream, seq, hash));
        Self {
            seq,
            hash: hex(hash),
            signature: hex(&signature.to_bytes()),
        }
    }

    /// The hash, once the signature has been verified.
    ///
    /// # Errors
    /// [`EnvelopeError::Signature`].
    pub fn verify(&self, public_key: &[u8; 32], stream: &Stream) -> Result<[u8; 32], EnvelopeError> {
        let wrong = EnvelopeError::Signature;
        let hash = unhex::<32>(&self.hash).ok_or_else(|| wrong.clone())?;
        let signature = unhex::<64>(&self.signature).ok_or_else(|| wrong.clone())?;
        let key = VerifyingKey::from_bytes(public_key).map_err(|_| wrong.clone())?;
        // Strict: a weak key or a second spelling of the same signature is refused.
        let signature = Signature::from_bytes(&signature);
        key.verify_strict(&head_message(stream, self.seq, &hash), &signature)
            .map_err(|_| wrong)?;
        Ok(hash)
    }
}

fn head_message(stream: &Stream, seq: u64, hash: &[u8; 32]) -> Vec<u8> {
    joined(&[HEAD_TAG, &stream.to_bytes(), &seq.to_le_bytes(), hash])
}
