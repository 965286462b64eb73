//! Linked procedures (liên thông): a common dossier and its parts. The citizen sees one dossier,
//! which is done when its slowest part is done; what was promised for each part stays its own.

#[cfg(test)]
mod tests;

use dossier::calendar::{civil, instant};
use dossier::deadline::{Due, Part, slowest};
use dossier::state::{Business, Dossier};
use dossier::{DossierId, Refused};
use rusqlite::Connection;

use crate::api::requests::LinkedTo;
use crate::api::responses::{LinkedGroup, LinkedPart};
use crate::api::status;
use crate::error::{ApiError, Code, Result};
use crate::intake::local;
use crate::log;
use crate::lookup;
use crate::station::Station;
use crate::store::sixteen;

/// The common dossier that a new part names. A part has no parts of its own.
///
/// # Errors
/// `NOT_A_CODE`, `AMBIGUOUS_CODE`, `UNKNOWN_DOSSIER`, `LINKED_TO_PART`; `REFUSED_BY_STATE` when the
/// common dossier has ended.
pub fn parent(station: &Station, connection: &Connection, asked: Option<&LinkedTo>) -> Result<Option<DossierId>> {
    let Some(asked) = asked else { return Ok(None) };
    let of = |error: ApiError| ApiError {
        field: Some("linked.parent".to_owned()),
        ..error
    };
    let code = lookup::read_code(station, &asked.parent).map_err(of)?;
    let id = lookup::by_code(connection, code.as_str())?.ok_or_else(|| of(ApiError::new(Code::UnknownDossier)))?;
    let parent = log::fold(connection, id)?.dossier;
    if parent.parent.is_some() {
        return Err(of(ApiError::new(Code::LinkedToPart)));
    }
    if !parent.business.is_open() {
        return Err(of(Refused::WrongState.into()));
    }
    Ok(Some(id))
}

/// The group a dossier belongs to, seen from its common dossier or from a part; none when it belongs
/// to none, or while the common dossier is not on this PC.
///
/// # Errors
/// When the database cannot be read.
pub fn group(connection: &Connection, dossier: &Dossier) -> Result<Option<LinkedGroup>> {
    let common = dossier.parent.unwrap_or(dossier.id);
    let ids = parts_of(connection, common)?;
    if ids.is_empty() {
        return Ok(None);
    }
    let mut members = Vec::new();
    for id in std::iter::once(common).chain(ids) {
        match log::fold(connection, id) {
            Ok(folded) => members.push(folded.dossier),
            // Its registration comes with a later page of what is pulled.
            Err(error) if id == common && error.code == Code::UnknownDossier => return Ok(None),
            Err(error) => return Err(error),
        }
    }
    Ok(told(&members))
}

fn parts_of(connection: &Connection, common: DossierId) -> Result<Vec<DossierId>> {
    let mut statement = connection.prepare_cached(include_str!("linked/parts.sql"))?;
    let ids = statement.query_map([common.as_bytes()], |row| row.get::<_, Vec<u8>>("id"))?;
    ids.map(|id| Ok(DossierId::from_bytes(sixteen(id?)?))).collect()
}

/// Each promise as it stands; the sentences of the slowest one explain the group's.
fn told(members: &[Dossier]) -> Option<LinkedGroup> {
    let held: Vec<&Dossier> = members.iter().filter(|one| !ended_without_result(one)).collect();
    let dues: Vec<Due> = held.iter().map(|one| promised(one)).collect();
    let named = held.iter().zip(&dues).map(|(one, due)| Part {
        name: &one.registration.procedure.name,
        due,
    });
    let of_group = slowest(&named.collect::<Vec<_>>())?;
    let decides = held.iter().zip(&dues).find(|(_, due)| due.due == of_group.due);
    let mut trace: Vec<String> = of_group.trace.iter().map(ToString::to_string).collect();
    trace.extend(
        decides
            .iter()
            .flat_map(|(one, _)| one.registration.promise.trace.clone()),
    );
    Some(LinkedGroup {
        due_at: local(instant(of_group.due)),
        trace,
        parts: members.iter().map(part).collect(),
    })
}

const fn ended_without_result(dossier: &Dossier) -> bool {
    matches!(
        dossier.business,
        Business::Withdrawn | Business::Stopped | Business::Refused
    )
}

/// The promise as counted once: its steps are sentences in the event by now.
fn promised(dossier: &Dossier) -> Due {
    Due {
        due: civil(dossier.registration.promise.due_at),
        trace: Vec::new(),
        days: Vec::new(),
    }
}

fn part(dossier: &Dossier) -> LinkedPart {
    LinkedPart {
        code: dossier.code().map(|given| given.code.to_string()).unwrap_or_default(),
        procedure_name: dossier.registration.procedure.name.clone(),
        due_at: local(dossier.registration.promise.due_at),
        status: status(dossier),
    }
}
