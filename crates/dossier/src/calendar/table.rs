//! The days of the edition worked out once, so that counting a deadline looks days up instead of
//! deciding each of them again: a deadline must cost microseconds while somebody waits.

use super::entry::{Entry, EntryKind};
use super::office::{Period, in_force};
use chrono::{Datelike, NaiveDate, Weekday};
use std::{collections::BTreeMap, ops::RangeInclusive};

/// What a day is, without its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Working,
    SwapWorking,
    Weekend,
    Off,
}

/// One day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub kind: Kind,
    /// Place of its hours among the periods.
    pub hours: usize,
}

/// Every day of the years, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    first: NaiveDate,
    slots: Vec<Slot>,
}

impl Table {
    /// None when some day of the years has no office hours.
    pub(super) fn build(
        years: &RangeInclusive<i32>,
        entries: &BTreeMap<NaiveDate, Entry>,
        periods: &[Period],
    ) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(*years.start(), 1, 1)?;
        let days = first.iter_days().take_while(|date| years.contains(&date.year()));
        let slot = |date| {
            let hours = in_force(periods, date)?;
            let kind = kind(date, entries.get(&date));
            Some(Slot { kind, hours })
        };
        let slots: Option<Vec<Slot>> = days.map(slot).collect();
        slots.map(|slots| Self { first, slots })
    }

    pub(super) fn slot(&self, date: NaiveDate) -> Option<Slot> {
        let place = date.signed_duration_since(self.first).num_days();
        self.slots.get(usize::try_from(place).ok()?).copied()
    }
}

fn kind(date: NaiveDate, entry: Option<&Entry>) -> Kind {
    match (entry, date.weekday()) {
        (Some(entry), _) if entry.kind == EntryKind::SwapWork => Kind::SwapWorking,
        (Some(_), _) => Kind::Off,
        (None, Weekday::Sat | Weekday::Sun) => Kind::Weekend,
        (None, _) => Kind::Working,
    }
}
