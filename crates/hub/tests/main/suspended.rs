//! Devices that are suspended, and devices a restored hub does not know.

use wire::protocol::{PullResponse, RefusalCode, ReturnRequest, ReturnResponse};

use crate::device::Device;
use crate::events::{new_dossier, registered};
use crate::server::{AGENCY, TestHub};

fn tasks(server: &TestHub, code: &str) -> usize {
    let report = server.hub().report().unwrap();
    assert_eq!(report.chain, "ok");
    report.problems.iter().filter(|problem| problem.code == code).count()
}

#[test]
fn what_a_suspended_device_sends_is_evidence_and_changes_nothing() {
    let mut server = TestHub::new();
    let mut device = server.enrolled(1);
    (0..3).for_each(|_| device.write(&registered(AGENCY, AGENCY, new_dossier())));
    device.push(1, 1).unwrap();
    server.hub().suspend(&device.stream.device).unwrap();
    for again in 0..2 {
        assert_eq!(
            device.push(2, 3).unwrap_err().code,
            RefusalCode::DeviceSuspended,
            "{again}"
        );
    }
    let refused = |answer: crate::device::Answer| assert_eq!(answer.refused(), RefusalCode::DeviceSuspended);
    refused(device.ask("GET", "/v1/pull?after=0", b""));
    refused(device.ask("GET", "/v1/rules?after=0", b""));
    refused(device.ask("GET", "/v1/stream?epoch=1", b""));
    // Only what the device itself wrote is evidence.
    let mut forged = device.batch(2, 3);
    forged.head.signature = "00".repeat(64);
    assert_eq!(device.post("/v1/push", &forged).refused(), RefusalCode::BadSignature);
    let facts = server.hub().devices().unwrap();
    assert_eq!((facts.len(), facts[0].events, facts[0].evidence), (1, 1, 2));
    assert_eq!(
        (server.hub().report().unwrap().dossiers, tasks(&server, "EVIDENCE")),
        (1, 1)
    );
    server.restart();
    device.url = server.url().to_owned();
    assert_eq!(device.hello().unwrap_err().code, RefusalCode::DeviceSuspended);
    // Taken back, it sends the same again, and now it counts.
    server.hub().reinstate(&device.stream.device).unwrap();
    assert_eq!(device.hello().unwrap().durable.seq, 1);
    assert_eq!(device.push(2, 3).unwrap().durable.seq, 3);
    assert_eq!(server.hub().report().unwrap().dossiers, 3);
    assert_eq!(server.hub().devices().unwrap()[0].suspended_at, None);
}

#[test]
fn a_backup_takes_no_suspended_device_back() {
    let mut server = TestHub::new();
    let device = server.enrolled(1);
    server.stop();
    let backup = std::fs::read(server.folders.data.join("hub.db")).unwrap();
    server.start();
    server.hub().suspend(&device.stream.device).unwrap();
    server.stop();
    std::fs::write(server.folders.data.join("hub.db"), backup).unwrap();
    server.start();
    let mut device = device;
    device.url = server.url().to_owned();
    assert_eq!(device.hello().unwrap_err().code, RefusalCode::DeviceSuspended);
}

#[test]
fn a_device_comes_back_with_what_the_hub_itself_signed() {
    let mut server = TestHub::new();
    server.stop();
    let backup = std::fs::read(server.folders.data.join("hub.db")).unwrap();
    server.start();
    let second = server.second_agency();
    let mut device = Device::new(1, second);
    let answer = device
        .enrol(server.url(), &server.hub().new_code(second).unwrap())
        .unwrap();
    let request = ReturnRequest {
        proof: answer.proof.unwrap(),
    };
    device.write(&registered(second, second, new_dossier()));
    device.push_all();
    let mut thief = Device::new(2, second);
    server.stop();
    std::fs::write(server.folders.data.join("hub.db"), backup).unwrap();
    server.start();
    device.url = server.url().to_owned();
    thief.url = server.url().to_owned();
    assert_eq!(device.hello().unwrap_err().code, RefusalCode::UnknownDevice);
    // The paper is worth nothing without the key, nor with another word in it.
    thief.stream = device.stream;
    assert_eq!(thief.post("/v1/return", &request).refused(), RefusalCode::UnknownDevice);
    let mut changed = request.clone();
    changed.proof.text = changed.proof.text.replace(second, AGENCY);
    assert_eq!(
        device.post("/v1/return", &changed).refused(),
        RefusalCode::UnknownDevice
    );
    for _ in 0..2 {
        let _known: ReturnResponse = device.post("/v1/return", &request).read().unwrap();
    }
    assert_eq!(tasks(&server, "DEVICE_RETURNED"), 1);
    assert_eq!(device.push_all().durable.seq, 1);
    let page: PullResponse = device.pull(0, 10);
    assert!(page.events.is_empty(), "its own come back to nobody");
    assert_eq!(server.hub().report().unwrap().dossiers, 1);
}

#[test]
fn evidence_that_fills_its_room_is_a_task_and_its_count_begins_anew() {
    let mut server = TestHub::new();
    let mut device = server.enrolled(1);
    (0..4).for_each(|_| device.write(&registered(AGENCY, AGENCY, new_dossier())));
    let sent = |server: &TestHub, device: &Device, from, to| {
        assert_eq!(device.push(from, to).unwrap_err().code, RefusalCode::DeviceSuspended);
        server.hub().devices().unwrap()[0].evidence
    };
    server.hub().suspend(&device.stream.device).unwrap();
    assert_eq!(sent(&server, &device, 1, 2), 2);
    // All but the last bytes are used up.
    server.stop();
    let most = 64 << 20;
    server.database(|db| {
        let counted: i64 = db
            .query_row("SELECT evidence_bytes FROM device", [], |row| row.get(0))
            .unwrap();
        let kept = serde_json::to_string(&device.batch(1, 2)).unwrap().len();
        assert_eq!(usize::try_from(counted).unwrap(), kept);
        db.execute("UPDATE device SET evidence_bytes = ?1", [most - 10])
            .unwrap();
    });
    server.start();
    server.url().clone_into(&mut device.url);
    assert_eq!(sent(&server, &device, 1, 2), 2, "sent again, it takes no more room");
    assert_eq!(tasks(&server, "EVIDENCE_FULL"), 0);
    for _ in 0..2 {
        assert_eq!(sent(&server, &device, 3, 3), 2);
        assert_eq!((tasks(&server, "EVIDENCE"), tasks(&server, "EVIDENCE_FULL")), (1, 1));
    }
    server.hub().reinstate(&device.stream.device).unwrap();
    server.clock.fetch_add(60_000, std::sync::atomic::Ordering::SeqCst);
    server.hub().suspend(&device.stream.device).unwrap();
    assert_eq!(
        sent(&server, &device, 3, 4),
        4,
        "what came before it was taken back is its own matter"
    );
    assert_eq!((tasks(&server, "EVIDENCE"), tasks(&server, "EVIDENCE_FULL")), (2, 1));
}

/// A copy made while the hub ran, put back after it was killed: the counts of both files are the same.
#[test]
fn a_copy_of_the_running_hub_takes_no_suspended_device_back() {
    let mut server = TestHub::new();
    let device = server.enrolled(1);
    server.stop();
    let hub = server.open();
    let copy: Vec<_> = ["hub.db", "hub.db-wal", "hub.generation"]
        .into_iter()
        .map(|name| server.folders.data.join(name))
        .filter_map(|path| Some((path.clone(), std::fs::read(path).ok()?)))
        .collect();
    assert!(copy.len() > 1);
    hub.suspend(&device.stream.device).unwrap();
    // Dropped, not finished: as a killed process leaves it.
    drop(hub);
    let _none = std::fs::remove_file(server.folders.data.join("hub.db-wal"));
    for (path, bytes) in copy {
        std::fs::write(path, bytes).unwrap();
    }
    let found = server.open().devices().unwrap();
    assert!(found[0].suspended_at.is_some());
}
