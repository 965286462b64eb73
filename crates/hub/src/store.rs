//! The database as the hub uses it: one writer behind a lock, readers lent out and taken back.
//! Everything here blocks and is called from blocking threads only; no transaction ever crosses an
//! `await`.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use include_dir::{Dir, include_dir};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use vault::{Database, Secret32};

use crate::error::{HubError, Result};
use crate::row::first;
use crate::tally::Tally;

static MIGRATIONS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../migrations/hub/sqlite");

/// Pages of the write-ahead log before it is moved into the file: 16 MiB, all that it may keep.
const PAGES: i32 = 4_000;

/// The open database of a hub.
#[derive(Debug)]
pub struct Store {
    // Connections close before the database that holds their lock.
    /// Nothing after a failed sync: the next write opens anew.
    writer: Mutex<Option<Connection>>,
    readers: Mutex<Vec<Connection>>,
    database: Database,
    tally: Tally,
}

impl Store {
    pub fn open(dir: &Path, key: &Secret32, label: &str, tally: Tally) -> Result<Self> {
        let database = Database::open(dir, "hub.db", key, &MIGRATIONS, label)?;
        Ok(Self {
            writer: Mutex::new(Some(writer(&database)?)),
            readers: Mutex::new(Vec::new()),
            database,
            tally,
        })
    }

    /// One transaction: durable when this returns `Ok`, gone when it returns an error.
    pub fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let mut kept = lock(&self.writer);
        let mut writer = self.take(&mut kept)?;
        let done = in_transaction(&mut writer, work);
        if !matches!(&done, Err(HubError::Vault(error)) if error.must_reopen()) {
            *kept = Some(writer);
        }
        let (value, commits) = done?;
        if let Some(commits) = commits {
            self.tally.note(commits);
        }
        Ok(value)
    }

    /// Transactions as the file outside counts them.
    pub fn noted(&self) -> Option<i64> {
        self.tally.noted()
    }

    /// One snapshot: everything read in `work` is of the same moment.
    pub fn read<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let lent = lock(&self.readers).pop();
        let mut reader = lent.map_or_else(|| self.database.reader(), Ok)?;
        let done = reader.transaction().map_err(HubError::from).and_then(|tx| work(&tx));
        lock(&self.readers).push(reader);
        done
    }

    /// Moves the write-ahead log into the file, as far as readers allow.
    pub fn checkpoint(&self) -> Result<()> {
        lock(&self.readers).clear();
        let mut kept = lock(&self.writer);
        let writer = self.take(&mut kept)?;
        writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        *kept = Some(writer);
        Ok(())
    }

    /// The connection that writes, or a new one after a failed sync.
    fn take(&self, kept: &mut Option<Connection>) -> Result<Connection> {
        match kept.take() {
            Some(writer) => Ok(writer),
            None => writer(&self.database),
        }
    }

    /// Reads every page of the file.
    pub fn check(&self) -> Result<()> {
        Ok(self.database.check()?)
    }
}

/// A connection that writes. It moves the log into the file after so many pages that those written again
/// and again, which large pushes have many of, are moved once.
fn writer(database: &Database) -> Result<Connection> {
    let writer = database.writer()?;
    writer.pragma_update(None, "wal_autocheckpoint", PAGES)?;
    Ok(writer)
}

/// What was done, and the count of transactions where anything was changed.
fn in_transaction<T>(
    writer: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> Result<T>,
) -> Result<(T, Option<i64>)> {
    let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let before = tx.total_changes();
    let done = work(&tx)?;
    let mut commits = None;
    if tx.total_changes() != before {
        let count = include_str!("sql/life_commit.sql");
        commits = Some(tx.prepare_cached(count)?.query_row([], first)?);
    }
    tx.commit()?;
    Ok((done, commits))
}

/// A thread that panicked left no half transaction: dropping it rolled back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
