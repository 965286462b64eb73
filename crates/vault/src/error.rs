//! Everything that can go wrong at rest, as one closed list. The codes are what a person's sentence
//! is chosen by, so each means one thing to do.

use std::io;

use rusqlite::ErrorCode;

/// The result of every operation of this crate.
pub type Result<T> = std::result::Result<T, VaultError>;

/// Why something at rest could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The operating system refused; `what` says what was being done.
    #[error("{what}: {source}")]
    Io {
        /// What was being done, in a few words without personal data.
        what: &'static str,
        /// The system's own answer.
        source: io::Error,
    },
    /// No room on the disk. Nothing half-written was left; release the ballast and go on.
    #[error("no room left on the disk")]
    DiskFull,
    /// Another process works on this data folder.
    #[error("another program is using this data folder")]
    InUse,
    /// The data was written by a newer version of the program, which alone may open it.
    #[error("the data is of version {found}, this program knows up to {known}")]
    Newer {
        /// The version found on disk.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// The key does not open this database or this key file.
    #[error("the key does not open this data")]
    WrongKey,
    /// The database or the wrapped keys are damaged; the text says where.
    #[error("damaged data: {0}")]
    Damaged(String),
    /// The key that opens this data folder was not found; the recovery code opens it.
    #[error("the key of this data folder is missing")]
    MissingKey,
    /// The recovery code was mistyped or belongs to another data folder.
    #[error("the recovery code is not right")]
    WrongRecoveryCode,
    /// No blob of this hash under this key is stored.
    #[error("blob {hash} is missing")]
    BlobMissing {
        /// BLAKE3 of the plain bytes, hexadecimal.
        hash: String,
    },
    /// A stored blob does not decrypt to the bytes it is named after.
    #[error("blob {hash} is damaged: {why}")]
    BlobDamaged {
        /// BLAKE3 of the plain bytes, hexadecimal.
        hash: String,
        /// Which check failed.
        why: &'static str,
    },
    /// The migrations or the folders given by the program itself make no sense.
    #[error("mistake in the program's own set-up: {0}")]
    Setup(String),
    /// SQLite refused for a reason not named above.
    #[error("database: {0}")]
    Database(#[source] rusqlite::Error),
}

impl VaultError {
    /// The fixed code by which a sentence for the officer is chosen.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::DiskFull => "DISK_FULL",
            Self::InUse => "DATA_FOLDER_IN_USE",
            Self::Newer { .. } => "DATABASE_NEWER",
            Self::WrongKey => "WRONG_KEY",
            Self::MissingKey => "KEY_MISSING",
            Self::WrongRecoveryCode => "RECOVERY_CODE_WRONG",
            Self::Damaged(_) => "DATABASE_DAMAGED",
            Self::BlobMissing { .. } | Self::BlobDamaged { .. } => "FILE_DAMAGED",
            Self::Io { .. } => "DISK_IO",
            Self::Database(error) if error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure) => "DISK_IO",
            Self::Setup(_) | Self::Database(_) => "INTERNAL",
        }
    }

    /// True when an fsync failed: the kernel may have dropped the pages and will report success next
    /// time, so the connection must be closed and opened again instead of trying once more.
    #[must_use]
    pub fn must_reopen(&self) -> bool {
        use rusqlite::ffi::{SQLITE_IOERR_DIR_FSYNC, SQLITE_IOERR_FSYNC};
        let Self::Database(rusqlite::Error::SqliteFailure(e, _)) = self else {
            return false;
        };
        matches!(e.extended_code, SQLITE_IOERR_FSYNC | SQLITE_IOERR_DIR_FSYNC)
    }

    /// Names an error of the file system; a full disk or quota becomes [`VaultError::DiskFull`].
    pub(crate) fn io(what: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| {
            let kind = source.kind();
            if kind == io::ErrorKind::StorageFull || kind == io::ErrorKind::QuotaExceeded {
                return Self::DiskFull;
            }
            Self::Io { what, source }
        }
    }
}

impl From<rusqlite::Error> for VaultError {
    /// `SQLITE_FULL` becomes `DiskFull`, `SQLITE_NOTADB` `WrongKey`, `SQLITE_CORRUPT` `Damaged`.
    fn from(error: rusqlite::Error) -> Self {
        let code = error.sqlite_error_code();
        if code == Some(ErrorCode::DiskFull) {
            return Self::DiskFull;
        }
        if code == Some(ErrorCode::NotADatabase) {
            return Self::WrongKey;
        }
        if code == Some(ErrorCode::DatabaseCorrupt) {
            return Self::Damaged(error.to_string());
        }
        Self::Database(error)
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;

    fn sqlite(code: i32) -> VaultError {
        rusqlite::Error::SqliteFailure(ffi::Error::new(code), None).into()
    }

    #[test]
    fn sqlite_codes_become_what_a_person_can_do_about_them() {
        assert_eq!(sqlite(ffi::SQLITE_FULL).code(), "DISK_FULL");
        assert_eq!(sqlite(ffi::SQLITE_NOTADB).code(), "WRONG_KEY");
        assert_eq!(sqlite(ffi::SQLITE_CORRUPT).code(), "DATABASE_DAMAGED");
        assert_eq!(sqlite(ffi::SQLITE_IOERR_FSYNC).code(), "DISK_IO");
        assert_eq!(sqlite(ffi::SQLITE_BUSY).code(), "INTERNAL");
    }

    #[test]
    fn a_full_disk_or_quota_is_one_code() {
        for kind in [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded] {
            assert_eq!(VaultError::io("x")(kind.into()).code(), "DISK_FULL");
        }
        assert_eq!(VaultError::io("x")(io::ErrorKind::NotFound.into()).code(), "DISK_IO");
    }

    #[test]
    fn only_a_failed_fsync_asks_for_a_new_connection() {
        assert!(sqlite(ffi::SQLITE_IOERR_FSYNC).must_reopen());
        assert!(sqlite(ffi::SQLITE_IOERR_DIR_FSYNC).must_reopen());
        assert!(!sqlite(ffi::SQLITE_IOERR_READ).must_reopen());
        assert!(!VaultError::DiskFull.must_reopen());
    }
}
