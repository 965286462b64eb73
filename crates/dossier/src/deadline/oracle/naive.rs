//! The naive count. Days off are written down a second time by hand, office hours are minutes of
//! the day, and nothing here calls what it checks. None means: outside 2025–2027.

use super::super::{Limit, WaitReason, Waiting};
use super::draw::{Case, Draw};
use crate::calendar::{Calendar, LocalCalendar};
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use std::collections::BTreeSet;

/// Days off of 2025–2027 that are no weekend, as (month, day) of each year.
#[rustfmt::skip]
const OFF: [(i32, &[(u32, u32)]); 3] = [
    (2025, &[(1, 1), (1, 27), (1, 28), (1, 29), (1, 30), (1, 31), (4, 7), (4, 30), (5, 1), (5, 2), (9, 1), (9, 2)]),
    (2026, &[(1, 1), (1, 2), (2, 16), (2, 17), (2, 18), (2, 19), (2, 20), (4, 27), (4, 30), (5, 1), (8, 31), (9, 1),
             (9, 2), (11, 24)]),
    (2027, &[(1, 1), (2, 4), (2, 5), (2, 8), (2, 9), (2, 10), (4, 16), (4, 30), (5, 3), (9, 2), (9, 3), (11, 24)]),
];
const SWAPS: [(i32, u32, u32); 3] = [(2025, 4, 26), (2026, 1, 10), (2026, 8, 22)];
/// Holidays that fall on a weekend: no weekly session is held on them.
const WEEKEND_HOLIDAYS: [(i32, u32, u32); 4] = [(2026, 4, 26), (2027, 2, 6), (2027, 2, 7), (2027, 5, 1)];

/// Minutes of the day.
#[derive(Clone, Copy)]
struct Clock {
    morning: (u32, u32),
    afternoon: (u32, u32),
    same_day: u32,
    transfer: u32,
}

const ALL_YEAR: Clock = Clock {
    morning: (420, 690),
    afternoon: (810, 1020),
    same_day: 900,
    transfer: 900,
};
const SUMMER: Clock = Clock {
    morning: (450, 690),
    afternoon: (780, 990),
    same_day: 870,
    transfer: 930,
};
/// The weekly reception session.
const SATURDAY: (u32, u32) = (450, 660);

/// An agency with its own closures, hours and reception days, and the calendar read from its file.
pub(super) struct World {
    closures: BTreeSet<NaiveDate>,
    saturdays: bool,
    summer: bool,
    /// Whether each day from 2025-01-01 is worked.
    days: Vec<bool>,
    pub calendar: Calendar,
    /// Its file, for the message of a case that differs.
    pub text: String,
}

impl World {
    pub(super) fn draw(draw: &mut Draw, national: &Calendar) -> Result<Self, String> {
        let closures: BTreeSet<NaiveDate> = (0..draw.below(16)).map(|_| draw.day()).collect();
        let (saturdays, summer) = (draw.chance(), draw.chance());
        let mut text = "version | local\n".to_owned();
        for day in &closures {
            text += &format!("day | {day} | closure | official | Đóng cửa | Thông báo\n");
        }
        if saturdays {
            text += "reception | saturday | 07:30-11:00 | Quyết định\n";
        }
        if summer {
            text += "hours | 04-15..10-15 | 07:30-11:30 | 13:00-16:30 | 14:30 | 15:30 | Quyết định\n";
        }
        let local = LocalCalendar::parse(&text).map_err(|error| error.to_string())?;
        let first = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap_or_default();
        let days = first.iter_days().map_while(|day| worked(day, &closures)).collect();
        Ok(Self {
            days,
            closures,
            saturdays,
            summer,
            calendar: national.merge(&local),
            text,
        })
    }

    fn working(&self, date: NaiveDate) -> Option<bool> {
        let first = NaiveDate::from_ymd_opt(2025, 1, 1)?;
        let place = usize::try_from((date - first).num_days()).ok()?;
        self.days.get(place).copied()
    }

    fn clock(&self, date: NaiveDate) -> Clock {
        let day = date.month() * 100 + date.day();
        if self.summer && (415..=1015).contains(&day) {
            SUMMER
        } else {
            ALL_YEAR
        }
    }

    pub(super) fn in_reception(&self, received: NaiveDateTime) -> bool {
        let date = received.date();
        let key = (date.year(), date.month(), date.day());
        let named = SWAPS.contains(&key) || WEEKEND_HOLIDAYS.contains(&key) || self.closures.contains(&date);
        let second = received.num_seconds_from_midnight();
        let held = self.saturdays && date.weekday().number_from_monday() == 6 && !named;
        held && SATURDAY.0 * 60 <= second && second <= SATURDAY.1 * 60
    }

    /// The next working day that is not `date` itself.
    fn after(&self, date: NaiveDate) -> Option<NaiveDate> {
        let mut date = date.succ_opt()?;
        while !self.working(date)? {
            date = date.succ_opt()?;
        }
        Some(date)
    }

    fn opening_after(&self, date: NaiveDate) -> Option<NaiveDateTime> {
        let next = self.after(date)?;
        Some(at(next, self.clock(next).morning.0))
    }

    fn closing(&self, date: NaiveDate) -> NaiveDateTime {
        at(date, self.clock(date).afternoon.1)
    }

    /// The moment reception counts as.
    fn start(&self, received: NaiveDateTime) -> Option<NaiveDateTime> {
        let in_time = received <= self.closing(received.date());
        if self.working(received.date())? && in_time {
            return Some(received);
        }
        self.opening_after(received.date())
    }

    pub(super) fn transfer(&self, received: NaiveDateTime) -> Option<NaiveDateTime> {
        let start = self.start(received)?;
        if start > at(start.date(), self.clock(start.date()).transfer) {
            return self.opening_after(start.date());
        }
        Some(self.closing(start.date()))
    }

    pub(super) fn due(&self, received: NaiveDateTime, limit: Limit, linked: bool) -> Option<NaiveDateTime> {
        let mut start = self.start(received)?;
        if linked && start > at(start.date(), self.clock(start.date()).transfer) {
            start = self.opening_after(start.date())?;
        }
        let mut date = start.date();
        match limit {
            Limit::WorkingDays(amount) => {
                for _ in 0..amount {
                    date = self.after(date)?;
                }
            }
            Limit::CalendarDays(amount) => date = self.roll(date, u32::from(amount))?,
            Limit::Hours(amount) => return self.tick(ceil(start), u32::from(amount) * 60),
            Limit::SameDay => {
                if start > at(date, self.clock(date).same_day) {
                    date = self.after(date)?;
                }
            }
        }
        Some(self.closing(date))
    }

    /// So many calendar days on, and to a working day.
    fn roll(&self, mut date: NaiveDate, days: u32) -> Option<NaiveDate> {
        for _ in 0..days {
            date = date.succ_opt()?;
        }
        if self.working(date)? {
            Some(date)
        } else {
            self.after(date)
        }
    }

    /// Ticks through every minute until `left` minutes of office hours are used up.
    fn tick(&self, from: NaiveDateTime, mut left: u32) -> Option<NaiveDateTime> {
        let (mut date, mut minute) = (from.date(), minute_of(from));
        while left > 0 {
            if !self.working(date)? || minute == 1440 {
                (date, minute) = (date.succ_opt()?, 0);
                continue;
            }
            left -= u32::from(self.open(date, minute));
            minute += 1;
        }
        Some(at(date, minute))
    }

    fn open(&self, date: NaiveDate, minute: u32) -> bool {
        let clock = self.clock(date);
        let within = |(opens, closes)| opens <= minute && minute < closes;
        within(clock.morning) || within(clock.afternoon)
    }

    pub(super) fn after_waiting(&self, policy: Waiting, case: &Case, due: NaiveDateTime) -> Option<NaiveDateTime> {
        let all: Vec<_> = case.waits.iter().map(|(from, to, _)| (*from, *to)).collect();
        let supplements = case.waits.iter().filter(|wait| wait.2 == WaitReason::Supplement);
        match (policy, supplements.map(|wait| wait.1).max()) {
            (Waiting::Keep, _) => Some(due),
            (Waiting::PauseShift, _) | (Waiting::Restart, None) => self.push(case.received, case.limit, due, &all),
            (Waiting::Restart, Some(answered)) => {
                let anew = self.due(answered, case.limit, false)?;
                let duties = case.waits.iter().filter(|wait| wait.2 == WaitReason::FinancialDuty);
                let later: Vec<_> = duties
                    .map(|wait| (wait.0, wait.1))
                    .filter(|wait| wait.1 > answered)
                    .collect();
                self.push(answered, case.limit, anew, &later)
            }
        }
    }

    /// Pushes a promise on by one unit for every unit waited.
    fn push(
        &self,
        received: NaiveDateTime,
        limit: Limit,
        due: NaiveDateTime,
        waits: &[(NaiveDateTime, NaiveDateTime)],
    ) -> Option<NaiveDateTime> {
        let start = self.start(received)?;
        let spans: Option<Vec<_>> = waits
            .iter()
            .map(|(from, to)| Some(((*from).max(start), self.start(*to)?)))
            .collect();
        let spans = spans?;
        let days = waited_days(&spans);
        let mut worked = 0;
        for day in &days {
            worked += u32::from(self.working(*day)?);
        }
        match limit {
            Limit::Hours(_) => self.tick(due, self.waited_minutes(&spans)?),
            Limit::CalendarDays(_) if days.is_empty() => Some(due),
            Limit::CalendarDays(_) => Some(self.closing(self.roll(due.date(), days.len() as u32)?)),
            Limit::WorkingDays(_) => {
                let mut date = due.date();
                for _ in 0..worked {
                    date = self.after(date)?;
                }
                Some(self.closing(date))
            }
            Limit::SameDay => match waits.iter().map(|wait| wait.1).max() {
                Some(answered) => Some(due.max(self.due(answered, limit, false)?)),
                None => Some(due),
            },
        }
    }

    /// Minutes of office hours in any of the spans, each minute once.
    fn waited_minutes(&self, spans: &[(NaiveDateTime, NaiveDateTime)]) -> Option<u32> {
        let spans: Vec<_> = spans.iter().map(|(from, to)| (ceil(*from), ceil(*to))).collect();
        let (Some(first), Some(last)) = (spans.iter().map(|it| it.0).min(), spans.iter().map(|it| it.1).max()) else {
            return Some(0);
        };
        let (mut date, mut total) = (first.date(), 0);
        while date <= last.date() {
            if self.working(date)? {
                for minute in (0..1440).filter(|minute| self.open(date, *minute)) {
                    let now = at(date, minute);
                    total += u32::from(spans.iter().any(|(from, to)| *from <= now && now < *to));
                }
            }
            date = date.succ_opt()?;
        }
        Some(total)
    }
}

/// None outside 2025–2027.
fn worked(date: NaiveDate, closures: &BTreeSet<NaiveDate>) -> Option<bool> {
    let key = (date.year(), date.month(), date.day());
    let (_, off) = OFF.iter().find(|(year, _)| *year == key.0)?;
    let closed = closures.contains(&date) || off.contains(&(key.1, key.2));
    let week = date.weekday().number_from_monday() <= 5 || SWAPS.contains(&key);
    Some(week && !closed)
}

/// Every day after the question up to the day of the answer.
fn waited_days(spans: &[(NaiveDateTime, NaiveDateTime)]) -> BTreeSet<NaiveDate> {
    let mut days = BTreeSet::new();
    for (from, to) in spans {
        let within = from.date().iter_days().skip(1);
        days.extend(within.take_while(|day| *day <= to.date()));
    }
    days
}

fn at(date: NaiveDate, minute: u32) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute))
}

fn minute_of(at: NaiveDateTime) -> u32 {
    at.hour() * 60 + at.minute()
}

fn ceil(at: NaiveDateTime) -> NaiveDateTime {
    if at.second() == 0 {
        at
    } else {
        at + TimeDelta::seconds(i64::from(60 - at.second()))
    }
}
