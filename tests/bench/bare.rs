//! What a commit costs on this disk when nothing else is done: one row in a database with the very
//! settings of the counter's (SQLCipher, write-ahead log, `synchronous=FULL`), and one in a plain
//! SQLite file, to show what encryption adds.

use std::path::Path;

use include_dir::{Dir, include_dir};
use rusqlite::Connection;
use vault::{Database, Secret32};

use crate::measure::{Spent, spend};
use crate::stop::{Outcome, While as _};

static TABLE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/bench/bare");

/// Two databases that know nothing.
pub struct Bare {
    sealed: Connection,
    plain: Connection,
    _database: Database,
}

impl Bare {
    /// New ones in this folder.
    pub fn open(folder: &Path) -> Outcome<Self> {
        let key = Secret32::try_from([0x99_u8; 32].as_slice()).doing("the bare key")?;
        let database = Database::open(folder, "bare.db", &key, &TABLE, "bench").doing("making the bare database")?;
        let plain = Connection::open(folder.join("plain.db")).doing("opening the plain database")?;
        plain
            .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE row (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;")
            .doing("making the plain database")?;
        Ok(Self {
            sealed: database.writer().doing("opening the bare database")?,
            plain,
            _database: database,
        })
    }

    /// One commit that writes about so many bytes, under the counter's settings.
    pub fn sealed(&self, written: u64) -> Outcome<Spent> {
        commit(&self.sealed, written)
    }

    /// The same in the plain file.
    pub fn plain(&self, written: u64) -> Outcome<Spent> {
        commit(&self.plain, written)
    }
}

/// A page of 4096 bytes is written with a frame header of 24; the leaf and the first page of the
/// file are written as well.
fn commit(connection: &Connection, written: u64) -> Outcome<Spent> {
    let pages = (written / 4_120).saturating_sub(2).max(1);
    let row = vec![0x5a_u8; usize::try_from(pages.saturating_mul(4_080)).doing("the bare row")?];
    let (done, spent) = spend(|| connection.execute("INSERT INTO row (bytes) VALUES (?1)", [row]));
    done.doing("the bare commit")?;
    Ok(spent)
}
