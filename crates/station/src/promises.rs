//! What moves a promise once it was printed: an officer's event, and nothing else. What the events
//! share stands here: the state machine is asked first, the new promise is told with its reason.

#[cfg(test)]
pub(crate) mod tests;

use chrono::{DateTime, Utc};
use dossier::calendar::{Calendar, civil, instant};
use dossier::code::AgencyCode;
use dossier::deadline::TraceStep;
use dossier::registration::Promise;
use dossier::{Dossier, Event, EventId, Fact};
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::api::responses::Action;
use crate::error::{ApiError, Code, Result};
use crate::intake::local;
use crate::log::{self, Folded};
use crate::lookup;
use crate::officers::Signed;
use crate::project;
use crate::station::Station;

/// Most characters of a reason or of one item.
const LINE: usize = 500;

/// A promise that an officer's event has set.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct NewPromise {
    /// When it is due now.
    pub due_at: String,
    /// The day of it, `YYYY-MM-DD`.
    pub due_date: String,
    /// When it was due before.
    pub due_before: String,
    /// Why, a sentence a step.
    pub trace: Vec<String>,
}

impl NewPromise {
    pub(crate) fn told(before: &Promise, after: &Promise) -> Self {
        Self {
            due_at: local(after.due_at),
            due_date: civil(after.due_at).date().to_string(),
            due_before: local(before.due_at),
            trace: after.trace.clone(),
        }
    }
}

/// A promise of the same limit, due at another time.
pub(crate) fn moved(before: &Promise, due: chrono::NaiveDateTime, trace: &[TraceStep], calendar: &Calendar) -> Promise {
    Promise {
        limit: before.limit,
        due_at: instant(due),
        trace: trace.iter().map(ToString::to_string).collect(),
        calendar: calendar.version().to_owned(),
    }
}

/// Adds what an officer did to a dossier. `decide` sees the dossier as it is in this transaction, and
/// `now`, read once. Answered is the dossier before and after.
///
/// # Errors
/// `UNKNOWN_DOSSIER`, what `decide` refuses, and what the state machine refuses.
pub(crate) fn change(
    station: &Station,
    actor: Option<&Signed>,
    code: &str,
    decide: impl Fn(&Transaction<'_>, &Folded, DateTime<Utc>) -> Result<Fact>,
) -> Result<(Dossier, Dossier, DateTime<Utc>)> {
    let id = lookup::dossier_id(station, code)?;
    let (author, now) = (station.author()?, station.now());
    station.store.write(|transaction| {
        let folded = log::fold(transaction, id)?;
        let fact = decide(transaction, &folded, now)?;
        let deed = station.deed(&author, actor, now);
        let (after, _, seq) = log::append_to(transaction, &deed, &folded.dossier, fact)?;
        project::project(transaction, &after, seq)?;
        Ok((folded.dossier, after, now))
    })
}

/// What the state machine says to an event before anything is counted for it: a dossier that ended
/// has no date to speak of.
pub(crate) fn allowed(before: &Dossier, agency: &AgencyCode, fact: Fact) -> Result<()> {
    let event = Event {
        id: EventId::from_bytes([0; 16]),
        dossier: Some(before.id),
        at: before.registration.received_at,
        actor: None,
        agency: agency.clone(),
        fact,
    };
    dossier::apply(before, &event)?;
    Ok(())
}

/// What may be done to a dossier at this agency, as the state machine says.
pub(crate) fn can(dossier: &Dossier, agency: &AgencyCode) -> Vec<Action> {
    let promise = dossier.registration.promise.clone();
    let asked = Fact::SupplementRequested {
        items: Vec::new(),
        reason: String::new(),
    };
    let came = Fact::SupplementReceived {
        components: dossier.registration.components.clone(),
        promise: promise.clone(),
    };
    let extended = Fact::Extended {
        promise,
        reason: String::new(),
    };
    [
        (Action::AskSupplement, asked),
        (Action::TakeSupplement, came),
        (Action::Extend, extended),
    ]
    .into_iter()
    .filter(|(_, fact)| allowed(dossier, agency, fact.clone()).is_ok())
    .map(|(action, _)| action)
    .collect()
}

/// A reason as written down.
///
/// # Errors
/// `REASON_REQUIRED`, `CONTROL_CHARACTER`, `TOO_LONG`.
pub(crate) fn reason(text: &str) -> Result<String> {
    line("reason", text)?.ok_or_else(|| ApiError::of(Code::ReasonRequired, "reason"))
}

/// One line of text, none when it is blank.
///
/// # Errors
/// `CONTROL_CHARACTER`, `TOO_LONG`.
pub(crate) fn line(field: &'static str, text: &str) -> Result<Option<String>> {
    dossier::text::optional(field, text, LINE).map_err(|error| ApiError {
        field: Some(field.to_owned()),
        ..error.into()
    })
}
