//! What the hub refused after the fact: both sides beside each other, and the officer's choice. Nothing
//! refused is ever dropped; a choice is an event like any other and goes up with the rest.

use dossier::fact::Settlement;
use dossier::{DossierId, Event, EventId, Fact};
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::api;
use crate::api::requests::Nothing;
use crate::api::responses::Status;
use crate::error::{ApiError, Code, Result};
use crate::intake::local;
use crate::log::{self, Folded};
use crate::officers::Signed;
use crate::project;
use crate::promises;
use crate::station::Station;
use crate::store::sixteen;

#[cfg(test)]
mod tests;

/// Deeds of the other side that are shown: what led to the refusal is the last of them.
const SHOWN: usize = 3;

/// One deed as people read it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DeedFacts {
    /// What was done.
    pub words: String,
    /// When, by the clock of the PC that did it.
    pub at: String,
    /// Who, when it was an officer of this PC.
    pub actor: Option<String>,
}

/// Something of ours that changes nothing above, and what holds instead.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Dispute {
    /// Event that was refused.
    pub event_id: String,
    /// Code of its dossier, if it has one here.
    pub code: Option<String>,
    /// Name of its applicant.
    pub applicant: Option<String>,
    /// Why, from the closed list of the transition table.
    pub reason: String,
    /// What was done here.
    pub ours: DeedFacts,
    /// What was accepted of the dossier, the newest last.
    pub above: Vec<DeedFacts>,
    /// What the dossier is by both sides' accepted events.
    pub status: Option<Status>,
    /// Whether it can be done once more as the dossier stands now.
    pub can_redo: bool,
}

/// All of them.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Disputes {
    /// The newest first.
    pub disputes: Vec<Dispute>,
}

/// What becomes of a refused event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Choice {
    /// What stands above holds.
    Above,
    /// Do it once more.
    Again,
}

/// Decide about one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DisputeSettleRequest {
    /// The event that was refused.
    pub event_id: String,
    /// What becomes of it.
    pub choice: Choice,
}

/// A refused event of ours that nobody has decided about.
struct Open {
    event: Event,
    dossier: Option<DossierId>,
    reason: String,
}

/// Everything nobody has decided about yet.
///
/// # Errors
/// When the database cannot be read.
pub fn disputes(station: &Station) -> Result<Disputes> {
    let agency = station.author()?.agency;
    station.store.read(|connection| {
        let officers = crate::officers::all(connection)?;
        let all = open(connection)?;
        let shown = all.iter().map(|one| dispute(connection, one, &officers, &agency));
        Ok(Disputes {
            disputes: shown.collect::<Result<_>>()?,
        })
    })
}

fn open(connection: &Connection) -> Result<Vec<Open>> {
    let mut statement = connection.prepare_cached(include_str!("disputes/refused.sql"))?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let dossier: Option<Vec<u8>> = row.get("dossier")?;
        found.push(Open {
            event: log::read(&log::stored(row)?.record)?,
            dossier: dossier.map(sixteen).transpose()?.map(DossierId::from_bytes),
            reason: row.get("refused")?,
        });
    }
    Ok(found)
}

fn dispute(
    connection: &Connection,
    open: &Open,
    officers: &[Signed],
    agency: &dossier::code::AgencyCode,
) -> Result<Dispute> {
    let folded = open.dossier.map(|id| folded(connection, id)).transpose()?.flatten();
    let dossier = folded.as_ref().map(|folded| &folded.dossier);
    Ok(Dispute {
        event_id: open.event.id.to_string(),
        code: dossier.and_then(|it| Some(it.code()?.code.to_string())),
        applicant: dossier.map(|it| it.registration.applicant.name.clone()),
        reason: open.reason.clone(),
        ours: deed(&open.event, officers),
        above: folded.as_ref().map_or_else(Vec::new, |it| accepted(it, officers)),
        status: dossier.map(api::status),
        can_redo: dossier.is_some_and(|it| can_redo(it, agency, &open.event.fact)),
    })
}

/// Nothing when its registration is not here.
fn folded(connection: &Connection, id: DossierId) -> Result<Option<Folded>> {
    match log::fold(connection, id) {
        Ok(folded) => Ok(Some(folded)),
        Err(error) if error.code == Code::UnknownDossier => Ok(None),
        Err(error) => Err(error),
    }
}

fn accepted(folded: &Folded, officers: &[Signed]) -> Vec<DeedFacts> {
    let counted = folded
        .events
        .iter()
        .filter(|(event, stored)| stored.refused.is_none() && stored.accepted.is_some() && is_deed(&event.fact));
    let mut last: Vec<&Event> = counted.map(|(event, _)| event).rev().take(SHOWN).collect();
    last.reverse();
    last.into_iter().map(|event| deed(event, officers)).collect()
}

fn deed(event: &Event, officers: &[Signed]) -> DeedFacts {
    let actor = event
        .actor
        .and_then(|id| officers.iter().find(|officer| officer.id == id));
    DeedFacts {
        words: api::words(&event.fact),
        at: local(event.at),
        actor: actor.map(|officer| officer.name.clone()),
    }
}

/// What moves a dossier; codes, papers printed, pages and notes explain no refusal.
const fn is_deed(fact: &Fact) -> bool {
    !matches!(
        fact,
        Fact::CodeAssigned { .. }
            | Fact::CodeVoided { .. }
            | Fact::FormIssued(_)
            | Fact::FormPrinted { .. }
            | Fact::PageAttached(_)
            | Fact::PageRemoved { .. }
            | Fact::PageRestored { .. }
            | Fact::PageMoved { .. }
            | Fact::NoteAdded { .. }
            | Fact::DisputeSettled { .. }
    )
}

/// Whether the dossier stands where it can be done once more.
fn can_redo(dossier: &dossier::Dossier, agency: &dossier::code::AgencyCode, fact: &Fact) -> bool {
    is_redone(fact) && promises::allowed(dossier, agency, fact.clone()).is_ok()
}

/// Only what an officer does by hand is done once more; a code, a form or a page has its own way. Money
/// that changed hands did so once, whatever the hub said of it: it is in the till already.
const fn is_redone(fact: &Fact) -> bool {
    is_deed(fact)
        && !matches!(
            fact,
            Fact::Registered(_)
                | Fact::PaymentReceived { .. }
                | Fact::PaymentRefunded { .. }
                | Fact::Unknown { .. }
                | Fact::BodyErased { .. }
        )
}

/// Writes the officer's choice down, and what was done once more.
///
/// # Errors
/// `UNKNOWN_DISPUTE` when nothing of that name is open; `REFUSED_BY_STATE` when it is nothing that is done
/// once more; what the state machine refuses.
pub fn settle(station: &Station, actor: Option<&Signed>, request: &DisputeSettleRequest) -> Result<Nothing> {
    let unknown = || ApiError::of(Code::UnknownDispute, "event_id");
    let id: EventId = request.event_id.parse().map_err(|_| unknown())?;
    let (author, now) = (station.author()?, station.now());
    station.store.write(|transaction| {
        let open = open(transaction)?.into_iter().find(|open| open.event.id == id);
        let open = open.ok_or_else(unknown)?;
        let choice = match request.choice {
            Choice::Above => Settlement::Above,
            Choice::Again => Settlement::Again,
        };
        let deed = station.deed(&author, actor, now);
        if choice == Settlement::Again {
            again(transaction, &deed, &open)?;
        }
        let settled = Fact::DisputeSettled { event: id, choice };
        let (event, _) = log::append(transaction, &deed, open.dossier, settled)?;
        project::project_beside(transaction, &event)?;
        Ok(Nothing {})
    })
}

fn again(transaction: &Transaction<'_>, deed: &log::Deed<'_>, open: &Open) -> Result<()> {
    let id = open.dossier.ok_or_else(|| ApiError::new(Code::UnknownDossier))?;
    if !is_redone(&open.event.fact) {
        return Err(ApiError::new(Code::RefusedByState));
    }
    let before = log::fold(transaction, id)?.dossier;
    let (after, _, seq) = log::append_to(transaction, deed, &before, open.event.fact.clone())?;
    project::project(transaction, &after, seq)
}
