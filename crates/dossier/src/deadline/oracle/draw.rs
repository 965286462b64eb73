//! Random cases from a printed seed, without a dependency: SplitMix64.

use super::super::{Limit, WaitReason, Waiting};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

/// The source of chance.
pub(super) struct Draw(u64);

impl Draw {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `end`, without it.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    pub(super) fn chance(&mut self) -> bool {
        self.below(2) == 0
    }

    /// A day of 2025–2027.
    pub(super) fn day(&mut self) -> NaiveDate {
        let days = TimeDelta::days(self.below(1095) as i64);
        NaiveDate::from_ymd_opt(2025, 1, 1).unwrap_or_default() + days
    }
}

/// What is counted besides the plain due date.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mode {
    Plain,
    Linked,
    Transfer,
    Waiting(Waiting),
}

/// One random case.
#[derive(Debug)]
pub(super) struct Case {
    pub received: NaiveDateTime,
    pub limit: Limit,
    pub mode: Mode,
    pub waits: Vec<(NaiveDateTime, NaiveDateTime, WaitReason)>,
}

impl Case {
    pub(super) fn draw(draw: &mut Draw) -> Self {
        let received = moment(draw);
        Self {
            received,
            limit: limit(draw),
            mode: mode(draw),
            waits: (0..=draw.below(3)).map(|_| wait(draw, received)).collect(),
        }
    }
}

/// Any minute of a day; now and then with seconds, and often near the hours that decide.
fn moment(draw: &mut Draw) -> NaiveDateTime {
    let day = draw.day().and_time(chrono::NaiveTime::MIN);
    let edges = [420, 450, 690, 780, 810, 870, 900, 930, 990, 1020];
    let minute = match edges.get(draw.below(40) as usize) {
        Some(edge) => *edge - 1 + draw.below(3) as i64,
        None => draw.below(1440) as i64,
    };
    let seconds = if draw.below(4) == 0 { draw.below(60) as i64 } else { 0 };
    day + TimeDelta::minutes(minute) + TimeDelta::seconds(seconds)
}

fn limit(draw: &mut Draw) -> Limit {
    let amount = 1 + draw.below(45) as u16;
    match draw.below(4) {
        0 => Limit::WorkingDays(amount),
        1 => Limit::CalendarDays(amount),
        2 => Limit::Hours(amount),
        _ => Limit::SameDay,
    }
}

fn mode(draw: &mut Draw) -> Mode {
    match draw.below(8) {
        0 | 1 => Mode::Plain,
        2 => Mode::Linked,
        3 => Mode::Transfer,
        4 => Mode::Waiting(Waiting::Keep),
        5 => Mode::Waiting(Waiting::Restart),
        _ => Mode::Waiting(Waiting::PauseShift),
    }
}

fn wait(draw: &mut Draw, received: NaiveDateTime) -> (NaiveDateTime, NaiveDateTime, WaitReason) {
    let later = |draw: &mut Draw, from: NaiveDateTime, days: u64| {
        let minutes = draw.below(days * 1440) as i64;
        from + TimeDelta::minutes(minutes) + TimeDelta::seconds(draw.below(2) as i64 * 30)
    };
    let from = later(draw, received, 20);
    let to = later(draw, from, 15);
    let reason = match draw.below(3) {
        0 => WaitReason::FinancialDuty,
        _ => WaitReason::Supplement,
    };
    (from, to, reason)
}
