//! A choice about what was refused: on the disk, in the log, and not asked again.

use serde_json::{Value, json};

use crate::promises::tests::{ASKED, Desk};

/// What the hub would have said of the newest event of this kind.
fn refuse(desk: &Desk, kind: &str, reason: &str) {
    let changed = desk.station.store.write(|transaction| {
        let like = format!("%\"{kind}\"%");
        Ok(transaction.execute(include_str!("tests/refuse.sql"), [like, reason.to_owned()])?)
    });
    assert_eq!(changed.unwrap(), 1);
}

fn open(desk: &Desk) -> Vec<Value> {
    desk.call("disputes", &json!({}))["disputes"]
        .as_array()
        .unwrap()
        .clone()
}

fn refused_extension() -> (Desk, String) {
    let desk = Desk::new("restart");
    let code = desk.register("r-1");
    let desk = desk.at(ASKED);
    desk.call(
        "extend",
        &json!({"code": code, "new_date": "2026-11-23", "reason": "Chờ xác minh"}),
    );
    refuse(&desk, "extended", "NOT_REGISTERED");
    (desk, code)
}

#[test]
fn both_sides_are_shown_and_the_dossier_follows_the_other() {
    let (desk, code) = refused_extension();
    let all = open(&desk);
    assert_eq!(all.len(), 1);
    let one = &all[0];
    assert_eq!((&one["code"], &one["reason"]), (&json!(code), &json!("NOT_REGISTERED")));
    assert!(one["ours"]["words"].as_str().unwrap().contains("Chờ xác minh"), "{one}");
    assert_eq!(one["can_redo"], true);
    let status = desk.call("sync-status", &json!({}));
    assert_eq!(
        (&status["refused"], &status["newest_refused"]),
        (&json!(1), &one["event_id"])
    );
}

#[test]
fn following_the_other_side_closes_it_and_is_an_event() {
    let (desk, code) = refused_extension();
    let id = open(&desk)[0]["event_id"].clone();
    let settle = json!({"event_id": id, "choice": "above"});
    desk.call("dispute-settle", &settle);
    assert_eq!(open(&desk), Vec::<Value>::new());
    let status = desk.call("sync-status", &json!({}));
    assert_eq!(
        (&status["refused"], &status["newest_refused"]),
        (&json!(0), &json!(null))
    );
    let events = desk.call("show", &json!({"code": code}))["events"].clone();
    let last = events.as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["kind"], &last["words"]),
        (&json!("dispute_settled"), &json!("Theo việc cấp trên đã ghi"))
    );
    let again = desk.refused("dispute-settle", &settle);
    assert_eq!(
        (again.code, again.field.as_deref()),
        (crate::Code::UnknownDispute, Some("event_id"))
    );
    // The choice is known from the log alone.
    desk.station.store.write(crate::project::rebuild).unwrap();
    assert_eq!(open(&desk), Vec::<Value>::new());
}

#[test]
fn doing_it_once_more_does_it_as_the_dossier_stands_now() {
    let (desk, code) = refused_extension();
    let due = desk.call("show", &json!({"code": code}))["due_at"].clone();
    let id = open(&desk)[0]["event_id"].clone();
    desk.call("dispute-settle", &json!({"event_id": id, "choice": "again"}));
    assert_eq!(open(&desk), Vec::<Value>::new());
    let shown = desk.call("show", &json!({"code": code}));
    assert_ne!(shown["due_at"], due);
    assert!(
        shown["due_at"].as_str().unwrap().starts_with("2026-11-23"),
        "{}",
        shown["due_at"]
    );
    // Refused once more, it cannot be done a third time: once is the law.
    refuse(&desk, "extended", "EXTENDED_ALREADY");
    desk.call(
        "extend",
        &json!({"code": code, "new_date": "2026-11-25", "reason": "Chờ xác minh"}),
    );
    let left = open(&desk);
    assert_eq!((left.len(), &left[0]["can_redo"]), (1, &json!(false)));
    let refused = desk.refused(
        "dispute-settle",
        &json!({"event_id": left[0]["event_id"], "choice": "again"}),
    );
    assert_eq!(refused.code, crate::Code::ExtendedAlready);
    assert_eq!(open(&desk).len(), 1, "nothing was written");
}
