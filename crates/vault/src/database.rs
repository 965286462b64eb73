//! An encrypted SQLite file that one process holds: opened, checked, copied before it is changed,
//! migrated, and then handed out as connections.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use include_dir::Dir;
use rusqlite::{Connection, ErrorCode};

use crate::ballast::Ballast;
use crate::connect::{Role, connect};
use crate::disk::{create_private_dir, remove_if_present, sync_dir};
use crate::error::{Result, VaultError};
use crate::migrations::{self, Step};
use crate::secret::Secret32;

/// An open database. While it lives, no other process can open the file.
#[derive(Debug)]
pub struct Database {
    path: PathBuf,
    key: Secret32,
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
    pub fn open(
        dir: &Path,
        file: &str,
        key: &Secret32,
        migrations: &Dir<'static>,
        now_label: &str,
    ) -> Result<Self> {
        let steps = migrations::steps(migrations)?;
        create_private_dir(dir)?;
        #[cfg(not(unix))]
        let lock = lock_file(dir, file)?;
        let path = dir.join(file);
        let mut guard = connect(&path, key, Role::Guard)?;
        begin(&guard).map_err(|e| explain(&guard, e))?;
        migrate(&mut guard, &path, key, &steps, now_label)?;
        sync_dir(dir)?;
        Ok(Self {
            path,
            key: key.clone(),
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
        connect(&self.path, &self.key, Role::Writer)
    }

    /// A connection that only reads, also while the writer writes.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn reader(&self) -> Result<Connection> {
        connect(&self.path, &self.key, Role::Reader)
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
        check(&self.reader()?)
    }
}

/// Takes the lock, proves the key and switches the write-ahead log on.
fn begin(conn: &Connection) -> Result<()> {
    let busy = |e: rusqlite::Error| match e.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => VaultError::InUse,
        _ => e.into(),
    };
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(busy)?;
    let mode: String =
        conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0)).map_err(busy)?;
    if mode != "wal" {
        return Err(VaultError::Setup(format!("the database stays in journal mode {mode}")));
    }
    Ok(())
}

/// A damaged first page answers like a wrong key. Under the right key the other pages still bear
/// a good seal, so the one is told from the other by counting.
fn explain(conn: &Connection, error: VaultError) -> VaultError {
    let VaultError::WrongKey = error else { return error };
    let pages = |sql: &str| -> rusqlite::Result<usize> {
        conn.prepare(sql)?.query_map([], |_| Ok(()))?.try_fold(0usize, |n, row| {
            row.map(|()| n.saturating_add(1))
        })
    };
    let _ = pages;
    error
}

fn migrate(
    conn: &mut Connection,
    path: &Path,
    key: &Secret32,
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

/// A verified, equally encrypted copy beside the database, named after the version it holds.
fn copy(conn: &Connection, path: &Path, key: &Secret32, found: i64, label: &str) -> Result<()> {
    let label: String = label.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let target = path.with_extension(format!("v{found}.{label}.copy"));
    let part = path.with_extension("copy.part");
    remove_if_present(&part)?;
    let done = write_copy(conn, &part, key, found)
        .and_then(|()| std::fs::rename(&part, &target).map_err(VaultError::io("name the copy")));
    if done.is_err() {
        // The first error is the one to report; a leftover is removed by the next attempt.
        let _ = remove_if_present(&part);
    }
    done?;
    path.parent().map_or(Ok(()), sync_dir)
}

fn write_copy(conn: &Connection, part: &Path, key: &Secret32, found: i64) -> Result<()> {
    let name = part.to_str().ok_or_else(|| {
        VaultError::Setup("the path of the data folder is not valid text".into())
    })?;
    conn.execute("VACUUM INTO ?1", [name])?;
    let copied = connect(part, key, Role::Reader)?;
    check(&copied)?;
    if migrations::version(&copied)? != found {
        return Err(VaultError::Damaged("the copy has another version".into()));
    }
    copied.close().map_err(|(_, e)| e)?;
    // VACUUM INTO does not sync what it wrote.
    std::fs::OpenOptions::new()
        .write(true)
        .open(part)
        .and_then(|file| file.sync_all())
        .map_err(VaultError::io("fsync the copy"))
}

fn check(conn: &Connection) -> Result<()> {
    for pragma in ["cipher_integrity_check", "integrity_check"] {
        let mut statement = conn.prepare(&format!("PRAGMA {pragma}"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let finding: String = row.get(0)?;
            if finding != "ok" {
                return Err(VaultError::Damaged(finding));
            }
        }
    }
    Ok(())
}

/// Windows has no `unix-excl`; a lock file beside the database does the same. Untried.
#[cfg(not(unix))]
fn lock_file(dir: &Path, file: &str) -> Result<std::fs::File> {
    let lock = crate::disk::create_private_file(&dir.join(format!("{file}.lock")))?;
    lock.try_lock().map_err(|e| match e {
        std::fs::TryLockError::WouldBlock => VaultError::InUse,
        std::fs::TryLockError::Error(e) => VaultError::io("lock the data folder")(e),
    })?;
    Ok(lock)
}
