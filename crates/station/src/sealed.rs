//! A file between the disk and its row. It is sealed first and claimed by a row after, so a process
//! that dies in between leaves a file whose key nobody has. Each such file is marked while it is on
//! its way; the next start looks at the marks alone, however many files there are.

use std::fs::{read_dir, remove_file};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use vault::{BlobStore, SealedBlob, Secret32};
use wire::envelope::{hex, unhex};

use crate::error::{ApiError, Code, Result, internal};
use crate::station::Station;
use crate::store::{Store, thirty_two};
use crate::sync;

const MARKS: &str = "blobs/sealing";

/// A sealed file; removed again when this is dropped before [`Sealed::stay`].
pub struct Sealed<'a> {
    station: &'a Station,
    hash: [u8; 32],
    /// Nothing when a row claimed the same bytes before: they keep the key they have.
    blob: Option<SealedBlob>,
    mark: PathBuf,
    claimed: bool,
}

impl<'a> Sealed<'a> {
    /// Seals the bytes, unless they are kept already.
    ///
    /// # Errors
    /// `DISK_FULL`, `DISK_IO`.
    pub fn new(station: &'a Station, bytes: &[u8]) -> Result<Self> {
        let hash = *blake3::hash(bytes).as_bytes();
        let known = station.store.read(|connection| key(connection, &hash))?.is_some();
        let mut it = Self {
            station,
            hash,
            blob: None,
            mark: PathBuf::new(),
            claimed: false,
        };
        if !known {
            it.mark = mark(station, &hash)?;
            match station.blobs.seal(bytes, &*station.entropy) {
                Ok(blob) => it.blob = Some(blob),
                Err(error) => {
                    // It may lie there all the same: the mark stays.
                    it.mark = PathBuf::new();
                    return Err(error.into());
                }
            }
        }
        Ok(it)
    }

    /// Writes the row, in the transaction of the event that speaks of the file. False when another
    /// one of the same bytes came first.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn claim(&self, transaction: &Transaction<'_>) -> Result<bool> {
        let Some(blob) = &self.blob else { return Ok(false) };
        let size = i64::try_from(blob.size).map_err(internal)?;
        let claimed = transaction
            .prepare_cached(include_str!("sealed/claim.sql"))?
            .execute(params![blob.hash, blob.key.as_bytes(), size])?;
        sync::enqueue(transaction, &blob.hash, size)?;
        Ok(claimed == 1)
    }

    /// The transaction is over: with the row that claims it the file stays, else it goes. After a
    /// broken disk nobody knows which row there is, so file and mark stay for the next start.
    pub fn stay<T>(mut self, done: &Result<(T, bool)>) {
        match done {
            Ok((_, claimed)) => self.claimed = *claimed,
            Err(error) if matches!(error.code, Code::DiskIo | Code::DatabaseDamaged | Code::Internal) => {
                self.claimed = true;
                self.mark = PathBuf::new();
            }
            Err(_) => {}
        }
    }
}

impl Drop for Sealed<'_> {
    fn drop(&mut self) {
        // What cannot be removed now is removed at the next start, for which the mark stays.
        let gone = match &self.blob {
            Some(blob) if !self.claimed => self.station.blobs.remove(&self.hash, &blob.key).is_ok(),
            _ => true,
        };
        if gone && !self.mark.as_os_str().is_empty() {
            // Not synced: a mark that comes back after a power cut is looked at and removed again.
            drop(remove_file(&self.mark));
        }
    }
}

/// Marks a file as being on its way. The mark is durable before the file is begun: after a power cut
/// no file lies there that the next start does not look at. Only a page pays for it; a registration
/// keeps its receipt in the database and never comes here.
fn mark(station: &Station, hash: &[u8; 32]) -> Result<PathBuf> {
    // Two of the same bytes at once have a mark each.
    let mut random = [0; 4];
    station.entropy.fill(&mut random)?;
    let (marks, name) = (
        station.data_dir().join(MARKS),
        format!("{}.{}", hex(hash), hex(&random)),
    );
    vault::create_durably(&marks, &name)?;
    Ok(marks.join(name))
}

fn refused(error: std::io::Error) -> ApiError {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
            ApiError::new(Code::DiskFull).because(error)
        }
        _ => ApiError::new(Code::DiskIo).because(error),
    }
}

/// The key of a file that a row claims.
///
/// # Errors
/// When the database cannot be read.
pub fn key(connection: &Connection, hash: &[u8; 32]) -> Result<Option<Secret32>> {
    let key: Option<Vec<u8>> = connection
        .prepare_cached(include_str!("sealed/key.sql"))?
        .query_row([hash], |row| row.get("key"))
        .optional()?;
    key.map(|key| Ok(Secret32::new(thirty_two(key)?))).transpose()
}

/// Removes what a killed process left on its way. Called before anything seals.
///
/// # Errors
/// When the marks cannot be read or a file cannot be removed.
pub fn sweep(data: &Path, store: &Store, blobs: &BlobStore) -> Result<()> {
    let marks = data.join(MARKS);
    vault::create_private_dir(&marks)?;
    for entry in read_dir(&marks).map_err(refused)? {
        let entry = entry.map_err(refused)?;
        let name = entry.file_name();
        let hash = name
            .to_str()
            .and_then(|name| name.split('.').next())
            .and_then(unhex::<32>);
        if let Some(hash) = hash {
            let claimed = store.read(|connection| key(connection, &hash))?;
            blobs.remove_unclaimed_of(&hash, claimed.as_ref())?;
        }
        remove_file(entry.path()).map_err(refused)?;
    }
    Ok(())
}
