//! Pushing: twice, overlapping, with gaps, forked, tampered, unknown, refused by state.

use dossier::Fact;
use wire::envelope::hex;
use wire::protocol::{PushRequest, PushResponse, RefusalCode};
use wire::{Record, first_prev};

use crate::device::Device;
use crate::events::{coded, event, new_dossier, note, page, registered};
use crate::server::{AGENCY, TestHub};

fn with_notes(server: &TestHub, notes: usize) -> Device {
    let mut device = server.enrolled(1);
    let dossier = new_dossier();
    device.write(&registered(AGENCY, AGENCY, dossier));
    (1..notes).for_each(|n| device.write(&note(AGENCY, dossier, &n.to_string())));
    device
}

#[test]
fn a_batch_twice_is_as_once() {
    let server = TestHub::new();
    let device = with_notes(&server, 5);
    let first = device.push_all();
    assert_eq!(
        (first.durable.seq, first.durable.hash.clone()),
        (5, hex(&device.hashes[5]))
    );
    assert_eq!(
        first.accepted.iter().map(|it| (it.seq, it.number)).collect::<Vec<_>>(),
        (1..=5).map(|n| (n, n)).collect::<Vec<_>>()
    );
    assert_eq!(device.push_all(), first);
    assert_eq!(device.push(2, 3).unwrap().durable, first.durable);
    let report = server.hub().report().unwrap();
    assert_eq!((report.events, report.dossiers, report.chain), (5, 1, "ok"));
    assert!(report.problems.is_empty());
}

#[test]
fn an_overlap_adds_only_what_is_new() {
    let server = TestHub::new();
    let device = with_notes(&server, 6);
    device.push(1, 4).unwrap();
    let answer = device.push(3, 6).unwrap();
    assert_eq!(answer.durable.seq, 6);
    assert_eq!(
        answer.accepted.iter().map(|it| it.number).collect::<Vec<_>>(),
        vec![3, 4, 5, 6]
    );
    assert_eq!(server.hub().report().unwrap().events, 6);
}

#[test]
fn a_gap_is_told_with_what_is_durable() {
    let server = TestHub::new();
    let device = with_notes(&server, 6);
    device.push(1, 2).unwrap();
    let refusal = device.push(4, 6).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Gap);
    assert_eq!(refusal.durable.unwrap().hash, hex(&device.hashes[2]));
    assert_eq!(device.hello().unwrap().durable.seq, 2);
    assert_eq!(device.push(3, 6).unwrap().durable.seq, 6);
}

#[test]
fn a_batch_that_overtook_the_one_before_it_waits_for_it() {
    let server = TestHub::new();
    let device = with_notes(&server, 6);
    let early = PushRequest {
        follows: true,
        ..device.batch(4, 6)
    };
    let push_early = || device.post("/v1/push", &early).read::<PushResponse>();
    let lost = push_early().unwrap_err();
    assert_eq!(lost.code, RefusalCode::Gap, "patience ends");
    let answer = std::thread::scope(|scope| {
        let early = scope.spawn(push_early);
        assert_eq!(device.push(1, 3).unwrap().durable.seq, 3);
        early.join().unwrap().unwrap()
    });
    assert_eq!(answer.durable.seq, 6);
}

#[test]
fn a_clone_that_goes_on_writing_is_a_fork() {
    let server = TestHub::new();
    let mut device = with_notes(&server, 3);
    let mut clone = device.clone();
    let dossier = new_dossier();
    device.write(&registered(AGENCY, AGENCY, dossier));
    clone.write(&registered(AGENCY, AGENCY, dossier));
    clone.write(&note(AGENCY, dossier, "bản sao"));
    device.push_all();
    for (from, to) in [(4, 4), (1, 5), (5, 5)] {
        let refusal = clone.push(from, to).unwrap_err();
        assert_eq!((refusal.code, refusal.durable.unwrap().seq), (RefusalCode::Fork, 4));
    }
    assert_eq!(device.hello().unwrap().durable.seq, 4);
    let report = server.hub().report().unwrap();
    assert_eq!((report.events, report.chain), (4, "ok"));
    assert!(report.problems.iter().all(|problem| problem.code == "FORK") && !report.problems.is_empty());
    // Hello finds it too, once both have a record of the same number.
    let shorter = Device {
        records: clone.records[..4].to_vec(),
        hashes: clone.hashes[..5].to_vec(),
        ..clone
    };
    assert_eq!(shorter.hello().unwrap_err().code, RefusalCode::Fork);
}

#[test]
fn a_changed_byte_is_refused_whole() {
    let server = TestHub::new();
    let device = with_notes(&server, 3);
    let refused = |change: &dyn Fn(&mut wire::protocol::PushRequest)| {
        let mut batch = device.batch(1, 3);
        change(&mut batch);
        device.post("/v1/push", &batch).refused()
    };
    let body = |it: &mut Record, from: &str, to: &str| it.body = it.body.as_ref().map(|text| text.replace(from, to));
    assert_eq!(
        refused(&|batch| body(&mut batch.records[2], "2", "3")),
        RefusalCode::BadSignature
    );
    assert_eq!(
        refused(&|batch| batch.records[0].header = batch.records[0].header.replace("\"based_on\":0", "\"based_on\":1")),
        RefusalCode::BadSignature
    );
    assert_eq!(
        refused(&|batch| batch.records[1].digest = "0".repeat(64)),
        RefusalCode::BadSignature
    );
    assert_eq!(
        refused(&|batch| batch.records[1].digest = "x".to_owned()),
        RefusalCode::BadMessage
    );
    assert_eq!(refused(&|batch| batch.records[1].salt = None), RefusalCode::BadMessage);
    assert_eq!(
        refused(&|batch| batch.head.signature = "0".repeat(128)),
        RefusalCode::BadSignature
    );
    assert_eq!(refused(&|batch| batch.prev = "0".repeat(64)), RefusalCode::BadSignature);
    assert_eq!(refused(&|batch| drop(batch.records.remove(1))), RefusalCode::BadMessage);
    assert_eq!(refused(&|batch| batch.records[0].seq = 0), RefusalCode::BadMessage);
    assert_eq!(refused(&|batch| batch.stream.epoch = 2), RefusalCode::UnknownDevice);
    assert_eq!(server.hub().report().unwrap().events, 0);
    assert_eq!(device.push_all().durable.seq, 3);
}

#[test]
fn a_destroyed_body_still_verifies() {
    let server = TestHub::new();
    let device = with_notes(&server, 3);
    let mut batch = device.batch(1, 3);
    (batch.records[2].salt, batch.records[2].body) = (None, None);
    let answer: wire::protocol::PushResponse = device.post("/v1/push", &batch).read().unwrap();
    assert_eq!((answer.durable.seq, answer.refused.len()), (3, 0));
    // Taken in as it came; until the event that erased it comes too, the report tells of it.
    let problems = server.hub().report().unwrap().problems;
    assert_eq!((problems.len(), problems[0].code.as_str()), (1, "BODY_MISSING"));
}

#[test]
fn kinds_of_a_newer_program_are_kept() {
    let server = TestHub::new();
    let mut device = with_notes(&server, 1);
    let dossier = device.records[0].event().unwrap().dossier;
    let sealed = |seq, fact| {
        let clocks = wire::Clocks {
            at: crate::events::at(),
            mono_ms: None,
            boot: None,
        };
        Record::seal(&event(AGENCY, dossier, fact), clocks, 0, seq, [7; 16]).unwrap()
    };
    let mut newer = sealed(2, Fact::ProcessingStarted);
    newer.header = newer.header.replace("processing_started", "seen_by_drone");
    device.keep(newer);
    let mut strange = sealed(3, Fact::Rated { level: 5, reason: None });
    // A body this program cannot read, honestly hashed.
    let body = "{\"level\":\"five\"}";
    let salt: [u8; 16] = [7; 16];
    let mut hashed = Vec::new();
    for part in [&salt[..], body.as_bytes()] {
        hashed.extend(u32::try_from(part.len()).unwrap().to_le_bytes());
        hashed.extend(part);
    }
    strange.digest = blake3::hash(&hashed).to_hex().to_string();
    strange.body = Some(body.to_owned());
    device.keep(strange);
    let answer = device.push_all();
    assert_eq!(answer.durable.seq, 3);
    assert_eq!(
        answer
            .refused
            .iter()
            .map(|it| (it.seq, it.reason.as_str()))
            .collect::<Vec<_>>(),
        vec![(3, "UNREADABLE_BODY")]
    );
    assert_eq!(server.hub().report().unwrap().chain, "ok");
}

#[test]
fn what_the_state_refuses_is_kept_and_blocks_nothing() {
    let server = TestHub::new();
    let mut device = server.enrolled(1);
    let dossier = new_dossier();
    device.write(&note(AGENCY, dossier, "trước khi tiếp nhận"));
    device.write(&registered(AGENCY, AGENCY, dossier));
    device.write(&event(AGENCY, Some(dossier), Fact::ResultArrived));
    device.write(&event(AGENCY, Some(dossier), Fact::ProcessingStarted));
    device.write(&event(
        "H99.129",
        Some(dossier),
        Fact::NoteAdded {
            text: "của nơi khác".to_owned(),
        },
    ));
    device.write(&event(
        AGENCY,
        None,
        Fact::ClockConfirmed {
            day: "2026-11-23".parse().unwrap(),
        },
    ));
    let answer = device.push_all();
    assert_eq!(answer.durable.seq, 6);
    let reasons: Vec<_> = answer.refused.iter().map(|it| (it.seq, it.reason.as_str())).collect();
    assert_eq!(
        reasons,
        vec![(1, "NOT_REGISTERED"), (3, "WRONG_STATE"), (5, "OTHER_AGENCY")]
    );
    assert_eq!(device.push_all().refused, answer.refused);
}

#[test]
fn an_event_re_emitted_in_a_new_life_counts_once() {
    let server = TestHub::new();
    let mut device = server.enrolled(1);
    let dossier = new_dossier();
    let (taken_in, noted) = (registered(AGENCY, AGENCY, dossier), note(AGENCY, dossier, "một"));
    device.write(&taken_in);
    device.write(&noted);
    device.push(1, 1).unwrap();
    let mut reborn = device.reborn(8, 2);
    reborn
        .enrol(server.url(), &server.hub().new_code(AGENCY).unwrap())
        .unwrap();
    reborn.write(&taken_in);
    reborn.write(&noted);
    let answer = reborn.push_all();
    assert_eq!(
        answer.accepted.iter().map(|it| it.number).collect::<Vec<_>>(),
        vec![1, 3]
    );
    assert!(answer.refused.is_empty());
    assert_eq!(server.hub().report().unwrap().dossiers, 1);
}

#[test]
fn a_code_given_twice_is_a_task_and_no_error() {
    let server = TestHub::new();
    let mut device = server.enrolled(1);
    for _ in 0..2 {
        let dossier = new_dossier();
        device.write(&registered(AGENCY, AGENCY, dossier));
        device.write(&coded(AGENCY, dossier, 17));
    }
    assert!(device.push_all().refused.is_empty());
    let report = server.hub().report().unwrap();
    assert_eq!((report.dossiers, report.chain), (2, "ok"));
    assert_eq!(
        report
            .problems
            .iter()
            .map(|it| (it.code.as_str(), it.detail.as_str()))
            .collect::<Vec<_>>(),
        vec![("CODE_CLASH", "H99.128-261123-0017")]
    );
}

#[test]
fn a_restart_keeps_everything() {
    let mut server = TestHub::new();
    let mut device = with_notes(&server, 4);
    let dossier = device.records[0].event().unwrap().dossier.unwrap();
    device.write(&page(AGENCY, dossier, b"trang"));
    let before = device.push_all();
    assert_eq!(before.wanted, vec![blake3::hash(b"trang").to_hex().to_string()]);
    server.restart();
    device.url = server.url().to_owned();
    assert_eq!(device.push_all(), before);
    let hello = device.hello().unwrap();
    assert_eq!((hello.durable, hello.generation), (before.durable, before.generation));
    assert_eq!(hello.now, "2026-11-23T08:10:00.000Z");
}

#[test]
fn the_first_prev_is_the_key() {
    let server = TestHub::new();
    let device = server.enrolled(3);
    let durable = device.hello().unwrap().durable;
    assert_eq!(durable.hash, hex(&first_prev(device.key.verifying_key().as_bytes())));
}

/// On a line that was cut while the answer came: the same, without the records.
#[test]
fn a_lost_answer_can_be_asked_for() {
    let server = TestHub::new();
    let (mut device, other) = (server.enrolled(1), server.enrolled(2));
    let dossier = new_dossier();
    device.write(&registered(AGENCY, AGENCY, dossier));
    device.write(&registered(AGENCY, AGENCY, dossier));
    device.write(&registered(AGENCY, AGENCY, new_dossier()));
    let answer = device.push_all();
    assert_eq!(answer.refused.len(), 1);
    let ask = |after: u64| device.ask("GET", &format!("/v1/accepted?epoch=1&after={after}"), b"");
    let page: wire::protocol::AcceptedPage = ask(0).read().unwrap();
    assert_eq!((&page.accepted, &page.refused), (&answer.accepted, &answer.refused));
    let page: wire::protocol::AcceptedPage = ask(2).read().unwrap();
    assert_eq!(
        (page.accepted.as_slice(), page.refused.len()),
        (&answer.accepted[2..], 0)
    );
    // Everybody asks for their own alone.
    let theirs: wire::protocol::AcceptedPage = other.ask("GET", "/v1/accepted?epoch=1&after=0", b"").read().unwrap();
    assert_eq!(theirs.accepted, []);
}
