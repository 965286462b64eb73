//! Walks day by day from reception to the due date and marks every day on the way.

use super::{Begin, DayKind, DayMark, DeadlineError, Limit};
use crate::calendar::{Calendar, CalendarError, tomorrow};
use crate::date::vn_time;
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

/// A finished walk, with what the explanation needs to know about it.
pub(super) struct Count {
    pub received: NaiveDateTime,
    pub limit: Limit,
    /// When the dossier is taken as received; differs from `received` out of hours, and after the
    /// cut-off of linked dossiers.
    pub start: NaiveDateTime,
    /// For hours: the minute the count begins.
    pub hours_from: Option<NaiveDateTime>,
    pub due: NaiveDateTime,
    pub marks: Vec<DayMark>,
}

/// A walk through the calendar, with the days met on the way.
pub(super) struct Walk<'a> {
    calendar: &'a Calendar,
    pub marks: Vec<DayMark>,
}

pub(super) fn run(
    received: NaiveDateTime,
    limit: Limit,
    begin: Begin,
    calendar: &Calendar,
) -> Result<Count, DeadlineError> {
    let start = match begin {
        Begin::Reception => taken_as_received(received, calendar)?,
        Begin::Linked => after_cut_off(taken_as_received(received, calendar)?, calendar)?,
    };
    let mut walk = Walk::new(calendar);
    walk.open(received.date(), start)?;
    let mut hours_from = None;
    let due = match limit {
        Limit::WorkingDays(0) | Limit::CalendarDays(0) | Limit::Hours(0) => {
            return Err(DeadlineError::ZeroLimit);
        }
        Limit::WorkingDays(amount) => walk.working_days(start.date(), amount)?,
        Limit::CalendarDays(amount) => walk.calendar_days(start.date(), amount)?,
        Limit::SameDay => walk.same_day(start)?,
        Limit::Hours(amount) => {
            let (from, due) = walk.hours(start, TimeDelta::hours(i64::from(amount)))?;
            hours_from = Some(from);
            due
        }
    };
    Ok(Count {
        received,
        limit,
        start,
        hours_from,
        due,
        marks: walk.marks,
    })
}

/// Out of hours the dossier waits for the counter to open: nobody could have taken it earlier.
pub(super) fn taken_as_received(received: NaiveDateTime, calendar: &Calendar) -> Result<NaiveDateTime, CalendarError> {
    let day = received.date();
    let closes = calendar.hours_on(day)?.closes();
    if calendar.is_working(day)? && received.time() <= closes {
        return Ok(received);
    }
    let next = calendar.next_working(day)?;
    Ok(next.and_time(calendar.hours_on(next)?.opens()))
}

/// Linked dossiers received after 15:00 count from the next working day (NĐ 63/2024 Điều 7).
fn after_cut_off(start: NaiveDateTime, calendar: &Calendar) -> Result<NaiveDateTime, CalendarError> {
    if start.time() <= calendar.hours_on(start.date())?.transfer_cut_off {
        return Ok(start);
    }
    let next = calendar.next_working(start.date())?;
    Ok(next.and_time(calendar.hours_on(next)?.opens()))
}

impl<'a> Walk<'a> {
    pub(super) fn new(calendar: &'a Calendar) -> Self {
        let marks = Vec::new();
        Self { calendar, marks }
    }

    pub(super) fn mark(&mut self, date: NaiveDate, kind: DayKind, reason: Option<&str>) {
        self.marks.push(DayMark {
            date,
            weekday: date.weekday(),
            kind,
            reason: reason.map(str::to_owned),
        });
    }

    /// Marks the days from reception to the day it is taken as received.
    pub(super) fn open(&mut self, received: NaiveDate, start: NaiveDateTime) -> Result<(), CalendarError> {
        self.mark(received, DayKind::Start, self.calendar.why_off(received)?);
        if start.date() > received {
            let opening = self.next_working(received)?;
            let reason = format!("Coi như nhận lúc {}", vn_time(start.time()));
            self.mark(opening, DayKind::Start, Some(&reason));
        }
        Ok(())
    }

    /// The next working day, itself unmarked; the days off before it are marked.
    pub(super) fn next_working(&mut self, after: NaiveDate) -> Result<NaiveDate, CalendarError> {
        let mut date = tomorrow(after)?;
        while let Some(reason) = self.calendar.why_off(date)? {
            self.mark(date, DayKind::Off, Some(reason));
            date = tomorrow(date)?;
        }
        Ok(date)
    }

    /// Makes the last marked day the due day, until the counter closes.
    pub(super) fn close(&mut self, date: NaiveDate) -> Result<NaiveDateTime, CalendarError> {
        if let Some(last) = self.marks.last_mut() {
            last.kind = DayKind::Due;
        }
        Ok(date.and_time(self.calendar.hours_on(date)?.closes()))
    }

    pub(super) fn working_days(&mut self, start: NaiveDate, amount: u16) -> Result<NaiveDateTime, CalendarError> {
        let mut date = start;
        for nth in 1..=amount {
            date = self.next_working(date)?;
            self.mark(date, DayKind::Counted(nth), None);
        }
        self.close(date)
    }

    fn calendar_days(&mut self, start: NaiveDate, amount: u16) -> Result<NaiveDateTime, CalendarError> {
        let mut date = start;
        for nth in 1..=amount {
            date = tomorrow(date)?;
            self.mark(date, DayKind::Counted(nth), self.calendar.why_off(date)?);
        }
        if !self.calendar.is_working(date)? {
            date = self.next_working(date)?;
            self.mark(date, DayKind::Due, None);
        }
        self.close(date)
    }

    /// The cut-off itself still counts as today: "sau 15 giờ" begins after 15:00.
    fn same_day(&mut self, start: NaiveDateTime) -> Result<NaiveDateTime, CalendarError> {
        let mut date = start.date();
        if start.time() > self.calendar.hours_on(date)?.same_day_cut_off {
            date = self.next_working(date)?;
            self.mark(date, DayKind::Due, None);
        }
        self.close(date)
    }

    /// Uses up `left` session by session; answers with the first counted minute and the hour
    /// due. A session used up to its end is due at its end, not when the next one opens.
    pub(super) fn hours(
        &mut self,
        start: NaiveDateTime,
        mut left: TimeDelta,
    ) -> Result<(NaiveDateTime, NaiveDateTime), CalendarError> {
        let (mut date, mut earliest) = (start.date(), whole_minute(start.time()));
        let mut from = None;
        for nth in 1.. {
            for (opens, closes) in self.calendar.hours_on(date)?.sessions() {
                let opens = opens.max(earliest);
                let open_for = closes.signed_duration_since(opens);
                if open_for <= TimeDelta::zero() {
                    continue;
                }
                let begin = *from.get_or_insert(date.and_time(opens));
                if left <= open_for {
                    self.close(date)?;
                    let due = opens.overflowing_add_signed(left).0;
                    return Ok((begin, date.and_time(due)));
                }
                left = left.checked_sub(&open_for).unwrap_or_default();
            }
            (date, earliest) = (self.next_working(date)?, NaiveTime::MIN);
            self.mark(date, DayKind::Counted(nth), None);
        }
        Err(CalendarError::YearUnknown { year: date.year() })
    }
}

/// The first whole minute at or after `time`: paper prints minutes, and no second may be lost.
pub(super) fn whole_minute(time: NaiveTime) -> NaiveTime {
    let floor = NaiveTime::from_hms_opt(time.hour(), time.minute(), 0).unwrap_or(time);
    if floor == time {
        return time;
    }
    let (next, overflow) = floor.overflowing_add_signed(TimeDelta::minutes(1));
    if overflow == 0 { next } else { time }
}
