//! Counter and hub in one process, with a line between them that fails where a test wants it to.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::counter::{NOW, TestStation, text};
use crate::line::Way;
use crate::pictures::{noise, png};
use crate::server::TestHub;

/// Sends until nothing waits; a talk that breaks on the way is asked again.
fn sync(counter: &TestStation) -> Value {
    let answer = counter.call("sync", &json!({}));
    assert_eq!(
        (&answer["waiting"], &answer["refused"]),
        (&json!(0), &json!(0)),
        "{answer}"
    );
    answer
}

/// What the counter believes to be up there is up there.
fn agree(counter: &TestStation, hub: &TestHub, dossiers: u64) {
    let durable = sync(counter)["durable"].clone();
    let files = counter.station().files_durable().unwrap();
    let (found, events, blobs) = hub.whole();
    assert_eq!(found, dossiers);
    assert_eq!((json!(events), json!(blobs)), (durable, json!(files)));
}

#[test]
fn a_temporary_code_becomes_official() {
    let (counter, hub) = (TestStation::named("an"), TestHub::start());
    let answer = counter.register(1);
    let temporary = text(&answer["code"]);
    assert!(
        answer["code_kind"] == "temporary" && temporary.starts_with("TAM-"),
        "{answer}"
    );
    counter.refusal("sync", &json!({}), "NOT_ENROLLED");
    counter.enrol(&hub);
    agree(&counter, &hub, 1);
    let shown = counter.show(&temporary);
    assert_eq!(shown["code_kind"], "official");
    let codes: Vec<&str> = shown["codes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["kind"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["temporary", "official"]);
    let official = text(&shown["code"]);
    assert!(official.starts_with("H99.128-261123-"), "{official}");
    assert_eq!(counter.show(&official)["dossier_id"], answer["dossier_id"]);
    // Asked again, the paper in the citizen's hand is what the answer says.
    assert_eq!(counter.register(1), answer);
    assert_eq!(hub.whole().0, 1);
}

#[test]
fn an_enrolled_counter_gives_the_numbers_of_the_day() {
    let hub = TestHub::start();
    let counter = TestStation::enrolled("an", &hub);
    counter.refusal("enrol", &hub.enrolment(), "ALREADY_ENROLLED");
    let codes = counter.register_all(0..3);
    assert_eq!(
        codes,
        ["H99.128-261123-0001", "H99.128-261123-0002", "H99.128-261123-0003"]
    );
    agree(&counter, &hub, 3);
}

#[test]
fn two_counters_never_give_the_same_number() {
    let hub = TestHub::start();
    let counters = [TestStation::enrolled("an", &hub), TestStation::enrolled("binh", &hub)];
    let given = std::thread::scope(|scope| {
        let work = counters.each_ref().map(|counter| scope.spawn(move || all_day(counter)));
        work.map(|one| one.join().unwrap()).concat()
    });
    assert_eq!(given.len(), 300);
    assert!(
        given.iter().all(|code| code.starts_with("H99.128-261123-")),
        "{given:?}"
    );
    assert_eq!(given.iter().collect::<BTreeSet<_>>().len(), 300);
    assert_eq!(hub.whole().0, 300);
}

fn all_day(counter: &TestStation) -> Vec<String> {
    let hours = (0..5).map(|hour| {
        let codes = counter.register_all(hour * 30..hour * 30 + 30);
        sync(counter);
        codes
    });
    hours.collect::<Vec<_>>().concat()
}

#[test]
fn without_the_hub_everything_goes_on() {
    let mut hub = TestHub::start();
    let mut counter = TestStation::enrolled("an", &hub);
    hub.stop();
    let codes = counter.register_all(0..3);
    counter.attach(&codes[0], &png(1));
    counter.refusal("sync", &json!({}), "HUB_UNREACHABLE");
    let status = counter.call("sync-status", &json!({}));
    assert_eq!(
        (&status["state"], &status["problem"]),
        (&json!("offline"), &json!("HUB_UNREACHABLE"))
    );
    assert_eq!(status["waiting_blobs"], 4);
    counter.restart();
    codes
        .iter()
        .for_each(|code| assert_eq!(counter.show(code)["durable"], false));
    counter.is_whole(3);
    hub.open();
    agree(&counter, &hub, 3);
    codes
        .iter()
        .for_each(|code| assert_eq!(counter.show(code)["durable"], true));
}

#[test]
fn the_last_contact_outlives_a_restart() {
    let mut hub = TestHub::start();
    let mut counter = TestStation::named("an");
    let contact = |counter: &TestStation| counter.call("sync-status", &json!({}))["last_contact_at"].clone();
    assert_eq!(contact(&counter), Value::Null);
    counter.enrol(&hub);
    hub.stop();
    counter.refusal("sync", &json!({}), "HUB_UNREACHABLE");
    assert_eq!(contact(&counter), NOW, "a talk that broke is no contact");
    counter.restart();
    assert_eq!(contact(&counter), NOW);
}

#[test]
fn nobody_at_the_address_is_a_refusal_and_no_enrolment() {
    let counter = TestStation::named("an");
    let gone = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let ask = |hub: String| json!({"hub": hub, "code": "0000-0000-0000", "plain": true});
    counter.refusal("enrol", &ask(format!("http://{gone}")), "HUB_UNREACHABLE");
    counter.refusal("enrol", &ask("http://192.0.2.1:80".into()), "INVALID_ADDRESS");
    let hub = TestHub::start();
    counter.refusal("enrol", &ask(hub.line.address()), "ENROLMENT_CODE_INVALID");
    assert_eq!(counter.call("station", &json!({}))["enrolled"], false);
    counter.enrol(&hub);
}

#[test]
fn an_enrolment_tells_of_a_first_talk_that_broke() {
    let hub = TestHub::start();
    let counter = TestStation::named("an");
    // More than the question for enrolment, less than that and the greeting behind it.
    hub.line.cut_after(Way::Up, 700);
    let answer = counter.call("enrol", &hub.enrolment());
    hub.line.mend();
    assert_eq!(answer["first_talk"]["code"], "HUB_UNREACHABLE", "{answer}");
    assert!(text(&answer["first_talk"]["message"]).ends_with('.'), "{answer}");
    assert!(answer["recovery_code"].is_string(), "{answer}");
    assert_eq!(counter.call("sync-status", &json!({}))["state"], "offline");
    assert_eq!(counter.register(1)["code_kind"], "temporary");
    sync(&counter);
    assert_eq!(counter.register(2)["code_kind"], "official");
    agree(&counter, &hub, 2);
}

#[test]
fn the_recovery_code_does_not_wait_for_files() {
    let (counter, hub) = (TestStation::named("an"), TestHub::start());
    let code = counter.register_all(0..1).remove(0);
    counter.attach(&code, &png(1));
    counter.enrol(&hub);
    let status = counter.call("sync-status", &json!({}));
    // The page and the receipt of the temporary code; records and numbers came with the first talk.
    assert_eq!((&status["waiting"], hub.whole().2), (&json!(0), 0));
    assert_ne!((&status["waiting_blobs"], &status["numbers"]), (&json!(0), &json!([])));
    agree(&counter, &hub, 1);
}

#[test]
fn a_hub_that_answers_is_there_while_files_still_go_up() {
    let mut hub = TestHub::start();
    let counter = TestStation::enrolled("an", &hub);
    let code = counter.register_all(0..1).remove(0);
    hub.stop();
    counter.refusal("sync", &json!({}), "HUB_UNREACHABLE");
    hub.open();
    counter.attach(&code, &noise(9, 600));
    hub.line.hold_after(Way::Up, 300_000);
    std::thread::scope(|scope| {
        let syncing = scope.spawn(|| counter.attempt("sync", &json!({})));
        hub.line.wait_until_held();
        let status = counter.call("sync-status", &json!({}));
        assert_eq!(
            (&status["state"], &status["problem"], &status["since"]),
            (&json!("sending"), &Value::Null, &Value::Null),
            "{status}"
        );
        hub.line.let_go();
        assert_eq!(syncing.join().unwrap().unwrap()["waiting"], json!(0));
    });
}

#[test]
fn a_line_cut_anywhere_loses_nothing_and_doubles_nothing() {
    let mut hub = TestHub::start();
    let counter = TestStation::enrolled("an", &hub);
    let mut cuts = 0;
    for (round, bytes) in [1, 90, 700, 1_500, 4_000, 9_000, 17_000, 40_000]
        .into_iter()
        .enumerate()
    {
        let codes = counter.register_all(round * 2..round * 2 + 2);
        counter.attach(&codes[1], &png(u32::try_from(round).unwrap()));
        let way = if round % 2 == 0 { Way::Up } else { Way::Down };
        // Answers are shorter than what is sent.
        hub.line.cut_after(way, if round % 2 == 0 { bytes } else { bytes / 8 });
        cuts += usize::from(
            counter
                .attempt("sync", &json!({}))
                .is_err_and(|error| error.code.as_str() == "HUB_UNREACHABLE"),
        );
        hub.line.mend();
        if round % 3 == 2 {
            hub.restart();
        }
    }
    assert!(cuts >= 6, "only {cuts} talks were cut");
    agree(&counter, &hub, 16);
    counter.is_whole(16);
}

#[test]
fn batches_that_set_out_before_the_last_was_answered_lose_and_double_nothing() {
    let hub = TestHub::start();
    let counter = TestStation::enrolled("an", &hub);
    counter.register_all(0..100);
    // The first full batch is answered at once: from then on two are on their way.
    for bytes in [6_000, 9_000, 20_000] {
        hub.line.cut_after(Way::Up, bytes);
        drop(counter.attempt("sync", &json!({})));
        hub.line.mend();
    }
    agree(&counter, &hub, 100);
    assert!(hub.line.carried(Way::Up) > 20_000);
    let unplaced = "SELECT count(*) FROM placed WHERE accepted IS NULL";
    let mut counter = counter;
    counter.close();
    let unplaced: i64 = counter.database(|db| db.query_row(unplaced, [], |row| row.get(0)).unwrap());
    assert_eq!(unplaced, 0, "every place is known");
}

#[test]
fn a_window_that_closes_ends_the_talk_and_waits_for_no_dead_line() {
    let hub = TestHub::start();
    let counter = TestStation::enrolled("an", &hub);
    sync(&counter);
    counter.register_all(0..60);
    // It stands still in the middle of a batch, before any file.
    hub.line.hold_after(Way::Up, 9_000);
    let background = counter.station().start_background();
    hub.line.wait_until_held();
    drop(background);
    assert!(Arc::strong_count(counter.station()) > 1, "the talk hangs on the line");
    hub.line.let_go();
    while Arc::strong_count(counter.station()) > 1 {
        std::thread::yield_now();
    }
    let status = counter.call("sync-status", &json!({}));
    assert_eq!(status["waiting_blobs"], 60, "the talk went on: {status}");
    // Another one goes on, and nothing is there twice.
    let background = counter.station().start_background();
    drop(background);
    agree(&counter, &hub, 60);
}

#[test]
fn a_push_whose_answer_was_lost_is_pushed_again() {
    let mut hub = TestHub::start();
    let counter = TestStation::enrolled("an", &hub);
    counter.register_all(0..5);
    agree(&counter, &hub, 5);
    // The counter forgets that the hub has it all, as after an answer that never came.
    let before = hub.report();
    let forget = "UPDATE stream SET durable_seq = 0; UPDATE record SET accepted = NULL; DELETE FROM place; UPDATE upload SET done = 0;";
    let mut counter = counter;
    counter.close();
    counter.database(|db| db.execute_batch(forget).unwrap());
    counter.open();
    agree(&counter, &hub, 5);
    assert_eq!(hub.report(), before);
    hub.restart();
    agree(&counter, &hub, 5);
    assert_eq!(hub.report(), before);
}

#[test]
fn one_counter_finds_what_the_other_took_in() {
    let hub = TestHub::start();
    let (an, binh) = (TestStation::enrolled("an", &hub), TestStation::enrolled("binh", &hub));
    let codes = an.register_all(10..14);
    an.attach(&codes[0], &png(1));
    sync(&an);
    sync(&binh);
    for (code, number) in codes.iter().zip(10..) {
        let (here, there) = (binh.show(code), an.show(code));
        for part in [
            "dossier_id",
            "applicant",
            "procedure",
            "due_at",
            "trace",
            "codes",
            "status",
            "components",
        ] {
            assert_eq!(here[part], there[part], "{part}");
        }
        assert_eq!(
            binh.find(&crate::counter::id_number(number)),
            std::slice::from_ref(code)
        );
    }
    assert_eq!(binh.find("nguyen thi mau").len(), 4);
    binh.is_whole(4);
    an.is_whole(4);
    assert_eq!(hub.whole().0, 4);
}

#[test]
fn pages_and_receipts_are_files_up_there() {
    let hub = TestHub::start();
    let counter = TestStation::enrolled("an", &hub);
    let codes = counter.register_all(0..4);
    for (page, code) in (0..12).zip(codes.iter().cycle()) {
        counter.attach(code, &png(page));
    }
    // The same picture twice is one file.
    counter.attach(&codes[3], &png(0));
    agree(&counter, &hub, 4);
    assert_eq!(hub.whole().2, 4 + 12);
    assert_eq!(counter.call("verify", &json!({}))["blobs"], 12);
}

#[test]
fn a_large_page_goes_on_where_the_line_was_cut() {
    let hub = TestHub::start();
    let counter = TestStation::enrolled("an", &hub);
    let code = counter.register_all(0..1).remove(0);
    sync(&counter);
    let page = noise(7, 600);
    let size = page.len() as u64;
    assert!(size > 1_000_000, "{size}");
    let before = hub.line.carried(Way::Up);
    counter.attach(&code, &page);
    hub.line.cut_every(Way::Up, size / 8);
    let mut talks = 0;
    while counter.attempt("sync", &json!({})).is_err() {
        talks += 1;
        assert!(talks < 30, "every talk moves it on");
    }
    hub.line.mend();
    agree(&counter, &hub, 1);
    let sent = hub.line.carried(Way::Up) - before;
    assert!(sent <= size * 13 / 10, "{sent} bytes for {size}");
}

#[test]
fn what_is_registered_while_a_file_goes_up_does_not_wait_for_it() {
    let hub = TestHub::start();
    let counter = TestStation::enrolled("an", &hub);
    let code = counter.register_all(0..1).remove(0);
    sync(&counter);
    counter.attach(&code, &noise(8, 600));
    hub.line.hold_after(Way::Up, 300_000);
    std::thread::scope(|scope| {
        let syncing = scope.spawn(|| counter.attempt("sync", &json!({})));
        hub.line.wait_until_held();
        counter.register(2);
        // The piece under way comes through, and the line stands still in a later one.
        hub.line.go_on_for(Way::Up, 600_000);
        hub.line.wait_until_held();
        let whole = hub.whole();
        assert_eq!(
            (whole.0, whole.2),
            (2, 1),
            "the dossier is up there and the page is not"
        );
        hub.line.let_go();
        assert_eq!(syncing.join().unwrap().unwrap()["waiting"], json!(0));
    });
    assert_eq!(hub.whole().2, 3);
}

#[test]
fn what_two_counters_did_to_one_dossier_is_shown_and_decided() {
    let hub = TestHub::start();
    let (an, mut binh) = (TestStation::enrolled("an", &hub), TestStation::enrolled("binh", &hub));
    let mut request = an.request(0);
    request["procedure"] = json!("1.004873");
    request["components"] = json!([{"no": 1, "state": "missing"}]);
    let code = text(&an.call("register", &request)["code"]);
    sync(&an);
    sync(&binh);
    let extension = |day: &str| json!({"code": code, "new_date": day, "reason": "Chờ xác minh"});
    an.call("extend", &extension("2026-12-15"));
    binh.call("extend", &extension("2026-12-16"));
    sync(&an);
    let told = binh.call("sync", &json!({}));
    assert_eq!((&told["waiting"], &told["refused"]), (&json!(0), &json!(1)));
    // Lists do not count with what was refused either.
    binh.is_as_its_log();
    sync(&an);
    let disputes = binh.call("disputes", &json!({}))["disputes"].clone();
    let one = &disputes[0];
    assert_eq!(
        (&one["code"], &one["reason"]),
        (&json!(code), &json!("EXTENDED_ALREADY"))
    );
    assert!(text(&one["ours"]["words"]).contains("16/12/2026"), "{one}");
    let above = one["above"].as_array().unwrap().last().unwrap();
    assert!(text(&above["words"]).contains("15/12/2026"), "{one}");
    assert_eq!(one["can_redo"], false);
    // Both counters show the same promise, whatever each of them did.
    assert_eq!(an.show(&code)["due_at"], binh.show(&code)["due_at"]);
    assert_eq!(an.call("disputes", &json!({}))["disputes"], json!([]));
    let settle = json!({"event_id": one["event_id"], "choice": "above"});
    binh.call("dispute-settle", &settle);
    binh.refusal("dispute-settle", &settle, "UNKNOWN_DISPUTE");
    sync(&binh);
    sync(&an);
    let last = an.show(&code)["events"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["kind"], "dispute_settled");
    binh.is_as_its_log();
}
