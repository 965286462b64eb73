//! A file that holds a little room in reserve. On a full disk SQLite cannot even write the commit
//! that would let an officer finish; deleting the ballast gives that room back at once.

use std::path::{Path, PathBuf};

use crate::disk::{create_private_dir, remove_if_present, write_durably};
use crate::error::{Result, VaultError};

/// Size of the ballast in bytes: 2 MiB was measured to let a full disk take writes again.
pub const BALLAST_BYTES: usize = 2 * 1024 * 1024;

/// The ballast is laid down again only when this many times its size is free, so that restoring it
/// does not take away the very room that was just given back.
const ROOM_FACTOR: u64 = 4;

const NAME: &str = "ballast";

/// The reserve of one data folder.
#[derive(Debug)]
pub struct Ballast {
    dir: PathBuf,
}

impl Ballast {
    /// Lays the ballast down when it is missing and there is room; a full disk is no error here,
    /// because the program must be able to start on one.
    ///
    /// # Errors
    /// When the folder cannot be written for another reason than room.
    pub fn open(dir: &Path) -> Result<Self> {
        create_private_dir(dir)?;
        let ballast = Self { dir: dir.to_owned() };
        ballast.restore()?;
        Ok(ballast)
    }

    /// True while the reserve is held.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.path().metadata().is_ok_and(|m| m.len() == BALLAST_BYTES as u64)
    }

    /// Gives the room back. `Ok(false)`: it had been given back before.
    ///
    /// # Errors
    /// When the file exists and cannot be removed.
    pub fn release(&self) -> Result<bool> {
        remove_if_present(&self.path())
    }

    /// Lays the ballast down again when there is room for it. Returns whether it is held now.
    ///
    /// # Errors
    /// When the folder cannot be written for another reason than room.
    pub fn restore(&self) -> Result<bool> {
        if self.is_held() {
            return Ok(true);
        }
        let wanted = ROOM_FACTOR.saturating_mul(BALLAST_BYTES as u64);
        let free = fs4::available_space(&self.dir).map_err(VaultError::io("ask for free room"))?;
        if free < wanted {
            return Ok(false);
        }
        match write_durably(&self.dir, NAME, &filling()) {
            Ok(()) => Ok(true),
            Err(VaultError::DiskFull) => Ok(false),
            Err(e) => Err(e),
        }
    }

    fn path(&self) -> PathBuf {
        self.dir.join(NAME)
    }
}

/// Bytes no file system can compress or leave out as a hole, or the reserve would be empty.
fn filling() -> Vec<u8> {
    let mut bytes = vec![0; BALLAST_BYTES];
    blake3::Hasher::new_derive_key("motcua 2026 ballast")
        .finalize_xof()
        .fill(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_laid_down_released_and_restored() {
        let dir = tempfile::tempdir().unwrap();
        let ballast = Ballast::open(dir.path()).unwrap();
        assert!(ballast.is_held());
        assert!(ballast.release().unwrap());
        assert!(!ballast.is_held());
        assert!(!ballast.release().unwrap());
        assert!(ballast.restore().unwrap());
        assert!(ballast.is_held());
    }
}
