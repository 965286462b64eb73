//! A changed byte is found, wherever it lies; and what lies on the disk tells a thief nothing.

use rig::files;
use rusqlite::Connection;
use serde_json::json;

use crate::counter::{TestStation, id_number, text};
use crate::pictures::{jpeg, png};
use crate::server::TestHub;

/// A counter with two dossiers and a page, switched off.
fn closed() -> TestStation {
    let mut counter = TestStation::named("an");
    let codes = counter.register_all(0..2);
    counter.attach(&codes[0], &jpeg(1));
    counter.is_whole(2);
    counter.close();
    counter
}

fn is_broken(counter: &mut TestStation, what: &str) {
    counter.open();
    let answer = counter.call("verify", &json!({}));
    assert_eq!(answer["chain"], "broken", "{what}: {answer}");
    assert_ne!(answer["problems"], json!([]), "{what}");
    counter.close();
}

/// Changes one byte in the middle of a column, runs `check`, and changes it back.
fn with_changed(
    counter: &mut TestStation,
    table: &str,
    column: &str,
    row: i64,
    check: impl FnOnce(&mut TestStation, &str),
) {
    flip(counter, table, column, row);
    check(counter, &format!("{table}.{column} of row {row}"));
    flip(counter, table, column, row);
}

fn flip(counter: &TestStation, table: &str, column: &str, row: i64) {
    counter.database(|db| {
        let (mut bytes, is_text) = read(db, table, column, row);
        let middle = bytes.len() / 2;
        // Bit 0 turns no sign of JSON or hexadecimal text into anything that is no text.
        bytes[middle] ^= 1;
        let kind = if is_text { "TEXT" } else { "BLOB" };
        let changed = db.execute(
            &format!("UPDATE {table} SET {column} = CAST(?1 AS {kind}) WHERE id = ?2"),
            rusqlite::params![bytes, row],
        );
        assert_eq!(changed.unwrap(), 1);
    });
}

fn read(db: &Connection, table: &str, column: &str, row: i64) -> (Vec<u8>, bool) {
    let sql = format!("SELECT CAST({column} AS BLOB), typeof({column}) = 'text' FROM {table} WHERE id = ?1");
    db.query_row(&sql, [row], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

#[test]
fn one_changed_byte_in_the_log_is_found() {
    let mut counter = closed();
    let rows = counter.database(|db| {
        db.query_row("SELECT max(id) FROM record", [], |row| row.get::<_, i64>(0))
            .unwrap()
    });
    for (column, row) in [
        ("body", 1),
        ("header", 2),
        ("digest", 3),
        ("salt", rows),
        ("hash", 2),
        ("body", rows),
        ("header", rows),
    ] {
        with_changed(&mut counter, "record", column, row, is_broken);
    }
    with_changed(&mut counter, "form", "bytes", 1, is_broken);
    counter.open();
    counter.is_whole(2);
}

#[test]
fn a_record_that_vanished_is_found() {
    for gone in ["(SELECT max(id) FROM record)", "2"] {
        let mut counter = closed();
        counter.database(|db| {
            db.execute(&format!("DELETE FROM record WHERE id = {gone}"), [])
                .unwrap()
        });
        is_broken(&mut counter, gone);
    }
}

#[test]
fn one_changed_byte_in_a_file_is_found() {
    let mut counter = closed();
    let blobs = files(&counter.folders.data.join("blobs")).unwrap();
    let [file] = blobs.as_slice() else { panic!("{blobs:?}") };
    let whole = std::fs::read(file).unwrap();
    for at in [0, whole.len() / 2, whole.len() - 1] {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        std::fs::write(file, changed).unwrap();
        is_broken(&mut counter, "a file");
    }
    std::fs::remove_file(file).unwrap();
    is_broken(&mut counter, "a missing file");
    std::fs::write(file, whole).unwrap();
    counter.open();
    counter.is_whole(2);
}

#[test]
fn a_database_under_a_changed_byte_does_not_pass_for_whole() {
    let mut counter = closed();
    // The log is folded into the file when it is closed; a byte in the middle is some table's.
    counter.database(|_| ());
    let file = counter.folders.data.join("station.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let Ok(station) = station::Station::open(&counter.opening()) else {
        return;
    };
    let answer = station.call(&station::Caller::Headless(None), "verify", json!({}));
    let found = answer.as_ref().map_or(true, |answer| answer["chain"] == "broken");
    assert!(found, "{answer:?}");
    counter.close();
}

#[test]
fn nothing_can_be_read_from_the_disks() {
    let mut hub = TestHub::start();
    let mut counter = TestStation::enrolled("an", &hub);
    let codes = counter.register_all(0..6);
    for (number, code) in (0..).zip(&codes) {
        counter.attach(code, &jpeg(number));
        counter.attach(code, &png(number));
        counter.show(code);
    }
    counter.find("nguyen thi mau");
    assert_eq!(counter.call("sync", &json!({}))["waiting"], 0);
    assert_eq!(hub.whole().2, 18);
    // While the programs run (their logs are not folded in yet), and after they ended. Read by
    // another process: closing a handle of our own would end the lock on the database.
    let mut needles: Vec<String> = (0..6).map(id_number).collect();
    needles.extend(
        [
            "Nguyễn Thị Mẫu",
            "Nguyen Thi Mau",
            "nguyen thi mau",
            "Thôn Thử",
            "JFIF",
            "%PDF-",
            "IHDR",
        ]
        .map(str::to_owned),
    );
    needles.extend((0..6).map(|number| text(&counter.request(number)["applicant"]["phone"])));
    let folders = [counter.folders.data.clone(), hub.folders.data.clone()];
    no_file_holds(&folders, &needles);
    counter.close();
    hub.stop();
    no_file_holds(&folders, &needles);
}

fn no_file_holds(folders: &[std::path::PathBuf], needles: &[String]) {
    let mut grep = std::process::Command::new("grep");
    grep.args(["-r", "-a", "-l", "-F"])
        .args(needles.iter().flat_map(|needle| ["-e", needle]));
    let output = grep.args(folders).env("LC_ALL", "C").output().unwrap();
    // 1: grep read everything and found nothing.
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}
