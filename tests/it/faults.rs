//! What goes wrong around the program: broken requests, a newer database, a second program, a disk
//! without room.

use std::process::Command;

use rig::{Folders, files, skip};
use serde_json::json;
use station::{Opening, Station};

use crate::counter::{TestStation, database, reception, text};
use crate::pictures::png;
use crate::programs;

#[test]
fn a_broken_request_is_answered_in_words() {
    let folders = Folders::new().unwrap();
    for (command, request) in [
        ("register", "{\"request_id\": \"a"),
        ("register", "[]"),
        ("register", ""),
        ("find", "\u{0}"),
    ] {
        let (done, answer) = programs::call(&folders, command, request);
        let error = &answer["error"];
        assert!(!done && error["code"] == "BAD_REQUEST", "{request:?}: {answer}");
        assert!(text(&error["message"]).ends_with('.'), "{answer}");
    }
    let (done, answer) = programs::call(&folders, "không", "{}");
    assert!(!done && answer["error"]["code"] == "UNKNOWN_COMMAND", "{answer}");
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    let mut counter = TestStation::named("an");
    let code = text(&counter.register(1)["code"]);
    counter.close();
    let set = |version: i64| {
        database(&counter.folders, |db| {
            db.pragma_update(None, "user_version", version).unwrap()
        })
    };
    let known: i64 = database(&counter.folders, |db| {
        db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
    });
    set(known + 1);
    let error = Station::open(&counter.opening()).map(|_| ()).unwrap_err();
    assert_eq!(error.code.as_str(), "DATABASE_NEWER");
    assert!(station::words(&error).ends_with('.'));
    let (done, answer) = programs::call(&counter.folders, "show", &json!({"code": code}).to_string());
    assert!(!done && answer["error"]["code"] == "DATABASE_NEWER", "{answer}");
    // The newer program comes back and finds everything as it was.
    let path = counter.folders.data.join("station.db");
    let keys = vault::KeyRing::open(&counter.folders.data, &counter.folders.keys).unwrap();
    let db = rusqlite::Connection::open(path).unwrap();
    db.execute_batch(&format!(
        "PRAGMA key = \"x'{}'\"; PRAGMA cipher_compatibility = 4",
        wire::envelope::hex(keys.database_key().as_bytes())
    ))
    .unwrap();
    db.pragma_update(None, "user_version", known).unwrap();
    drop(db);
    counter.open();
    counter.show(&code);
    counter.is_whole(1);
}

#[test]
fn a_second_program_is_refused_or_answered_by_the_first() {
    let counter = TestStation::named("an");
    let code = text(&counter.register(1)["code"]);
    let request = json!({"code": code}).to_string();
    let (done, answer) = programs::call(&counter.folders, "show", &request);
    assert!(!done && answer["error"]["code"] == "DATA_FOLDER_IN_USE", "{answer}");
    assert!(text(&answer["error"]["message"]).ends_with('.'));
    let running = counter.station().start_background();
    let (done, answer) = programs::call(&counter.folders, "show", &request);
    assert!(done && answer["code"] == code, "{answer}");
    let (done, answer) = programs::call(&counter.folders, "register", &reception("binh", 2).to_string());
    assert!(done && answer["code"].is_string(), "{answer}");
    let (done, answer) = programs::call(&counter.folders, "show", "{\"code\": \"xin chào\"}");
    assert!(!done && answer["error"]["code"] == "NOT_A_CODE", "{answer}");
    drop(running);
    counter.is_whole(2);
}

#[test]
fn a_missing_or_foreign_key_is_told_apart_from_damage() {
    let mut counter = TestStation::named("an");
    counter.register(1);
    counter.close();
    let elsewhere = Opening {
        keys: Some(counter.folders.beside("khóa khác")),
        ..counter.opening()
    };
    let error = Station::open(&elsewhere).map(|_| ()).unwrap_err();
    assert_eq!(error.code.as_str(), "WRONG_KEY");
    counter.open();
    counter.is_whole(1);
}

/// Killed between a file and its row, the program cannot open the file any more: it goes.
#[test]
fn a_file_without_a_row_goes_at_the_next_start() {
    let mut counter = TestStation::named("an");
    let code = text(&counter.register(1)["code"]);
    counter.attach(&code, &png(1));
    counter.close();
    let folder = counter.folders.data.join("blobs");
    let blobs = vault::BlobStore::open(&folder).unwrap();
    for number in [1, 2] {
        let sealed = blobs.seal(&png(number), &vault::OsEntropy).unwrap();
        let mark = format!("sealing/{}.00", wire::envelope::hex(&sealed.hash));
        std::fs::write(folder.join(mark), "").unwrap();
    }
    assert_eq!(files(&folder).unwrap().len(), 5);
    counter.open();
    assert_eq!(files(&folder).unwrap().len(), 1);
    counter.is_whole(1);
}

/// The mark comes first: where none can be made, no file is begun. A registration needs none.
#[test]
fn without_its_mark_no_file_is_begun() {
    let mut counter = TestStation::named("an");
    let folder = counter.folders.data.join("blobs");
    std::fs::remove_dir(folder.join("sealing")).unwrap();
    let code = text(&counter.register(1)["code"]);
    counter.refusal("attach", &crate::counter::attachment(&code, &png(1)), "DISK_IO");
    assert!(files(&folder).unwrap().is_empty(), "a file without a mark");
    counter.restart();
    counter.attach(&code, &png(1));
    assert_eq!(files(&folder).unwrap().len(), 1, "the mark goes when the row is there");
    counter.is_whole(1);
}

/// A small disk of its own that vanishes with this value.
struct SmallDisk(std::path::PathBuf);

impl SmallDisk {
    /// Nothing when this user may not make one.
    fn mount(folder: &std::path::Path) -> Option<Self> {
        std::fs::create_dir(folder).unwrap();
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=24m", "tmpfs"])
            .arg(folder)
            .output();
        if done.is_ok_and(|output| output.status.success()) {
            return Some(Self(folder.to_owned()));
        }
        skip("a small disk can only be mounted by root");
        None
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // The folder above is removed next; what stays mounted would be seen there.
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_refuses_and_loses_nothing() {
    let mut counter = TestStation::named("an");
    counter.close();
    std::fs::remove_dir_all(&counter.folders.data).unwrap();
    let Some(disk) = SmallDisk::mount(&counter.folders.data) else {
        return;
    };
    counter.open();
    // Most of the disk belongs to somebody else.
    let other = counter.folders.data.join("phim.mp4");
    std::fs::write(&other, vec![7; 16 << 20]).unwrap();
    let (mut codes, refused) = (Vec::new(), fill(&counter));
    let (kept, first_refused) = refused;
    codes.extend(kept);
    counter.refusal(
        "attach",
        &crate::counter::attachment(&codes[0], &noise(3 << 20)),
        "DISK_FULL",
    );
    every_one_is_there(&counter, &codes);
    counter.restart();
    every_one_is_there(&counter, &codes);
    counter.refusal("register", &counter.request(first_refused), "DISK_FULL");
    std::fs::remove_file(other).unwrap();
    codes.push(text(&counter.register(first_refused)["code"]));
    counter.attach(&codes[0], &png(1));
    every_one_is_there(&counter, &codes);
    counter.close();
    drop(disk);
}

/// Takes people in until the disk is full: their codes, and who was refused.
fn fill(counter: &TestStation) -> (Vec<String>, usize) {
    let mut codes = Vec::new();
    for number in 0..1_000 {
        match counter.attempt("register", &counter.request(number)) {
            Ok(answer) => codes.push(text(&answer["code"])),
            Err(error) => {
                assert_eq!(error.code.as_str(), "DISK_FULL", "{error}");
                assert!(codes.len() > 5, "only {} fitted", codes.len());
                return (codes, number);
            }
        }
    }
    panic!("the disk is never full");
}

/// A picture that cannot be packed.
fn noise(bytes: usize) -> Vec<u8> {
    let side = ((bytes / 3) as f64).sqrt() as u32;
    let mut dice = blake3::Hasher::new_derive_key("noise").finalize_xof();
    let mut picture = image::RgbImage::new(side, side);
    dice.fill(&mut picture);
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, image::ImageFormat::Png).unwrap();
    out.into_inner()
}

fn every_one_is_there(counter: &TestStation, codes: &[String]) {
    for code in codes {
        assert_eq!(&counter.show(code)["code"], code);
        assert_eq!(counter.find(code), std::slice::from_ref(code));
    }
    counter.is_whole(codes.len());
}
