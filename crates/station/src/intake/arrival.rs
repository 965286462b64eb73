//! When a dossier was received: now by a clock that is judged first, or earlier where an officer
//! enters a receipt that was written by hand.

use chrono::{DateTime, Duration, Utc};
use dossier::calendar::civil;
use dossier::date::vn_day;
use dossier::registration::LateEntry;
use rusqlite::Connection;

use super::check;
use crate::error::{ApiError, Code, Result};
use crate::honest::{self, Evidence};
use crate::machine::Reading;
use crate::store::setting;

/// How far back a receipt may be entered: the hub leases numbers of past days a little longer.
const LATEST: Duration = Duration::days(30);

/// An instant of reception.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// When the dossier was received: the deadline counts from it, and the number is of its day.
    pub received_at: DateTime<Utc>,
    /// When it is entered.
    pub entered_at: DateTime<Utc>,
    /// What the clock of this PC shows, believed or not: the rules of that day are in force here.
    pub shown: DateTime<Utc>,
    /// The clock of this PC is not to be believed.
    pub doubtful: bool,
}

/// Judges the clock, and what was said of the reception.
///
/// # Errors
/// `INVALID_DATE`, `RECEIVED_LATER_THAN_NOW`, `RECEIVED_TOO_LONG_AGO`, each of `received_at`.
pub fn at(read: &Reading, connection: &Connection, evidence: &Evidence, said: Option<&str>) -> Result<Arrival> {
    let judged = honest::judge(evidence, read.now, read.moment.as_ref());
    let received_at = match said {
        None => judged.at,
        Some(said) => earlier(connection, said, judged.at)?,
    };
    Ok(Arrival {
        received_at,
        entered_at: judged.at,
        shown: read.now,
        doubtful: judged.doubtful,
    })
}

fn earlier(connection: &Connection, said: &str, now: DateTime<Utc>) -> Result<DateTime<Utc>> {
    let received = DateTime::parse_from_rfc3339(said)
        .map_err(|_| ApiError::of(Code::InvalidDate, "received_at"))?
        .to_utc();
    if received > now {
        return Err(ApiError::of(Code::ReceivedLaterThanNow, "received_at"));
    }
    let earliest = earliest(connection, now)?;
    if civil(received).date() < civil(earliest).date() {
        let day = vn_day(civil(earliest).date());
        return Err(ApiError::of(Code::ReceivedTooLongAgo, "received_at").with("earliest", day));
    }
    Ok(received)
}

/// Nothing was received before this counter was there.
fn earliest(connection: &Connection, now: DateTime<Utc>) -> Result<DateTime<Utc>> {
    let window = now.checked_sub_signed(LATEST).unwrap_or(now);
    let made = setting(connection, "created_at")?;
    let made = made.and_then(|text| DateTime::parse_from_rfc3339(&text).ok());
    Ok(made.map_or(window, |made| made.to_utc().max(window)))
}

/// The late entry a request asks for; both of its fields or neither.
///
/// # Errors
/// `REASON_REQUIRED`, `TOO_LONG`, `CONTROL_CHARACTER` of `late_reason`; `MISSING_FIELD` of `received_at`.
pub fn late(
    received_at: Option<&String>,
    reason: Option<&String>,
    entered_at: DateTime<Utc>,
) -> Result<Option<LateEntry>> {
    let reason = check::late_reason(reason)?;
    match (received_at, reason) {
        (None, None) => Ok(None),
        (Some(_), Some(reason)) => Ok(Some(LateEntry { entered_at, reason })),
        (Some(_), None) => Err(ApiError::of(Code::ReasonRequired, "late_reason")),
        (None, Some(_)) => Err(ApiError::of(Code::MissingField, "received_at")),
    }
}
