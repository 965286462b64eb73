//! The honest clock: whether the PC's date can be believed. A code contains the date, so a wrong one
//! makes a wrong code; and a citizen's deadline is counted from it.
//!
//! No clock is believed blindly. The PC's is compared with the last event, with the hub's clock as it
//! was heard, and with the time since the PC was started, which nobody can set. The hub's corrects
//! nothing: where the two disagree, codes are temporary until they agree again. A wrong clock never
//! keeps anybody from working, and never stops a signed record on its way.

#[cfg(test)]
mod tests;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use dossier::calendar::civil;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

use crate::error::{Result, internal};
use crate::log;
use crate::machine::Moment;
use crate::seal;
use crate::station::Station;
use crate::store::{set_setting, setting};

/// Clocks further apart than this disagree (sync.md 2.9).
const TOLERANCE: Duration = Duration::hours(12);
/// A clock that is further from where it should be was set while the PC ran.
const JUMP: Duration = Duration::minutes(10);
/// Longest time a counter is thought to go without its hub.
const LONGEST_SILENCE: Duration = Duration::days(400);
/// Agencies of the codes' present form began on 1 July 2025, at midnight in Viet Nam: nothing was
/// received before that.
const FIRST_DAY: i64 = 1_751_302_800;
/// What the hub's clock said, and what ours said then.
const HEARD: &str = "clock_heard";
/// The latest instant that is known to be past, milliseconds since 1970.
const FLOOR: &str = "clock_floor";

/// The hub's clock as it was heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// Hub's instant.
    #[serde(with = "millis")]
    pub hub: DateTime<Utc>,
    /// This PC's instant then.
    #[serde(with = "millis")]
    pub here: DateTime<Utc>,
    /// The clock of this PC that nobody can set, then.
    pub moment: Option<Moment>,
    /// Last own record then; events up to it say nothing about the time any more.
    pub seq: i64,
}

/// Instants as milliseconds since 1970.
mod millis {
    use chrono::{DateTime, Utc};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(at: &DateTime<Utc>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i64(at.timestamp_millis())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime<Utc>, D::Error> {
        let millis = i64::deserialize(from)?;
        DateTime::from_timestamp_millis(millis).ok_or_else(|| D::Error::custom("no instant"))
    }
}

/// What is known of the time.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// What the hub said last.
    pub heard: Option<Heard>,
    /// Latest instant known to be past: of an event, or of a talk in which both clocks agreed.
    pub past: Option<DateTime<Utc>>,
}

/// A clock as judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// The instant to work with: the PC's own, or the best guess where that is not to be believed.
    pub at: DateTime<Utc>,
    /// The PC's own is not to be believed.
    pub doubtful: bool,
}

/// Judges an instant of the PC's clock.
#[must_use]
pub fn judge(evidence: &Evidence, now: DateTime<Utc>, moment: Option<&Moment>) -> Judged {
    let expected = evidence.heard.as_ref().and_then(|heard| expected(heard, moment));
    let went_on = |heard: &Heard, hub: DateTime<Utc>| goes_on(heard, hub, now);
    let before = |past: DateTime<Utc>| civil(now).date() < civil(past).date();
    let away = match (expected, &evidence.heard) {
        (Some(expected), Some(heard)) => !went_on(heard, expected),
        (None, Some(heard)) => !within(now, heard.hub),
        (_, None) => false,
    };
    let doubtful = now.timestamp() < FIRST_DAY || evidence.past.is_some_and(before) || away;
    let heard = evidence.heard.as_ref().map(|heard| heard.hub);
    let guess = expected.or_else(|| evidence.past.max(heard));
    Judged {
        at: if doubtful { guess.unwrap_or(now) } else { now },
        doubtful,
    }
}

/// What the clock should show: the hub's instant and the time since.
fn expected(heard: &Heard, moment: Option<&Moment>) -> Option<DateTime<Utc>> {
    let (then, now) = (heard.moment.as_ref()?, moment?);
    let since = now.uptime_ms.checked_sub(then.uptime_ms)?;
    let same = then.boot == now.boot && since >= 0;
    same.then(|| heard.hub.checked_add_signed(Duration::milliseconds(since)))?
}

/// Whether the clock went on as it did when the hub was heard, or was set right since. One that jumped
/// while the PC ran was set, or the PC was put back to an earlier state and went on from there.
fn goes_on(heard: &Heard, hub: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    let ahead = heard.here.signed_duration_since(heard.hub);
    let own = hub.checked_add_signed(ahead).filter(|_| ahead.abs() <= TOLERANCE);
    apart(now, hub) <= JUMP || own.is_some_and(|own| apart(now, own) <= JUMP)
}

fn apart(a: DateTime<Utc>, b: DateTime<Utc>) -> Duration {
    a.signed_duration_since(b).abs()
}

/// Whether an instant can lie after a talk of that instant.
fn within(now: DateTime<Utc>, heard: DateTime<Utc>) -> bool {
    let since = now.signed_duration_since(heard);
    since >= -TOLERANCE && since <= LONGEST_SILENCE
}

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
    let (row, now, moment) = (station.author()?.row, station.now(), station.machine.moment());
    let evidence = station.store.read(|connection| evidence(connection, row))?;
    Ok(judge(&evidence, now, moment.as_ref()))
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
    let (row, now, moment) = (station.author()?.row, station.now(), station.machine.moment());
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

/// Whether more time passed at the hub than on the clock nobody can set: the machine was put back to
/// an earlier state with its memory, or held. What it issued in the time it does not remember is out.
fn stood_still(known: &Evidence, hub: DateTime<Utc>, moment: Option<&Moment>) -> bool {
    let expected = known.heard.as_ref().and_then(|heard| expected(heard, moment));
    expected.is_some_and(|expected| hub.signed_duration_since(expected) > JUMP)
}

/// A talk a second would otherwise cost a commit each.
fn nothing_new(known: &Evidence, hub: DateTime<Utc>, now: DateTime<Utc>, moment: Option<&Moment>) -> bool {
    let near = |at: DateTime<Utc>| apart(at, hub) < Duration::minutes(10);
    let told = known
        .heard
        .as_ref()
        .is_some_and(|heard| near(heard.hub) || expected(heard, moment).is_some_and(near));
    told && !judge(known, now, moment).doubtful && apart(now, hub) <= TOLERANCE
}
