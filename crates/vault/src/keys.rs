//! The keys of a data folder: one random root key, wrapped by a file outside the folder and by a
//! recovery code on paper. Losing one wrap loses nothing; a copied data folder opens nothing.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::disk::{create_private_dir, create_private_file, sync_dir, write_durably};
use crate::entropy::Entropy;
use crate::error::{Result, VaultError};
use crate::keyfile::{FILE, KeyFile, NAMES, RECOVERY};
use crate::recovery::RecoveryCode;
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
        let file = KeyFile::load(data_dir)?;
        let secret = read_key(key_dir, &file.id)?;
        let root = file.unwrap(FILE, secret.as_bytes())?;
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
    pub fn open_with_recovery(
        data_dir: &Path,
        key_dir: &Path,
        code: &str,
        entropy: &dyn Entropy,
    ) -> Result<Self> {
        let code = RecoveryCode::parse(code)?;
        let mut file = KeyFile::load(data_dir)?;
        let root = file.unwrap(RECOVERY, code.as_bytes()).map_err(|e| match e {
            VaultError::WrongKey => VaultError::WrongRecoveryCode,
            other => other,
        })?;
        create_private_dir(key_dir)?;
        refuse_nested(data_dir, key_dir)?;
        let secret = Secret32::random(entropy)?;
        file.wrap(FILE, secret.as_bytes(), &root, entropy)?;
        write_key(key_dir, &file.id, &secret)?;
        file.save(data_dir)?;
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
        file.save(&self.data_dir)?;
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

    fn opened(data_dir: &Path, file: KeyFile, root: Secret32) -> Self {
        let database = root.derive("motcua 2026 database key v1");
        Self { data_dir: data_dir.to_owned(), file, root, database }
    }
}

/// `$XDG_CONFIG_HOME/motcua/keys`, else `$HOME/.config/motcua/keys`. The caller reads the
/// environment (on Windows it passes `%APPDATA%` first); empty and relative values do not count,
/// as the XDG base directory specification says.
///
/// # Errors
/// `MissingKey` when neither names a folder.
pub fn default_key_dir(xdg_config: Option<OsString>, home: Option<OsString>) -> Result<PathBuf> {
    let absolute = |value: Option<OsString>| value.map(PathBuf::from).filter(|p| p.is_absolute());
    absolute(xdg_config)
        .or_else(|| absolute(home).map(|home| home.join(".config")))
        .map(|config| config.join("motcua").join("keys"))
        .ok_or(VaultError::MissingKey)
}

/// A copied or stolen data folder must not carry its own key.
fn refuse_nested(data_dir: &Path, key_dir: &Path) -> Result<()> {
    let real = |dir: &Path| fs::canonicalize(dir).map_err(VaultError::io("look up a folder"));
    if real(key_dir)?.starts_with(real(data_dir)?) {
        return Err(VaultError::Setup("the key folder must lie outside the data folder".into()));
    }
    Ok(())
}

/// Held while keys are made, so that two first starts do not make two rings.
fn lock(data_dir: &Path) -> Result<File> {
    let file = create_private_file(&data_dir.join("keys.lock"))?;
    file.try_lock().map_err(|e| match e {
        fs::TryLockError::WouldBlock => VaultError::InUse,
        fs::TryLockError::Error(e) => VaultError::io("lock the data folder")(e),
    })?;
    Ok(file)
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

fn write_key(key_dir: &Path, id: &str, secret: &Secret32) -> Result<()> {
    write_durably(key_dir, &format!("{id}.key"), secret.as_bytes())?;
    key_dir.parent().map_or(Ok(()), sync_dir)
}

fn read_key(key_dir: &Path, id: &str) -> Result<Secret32> {
    let path = key_dir.join(format!("{id}.key"));
    let bytes = fs::read(&path).map(Zeroizing::new).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => VaultError::MissingKey,
        _ => VaultError::io("read the key file")(e),
    })?;
    close_to_others(&path)?;
    Secret32::try_from(bytes.as_slice()).map_err(|_| VaultError::WrongKey)
}

/// A restored backup may have opened the file to everyone; it is closed again.
#[cfg(unix)]
fn close_to_others(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let now = fs::metadata(path).map_err(VaultError::io("look at the key file"))?.permissions();
    if now.mode() & 0o077 == 0 {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
        .map_err(VaultError::io("close the key file to others"))
}

/// The profile's access list protects it. Untried on Windows.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "same shape as on Unix")]
fn close_to_others(_path: &Path) -> Result<()> {
    Ok(())
}
