//! The database of a counter PC: one writer, read-only readers, one process.

use std::path::Path;
use std::sync::{Mutex, MutexGuard};

use include_dir::{Dir, include_dir};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use vault::{Database, Secret32, VaultError};

use crate::error::{ApiError, Code, Result, internal};

static MIGRATIONS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../migrations/station");

/// Readers kept open: the window asks for little at once.
const READERS: usize = 3;

/// The database.
pub struct Store {
    database: Database,
    writer: Mutex<Option<Connection>>,
    readers: Mutex<Vec<Connection>>,
}

impl Store {
    /// Opens the database of a data folder, migrating it forward.
    ///
    /// # Errors
    /// `DATABASE_NEWER`, `DATA_FOLDER_IN_USE`, `WRONG_KEY`, `DATABASE_DAMAGED`, `DISK_FULL`.
    pub fn open(dir: &Path, key: &Secret32, label: &str) -> Result<Self> {
        let database = Database::open(dir, "station.db", key, &MIGRATIONS, label)?;
        let writer = database.writer()?;
        Ok(Self {
            database,
            writer: Mutex::new(Some(writer)),
            readers: Mutex::new(Vec::new()),
        })
    }

    /// Runs one transaction: all of it is on disk when this returns, or none of it.
    ///
    /// # Errors
    /// Whatever `work` refuses, and `DISK_FULL` when there is no room even without the ballast.
    pub fn write<T>(&self, mut work: impl FnMut(&Transaction<'_>) -> Result<T>) -> Result<T> {
        match self.write_once(&mut work) {
            Err(error) if error.code == Code::DiskFull && self.database.ballast().release()? => {
                self.write_once(&mut work)
            }
            other => other,
        }
    }

    fn write_once<T>(&self, work: &mut impl FnMut(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let mut guard = lock(&self.writer)?;
        let mut connection = match guard.take() {
            Some(connection) => connection,
            None => self.database.writer()?,
        };
        let done = transact(&mut connection, work);
        // After a failed sync nothing about this handle can be trusted: the next write opens anew.
        if !matches!(&done, Err(error) if matches!(error.code, Code::DiskIo | Code::DatabaseDamaged)) {
            *guard = Some(connection);
        }
        done
    }

    /// Reads every page of the file and checks it against its seal.
    ///
    /// # Errors
    /// `DATABASE_DAMAGED` with the first finding.
    pub fn check(&self) -> Result<()> {
        match self.database.check() {
            Ok(()) => Ok(()),
            // A page read while it was written looks damaged: looked at again with writers held back.
            Err(_) => {
                let _quiet = lock(&self.writer)?;
                Ok(self.database.check()?)
            }
        }
    }

    /// Reads on a connection that cannot write.
    ///
    /// # Errors
    /// Whatever `work` refuses.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let idle = lock(&self.readers)?.pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.database.reader()?,
        };
        let done = work(&connection);
        let mut readers = lock(&self.readers)?;
        if readers.len() < READERS {
            readers.push(connection);
        }
        done
    }
}

fn transact<T>(connection: &mut Connection, work: &mut impl FnMut(&Transaction<'_>) -> Result<T>) -> Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = work(&transaction)?;
    transaction.commit()?;
    Ok(value)
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> Result<MutexGuard<'_, T>> {
    mutex
        .lock()
        .map_err(|_| internal("a thread panicked while it held this lock"))
}

/// A remembered value.
///
/// # Errors
/// When the database cannot be read.
pub fn setting(connection: &Connection, key: &str) -> Result<Option<String>> {
    Ok(connection
        .prepare_cached(include_str!("store/setting.sql"))?
        .query_row([key], |row| row.get("value"))
        .optional()?)
}

/// Remembers a value.
///
/// # Errors
/// When the database cannot be written.
pub fn set_setting(transaction: &Transaction<'_>, key: &str, value: &str) -> Result<()> {
    transaction
        .prepare_cached(include_str!("store/set_setting.sql"))?
        .execute([key, value])?;
    Ok(())
}

/// 16 bytes out of a column, or the database is damaged.
pub(crate) fn sixteen(bytes: Vec<u8>) -> Result<[u8; 16]> {
    bytes.try_into().map_err(|_| damaged("an identity is not 16 bytes"))
}

/// 32 bytes out of a column, or the database is damaged.
pub(crate) fn thirty_two(bytes: Vec<u8>) -> Result<[u8; 32]> {
    bytes.try_into().map_err(|_| damaged("a hash is not 32 bytes"))
}

pub(crate) fn damaged(what: &str) -> ApiError {
    VaultError::Damaged(what.to_owned()).into()
}
