//! The honest clock: whether the PC's date can be believed. A code contains the date, so a wrong one
//! makes a wrong code; and a citizen's deadline is counted from it.
//!
//! No clock is believed blindly. The PC's is compared with the last event, with the hub's clock as it
//! was heard, and with the time since the PC was started, which nobody can set. The hub's corrects
//! nothing: where the two disagree, codes are temporary until they agree again. A wrong clock never
//! keeps anybody from working, and never stops a signed record on its way.

mod judge;
#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, Utc};
use dossier::calendar::civil;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::error::{Result, internal};
use crate::log;
use crate::machine::Reading;
use crate::seal;
use crate::station::Station;
use crate::store::{set_setting, setting};
use judge::{FIRST_DAY, TOLERANCE, apart, nothing_new, stood_still, within};

pub use judge::{Evidence, Heard, Judged, judge};

/// What the hub's clock said, and what ours said then.
const HEARD: &str = "clock_heard";
/// The latest instant that is known to be past, milliseconds since 1970.
const FLOOR: &str = "clock_floor";

/// What this station knows of the time.
///
/// # Errors
/// When the database cannot be read.
pub fn evidence(connection: &Connection, stream: i64) -> Result<Evidence> {
    // What cannot be read any more is no evidence.
    let heard: Option<Heard> = setting(connection, HEARD)?.and_then(|text| serde_json::from_str(&text).ok());
    let last = last_event(connection, stream, heard.as_ref().map_or(0, |heard| heard.seq))?;
    // An event far from all talks was written under a wrong clock itself.
    let last = last.filter(|at| heard.as_ref().is_none_or(|heard| within(*at, heard.hub)));
    Ok(Evidence {
        past: floor(connection)?.max(last),
        heard,
    })
}

fn floor(connection: &Connection) -> Result<Option<DateTime<Utc>>> {
    let text = setting(connection, FLOOR)?;
    let millis = text.and_then(|text| text.parse().ok());
    Ok(millis.and_then(DateTime::from_timestamp_millis))
}

fn last_event(connection: &Connection, stream: i64, after: i64) -> Result<Option<DateTime<Utc>>> {
    let at: Option<i64> = connection
        .prepare_cached(include_str!("honest/last_at.sql"))?
        .query_row(params![stream, after], |row| row.get("at"))
        .optional()?;
    Ok(at.and_then(DateTime::from_timestamp_millis))
}

/// Remembers the latest day the clock proved.
///
/// # Errors
/// When the database cannot be written.
pub fn note(transaction: &Transaction<'_>, evidence: &Evidence, now: DateTime<Utc>, doubtful: bool) -> Result<()> {
    let proved = if doubtful { evidence.past } else { Some(now) };
    // Once a day: only the date counts.
    let day = |at: DateTime<Utc>| civil(at).date();
    if proved.map(day) > floor(transaction)?.map(day) {
        set_floor(transaction, proved)?;
    }
    Ok(())
}

fn set_floor(transaction: &Transaction<'_>, at: Option<DateTime<Utc>>) -> Result<()> {
    let millis = at.map(|at| at.timestamp_millis().to_string());
    set_setting(transaction, FLOOR, &millis.unwrap_or_default())
}

/// How the station's clock stands now.
///
/// # Errors
/// When the database cannot be read.
pub fn now(station: &Station) -> Result<Judged> {
    let (row, read) = (station.author()?.row, station.reading());
    let evidence = station.store.read(|connection| evidence(connection, row))?;
    Ok(judge(&evidence, read.now, read.moment.as_ref()))
}

/// Today, by the best that is known: a wrong clock asks for no numbers of a wrong day.
///
/// # Errors
/// When the database cannot be read.
pub fn today(station: &Station) -> Result<NaiveDate> {
    Ok(civil(now(station)?.at).date())
}

/// The hub said what time it is there. Where both agree, what was thought of the time before is
/// forgotten: a clock that was wrong and was set right must not be doubted for ever.
///
/// # Errors
/// When the database cannot be written.
pub fn heard(station: &Station, said: &str) -> Result<()> {
    let Some(hub) = DateTime::parse_from_rfc3339(said).ok().map(|at| at.to_utc()) else {
        return Ok(());
    };
    if hub.timestamp() < FIRST_DAY {
        return Ok(());
    }
    let (row, Reading { now, moment }) = (station.author()?.row, station.reading());
    let known = station.store.read(|connection| evidence(connection, row))?;
    if stood_still(&known, hub, moment.as_ref()) {
        seal::put_back(station)?;
    }
    if nothing_new(&known, hub, now, moment.as_ref()) {
        return Ok(());
    }
    station.store.write(|transaction| {
        let heard = Heard {
            hub,
            here: now,
            moment: moment.clone(),
            seq: log::position(transaction, row)?.seq,
        };
        set_setting(transaction, HEARD, &serde_json::to_string(&heard).map_err(internal)?)?;
        if apart(now, hub) <= TOLERANCE {
            set_floor(transaction, Some(now))?;
        }
        Ok(())
    })
}
