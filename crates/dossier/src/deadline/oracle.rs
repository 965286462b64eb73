//! A second, naive count of every limit, compared with the real one on random receptions.
// Overflow in a test is a failing test.
#![allow(clippy::arithmetic_side_effects)]

use super::tests::calendar;
use super::*;
use chrono::{Datelike, Days, NaiveTime, TimeDelta, Timelike};
use proptest::prelude::*;

/// Days off of 2025–2027 on weekdays, written down a second time by hand.
const OFF: [(i32, &[(u32, u32)]); 3] = [
    (
        2025,
        &[
            (1, 1),
            (1, 27),
            (1, 28),
            (1, 29),
            (1, 30),
            (1, 31),
            (4, 7),
            (4, 30),
            (5, 1),
            (5, 2),
            (9, 1),
            (9, 2),
        ],
    ),
    (
        2026,
        &[
            (1, 1),
            (1, 2),
            (2, 16),
            (2, 17),
            (2, 18),
            (2, 19),
            (2, 20),
            (4, 27),
            (4, 30),
            (5, 1),
            (8, 31),
            (9, 1),
            (9, 2),
            (11, 24),
        ],
    ),
    (
        2027,
        &[
            (1, 1),
            (2, 4),
            (2, 5),
            (2, 8),
            (2, 9),
            (2, 10),
            (4, 16),
            (4, 30),
            (5, 3),
            (9, 2),
            (9, 3),
            (11, 24),
        ],
    ),
];
const SWAPS: [(i32, u32, u32); 3] = [(2025, 4, 26), (2026, 1, 10), (2026, 8, 22)];

fn naive_working(date: NaiveDate) -> bool {
    let (year, month, day) = (date.year(), date.month(), date.day());
    if SWAPS.contains(&(year, month, day)) {
        return true;
    }
    let off = OFF.iter().any(|(of, days)| *of == year && days.contains(&(month, day)));
    !off && date.weekday().number_from_monday() <= 5
}

/// The day reception counts as, found without the code under test.
fn naive_start(received: NaiveDateTime) -> NaiveDateTime {
    let closes = NaiveTime::from_hms_opt(17, 0, 0).unwrap();
    let mut date = received.date();
    if naive_working(date) && received.time() <= closes {
        return received;
    }
    loop {
        date = date.succ_opt().unwrap();
        if naive_working(date) {
            return date.and_hms_opt(7, 0, 0).unwrap();
        }
    }
}

fn naive_after(mut date: NaiveDate, mut amount: u16) -> NaiveDate {
    while amount > 0 {
        date = date.succ_opt().unwrap();
        amount -= u16::from(naive_working(date));
    }
    date
}

/// Ticks through every minute: slow, and too simple to be wrong.
fn naive_hours(start: NaiveDateTime, amount: u16) -> NaiveDateTime {
    let mut minute = start;
    let mut left = u32::from(amount) * 60;
    while left > 0 {
        let clock = minute.hour() * 100 + minute.minute();
        let open = (700..1130).contains(&clock) || (1330..1700).contains(&clock);
        left -= u32::from(open && naive_working(minute.date()));
        minute += TimeDelta::minutes(1);
    }
    minute
}

prop_compose! {
    fn receptions()(day in 0u64..1000, minute in 0i64..1440) -> NaiveDateTime {
        let first = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
        first + Days::new(day) + TimeDelta::minutes(minute)
    }
}

proptest! {
    #[test]
    fn days_agree_with_a_naive_counter(received in receptions(), amount in 1u16..45) {
        let start = naive_start(received).date();
        let by = |limit| due(received, &limit, calendar()).unwrap().due.date();
        prop_assert_eq!(by(Limit::WorkingDays(amount)), naive_after(start, amount));
        let raw = start + Days::new(u64::from(amount));
        let rolled = if naive_working(raw) { raw } else { naive_after(raw, 1) };
        prop_assert_eq!(by(Limit::CalendarDays(amount)), rolled);
    }

    #[test]
    fn same_day_agrees_with_a_naive_counter(received in receptions()) {
        let start = naive_start(received);
        let late = start.time() > NaiveTime::from_hms_opt(15, 0, 0).unwrap();
        let day = naive_after(start.date(), u16::from(late));
        let counted = due(received, &Limit::SameDay, calendar()).unwrap().due;
        prop_assert_eq!(counted, day.and_hms_opt(17, 0, 0).unwrap());
    }

    #[test]
    fn hours_agree_with_a_naive_counter(received in receptions(), amount in 1u16..40) {
        let counted = due(received, &Limit::Hours(amount), calendar()).unwrap().due;
        prop_assert_eq!(counted, naive_hours(naive_start(received), amount));
    }

    #[test]
    fn the_strip_is_whole_and_the_promise_never_early(
        received in receptions(), amount in 1u16..45, which in 0usize..4,
    ) {
        let limit = [Limit::WorkingDays(amount), Limit::CalendarDays(amount), Limit::Hours(amount), Limit::SameDay][which];
        let due = due(received, &limit, calendar()).unwrap();
        prop_assert!(due.due >= received);
        prop_assert_eq!(due.days.first().unwrap().date, received.date());
        prop_assert!(due.days.windows(2).all(|pair| pair[0].date.succ_opt() == Some(pair[1].date)));
        let ends = due.days.iter().filter(|mark| mark.kind == DayKind::Due).count();
        prop_assert_eq!((ends, due.days.last().unwrap().date), (1, due.due.date()));
        prop_assert!(due.trace.iter().all(|step| step.to_string().ends_with('.')));
    }

    #[test]
    fn more_time_is_never_due_earlier(received in receptions(), amount in 1u16..44) {
        let by = |limit| due(received, &limit, calendar()).unwrap().due;
        prop_assert!(by(Limit::WorkingDays(amount)) < by(Limit::WorkingDays(amount + 1)));
        prop_assert!(by(Limit::CalendarDays(amount)) <= by(Limit::CalendarDays(amount + 1)));
        prop_assert!(by(Limit::Hours(amount)) < by(Limit::Hours(amount + 1)));
    }
}
