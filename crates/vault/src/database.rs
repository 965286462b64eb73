//! An encrypted SQLite file that one process holds: opened, checked, copied before it is changed,
//! migrated, and then handed out as connections.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use include_dir::Dir;
use rusqlite::{Connection, ErrorCode};

use crate::ballast::Ballast;
use crate::check::{check, explain};
use crate::connect::{Role, Salt, connect, settle, unread};
use crate::copy::copy;
use crate::disk::{create_private_dir, sync_dir};
use crate::error::{Result, VaultError};
use crate::migrations::{self, Step};
use crate::secret::Secret32;

/// An open database. While it lives, no other process can open the file.
#[derive(Debug)]
pub struct Database {
    path: PathBuf,
    key: Secret32,
    salt: Salt,
    ballast: Ballast,
    /// Never used again: as long as one connection lives, the process keeps the lock, and the last
    /// one to close folds the write-ahead log into the file.
    _guard: Mutex<Connection>,
    #[cfg(not(unix))]
    _lock: std::fs::File,
}

impl Database {
    /// Opens or creates `dir/file`, brings it to the newest of `migrations` and lays the ballast
    /// down. `now_label` (for instance `20261123T151000`) names the copy made before a migration.
    ///
    /// # Errors
    /// `InUse` when another process has it (known within half a second), `WrongKey`, `Damaged`,
    /// `Newer`, `DiskFull`, `Setup` when the migrations are wrong.
    pub fn open(dir: &Path, file: &str, key: &Secret32, migrations: &Dir<'static>, now_label: &str) -> Result<Self> {
        let steps = migrations::steps(migrations)?;
        create_private_dir(dir)?;
        // Windows has no `unix-excl`; a lock file beside the database does the same. Untried.
        #[cfg(not(unix))]
        let lock = crate::disk::lock_file(&dir.join(format!("{file}.lock")))?;
        let path = dir.join(file);
        let (mut guard, salt) = guard(&path, key)?;
        migrate(&mut guard, &path, (key, salt), &steps, now_label)?;
        sync_dir(dir)?;
        Ok(Self {
            path,
            key: key.clone(),
            salt,
            ballast: Ballast::open(dir)?,
            _guard: Mutex::new(guard),
            #[cfg(not(unix))]
            _lock: lock,
        })
    }

    /// A connection that may write. SQLite lets one write at a time; keep one and share it.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn writer(&self) -> Result<Connection> {
        connect(&self.path, &self.key, self.salt, Role::Writer)
    }

    /// A connection that only reads, also while the writer writes.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn reader(&self) -> Result<Connection> {
        connect(&self.path, &self.key, self.salt, Role::Reader)
    }

    /// The room held in reserve beside this database.
    #[must_use]
    pub fn ballast(&self) -> &Ballast {
        &self.ballast
    }

    /// Where the file lies. Never open it by other means while this lives (see `connect`).
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads every page and checks it against its seal and its place in the tables.
    ///
    /// # Errors
    /// `Damaged` with the first finding.
    pub fn check(&self) -> Result<()> {
        let reader = self.reader()?;
        fold_log(&reader);
        check(&reader)
    }
}

/// Moves the write-ahead log into the file, as far as readers allow. A power cut while pages were being
/// moved leaves some of them torn in the file: they stand whole in the log and are never read there,
/// but the check of seals looks at the file alone.
fn fold_log(conn: &Connection) {
    // Without room for it the check says what it finds without it: a false alarm at worst.
    let _ = conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
}

/// The connection that holds the file, and where its salt comes from.
fn guard(path: &Path, key: &Secret32) -> Result<(Connection, Salt)> {
    let conn = unread(path, key, Salt::FromKey, Role::Guard)?;
    let error = match begin(&conn) {
        Ok(()) => return Ok((conn, Salt::FromKey)),
        Err(e) => in_use(e),
    };
    if matches!(error, VaultError::WrongKey) {
        let older = unread(path, key, Salt::InFile, Role::Guard)?;
        if begin(&older).is_ok() {
            return Ok((older, Salt::InFile));
        }
        // Which of the two was right is seen by the pages that still bear a good seal.
        return Err(match explain(&conn, path, error) {
            VaultError::WrongKey => explain(&older, path, VaultError::WrongKey),
            damaged => damaged,
        });
    }
    Err(error)
}

/// Takes the lock, proves the key and switches the write-ahead log on.
fn begin(conn: &Connection) -> Result<()> {
    settle(conn, Role::Guard)?;
    conn.query_row(include_str!("database/prove_key.sql"), [], |_| Ok(()))?;
    let mode: String = conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode != "wal" {
        return Err(VaultError::Setup(format!("the database stays in journal mode {mode}")));
    }
    Ok(())
}

/// While opening, a busy file is another process's.
fn in_use(error: VaultError) -> VaultError {
    let VaultError::Database(e) = &error else {
        return error;
    };
    match e.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => VaultError::InUse,
        _ => error,
    }
}

fn migrate(
    conn: &mut Connection,
    path: &Path,
    key: (&Secret32, Salt),
    steps: &[Step<'_>],
    now_label: &str,
) -> Result<()> {
    let found = migrations::version(conn)?;
    let known = steps.last().map_or(0, |step| step.version);
    if found > known {
        return Err(VaultError::Newer { found, known });
    }
    if found > 0 && found < known {
        copy(conn, path, key, found, now_label)?;
    }
    migrations::apply(conn, steps)
}
