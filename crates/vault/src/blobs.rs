//! Files of dossiers (pages, thumbnails, PDFs) at rest: named by the BLAKE3 of their plain bytes,
//! encrypted under a random key each. Destroying the key, which lives in the caller's encrypted
//! database, destroys the file.

use std::fs;
use std::path::{Path, PathBuf};

use crate::disk::{PART, PartFile, create_private_dir, make_private_dir, read_file, remove_if_present, sync_dir};
use crate::entropy::Entropy;
use crate::error::{Result, VaultError};
use crate::sealing::{decrypt, encrypt};
use crate::secret::Secret32;

const PARTS: &str = "part";

/// What the caller keeps in its database for a stored file.
#[derive(Debug, Clone)]
pub struct SealedBlob {
    /// BLAKE3 of the plain bytes: the file's name and identity.
    pub hash: [u8; 32],
    /// The only key that opens it.
    pub key: Secret32,
    /// Length of the plain bytes.
    pub size: u64,
}

/// A folder of encrypted files, `<first two hex digits>/<hash>.<key mark>`.
///
/// The name carries a 64-bit mark of the key, so two callers that seal the same bytes at the same
/// moment never overwrite each other: whichever row wins in the database finds its own file.
#[derive(Debug)]
pub struct BlobStore {
    dir: PathBuf,
}

impl BlobStore {
    /// Opens or creates the folder and removes files left half-written by a killed process. Call it
    /// before anything seals, with the data folder already locked by its database.
    ///
    /// # Errors
    /// When the folder cannot be created, read or cleaned.
    pub fn open(dir: &Path) -> Result<Self> {
        create_private_dir(&dir.join(PARTS))?;
        for first in 0..=u8::MAX {
            make_private_dir(&dir.join(hex(&[first])))?;
        }
        sync_dir(dir)?;
        for left in entries(&dir.join(PARTS))? {
            remove_if_present(&left)?;
        }
        Ok(Self { dir: dir.to_owned() })
    }

    /// Encrypts `bytes` under a fresh key; durable when this returns. Only then may the caller
    /// write its row. A caller that already holds a key for this hash need not seal again.
    ///
    /// # Errors
    /// `DiskFull` or `Io`; nothing is left behind then.
    pub fn seal(&self, bytes: &[u8], entropy: &dyn Entropy) -> Result<SealedBlob> {
        let hash = *blake3::hash(bytes).as_bytes();
        let key = Secret32::random(entropy)?;
        let name = file_name(&hash, &key);
        let mut part = PartFile::create(self.dir.join(PARTS).join(format!("{name}.{PART}")))?;
        encrypt(bytes, &hash, &key, entropy, |sealed| part.write(sealed))?;
        part.commit(&self.folder(&hash), &name)?;
        Ok(SealedBlob {
            hash,
            key,
            size: bytes.len() as u64,
        })
    }

    /// The plain bytes, checked chunk by chunk and against `hash`.
    ///
    /// # Errors
    /// `BlobMissing` when there is no file of this hash and key, `BlobDamaged` when any byte of it
    /// differs from what was sealed.
    pub fn read(&self, hash: &[u8; 32], key: &Secret32) -> Result<Vec<u8>> {
        let missing = VaultError::BlobMissing { hash: hex(hash) };
        let sealed = read_file(&self.path(hash, key), "read a blob", missing)?;
        let damaged = |why| VaultError::BlobDamaged { hash: hex(hash), why };
        let plain = decrypt(&sealed, hash, key).map_err(damaged)?;
        if blake3::hash(&plain) != *hash {
            return Err(damaged("the content has another hash"));
        }
        Ok(plain)
    }

    /// True when the file of this hash and key is there (its content is not read).
    #[must_use]
    pub fn exists(&self, hash: &[u8; 32], key: &Secret32) -> bool {
        self.path(hash, key).is_file()
    }

    /// Removes the file; `Ok(false)` when it was not there.
    ///
    /// # Errors
    /// When the file exists and cannot be removed durably.
    pub fn remove(&self, hash: &[u8; 32], key: &Secret32) -> Result<bool> {
        let removed = remove_if_present(&self.path(hash, key))?;
        sync_dir(&self.folder(hash))?;
        Ok(removed)
    }

    /// The hashes of all stored files, sorted, each once.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub fn list(&self) -> Result<Vec<[u8; 32]>> {
        let mut hashes = Vec::new();
        for path in self.files()? {
            hashes.extend(hash_of(&path));
        }
        hashes.sort_unstable();
        hashes.dedup();
        Ok(hashes)
    }

    /// Removes every file that no row claims: sealed, but the process was killed before its row was
    /// committed. Call it only while nothing seals. Returns how many were removed.
    ///
    /// # Errors
    /// When a folder cannot be read or a file cannot be removed.
    pub fn remove_unclaimed<'a>(
        &self,
        claimed: impl IntoIterator<Item = (&'a [u8; 32], &'a Secret32)>,
    ) -> Result<usize> {
        let claimed: std::collections::BTreeSet<PathBuf> =
            claimed.into_iter().map(|(hash, key)| self.path(hash, key)).collect();
        let mut removed: usize = 0;
        for path in self.files()?.into_iter().filter(|p| !claimed.contains(p)) {
            removed = removed.saturating_add(usize::from(remove_if_present(&path)?));
        }
        Ok(removed)
    }

    /// As [`BlobStore::remove_unclaimed`] for the files of one hash: `claimed` is the key its row
    /// holds, if it has one. Cheap however many files there are.
    ///
    /// # Errors
    /// When the folder cannot be read or a file cannot be removed.
    pub fn remove_unclaimed_of(&self, hash: &[u8; 32], claimed: Option<&Secret32>) -> Result<()> {
        let claimed = claimed.map(|key| self.path(hash, key));
        for path in entries(&self.folder(hash))? {
            if hash_of(&path).as_ref() == Some(hash) && Some(&path) != claimed.as_ref() {
                remove_if_present(&path)?;
            }
        }
        sync_dir(&self.folder(hash))
    }

    fn files(&self) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for first in 0..=u8::MAX {
            files.extend(entries(&self.dir.join(hex(&[first])))?);
        }
        Ok(files)
    }

    fn folder(&self, hash: &[u8; 32]) -> PathBuf {
        let [first, ..] = *hash;
        self.dir.join(hex(&[first]))
    }

    fn path(&self, hash: &[u8; 32], key: &Secret32) -> PathBuf {
        self.folder(hash).join(file_name(hash, key))
    }
}

fn file_name(hash: &[u8; 32], key: &Secret32) -> String {
    let mark = key.derive("motcua 2026 blob key mark in file name v1");
    let (mark, _) = mark.as_bytes().split_at(8);
    format!("{}.{}", hex(hash), hex(mark))
}

fn entries(dir: &Path) -> Result<Vec<PathBuf>> {
    let list = fs::read_dir(dir).map_err(VaultError::io("list a folder of blobs"))?;
    list.map(|entry| entry.map(|e| e.path()))
        .collect::<std::io::Result<_>>()
        .map_err(VaultError::io("list a folder of blobs"))
}

fn hash_of(path: &Path) -> Option<[u8; 32]> {
    let (hash, _) = path.file_name()?.to_str()?.split_once('.')?;
    blake3::Hash::from_hex(hash).ok().map(|hash| *hash.as_bytes())
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
