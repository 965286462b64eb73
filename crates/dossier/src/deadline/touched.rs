//! Which open dossiers a newer calendar would promise otherwise. It changes none of them: what was
//! printed stands until an officer says otherwise.

use super::{Begin, DeadlineError, Limit, count};
use crate::calendar::Calendar;
use chrono::NaiveDateTime;

/// An open dossier, as far as its promise goes. Civil times, +07:00.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open<Id> {
    /// Whatever the caller knows it by.
    pub id: Id,
    /// When it was received.
    pub received: NaiveDateTime,
    /// The limit promised.
    pub limit: Limit,
    /// What is promised now.
    pub due: NaiveDateTime,
}

/// A dossier whose promise the newer calendar would not make: what it would promise, or why it
/// cannot count it at all.
pub type Touched<Id> = (Id, Result<NaiveDateTime, DeadlineError>);

/// The open dossiers that `newer` would promise otherwise than `older` did, in the given order.
///
/// A promise that an officer moved (waiting, extension) is moved by what the calendars differ in:
/// it keeps its number of working days, or the next working day where its day is now off.
pub fn touched<Id: Clone>(older: &Calendar, newer: &Calendar, open: &[Open<Id>]) -> Vec<Touched<Id>> {
    let check = |it: &Open<Id>| {
        let would_be = would_be(it.received, it.limit, it.due, older, newer);
        (would_be != Ok(it.due)).then(|| (it.id.clone(), would_be))
    };
    open.iter().filter_map(check).collect()
}

fn would_be(
    received: NaiveDateTime,
    limit: Limit,
    due: NaiveDateTime,
    older: &Calendar,
    newer: &Calendar,
) -> Result<NaiveDateTime, DeadlineError> {
    let by = |calendar| count::run(received, limit, Begin::Reception, calendar).map(|count| count.due);
    match by(older) {
        Ok(then) if then != due => moved(received, limit, due, older, newer),
        Ok(_) | Err(_) => by(newer),
    }
}

fn moved(
    received: NaiveDateTime,
    limit: Limit,
    due: NaiveDateTime,
    older: &Calendar,
    newer: &Calendar,
) -> Result<NaiveDateTime, DeadlineError> {
    let mut date = due.date();
    if matches!(limit, Limit::WorkingDays(_)) {
        date = received.date();
        for _ in 0..older.working_days_between(received.date(), due.date())? {
            date = newer.next_working(date)?;
        }
    }
    if !newer.is_working(date)? {
        date = newer.next_working(date)?;
    }
    let ended_the_day = older.hours_on(due.date())?.closes() == due.time();
    let time = if ended_the_day {
        newer.hours_on(date)?.closes()
    } else {
        due.time()
    };
    Ok(date.and_time(time))
}
