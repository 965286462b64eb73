//! A small file beside the key file, for what must not be rolled back together with the data folder.
//! Who copies or edits it without the key file cannot make it speak: it is tagged by a key that is
//! derived from the key file's own secret and from the root key.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::disk::{read_file, write_durably};
use crate::error::{Result, VaultError};
use crate::secret::Secret32;

const TAG: usize = 32;

/// The file of one key ring. What it says is its owner's; here it is bytes.
#[derive(Debug)]
pub struct SealFile {
    dir: PathBuf,
    name: String,
    key: Secret32,
    writes: AtomicU64,
}

impl SealFile {
    pub(crate) fn new(dir: &Path, id: &str, key: Secret32) -> Self {
        Self {
            dir: dir.to_owned(),
            name: format!("{id}.seal"),
            key,
            writes: AtomicU64::new(0),
        }
    }

    /// What was written last; none when there is no file.
    ///
    /// # Errors
    /// `Damaged` when the bytes were not written under this key, `Io`.
    pub fn read(&self) -> Result<Option<Vec<u8>>> {
        let bytes = match read_file(&self.dir.join(&self.name), "read the seal", VaultError::MissingKey) {
            Err(VaultError::MissingKey) => return Ok(None),
            other => other?,
        };
        let damaged = || VaultError::Damaged("the seal was not written under this key".into());
        let (tag, said) = bytes.split_at_checked(TAG).ok_or_else(damaged)?;
        let tag: [u8; TAG] = tag.try_into().map_err(|_| damaged())?;
        // Compared in constant time, as `blake3::Hash` does.
        if blake3::Hash::from_bytes(tag) == self.tag(said) {
            Ok(Some(said.to_vec()))
        } else {
            Err(damaged())
        }
    }

    /// Replaces what it says; durable when this returns. Costs two fsyncs: the file's and the folder's.
    ///
    /// # Errors
    /// `DiskFull` or `Io`; then it says what it said before.
    pub fn write(&self, said: &[u8]) -> Result<()> {
        let bytes = [self.tag(said).as_bytes().as_slice(), said].concat();
        self.writes.fetch_add(1, Ordering::Relaxed);
        write_durably(&self.dir, &self.name, &bytes)
    }

    /// How often this value wrote: a reception must not cost one each.
    #[must_use]
    pub fn writes(&self) -> u64 {
        self.writes.load(Ordering::Relaxed)
    }

    fn tag(&self, said: &[u8]) -> blake3::Hash {
        blake3::keyed_hash(self.key.as_bytes(), said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeyRing, SeededEntropy};

    #[test]
    fn only_its_own_key_makes_it_speak() {
        let dir = tempfile::tempdir().unwrap();
        let (data, keys) = (dir.path().join("data"), dir.path().join("keys"));
        let ring = KeyRing::create(&data, &keys, &SeededEntropy::new(1)).unwrap();
        let file = ring.seal_file(&keys).unwrap();
        assert_eq!(file.read().unwrap(), None);
        file.write(b"one").unwrap();
        file.write(b"two").unwrap();
        assert_eq!(
            (file.read().unwrap().as_deref(), file.writes()),
            (Some(b"two".as_slice()), 2)
        );
        let path = keys.join(&file.name);
        for at in 0..std::fs::read(&path).unwrap().len() {
            let mut bytes = std::fs::read(&path).unwrap();
            bytes[at] ^= 1;
            std::fs::write(&path, &bytes).unwrap();
            assert!(matches!(file.read(), Err(VaultError::Damaged(_))), "byte {at}");
            bytes[at] ^= 1;
            std::fs::write(&path, &bytes).unwrap();
        }
        std::fs::write(&path, b"short").unwrap();
        assert!(file.read().is_err());
    }

    /// Opened by the paper code, the folder has a new key file: nothing that was sealed before counts.
    #[test]
    fn a_new_key_file_does_not_know_the_old_seal() {
        let dir = tempfile::tempdir().unwrap();
        let (data, keys) = (dir.path().join("data"), dir.path().join("keys"));
        let entropy = SeededEntropy::new(2);
        let mut ring = KeyRing::create(&data, &keys, &entropy).unwrap();
        ring.seal_file(&keys).unwrap().write(b"before").unwrap();
        let code = ring.add_recovery(&entropy).unwrap();
        let again = KeyRing::open_with_recovery(&data, &keys, &code, &entropy).unwrap();
        assert!(again.seal_file(&keys).unwrap().read().is_err());
    }
}
