//! Encrypted files: what is read back, what any damage does, what a killed process leaves.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use vault::{BlobStore, Secret32, SeededEntropy, VaultError};

const MIB: usize = 1024 * 1024;

fn stored_files(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for sub in fs::read_dir(dir).unwrap() {
        for file in fs::read_dir(sub.unwrap().path()).unwrap() {
            files.push(file.unwrap().path());
        }
    }
    files
}

fn bytes(len: usize) -> Vec<u8> {
    let mut out = vec![0; len];
    blake3::Hasher::new().update(b"page").finalize_xof().fill(&mut out);
    out
}

#[test]
fn every_length_around_a_chunk_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let store = BlobStore::open(dir.path()).unwrap();
    let entropy = SeededEntropy::new(1);
    for len in [0, 1, MIB - 1, MIB, MIB + 1, 2 * MIB, 2 * MIB + 77] {
        let plain = bytes(len);
        let sealed = store.seal(&plain, &entropy).unwrap();
        assert_eq!(sealed.hash, *blake3::hash(&plain).as_bytes());
        assert_eq!(sealed.size, len as u64);
        assert!(store.exists(&sealed.hash, &sealed.key));
        assert!(store.read(&sealed.hash, &sealed.key).unwrap() == plain);
    }
    assert_eq!(store.list().unwrap().len(), 7);
    assert!(store.list().unwrap().is_sorted());
}

#[test]
fn a_changed_byte_in_any_region_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let store = BlobStore::open(dir.path()).unwrap();
    let sealed = store.seal(&bytes(2 * MIB + 500), &SeededEntropy::new(1)).unwrap();
    let path = stored_files(dir.path()).remove(0);
    let good = fs::read(&path).unwrap();
    let chunk = 20 + MIB + 16;
    let regions = [
        0,
        1,
        19,
        20,
        21,
        chunk - 17,
        chunk - 1,
        chunk,
        2 * chunk,
        good.len() - 1,
    ];
    for at in regions {
        let mut bad = good.clone();
        bad[at] ^= 0x80;
        fs::write(&path, &bad).unwrap();
        let read = store.read(&sealed.hash, &sealed.key);
        assert!(matches!(read, Err(VaultError::BlobDamaged { .. })), "byte {at}");
    }
    for len in [
        0,
        1,
        19,
        20,
        21,
        36,
        1000,
        chunk,
        chunk + 1,
        good.len() - 17,
        good.len() - 1,
    ] {
        fs::write(&path, &good[..len]).unwrap();
        let read = store.read(&sealed.hash, &sealed.key);
        assert!(matches!(read, Err(VaultError::BlobDamaged { .. })), "cut to {len}");
    }
    let longer = [good.as_slice(), b"x"].concat();
    fs::write(&path, longer).unwrap();
    assert!(store.read(&sealed.hash, &sealed.key).is_err());
    fs::write(&path, good).unwrap();
    store.read(&sealed.hash, &sealed.key).unwrap();
}

#[test]
fn every_byte_of_a_small_blob_counts() {
    let dir = tempfile::tempdir().unwrap();
    let store = BlobStore::open(dir.path()).unwrap();
    let sealed = store.seal(b"mot trang giay", &SeededEntropy::new(1)).unwrap();
    let path = stored_files(dir.path()).remove(0);
    let good = fs::read(&path).unwrap();
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 1;
        fs::write(&path, &bad).unwrap();
        assert!(store.read(&sealed.hash, &sealed.key).is_err(), "byte {at}");
        fs::write(&path, &good[..at]).unwrap();
        assert!(store.read(&sealed.hash, &sealed.key).is_err(), "cut to {at}");
    }
}

#[test]
fn the_same_bytes_sealed_twice_keep_both_callers_whole() {
    let dir = tempfile::tempdir().unwrap();
    let store = BlobStore::open(dir.path()).unwrap();
    let entropy = SeededEntropy::new(1);
    let first = store.seal(b"same", &entropy).unwrap();
    let second = store.seal(b"same", &entropy).unwrap();
    assert_eq!(first.hash, second.hash);
    assert_eq!(store.read(&first.hash, &first.key).unwrap(), b"same");
    assert_eq!(store.read(&second.hash, &second.key).unwrap(), b"same");
    assert_eq!(store.list().unwrap(), [first.hash]);
    assert_eq!(store.remove_unclaimed([(&first.hash, &first.key)]).unwrap(), 1);
    assert_eq!(store.read(&first.hash, &first.key).unwrap(), b"same");
    assert!(!store.exists(&second.hash, &second.key));
}

#[test]
fn an_exchanged_file_does_not_open() {
    let dir = tempfile::tempdir().unwrap();
    let store = BlobStore::open(dir.path()).unwrap();
    let entropy = SeededEntropy::new(1);
    let a = store.seal(b"a", &entropy).unwrap();
    let path_a = stored_files(dir.path()).remove(0);
    let other = Secret32::new([3; 32]);
    assert!(matches!(
        store.read(&a.hash, &other),
        Err(VaultError::BlobMissing { .. })
    ));
    let b = store.seal(b"b", &entropy).unwrap();
    let path_b = stored_files(dir.path()).into_iter().find(|p| *p != path_a).unwrap();
    fs::copy(&path_a, &path_b).unwrap();
    assert!(matches!(
        store.read(&b.hash, &b.key),
        Err(VaultError::BlobDamaged { .. })
    ));
}

#[test]
fn a_removed_blob_is_missing() {
    let dir = tempfile::tempdir().unwrap();
    let store = BlobStore::open(dir.path()).unwrap();
    let sealed = store.seal(b"x", &SeededEntropy::new(1)).unwrap();
    assert!(store.remove(&sealed.hash, &sealed.key).unwrap());
    assert!(!store.remove(&sealed.hash, &sealed.key).unwrap());
    let read = store.read(&sealed.hash, &sealed.key);
    assert!(matches!(read, Err(VaultError::BlobMissing { .. })));
    assert!(store.list().unwrap().is_empty());
}

#[test]
fn what_a_killed_process_left_half_written_is_removed_at_the_next_start() {
    let dir = tempfile::tempdir().unwrap();
    let store = BlobStore::open(dir.path()).unwrap();
    let sealed = store.seal(b"kept", &SeededEntropy::new(1)).unwrap();
    fs::write(dir.path().join("part/abc.part"), b"half").unwrap();
    let store = BlobStore::open(dir.path()).unwrap();
    assert_eq!(stored_files(dir.path()).len(), 1);
    assert_eq!(store.read(&sealed.hash, &sealed.key).unwrap(), b"kept");
}

#[test]
fn nothing_of_the_content_is_readable() {
    let dir = tempfile::tempdir().unwrap();
    let store = BlobStore::open(dir.path()).unwrap();
    let plain = [
        b"%PDF-1.7 ".as_slice(),
        &[0xff, 0xd8, 0xff],
        b" Nguyen Thi Bia 099000000001",
    ]
    .concat();
    store.seal(&plain.repeat(5000), &SeededEntropy::new(1)).unwrap();
    let file = fs::read(stored_files(dir.path()).remove(0)).unwrap();
    for mark in [b"%PDF".as_slice(), b"Nguyen", b"0990000"] {
        assert!(!file.windows(mark.len()).any(|w| w == mark));
    }
}

#[test]
fn any_bytes_come_back() {
    let dir = tempfile::tempdir().unwrap();
    let store = BlobStore::open(dir.path()).unwrap();
    let bytes = proptest::collection::vec(any::<u8>(), 0..5000);
    proptest!(ProptestConfig::with_cases(32), |(plain in bytes, seed: u64)| {
        let sealed = store.seal(&plain, &SeededEntropy::new(seed)).unwrap();
        prop_assert_eq!(store.read(&sealed.hash, &sealed.key).unwrap(), plain);
    });
}
