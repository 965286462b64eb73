//! When a result is due, and why. The law counts from the day after reception (Bộ luật Dân sự
//! 2015 Điều 147–148); what the counter prints is a promise, so every day left out is explained.

mod agreed;
mod basis;
mod count;
mod extension;
mod group;
#[cfg(any(test, feature = "samples"))]
mod oracle;
#[cfg(test)]
mod tests;
mod touched;
mod trace;
mod transfer;
mod waiting;
mod words;

pub use crate::calendar::{civil, instant};
pub use agreed::{Agreed, agreed, agreed_linked};
pub use extension::{Extension, ExtensionError, extend};
pub use group::{Part, slowest};
#[cfg(any(test, feature = "samples"))]
pub use oracle::oracle_check;
pub use touched::{Open, Touched, touched};
pub use trace::{Rule, TraceStep};
pub use transfer::transfer;
pub use waiting::{Original, Wait, WaitBackwards, WaitReason, after_waiting};

use crate::calendar::{Calendar, CalendarError};
use chrono::{NaiveDate, NaiveDateTime, Weekday};
use std::fmt;
use thiserror::Error;

/// A time limit as the catalogue states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// "Ngày làm việc".
    WorkingDays(u16),
    /// "Ngày": calendar days; one that ends on a day off moves to the next working day.
    CalendarDays(u16),
    /// "Giờ": hours within office hours, eight to a working day.
    Hours(u16),
    /// "Trong ngày", or the next working day when received after the cut-off (15:00).
    SameDay,
}

impl fmt::Display for Limit {
    /// As Mẫu 01 words it: `3 ngày làm việc`, `15 ngày`, `8 giờ làm việc`, `trong ngày`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WorkingDays(amount) => write!(f, "{amount} ngày làm việc"),
            Self::CalendarDays(amount) => write!(f, "{amount} ngày"),
            Self::Hours(amount) => write!(f, "{amount} giờ làm việc"),
            Self::SameDay => f.write_str("trong ngày"),
        }
    }
}

/// What waiting for the citizen does to a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Waiting {
    /// The whole limit is counted anew once the citizen has answered (NĐ 61/2018/NĐ-CP Điều 19.4).
    #[default]
    Restart,
    /// The clock stands still; the time lost, in the unit of the limit, is added to the promise.
    PauseShift,
    /// Nothing: the promise stays.
    Keep,
}

/// Why no due date can be given.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DeadlineError {
    /// The count runs into a year without a calendar, or starts in one.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// A limit of zero days or hours.
    #[error("Thời hạn phải từ 1 trở lên. Xin xem lại thời hạn của thủ tục.")]
    ZeroLimit,
}

impl DeadlineError {
    /// Stable name of the error for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Calendar(error) => error.code(),
            Self::ZeroLimit => "ZERO_LIMIT",
        }
    }
}

/// What a day is in the strip under the due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    /// Received, or taken as received: not counted.
    Start,
    /// Left out.
    Off,
    /// The nth day of the count, from 1; for limits in hours the nth working day after the first.
    Counted(u16),
    /// The result is due on this day.
    Due,
}

/// One day of the strip. The strip has every day from reception to the due date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayMark {
    /// The day.
    pub date: NaiveDate,
    /// Its weekday.
    pub weekday: Weekday,
    /// What it is.
    pub kind: DayKind,
    /// Why it is off or special, in Vietnamese.
    pub reason: Option<String>,
}

/// A due date that can explain itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Civil date and time (+07:00): end of office hours, or the counted hour for `Hours`.
    pub due: NaiveDateTime,
    /// The rules applied, in order.
    pub trace: Vec<TraceStep>,
    /// Every day from reception to the due date.
    pub days: Vec<DayMark>,
}

/// Counts `limit` from `received` (civil time, +07:00).
///
/// The reception day is not counted. After closing, or on a day off, the dossier is taken as
/// received when the counter next opens; before opening it counts as that day's.
///
/// # Errors
/// [`DeadlineError::Calendar`] when a year is not in the calendar: the count is refused, never
/// guessed. [`DeadlineError::ZeroLimit`].
pub fn due(received: NaiveDateTime, limit: &Limit, calendar: &Calendar) -> Result<Due, DeadlineError> {
    due_from(received, *limit, Begin::Reception, calendar)
}

/// As [`due`], for a procedure that is part of a linked group: received after the transfer cut-off
/// (15:00), its time starts on the next working day (NĐ 63/2024/NĐ-CP Điều 7).
///
/// # Errors
/// As [`due`].
pub fn due_linked(received: NaiveDateTime, limit: &Limit, calendar: &Calendar) -> Result<Due, DeadlineError> {
    due_from(received, *limit, Begin::Linked, calendar)
}

/// From when a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begin {
    /// From reception.
    Reception,
    /// From reception, or the next working day when it was after the transfer cut-off.
    Linked,
}

fn due_from(received: NaiveDateTime, limit: Limit, begin: Begin, calendar: &Calendar) -> Result<Due, DeadlineError> {
    let count = count::run(received, limit, begin, calendar)?;
    Ok(Due {
        due: count.due,
        trace: trace::explain(&count, calendar)?,
        days: count.marks,
    })
}
