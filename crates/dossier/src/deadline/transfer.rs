//! When the counter hands a dossier to the unit that resolves it: the same working day, or when
//! the next one opens if it came after the cut-off (15:00).

use super::basis::{OneStop, one_stop};
use super::count::{Walk, taken_as_received};
use super::trace::{Rule, TraceStep, exact_enough};
use super::words::at;
use super::{DayKind, DeadlineError, Due};
use crate::calendar::Calendar;
use crate::date::vn_time;
use chrono::NaiveDateTime;

/// By when a dossier received then (civil time, +07:00) is handed on: the end of that day's office
/// hours, or the opening of the next working day.
///
/// # Errors
/// [`DeadlineError::Calendar`] when a year is not in the calendar.
pub fn transfer(received: NaiveDateTime, calendar: &Calendar) -> Result<Due, DeadlineError> {
    let start = taken_as_received(received, calendar)?;
    let hours = calendar.hours_on(start.date())?;
    let (cut_off, late) = (hours.transfer_cut_off, start.time() > hours.transfer_cut_off);
    let mut walk = Walk::new(calendar);
    walk.open(received.date(), start)?;
    let by = if late {
        let next = walk.next_working(start.date())?;
        walk.mark(next, DayKind::Due, None);
        next.and_time(calendar.hours_on(next)?.opens())
    } else {
        walk.close(start.date())?
    };
    let why = match late {
        true => format!("Nhận {}, sau {}", exact_enough(start.time(), cut_off), vn_time(cut_off)),
        false => format!("Nhận không muộn hơn {}", vn_time(cut_off)),
    };
    let received_at = TraceStep::new(Rule::Received, format!("Nhận {}", at(received)), None);
    let text = format!("{why}: chuyển hồ sơ chậm nhất {}", at(by));
    let step = TraceStep::new(Rule::Transfer, text, Some(one_stop(OneStop::Transfer, start.date())));
    let mut trace = vec![received_at];
    if start != received {
        let text = format!("Ngoài giờ làm việc; coi như nhận {}", at(start));
        trace.push(TraceStep::new(Rule::OutOfHours, text, Some(&hours.basis)));
    }
    trace.push(step);
    Ok(Due {
        due: by,
        trace,
        days: walk.marks,
    })
}
