//! A look into the database of an open program, past everything it says of itself.

use std::path::Path;

use include_dir::Dir;
use rusqlite::{Connection, Params, Row};
use vault::{Database, KeyRing, OsEntropy};

pub struct Eye {
    // Closed before the database it looks into.
    reader: Connection,
    _database: Database,
}

impl Eye {
    pub fn open((data, keys): (&Path, &Path), file: &str, migrations: &Dir<'static>) -> Self {
        let keys = KeyRing::open_or_create(data, keys, &OsEntropy).unwrap();
        let database = Database::open(data, file, keys.database_key(), migrations, "eye").unwrap();
        Self {
            reader: database.reader().unwrap(),
            _database: database,
        }
    }

    pub fn all<T>(&self, sql: &str, params: impl Params, read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Vec<T> {
        let mut statement = self.reader.prepare_cached(sql).unwrap();
        let rows = statement.query_map(params, read).unwrap();
        rows.collect::<rusqlite::Result<_>>().unwrap()
    }
}
