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

/// A registration that is accepted above, an extension that is refused, and the promise before and
/// after what was done here.
fn both_sides() -> (Desk, String, [Value; 2]) {
    let desk = Desk::new("restart");
    let code = desk.register("r-1");
    let accept =
        |transaction: &rusqlite::Transaction<'_>| Ok(transaction.execute(include_str!("tests/accept.sql"), [])?);
    assert_eq!(desk.station.store.write(accept).unwrap(), 1);
    let desk = desk.at(ASKED);
    let printed = desk.show(&code)["due_at"].clone();
    desk.call(
        "extend",
        &json!({"code": code, "new_date": "2026-11-23", "reason": "Chờ xác minh"}),
    );
    let extended = desk.show(&code)["due_at"].clone();
    refuse(&desk, "extended", "NOT_REGISTERED");
    (desk, code, [printed, extended])
}

fn refused_extension() -> (Desk, String) {
    let (desk, code, _) = both_sides();
    (desk, code)
}

#[test]
fn both_sides_are_shown_and_the_dossier_follows_the_other() {
    let (desk, code, [printed, extended]) = both_sides();
    let all = open(&desk);
    assert_eq!(all.len(), 1);
    let one = &all[0];
    assert_eq!((&one["code"], &one["reason"]), (&json!(code), &json!("NOT_REGISTERED")));
    assert!(one["ours"]["words"].as_str().unwrap().contains("Chờ xác minh"), "{one}");
    assert_eq!(one["can_redo"], true);
    let above = one["above"].as_array().unwrap();
    assert_eq!(above.len(), 1, "{one}");
    assert!(above[0]["words"].as_str().unwrap().contains("Tiếp nhận"), "{one}");
    assert_eq!(above[0]["actor"], json!(null));
    // What was refused moves no promise any more.
    assert_ne!(extended, printed);
    assert_eq!(desk.show(&code)["due_at"], printed);
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

#[test]
fn money_is_not_taken_once_more_and_lies_in_the_till_all_the_same() {
    let desk = Desk::new("restart");
    desk.call("officer-add", &json!({"name": "Ngô Bảo Mẫu", "pin": "246810"}));
    let fees = json!([{"name": "Chứng thực bản sao", "amount": 20_000}]);
    let by = |command: &str, request: &Value| {
        let caller = crate::Caller::Headless(Some("Ngô Bảo Mẫu".to_owned()));
        desk.station.call(&caller, command, request.clone())
    };
    let request = json!({"request_id": "r-1", "procedure": "2.000815", "fees": fees,
        "applicant": {"kind": "person", "name": "Lò Thị Mẫu"}});
    let code = by("register", &request).unwrap()["code"].clone();
    let pays = json!({"code": code, "amount": 20_000, "method": "cash"});
    by("payment", &pays).unwrap();
    let till = || by("cash-day", &json!({})).unwrap()["officers"][0]["total"].clone();
    refuse(&desk, "payment_received", "NOTHING_DUE");
    let one = open(&desk)[0].clone();
    // The dossier owes it by what holds above, and still nobody pays it twice by a key of this screen.
    assert_eq!((&one["can_redo"], till()), (&json!(false), json!(20_000)));
    let again = json!({"event_id": one["event_id"], "choice": "again"});
    assert_eq!(desk.refused("dispute-settle", &again).code, crate::Code::RefusedByState);
    assert_eq!((open(&desk).len(), till()), (1, json!(20_000)));
    // It was taken: a till made again from the log is the one on the signed slip.
    desk.station.store.write(crate::project::rebuild).unwrap();
    assert_eq!(till(), json!(20_000));
    desk.call(
        "dispute-settle",
        &json!({"event_id": one["event_id"], "choice": "above"}),
    );
    assert_eq!((open(&desk).len(), till()), (0, json!(20_000)));
}
