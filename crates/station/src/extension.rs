//! The one extension of a promise, with its apology: written down at the latest a day before the
//! promise, to a later working day. What was promised first stays beside it for statistics.

use chrono::NaiveDate;
use dossier::Fact;
use dossier::calendar::civil;
use dossier::deadline;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::{ApiError, Code, Result};
use crate::officers::Signed;
use crate::promises::{self, NewPromise};
use crate::station::Station;

/// Apologise and promise another day. Once for a dossier.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ExtendRequest {
    /// Code of the dossier.
    pub code: String,
    /// The new day, `YYYY-MM-DD`; due at the end of its office hours.
    pub new_date: String,
    /// Why, as the apology says.
    pub reason: String,
}

/// Extends a promise.
///
/// # Errors
/// `UNKNOWN_DOSSIER`, `INVALID_DATE`, `REASON_REQUIRED`, `TOO_LONG`, `CONTROL_CHARACTER`,
/// `EXTENDED_ALREADY`, `REFUSED_BY_STATE`, `APOLOGY_TOO_LATE`, `DATE_NOT_LATER`, `DATE_IS_OFF`,
/// `YEAR_NOT_IN_CALENDAR`.
pub fn extend(station: &Station, actor: Option<&Signed>, request: &ExtendRequest) -> Result<NewPromise> {
    let day = NaiveDate::parse_from_str(request.new_date.trim(), "%Y-%m-%d")
        .map_err(|_| ApiError::of(Code::InvalidDate, "new_date"))?;
    let reason = promises::reason(&request.reason)?;
    let (agency, calendar) = (station.author()?.agency, station.calendar()?);
    let (before, after, _) = promises::change(station, actor, &request.code, |_, folded, now| {
        let promise = &folded.dossier.registration.promise;
        let fact = |promise| Fact::Extended {
            promise,
            reason: reason.clone(),
        };
        // Whether it was extended before the dossier knows, and its rule is the same as the count's.
        promises::allowed(&folded.dossier, &agency, fact(promise.clone()))?;
        let extended =
            deadline::extend(civil(promise.due_at), None, day, civil(now), &calendar).map_err(|error| ApiError {
                field: Some("new_date".to_owned()),
                ..error.into()
            })?;
        Ok(fact(promises::moved(promise, extended.due, &extended.trace, &calendar)))
    })?;
    Ok(NewPromise::told(
        &before.registration.promise,
        &after.registration.promise,
    ))
}
