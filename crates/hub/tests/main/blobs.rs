//! Files: whole or not at all, once or twice, and only for those who may see them.

use wire::protocol::RefusalCode;

use crate::events::{new_dossier, page, registered};
use crate::files::{address, name};
use crate::server::{AGENCY, TestHub};

#[test]
fn a_file_goes_up_and_comes_down() {
    let mut server = TestHub::new();
    let mut device = server.enrolled(1);
    let bytes: Vec<u8> = (0..3_000_000u32).map(|n| n.to_le_bytes()[n as usize % 3]).collect();
    let name = name(&bytes);
    assert_eq!(device.place(&bytes), (0, false));
    assert_eq!(device.ask("GET", &name, b"").refused(), RefusalCode::NotFound);
    device.bring(&bytes);
    let again = device.piece(&bytes, 2_990_000, 3_000_000).unwrap();
    assert_eq!((again.offset, again.stored), (3_000_000, true));
    assert_eq!(device.place(&bytes), (3_000_000, true));
    server.restart();
    device.url = server.url().to_owned();
    assert_eq!(device.place(&bytes), (3_000_000, true));
    assert_eq!(device.ask("GET", &name, b"").body, bytes);
    let report = server.hub().report().unwrap();
    assert_eq!((report.blobs, report.chain), (1, "ok"));
}

#[test]
fn wrong_cut_and_too_large_files_leave_nothing() {
    let server = TestHub::new();
    let device = server.enrolled(1);
    let bytes = vec![7; 100_000];
    let wrong = |target: &str, bytes: &[u8]| device.patch(target, bytes, None).refused();
    let cut = format!("{}?from=0&size=99999", name(&bytes));
    assert_eq!(wrong(&cut, &bytes[..99_999]), RefusalCode::WrongHash);
    let empty = format!("{}?from=0&size=0", name(&bytes));
    assert_eq!(wrong(&empty, b""), RefusalCode::WrongHash);
    let other = format!("{}?from=0&size=100000", name(b"x"));
    assert_eq!(wrong(&other, &bytes), RefusalCode::WrongHash);
    assert_eq!(wrong("/v1/blobs/abc?from=0&size=100000", &bytes), RefusalCode::NotFound);
    // A piece is kept as it comes: packed bytes would be kept packed.
    let packed = zstd::encode_all(bytes.as_slice(), 3).unwrap();
    let answer = device.patch(&address(&bytes, 0), &packed, Some(("content-encoding", "zstd")));
    assert_eq!(answer.refused(), RefusalCode::BadMessage);
    assert_eq!(device.place(&bytes), (0, false));
    assert_eq!(server.hub().report().unwrap().blobs, 0);
}

#[test]
fn another_agency_sees_a_file_only_with_its_dossier() {
    let server = TestHub::new();
    let other = server.second_agency();
    let (mut device, stranger) = (server.enrolled(1), server.enrolled_at(2, other));
    let dossier = new_dossier();
    device.write(&registered(AGENCY, AGENCY, dossier));
    device.write(&page(AGENCY, dossier, b"trang"));
    device.push_all();
    device.bring(b"trang");
    assert_eq!(
        stranger.ask("GET", &name(b"trang"), b"").refused(),
        RefusalCode::NotFound
    );
    let colleague = server.enrolled(3);
    assert_eq!(colleague.ask("GET", &name(b"trang"), b"").body, b"trang");
    assert_eq!(device.push_all().wanted, Vec::<String>::new());
}
