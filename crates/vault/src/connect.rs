//! One connection to an encrypted database file, with every setting that must be the same on all of
//! them.
//!
//! On Unix the `unix-excl` VFS locks the file for one process and keeps the WAL index in memory: a
//! second process is refused, readers of this process run during a write, and a full disk can still
//! be read (with the usual `-shm` file it cannot). The kernel drops such a lock when this process
//! closes *any* handle on the file, so nothing here or in a caller may open the database file by
//! other means while it is in use.

use std::path::Path;
use std::sync::Once;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::error::Result;
use crate::secret::Secret32;

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Opens, migrates and holds the lock; gives up soon when another process has it.
    Guard,
    Writer,
    Reader,
}

impl Role {
    /// Page cache in KiB, negated as SQLite wants it: with 64 MiB SQLCipher's random look-ups cost the same as plain SQLite's,
    /// with the default 2 MiB four times as much (measured).
    fn cache_size(self) -> i32 {
        match self {
            Self::Guard => -2_048,
            Self::Writer => -65_536,
            Self::Reader => -16_384,
        }
    }

    fn busy_timeout(self) -> Duration {
        match self {
            Self::Guard => Duration::from_millis(500),
            Self::Writer | Self::Reader => Duration::from_secs(5),
        }
    }
}

/// Where the salt of a file's seals comes from. It also stands in the file's first sixteen bytes; were
/// it read from there alone, one sector spoilt by a power cut would make every page unreadable, those in
/// the write-ahead log too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Salt {
    /// Made from the key: every file that this program makes.
    FromKey,
    /// Read from the file: one made before salts came from the key.
    InFile,
}

/// Opens `path` under `key`, ready for use.
pub(crate) fn connect(path: &Path, key: &Secret32, salt: Salt, role: Role) -> Result<Connection> {
    let conn = unread(path, key, salt, role)?;
    settle(&conn, role)?;
    Ok(conn)
}

/// Opens `path` without reading it yet, so that what the first read says can be looked into.
pub(crate) fn unread(path: &Path, key: &Secret32, salt: Salt, role: Role) -> Result<Connection> {
    make_ready();
    // Readers open for writing too: `unix-excl` needs it, and `query_only` holds them back.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    #[cfg(unix)]
    let conn = Connection::open_with_flags_and_vfs(path, flags, "unix-excl")?;
    #[cfg(not(unix))]
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(role.busy_timeout())?;
    unlock(&conn, key, salt)?;
    conn.set_prepared_statement_cache_capacity(128);
    // Statements are planned once: without this, one with a range is prepared anew for every other value.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(conn)
}

/// SQLite says it is ready before SQLCipher is: a second thread that opens a database meanwhile is told
/// that its key is none. So the first connection of a process is opened alone. Should it fail, the next
/// one says why.
fn make_ready() {
    static FIRST: Once = Once::new();
    FIRST.call_once(|| drop(Connection::open_in_memory()));
}

/// The raw key skips SQLCipher's password derivation (0.11 s of CPU per connection).
fn unlock(conn: &Connection, key: &Secret32, salt: Salt) -> Result<()> {
    // Its own messages go to stderr and say nothing the error code does not.
    conn.execute_batch("PRAGMA cipher_log_level = NONE")?;
    let salt = match salt {
        Salt::FromKey => salt_of(key),
        Salt::InFile => String::new(),
    };
    let text = Zeroizing::new(format!("PRAGMA key = \"x'{}{salt}'\"", key.hex().as_str()));
    conn.execute_batch(&text)?;
    // Files live longer than SQLCipher's defaults.
    Ok(conn.execute_batch("PRAGMA cipher_compatibility = 4")?)
}

/// Sixteen bytes, hexadecimal. They are no secret: the file begins with them.
fn salt_of(key: &Secret32) -> String {
    key.derive("motcua 2026 database salt v1")
        .hex()
        .chars()
        .take(32)
        .collect()
}

/// The settings of one connection; some of them read the file.
pub(crate) fn settle(conn: &Connection, role: Role) -> Result<()> {
    conn.pragma_update(None, "cache_size", role.cache_size())?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    // Sorting and indexing must not spill plain rows into a file.
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    // A mapped file dies with SIGBUS on a full disk.
    conn.pragma_update(None, "mmap_size", 0)?;
    // An erased body (design: `Erased{basis}`) must not linger in free pages.
    conn.pragma_update(None, "secure_delete", true)?;
    conn.pragma_update(None, "journal_size_limit", 16 * 1024 * 1024)?;
    Ok(conn.pragma_update(None, "query_only", role == Role::Reader)?)
}
