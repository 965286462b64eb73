//! Files that are either completely there or not there at all: write beside, fsync, rename, fsync
//! the folder. After a failed fsync the file is given up, never synced again: the kernel may have
//! dropped the pages it could not write and would then report success (PostgreSQL's "fsyncgate").

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Result, VaultError};

/// Ending of files that are still being written; whatever bears it after a start is left over.
pub(crate) const PART: &str = "part";

/// Creates a folder, with its parents, that only its owner may enter (Unix mode 0700; on Windows
/// the profile's own access list protects it); durable when this returns.
///
/// # Errors
/// When the folder cannot be created.
pub fn create_private_dir(dir: &Path) -> Result<()> {
    if dir.is_dir() {
        return Ok(());
    }
    // A relative name of one part has the empty path as parent.
    let parent = dir.parent().filter(|p| !p.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    create_private_dir(parent)?;
    make_private_dir(dir)?;
    sync_dir(parent)
}

/// Creates one folder without making its name durable; that it was there is no error.
pub(crate) fn make_private_dir(dir: &Path) -> Result<()> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has modes"))]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(dir) {
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists && dir.is_dir() => Ok(()),
        other => other.map_err(VaultError::io("create a folder")),
    }
}

/// Replaces or creates `dir/name` with `bytes`, durable when this returns, readable by the owner only.
///
/// # Errors
/// `DiskFull` or `Io`; then the old file, if any, is still there unchanged.
pub fn write_durably(dir: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let mut part = PartFile::create(dir.join(format!("{name}.{PART}")))?;
    part.write(bytes)?;
    part.commit(dir, name)
}

/// Creates an empty file that says all by its name; durable when this returns, readable by the owner
/// only. Cheaper than [`write_durably`]: nothing in it can be half-written, so it needs no rename.
///
/// # Errors
/// `DiskFull` or `Io`; the file may be there all the same.
pub fn create_durably(dir: &Path, name: &str) -> Result<()> {
    let file = create_private_file(&dir.join(name))?;
    file.sync_all().map_err(VaultError::io("fsync a file"))?;
    sync_dir(dir)
}

/// Makes created, renamed and removed names of this folder durable.
#[cfg(unix)]
pub(crate) fn sync_dir(dir: &Path) -> Result<()> {
    File::open(dir)
        .and_then(|d| d.sync_all())
        .map_err(VaultError::io("fsync a folder"))
}

/// NTFS keeps names in its own journal, and std opens no folder handles there. Untried on Windows.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "same shape as on Unix")]
pub(crate) fn sync_dir(_dir: &Path) -> Result<()> {
    Ok(())
}

/// Opens a file for writing from its beginning, readable by the owner only.
pub(crate) fn create_private_file(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(VaultError::io("create a file"))
}

/// Takes the lock of a lock file, which is freed when the handle or its process ends. It is not
/// truncated: Windows would refuse that while another process holds it.
pub(crate) fn lock_file(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(VaultError::io("open a lock file"))?;
    file.try_lock().map_err(|e| match e {
        fs::TryLockError::WouldBlock => VaultError::InUse,
        fs::TryLockError::Error(e) => VaultError::io("lock the data folder")(e),
    })?;
    Ok(file)
}

/// A whole file; when it is not there, `missing` is the answer.
pub(crate) fn read_file(path: &Path, what: &'static str, missing: VaultError) -> Result<Vec<u8>> {
    match fs::read(path) {
        Ok(bytes) => Ok(bytes),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Err(missing),
        Err(e) => Err(VaultError::io(what)(e)),
    }
}

/// Removes a file; that it was not there is no error.
pub(crate) fn remove_if_present(path: &Path) -> Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(VaultError::io("remove a file")(e)),
    }
}

/// A file being written. Dropped without `commit`, it disappears again.
pub(crate) struct PartFile {
    path: PathBuf,
    file: Option<File>,
}

impl PartFile {
    pub(crate) fn create(path: PathBuf) -> Result<Self> {
        let file = create_private_file(&path)?;
        Ok(Self { path, file: Some(file) })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let file = self.file.as_mut().ok_or_else(closed)?;
        file.write_all(bytes).map_err(VaultError::io("write a file"))
    }

    /// Makes it durable as `dir/name`, replacing what was there. `dir` may differ from the folder it
    /// was written in but must be on the same file system.
    pub(crate) fn commit(mut self, dir: &Path, name: &str) -> Result<()> {
        let file = self.file.as_ref().ok_or_else(closed)?;
        file.sync_all().map_err(VaultError::io("fsync a file"))?;
        // Closed before the rename, because Windows refuses to rename over with an open handle.
        let file = self.file.take();
        drop(file);
        if let Err(e) = fs::rename(&self.path, dir.join(name)) {
            self.remove();
            return Err(VaultError::io("rename a file into place")(e));
        }
        sync_dir(dir)
    }

    /// The error that led here is the one to report; a file that stays is removed at the next start.
    fn remove(&self) {
        let _ = fs::remove_file(&self.path);
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        if let Some(file) = self.file.take() {
            drop(file);
            self.remove();
        }
    }
}

fn closed() -> VaultError {
    VaultError::Setup("a finished file was written to again".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_given_up_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let mut part = PartFile::create(dir.path().join("x.part")).unwrap();
        part.write(b"half").unwrap();
        drop(part);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_written_file_replaces_the_old_one_and_is_private() {
        let dir = tempfile::tempdir().unwrap();
        write_durably(dir.path(), "a", b"one").unwrap();
        write_durably(dir.path(), "a", b"two").unwrap();
        assert_eq!(fs::read(dir.path().join("a")).unwrap(), b"two");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(dir.path().join("a")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn an_empty_file_is_made_again_and_needs_its_folder() {
        let dir = tempfile::tempdir().unwrap();
        create_durably(dir.path(), "a").unwrap();
        create_durably(dir.path(), "a").unwrap();
        assert_eq!(fs::read(dir.path().join("a")).unwrap(), b"");
        assert!(create_durably(&dir.path().join("gone"), "a").is_err());
    }

    #[test]
    fn folders_are_made_with_their_parents_and_again() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("a/b/c");
        create_private_dir(&deep).unwrap();
        create_private_dir(&deep).unwrap();
        make_private_dir(&deep).unwrap();
        assert!(deep.is_dir());
        fs::write(dir.path().join("f"), b"").unwrap();
        assert!(create_private_dir(&dir.path().join("f")).is_err());
        assert!(create_private_dir(&dir.path().join("f/g")).is_err());
    }

    #[test]
    fn a_lock_file_lets_one_in_at_a_time() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.lock");
        let held = lock_file(&path).unwrap();
        assert!(matches!(lock_file(&path), Err(VaultError::InUse)));
        drop(held);
        lock_file(&path).unwrap();
    }

    #[test]
    fn a_failed_rename_leaves_no_part() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("a")).unwrap();
        assert!(write_durably(dir.path(), "a", b"x").is_err());
        assert!(!dir.path().join("a.part").exists());
    }
}
