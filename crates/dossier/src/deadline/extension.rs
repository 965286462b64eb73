//! The one extension of a promise. It needs an apology in time, happens once, and hides nothing:
//! the promise it replaces stays beside it for statistics.

use super::basis::{OneStop, one_stop};
use super::trace::{Rule, TraceStep};
use super::words::at;
use crate::calendar::{Calendar, CalendarError};
use crate::date::vn_date;
use chrono::{NaiveDate, NaiveDateTime};
use thiserror::Error;

/// An extension that was granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The promise before; "on time" is still counted against it. Civil time, +07:00.
    pub original_due: NaiveDateTime,
    /// The new promise: end of office hours of the day named.
    pub due: NaiveDateTime,
    /// When the apology (Mẫu 04) was issued.
    pub apology_at: NaiveDateTime,
    /// The explanation.
    pub trace: Vec<TraceStep>,
}

impl Extension {
    /// Whether something finished then kept the promise before the extension.
    #[must_use]
    pub fn kept_original(&self, finished: NaiveDateTime) -> bool {
        finished <= self.original_due
    }
}

/// Why a promise cannot be extended.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExtensionError {
    /// It was extended before.
    #[error("Hồ sơ đã gia hạn một lần. Mỗi hồ sơ chỉ được gia hạn một lần.")]
    Already,
    /// The apology comes later than a day before the promise.
    #[error("Phiếu xin lỗi phải gửi chậm nhất ngày {}.", crate::date::vn_day(*latest))]
    ApologyTooLate {
        /// The last day on which it could have been issued.
        latest: NaiveDate,
    },
    /// The new day is not after the promise.
    #[error("Ngày hẹn mới phải sau ngày hẹn cũ. Xin chọn ngày khác.")]
    NotLater,
    /// The new day is off.
    #[error("Ngày hẹn mới là ngày nghỉ ({why}). Xin chọn ngày làm việc.")]
    DayOff {
        /// Its name.
        why: String,
    },
    /// The new day is not in the calendar.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}

impl ExtensionError {
    /// Stable name of the error for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Already => "EXTENDED_ALREADY",
            Self::ApologyTooLate { .. } => "APOLOGY_TOO_LATE",
            Self::NotLater => "DATE_NOT_LATER",
            Self::DayOff { .. } => "DATE_IS_OFF",
            Self::Calendar(error) => error.code(),
        }
    }
}

/// Extends `original_due` to the end of office hours of `new_day`. `earlier` is an extension that
/// the dossier already had.
///
/// # Errors
/// [`ExtensionError`]: once only, and apologised for at the latest one day before the promise.
pub fn extend(
    original_due: NaiveDateTime,
    earlier: Option<&Extension>,
    new_day: NaiveDate,
    apology_at: NaiveDateTime,
    calendar: &Calendar,
) -> Result<Extension, ExtensionError> {
    if earlier.is_some() {
        return Err(ExtensionError::Already);
    }
    let latest = original_due.date().pred_opt().unwrap_or(NaiveDate::MIN);
    if apology_at.date() > latest {
        return Err(ExtensionError::ApologyTooLate { latest });
    }
    if new_day <= original_due.date() {
        return Err(ExtensionError::NotLater);
    }
    if let Some(why) = calendar.why_off(new_day)? {
        let why = why.to_owned();
        return Err(ExtensionError::DayOff { why });
    }
    let due = new_day.and_time(calendar.hours_on(new_day)?.closes());
    Ok(Extension {
        original_due,
        due,
        apology_at,
        trace: explain(original_due, due, apology_at),
    })
}

fn explain(original_due: NaiveDateTime, due: NaiveDateTime, apology_at: NaiveDateTime) -> Vec<TraceStep> {
    let text = format!(
        "Gia hạn lần duy nhất, đã xin lỗi {}, chậm nhất 1 ngày trước ngày hẹn",
        vn_date(apology_at.date())
    );
    let basis = one_stop(OneStop::Extension, apology_at.date());
    vec![
        TraceStep::new(Rule::Promised, format!("Hẹn trước đó {}", at(original_due)), None),
        TraceStep::new(Rule::Extended, text, Some(basis)),
        TraceStep::new(Rule::Due, format!("Hẹn mới {}", at(due)), None),
    ]
}
