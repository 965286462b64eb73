//! Two programs on one data folder. The second program is this test binary itself, started again
//! for the same test and the folder in its environment.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use include_dir::{Dir, DirEntry, File};
use vault::{BlobStore, Database, Secret32, SeededEntropy, VaultError};

static TABLES: [DirEntry<'static>; 1] = [DirEntry::File(File::new(
    "01-a.sql",
    b"CREATE TABLE a (b INTEGER, blob_key BLOB) STRICT;",
))];
const FOLDER: &str = "VAULT_TEST_FOLDER";

fn open(dir: &Path) -> vault::Result<Database> {
    Database::open(dir, "test.db", &Secret32::new([7; 32]), &Dir::new("", &TABLES), "x")
}

fn start(test: &str, dir: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture"])
        .env(FOLDER, dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn wait_for(child: &mut Child, word: &str) {
    let out = child.stdout.as_mut().unwrap();
    let said = BufReader::new(out)
        .lines()
        .map_while(Result::ok)
        .any(|line| line.contains(word));
    assert!(said, "the child ended without saying {word}");
}

/// What the second program does: tries to open.
fn try_to_open(dir: &Path) {
    let opened = open(dir).map(|_| "OPENED").unwrap_or_else(|e| e.code());
    println!("\nRESULT {opened}");
}

/// What the second program does: writes, and says so, until it is killed.
fn write_until_killed(dir: &Path) {
    let db = open(dir).unwrap();
    let blobs = BlobStore::open(&dir.join("blobs")).unwrap();
    let writer = db.writer().unwrap();
    for n in 0i64.. {
        let plain = n.to_le_bytes().repeat(1000);
        let sealed = blobs.seal(&plain, &SeededEntropy::new(n.unsigned_abs())).unwrap();
        let key = sealed.key.as_bytes().as_slice();
        writer.execute("INSERT INTO a VALUES (?1, ?2)", (n, key)).unwrap();
        println!("\nWROTE {n}");
    }
}

#[test]
fn a_second_process_is_refused_and_let_in_afterwards() {
    if let Some(dir) = std::env::var_os(FOLDER) {
        return try_to_open(Path::new(&dir));
    }
    let dir = tempfile::tempdir().unwrap();
    let db = open(dir.path()).unwrap();
    let result = |word: &str| {
        let mut child = start("a_second_process_is_refused_and_let_in_afterwards", dir.path());
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
fn a_killed_process_frees_the_folder_and_everything_it_said_is_kept() {
    if let Some(dir) = std::env::var_os(FOLDER) {
        return write_until_killed(Path::new(&dir));
    }
    for round in 1..=3 {
        let dir = tempfile::tempdir().unwrap();
        let mut child = start(
            "a_killed_process_frees_the_folder_and_everything_it_said_is_kept",
            dir.path(),
        );
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let said = |line: &str| line.strip_prefix("WROTE ").and_then(|n| n.parse::<i64>().ok());
        let mut last = -1;
        while last < round * 7 {
            last = said(&lines.next().unwrap().unwrap()).unwrap_or(last);
        }
        assert!(matches!(open(dir.path()), Err(VaultError::InUse)));
        child.kill().unwrap();
        child.wait().unwrap();
        // Whatever still came through the pipe was acknowledged before the kill.
        let rest: Vec<i64> = lines.map_while(Result::ok).filter_map(|line| said(&line)).collect();
        verify(dir.path(), rest.last().copied().unwrap_or(last));
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

/// Threads that open a database each as the first thing their process does with any.
const AT_ONCE: usize = 8;
/// Processes that do so.
const FIRSTS: usize = 30;

fn open_at_once(dir: &Path) {
    let together = std::sync::Barrier::new(AT_ONCE);
    std::thread::scope(|scope| {
        for n in 0..AT_ONCE {
            let (own, together) = (dir.join(n.to_string()), &together);
            scope.spawn(move || {
                together.wait();
                let opened = open(&own);
                println!(
                    "\nRESULT {}",
                    opened.map_or_else(|e| e.to_string(), |_| "OPENED".to_owned())
                );
            });
        }
    });
}

/// SQLite lets a second thread in before SQLCipher is ready, and then no key is taken.
#[test]
fn threads_that_open_the_first_databases_of_a_process_all_get_theirs() {
    if let Some(dir) = std::env::var_os(FOLDER) {
        return open_at_once(Path::new(&dir));
    }
    for _ in 0..FIRSTS {
        let dir = tempfile::tempdir().unwrap();
        let test = "threads_that_open_the_first_databases_of_a_process_all_get_theirs";
        let said = start(test, dir.path()).wait_with_output().unwrap().stdout;
        let said = String::from_utf8(said).unwrap();
        let results: Vec<&str> = said.lines().filter(|line| line.starts_with("RESULT ")).collect();
        assert_eq!(results, ["RESULT OPENED"; AT_ONCE]);
    }
}
