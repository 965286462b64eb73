//! The closed list: every code once, every sentence a sentence, every SANE status its own error.

use super::{SCAN_ERROR_CODES, ScanError, from_start, from_status};

fn all() -> Vec<ScanError> {
    let text = String::new;
    let io = || std::io::Error::other("x");
    vec![
        ScanError::ProgramMissing,
        ScanError::NotFound(text()),
        ScanError::Busy,
        ScanError::SettingRefused(text()),
        ScanError::Jammed,
        ScanError::NoPaper,
        ScanError::CoverOpen,
        ScanError::Io(text()),
        ScanError::NoMemory,
        ScanError::AccessDenied,
        ScanError::BadPage(text()),
        ScanError::Crashed(text()),
        ScanError::TimedOut,
        ScanError::Cancelled,
        ScanError::Folder(io()),
        ScanError::NotKept(Box::new(io())),
    ]
}

#[test]
fn the_list_of_codes_is_the_list_of_arms() {
    let codes: Vec<&str> = all().iter().map(ScanError::code).collect();
    assert_eq!(codes, SCAN_ERROR_CODES);
    let mut distinct = codes.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), codes.len());
}

#[test]
fn every_message_is_a_sentence_of_its_own() {
    let mut seen = std::collections::BTreeSet::new();
    for error in all() {
        assert!(error.message().ends_with('.'), "{error}");
        assert!(seen.insert(error.message()), "{error}");
    }
}

#[test]
fn sane_statuses_become_their_errors() {
    let expected = [
        (2, "SCAN_CANCELLED"),
        (3, "SCANNER_BUSY"),
        (4, "SCAN_SETTING_REFUSED"),
        (6, "SCANNER_JAMMED"),
        (7, "SCANNER_NO_PAPER"),
        (8, "SCANNER_COVER_OPEN"),
        (9, "SCANNER_IO"),
        (10, "SCANNER_NO_MEMORY"),
        (11, "SCANNER_ACCESS_DENIED"),
        (12, "SCAN_CRASHED"),
        (255, "SCAN_CRASHED"),
    ];
    for (status, code) in expected {
        assert_eq!(from_status(status, "").unwrap().code(), code, "{status}");
    }
    assert!(from_status(0, "").is_none() && from_status(5, "").is_none());
}

#[test]
fn exit_code_one_is_told_apart_by_its_words() {
    let cases = [
        (
            "scanimage: open of device epson2:usb failed: Device busy",
            "SCANNER_BUSY",
        ),
        (
            "scanimage: open of device nope:0 failed: Invalid argument",
            "SCANNER_NOT_FOUND",
        ),
        (
            "scanimage: open of device x failed: Access to resource has been denied\n",
            "SCANNER_ACCESS_DENIED",
        ),
        (
            "scanimage: open of device x failed: Error during device I/O",
            "SCANNER_IO",
        ),
        ("scanimage: no SANE devices found", "SCANNER_NOT_FOUND"),
        ("scanimage: unrecognized option '--mode=Color'", "SCAN_SETTING_REFUSED"),
        ("", "SCAN_SETTING_REFUSED"),
    ];
    for (words, code) in cases {
        assert_eq!(from_status(1, words).unwrap().code(), code, "{words}");
    }
}

#[test]
fn a_program_that_is_not_there_is_named_so() {
    let missing = std::io::Error::from(std::io::ErrorKind::NotFound);
    assert_eq!(from_start(&missing).code(), "SCAN_PROGRAM_MISSING");
    assert_eq!(from_start(&std::io::Error::other("x")).code(), "SCAN_CRASHED");
}
