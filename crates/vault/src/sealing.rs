//! The form of an encrypted file: version byte 1, 19-byte nonce, then XChaCha20-Poly1305 STREAM
//! chunks of 1 MiB plain bytes, each bound to the version, the hash and its place; the last one is
//! marked, so that neither a cut nor an exchanged file opens.

use chacha20poly1305::aead::Payload;
use chacha20poly1305::aead::stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};

use crate::entropy::Entropy;
use crate::error::{Result, VaultError};
use crate::secret::Secret32;

const VERSION: u8 = 1;
const NONCE_BYTES: usize = 19;
const CHUNK_BYTES: usize = 1024 * 1024;
const TAG_BYTES: usize = 16;

/// Version and hash are authenticated with every chunk.
fn bound(hash: &[u8; 32]) -> Vec<u8> {
    let mut aad = vec![VERSION];
    aad.extend_from_slice(hash);
    aad
}

/// Seals `bytes` and hands the pieces of the file to `out` in order; one chunk at a time is held.
pub(crate) fn encrypt(
    bytes: &[u8],
    hash: &[u8; 32],
    key: &Secret32,
    entropy: &dyn Entropy,
    mut out: impl FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let refused = |_| VaultError::Setup("a chunk could not be encrypted".into());
    let mut nonce = [0; NONCE_BYTES];
    entropy.fill(&mut nonce)?;
    out(&[VERSION])?;
    out(&nonce)?;
    let aad = bound(hash);
    let cipher = XChaCha20Poly1305::new(key.as_bytes().into());
    let mut stream = EncryptorBE32::from_aead(cipher, &nonce.into());
    let mut chunks = bytes.chunks(CHUNK_BYTES);
    // An empty file is one empty last chunk, so that it carries a tag as well.
    let last = chunks.next_back().unwrap_or_default();
    for msg in chunks {
        out(&stream.encrypt_next(Payload { msg, aad: &aad }).map_err(refused)?)?;
    }
    out(&stream.encrypt_last(Payload { msg: last, aad: &aad }).map_err(refused)?)
}

/// The plain bytes of a whole file, or what is wrong with it.
pub(crate) fn decrypt(sealed: &[u8], hash: &[u8; 32], key: &Secret32) -> std::result::Result<Vec<u8>, &'static str> {
    let (version, rest) = sealed.split_first().ok_or("the file is empty")?;
    if *version != VERSION {
        return Err("unknown version");
    }
    let (nonce, body) = rest.split_first_chunk::<NONCE_BYTES>().ok_or("the file is cut")?;
    let aad = bound(hash);
    let cipher = XChaCha20Poly1305::new(key.as_bytes().into());
    let mut stream = DecryptorBE32::from_aead(cipher, nonce.into());
    let mut chunks = body.chunks(CHUNK_BYTES.saturating_add(TAG_BYTES));
    let last = chunks.next_back().ok_or("the file is cut")?;
    let mut plain = Vec::with_capacity(body.len());
    for msg in chunks {
        let chunk = stream.decrypt_next(Payload { msg, aad: &aad });
        plain.extend(chunk.map_err(|_| "a chunk was changed")?);
    }
    let chunk = stream.decrypt_last(Payload { msg: last, aad: &aad });
    plain.extend(chunk.map_err(|_| "the last chunk was changed or cut")?);
    Ok(plain)
}
