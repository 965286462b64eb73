//! How a request is signed by its device.

use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};

use crate::envelope::{hex, unhex};

/// Header with the device identity.
pub const DEVICE: &str = "x-device";
/// Header with the signature, hexadecimal.
pub const SIGNATURE: &str = "x-signature";

/// Header of an answer with the name of the question it answers ([`question`]), so that nobody takes an answer to
/// one question for that to another. Nothing from hubs before 2026-11-23.
pub const ANSWERS: &str = "x-answers";
/// Digits of a name.
const NAME: usize = 16;

/// The name of a question: the beginning of its signature. The same question asked twice has one name.
#[must_use]
pub fn question(signature: &str) -> &str {
    signature.get(..NAME).unwrap_or(signature)
}

/// What is signed: method, path with query, and the body's BLAKE3, so that a request cannot
/// be turned into another one on the way.
#[must_use]
pub fn message(method: &str, target: &str, body: &[u8]) -> Vec<u8> {
    format!("motcua/request/1\n{method}\n{target}\n{}", blake3::hash(body).to_hex()).into_bytes()
}

/// Signs a request.
#[must_use]
pub fn sign(key: &SigningKey, method: &str, target: &str, body: &[u8]) -> String {
    hex(&key.sign(&message(method, target, body)).to_bytes())
}

/// Whether the device made this request.
#[must_use]
pub fn verify(public_key: &[u8; 32], method: &str, target: &str, body: &[u8], signature: &str) -> bool {
    let Some(signature) = unhex::<64>(signature) else {
        return false;
    };
    let Ok(key) = VerifyingKey::from_bytes(public_key) else {
        return false;
    };
    key.verify(&message(method, target, body), &Signature::from_bytes(&signature))
        .is_ok()
}
