//! The one request for a supplement (NĐ 118/2025/NĐ-CP Điều 11), and what its coming does to the
//! promise: as the version of the procedure says that the dossier was received under.

use chrono::{DateTime, Utc};
use dossier::calendar::{Calendar, civil};
use dossier::catalogue::Case;
use dossier::deadline::{Original, Wait, WaitReason, Waiting, after_waiting};
use dossier::registration::{Promise, Registration};
use dossier::state::Business;
use dossier::{Fact, Refused};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::api;
use crate::api::responses::Status;
use crate::api::shared::HandedIn;
use crate::catalogue;
use crate::error::{ApiError, Code, Result};
use crate::intake::{check, local, no_due_date};
use crate::log::Folded;
use crate::officers::Signed;
use crate::promises::{self, NewPromise};
use crate::station::Station;

/// Most things asked for at once.
const MOST: usize = 50;

/// Ask the citizen for what is missing. Once for a dossier.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct AskSupplementRequest {
    /// Code of the dossier.
    pub code: String,
    /// What is asked for, at least one line of up to 500 characters.
    pub items: Vec<String>,
    /// Why.
    pub reason: String,
}

/// A request that is on this PC's disk; the dossier waits.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SupplementAsked {
    /// From when the waiting counts.
    pub asked_at: String,
    /// What the dossier is now.
    pub status: Status,
}

/// What was asked for came.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct TakeSupplementRequest {
    /// Code of the dossier.
    pub code: String,
    /// Components as they came now; those not spoken of stay as they stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub components: Option<Vec<HandedIn>>,
}

/// Asks for a supplement.
///
/// # Errors
/// `UNKNOWN_DOSSIER`, `MISSING_FIELD`, `REASON_REQUIRED`, `TOO_LONG`, `CONTROL_CHARACTER`,
/// `SUPPLEMENT_ASKED_ALREADY`, `REFUSED_BY_STATE`.
pub fn ask(station: &Station, actor: Option<&Signed>, request: &AskSupplementRequest) -> Result<SupplementAsked> {
    let (items, reason) = (items(&request.items)?, promises::reason(&request.reason)?);
    let (_, after, now) = promises::change(station, actor, &request.code, |_, _, _| {
        Ok(Fact::SupplementRequested {
            items: items.clone(),
            reason: reason.clone(),
        })
    })?;
    Ok(SupplementAsked {
        asked_at: local(now),
        status: api::status(&after),
    })
}

fn items(asked: &[String]) -> Result<Vec<String>> {
    if asked.len() > MOST {
        return Err(ApiError::of(Code::TooLong, "items"));
    }
    let mut items = Vec::new();
    for item in asked {
        items.extend(promises::line("items", item)?);
    }
    if items.is_empty() {
        return Err(ApiError::of(Code::MissingField, "items"));
    }
    Ok(items)
}

/// Takes what was asked for, and promises anew. A second time is refused: the dossier waits no more.
///
/// # Errors
/// `UNKNOWN_DOSSIER`, `SUPPLEMENT_NOT_AWAITED`, `REFUSED_BY_STATE`, `UNKNOWN_COMPONENT`,
/// `INVALID_COUNT`, `CLOCK_IMPLAUSIBLE` when it is earlier here than it was when asked,
/// `YEAR_NOT_IN_CALENDAR`.
pub fn take(station: &Station, actor: Option<&Signed>, request: &TakeSupplementRequest) -> Result<NewPromise> {
    let (agency, calendar) = (station.author()?.agency, station.calendar()?);
    let asked = request.components.as_deref().unwrap_or_default();
    let (before, after, _) = promises::change(station, actor, &request.code, |connection, folded, now| {
        let registration = &folded.dossier.registration;
        let fact = |components, promise| Fact::SupplementReceived { components, promise };
        if folded.dossier.business != Business::SupplementRequested {
            return Err(ApiError::new(Code::SupplementNotAwaited).with("reason", Refused::WrongState.code()));
        }
        let as_it_stood = fact(registration.components.clone(), registration.promise.clone());
        promises::allowed(&folded.dossier, &agency, as_it_stood)?;
        let components = check::supplemented(&registration.components, asked)?;
        Ok(fact(components, promise(connection, folded, now, &calendar)?))
    })?;
    Ok(NewPromise::told(
        &before.registration.promise,
        &after.registration.promise,
    ))
}

fn promise(connection: &Connection, folded: &Folded, now: DateTime<Utc>, calendar: &Calendar) -> Result<Promise> {
    let registration = &folded.dossier.registration;
    let original = Original {
        received: civil(registration.received_at),
        limit: registration.promise.limit,
        due: civil(registration.promise.due_at),
    };
    let wait = Wait::new(civil(asked_at(folded)), civil(now), WaitReason::Supplement)
        .map_err(|error| ApiError::new(Code::ClockImplausible).because(error))?;
    let known = policy(connection, registration)?;
    let due = after_waiting(known.unwrap_or_default(), &original, &[wait], calendar).map_err(no_due_date)?;
    let mut promise = promises::moved(&registration.promise, due.due, &due.trace, calendar);
    if known.is_none() {
        promise
            .trace
            .insert(0, unknown_version(&registration.procedure.version));
    }
    Ok(promise)
}

/// When the request that counts was made.
fn asked_at(folded: &Folded) -> DateTime<Utc> {
    let asked = folded.events.iter().rev().find(|(event, stored)| {
        let refused = stored.refused.is_some() || folded.refused.iter().any(|(id, _)| *id == event.id);
        matches!(event.fact, Fact::SupplementRequested { .. }) && !refused
    });
    asked.map_or(folded.dossier.registration.received_at, |(event, _)| event.at)
}

/// What waiting does, as the version says that the dossier was received under. None when this PC does
/// not have that version or its case: the dossier was received elsewhere.
fn policy(connection: &Connection, registration: &Registration) -> Result<Option<Waiting>> {
    let reference = &registration.procedure;
    let procedure = catalogue::version(connection, &reference.code, &reference.version)?;
    let case = registration.case.as_ref().map(|(id, _)| id.as_str());
    let found: Option<&Case> = procedure.as_ref().and_then(|procedure| procedure.case(case));
    Ok(found.map(|case| case.waiting))
}

/// The rule of the decree holds where no procedure says otherwise; the citizen is told which was used.
fn unknown_version(version: &str) -> String {
    format!("Máy này chưa có bản {version} của thủ tục: tính theo quy định chung, lại từ đầu.")
}
