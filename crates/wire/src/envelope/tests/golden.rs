//! The bytes of every event type, which never change.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use serde_json::json;

use super::*;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden")
}

/// What a golden file says; `prev` and `hash` are hexadecimal.
fn golden(record: &Record) -> String {
    let prev = first_prev(&public_key());
    let value = json!({
        "seq": record.seq,
        "prev": hex(&prev),
        "header": record.header,
        "digest": record.digest,
        "salt": record.salt,
        "body": record.body,
        "hash": hex(&record.hash(&stream(), &prev)),
    });
    serde_json::to_string_pretty(&value).unwrap() + "\n"
}

#[test]
fn every_event_type_has_the_bytes_it_always_had() {
    let update = std::env::var("UPDATE_GOLDEN").is_ok_and(|value| value == "1");
    let mut kinds = BTreeSet::new();
    let first = written().map(|fact| (fact.kind().to_owned(), fact));
    let added = samples::additions()
        .into_iter()
        .map(|(name, fact)| (name.to_owned(), fact));
    for (name, fact) in first.chain(added) {
        let event = event(fact);
        let record = sealed(&event);
        let path = folder().join(format!("{name}.json"));
        // What was written once is never written again: an old file that no longer fits is a bug
        // of the program, not of the file.
        if update && !path.exists() {
            fs::write(&path, golden(&record)).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_else(|_| panic!("no golden file {name}"));
        assert_eq!(kept, golden(&record), "the bytes of {name} changed");
        let kept: Record = serde_json::from_str(&kept).unwrap();
        assert_eq!(kept.event().unwrap(), event);
        kinds.insert(name + ".json");
    }
    // Folders beside them hold the protocol's messages.
    let files = fs::read_dir(folder())
        .unwrap()
        .map(|file| file.unwrap())
        .filter(|file| file.path().is_file())
        .map(|file| file.file_name().into_string().unwrap());
    assert_eq!(
        files.collect::<BTreeSet<_>>(),
        kinds,
        "every golden file belongs to a known type"
    );
}

/// The hash written out once more by hand, as docs/adr/0002 states it.
#[test]
fn the_hash_is_made_of_exactly_these_bytes() {
    let record = sealed(&event(Fact::ResultArrived));
    let part = |bytes: &[u8]| {
        [
            u32::try_from(bytes.len()).unwrap().to_le_bytes().to_vec(),
            bytes.to_vec(),
        ]
        .concat()
    };
    let prev = *blake3::hash(&public_key()).as_bytes();
    let digest = blake3::hash(&[part(&[0x5a; 16]), part(b"{}")].concat());
    let all = [
        part(b"motcua/event/1"),
        part(&[[0xdc; 16].as_slice(), &3u32.to_le_bytes()].concat()),
        part(&1u64.to_le_bytes()),
        part(&prev),
        part(record.header.as_bytes()),
        part(digest.as_bytes()),
    ];
    assert_eq!(record.hash(&stream(), &prev), *blake3::hash(&all.concat()).as_bytes());
    assert_eq!(
        record.header,
        "{\"actor\":\"0F1W7GY3RF1W7GY3RF1W7GY3RF\",\"agency\":\"H99.128\",\"at\":1795421400250,\"based_on\":41,\
         \"blobs\":[],\"boot\":\"7f3a\",\"dossier\":\"6GT38D1M6GT38D1M6GT38D1M6G\",\"event\":\"70W3GE1R70W3GE1R70W3GE1R70\",\
         \"kind\":\"result_arrived\",\"mono\":90061001,\"schema\":1}"
    );
}

#[test]
fn headers_hold_no_personal_data() {
    for fact in written() {
        let header = sealed(&event(fact)).header;
        for personal in ["099", "Hoà", "Quý", "0900000128", "example.vn", "Thôn"] {
            assert!(!header.contains(personal), "{header}");
        }
    }
}

#[test]
fn the_samples_name_every_kind_once() {
    let kinds: BTreeSet<String> = written().map(|fact| fact.kind().to_owned()).collect();
    assert_eq!(kinds.len(), written().count());
}
