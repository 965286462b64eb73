//! Enrolment: a code is good for one device and ten minutes.

use std::sync::atomic::Ordering;

use wire::protocol::RefusalCode;

use crate::device::Device;
use crate::server::{AGENCY, TestHub};

#[test]
fn a_code_enrols_one_device_and_answers_it_again() {
    let server = TestHub::new();
    let code = server.hub().new_code(AGENCY).unwrap();
    let mut first = Device::new(1, AGENCY);
    let answer = first.enrol(server.url(), &code.to_lowercase()).unwrap();
    assert_eq!((answer.agency.code.as_str(), answer.epoch), (AGENCY, 1));
    assert_eq!(answer.agencies, vec![hub::sample_agency()]);
    // The answer was lost: the same device asks again.
    assert_eq!(first.enrol(server.url(), &code).unwrap(), answer);
    let other = Device::new(2, AGENCY).enrol(server.url(), &code).unwrap_err();
    assert_eq!(other.code, RefusalCode::EnrolmentCodeInvalid);
    assert_eq!(first.hello().unwrap().durable.seq, 0);
}

#[test]
fn an_old_or_invented_code_is_refused() {
    let server = TestHub::new();
    let code = server.hub().new_code(AGENCY).unwrap();
    server.clock.fetch_add(10 * 60_000 + 1, Ordering::SeqCst);
    for code in [code.as_str(), "0000-0000-0000", ""] {
        let refused = Device::new(1, AGENCY).enrol(server.url(), code).unwrap_err();
        assert_eq!(refused.code, RefusalCode::EnrolmentCodeInvalid);
    }
    assert!(server.hub().new_code("H00.000").is_err());
}

#[test]
fn an_identity_that_is_taken_needs_a_new_epoch() {
    let server = TestHub::new();
    let device = server.enrolled(1);
    let mut clone = device.reborn(9, 1);
    let code = server.hub().new_code(AGENCY).unwrap();
    assert_eq!(clone.enrol(server.url(), &code).unwrap_err().code, RefusalCode::Fork);
    let mut reborn = device.reborn(9, 2);
    reborn.enrol(server.url(), &code).unwrap();
    // Both lives may still speak: the old one has records to bring.
    assert!(reborn.hello().is_ok() && device.hello().is_ok());
    assert_eq!(server.hub().report().unwrap().devices, 1);
}

/// Ten slips are forgiven; then even the right code has to wait, and everybody else's work goes on.
#[test]
fn nobody_tries_codes_until_one_fits() {
    let server = TestHub::new();
    let enrolled = server.enrolled(1);
    let code = server.hub().new_code(AGENCY).unwrap();
    for slip in 0..10 {
        let refused = Device::new(2, AGENCY)
            .enrol(server.url(), "0000-0000-0000")
            .unwrap_err();
        assert_eq!(refused.code, RefusalCode::EnrolmentCodeInvalid, "{slip}");
    }
    for code in ["0000-0000-0000", code.as_str()] {
        let refused = Device::new(2, AGENCY).enrol(server.url(), code).unwrap_err();
        assert_eq!(refused.code, RefusalCode::Busy);
        let wait = refused.retry_after_ms.unwrap();
        assert!((1..=10_000).contains(&wait), "{wait}");
    }
    assert!(enrolled.hello().is_ok());
}

/// A code gives no epoch that a database which was lost since may have given to another copy.
#[test]
fn a_restored_hub_gives_known_devices_epochs_behind_the_lost_ones() {
    let mut server = TestHub::new();
    let device = server.enrolled(1);
    server.stop();
    let backup = std::fs::read(server.folders.data.join("hub.db")).unwrap();
    server.restart();
    server.stop();
    std::fs::write(server.folders.data.join("hub.db"), backup).unwrap();
    server.start();
    let code = server.hub().new_code(AGENCY).unwrap();
    let refused = device.reborn(9, 2).enrol(server.url(), &code).unwrap_err();
    assert_eq!((refused.code, refused.epoch), (RefusalCode::Fork, Some(1_001)));
    device.reborn(9, 1_001).enrol(server.url(), &code).unwrap();
    // A PC that nobody knows begins with one, as ever.
    assert_eq!(server.enrolled(2).stream.epoch, 1);
}
