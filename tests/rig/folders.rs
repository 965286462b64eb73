//! Folders of a program under test, and what lies in them.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// Data folder and, outside it, key folder. They vanish with this value.
pub struct Folders {
    _root: TempDir,
    /// Data folder; not made yet.
    pub data: PathBuf,
    /// Key folder; not made yet.
    pub keys: PathBuf,
}

impl Folders {
    /// New folders, of nobody else.
    ///
    /// # Errors
    /// When the system has no place for them.
    pub fn new() -> io::Result<Self> {
        let root = tempfile::tempdir()?;
        let (data, keys) = (root.path().join("data"), root.path().join("keys"));
        Ok(Self {
            _root: root,
            data,
            keys,
        })
    }

    /// A file that belongs to nobody's data folder.
    #[must_use]
    pub fn beside(&self, name: &str) -> PathBuf {
        self.keys.with_file_name(name)
    }

    /// The options with which every program of this workspace is told of them.
    #[must_use]
    pub fn options(&self) -> [&OsStr; 4] {
        [
            "--data".as_ref(),
            self.data.as_ref(),
            "--keys".as_ref(),
            self.keys.as_ref(),
        ]
    }
}

/// All files below a folder, in order.
///
/// # Errors
/// When a folder cannot be read.
pub fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
