//! What another edition of the calendar would mean: the days it treats otherwise, and the open
//! dossiers it would have promised otherwise. It changes nothing; what was promised stays promised.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use dossier::calendar::{Calendar, DayChange, civil, instant};
use dossier::deadline::{Open, Touched, touched};
use dossier::{Dossier, DossierId};
use rusqlite::Connection;

use super::calendar::{self, NATIONAL};
use super::exchange::text_of;
use crate::api::rules::{CalendarChange, CalendarCheckRequest, CalendarChecked, CalendarTouched};
use crate::error::{ApiError, Code, Result};
use crate::intake::local;
use crate::log;
use crate::station::Station;
use crate::store::sixteen;

/// Largest file of a calendar, in bytes: a year is about four kilobytes.
const MOST: usize = 1 << 20;

/// Looks at an edition, the national one when no key is said.
///
/// # Errors
/// `MISSING_FIELD` without path and text; `FILE_NOT_FOUND`, `FILE_NOT_READABLE`, `FILE_TOO_LARGE`;
/// `CALENDAR_UNREADABLE` with the line.
pub fn checked(station: &Station, request: &CalendarCheckRequest) -> Result<CalendarChecked> {
    let text = match (&request.text, &request.path) {
        (Some(text), _) => text.clone(),
        (None, Some(path)) => text_of(path, MOST)?,
        (None, None) => return Err(ApiError::of(Code::MissingField, "path")),
    };
    let key = request.key.as_deref().unwrap_or(NATIONAL);
    let today = civil(station.now()).date();
    station.store.read(|connection| {
        let (before, after) = calendar::both(connection, key, &calendar::data(&text), today)?;
        let changes = before.diff(&after);
        Ok(CalendarChecked {
            version: calendar::version_of(&text).unwrap_or_default().to_owned(),
            touched: touched_by(connection, (&before, &after), &changes)?,
            changes: changes.into_iter().map(change).collect(),
        })
    })
}

fn change(it: DayChange) -> CalendarChange {
    CalendarChange {
        date: it.date.to_string(),
        before: it.before,
        after: it.after,
        basis: it.basis,
    }
}

/// A promise that ends before the first changed day cannot be another.
fn touched_by(
    connection: &Connection,
    (before, after): (&Calendar, &Calendar),
    changes: &[DayChange],
) -> Result<Vec<CalendarTouched>> {
    let Some(first) = changes.iter().map(|change| change.date).min() else {
        return Ok(Vec::new());
    };
    let dossiers = open(connection, first)?;
    let promises: Vec<Open<usize>> = dossiers.iter().enumerate().map(promise).collect();
    let found = touched(before, after, &promises).into_iter();
    Ok(found.filter_map(|it| told(dossiers.get(it.0)?, it)).collect())
}

fn open(connection: &Connection, from: NaiveDate) -> Result<Vec<Dossier>> {
    let from = instant(from.and_time(NaiveTime::MIN)).timestamp_millis();
    let mut statement = connection.prepare_cached(include_str!("open.sql"))?;
    let ids = statement.query_map([from], |row| row.get::<_, Vec<u8>>("id"))?;
    ids.map(|id| Ok(log::fold(connection, DossierId::from_bytes(sixteen(id?)?))?.dossier))
        .collect()
}

fn promise((place, dossier): (usize, &Dossier)) -> Open<usize> {
    let registration = &dossier.registration;
    Open {
        id: place,
        received: civil(registration.received_at),
        limit: registration.promise.limit,
        due: civil(registration.promise.due_at),
    }
}

fn told(dossier: &Dossier, (_, would_be): Touched<usize>) -> Option<CalendarTouched> {
    let due: DateTime<Utc> = dossier.registration.promise.due_at;
    let why = would_be.as_ref().err().map(ToString::to_string);
    Some(CalendarTouched {
        code: dossier.code()?.code.to_string(),
        applicant_name: dossier.registration.applicant.name.clone(),
        due_at: local(due),
        would_be_due_at: would_be.ok().map(|due| local(instant(due))),
        why,
    })
}
