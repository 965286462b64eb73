//! Whether every byte of this station is as it was written.

use rusqlite::Connection;
use vault::Secret32;

use crate::api::responses::{ChainState, Verified};
use crate::error::{Code, Result};
use crate::log;
use crate::receipts;
use crate::station::Station;
use crate::store::thirty_two;

/// Most problems that are listed; the count of the rest helps nobody.
const MOST: usize = 50;

/// Recomputes every chain, looks for the event behind every missing body, reads every file and every
/// receipt against its hash.
///
/// # Errors
/// When the database cannot be read at all.
pub fn verify(station: &Station) -> Result<Verified> {
    let report = station.store.read(log::verify_chains)?;
    let mut problems = pages(station)?;
    problems.extend(report.problems);
    problems.extend(station.store.read(log::verify_bodies)?);
    let blobs = station.store.read(files)?;
    for (hash, key) in &blobs {
        if let Err(error) = station.blobs.read(hash, key) {
            problems.push(format!("file {}: {error}", wire::envelope::hex(hash)));
        }
    }
    let (dossiers, forms) = station
        .store
        .read(|connection| Ok((count(connection)?, bad_receipts(connection)?)))?;
    problems.extend(forms);
    problems.truncate(MOST);
    Ok(Verified {
        chain: if problems.is_empty() {
            ChainState::Ok
        } else {
            ChainState::Broken
        },
        dossiers,
        blobs: u32::try_from(blobs.len()).unwrap_or(u32::MAX),
        problems,
    })
}

/// Damage below the tables, also where no row is ever read.
fn pages(station: &Station) -> Result<Vec<String>> {
    match station.store.check() {
        Ok(()) => Ok(Vec::new()),
        Err(error) if error.code == Code::DatabaseDamaged => Ok(vec![format!("database: {error}")]),
        Err(other) => Err(other),
    }
}

fn files(connection: &Connection) -> Result<Vec<([u8; 32], Secret32)>> {
    let mut statement = connection.prepare(include_str!("verify/files.sql"))?;
    let rows = statement.query_map([], |row| {
        Ok((row.get::<_, Vec<u8>>("hash")?, row.get::<_, Vec<u8>>("key")?))
    })?;
    rows.map(|row| {
        let (hash, key) = row?;
        Ok((thirty_two(hash)?, Secret32::new(thirty_two(key)?)))
    })
    .collect()
}

fn count(connection: &Connection) -> Result<u32> {
    Ok(connection.query_row(include_str!("verify/dossiers.sql"), [], |row| row.get("n"))?)
}

fn bad_receipts(connection: &Connection) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let mut statement = connection.prepare(include_str!("verify/forms.sql"))?;
    let rows = statement.query_map([], |row| {
        Ok((row.get::<_, i64>("id")?, row.get::<_, Vec<u8>>("dossier")?))
    })?;
    for row in rows {
        let (id, dossier) = row?;
        let dossier = dossier::DossierId::from_bytes(crate::store::sixteen(dossier)?);
        if let Err(error) = receipts::stored(connection, dossier) {
            problems.push(format!("receipt {id}: {error}"));
        }
    }
    Ok(problems)
}
