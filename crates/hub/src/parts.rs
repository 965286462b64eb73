//! Files on their way up: what has come of each is on the disk, sealed like everything else, and is
//! said to be there only after its fsync. When the last byte is there the whole is compared with its
//! name; until then nobody is told that the file is here.

use chrono::{DateTime, Utc};
use dossier::BlobHash;
use rusqlite::{Row, Transaction, params};
use vault::{SealedBlob, Secret32, VaultError};
use wire::protocol::{BlobPlace, MAX_BLOB_BYTES, RefusalCode};
use wire::sync::hub::{Part, Whole, part, whole};

use crate::blobs;
use crate::clock::civil_day;
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
    size: u64,
}

fn piece(row: &Row<'_>) -> rusqlite::Result<Piece> {
    Ok(Piece {
        hash: row.get("part")?,
        key: Secret32::new(row.get("key")?),
        size: unsigned(row, "size")?,
    })
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
        finish(hub, caller, hash, before.offset, new)
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
    // After an error nobody knows whether the row is there: the next start removes the file if it is not.
    if !kept? {
        it.blobs.remove(&sealed.hash, &sealed.key)?;
    }
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

/// All bytes are there, `from` in pieces and `last`: compared with the name, sealed as one, and only then
/// said to be here.
fn finish(hub: &Hub, caller: &Caller, hash: &BlobHash, from: u64, last: &[u8]) -> Result<BlobPlace> {
    let read = |db: &Transaction<'_>| Ok((have(db, caller, hash)?, pieces(db, caller, hash)?));
    let (have, pieces) = hub.inner().store.read(read)?;
    if have != from {
        // Another request went on with it, or ended it, meanwhile.
        return place(hub, caller, hash);
    }
    let bytes = together(hub, (from, &pieces), last)?;
    let length = bytes.as_ref().map_or(0, Vec::len);
    let is_its_name = || {
        let found = bytes.as_ref().map(|bytes| blake3::hash(bytes));
        found.is_some_and(|found| found.as_bytes() == hash.as_bytes())
    };
    let size = u64::try_from(length).unwrap_or(u64::MAX);
    let stored = match (whole(size, size, is_its_name), &bytes) {
        (Whole::Right, Some(bytes)) => {
            blobs::put(hub, caller, bytes)?;
            true
        }
        // Its pieces are gone also when another request has just ended it.
        _ => blobs::here(hub, hash)?.is_some(),
    };
    // After the file's own row: a power cut between leaves pieces of a file that is here, no hole.
    forget(hub, caller, hash, &pieces)?;
    if stored {
        place(hub, caller, hash)
    } else {
        Err(HubError::refused(RefusalCode::WrongHash))
    }
}

/// The bytes of all pieces and of what came last; nothing when a piece is lost or damaged, as after a
/// database put back from a copy that knows pieces that are gone: then the file is begun anew.
fn together(hub: &Hub, (from, pieces): (u64, &[Piece]), last: &[u8]) -> Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    if pieces.iter().fold(0, |sum: u64, piece| sum.saturating_add(piece.size)) != from {
        return Ok(None);
    }
    for piece in pieces {
        match hub.inner().blobs.read(&piece.hash, &piece.key) {
            Ok(read) => bytes.extend(read),
            Err(VaultError::BlobMissing { .. } | VaultError::BlobDamaged { .. }) => return Ok(None),
            Err(other) => return Err(other.into()),
        }
    }
    bytes.extend_from_slice(last);
    Ok(Some(bytes))
}

/// Only what was read: what another request kept meanwhile is none of this one's business.
fn forget(hub: &Hub, caller: &Caller, hash: &BlobHash, pieces: &[Piece]) -> Result<()> {
    if pieces.is_empty() {
        return Ok(());
    }
    hub.inner().store.write(|tx| {
        let mut statement = tx.prepare_cached(include_str!("sql/part_end.sql"))?;
        for piece in pieces {
            statement.execute(params![caller.device.as_bytes(), hash.as_bytes(), piece.key.as_bytes()])?;
        }
        Ok(())
    })?;
    remove(hub, pieces)
}

fn remove(hub: &Hub, pieces: &[Piece]) -> Result<()> {
    for piece in pieces {
        hub.inner().blobs.remove(&piece.hash, &piece.key)?;
    }
    Ok(())
}

/// Forgets files nobody went on with, and pieces of files that are here. Of an opened hub
/// [`sweep`] removes them; before that they go with everything no row claims.
pub fn forget_old(tx: &Transaction<'_>, now: DateTime<Utc>) -> Result<()> {
    old(tx, now).map(drop)
}

/// The same once a day while the hub runs, with the files themselves.
///
/// # Errors
/// Those of the database and the disk; tried again the next day.
pub fn sweep(hub: &Hub) -> Result<()> {
    let now = hub.now();
    if !hub.is_new_day(civil_day(now)) {
        return Ok(());
    }
    let old = hub.inner().store.write(|tx| old(tx, now))?;
    remove(hub, &old)
}

fn old(tx: &Transaction<'_>, now: DateTime<Utc>) -> Result<Vec<Piece>> {
    let before = now
        .checked_sub_signed(chrono::Duration::days(KEPT_DAYS))
        .unwrap_or(now)
        .timestamp_millis();
    let mut statement = tx.prepare(include_str!("sql/part_old.sql"))?;
    let rows = statement.query_map([before], piece)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
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
    let rows = statement.query_map(params![caller.device.as_bytes(), hash.as_bytes()], piece)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn told(hash: &BlobHash, offset: u64, stored: bool) -> BlobPlace {
    BlobPlace {
        blake3: hash.to_string(),
        offset,
        stored,
    }
}
