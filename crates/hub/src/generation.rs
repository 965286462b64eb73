//! The hub's generation: a name that changes when the database went back in time, so that stations
//! send again what they believed was up here. It is kept in a file beside the database, because a
//! restored database would bring its own name back.
//!
//! File and database also count the server's starts and clean stops together. A database that
//! counts less than the file was restored from a backup, and the name is drawn anew.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use vault::Entropy;
use wire::envelope::hex;

use crate::error::{HubError, Result};
use crate::row::first;

const FILE: &str = "hub.generation";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    generation: String,
    starts: i64,
}

/// Counts a start and gives the generation's name.
pub fn begin(dir: &Path, db: &Connection, entropy: &dyn Entropy) -> Result<String> {
    let counted: i64 = db.query_row(include_str!("sql/life.sql"), [], first)?;
    let generation = match load(dir)? {
        // One more in the database: the machine stopped between the two writes of `count`.
        Some(kept) if counted.wrapping_sub(kept.starts) == 0 || counted.wrapping_sub(kept.starts) == 1 => {
            kept.generation
        }
        _ => draw(entropy)?,
    };
    count(dir, db, &generation)?;
    Ok(generation)
}

/// Counts a start or a clean stop: the database first, then the file.
pub fn count(dir: &Path, db: &Connection, generation: &str) -> Result<()> {
    let starts = db.query_row(include_str!("sql/life_count.sql"), [], first)?;
    let kept = Kept {
        generation: generation.to_owned(),
        starts,
    };
    Ok(vault::write_durably(dir, FILE, &serde_json::to_vec(&kept)?)?)
}

fn load(dir: &Path) -> Result<Option<Kept>> {
    match fs::read(dir.join(FILE)) {
        // A file nobody can read is as good as none: a new name costs one comparison per station.
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(HubError::io("read the generation")(error)),
    }
}

fn draw(entropy: &dyn Entropy) -> Result<String> {
    let mut random = [0; 16];
    entropy.fill(&mut random)?;
    Ok(hex(&random))
}
