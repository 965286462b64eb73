//! Projections of an accepted event: the dossier's row and its codes.

use std::collections::{BTreeMap, BTreeSet};

use dossier::code::DossierCode;
use dossier::fact::CodeKind;
use dossier::state::Business;
use dossier::{Dossier, DossierId, Event, Fact};
use rusqlite::{Transaction, params};

use super::task;
use crate::error::Result;

/// What the events of one push changed.
#[derive(Default)]
pub struct Changed {
    dossiers: BTreeSet<DossierId>,
    /// Codes in the order in which they were given.
    codes: Vec<(DossierId, DossierCode, CodeKind)>,
}

impl Changed {
    /// An accepted event of a dossier.
    pub fn note(&mut self, id: DossierId, event: Option<&Event>) {
        self.dossiers.insert(id);
        if let Some(Fact::CodeAssigned { code, kind, .. }) = event.map(|event| &event.fact) {
            self.codes.push((id, code.clone(), *kind));
        }
    }

    /// Brings the rows up to date, the dossiers before the codes that name them.
    pub fn project(&self, tx: &Transaction<'_>, all: &BTreeMap<DossierId, Option<Dossier>>, now: i64) -> Result<()> {
        let changed = self.dossiers.iter().filter_map(|id| all.get(id)?.as_ref());
        for dossier in changed {
            put_dossier(tx, dossier)?;
        }
        for (id, code, kind) in &self.codes {
            take_code(tx, code.as_str(), *kind, id, now)?;
        }
        Ok(())
    }
}

fn put_dossier(tx: &Transaction<'_>, dossier: &Dossier) -> Result<()> {
    let agencies = &dossier.registration.agencies;
    tx.prepare_cached(include_str!("../sql/dossier_put.sql"))?
        .execute(params![
            dossier.id.as_bytes(),
            dossier.code().map(|given| given.code.as_str()),
            dossier.registration.procedure.code,
            status(dossier.business),
            agencies.receives.as_str(),
            agencies.resolves.as_str(),
            dossier.holder.as_str(),
            dossier.registration.received_at.timestamp_millis(),
            dossier.registration.promise.due_at.timestamp_millis(),
        ])?;
    Ok(())
}

/// A code on two papers cannot be taken back: both stay, and a person is told.
fn take_code(tx: &Transaction<'_>, code: &str, kind: CodeKind, id: &DossierId, now: i64) -> Result<()> {
    let added = tx
        .prepare_cached(include_str!("../sql/code_add.sql"))?
        .execute(params![code, code_kind(kind), id.as_bytes()])?;
    if added == 0 {
        let other = tx
            .prepare_cached(include_str!("../sql/code_of_other.sql"))?
            .exists(params![code, id.as_bytes()])?;
        if other {
            task(tx, "CODE_CLASH", code, now)?;
        }
    }
    Ok(())
}

const fn code_kind(kind: CodeKind) -> &'static str {
    match kind {
        CodeKind::Official => "official",
        CodeKind::Temporary => "temporary",
        CodeKind::External => "external",
    }
}

const fn status(business: Business) -> &'static str {
    match business {
        Business::Received => "received",
        Business::Refused => "refused",
        Business::Processing => "processing",
        Business::SupplementRequested => "supplement_requested",
        Business::AwaitingPayment => "awaiting_payment",
        Business::Withdrawn => "withdrawn",
        Business::Stopped => "stopped",
        Business::Resolved => "resolved",
    }
}
