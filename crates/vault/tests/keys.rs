//! The keys of a data folder: what opens them, what does not, and what is lost when a file is.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use std::fs;
use std::path::PathBuf;

use vault::{KeyRing, SeededEntropy, VaultError, default_key_dir};

struct Place {
    _root: tempfile::TempDir,
    data: PathBuf,
    keys: PathBuf,
}

fn place() -> Place {
    let root = tempfile::tempdir().unwrap();
    let (data, keys) = (root.path().join("data"), root.path().join("keys"));
    Place {
        _root: root,
        data,
        keys,
    }
}

fn key_file(place: &Place) -> PathBuf {
    fs::read_dir(&place.keys).unwrap().next().unwrap().unwrap().path()
}

#[test]
fn created_keys_open_again_and_differ_by_purpose() {
    let p = place();
    let made = KeyRing::create(&p.data, &p.keys, &SeededEntropy::new(1)).unwrap();
    let opened = KeyRing::open_or_create(&p.data, &p.keys, &SeededEntropy::new(2)).unwrap();
    assert_eq!(made.database_key().as_bytes(), opened.database_key().as_bytes());
    assert_eq!(made.secret("a").as_bytes(), opened.secret("a").as_bytes());
    assert_ne!(made.secret("a").as_bytes(), made.secret("b").as_bytes());
    assert_ne!(made.secret("a").as_bytes(), made.database_key().as_bytes());
}

#[test]
fn two_folders_have_two_keys() {
    let (a, b) = (place(), place());
    let a = KeyRing::create(&a.data, &a.keys, &SeededEntropy::new(1)).unwrap();
    let b = KeyRing::create(&b.data, &b.keys, &SeededEntropy::new(2)).unwrap();
    assert_ne!(a.database_key().as_bytes(), b.database_key().as_bytes());
}

#[test]
fn a_lost_key_file_is_made_anew_by_the_recovery_code() {
    let p = place();
    let entropy = SeededEntropy::new(1);
    let mut ring = KeyRing::create(&p.data, &p.keys, &entropy).unwrap();
    assert!(!ring.has_recovery());
    let code = ring.add_recovery(&entropy).unwrap();
    fs::remove_file(key_file(&p)).unwrap();
    assert!(matches!(KeyRing::open(&p.data, &p.keys), Err(VaultError::MissingKey)));
    let by_code = KeyRing::open_with_recovery(&p.data, &p.keys, &code, &entropy).unwrap();
    assert_eq!(by_code.database_key().as_bytes(), ring.database_key().as_bytes());
    let again = KeyRing::open(&p.data, &p.keys).unwrap();
    assert_eq!(again.database_key().as_bytes(), ring.database_key().as_bytes());
    assert!(again.has_recovery());
}

#[test]
fn a_new_recovery_code_makes_the_old_paper_worthless() {
    let p = place();
    let entropy = SeededEntropy::new(1);
    let mut ring = KeyRing::create(&p.data, &p.keys, &entropy).unwrap();
    let old = ring.add_recovery(&entropy).unwrap();
    let new = ring.add_recovery(&entropy).unwrap();
    let open = |code: &str| KeyRing::open_with_recovery(&p.data, &p.keys, code, &entropy);
    assert!(matches!(open(&old), Err(VaultError::WrongRecoveryCode)));
    assert!(matches!(open("không phải mã"), Err(VaultError::WrongRecoveryCode)));
    open(&new).unwrap();
}

#[test]
fn without_any_printed_code_recovery_says_so() {
    let (p, other) = (place(), place());
    let entropy = SeededEntropy::new(1);
    KeyRing::create(&p.data, &p.keys, &entropy).unwrap();
    let mut ring = KeyRing::create(&other.data, &other.keys, &entropy).unwrap();
    let code = ring.add_recovery(&entropy).unwrap();
    let opened = KeyRing::open_with_recovery(&p.data, &p.keys, &code, &entropy);
    assert!(matches!(opened, Err(VaultError::MissingKey)));
}

#[test]
fn another_key_file_is_a_wrong_key() {
    let p = place();
    KeyRing::create(&p.data, &p.keys, &SeededEntropy::new(1)).unwrap();
    for bytes in [vec![9u8; 32], vec![9u8; 31], Vec::new()] {
        fs::write(key_file(&p), bytes).unwrap();
        assert!(matches!(KeyRing::open(&p.data, &p.keys), Err(VaultError::WrongKey)));
    }
}

#[test]
fn the_second_copy_stands_in_for_a_damaged_first() {
    let p = place();
    let ring = KeyRing::create(&p.data, &p.keys, &SeededEntropy::new(1)).unwrap();
    for damage in [
        "",
        "{",
        "{\"version\":1}",
        "{\"version\":1,\"id\":\"../x\",\"wraps\":[]}",
    ] {
        fs::write(p.data.join("keys.json"), damage).unwrap();
        let opened = KeyRing::open(&p.data, &p.keys).unwrap();
        assert_eq!(opened.database_key().as_bytes(), ring.database_key().as_bytes());
    }
    fs::remove_file(p.data.join("keys.json")).unwrap();
    KeyRing::open(&p.data, &p.keys).unwrap();
    // The damaged copy was made good again.
    fs::remove_file(p.data.join("keys.copy.json")).unwrap();
    KeyRing::open(&p.data, &p.keys).unwrap();
    fs::write(p.data.join("keys.json"), "{").unwrap();
    fs::write(p.data.join("keys.copy.json"), "{").unwrap();
    assert!(matches!(KeyRing::open(&p.data, &p.keys), Err(VaultError::Damaged(_))));
}

#[test]
fn any_changed_character_of_both_copies_is_noticed_or_harmless() {
    let p = place();
    let ring = KeyRing::create(&p.data, &p.keys, &SeededEntropy::new(1)).unwrap();
    let good = fs::read(p.data.join("keys.json")).unwrap();
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 1;
        fs::write(p.data.join("keys.json"), &bad).unwrap();
        fs::write(p.data.join("keys.copy.json"), &bad).unwrap();
        if let Ok(opened) = KeyRing::open(&p.data, &p.keys) {
            assert_eq!(opened.database_key().as_bytes(), ring.database_key().as_bytes(), "{at}");
        }
    }
}

#[test]
fn a_damaged_wrap_in_one_copy_alone_never_locks_the_folder() {
    let p = place();
    KeyRing::create(&p.data, &p.keys, &SeededEntropy::new(1)).unwrap();
    let good = fs::read(p.data.join("keys.json")).unwrap();
    // Every third byte: each round makes the damaged copy good again with real fsyncs.
    for at in (0..good.len()).step_by(3) {
        let mut bad = good.clone();
        bad[at] ^= 1;
        fs::write(p.data.join("keys.json"), &bad).unwrap();
        match KeyRing::open(&p.data, &p.keys) {
            Ok(_) => {}
            // "version": 1 turned into a higher one is believed: another program may own it.
            Err(VaultError::Newer { .. }) => {}
            Err(e) => panic!("byte {at}: {e}"),
        }
    }
}

#[test]
fn a_newer_key_file_is_refused_and_left_alone() {
    let p = place();
    KeyRing::create(&p.data, &p.keys, &SeededEntropy::new(1)).unwrap();
    let text = r#"{"version": 2, "something": "else"}"#;
    fs::write(p.data.join("keys.json"), text).unwrap();
    let opened = KeyRing::open_or_create(&p.data, &p.keys, &SeededEntropy::new(1));
    assert!(matches!(opened, Err(VaultError::Newer { found: 2, known: 1 })));
    assert_eq!(fs::read_to_string(p.data.join("keys.json")).unwrap(), text);
}

#[test]
fn a_database_without_keys_is_never_a_new_start() {
    let p = place();
    fs::create_dir_all(&p.data).unwrap();
    fs::write(p.data.join("station.db"), b"x").unwrap();
    let opened = KeyRing::open_or_create(&p.data, &p.keys, &SeededEntropy::new(1));
    assert!(matches!(opened, Err(VaultError::MissingKey)));
}

#[test]
fn keys_inside_the_data_folder_are_refused() {
    let p = place();
    let inside = p.data.join("keys");
    let made = KeyRing::create(&p.data, &inside, &SeededEntropy::new(1));
    assert!(matches!(made, Err(VaultError::Setup(_))));
    assert!(matches!(KeyRing::open(&p.data, &p.keys), Err(VaultError::MissingKey)));
}

#[test]
fn no_secret_byte_lies_in_the_data_folder() {
    let p = place();
    let ring = KeyRing::create(&p.data, &p.keys, &SeededEntropy::new(1)).unwrap();
    let outside = fs::read(key_file(&p)).unwrap();
    for entry in fs::read_dir(&p.data).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        for secret in [outside.as_slice(), ring.database_key().as_bytes()] {
            assert!(!bytes.windows(32).any(|w| w == secret));
        }
    }
}

#[cfg(unix)]
#[test]
fn the_key_file_is_the_owners_alone_and_is_closed_again() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let p = place();
    KeyRing::create(&p.data, &p.keys, &SeededEntropy::new(1)).unwrap();
    assert_eq!((mode(&p.keys), mode(&key_file(&p))), (0o700, 0o600));
    fs::set_permissions(key_file(&p), fs::Permissions::from_mode(0o644)).unwrap();
    KeyRing::open(&p.data, &p.keys).unwrap();
    assert_eq!(mode(&key_file(&p)), 0o600);
}

#[test]
fn the_key_folder_follows_xdg_and_ignores_relative_values() {
    let dir = |xdg: Option<&str>, home: Option<&str>| default_key_dir(xdg.map(Into::into), home.map(Into::into)).ok();
    assert_eq!(dir(Some("/x"), Some("/h")), Some("/x/motcua/keys".into()));
    assert_eq!(dir(Some("x"), Some("/h")), Some("/h/.config/motcua/keys".into()));
    assert_eq!(dir(Some(""), Some("/h")), Some("/h/.config/motcua/keys".into()));
    assert_eq!(dir(None, None), None);
}
