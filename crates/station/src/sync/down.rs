//! Downwards: events of others about our dossiers, in the hub's order. Their bytes are kept as
//! they came; what this program cannot read is kept all the same and changes nothing.

use std::collections::BTreeSet;

use dossier::DossierId;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use wire::envelope::unhex;
use wire::protocol::{Ends, PullResponse, PulledEvent, StreamName};

use super::http::Hub;
use super::places::Run;
use crate::error::{ApiError, Code, Result};
use crate::log;
use crate::project;
use crate::station::Station;
use crate::store::{set_setting, setting};

const CURSOR: &str = "pull_after";
/// Set until everything was heard again from a hub that went back: what we wrote may stand in other
/// places there than we were told.
const OWN_TOO: &str = "pull_own_too";

/// Asks for everything again.
pub fn begin_again(transaction: &Transaction<'_>) -> Result<()> {
    set_setting(transaction, CURSOR, "0")?;
    set_setting(transaction, OWN_TOO, "1")
}

/// Where this counter is in the hub's order, and whether it hears of its own events too.
fn place(connection: &Connection) -> Result<(String, bool)> {
    let after = setting(connection, CURSOR)?.unwrap_or_else(|| "0".to_owned());
    let own = setting(connection, OWN_TOO)?.is_some_and(|wish| !wish.is_empty());
    Ok((after, own))
}

/// Pulls page after page, unless the hub's order is known to end where this counter is; the cursor moves in
/// the same transaction as what it passed.
pub fn pull_all(station: &Station, hub: &Hub, ends: Option<Ends>) -> Result<()> {
    loop {
        let (after, own) = station.store.read(place)?;
        if !own && ends.is_some_and(|ends| ends.events.to_string() == after) {
            return Ok(());
        }
        let own = if own { "&own=1" } else { "" };
        let page: PullResponse = hub.get(&format!("/v1/pull?after={after}&limit=500{own}"))?;
        station.store.write(|transaction| {
            keep(transaction, &page)?;
            if page.more {
                return Ok(());
            }
            set_setting(transaction, OWN_TOO, "")
        })?;
        if !page.more {
            return Ok(());
        }
    }
}

fn keep(transaction: &Transaction<'_>, page: &PullResponse) -> Result<()> {
    let mut touched = BTreeSet::new();
    for pulled in &page.events {
        touched.extend(keep_one(transaction, pulled)?);
    }
    for dossier in touched {
        // Where its registration comes with a later page, the events wait in the log.
        project::again(transaction, dossier)?;
    }
    set_setting(transaction, CURSOR, &page.next.to_string())
}

fn keep_one(transaction: &Transaction<'_>, pulled: &PulledEvent) -> Result<Option<DossierId>> {
    let wrong = |what: &str| ApiError::new(Code::HubRefused).with("reason", what);
    let event = log::read(&pulled.record).map_err(|_| wrong("a header cannot be read"))?;
    let stream = pulled.stream.stream().ok_or_else(|| wrong("a stream without a name"))?;
    let prev = unhex(&pulled.prev).ok_or_else(|| wrong("a hash is missing"))?;
    let hash = pulled.record.hash(&stream, &prev);
    let number = i64::try_from(pulled.number).map_err(|_| wrong("a number out of range"))?;
    let known = transaction
        .prepare_cached(include_str!("record_of_event.sql"))?
        .query_row([event.id.as_bytes()], known)
        .optional()?;
    let id = match known {
        Some(known) => {
            known.set_place(transaction, number)?;
            known.id
        }
        None => {
            let row = foreign_stream(transaction, &pulled.stream, &stream, &hash)?;
            log::insert(transaction, row, &pulled.record, &event, &hash, Some(number))?;
            let id = transaction.last_insert_rowid();
            project::project_beside(transaction, &event)?;
            id
        }
    };
    set_refused(transaction, id, pulled.refused.as_deref())?;
    Ok(event.dossier)
}

/// A record that is here already.
struct Known {
    id: i64,
    stream: i64,
    seq: i64,
    own: bool,
}

fn known(row: &Row<'_>) -> rusqlite::Result<Known> {
    Ok(Known {
        id: row.get("id")?,
        stream: row.get("stream")?,
        seq: row.get("seq")?,
        own: row.get("own")?,
    })
}

impl Known {
    /// Where the hub put it.
    fn set_place(&self, transaction: &Transaction<'_>, number: i64) -> Result<()> {
        if self.own {
            return Run::one(self.stream, self.seq, number)?.keep(transaction);
        }
        transaction
            .prepare_cached(include_str!("set_number.sql"))?
            .execute(params![self.id, number])?;
        Ok(())
    }
}

/// Why a record changes nothing up there, when it does not.
pub fn set_refused(transaction: &Transaction<'_>, record: i64, refused: Option<&str>) -> Result<()> {
    transaction
        .prepare_cached(include_str!("set_refused.sql"))?
        .execute(params![record, refused])?;
    Ok(())
}

/// The row of a stream written elsewhere: it has no key here, so nothing is ever appended to it.
fn foreign_stream(
    transaction: &Transaction<'_>,
    name: &StreamName,
    stream: &wire::Stream,
    hash: &[u8; 32],
) -> Result<i64> {
    transaction
        .prepare_cached(include_str!("foreign_stream.sql"))?
        .execute(params![stream.device.as_bytes(), name.epoch, hash])?;
    Ok(transaction
        .prepare_cached(include_str!("stream_row.sql"))?
        .query_row(params![stream.device.as_bytes(), name.epoch], |row| row.get("id"))?)
}
