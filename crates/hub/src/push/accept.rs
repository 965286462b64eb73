//! Storing new records: each gets its acceptance number; each event is applied once, whatever
//! stream carries it; what the state machine refuses is kept with its reason and blocks nothing.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use dossier::{BlobHash, Dossier, DossierId, Event};
use rusqlite::{Row, Transaction, params};
use wire::protocol::{Accepted, RefusedEvent};

use super::chain::Link;
use super::{project, task};
use crate::error::Result;
use crate::hello::{Caller, StreamRow};
use crate::row::{maybe, record, signed};

/// The body is of a shape this program does not know.
pub const UNREADABLE_BODY: &str = "UNREADABLE_BODY";
/// The event speaks for an agency its device does not belong to.
pub const OTHER_AGENCY: &str = "OTHER_AGENCY";

/// What one push brought, and the dossiers it touched.
#[derive(Default)]
pub struct Intake {
    pub accepted: Vec<Accepted>,
    pub refused: Vec<RefusedEvent>,
    pub wanted: BTreeSet<BlobHash>,
    dossiers: BTreeMap<DossierId, Option<Dossier>>,
}

/// Where an event already stands.
struct Standing {
    number: i64,
    refused: Option<String>,
}

fn standing(row: &Row<'_>) -> rusqlite::Result<Standing> {
    Ok(Standing {
        number: row.get("number")?,
        refused: row.get("refused")?,
    })
}

impl Intake {
    /// A record that was durable before this push.
    pub fn known(&mut self, tx: &Transaction<'_>, row: &StreamRow, link: &Link) -> Result<()> {
        let seq = signed(link.record.seq);
        let found = tx
            .prepare_cached(include_str!("../sql/event_at.sql"))?
            .query_row(params![row.id, seq], standing)?;
        self.answer(link, found);
        Ok(())
    }

    /// A new record.
    pub fn append(
        &mut self,
        tx: &Transaction<'_>,
        caller: &Caller,
        row: &StreamRow,
        link: &Link,
        now: i64,
    ) -> Result<()> {
        let twin = maybe(
            tx.prepare_cached(include_str!("../sql/event_twin.sql"))?
                .query_row([link.header.event.as_bytes()], standing),
        )?;
        if let Some(twin) = twin {
            insert(tx, row, link, &twin.refused, Some(twin.number), now)?;
            self.answer(link, twin);
            return Ok(());
        }
        let event = link.record.event().ok();
        let refused = self.judge(tx, caller, link, event.as_ref(), now)?;
        let number = insert(tx, row, link, &refused, None, now)?;
        if let Some(id) = link.header.dossier {
            let dossier = self.dossiers.get(&id).and_then(Option::as_ref);
            let changed = refused.is_none();
            project::project(tx, dossier.filter(|_| changed), event.as_ref(), now)?;
            project::deliver(tx, &id, dossier, number)?;
            mention(tx, &id, &link.header.blobs)?;
        }
        self.answer(link, Standing { number, refused });
        Ok(())
    }

    /// Folds the event into its dossier; the reason when that changes nothing.
    fn judge(
        &mut self,
        tx: &Transaction<'_>,
        caller: &Caller,
        link: &Link,
        event: Option<&Event>,
        now: i64,
    ) -> Result<Option<String>> {
        let Some(id) = link.header.dossier else { return Ok(None) };
        if let Entry::Vacant(slot) = self.dossiers.entry(id) {
            slot.insert(load(tx, &id, now)?);
        }
        let Some(event) = event else {
            return Ok(Some(UNREADABLE_BODY.to_owned()));
        };
        if event.agency.as_str() != caller.agency {
            return Ok(Some(OTHER_AGENCY.to_owned()));
        }
        let before = self.dossiers.get(&id).and_then(Option::as_ref);
        match dossier::apply::step(before, event) {
            Ok(after) => {
                self.dossiers.insert(id, Some(after));
                Ok(None)
            }
            Err(why) => Ok(Some(why.code().to_owned())),
        }
    }

    fn answer(&mut self, link: &Link, found: Standing) {
        let seq = link.record.seq;
        self.accepted.push(Accepted {
            seq,
            number: found.number.unsigned_abs(),
        });
        if let Some(reason) = found.refused {
            self.refused.push(RefusedEvent {
                event: link.header.event.to_string(),
                seq,
                reason,
            });
        }
        self.wanted.extend(&link.header.blobs);
    }

    /// Leaves only the files that are not up here yet.
    pub fn drop_stored_blobs(&mut self, tx: &Transaction<'_>) -> Result<()> {
        let mut statement = tx.prepare_cached(include_str!("../sql/blob_known.sql"))?;
        let mut missing = BTreeSet::new();
        for hash in &self.wanted {
            if !statement.exists([hash.as_bytes()])? {
                missing.insert(*hash);
            }
        }
        self.wanted = missing;
        Ok(())
    }
}

/// Stores the record under the next acceptance number.
fn insert(
    tx: &Transaction<'_>,
    row: &StreamRow,
    link: &Link,
    refused: &Option<String>,
    same_as: Option<i64>,
    now: i64,
) -> Result<i64> {
    let (record, header) = (&link.record, &link.header);
    let dossier = header.dossier.as_ref().map(DossierId::as_bytes);
    tx.prepare_cached(include_str!("../sql/event_add.sql"))?
        .execute(params![
            row.id,
            signed(record.seq),
            link.prev,
            link.hash,
            record.header,
            record.digest,
            record.salt,
            record.body,
            header.event.as_bytes(),
            dossier,
            header.kind,
            refused,
            same_as,
            now,
        ])?;
    Ok(tx.last_insert_rowid())
}

/// The dossier as its accepted events make it, in acceptance order.
fn load(tx: &Transaction<'_>, id: &DossierId, now: i64) -> Result<Option<Dossier>> {
    let mut statement = tx.prepare_cached(include_str!("../sql/dossier_events.sql"))?;
    let rows = statement.query_map([id.as_bytes()], record)?;
    let mut dossier = None;
    for row in rows {
        let folded = row?
            .event()
            .ok()
            .map(|event| dossier::apply::step(dossier.as_ref(), &event));
        match folded {
            Some(Ok(next)) => dossier = Some(next),
            // It was accepted once: the rules or the stored bytes changed since.
            Some(Err(_)) | None => task(tx, "FOLD_DIFFERS", &id.to_string(), now)?,
        }
    }
    Ok(dossier)
}

fn mention(tx: &Transaction<'_>, id: &DossierId, blobs: &[BlobHash]) -> Result<()> {
    let mut statement = tx.prepare_cached(include_str!("../sql/mention_add.sql"))?;
    for hash in blobs {
        statement.execute(params![hash.as_bytes(), id.as_bytes()])?;
    }
    Ok(())
}
