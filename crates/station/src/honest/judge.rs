//! Judging a clock by what is known: no disk, no line, and no clock of its own.

use chrono::{DateTime, Duration, Utc};
use dossier::calendar::civil;
use serde::{Deserialize, Serialize};

use crate::machine::Moment;

/// Clocks further apart than this disagree (sync.md 2.9).
pub const TOLERANCE: Duration = Duration::hours(12);
/// A clock that is further from where it should be was set while the PC ran.
const JUMP: Duration = Duration::minutes(10);
/// Longest time a counter is thought to go without its hub.
const LONGEST_SILENCE: Duration = Duration::days(400);
/// Agencies of the codes' present form began on 1 July 2025, at midnight in Viet Nam: nothing was
/// received before that.
pub const FIRST_DAY: i64 = 1_751_302_800;
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

pub fn apart(a: DateTime<Utc>, b: DateTime<Utc>) -> Duration {
    a.signed_duration_since(b).abs()
}

/// Whether an instant can lie after a talk of that instant.
pub fn within(now: DateTime<Utc>, heard: DateTime<Utc>) -> bool {
    let since = now.signed_duration_since(heard);
    since >= -TOLERANCE && since <= LONGEST_SILENCE
}

/// Whether more time passed at the hub than on the clock nobody can set: the machine was put back to
/// an earlier state with its memory, or held. What it issued in the time it does not remember is out.
pub fn stood_still(known: &Evidence, hub: DateTime<Utc>, moment: Option<&Moment>) -> bool {
    let expected = known.heard.as_ref().and_then(|heard| expected(heard, moment));
    expected.is_some_and(|expected| hub.signed_duration_since(expected) > JUMP)
}

/// A talk a second would otherwise cost a commit each.
pub fn nothing_new(known: &Evidence, hub: DateTime<Utc>, now: DateTime<Utc>, moment: Option<&Moment>) -> bool {
    let near = |at: DateTime<Utc>| apart(at, hub) < JUMP;
    let told = known
        .heard
        .as_ref()
        .is_some_and(|heard| near(heard.hub) || expected(heard, moment).is_some_and(near));
    told && !judge(known, now, moment).doubtful && apart(now, hub) <= TOLERANCE
}
