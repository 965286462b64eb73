//! Who is to be told of an event: every agency that may see its dossier, in the order of acceptance.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use dossier::code::AgencyCode;
use dossier::{Dossier, DossierId};
use rusqlite::{Connection, Transaction, params};

use crate::error::Result;
use crate::row::first;

/// Agencies that are told of the dossiers of a push, as far as it was asked for.
#[derive(Default)]
pub struct Told(BTreeMap<DossierId, BTreeSet<String>>);

impl Told {
    /// Tells everybody of one event. An agency that newly may see the dossier is told all of it, from the
    /// first event on.
    pub fn tell(&mut self, tx: &Transaction<'_>, id: DossierId, dossier: Option<&Dossier>, number: i64) -> Result<()> {
        let told = match self.0.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(slot) => slot.insert(interested(tx, &id)?),
        };
        let mut one = tx.prepare_cached(include_str!("../sql/deliver.sql"))?;
        for agency in told.iter() {
            one.execute(params![agency, number])?;
        }
        for agency in dossier.into_iter().flat_map(concerned) {
            if told.contains(agency.as_str()) {
                continue;
            }
            let joins = params![id.as_bytes(), agency.as_str()];
            tx.prepare_cached(include_str!("../sql/interest_add.sql"))?
                .execute(joins)?;
            tx.prepare_cached(include_str!("../sql/deliver_all.sql"))?
                .execute(joins)?;
            told.insert(agency.as_str().to_owned());
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
