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
fn a_limit_within_the_day_takes_no_figure() {
    let counter = TestStation::named("an");
    let ask = |limit: &Value| json!({"received_at": "2026-11-23T09:00:00+07:00", "limit": limit});
    for amount in [json!(0), json!(1)] {
        let due = counter.call("due", &ask(&json!({"kind": "same_day", "amount": amount})));
        assert_eq!(due, counter.call("due", &ask(&same_day())));
    }
    counter.refusal(
        "due",
        &ask(&json!({"kind": "same_day", "amount": 5})),
        "LIMIT_WITHOUT_AMOUNT",
    );
}

#[test]
fn parts_of_a_linked_group_and_the_hand_over_are_counted_when_asked_for() {
    let counter = TestStation::named("an");
    let ask = |more: Value| {
        let mut request = json!({"received_at": "2026-11-23T15:10:00+07:00", "limit": working(1)});
        for (key, value) in more.as_object().unwrap() {
            request[key] = value.clone();
        }
        counter.call("due", &request)
    };
    let keys = |answer: &Value| answer.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let alone = ask(json!({}));
    assert_eq!(
        keys(&alone),
        ["due_at", "due_date", "trace"],
        "what was not asked is not said"
    );
    assert_eq!(alone["due_date"], "2026-11-25");
    // After 15:00 a part of a group counts from the 25th: the 24th is a holiday.
    assert_eq!(ask(json!({"linked": []}))["due_date"], "2026-11-26");
    let group = ask(json!({"linked": [working(3), same_day()]}));
    assert_eq!(group["due_date"], "2026-11-30");
    assert!(group["trace"].to_string().contains("chậm nhất"), "{group}");
    let handed = ask(json!({"transfer": true}));
    assert_eq!(handed["transfer"]["by"], "2026-11-25T07:00:00+07:00");
    assert!(
        handed["transfer"]["trace"].to_string().contains("sau 15:00"),
        "{handed}"
    );
}

#[test]
fn a_year_without_a_calendar_is_named() {
    let counter = TestStation::named("an");
    let ask = json!({"received_at": "2040-01-02T09:00:00+07:00", "limit": working(1)});
    let refused = counter.refusal("due", &ask, "YEAR_NOT_IN_CALENDAR");
    assert_eq!(refused.detail["year"], "2040");
    assert!(refused.words().contains("năm 2040"), "{}", refused.words());
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
