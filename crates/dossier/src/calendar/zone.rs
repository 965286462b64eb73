//! Civil time of Viet Nam: fixed +07:00, no summer time, never the zone of the PC.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

const OFFSET: TimeDelta = TimeDelta::hours(7);

/// The civil date and time of an instant.
pub fn civil(instant: DateTime<Utc>) -> NaiveDateTime {
    let utc = instant.naive_utc();
    // Only the last seven hours of chrono's range (year 262142) have no civil time.
    utc.checked_add_signed(OFFSET).unwrap_or(NaiveDateTime::MAX)
}

/// The instant of a civil date and time.
pub fn instant(civil: NaiveDateTime) -> DateTime<Utc> {
    civil.checked_sub_signed(OFFSET).unwrap_or(NaiveDateTime::MIN).and_utc()
}
