//! Two programs on one data folder. The second program is this test binary itself, started again
//! with one test selected and the folder in its environment.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use include_dir::{Dir, DirEntry, File};
use vault::{BlobStore, Database, Secret32, SeededEntropy, VaultError};

static TABLES: [DirEntry<'static>; 1] =
    [DirEntry::File(File::new("01-a.sql", b"CREATE TABLE a (b INTEGER, blob_key BLOB) STRICT;"))];
const FOLDER: &str = "VAULT_TEST_FOLDER";

fn open(dir: &Path) -> vault::Result<Database> {
    Database::open(dir, "test.db", &Secret32::new([7; 32]), &Dir::new("", &TABLES), "x")
}

fn start(test: &str, dir: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--ignored", "--nocapture"])
        .env(FOLDER, dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn wait_for(child: &mut Child, word: &str) {
    let out = child.stdout.as_mut().unwrap();
    let said = BufReader::new(out).lines().map_while(Result::ok).any(|line| line.contains(word));
    assert!(said, "the child ended without saying {word}");
}

/// Not a test of its own: the second program.
#[test]
#[ignore = "run by the other tests as a second process"]
fn child_tries_to_open() {
    let dir = std::env::var_os(FOLDER).unwrap();
    let opened = open(Path::new(&dir)).map(|_| "OPENED").unwrap_or_else(|e| e.code());
    println!("\nRESULT {opened}");
}

/// Not a test of its own: a program that writes until it is killed.
#[test]
#[ignore = "run by the other tests as a second process"]
fn child_writes_until_killed() {
    let dir = std::env::var_os(FOLDER).unwrap();
    let dir = Path::new(&dir);
    let db = open(dir).unwrap();
    let blobs = BlobStore::open(&dir.join("blobs")).unwrap();
    let writer = db.writer().unwrap();
    for n in 0i64.. {
        let sealed = blobs.seal(&n.to_le_bytes().repeat(1000), &SeededEntropy::new(n as u64)).unwrap();
        let key = sealed.key.as_bytes().as_slice();
        writer.execute("INSERT INTO a VALUES (?1, ?2)", (n, key)).unwrap();
        println!("\nWROTE {n}");
    }
}

#[test]
fn a_second_process_is_refused_and_let_in_afterwards() {
    let dir = tempfile::tempdir().unwrap();
    let db = open(dir.path()).unwrap();
    let result = |word: &str| {
        let mut child = start("child_tries_to_open", dir.path());
        wait_for(&mut child, word);
        child.wait().unwrap();
    };
    result("RESULT DATA_FOLDER_IN_USE");
    // Also when connections have come and gone in between.
    drop((db.writer().unwrap(), db.reader().unwrap()));
    result("RESULT DATA_FOLDER_IN_USE");
    drop(db);
    result("RESULT OPENED");
}

#[test]
fn the_first_process_refuses_us_until_it_is_killed_and_everything_said_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    for round in 1..=5 {
        let mut child = start("child_writes_until_killed", dir.path());
        let mut last = None;
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        while last.is_none_or(|n| n < round * 7) {
            let line = lines.next().unwrap().unwrap();
            last = line.strip_prefix("WROTE ").map_or(last, |n| n.parse::<i64>().ok());
        }
        assert!(matches!(open(dir.path()), Err(VaultError::InUse)));
        child.kill().unwrap();
        child.wait().unwrap();
        let said: Vec<i64> = lines
            .map_while(Result::ok)
            .filter_map(|line| line.strip_prefix("WROTE ").and_then(|n| n.parse().ok()))
            .collect();
        verify(dir.path(), said.last().copied().or(last).unwrap());
        std::fs::remove_dir_all(dir.path()).unwrap();
    }
}

fn verify(dir: &Path, last: i64) {
    let db = open(dir).unwrap();
    db.check().unwrap();
    let blobs = BlobStore::open(&dir.join("blobs")).unwrap();
    let reader = db.reader().unwrap();
    let mut rows = reader.prepare("SELECT b, blob_key FROM a ORDER BY b").unwrap();
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let rows: Vec<(i64, Vec<u8>)> = rows.map(Result::unwrap).collect();
    assert!(rows.len() as i64 > last, "{} rows, {last} acknowledged", rows.len());
    for (n, key) in rows {
        let plain = n.to_le_bytes().repeat(1000);
        let key = Secret32::try_from(key.as_slice()).unwrap();
        let hash = *blake3::hash(&plain).as_bytes();
        assert_eq!(blobs.read(&hash, &key).unwrap(), plain);
    }
    assert_eq!(std::fs::read_dir(dir.join("blobs/part")).unwrap().count(), 0);
}
