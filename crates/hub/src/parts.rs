//! Files on their way up: what has come of each is on the disk, sealed like everything else, and is
//! said to be there only after its fsync. When the last byte is there the whole is compared with its
//! name; until then nobody is told that the file is here.

use chrono::{DateTime, Utc};
use dossier::BlobHash;
use rusqlite::{Transaction, params};
use vault::{SealedBlob, Secret32};
use wire::protocol::{BlobPlace, MAX_BLOB_BYTES, RefusalCode};
use wire::sync::hub::{Part, Whole, part, whole};

use crate::blobs;
use crate::error::{HubError, Result};
use crate::hello::Caller;
use crate::hub::Hub;
use crate::row::{signed, unsigned};

/// Unfinished files of one device: what a scanner's day leaves at most, so that one broken PC does not
/// fill the disk of all.
const UNFINISHED: u64 = 512 << 20;
/// A file of which nothing came for so long is begun anew.
const KEPT_DAYS: i64 = 30;

/// Bytes of a file as they came.
#[derive(Debug, Clone, Copy)]
pub struct Arrived<'a> {
    /// Bytes of the whole file.
    pub size: u64,
    /// Number of the first of these bytes.
    pub from: u64,
    /// As many as came before the line broke, or all.
    pub bytes: &'a [u8],
}

struct Piece {
    hash: [u8; 32],
    key: Secret32,
}

/// How much of a file is here for this device to go on from.
///
/// # Errors
/// Those of the database.
pub fn place(hub: &Hub, caller: &Caller, hash: &BlobHash) -> Result<BlobPlace> {
    if let Some(size) = blobs::here(hub, hash)? {
        return Ok(told(hash, size, true));
    }
    let have = hub.inner().store.read(|db| have(db, caller, hash))?;
    Ok(told(hash, have, false))
}

/// Keeps what came and says how much is on the disk now.
///
/// # Errors
/// `WrongHash` when the file is whole and is not what its name says: its bytes are thrown away.
/// `TooLarge`, `BadMessage`, `ServerFull`.
pub fn append(hub: &Hub, caller: &Caller, hash: &BlobHash, arrived: Arrived<'_>) -> Result<BlobPlace> {
    if arrived.size > u64::try_from(MAX_BLOB_BYTES).unwrap_or(u64::MAX) {
        return Err(HubError::refused(RefusalCode::TooLarge));
    }
    let before = place(hub, caller, hash)?;
    if before.stored {
        return Ok(before);
    }
    let length = u64::try_from(arrived.bytes.len()).unwrap_or(u64::MAX);
    let skip = match part(before.offset, arrived.size, arrived.from, length) {
        Part::Keep { skip } => skip,
        Part::Elsewhere => return Ok(before),
        Part::Wrong => return Err(HubError::refused(RefusalCode::BadMessage)),
    };
    let new = usize::try_from(skip).ok().and_then(|skip| arrived.bytes.get(skip..));
    let new = new.unwrap_or_default();
    let have = before.offset.saturating_add(length.saturating_sub(skip));
    if have < arrived.size {
        keep(hub, caller, hash, before.offset, new)
    } else {
        finish(hub, caller, hash, arrived.size, new)
    }
}

fn keep(hub: &Hub, caller: &Caller, hash: &BlobHash, from: u64, bytes: &[u8]) -> Result<BlobPlace> {
    let it = hub.inner();
    if it.store.read(|db| unfinished(db, caller))? > UNFINISHED {
        return Err(HubError::refused(RefusalCode::ServerFull));
    }
    let sealed = it.blobs.seal(bytes, it.entropy.as_ref())?;
    let now = hub.now().timestamp_millis();
    let kept = it.store.write(|tx| {
        // Another request of the same device may have kept the same bytes meanwhile.
        if have(tx, caller, hash)? != from {
            return Ok(false);
        }
        add(tx, caller, hash, from, &sealed, now)?;
        Ok(true)
    });
    if !matches!(kept, Ok(true)) {
        it.blobs.remove(&sealed.hash, &sealed.key)?;
    }
    kept?;
    place(hub, caller, hash)
}

fn add(tx: &Transaction<'_>, caller: &Caller, hash: &BlobHash, from: u64, sealed: &SealedBlob, now: i64) -> Result<()> {
    tx.execute(
        include_str!("sql/part_add.sql"),
        params![
            caller.device.as_bytes(),
            hash.as_bytes(),
            signed(from),
            signed(sealed.size),
            sealed.hash,
            sealed.key.as_bytes(),
            now
        ],
    )?;
    Ok(())
}

/// All bytes are there: compared with the name, sealed as one, and only then said to be here.
fn finish(hub: &Hub, caller: &Caller, hash: &BlobHash, size: u64, last: &[u8]) -> Result<BlobPlace> {
    let it = hub.inner();
    let pieces = it.store.read(|db| pieces(db, caller, hash))?;
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    for piece in &pieces {
        bytes.extend(it.blobs.read(&piece.hash, &piece.key)?);
    }
    bytes.extend_from_slice(last);
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let found = whole(length, size, || blake3::hash(&bytes).as_bytes() == hash.as_bytes());
    let stored = match found {
        Whole::Right => Some(blobs::put(hub, caller, hash, &bytes)?),
        Whole::Spoilt | Whole::NotYet => None,
    };
    // After the file's own row: a power cut between leaves pieces of a file that is here, no hole.
    forget(hub, caller, hash, &pieces)?;
    match stored {
        Some(stored) => Ok(told(hash, stored.size, true)),
        None => Err(HubError::refused(RefusalCode::WrongHash)),
    }
}

fn forget(hub: &Hub, caller: &Caller, hash: &BlobHash, pieces: &[Piece]) -> Result<()> {
    let it = hub.inner();
    if pieces.is_empty() {
        return Ok(());
    }
    it.store.write(|tx| {
        let sql = include_str!("sql/part_end.sql");
        tx.execute(sql, params![caller.device.as_bytes(), hash.as_bytes()])?;
        Ok(())
    })?;
    for piece in pieces {
        it.blobs.remove(&piece.hash, &piece.key)?;
    }
    Ok(())
}

/// Forgets files nobody went on with; their pieces are removed with everything no row claims.
pub fn forget_old(tx: &Transaction<'_>, now: DateTime<Utc>) -> Result<()> {
    let before = now
        .checked_sub_signed(chrono::Duration::days(KEPT_DAYS))
        .unwrap_or(now)
        .timestamp_millis();
    tx.execute(include_str!("sql/part_old.sql"), [before])?;
    Ok(())
}

fn have(db: &Transaction<'_>, caller: &Caller, hash: &BlobHash) -> Result<u64> {
    Ok(db
        .prepare_cached(include_str!("sql/part_have.sql"))?
        .query_row(params![caller.device.as_bytes(), hash.as_bytes()], |row| {
            unsigned(row, "have")
        })?)
}

fn unfinished(db: &Transaction<'_>, caller: &Caller) -> Result<u64> {
    Ok(db
        .prepare_cached(include_str!("sql/part_unfinished.sql"))?
        .query_row([caller.device.as_bytes()], |row| unsigned(row, "bytes"))?)
}

fn pieces(db: &Transaction<'_>, caller: &Caller, hash: &BlobHash) -> Result<Vec<Piece>> {
    let mut statement = db.prepare_cached(include_str!("sql/part_all.sql"))?;
    let rows = statement.query_map(params![caller.device.as_bytes(), hash.as_bytes()], |row| {
        Ok(Piece {
            hash: row.get("part")?,
            key: Secret32::new(row.get("key")?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn told(hash: &BlobHash, offset: u64, stored: bool) -> BlobPlace {
    BlobPlace {
        blake3: hash.to_string(),
        offset,
        stored,
    }
}
