//! What waiting for the citizen does to a promise: count anew, move it by the time lost, or leave
//! it. Why the time lost is added to the promise rather than counted from reception: docs/adr/0006.

use super::basis::{OneStop, PAUSE, one_stop};
use super::count::{Walk, taken_as_received, whole_minute};
use super::trace::{Rule, Told, TraceStep, provisional_years, runs, say_once};
use super::words::at;
use super::{DayKind, DayMark, DeadlineError, Due, Limit, Waiting, due};
use crate::calendar::{Calendar, CalendarError, tomorrow};
use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use thiserror::Error;

/// A promise before the waiting. Civil times, +07:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Original {
    /// When the dossier was received.
    pub received: NaiveDateTime,
    /// The limit promised.
    pub limit: Limit,
    /// What was promised, as printed.
    pub due: NaiveDateTime,
}

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaitReason {
    /// A supplement to the dossier (Mẫu 02).
    Supplement,
    /// A financial duty, such as a tax notice; the time until it is paid is not counted.
    FinancialDuty,
}

impl WaitReason {
    fn words(self) -> &'static str {
        match self {
            Self::Supplement => "chờ bổ sung hồ sơ",
            Self::FinancialDuty => "chờ thực hiện nghĩa vụ tài chính",
        }
    }
}

/// A wait that is over. Civil times, +07:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wait {
    from: NaiveDateTime,
    to: NaiveDateTime,
    reason: WaitReason,
}

/// A wait that ends before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("Thời gian chờ kết thúc trước khi bắt đầu. Xin xem lại ngày giờ.")]
pub struct WaitBackwards;

impl Wait {
    /// From when the citizen was asked to when the answer came.
    ///
    /// # Errors
    /// [`WaitBackwards`].
    pub fn new(from: NaiveDateTime, to: NaiveDateTime, reason: WaitReason) -> Result<Self, WaitBackwards> {
        if to < from {
            return Err(WaitBackwards);
        }
        Ok(Self { from, to, reason })
    }
}

/// The promise after waiting.
///
/// `Restart`: the whole limit from the last supplement; a financial duty waited for after it only
/// moves the promise. `PauseShift`: the promise moves by the time lost, in the unit of its limit:
/// working days, calendar days, or minutes of office hours; the day of the question is used, the
/// day of the answer is lost, as the day of reception is; waits that overlap are lost once. `Keep`:
/// nothing. A limit within the day is counted anew from the answer by both.
///
/// # Errors
/// As [`due`](super::due).
pub fn after_waiting(
    policy: Waiting,
    original: &Original,
    waits: &[Wait],
    calendar: &Calendar,
) -> Result<Due, DeadlineError> {
    match policy {
        Waiting::Keep => kept(original, calendar),
        Waiting::PauseShift => shifted(original, waits, calendar),
        Waiting::Restart => restarted(original, waits, calendar),
    }
}

fn kept(original: &Original, calendar: &Calendar) -> Result<Due, DeadlineError> {
    let text = "Thời gian chờ không làm thay đổi ngày hẹn".to_owned();
    Ok(Due {
        due: original.due,
        trace: vec![promised(original), TraceStep::new(Rule::Kept, text, Some(PAUSE))],
        days: strip(original, &[], original.due, calendar)?,
    })
}

fn restarted(original: &Original, waits: &[Wait], calendar: &Calendar) -> Result<Due, DeadlineError> {
    let supplements = waits.iter().filter(|wait| wait.reason == WaitReason::Supplement);
    let Some(answered) = supplements.map(|wait| wait.to).max() else {
        return shifted(original, waits, calendar);
    };
    let anew = due(answered, &original.limit, calendar)?;
    let text = format!("Nhận đủ bổ sung {}: tính lại từ đầu {}", at(answered), original.limit);
    let basis = one_stop(OneStop::Restart, answered.date());
    let mut trace = vec![promised(original), TraceStep::new(Rule::Restarted, text, Some(basis))];
    trace.extend(anew.trace.iter().cloned());
    let again = Original {
        received: answered,
        due: anew.due,
        ..*original
    };
    let duties: Vec<Wait> = (waits.iter().copied())
        .filter(|wait| wait.reason == WaitReason::FinancialDuty && wait.to > answered)
        .collect();
    if duties.is_empty() {
        let days = anew.days;
        return Ok(Due { trace, days, ..anew });
    }
    let moved = shifted(&again, &duties, calendar)?;
    trace.extend(moved.trace);
    Ok(Due { trace, ..moved })
}

/// A wait as the calendar sees it.
struct Pause {
    wait: Wait,
    /// After the question, and after what an earlier wait already lost.
    from: NaiveDateTime,
    /// When the answer is taken as received.
    to: NaiveDateTime,
    /// Time lost: days, or minutes for limits in hours.
    lost: u32,
}

fn shifted(original: &Original, waits: &[Wait], calendar: &Calendar) -> Result<Due, DeadlineError> {
    let pauses = pauses(original, waits, calendar)?;
    let due = moved(original, &pauses, calendar)?;
    let days = strip(original, &pauses, due, calendar)?;
    let mut trace = vec![promised(original)];
    trace.extend(pauses.iter().map(|pause| waited(pause, original.limit)));
    let later: Vec<&DayMark> = days.iter().filter(|mark| mark.date > original.due.date()).collect();
    let told = Told {
        year: original.received.year(),
        // The strip numbers the days of the limit; a rolled end was explained by the first promise.
        limit: Limit::WorkingDays(1),
    };
    trace.extend(runs(&later, told, calendar)?);
    trace.extend(provisional_years(&days, calendar));
    trace.push(TraceStep::new(Rule::Due, format!("Hẹn mới {}", at(due)), None));
    say_once(&mut trace);
    Ok(Due { due, trace, days })
}

fn pauses(original: &Original, waits: &[Wait], calendar: &Calendar) -> Result<Vec<Pause>, CalendarError> {
    let mut waits = waits.to_vec();
    waits.sort();
    // Nothing is lost before the count has begun, and nothing twice.
    let mut until = taken_as_received(original.received, calendar)?;
    let mut pauses = Vec::new();
    for wait in waits {
        let (from, to) = (wait.from.max(until), taken_as_received(wait.to, calendar)?);
        let lost = if from < to {
            lost(original.limit, from, to, calendar)?
        } else {
            0
        };
        until = until.max(to);
        pauses.push(Pause { wait, from, to, lost });
    }
    Ok(pauses)
}

fn lost(limit: Limit, from: NaiveDateTime, to: NaiveDateTime, calendar: &Calendar) -> Result<u32, CalendarError> {
    match limit {
        Limit::WorkingDays(_) | Limit::SameDay => calendar.working_days_between(from.date(), to.date()),
        Limit::CalendarDays(_) => {
            let days = to.date().signed_duration_since(from.date()).num_days();
            Ok(u32::try_from(days).unwrap_or(u32::MAX))
        }
        Limit::Hours(_) => office_minutes(from, to, calendar),
    }
}

/// Minutes of office hours between two moments, each taken to the next whole minute.
fn office_minutes(from: NaiveDateTime, to: NaiveDateTime, calendar: &Calendar) -> Result<u32, CalendarError> {
    let (from, to) = (minute(from), minute(to));
    let (mut date, mut total) = (from.date(), TimeDelta::zero());
    while date <= to.date() {
        if calendar.is_working(date)? {
            for (opens, closes) in calendar.hours_on(date)?.sessions() {
                let (opens, closes) = (date.and_time(opens).max(from), date.and_time(closes).min(to));
                let open = closes.signed_duration_since(opens).max(TimeDelta::zero());
                total = total.checked_add(&open).unwrap_or(total);
            }
        }
        date = tomorrow(date)?;
    }
    Ok(u32::try_from(total.num_minutes()).unwrap_or(u32::MAX))
}

fn minute(at: NaiveDateTime) -> NaiveDateTime {
    at.date().and_time(whole_minute(at.time()))
}

fn moved(original: &Original, pauses: &[Pause], calendar: &Calendar) -> Result<NaiveDateTime, DeadlineError> {
    let lost = pauses.iter().fold(0, |sum: u32, pause| sum.saturating_add(pause.lost));
    if let Limit::SameDay = original.limit {
        let answered = pauses.iter().map(|pause| pause.wait.to).max();
        let anew = answered.map(|at| due(at, &Limit::SameDay, calendar)).transpose()?;
        return Ok(anew.map_or(original.due, |anew| anew.due.max(original.due)));
    }
    if lost == 0 {
        return Ok(original.due);
    }
    let mut date = original.due.date();
    match original.limit {
        Limit::Hours(_) => {
            let left = TimeDelta::minutes(i64::from(lost));
            let first = match calendar.is_working(date)? {
                true => original.due,
                false => taken_as_received(original.due, calendar)?,
            };
            return Ok(Walk::new(calendar).hours(first, left)?.1);
        }
        Limit::CalendarDays(_) => {
            for _ in 0..lost {
                date = tomorrow(date)?;
            }
            if !calendar.is_working(date)? {
                date = calendar.next_working(date)?;
            }
        }
        Limit::WorkingDays(_) | Limit::SameDay => {
            for _ in 0..lost {
                date = calendar.next_working(date)?;
            }
        }
    }
    Ok(date.and_time(calendar.hours_on(date)?.closes()))
}

fn promised(original: &Original) -> TraceStep {
    let text = format!(
        "Hẹn trước đó {}: nhận {}, thời hạn {}",
        at(original.due),
        at(original.received),
        original.limit
    );
    TraceStep::new(Rule::Promised, text, None)
}

fn waited(pause: &Pause, limit: Limit) -> TraceStep {
    let lost = pause.lost;
    let lost = match limit {
        Limit::WorkingDays(_) => format!("{lost} ngày làm việc không tính"),
        Limit::CalendarDays(_) => format!("{lost} ngày không tính"),
        Limit::Hours(_) => format!("{} giờ {} phút làm việc không tính", lost / 60, lost % 60),
        Limit::SameDay => "việc trong ngày tính lại từ lúc có đủ".to_owned(),
    };
    let (from, to) = (at(pause.wait.from), at(pause.wait.to));
    let text = format!("Tạm dừng từ {from} đến {to}, {}: {lost}", pause.wait.reason.words());
    TraceStep::new(Rule::Waited, text, Some(PAUSE))
}

/// Every day from reception to the promise; days waited are left out with what was waited for.
fn strip(
    original: &Original,
    pauses: &[Pause],
    due: NaiveDateTime,
    calendar: &Calendar,
) -> Result<Vec<DayMark>, CalendarError> {
    let start = taken_as_received(original.received, calendar)?;
    let mut walk = Walk::new(calendar);
    walk.open(original.received.date(), start)?;
    let (mut date, mut nth) = (start.date(), 0_u16);
    while date < due.date() {
        date = tomorrow(date)?;
        let off = calendar.why_off(date)?;
        let waiting = pauses.iter().find(|pause| pause.covers(date, original.limit));
        match (off, waiting.map(|pause| pause.wait.reason.words())) {
            (off, Some(waiting)) => walk.mark(date, DayKind::Off, off.or(Some(waiting))),
            (Some(off), None) if !counts(original.limit, nth) => walk.mark(date, DayKind::Off, Some(off)),
            (off, None) => {
                nth = nth.saturating_add(1);
                walk.mark(date, DayKind::Counted(nth), off);
            }
        }
    }
    walk.close(due.date())?;
    Ok(walk.marks)
}

/// Whether a day off counts as the next day of the limit.
fn counts(limit: Limit, nth: u16) -> bool {
    matches!(limit, Limit::CalendarDays(amount) if nth < amount)
}

impl Pause {
    /// Whether a whole day was waited. For limits in hours the day of the answer is worked again.
    fn covers(&self, date: NaiveDate, limit: Limit) -> bool {
        let last = match limit {
            Limit::Hours(_) => date < self.to.date(),
            Limit::WorkingDays(_) | Limit::CalendarDays(_) | Limit::SameDay => date <= self.to.date(),
        };
        self.from.date() < date && last
    }
}
