//! The streams this PC wrote, as they lie here.

use dossier::DeviceId;
use rusqlite::{Connection, Row, params};
use wire::protocol::MAX_BATCH_RECORDS;
use wire::sync::{Chain, Hash, Position};
use wire::{Stream, first_prev};

use super::{places, up};
use crate::error::{ApiError, Result};
use crate::store::{damaged, sixteen, thirty_two};

/// A stream of this PC.
#[derive(Debug, Clone)]
pub struct OwnStream {
    /// Its row.
    pub row: i64,
    /// Its name.
    pub stream: Stream,
    /// Where it ends.
    pub head: Position,
    /// Up to where the hub last said to have it.
    pub durable: u64,
    /// The hash before its first record.
    pub start: Hash,
}

/// All of them, the one that is written to last.
pub fn own(connection: &Connection) -> Result<Vec<OwnStream>> {
    let mut statement = connection.prepare_cached(include_str!("own_streams.sql"))?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(own_stream(row)?);
    }
    Ok(found)
}

fn own_stream(row: &Row<'_>) -> Result<OwnStream> {
    let count = |column: &str| -> Result<u64> {
        u64::try_from(row.get::<_, i64>(column)?).map_err(|_| damaged("a stream counts below nothing"))
    };
    let epoch = u32::try_from(count("epoch")?).map_err(|_| damaged("an epoch is out of range"))?;
    Ok(OwnStream {
        row: row.get("id")?,
        stream: Stream {
            device: DeviceId::from_bytes(sixteen(row.get("device")?)?),
            epoch,
        },
        head: Position {
            seq: count("seq")?,
            hash: thirty_two(row.get("hash")?)?,
        },
        durable: count("durable_seq")?,
        start: first_prev(&thirty_two(row.get("public_key")?)?),
    })
}

impl OwnStream {
    /// The last record before the first one whose acceptance number is not known.
    pub fn numbered(&self, connection: &Connection) -> Result<u64> {
        // One broken talk may leave three batches without: two whose answers were lost, and the one before
        // them, whose answer was not written down yet.
        let batch = u64::try_from(MAX_BATCH_RECORDS).unwrap_or(1_000);
        let from = self.durable.saturating_sub(batch.saturating_mul(3));
        let first = places::first_unknown(connection, self.row, from)?;
        Ok(first.saturating_sub(1).min(self.head.seq))
    }
}

/// A stream as the machine reads it.
pub struct Copy<'a>(pub &'a OwnStream, pub &'a Connection);

impl Copy<'_> {
    /// The hash after a record that must be there.
    pub fn at(&self, seq: u64) -> Result<Hash> {
        self.hash_at(seq)?
            .ok_or_else(|| damaged("a record of an own stream is missing"))
    }
}

impl Chain for Copy<'_> {
    type Error = ApiError;

    fn head(&self) -> Position {
        self.0.head
    }

    fn hash_at(&self, seq: u64) -> Result<Option<Hash>> {
        if seq == 0 {
            return Ok(Some(self.0.start));
        }
        let mut statement = self.1.prepare_cached(include_str!("hash_at.sql"))?;
        let mut rows = statement.query(params![self.0.row, up::signed(seq)?])?;
        rows.next()?.map(|row| thirty_two(row.get("hash")?)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Caller, Opening, Station};

    #[test]
    fn three_batches_without_their_numbers_are_looked_for() {
        let folder = tempfile::tempdir().unwrap();
        let station = Station::open(&Opening::within(folder.path())).unwrap();
        let officer = json!({"name": "Nguyễn Thị Mẫu", "pin": "24680"});
        station.call(&Caller::Headless(None), "officer-add", officer).unwrap();
        let mut stream = station.store.read(own).unwrap().pop().unwrap();
        let found = |stream: &OwnStream| station.store.read(|connection| stream.numbered(connection)).unwrap();
        assert!(stream.head.seq > 0 && found(&stream) == 0);
        stream.durable = 3_000;
        assert_eq!(found(&stream), 0);
        stream.durable = 3_000 + stream.head.seq;
        assert_eq!(found(&stream), stream.head.seq, "further back nothing is looked for");
    }
}
