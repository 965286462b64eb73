//! Where the time comes from. Only the program's edge reads the PC's clock.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, Utc};

/// A source of the present moment.
pub trait Clock: Send + Sync {
    /// The present moment, UTC.
    fn now(&self) -> DateTime<Utc>;
}

impl<F: Fn() -> DateTime<Utc> + Send + Sync> Clock for F {
    fn now(&self) -> DateTime<Utc> {
        self()
    }
}

/// The day in Viet Nam: civil time is +07:00 all year, whatever the machine is set to.
pub fn civil_day(now: DateTime<Utc>) -> NaiveDate {
    FixedOffset::east_opt(7 * 3600).map_or_else(|| now.date_naive(), |zone| now.with_timezone(&zone).date_naive())
}

/// `count` days from `first`; empty when the calendar ends before.
pub fn days_from(first: NaiveDate, count: u32) -> Vec<NaiveDate> {
    (0..u64::from(count))
        .filter_map(|add| first.checked_add_days(Days::new(add)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_changes_at_seventeen_hours_utc() {
        let at = |text: &str| civil_day(text.parse::<DateTime<Utc>>().unwrap()).to_string();
        assert_eq!(at("2026-11-23T16:59:59Z"), "2026-11-23");
        assert_eq!(at("2026-11-23T17:00:00Z"), "2026-11-24");
    }
}
