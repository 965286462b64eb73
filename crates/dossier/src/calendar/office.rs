//! Office hours of one period: two sessions a day and the hours after which "today" is over for
//! same-day results and for handing dossiers on.

use chrono::{Datelike, NaiveDate, NaiveTime};

/// Office hours. Sessions are half-open for counting: a minute at the closing hour belongs to the
/// next session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeHours {
    /// Opening and closing of the morning session.
    pub morning: (NaiveTime, NaiveTime),
    /// Opening and closing of the afternoon session.
    pub afternoon: (NaiveTime, NaiveTime),
    /// Same-day results received after this (not at it) are due on the next working day.
    pub same_day_cut_off: NaiveTime,
    /// Dossiers received after this (not at it) go to the resolving unit when the next working
    /// day opens; linked dossiers count from that day.
    pub transfer_cut_off: NaiveTime,
    /// Where the hours come from, in Vietnamese.
    pub basis: String,
}

impl OfficeHours {
    /// When the counter opens.
    pub fn opens(&self) -> NaiveTime {
        self.morning.0
    }

    /// When the counter closes; deadlines in days end here.
    pub fn closes(&self) -> NaiveTime {
        self.afternoon.1
    }

    /// Both sessions in order.
    pub fn sessions(&self) -> [(NaiveTime, NaiveTime); 2] {
        [self.morning, self.afternoon]
    }

    /// True when the four hours follow each other and the cut-offs lie within them.
    pub(super) fn in_order(&self) -> bool {
        let (open, noon) = self.morning;
        let (back, close) = self.afternoon;
        let cut_offs = [self.same_day_cut_off, self.transfer_cut_off];
        open < noon && noon <= back && back < close && cut_offs.iter().all(|at| (open..=close).contains(at))
    }
}

/// Month and day.
type MonthDay = (u32, u32);

/// Part of every year, both days included; it may run over the new year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Season {
    pub first: MonthDay,
    pub last: MonthDay,
}

impl Season {
    fn holds(self, day: MonthDay) -> bool {
        if self.first <= self.last {
            self.first <= day && day <= self.last
        } else {
            self.first <= day || day <= self.last
        }
    }

    /// One of two overlapping stretches always contains the beginning of the other.
    pub(super) fn overlaps(self, other: Self) -> bool {
        self.holds(other.first) || other.holds(self.first)
    }
}

/// One `hours` line: from a date on, all year or in a season.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Period {
    /// The agency's own hours stand above the national ones.
    pub local: bool,
    /// None for a season without a date.
    pub from: Option<NaiveDate>,
    pub season: Option<Season>,
    pub hours: OfficeHours,
}

impl Period {
    fn holds(&self, date: NaiveDate) -> bool {
        let day = (date.month(), date.day());
        self.from.is_none_or(|from| from <= date) && self.season.is_none_or(|season| season.holds(day))
    }

    /// What stands above what: the agency's, then a season, then the later date.
    fn rank(&self) -> (bool, bool, Option<NaiveDate>) {
        (self.local, self.season.is_some(), self.from)
    }

    /// Two lines of one rank would both claim a day.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let seasons = self.season.zip(other.season);
        self.rank() == other.rank() && seasons.is_none_or(|(one, two)| one.overlaps(two))
    }
}

/// The place in `periods` of the hours in force on `date`.
pub(super) fn in_force(periods: &[Period], date: NaiveDate) -> Option<usize> {
    let holding = periods.iter().enumerate().filter(|(_, period)| period.holds(date));
    holding.max_by_key(|(_, period)| period.rank()).map(|(place, _)| place)
}
