//! Office hours of one period: two sessions a day and the hour after which "trong ngày" no
//! longer means today.

use chrono::NaiveTime;

/// Office hours from a date on. Sessions are half-open for counting: a minute at the closing
/// hour belongs to the next session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeHours {
    /// Opening and closing of the morning session.
    pub morning: (NaiveTime, NaiveTime),
    /// Opening and closing of the afternoon session.
    pub afternoon: (NaiveTime, NaiveTime),
    /// Same-day results received after this (not at it) are due on the next working day.
    pub same_day_cut_off: NaiveTime,
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

    /// True when the four hours follow each other and the cut-off lies within them.
    pub(super) fn in_order(&self) -> bool {
        let (open, noon) = self.morning;
        let (back, close) = self.afternoon;
        open < noon && noon <= back && back < close && (open..=close).contains(&self.same_day_cut_off)
    }
}
