//! Who is to be told of an event: every agency that may see its dossier, in the order of acceptance.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use dossier::code::AgencyCode;
use dossier::{Dossier, DossierId};
use rusqlite::{Connection, Transaction, params};

use crate::error::Result;
use crate::row::first;

/// Who is told of what in a push. Mostly written down at its end, by one statement for each agency.
#[derive(Default)]
pub struct Told {
    /// Agencies that may see a dossier, as far as it was asked for.
    interested: BTreeMap<DossierId, BTreeSet<String>>,
    /// Acceptance numbers in their order.
    waiting: BTreeMap<String, Vec<i64>>,
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
            self.waiting.entry(agency.clone()).or_default().push(number);
        }
        for agency in dossier.into_iter().flat_map(concerned).map(AgencyCode::as_str) {
            if interested.contains(agency) {
                continue;
            }
            let joins = params![id.as_bytes(), agency];
            tx.prepare_cached(include_str!("../sql/interest_add.sql"))?
                .execute(joins)?;
            // At once: what comes later in this push is told behind it. Nothing of the dossier waits yet.
            tx.prepare_cached(include_str!("../sql/deliver_all.sql"))?
                .execute(joins)?;
            interested.insert(agency.to_owned());
        }
        Ok(())
    }

    /// Writes it down.
    pub fn deliver(&mut self, tx: &Transaction<'_>) -> Result<()> {
        let mut statement = tx.prepare_cached(include_str!("../sql/deliver.sql"))?;
        for (agency, numbers) in std::mem::take(&mut self.waiting) {
            statement.execute(params![agency, serde_json::to_string(&numbers)?])?;
        }
        Ok(())
    }
}

fn interested(db: &Connection, id: &DossierId) -> Result<BTreeSet<String>> {
    let mut statement = db.prepare_cached(include_str!("../sql/interested.sql"))?;
    let rows = statement.query_map([id.as_bytes()], first)?;
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
