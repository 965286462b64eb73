//! The encrypted database file: keys, versions, copies, readers beside a writer, plain bytes.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use std::fs;
use std::path::Path;

use include_dir::{Dir, DirEntry, File};
use rusqlite::{Connection, ErrorCode};
use vault::{Database, Secret32, VaultError};

static ONE: [DirEntry<'static>; 1] = [DirEntry::File(File::new(
    "01-people.sql",
    b"CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;",
))];
static TWO: [DirEntry<'static>; 2] = [
    DirEntry::File(File::new("02-age.sql", b"ALTER TABLE people ADD COLUMN age INTEGER;")),
    DirEntry::File(File::new(
        "01-people.sql",
        b"CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;",
    )),
];
static BROKEN: [DirEntry<'static>; 2] = [
    DirEntry::File(File::new(
        "01-people.sql",
        b"CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;",
    )),
    DirEntry::File(File::new(
        "02-bad.sql",
        b"CREATE TABLE more (id INTEGER); INSERT INTO nowhere VALUES (1);",
    )),
];
static GAP: [DirEntry<'static>; 1] = [DirEntry::File(File::new("02-a.sql", b"SELECT 1;"))];
static ENDS: [DirEntry<'static>; 1] = [DirEntry::File(File::new(
    "01-a.sql",
    b"CREATE TABLE a (b INTEGER); COMMIT;",
))];
static DANGLING: [DirEntry<'static>; 1] = [DirEntry::File(File::new(
    "01-a.sql",
    b"CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a INTEGER REFERENCES a); INSERT INTO b VALUES (7);",
))];

fn folder(entries: &'static [DirEntry<'static>]) -> Dir<'static> {
    Dir::new("", entries)
}

fn key() -> Secret32 {
    Secret32::new([7; 32])
}

fn open(dir: &Path, entries: &'static [DirEntry<'static>]) -> vault::Result<Database> {
    Database::open(dir, "test.db", &key(), &folder(entries), "20261123T151000")
}

fn add(conn: &Connection, name: &str) {
    conn.execute("INSERT INTO people (name) VALUES (?1)", [name]).unwrap();
}

fn count(conn: &Connection) -> i64 {
    conn.query_row("SELECT count(*) FROM people", [], |row| row.get(0))
        .unwrap()
}

fn copies(dir: &Path) -> Vec<String> {
    let names = fs::read_dir(dir)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap());
    names.filter(|n| n.contains("copy")).collect()
}

#[test]
fn what_was_written_is_there_after_opening_again() {
    let dir = tempfile::tempdir().unwrap();
    let db = open(dir.path(), &ONE).unwrap();
    add(&db.writer().unwrap(), "An");
    drop(db);
    let db = open(dir.path(), &ONE).unwrap();
    assert_eq!(count(&db.reader().unwrap()), 1);
    db.check().unwrap();
}

#[test]
fn every_connection_has_the_settings() {
    let dir = tempfile::tempdir().unwrap();
    let db = open(dir.path(), &ONE).unwrap();
    let get = |conn: &Connection, name: &str| -> i64 { conn.pragma_query_value(None, name, |row| row.get(0)).unwrap() };
    for (conn, cache) in [(db.writer().unwrap(), -65536), (db.reader().unwrap(), -16384)] {
        let mode: String = conn.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
        assert_eq!(mode, "wal");
        assert_eq!(get(&conn, "synchronous"), 2);
        assert_eq!(get(&conn, "foreign_keys"), 1);
        assert_eq!(get(&conn, "temp_store"), 2);
        assert_eq!(get(&conn, "secure_delete"), 1);
        assert_eq!(get(&conn, "cache_size"), cache);
    }
}

#[test]
fn a_wrong_key_is_told_as_such() {
    let dir = tempfile::tempdir().unwrap();
    add(&open(dir.path(), &ONE).unwrap().writer().unwrap(), "An");
    let other = Secret32::new([8; 32]);
    let opened = Database::open(dir.path(), "test.db", &other, &folder(&ONE), "x");
    assert!(matches!(opened, Err(VaultError::WrongKey)), "{opened:?}");
    open(dir.path(), &ONE).unwrap();
}

#[test]
fn a_damaged_page_is_found_wherever_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let db = open(dir.path(), &ONE).unwrap();
    let writer = db.writer().unwrap();
    (0..500).for_each(|n| add(&writer, &format!("Người thứ {n} {}", "x".repeat(100))));
    drop((writer, db));
    let path = dir.path().join("test.db");
    let good = fs::read(&path).unwrap();
    for page in 0..good.len() / 4096 {
        let mut bad = good.clone();
        bad[page * 4096 + 100] ^= 1;
        fs::write(&path, &bad).unwrap();
        let found = open(dir.path(), &ONE).and_then(|db| db.check());
        assert!(matches!(found, Err(VaultError::Damaged(_))), "page {page}: {found:?}");
    }
    fs::write(&path, &good).unwrap();
    open(dir.path(), &ONE).unwrap().check().unwrap();
}

#[test]
fn a_file_that_is_no_database_is_refused_and_kept() {
    let dir = tempfile::tempdir().unwrap();
    let rubbish = b"SQLite format 3\0 not really".repeat(400);
    fs::write(dir.path().join("test.db"), &rubbish).unwrap();
    assert!(open(dir.path(), &ONE).is_err());
    assert_eq!(fs::read(dir.path().join("test.db")).unwrap(), rubbish);
}

#[test]
fn readers_see_the_last_commit_while_a_write_is_open() {
    let dir = tempfile::tempdir().unwrap();
    let db = open(dir.path(), &ONE).unwrap();
    let (mut writer, reader) = (db.writer().unwrap(), db.reader().unwrap());
    add(&writer, "An");
    let tx = writer.transaction().unwrap();
    add(&tx, "Bình");
    assert_eq!(count(&reader), 1);
    assert_eq!(count(&db.reader().unwrap()), 1);
    tx.commit().unwrap();
    assert_eq!(count(&reader), 2);
}

#[test]
fn a_reader_cannot_write() {
    let dir = tempfile::tempdir().unwrap();
    let db = open(dir.path(), &ONE).unwrap();
    let refused = db.reader().unwrap().execute("DELETE FROM people", []).unwrap_err();
    assert_eq!(refused.sqlite_error_code(), Some(ErrorCode::ReadOnly));
}

#[test]
fn a_newer_database_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    drop(open(dir.path(), &TWO).unwrap());
    let before = fs::read(dir.path().join("test.db")).unwrap();
    let opened = open(dir.path(), &ONE);
    assert!(matches!(opened, Err(VaultError::Newer { found: 2, known: 1 })));
    assert_eq!(opened.unwrap_err().code(), "DATABASE_NEWER");
    assert!(fs::read(dir.path().join("test.db")).unwrap() == before);
    assert!(copies(dir.path()).is_empty());
}

#[test]
fn an_old_database_is_copied_before_it_is_migrated() {
    let dir = tempfile::tempdir().unwrap();
    add(&open(dir.path(), &ONE).unwrap().writer().unwrap(), "An");
    let db = open(dir.path(), &TWO).unwrap();
    let with_age: i64 = db
        .reader()
        .unwrap()
        .query_row("SELECT count(*) FROM people WHERE age IS NULL", [], |row| row.get(0))
        .unwrap();
    assert_eq!(with_age, 1);
    drop(db);
    assert_eq!(copies(dir.path()), ["test.v1.20261123T151000.copy"]);
    let copy = "test.v1.20261123T151000.copy";
    let old = Database::open(dir.path(), copy, &key(), &folder(&ONE), "x").unwrap();
    assert_eq!(count(&old.reader().unwrap()), 1);
    old.check().unwrap();
}

#[test]
fn a_failing_migration_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    add(&open(dir.path(), &ONE).unwrap().writer().unwrap(), "An");
    assert!(open(dir.path(), &BROKEN).is_err());
    let db = open(dir.path(), &ONE).unwrap();
    let more: i64 = db
        .reader()
        .unwrap()
        .query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'more'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!((more, count(&db.reader().unwrap())), (0, 1));
}

#[test]
fn migrations_that_make_no_sense_are_refused() {
    for entries in [&GAP[..], &ENDS[..], &DANGLING[..], &[]] {
        let dir = tempfile::tempdir().unwrap();
        let opened = open(dir.path(), entries);
        assert!(matches!(opened, Err(VaultError::Setup(_))), "{opened:?}");
    }
}

#[test]
fn no_plain_byte_reaches_the_folder() {
    let dir = tempfile::tempdir().unwrap();
    let db = open(dir.path(), &ONE).unwrap();
    let writer = db.writer().unwrap();
    (0..200).for_each(|n| add(&writer, &format!("MARKER-Nguyễn Thị Bìa {n}")));
    // Copied out with the WAL still full. Reading the live file would drop the process's lock, so
    // this is the last thing done with it.
    let names: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().path()).collect();
    assert!(names.iter().any(|n| n.to_string_lossy().ends_with("-wal")));
    assert!(!names.iter().any(|n| n.to_string_lossy().ends_with("-shm")));
    for name in names {
        let bytes = fs::read(&name).unwrap();
        for mark in [b"MARKER".as_slice(), b"CREATE TABLE", b"SQLite format 3", &[7; 32]] {
            assert!(!bytes.windows(mark.len()).any(|w| w == mark), "{}", name.display());
        }
    }
}

/// Files of this program's first versions have a random salt that stands in the file alone.
#[test]
fn a_file_whose_salt_stands_in_it_alone_still_opens() {
    let dir = tempfile::tempdir().unwrap();
    let older = Connection::open(dir.path().join("test.db")).unwrap();
    older
        .execute_batch(&format!(
            "PRAGMA key = \"x'{}'\"; PRAGMA cipher_compatibility = 4",
            "07".repeat(32)
        ))
        .unwrap();
    older
        .execute_batch(
            "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT; PRAGMA user_version = 1",
        )
        .unwrap();
    add(&older, "An");
    drop(older);
    let db = open(dir.path(), &TWO).unwrap();
    assert_eq!(copies(dir.path()).len(), 1);
    add(&db.writer().unwrap(), "Bình");
    assert_eq!(count(&db.reader().unwrap()), 2);
    db.check().unwrap();
    drop(db);
    let wrong = Database::open(dir.path(), "test.db", &Secret32::new([8; 32]), &folder(&TWO), "x");
    assert!(matches!(wrong, Err(VaultError::WrongKey)));
    assert_eq!(count(&open(dir.path(), &TWO).unwrap().reader().unwrap()), 2);
}

/// A power cut while pages are moved from the log into the file may spoil any sector of the file, the
/// first one too, which bears the salt of every page. All of it stands in the log.
#[test]
fn a_spoilt_first_sector_costs_nothing_while_the_log_holds_its_page() {
    let (dir, cut) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    drop(open(dir.path(), &ONE).unwrap());
    let db = open(dir.path(), &ONE).unwrap();
    let writer = db.writer().unwrap();
    writer
        .execute_batch("CREATE TABLE more (id INTEGER PRIMARY KEY)")
        .unwrap();
    add(&writer, "An");
    for name in ["test.db", "test.db-wal"] {
        fs::copy(dir.path().join(name), cut.path().join(name)).unwrap();
    }
    let file = cut.path().join("test.db");
    let mut bytes = fs::read(&file).unwrap();
    bytes[..512].iter_mut().for_each(|byte| *byte ^= 0x5a);
    fs::write(&file, bytes).unwrap();
    let db = open(cut.path(), &ONE).unwrap();
    assert_eq!(count(&db.reader().unwrap()), 1);
    db.check().unwrap();
}
