//! Who is to be told of an event: every agency that may see its dossier, in the order of acceptance.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use dossier::code::AgencyCode;
use dossier::{Dossier, DossierId};
use rusqlite::{Connection, Transaction, params};

use crate::error::Result;
use crate::row::first;

/// Who is told of what in a push: written down at its end, by one statement for each agency.
#[derive(Default)]
pub struct Told {
    /// Agencies that may see a dossier, as far as it was asked for.
    interested: BTreeMap<DossierId, BTreeSet<String>>,
    /// By agency.
    waiting: BTreeMap<String, Waiting>,
}

/// What one agency is to be told.
#[derive(Default)]
struct Waiting {
    /// Acceptance numbers, in the order in which the agency is told.
    numbers: Vec<i64>,
    /// Those of them that change nothing and are older than the agency's interest.
    late: Vec<i64>,
}

impl Told {
    /// Everybody is to be told of an event. An agency that newly may see the dossier is told all of it, from
    /// the first event on.
    pub fn tell(&mut self, tx: &Transaction<'_>, id: DossierId, dossier: Option<&Dossier>, number: i64) -> Result<()> {
        let interested = match self.interested.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(slot) => slot.insert(interested(tx, &id)?),
        };
        for agency in interested.iter() {
            self.waiting.entry(agency.clone()).or_default().numbers.push(number);
        }
        for agency in dossier.into_iter().flat_map(concerned).map(AgencyCode::as_str) {
            if interested.contains(agency) {
                continue;
            }
            tx.prepare_cached(include_str!("../sql/interest_add.sql"))?
                .execute(params![id.as_bytes(), agency])?;
            // All of it, in front of what comes later in this push. Nothing of the dossier waits yet.
            let waiting = self.waiting.entry(agency.to_owned()).or_default();
            for (number, refused) in events(tx, &id)? {
                waiting.numbers.push(number);
                if refused {
                    waiting.late.push(number);
                }
            }
            interested.insert(agency.to_owned());
        }
        Ok(())
    }

    /// Writes it down.
    pub fn deliver(&mut self, tx: &Transaction<'_>) -> Result<()> {
        let mut statement = tx.prepare_cached(include_str!("../sql/deliver.sql"))?;
        for (agency, Waiting { numbers, late }) in std::mem::take(&mut self.waiting) {
            let (numbers, late) = (serde_json::to_string(&numbers)?, serde_json::to_string(&late)?);
            statement.execute(params![agency, numbers, late])?;
        }
        Ok(())
    }
}

fn interested(db: &Connection, id: &DossierId) -> Result<BTreeSet<String>> {
    let mut statement = db.prepare_cached(include_str!("../sql/interested.sql"))?;
    let rows = statement.query_map([id.as_bytes()], first)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Every event of a dossier in its order, and whether it changes nothing.
fn events(db: &Connection, id: &DossierId) -> Result<Vec<(i64, bool)>> {
    let mut statement = db.prepare_cached(include_str!("../sql/event_numbers.sql"))?;
    let rows = statement.query_map([id.as_bytes()], |row| Ok((row.get("number")?, row.get("refused")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Agencies that may see a dossier; one may be named twice.
fn concerned(dossier: &Dossier) -> impl Iterator<Item = &AgencyCode> {
    let agencies = &dossier.registration.agencies;
    let all = [
        Some(&agencies.receives),
        Some(&agencies.resolves),
        Some(&dossier.holder),
        agencies.helps.as_ref(),
    ];
    all.into_iter().flatten()
}
