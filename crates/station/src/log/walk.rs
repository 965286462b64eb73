//! Checking every byte of every chain: what `verify` does.

use dossier::DeviceId;
use rusqlite::Connection;
use wire::{Stream, first_prev};

use super::stored;
use crate::error::Result;
use crate::store::{sixteen, thirty_two};

/// What a walk over the chains found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChainReport {
    /// Records checked.
    pub records: u32,
    /// What does not fit, in words for the log of this PC.
    pub problems: Vec<String>,
}

struct Chain {
    row: i64,
    stream: Stream,
    start: [u8; 32],
    seq: i64,
    hash: [u8; 32],
}

/// Recomputes every hash of every own stream from the stored bytes. Any changed byte is found: a
/// header or digest breaks the chain, a salt or body its digest, a cut tail the stream's head.
///
/// # Errors
/// When the database cannot be read.
pub fn verify_chains(connection: &Connection) -> Result<ChainReport> {
    let mut report = ChainReport::default();
    for chain in chains(connection)? {
        walk(connection, &chain, &mut report)?;
    }
    Ok(report)
}

/// Streams this PC wrote. Records of others are checked one by one when they arrive.
fn chains(connection: &Connection) -> Result<Vec<Chain>> {
    let mut statement = connection.prepare(include_str!("own_streams.sql"))?;
    let mut rows = statement.query([])?;
    let mut chains = Vec::new();
    while let Some(row) = rows.next()? {
        let device = DeviceId::from_bytes(sixteen(row.get("device")?)?);
        let epoch = u32::try_from(row.get::<_, i64>("epoch")?).unwrap_or(0);
        chains.push(Chain {
            row: row.get("id")?,
            stream: Stream { device, epoch },
            start: first_prev(&thirty_two(row.get("public_key")?)?),
            seq: row.get("seq")?,
            hash: thirty_two(row.get("hash")?)?,
        });
    }
    Ok(chains)
}

fn walk(connection: &Connection, chain: &Chain, report: &mut ChainReport) -> Result<()> {
    let mut statement = connection.prepare(include_str!("records_in_order.sql"))?;
    let mut rows = statement.query([chain.row])?;
    let (mut prev, mut expected) = (chain.start, 1u64);
    while let Some(row) = rows.next()? {
        let (it, hash) = (stored(row)?, thirty_two(row.get("hash")?)?);
        let mut problem = |what: &str| {
            report
                .problems
                .push(format!("stream {} record {}: {what}", chain.row, it.record.seq))
        };
        if it.record.seq != expected {
            problem("out of order");
        }
        prev = it.record.hash(&chain.stream, &prev);
        if prev != hash {
            problem("the hash does not match");
        }
        if let Err(error) = it.record.event() {
            problem(&error.to_string());
        }
        expected = expected.saturating_add(1);
        report.records = report.records.saturating_add(1);
    }
    if prev != chain.hash || expected.checked_sub(1) != u64::try_from(chain.seq).ok() {
        report
            .problems
            .push(format!("stream {}: the end of the chain is missing", chain.row));
    }
    Ok(())
}
