//! The report finds any changed byte, and a database from a backup gets a new generation.

use crate::device::Device;
use crate::events::{coded, new_dossier, note, page, registered};
use crate::rig::{AGENCY, Rig};

fn filled() -> (Rig, Device) {
    let mut rig = Rig::new();
    let mut device = rig.enrolled(1);
    let dossier = new_dossier();
    device.write(&registered(AGENCY, AGENCY, dossier));
    device.write(&coded(AGENCY, dossier, 1));
    device.write(&note(AGENCY, dossier, "một"));
    device.write(&page(AGENCY, dossier, b"trang"));
    device.push_all();
    let name = format!("/v1/blobs/{}", blake3::hash(b"trang").to_hex());
    assert_eq!(device.ask("PUT", &name, b"trang").status, 200);
    assert_eq!(rig.hub().report().unwrap().chain, "ok");
    rig.stop();
    (rig, device)
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
            "UPDATE event SET salt = '00' || substr(salt, 3) WHERE seq = 1 AND substr(salt, 1, 2) <> '00'",
            "BODY_CHANGED",
        ),
        (
            "UPDATE event SET digest = replace(digest, substr(digest, 1, 1), 'f') WHERE seq = 2",
            "CHAIN_BROKEN",
        ),
        ("UPDATE event SET prev = zeroblob(32) WHERE seq = 2", "CHAIN_BROKEN"),
        ("DELETE FROM delivery; DELETE FROM event WHERE seq = 4", "HEAD_DIFFERS"),
        ("DELETE FROM delivery; DELETE FROM event WHERE seq = 2", "CHAIN_BROKEN"),
        ("UPDATE stream SET hash = zeroblob(32)", "SIGNATURE_WRONG"),
        (
            "UPDATE event SET dossier = zeroblob(16) WHERE seq = 4",
            "COLUMNS_DIFFER",
        ),
        ("UPDATE blob SET key = zeroblob(32)", "FILE_DAMAGED"),
    ] {
        let (rig, _) = filled();
        rig.database(|db| db.execute_batch(change).unwrap());
        let report = rig.open().report().unwrap();
        assert_eq!(report.chain, "broken", "{change}");
        assert!(
            report.problems.iter().any(|it| it.code == finding),
            "{change}: {:?}",
            report.problems
        );
    }
}

#[test]
fn a_changed_file_is_found() {
    let (rig, _) = filled();
    let blob = walk(&rig.folders.data.join("blobs"));
    let mut bytes = std::fs::read(&blob[0]).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&blob[0], bytes).unwrap();
    let report = rig.open().report().unwrap();
    assert_eq!(
        report.problems.iter().map(|it| it.code.as_str()).collect::<Vec<_>>(),
        vec!["FILE_DAMAGED"]
    );
}

#[test]
fn nothing_of_a_person_is_readable_on_the_disk() {
    let (rig, _) = filled();
    for file in walk(&rig.folders.data) {
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
fn a_database_from_a_backup_changes_the_generation() {
    let (mut rig, mut device) = filled();
    let backup = std::fs::read(rig.folders.data.join("hub.db")).unwrap();
    rig.start();
    device.url = rig.url().to_owned();
    let dossier = new_dossier();
    device.write(&registered(AGENCY, AGENCY, dossier));
    let before = device.push_all();
    rig.stop();
    std::fs::write(rig.folders.data.join("hub.db"), backup).unwrap();
    rig.start();
    device.url = rig.url().to_owned();
    let hello = device.hello().unwrap();
    assert_ne!(hello.generation, before.generation);
    assert_eq!((hello.durable.seq, before.durable.seq), (4, 5));
    assert_eq!(device.push(5, 5).unwrap().durable, before.durable);
    let kept = hello.generation;
    rig.restart();
    device.url = rig.url().to_owned();
    assert_eq!(device.hello().unwrap().generation, kept);
}

fn walk(dir: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap().map(|it| it.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] })
        .collect()
}
