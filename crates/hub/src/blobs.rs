//! Files by the BLAKE3 of their plain bytes. Stored means: encrypted, fsynced, renamed into place,
//! and only then its row committed.

use dossier::BlobHash;
use rusqlite::{Row, params};
use vault::Secret32;
use wire::protocol::RefusalCode;

use crate::error::{HubError, Result};
use crate::hello::Caller;
use crate::hub::Hub;
use crate::row::{maybe, signed, unsigned};

struct Kept {
    key: Secret32,
    size: u64,
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        key: Secret32::new(row.get("key")?),
        size: unsigned(row, "size")?,
    })
}

/// Stores a file whose bytes were compared with its name. The same file twice is harmless.
///
/// # Errors
/// Those of the disk and the database.
pub fn put(hub: &Hub, caller: &Caller, bytes: &[u8]) -> Result<()> {
    let it = hub.inner();
    let sealed = it.blobs.seal(bytes, it.entropy.as_ref())?;
    let now = hub.now().timestamp_millis();
    let added = it.store.write(|tx| {
        Ok(tx.execute(
            include_str!("sql/blob_add.sql"),
            params![
                sealed.hash,
                sealed.key.as_bytes(),
                signed(sealed.size),
                caller.device.as_bytes(),
                now
            ],
        )?)
    })?;
    if added == 0 {
        // Another request stored the same file meanwhile, under its own key.
        it.blobs.remove(&sealed.hash, &sealed.key)?;
    }
    Ok(())
}

/// The size of a file if it is here.
pub fn here(hub: &Hub, hash: &BlobHash) -> Result<Option<u64>> {
    Ok(find(hub, hash)?.map(|kept| kept.size))
}

/// A file's bytes, for a device that brought it or whose agency may see a dossier speaking of it.
///
/// # Errors
/// `NotFound`, also for a file that is here and none of the caller's business.
pub fn get(hub: &Hub, caller: &Caller, hash: &BlobHash) -> Result<Vec<u8>> {
    let it = hub.inner();
    let kept = it.store.read(|db| {
        let found = db
            .prepare_cached(include_str!("sql/blob_for.sql"))?
            .query_row(params![hash.as_bytes(), caller.device.as_bytes(), caller.agency], kept);
        maybe(found)
    })?;
    let kept = kept.ok_or_else(not_found)?;
    Ok(it.blobs.read(hash.as_bytes(), &kept.key)?)
}

fn find(hub: &Hub, hash: &BlobHash) -> Result<Option<Kept>> {
    hub.inner().store.read(|db| {
        maybe(
            db.prepare_cached(include_str!("sql/blob_find.sql"))?
                .query_row([hash.as_bytes()], kept),
        )
    })
}

const fn not_found() -> HubError {
    HubError::refused(RefusalCode::NotFound)
}
