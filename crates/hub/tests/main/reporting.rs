//! The report finds any changed byte, and a database from a backup gets a new generation.

use rig::files;

use crate::device::Device;
use crate::events::{coded, erased, new_dossier, note, page, registered};
use crate::server::{AGENCY, TestHub};

fn filled() -> (TestHub, Device) {
    let mut server = TestHub::new();
    let mut device = server.enrolled(1);
    let dossier = new_dossier();
    device.write(&registered(AGENCY, AGENCY, dossier));
    device.write(&coded(AGENCY, dossier, 1));
    device.write(&note(AGENCY, dossier, "một"));
    device.write(&page(AGENCY, dossier, b"trang"));
    device.push_all();
    device.bring(b"trang");
    assert_eq!(server.hub().report().unwrap().chain, "ok");
    server.stop();
    (server, device)
}

#[test]
fn every_kind_of_change_is_found() {
    for (change, finding) in [
        (
            "UPDATE event SET header = replace(header, 'note', 'nope') WHERE seq = 3",
            "CHAIN_BROKEN",
        ),
        (
            "UPDATE event SET body = replace(body, 'một', 'hai') WHERE seq = 3",
            "BODY_CHANGED",
        ),
        (
            "UPDATE event SET salt = iif(salt LIKE '0%', '1', '0') || substr(salt, 2) WHERE seq = 1",
            "BODY_CHANGED",
        ),
        (
            "UPDATE event SET digest = iif(digest LIKE 'f%', '0', 'f') || substr(digest, 2) WHERE seq = 2",
            "CHAIN_BROKEN",
        ),
        ("UPDATE event SET prev = zeroblob(32) WHERE seq = 2", "CHAIN_BROKEN"),
        (
            "UPDATE event SET body = NULL, salt = NULL WHERE seq = 3",
            "BODY_MISSING",
        ),
        ("UPDATE event SET salt = NULL WHERE seq = 3", "BODY_HALF_ERASED"),
        ("DELETE FROM delivery; DELETE FROM event WHERE seq = 4", "HEAD_DIFFERS"),
        ("DELETE FROM delivery; DELETE FROM event WHERE seq = 2", "CHAIN_BROKEN"),
        ("UPDATE stream SET hash = zeroblob(32)", "SIGNATURE_WRONG"),
        (
            "UPDATE event SET dossier = zeroblob(16) WHERE seq = 4",
            "COLUMNS_DIFFER",
        ),
        ("UPDATE blob SET key = zeroblob(32)", "FILE_DAMAGED"),
    ] {
        let (server, _) = filled();
        server.database(|db| db.execute_batch(change).unwrap());
        let report = server.open().report().unwrap();
        assert_eq!(report.chain, "broken", "{change}");
        assert!(
            report.problems.iter().any(|it| it.code == finding),
            "{change}: {:?}",
            report.problems
        );
    }
}

/// Erased by law: the event that names the body stands in the log, and nothing is broken.
#[test]
fn a_body_that_an_event_erased_may_be_gone() {
    let mut server = TestHub::new();
    let mut device = server.enrolled(1);
    let dossier = new_dossier();
    let told = note(AGENCY, dossier, "một");
    device.write(&registered(AGENCY, AGENCY, dossier));
    device.write(&told);
    device.write(&erased(AGENCY, dossier, told.id));
    device.push_all();
    server.stop();
    let destroy = |seq: u8| format!("UPDATE event SET body = NULL, salt = NULL WHERE seq = {seq}");
    server.database(|db| db.execute_batch(&destroy(2)).unwrap());
    let report = server.open().report().unwrap();
    assert_eq!(
        (report.chain, report.problems.len()),
        ("ok", 0),
        "{:?}",
        report.problems
    );
    server.database(|db| db.execute_batch(&destroy(3)).unwrap());
    let report = server.open().report().unwrap();
    let codes: Vec<&str> = report.problems.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(
        codes,
        ["BODY_MISSING", "BODY_MISSING"],
        "an erasure that is gone names nothing"
    );
}

#[test]
fn a_changed_file_is_found() {
    let (server, _) = filled();
    let blob = files(&server.folders.data.join("blobs")).unwrap();
    let mut bytes = std::fs::read(&blob[0]).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&blob[0], bytes).unwrap();
    let report = server.open().report().unwrap();
    assert_eq!(
        report.problems.iter().map(|it| it.code.as_str()).collect::<Vec<_>>(),
        vec!["FILE_DAMAGED"]
    );
}

#[test]
fn nothing_of_a_person_is_readable_on_the_disk() {
    let (server, _) = filled();
    for file in files(&server.folders.data).unwrap() {
        let bytes = std::fs::read(&file).unwrap();
        for secret in ["Nguyễn", "099190000001", "trang", "request_id"] {
            assert!(
                !bytes.windows(secret.len()).any(|it| it == secret.as_bytes()),
                "{secret} in {}",
                file.display()
            );
        }
    }
}

#[test]
fn a_copy_made_since_the_last_start_changes_it_too() {
    let (server, _) = filled();
    let hub = server.open();
    let before = hub.generation();
    // Copied while it runs, killed later: nothing but transactions was counted in between.
    let names = ["hub.db", "hub.db-wal"].map(|name| server.folders.data.join(name));
    let copy = names.clone().map(|name| std::fs::read(name).unwrap());
    hub.new_code(AGENCY).unwrap();
    drop(hub);
    for (name, bytes) in names.iter().zip(copy) {
        std::fs::write(name, bytes).unwrap();
    }
    let after = server.open().generation();
    assert_ne!(after, before);
    assert_eq!(server.open().generation(), after, "killed, and nothing was put back");
}

#[test]
fn a_database_from_a_backup_changes_the_generation() {
    let (mut server, mut device) = filled();
    let backup = std::fs::read(server.folders.data.join("hub.db")).unwrap();
    server.start();
    device.url = server.url().to_owned();
    let dossier = new_dossier();
    device.write(&registered(AGENCY, AGENCY, dossier));
    let before = device.push_all();
    server.stop();
    std::fs::write(server.folders.data.join("hub.db"), backup).unwrap();
    server.start();
    device.url = server.url().to_owned();
    let hello = device.hello().unwrap();
    assert_ne!(hello.generation, before.generation);
    assert_eq!((hello.durable.seq, before.durable.seq), (4, 5));
    assert_eq!(device.push(5, 5).unwrap().durable, before.durable);
    let kept = hello.generation;
    server.restart();
    device.url = server.url().to_owned();
    assert_eq!(device.hello().unwrap().generation, kept);
}
