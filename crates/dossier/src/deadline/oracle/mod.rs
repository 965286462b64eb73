//! A second count of every rule, written apart from the first and too simple to be wrong: it goes
//! day by day, and minute by minute for hours. Random cases are counted both ways; they differ
//! only when one of the two misreads the law. Behind `samples` so that the bench can run it.
// Dates within three years and amounts below a hundred do not overflow.
#![allow(clippy::arithmetic_side_effects)]

mod draw;
mod naive;

use super::{Due, Original, Rule, Wait, Waiting, after_waiting, due, due_linked, transfer};
use crate::calendar::Calendar;
use chrono::NaiveDateTime;
use draw::{Case, Draw, Mode};
use naive::World;

/// How many agencies with closures, hours and reception days of their own are drawn.
const WORLDS: usize = 48;

/// Counts `cases` random cases over 2025–2027 both ways: all limits, linked groups, hand-over,
/// waiting under all three policies, closures, seasons, reception days.
///
/// # Errors
/// The first case on which the two differ, with the seed to draw it again.
pub fn oracle_check(seed: u64, cases: u64) -> Result<(), String> {
    let mut draw = Draw::new(seed);
    let national = Calendar::embedded().map_err(|error| error.to_string())?;
    let worlds: Result<Vec<World>, String> = (0..WORLDS).map(|_| World::draw(&mut draw, &national)).collect();
    let worlds = worlds?;
    for number in 0..cases {
        let Some(world) = worlds.get(draw.below(WORLDS as u64) as usize) else {
            continue;
        };
        let case = Case::draw(&mut draw);
        check(world, &case).map_err(|why| format!("seed {seed}, case {number}: {why}; {case:?}; {}", world.text))?;
    }
    Ok(())
}

/// None where the count leaves the calendar.
fn check(world: &World, case: &Case) -> Result<(), String> {
    let (received, limit) = (case.received, case.limit);
    let plain = due(received, &limit, &world.calendar).ok();
    let expected = world.due(received, limit, false);
    same("due", plain.as_ref(), expected)?;
    whole(plain.as_ref(), received)?;
    reception(world, plain.as_ref(), received)?;
    match case.mode {
        Mode::Plain => Ok(()),
        Mode::Linked => {
            let linked = due_linked(received, &limit, &world.calendar).ok();
            same("linked", linked.as_ref(), world.due(received, limit, true))?;
            whole(linked.as_ref(), received)
        }
        Mode::Transfer => {
            let by = transfer(received, &world.calendar).ok();
            same("transfer", by.as_ref(), world.transfer(received))
        }
        Mode::Waiting(policy) => match expected {
            Some(due) => waiting(world, case, policy, due),
            None => Ok(()),
        },
    }
}

fn waiting(world: &World, case: &Case, policy: Waiting, due: NaiveDateTime) -> Result<(), String> {
    let (received, limit) = (case.received, case.limit);
    let original = Original { received, limit, due };
    let waits: Result<Vec<Wait>, _> = (case.waits.iter())
        .map(|(from, to, reason)| Wait::new(*from, *to, *reason))
        .collect();
    let waits = waits.map_err(|error| error.to_string())?;
    let after = after_waiting(policy, &original, &waits, &world.calendar).ok();
    same("after waiting", after.as_ref(), world.after_waiting(policy, case, due))
}

fn same(what: &str, counted: Option<&Due>, expected: Option<NaiveDateTime>) -> Result<(), String> {
    let counted = counted.map(|due| due.due);
    if counted == expected {
        Ok(())
    } else {
        Err(format!("{what} {counted:?}, the day-by-day count says {expected:?}"))
    }
}

/// The strip has every day, ends on the due day and only there.
fn whole(due: Option<&Due>, received: NaiveDateTime) -> Result<(), String> {
    let Some(due) = due else { return Ok(()) };
    let first = due.days.first().map(|mark| mark.date);
    let last = due.days.last().map(|mark| (mark.date, mark.kind));
    let gaps = due.days.iter().zip(due.days.iter().skip(1));
    let whole = gaps.into_iter().all(|(one, two)| one.date.succ_opt() == Some(two.date));
    let ends = (Some(received.date()), Some((due.due.date(), super::DayKind::Due)));
    if whole && (first, last) == ends && due.due >= received {
        Ok(())
    } else {
        Err(format!("the strip is not whole: {:?}", due.days))
    }
}

/// The trace says so exactly when the dossier came in a reception session.
fn reception(world: &World, due: Option<&Due>, received: NaiveDateTime) -> Result<(), String> {
    let said = due.map(|due| due.trace.iter().any(|step| step.rule == Rule::ReceptionDay));
    if said.is_none_or(|said| said == world.in_reception(received)) {
        Ok(())
    } else {
        Err(format!("reception day told: {said:?}"))
    }
}
