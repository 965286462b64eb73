//! The folder outside the data folder where the owner-only key files lie.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::disk::{read_file, write_durably};
use crate::error::{Result, VaultError};
use crate::secret::Secret32;

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
pub(crate) fn refuse_nested(data_dir: &Path, key_dir: &Path) -> Result<()> {
    let real = |dir: &Path| fs::canonicalize(dir).map_err(VaultError::io("look up a folder"));
    if real(key_dir)?.starts_with(real(data_dir)?) {
        return Err(VaultError::Setup(
            "the key folder must lie outside the data folder".into(),
        ));
    }
    Ok(())
}

/// `key_dir/<id>.key`: the 32 bytes as they are.
pub(crate) fn write_key(key_dir: &Path, id: &str, secret: &Secret32) -> Result<()> {
    write_durably(key_dir, &format!("{id}.key"), secret.as_bytes())
}

/// The key file of the ring `id`.
pub(crate) fn read_key(key_dir: &Path, id: &str) -> Result<Secret32> {
    let path = key_dir.join(format!("{id}.key"));
    let bytes = read_file(&path, "read the key file", VaultError::MissingKey)?;
    let bytes = Zeroizing::new(bytes);
    close_to_others(&path)?;
    Secret32::try_from(bytes.as_slice()).map_err(|_| VaultError::WrongKey)
}

/// A restored backup may have opened the file to everyone; it is closed again.
#[cfg(unix)]
fn close_to_others(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let now = fs::metadata(path)
        .map_err(VaultError::io("look at the key file"))?
        .permissions();
    if now.mode() & 0o077 == 0 {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).map_err(VaultError::io("close the key file to others"))
}

/// The profile's access list protects it. Untried on Windows.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "same shape as on Unix")]
fn close_to_others(_path: &Path) -> Result<()> {
    Ok(())
}
