//! The keys of a data folder: one random root key, wrapped by a file outside the folder and by a
//! recovery code on paper. Losing one wrap loses nothing; a copied data folder opens nothing.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::disk::{create_private_dir, lock_file};
use crate::entropy::Entropy;
use crate::error::{Result, VaultError};
use crate::key_dir::{read_key, refuse_nested, write_key};
use crate::keyfile::{FILE, KeyFile, NAMES, RECOVERY};
use crate::recovery::RecoveryCode;
use crate::sealfile::SealFile;
use crate::secret::Secret32;

/// The opened keys of one data folder.
#[derive(Debug)]
pub struct KeyRing {
    data_dir: PathBuf,
    file: KeyFile,
    root: Secret32,
    database: Secret32,
}

impl KeyRing {
    /// Makes the keys of a new data folder. `key_dir` must lie outside it.
    ///
    /// # Errors
    /// `Setup` when keys or data are there already or the folders are nested, `InUse` when another
    /// process is creating them now, `DiskFull`, `Io`.
    pub fn create(data_dir: &Path, key_dir: &Path, entropy: &dyn Entropy) -> Result<Self> {
        create_private_dir(data_dir)?;
        create_private_dir(key_dir)?;
        refuse_nested(data_dir, key_dir)?;
        let _alone = lock(data_dir)?;
        if is_used(data_dir)? {
            return Err(VaultError::Setup("this data folder has keys or data already".into()));
        }
        let mut file = KeyFile::new(entropy)?;
        let root = Secret32::random(entropy)?;
        let secret = Secret32::random(entropy)?;
        file.wrap(FILE, secret.as_bytes(), &root, entropy)?;
        // The outside file first: a crash in between leaves an unused file, not a locked folder.
        write_key(key_dir, &file.id, &secret)?;
        file.save(data_dir)?;
        Ok(Self::opened(data_dir, file, root))
    }

    /// Opens with the file outside the data folder.
    ///
    /// # Errors
    /// `MissingKey` when the wrapped keys or the outside file are not there, `WrongKey` when the
    /// file is another one, `Newer`, `Damaged`, `Io`.
    pub fn open(data_dir: &Path, key_dir: &Path) -> Result<Self> {
        let (file, root, whole) = first_good(data_dir, |file| {
            file.unwrap(FILE, read_key(key_dir, &file.id)?.as_bytes())
        })?;
        if !whole {
            // On a full disk this fails and the program must start all the same; the good copy is
            // untouched and the next start tries again.
            let _ = save(data_dir, &file);
        }
        Ok(Self::opened(data_dir, file, root))
    }

    /// Opens the keys, or makes them when the data folder holds nothing yet.
    ///
    /// # Errors
    /// As [`KeyRing::open`] and [`KeyRing::create`]; a folder that has a database but no keys is
    /// `MissingKey`, never a new start.
    pub fn open_or_create(data_dir: &Path, key_dir: &Path, entropy: &dyn Entropy) -> Result<Self> {
        if data_dir.is_dir() && is_used(data_dir)? {
            return Self::open(data_dir, key_dir);
        }
        Self::create(data_dir, key_dir, entropy)
    }

    /// Opens with the printed recovery code and makes the outside file anew.
    ///
    /// # Errors
    /// `WrongRecoveryCode` when it is mistyped or of another PC, `MissingKey` when no code was ever
    /// printed, and those of writing.
    pub fn open_with_recovery(data_dir: &Path, key_dir: &Path, code: &str, entropy: &dyn Entropy) -> Result<Self> {
        let code = RecoveryCode::parse(code)?;
        let unwrap = |file: &KeyFile| file.unwrap(RECOVERY, code.as_bytes());
        let (mut file, root, _) = first_good(data_dir, unwrap).map_err(wrong_code)?;
        create_private_dir(key_dir)?;
        refuse_nested(data_dir, key_dir)?;
        let secret = Secret32::random(entropy)?;
        file.wrap(FILE, secret.as_bytes(), &root, entropy)?;
        write_key(key_dir, &file.id, &secret)?;
        save(data_dir, &file)?;
        Ok(Self::opened(data_dir, file, root))
    }

    /// Makes a recovery code and returns it for printing; it is stored nowhere. An earlier code
    /// stops working, so that a lost paper can be made worthless.
    ///
    /// # Errors
    /// `DiskFull`, `Io`; the earlier code is then still good.
    pub fn add_recovery(&mut self, entropy: &dyn Entropy) -> Result<String> {
        let code = RecoveryCode::random(entropy)?;
        let mut file = self.file.clone();
        file.wrap(RECOVERY, code.as_bytes(), &self.root, entropy)?;
        save(&self.data_dir, &file)?;
        self.file = file;
        Ok(code.print())
    }

    /// True when a recovery code has been made.
    #[must_use]
    pub fn has_recovery(&self) -> bool {
        self.file.has(RECOVERY)
    }

    /// The key of the database file.
    #[must_use]
    pub fn database_key(&self) -> &Secret32 {
        &self.database
    }

    /// A key for one other purpose; `context` is a constant of the program.
    #[must_use]
    pub fn secret(&self, context: &str) -> Secret32 {
        self.root.derive(context)
    }

    /// The file beside the key file that a copied or restored data folder does not bring along.
    ///
    /// # Errors
    /// `MissingKey` when the key file is not there, `WrongKey` when it is no key, `Io`.
    pub fn seal_file(&self, key_dir: &Path) -> Result<SealFile> {
        let outside = read_key(key_dir, &self.file.id)?;
        let both = [outside.as_bytes().as_slice(), self.root.as_bytes()].concat();
        let both = Zeroizing::new(both);
        let key = Secret32::new(blake3::derive_key("motcua 2026 tag of the seal file v1", &both));
        Ok(SealFile::new(key_dir, &self.file.id, key))
    }

    fn opened(data_dir: &Path, file: KeyFile, root: Secret32) -> Self {
        let database = root.derive("motcua 2026 database key v1");
        Self {
            data_dir: data_dir.to_owned(),
            file,
            root,
            database,
        }
    }
}

/// The first copy of the wrapped keys that `unwrap` opens, and whether both copies are whole and
/// equal. When none opens, the first one's reason is the answer.
fn first_good(data_dir: &Path, unwrap: impl Fn(&KeyFile) -> Result<Secret32>) -> Result<(KeyFile, Secret32, bool)> {
    let files = KeyFile::load(data_dir)?;
    let whole = files.len() == NAMES.len() && files.windows(2).all(|pair| pair.first() == pair.last());
    let mut reason = None;
    for file in files {
        match unwrap(&file) {
            Ok(root) => return Ok((file, root, whole)),
            Err(e) => reason = reason.or(Some(e)),
        }
    }
    Err(reason.unwrap_or(VaultError::MissingKey))
}

/// What does not open under a recovery code is a matter of the code.
fn wrong_code(error: VaultError) -> VaultError {
    if matches!(error, VaultError::WrongKey) {
        VaultError::WrongRecoveryCode
    } else {
        error
    }
}

/// Writes both copies while no other process does.
fn save(data_dir: &Path, file: &KeyFile) -> Result<()> {
    let _alone = lock(data_dir)?;
    file.save(data_dir)
}

/// Held while keys are written, so that two first starts do not make two rings.
fn lock(data_dir: &Path) -> Result<File> {
    lock_file(&data_dir.join("keys.lock"))
}

/// Keys, or a database that must have had keys once.
fn is_used(data_dir: &Path) -> Result<bool> {
    let list = fs::read_dir(data_dir).map_err(VaultError::io("list the data folder"))?;
    for entry in list {
        let path = entry.map_err(VaultError::io("list the data folder"))?.path();
        let keys = NAMES.iter().any(|name| path.file_name().is_some_and(|n| n == *name));
        if keys || path.extension().is_some_and(|e| e == "db" || e == "sqlite") {
            return Ok(true);
        }
    }
    Ok(false)
}
