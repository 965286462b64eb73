//! The vectors of the domain reference, the edges of every rule, and the naive counter.
// Overflow in a test is a failing test.
#![allow(clippy::arithmetic_side_effects)]

use super::*;
use chrono::TimeDelta;
use std::sync::LazyLock;

mod oracle;
mod policies;
mod traces;

fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

pub(super) fn calendar() -> &'static Calendar {
    static SHIPPED: LazyLock<Calendar> = LazyLock::new(|| Calendar::embedded().unwrap());
    &SHIPPED
}

fn count(received: &str, limit: Limit) -> Due {
    due(at(received), &limit, calendar()).unwrap()
}

fn trace(received: &str, limit: Limit) -> Vec<String> {
    count(received, limit).trace.iter().map(TraceStep::sentence).collect()
}

/// One letter a day: Start, off (-), the count, Due.
fn strip(due: &Due) -> String {
    let letter = |mark: &DayMark| match mark.kind {
        DayKind::Start => "S".to_owned(),
        DayKind::Off => "-".to_owned(),
        DayKind::Counted(nth) => nth.to_string(),
        DayKind::Due => "D".to_owned(),
    };
    due.days.iter().map(letter).collect()
}

#[test]
fn the_vectors_of_the_domain_reference() {
    use Limit::{CalendarDays, SameDay, WorkingDays};
    for (row, received, limit, expected) in [
        (1, "2026-11-19 09:42", WorkingDays(3), "2026-11-25 17:00"),
        (2, "2026-11-20 15:30", SameDay, "2026-11-23 17:00"),
        (3, "2026-11-23 15:10", SameDay, "2026-11-25 17:00"),
        (4, "2027-02-02 09:00", WorkingDays(7), "2027-02-18 17:00"),
        (5, "2027-02-03 09:00", WorkingDays(2), "2027-02-12 17:00"),
        (6, "2027-04-29 09:00", WorkingDays(5), "2027-05-10 17:00"),
        (7, "2026-01-09 09:00", WorkingDays(1), "2026-01-10 17:00"),
        (8, "2026-08-21 09:00", WorkingDays(1), "2026-08-22 17:00"),
        (9, "2026-08-28 09:00", WorkingDays(3), "2026-09-07 17:00"),
        (10, "2026-12-30 09:00", WorkingDays(3), "2027-01-05 17:00"),
        (11, "2027-01-22 09:00", CalendarDays(15), "2027-02-11 17:00"),
        // Rows 12 and 13 are in `policies`.
    ] {
        assert_eq!(count(received, limit).due, at(expected), "row {row}");
    }
}

#[test]
fn the_same_day_cut_off_belongs_to_the_day() {
    for (received, expected) in [
        ("2026-11-19 15:00", "2026-11-19 17:00"),
        ("2026-11-19 15:01", "2026-11-20 17:00"),
        ("2026-11-19 06:10", "2026-11-19 17:00"),
        ("2026-11-19 17:30", "2026-11-20 17:00"),
        ("2026-11-21 09:00", "2026-11-23 17:00"),
        ("2026-11-21 16:00", "2026-11-23 17:00"),
        ("2026-08-22 10:00", "2026-08-22 17:00"),
    ] {
        assert_eq!(count(received, Limit::SameDay).due, at(expected), "{received}");
    }
    let a_second_late = at("2026-11-19 15:00") + TimeDelta::seconds(1);
    let late = due(a_second_late, &Limit::SameDay, calendar()).unwrap();
    assert_eq!(late.due, at("2026-11-20 17:00"));
    assert!(late.trace[1].sentence().starts_with("Nhận 15:00:01, sau 15:00:"));
}

#[test]
fn out_of_hours_waits_for_the_counter_to_open() {
    for (received, expected) in [
        ("2026-11-19 17:00", "2026-11-20 17:00"),
        ("2026-11-19 17:01", "2026-11-23 17:00"),
        ("2026-11-19 23:59", "2026-11-23 17:00"),
        ("2026-11-20 06:00", "2026-11-23 17:00"),
        ("2026-11-21 09:00", "2026-11-25 17:00"),
        ("2026-11-24 09:00", "2026-11-26 17:00"),
    ] {
        assert_eq!(count(received, Limit::WorkingDays(1)).due, at(expected), "{received}");
    }
}

#[test]
fn hours_keep_their_hour() {
    for (received, amount, expected) in [
        ("2026-11-19 09:42", 8, "2026-11-20 09:42"),
        ("2026-11-19 07:00", 8, "2026-11-19 17:00"),
        ("2026-11-19 05:00", 4, "2026-11-19 11:00"),
        ("2026-11-19 10:30", 1, "2026-11-19 11:30"),
        ("2026-11-19 10:30", 2, "2026-11-19 14:30"),
        ("2026-11-19 11:30", 1, "2026-11-19 14:30"),
        ("2026-11-19 12:00", 1, "2026-11-19 14:30"),
        ("2026-11-19 17:00", 1, "2026-11-20 08:00"),
        ("2026-11-20 16:00", 2, "2026-11-23 08:00"),
        ("2026-11-23 16:00", 2, "2026-11-25 08:00"),
        ("2026-11-21 09:00", 4, "2026-11-23 11:00"),
        ("2026-11-19 09:42", 24, "2026-11-25 09:42"),
    ] {
        let due = count(received, Limit::Hours(amount)).due;
        assert_eq!(due, at(expected), "{received} {amount}");
    }
    let seconds = at("2026-11-19 09:41") + TimeDelta::seconds(20);
    let due = due(seconds, &Limit::Hours(1), calendar()).unwrap().due;
    assert_eq!(due, at("2026-11-19 10:42"));
}

#[test]
fn the_strip_has_every_day() {
    assert_eq!(strip(&count("2026-11-19 09:42", Limit::WorkingDays(3))), "S1--2-D");
    assert_eq!(strip(&count("2026-11-21 09:42", Limit::WorkingDays(1))), "S-S-D");
    assert_eq!(strip(&count("2026-11-19 09:42", Limit::SameDay)), "D");
    assert_eq!(strip(&count("2026-11-23 15:10", Limit::SameDay)), "S-D");
    assert_eq!(strip(&count("2026-11-19 09:42", Limit::Hours(1))), "D");
    assert_eq!(strip(&count("2026-11-19 09:42", Limit::Hours(24))), "S1--2-D");
    assert_eq!(strip(&count("2026-11-26 09:42", Limit::CalendarDays(2))), "S12-D");
}

#[test]
fn what_cannot_be_counted_is_refused() {
    let unknown = |year| Err(DeadlineError::Calendar(CalendarError::YearUnknown { year }));
    let ask = |received: &str, limit| due(at(received), &limit, calendar());
    assert_eq!(ask("2027-12-30 09:00", Limit::WorkingDays(3)), unknown(2028));
    assert_eq!(ask("2027-12-30 09:00", Limit::CalendarDays(u16::MAX)), unknown(2028));
    assert_eq!(ask("2027-12-30 09:00", Limit::Hours(u16::MAX)), unknown(2028));
    assert_eq!(ask("2027-12-31 18:00", Limit::SameDay), unknown(2028));
    assert_eq!(ask("2024-12-31 09:00", Limit::SameDay), unknown(2024));
    for limit in [Limit::WorkingDays(0), Limit::CalendarDays(0), Limit::Hours(0)] {
        assert_eq!(ask("2026-11-19 09:00", limit), Err(DeadlineError::ZeroLimit));
    }
}
