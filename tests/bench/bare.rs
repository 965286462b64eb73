//! What a commit costs on this disk when nothing else is done: a plain SQLite file with the same
//! durability, one row of the same number of bytes.

use std::path::Path;

use rusqlite::Connection;

use crate::measure::{Spent, spend};
use crate::stop::{Outcome, While as _};

/// A database that knows nothing.
pub struct Bare(Connection);

impl Bare {
    /// A new one in this folder: no encryption, write-ahead log, `synchronous=FULL`.
    pub fn open(folder: &Path) -> Outcome<Self> {
        let path = folder.join("bare.db");
        let connection = Connection::open(&path).doing(format!("opening {}", path.display()))?;
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
                 CREATE TABLE row (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;",
            )
            .doing("making the bare database")?;
        Ok(Self(connection))
    }

    /// One commit of so many bytes.
    pub fn commit(&self, bytes: u32) -> Outcome<Spent> {
        let row = vec![0x5a_u8; usize::try_from(bytes).doing("the bare row")?];
        let (done, spent) = spend(|| self.0.execute("INSERT INTO row (bytes) VALUES (?1)", [row]));
        done.doing("the bare commit")?;
        Ok(spent)
    }
}
