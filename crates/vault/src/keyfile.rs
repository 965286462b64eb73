//! `keys.json`: the root key of a data folder, wrapped several times. What is written here is
//! harmless without one of the wrapping keys, none of which lies in the data folder.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::disk::{read_file, write_durably};
use crate::entropy::Entropy;
use crate::error::{Result, VaultError};
use crate::secret::Secret32;

const VERSION: i64 = 1;
/// Two copies, because a damaged one would lose every wrap at once.
pub(crate) const NAMES: [&str; 2] = ["keys.json", "keys.copy.json"];
/// The kinds of wrap this version makes; others (keystore, escrow) are kept untouched.
pub(crate) const FILE: &str = "file";
pub(crate) const RECOVERY: &str = "recovery";

/// The whole file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeyFile {
    version: i64,
    /// Random name of this ring; also the name of its file outside the data folder.
    pub(crate) id: String,
    wraps: Vec<Wrap>,
}

/// The root key under one wrapping key; binary fields are base64.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Wrap {
    kind: String,
    salt: String,
    nonce: String,
    ciphertext: String,
}

impl KeyFile {
    pub(crate) fn new(entropy: &dyn Entropy) -> Result<Self> {
        let mut id = [0; 16];
        entropy.fill(&mut id)?;
        let id = id.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self {
            version: VERSION,
            id,
            wraps: Vec::new(),
        })
    }

    /// Wraps `root` under `secret`, in place of any earlier wrap of this kind.
    pub(crate) fn wrap(&mut self, kind: &str, secret: &[u8], root: &Secret32, entropy: &dyn Entropy) -> Result<()> {
        let (mut salt, mut nonce) = ([0; 16], [0; 24]);
        entropy.fill(&mut salt)?;
        entropy.fill(&mut nonce)?;
        let payload = Payload {
            msg: root.as_bytes(),
            aad: &self.bound(kind),
        };
        let ciphertext = cipher(secret, &salt)
            .encrypt(XNonce::from_slice(&nonce), payload)
            .map_err(|_| VaultError::Setup("the key could not be wrapped".into()))?;
        self.wraps.retain(|wrap| wrap.kind != kind);
        self.wraps.push(Wrap {
            kind: kind.to_owned(),
            salt: STANDARD.encode(salt),
            nonce: STANDARD.encode(nonce),
            ciphertext: STANDARD.encode(ciphertext),
        });
        Ok(())
    }

    /// The root key, when a wrap of this kind opens under `secret`.
    pub(crate) fn unwrap(&self, kind: &str, secret: &[u8]) -> Result<Secret32> {
        let wrap = self
            .wraps
            .iter()
            .find(|w| w.kind == kind)
            .ok_or(VaultError::MissingKey)?;
        let nonce: [u8; 24] = decode(&wrap.nonce)?
            .as_slice()
            .try_into()
            .map_err(|_| VaultError::Damaged("a wrapped key has a bad nonce".into()))?;
        let ciphertext = decode(&wrap.ciphertext)?;
        let payload = Payload {
            msg: &ciphertext,
            aad: &self.bound(kind),
        };
        let root = cipher(secret, &decode(&wrap.salt)?)
            .decrypt(XNonce::from_slice(&nonce), payload)
            .map(Zeroizing::new)
            .map_err(|_| VaultError::WrongKey)?;
        Secret32::try_from(root.as_slice())
    }

    pub(crate) fn has(&self, kind: &str) -> bool {
        self.wraps.iter().any(|wrap| wrap.kind == kind)
    }

    /// Writes one copy after the other, so that one of them is always whole.
    pub(crate) fn save(&self, dir: &Path) -> Result<()> {
        let text = serde_json::to_vec_pretty(self)
            .map_err(|e| VaultError::Setup(format!("keys could not be written: {e}")))?;
        NAMES.iter().try_for_each(|name| write_durably(dir, name, &text))
    }

    /// The copies that can be read, the newer first; at least one.
    pub(crate) fn load(dir: &Path) -> Result<Vec<Self>> {
        let (mut files, mut worst) = (Vec::new(), VaultError::MissingKey);
        for name in NAMES {
            match read(&dir.join(name)) {
                Ok(file) => files.push(file),
                Err(e @ VaultError::Newer { .. }) => return Err(e),
                // A missing copy says less than a damaged one.
                Err(VaultError::MissingKey) => {}
                Err(e) => worst = e,
            }
        }
        if files.is_empty() { Err(worst) } else { Ok(files) }
    }

    fn bound(&self, kind: &str) -> Vec<u8> {
        format!("motcua/keys/{VERSION}/{}/{kind}", self.id).into_bytes()
    }
}

fn read(path: &Path) -> Result<KeyFile> {
    let text = read_file(path, "read the wrapped keys", VaultError::MissingKey)?;
    let damaged = |e| VaultError::Damaged(format!("the wrapped keys: {e}"));
    let version: VersionOnly = serde_json::from_slice(&text).map_err(damaged)?;
    if version.version > VERSION {
        return Err(VaultError::Newer {
            found: version.version,
            known: VERSION,
        });
    }
    let file: KeyFile = serde_json::from_slice(&text).map_err(damaged)?;
    // The id becomes a file name.
    if file.id.is_empty() || !file.id.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(VaultError::Damaged("the wrapped keys: bad id".into()));
    }
    Ok(file)
}

#[derive(Deserialize)]
struct VersionOnly {
    version: i64,
}

fn cipher(secret: &[u8], salt: &[u8]) -> XChaCha20Poly1305 {
    let key = blake3::Hasher::new_derive_key("motcua 2026 wrap of the root key v1")
        .update(&(salt.len() as u64).to_le_bytes())
        .update(salt)
        .update(secret)
        .finalize();
    let key = Secret32::new(*key.as_bytes());
    XChaCha20Poly1305::new(key.as_bytes().into())
}

fn decode(text: &str) -> Result<Vec<u8>> {
    STANDARD
        .decode(text)
        .map_err(|_| VaultError::Damaged("the wrapped keys: not base64".into()))
}
