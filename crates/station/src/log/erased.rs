//! A body may be gone by law only: an `erased` event names it. One that is gone without such an
//! event was lost or taken, and a chain of hashes alone cannot tell (docs/adr/0002-envelope.md).

use std::collections::BTreeSet;

use dossier::{EventId, Fact};
use rusqlite::Connection;

use super::{Stored, stored};
use crate::error::Result;

#[cfg(test)]
mod tests;

/// What is wrong with bodies that are gone, in words for the log of this PC. Covers the records of
/// others too.
///
/// # Errors
/// When the database cannot be read.
pub fn verify_bodies(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare(include_str!("erased/bodies.sql"))?;
    let found: Vec<Stored> = statement.query_map([], stored)?.collect::<rusqlite::Result<_>>()?;
    let erased: BTreeSet<EventId> = found.iter().filter_map(target).collect();
    Ok(found.iter().filter_map(|it| problem(it, &erased)).collect())
}

/// What an `erased` event names; nothing when the fold refused it or its own body is gone.
fn target(it: &Stored) -> Option<EventId> {
    match it.record.event().ok()?.fact {
        Fact::Erased { target, .. } if it.refused.is_none() => Some(target),
        _ => None,
    }
}

fn problem(it: &Stored, erased: &BTreeSet<EventId>) -> Option<String> {
    let what = match (&it.record.salt, &it.record.body) {
        (Some(_), Some(_)) => return None,
        (None, None) if named(it, erased) => return None,
        (None, None) => "the body is missing and no event erased it",
        _ => "the body is half erased",
    };
    Some(format!("stream {} record {}: {what}", it.stream, it.record.seq))
}

fn named(it: &Stored, erased: &BTreeSet<EventId>) -> bool {
    let header = it.record.header();
    header.is_ok_and(|header| erased.contains(&header.event))
}
