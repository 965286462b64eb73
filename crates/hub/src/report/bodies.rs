//! A body may be gone by law only: an `erased` event names it. One that is gone without such an
//! event was lost or taken, and a chain of hashes alone cannot tell (docs/adr/0002-envelope.md).

use std::collections::BTreeSet;

use dossier::{DeviceId, EventId, Fact};
use rusqlite::{Connection, Row};
use wire::Record;

use super::Problem;
use crate::error::Result;
use crate::row::{record, unsigned32};

struct Stored {
    record: Record,
    refused: bool,
    /// Device, epoch and number of the record.
    place: String,
}

/// Adds a finding for every body or salt that is gone without an erasure.
pub fn check(db: &Connection, broken: &mut Vec<Problem>) -> Result<()> {
    let mut statement = db.prepare(include_str!("../sql/bodies.sql"))?;
    let found: Vec<Stored> = statement.query_map([], stored)?.collect::<rusqlite::Result<_>>()?;
    let erased: BTreeSet<EventId> = found.iter().filter_map(target).collect();
    broken.extend(found.iter().filter_map(|it| problem(it, &erased)));
    Ok(())
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let record = record(row)?;
    let device = DeviceId::from_bytes(row.get("device")?);
    let place = format!("{device} {} {}", unsigned32(row, "epoch")?, record.seq);
    Ok(Stored {
        record,
        refused: row.get::<_, Option<String>>("refused")?.is_some(),
        place,
    })
}

/// What an `erased` event names; nothing when the fold refused it or its own body is gone.
fn target(it: &Stored) -> Option<EventId> {
    match it.record.event().ok()?.fact {
        Fact::Erased { target, .. } if !it.refused => Some(target),
        _ => None,
    }
}

fn problem(it: &Stored, erased: &BTreeSet<EventId>) -> Option<Problem> {
    let code = match (&it.record.salt, &it.record.body) {
        (Some(_), Some(_)) => return None,
        (None, None) if named(it, erased) => return None,
        (None, None) => "BODY_MISSING",
        _ => "BODY_HALF_ERASED",
    };
    Some(Problem::new(code, it.place.clone()))
}

fn named(it: &Stored, erased: &BTreeSet<EventId>) -> bool {
    let header = it.record.header();
    header.is_ok_and(|header| erased.contains(&header.event))
}
