//! Storing new records: each gets its acceptance number; each event is applied once, whatever
//! stream carries it; what the state machine refuses is kept with its reason and blocks nothing.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use dossier::{BlobHash, Dossier, DossierId};
use rusqlite::{CachedStatement, Row, Transaction, params};
use wire::Head;
use wire::protocol::{Accepted, RefusedEvent};
use wire::sync::hub::{Log, Placed};
use wire::sync::{Chain, Hash, Position};

use super::chain::Link;
use super::project::Changed;
use super::task;
use super::told::Told;
use crate::error::{HubError, Result};
use crate::hello::{Caller, StreamRow};
use crate::row::{maybe, record, signed, unsigned};

/// The body is of a shape this program does not know.
pub const UNREADABLE_BODY: &str = "UNREADABLE_BODY";
/// The event speaks for an agency its device does not belong to.
pub const OTHER_AGENCY: &str = "OTHER_AGENCY";

/// The hub's copy of a stream while a push changes it, and the dossiers it touches.
pub struct Intake<'a> {
    tx: &'a Transaction<'a>,
    caller: &'a Caller,
    row: &'a StreamRow,
    head: &'a Head,
    now: i64,
    /// Hash behind the last stored record.
    before: Hash,
    dossiers: BTreeMap<DossierId, Option<Dossier>>,
    /// What a projection does not show yet: the last state of a dossier is enough for all its events.
    changed: Changed,
    told: Told,
    // Asked for every record: not looked for anew each time.
    add: CachedStatement<'a>,
    twin: CachedStatement<'a>,
}

fn placed(row: &Row<'_>) -> rusqlite::Result<Placed<String>> {
    Ok(Placed {
        number: unsigned(row, "number")?,
        refused: row.get("refused")?,
    })
}

impl Chain for Intake<'_> {
    type Error = HubError;

    fn head(&self) -> Position {
        self.row.head
    }

    fn hash_at(&self, seq: u64) -> Result<Option<Hash>> {
        self.row.hash_at(self.tx, seq)
    }
}

impl Log for Intake<'_> {
    type Record = Link;
    type Reason = String;

    fn standing(&mut self, link: &Link) -> Result<Placed<String>> {
        let mut statement = self.tx.prepare_cached(include_str!("../sql/event_at.sql"))?;
        Ok(statement.query_row(params![self.row.id, signed(link.record.seq)], placed)?)
    }

    fn twin(&mut self, link: &Link) -> Result<Option<Placed<String>>> {
        maybe(self.twin.query_row([link.header.event.as_bytes()], placed))
    }

    fn judge(&mut self, link: &Link) -> Result<Option<String>> {
        self.fold(link)
    }

    fn store(&mut self, link: &Link, hash: &Hash, refused: Option<String>) -> Result<Placed<String>> {
        let number = self.insert(link, hash, refused.as_deref(), None)?;
        if let Some(id) = link.header.dossier {
            let dossier = self.dossiers.get(&id).and_then(Option::as_ref);
            if refused.is_none() && dossier.is_some() {
                self.changed.note(id, link.event.as_ref());
            }
            self.told.tell(self.tx, id, dossier, signed(number))?;
            mention(self.tx, &id, &link.header.blobs)?;
        }
        Ok(Placed { number, refused })
    }

    fn repeat(&mut self, link: &Link, hash: &Hash, twin: Placed<String>) -> Result<Placed<String>> {
        self.insert(link, hash, twin.refused.as_deref(), Some(twin.number))?;
        Ok(twin)
    }

    fn advance(&mut self, head: Position) -> Result<()> {
        self.changed.project(self.tx, &self.dossiers, self.now)?;
        self.told.deliver(self.tx)?;
        let advance = params![self.row.id, signed(head.seq), head.hash, self.head.signature];
        self.tx.execute(include_str!("../sql/stream_advance.sql"), advance)?;
        Ok(())
    }
}

impl<'a> Intake<'a> {
    /// A push about to be taken in.
    ///
    /// # Errors
    /// Those of the database.
    pub fn new(
        tx: &'a Transaction<'a>,
        caller: &'a Caller,
        row: &'a StreamRow,
        head: &'a Head,
        now: i64,
    ) -> Result<Self> {
        Ok(Self {
            tx,
            caller,
            row,
            head,
            now,
            before: row.head.hash,
            dossiers: BTreeMap::new(),
            changed: Changed::default(),
            told: Told::default(),
            add: tx.prepare_cached(include_str!("../sql/event_add.sql"))?,
            twin: tx.prepare_cached(include_str!("../sql/event_twin.sql"))?,
        })
    }

    /// Folds the event into its dossier; the reason when that changes nothing.
    fn fold(&mut self, link: &Link) -> Result<Option<String>> {
        let Some(id) = link.header.dossier else { return Ok(None) };
        if let Entry::Vacant(slot) = self.dossiers.entry(id) {
            slot.insert(load(self.tx, &id, self.now)?);
        }
        let Some(event) = &link.event else {
            return Ok(Some(UNREADABLE_BODY.to_owned()));
        };
        if event.agency.as_str() != self.caller.agency {
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

    /// Stores the record under the next acceptance number, its bytes as they came.
    fn insert(&mut self, link: &Link, hash: &Hash, refused: Option<&str>, same_as: Option<u64>) -> Result<u64> {
        let (record, header) = (&link.record, &link.header);
        let dossier = header.dossier.as_ref().map(DossierId::as_bytes);
        self.add.execute(params![
            self.row.id,
            signed(record.seq),
            self.before,
            hash,
            record.header,
            record.digest,
            record.salt,
            record.body,
            header.event.as_bytes(),
            dossier,
            header.kind,
            refused,
            same_as.map(signed),
            self.now,
        ])?;
        self.before = *hash;
        Ok(self.tx.last_insert_rowid().unsigned_abs())
    }
}

/// What a push is answered with.
#[derive(Default)]
pub struct Answers {
    pub accepted: Vec<Accepted>,
    pub refused: Vec<RefusedEvent>,
    pub wanted: BTreeSet<BlobHash>,
}

impl Answers {
    /// Where each record stands, and which of their files are not up here yet.
    pub fn of(tx: &Transaction<'_>, links: &[(Link, Hash)], placed: Vec<Placed<String>>) -> Result<Self> {
        let mut answers = Self::default();
        for ((link, _), placed) in links.iter().zip(placed) {
            answers.add(link, placed);
        }
        answers.drop_stored_blobs(tx)?;
        Ok(answers)
    }

    fn add(&mut self, link: &Link, found: Placed<String>) {
        let (seq, number) = (link.record.seq, found.number);
        self.accepted.push(Accepted { seq, number });
        if let Some(reason) = found.refused {
            let event = link.header.event.to_string();
            self.refused.push(RefusedEvent { event, seq, reason });
        }
        self.wanted.extend(&link.header.blobs);
    }

    /// Leaves only the files that are not up here yet.
    fn drop_stored_blobs(&mut self, tx: &Transaction<'_>) -> Result<()> {
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
