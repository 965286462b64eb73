//! Due dates as the command list gives them: rows 1 to 11 of the reference table, computed by hand
//! from the public holidays of 2025 to 2027 (the day of reception is not counted).

use serde_json::{Value, json};

use crate::counter::TestStation;

fn working(days: u32) -> Value {
    json!({"kind": "working_days", "amount": days})
}

fn same_day() -> Value {
    json!({"kind": "same_day"})
}

#[test]
fn every_row_of_the_reference_table() {
    let counter = TestStation::named("an");
    let rows = [
        ("2026-11-19T09:00:00+07:00", working(3), "2026-11-25"),
        ("2026-11-20T15:30:00+07:00", same_day(), "2026-11-23"),
        ("2026-11-23T15:10:00+07:00", same_day(), "2026-11-25"),
        ("2027-02-02T09:00:00+07:00", working(7), "2027-02-18"),
        ("2027-02-03T09:00:00+07:00", working(2), "2027-02-12"),
        ("2027-04-29T09:00:00+07:00", working(5), "2027-05-10"),
        ("2026-01-09T09:00:00+07:00", working(1), "2026-01-10"),
        ("2026-08-21T09:00:00+07:00", working(1), "2026-08-22"),
        ("2026-08-28T09:00:00+07:00", working(3), "2026-09-07"),
        ("2026-12-30T09:00:00+07:00", working(3), "2027-01-05"),
        (
            "2027-01-22T09:00:00+07:00",
            json!({"kind": "calendar_days", "amount": 15}),
            "2027-02-11",
        ),
    ];
    for (row, (received_at, limit, due)) in rows.into_iter().enumerate() {
        let answer = counter.call("due", &json!({"received_at": received_at, "limit": limit}));
        assert_eq!(answer["due_date"], due, "row {}: {answer}", row + 1);
        assert!(answer["due_at"].as_str().unwrap().starts_with(due), "{answer}");
        let trace = answer["trace"].as_array().unwrap();
        assert!(
            !trace.is_empty() && trace.iter().all(|line| !line.as_str().unwrap().is_ascii()),
            "{answer}"
        );
    }
}

#[test]
fn the_same_instant_in_another_zone_is_due_the_same() {
    let counter = TestStation::named("an");
    let due = |received_at: &str| counter.call("due", &json!({"received_at": received_at, "limit": same_day()}));
    assert_eq!(due("2026-11-23T15:10:00+07:00"), due("2026-11-23T08:10:00Z"));
}

#[test]
fn what_cannot_be_counted_is_refused() {
    let counter = TestStation::named("an");
    let ask = |received_at: &str, limit: &Value| json!({"received_at": received_at, "limit": limit});
    let monday = "2026-11-23T09:00:00+07:00";
    counter.refusal("due", &ask("2026-02-31T09:00:00+07:00", &working(1)), "INVALID_DATE");
    counter.refusal(
        "due",
        &ask("2040-01-02T09:00:00+07:00", &working(1)),
        "YEAR_NOT_IN_CALENDAR",
    );
    counter.refusal("due", &ask(monday, &json!({"kind": "working_days"})), "MISSING_FIELD");
    counter.refusal(
        "due",
        &ask(monday, &json!({"kind": "working_days", "amount": 70_000})),
        "INVALID_COUNT",
    );
    counter.refusal(
        "due",
        &ask(monday, &json!({"kind": "fortnights", "amount": 1})),
        "BAD_REQUEST",
    );
}
