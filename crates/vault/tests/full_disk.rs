//! A full disk: what is refused is refused whole, reading goes on, the ballast lets writing go on.
//!
//! Each test starts itself again in a child that has a small file system of its own, mounted in a
//! mount namespace of its own: it vanishes with the child, whatever happens.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]
#![cfg(target_os = "linux")]

use std::fs::{self, File as FsFile};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use include_dir::{Dir, DirEntry, File};
use rusqlite::Connection;
use vault::{Ballast, BlobStore, Database, KeyRing, Secret32, SeededEntropy, VaultError};

const FOLDER: &str = "VAULT_TEST_SMALL_DISK";
static ONE: [DirEntry<'static>; 1] = [DirEntry::File(File::new(
    "01-a.sql",
    b"CREATE TABLE a (b BLOB NOT NULL) STRICT;",
))];
static TWO: [DirEntry<'static>; 2] = [
    DirEntry::File(File::new("01-a.sql", b"CREATE TABLE a (b BLOB NOT NULL) STRICT;")),
    DirEntry::File(File::new("02-c.sql", b"ALTER TABLE a ADD COLUMN c INTEGER;")),
];

fn open(dir: &Path, tables: &'static [DirEntry<'static>]) -> vault::Result<Database> {
    Database::open(dir, "test.db", &Secret32::new([7; 32]), &Dir::new("", tables), "x")
}

fn add(conn: &Connection, bytes: usize) -> vault::Result<()> {
    Ok(conn
        .execute("INSERT INTO a (b) VALUES (?1)", [vec![1u8; bytes]])
        .map(|_| ())?)
}

fn count(conn: &Connection) -> i64 {
    conn.query_row("SELECT count(*) FROM a", [], |row| row.get(0)).unwrap()
}

/// Writes until not one byte more goes in.
fn fill(dir: &Path) -> PathBuf {
    let path = dir.join("filler");
    let mut file = FsFile::create(&path).unwrap();
    for size in [65536, 4096, 1] {
        while file.write_all(&vec![0; size]).is_ok() {}
    }
    path
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn full<T: std::fmt::Debug>(result: &vault::Result<T>) {
    assert!(matches!(result, Err(VaultError::DiskFull)), "{result:?}");
}

/// The small file system, in the child.
fn small_disk() -> Option<PathBuf> {
    std::env::var_os(FOLDER).map(PathBuf::from)
}

#[test]
fn a_full_disk_refuses_whole_reads_on_and_goes_on_with_the_ballast() {
    let Some(dir) = small_disk() else {
        return on_a_small_disk("a_full_disk_refuses_whole_reads_on_and_goes_on_with_the_ballast");
    };
    let db = open(&dir, &ONE).unwrap();
    let blobs = BlobStore::open(&dir.join("blobs")).unwrap();
    let (writer, reader) = (db.writer().unwrap(), db.reader().unwrap());
    let entropy = SeededEntropy::new(1);
    let kept = blobs.seal(b"kept", &entropy).unwrap();
    add(&writer, 10).unwrap();
    assert!(db.ballast().is_held());
    let filler = fill(&dir);

    full(&add(&writer, 500_000));
    full(&blobs.seal(&vec![1; 100_000], &entropy));
    full(&blobs.seal(&vec![1; 3_000_000], &entropy));
    assert!(names(&dir.join("blobs/part")).is_empty());
    assert_eq!(blobs.list().unwrap(), [kept.hash]);
    assert_eq!(blobs.read(&kept.hash, &kept.key).unwrap(), b"kept");
    assert_eq!(
        (count(&writer), count(&reader), count(&db.reader().unwrap())),
        (1, 1, 1)
    );

    // Started anew on the full disk, everything is there, and it still cannot write much.
    drop((writer, reader, db));
    let db = open(&dir, &ONE).unwrap();
    let blobs = BlobStore::open(&dir.join("blobs")).unwrap();
    let writer = db.writer().unwrap();
    assert_eq!(count(&db.reader().unwrap()), 1);
    full(&add(&writer, 500_000));

    assert!(db.ballast().release().unwrap());
    add(&writer, 500_000).unwrap();
    let more = blobs.seal(&vec![1; 300_000], &entropy).unwrap();
    assert_eq!(blobs.read(&more.hash, &more.key).unwrap().len(), 300_000);
    assert_eq!((count(&writer), count(&db.reader().unwrap())), (2, 2));
    assert!(!db.ballast().restore().unwrap());
    fs::remove_file(filler).unwrap();
    assert!(db.ballast().restore().unwrap());
    db.check().unwrap();
}

#[test]
fn a_migration_without_room_for_its_copy_changes_nothing() {
    let Some(dir) = small_disk() else {
        return on_a_small_disk("a_migration_without_room_for_its_copy_changes_nothing");
    };
    let db = open(&dir, &ONE).unwrap();
    add(&db.writer().unwrap(), 500_000).unwrap();
    drop(db);
    let filler = fill(&dir);
    full(&open(&dir, &TWO).map(|_| ()));
    assert!(!names(&dir).iter().any(|n| n.contains("copy")), "{:?}", names(&dir));
    let db = open(&dir, &ONE).unwrap();
    assert_eq!(count(&db.reader().unwrap()), 1);
    drop(db);
    fs::remove_file(filler).unwrap();
    let db = open(&dir, &TWO).unwrap();
    assert_eq!(count(&db.reader().unwrap()), 1);
    assert!(names(&dir).contains(&"test.v1.x.copy".to_owned()));
}

#[test]
fn keys_on_a_full_disk_are_made_whole_or_not_at_all() {
    let Some(dir) = small_disk() else {
        return on_a_small_disk("keys_on_a_full_disk_are_made_whole_or_not_at_all");
    };
    let (data, keys) = (dir.join("data"), dir.join("keys"));
    let entropy = SeededEntropy::new(1);
    let mut ring = KeyRing::create(&data, &keys, &entropy).unwrap();
    let code = ring.add_recovery(&entropy).unwrap();
    let before = (names(&data), names(&keys));
    let filler = fill(&dir);
    full(&ring.add_recovery(&entropy));
    full(&KeyRing::create(&dir.join("data2"), &keys, &entropy));
    assert_eq!((names(&data), names(&keys)), before);
    let opened = KeyRing::open(&data, &keys).unwrap();
    assert_eq!(opened.database_key().as_bytes(), ring.database_key().as_bytes());
    // A start that failed for want of room can be made again.
    fs::remove_file(filler).unwrap();
    KeyRing::open_with_recovery(&data, &keys, &code, &entropy).unwrap();
    KeyRing::open_or_create(&dir.join("data2"), &keys, &entropy).unwrap();
}

#[test]
fn no_ballast_is_laid_on_a_full_disk() {
    let Some(dir) = small_disk() else {
        return on_a_small_disk("no_ballast_is_laid_on_a_full_disk");
    };
    let filler = fill(&dir);
    let ballast = Ballast::open(&dir).unwrap();
    assert!(!ballast.is_held());
    assert_eq!(names(&dir), ["filler"]);
    fs::remove_file(filler).unwrap();
    assert!(ballast.restore().unwrap());
}

fn on_a_small_disk(test: &str) {
    let dir = tempfile::tempdir().unwrap();
    // As root a mount namespace is enough; without, a user namespace lends the right to mount.
    let script = r#"mount -t tmpfs -o size=16m none "$0" && exec "$1" "$2" --exact --nocapture"#;
    let run = |flags: &str| {
        Command::new("unshare")
            .args([flags, "sh", "-c", script])
            .args([dir.path().as_os_str(), std::env::current_exe().unwrap().as_os_str()])
            .arg(test)
            .env(FOLDER, dir.path())
            .output()
    };
    for flags in ["-m", "-rm"] {
        let Ok(out) = run(flags) else { continue };
        let said = String::from_utf8_lossy(&out.stdout).into_owned();
        if said.contains("running 1 test") {
            let errors = String::from_utf8_lossy(&out.stderr).into_owned();
            assert!(out.status.success(), "{said}\n{errors}");
            return;
        }
    }
    assert!(
        std::env::var_os("CI").is_none_or(|ci| ci != "true"),
        "no small disk can be mounted"
    );
    println!("skipped: no small disk can be mounted here (needs unshare and tmpfs)");
}
