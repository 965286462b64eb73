//! Files: whole or not at all, once or twice, and only for those who may see them.

use wire::protocol::{BlobStored, RefusalCode};

use crate::events::{new_dossier, page, registered};
use crate::server::{AGENCY, TestHub};

fn target(bytes: &[u8]) -> String {
    format!("/v1/blobs/{}", blake3::hash(bytes).to_hex())
}

#[test]
fn a_file_goes_up_and_comes_down() {
    let mut server = TestHub::new();
    let mut device = server.enrolled(1);
    let bytes: Vec<u8> = (0..3_000_000u32).map(|n| n.to_le_bytes()[n as usize % 3]).collect();
    let name = target(&bytes);
    assert_eq!(device.ask("HEAD", &name, b"").status, 404);
    assert_eq!(device.ask("GET", &name, b"").refused(), RefusalCode::NotFound);
    for _ in 0..2 {
        let stored: BlobStored = device.ask("PUT", &name, &bytes).read().unwrap();
        assert_eq!(stored.size, 3_000_000);
    }
    let packed = zstd::encode_all(bytes.as_slice(), 3).unwrap();
    assert_eq!(device.ask_packed("PUT", &name, &packed, Some("zstd")).status, 200);
    server.restart();
    device.url = server.url().to_owned();
    assert_eq!(device.ask("HEAD", &name, b"").status, 200);
    assert_eq!(device.ask("GET", &name, b"").body, bytes);
    let report = server.hub().report().unwrap();
    assert_eq!((report.blobs, report.chain), (1, "ok"));
}

#[test]
fn wrong_cut_and_too_large_files_leave_nothing() {
    let server = TestHub::new();
    let device = server.enrolled(1);
    let bytes = vec![7; 100_000];
    let name = target(&bytes);
    assert_eq!(
        device.ask("PUT", &name, &bytes[..99_999]).refused(),
        RefusalCode::WrongHash
    );
    assert_eq!(device.ask("PUT", &name, b"").refused(), RefusalCode::WrongHash);
    assert_eq!(
        device.ask("PUT", &target(b"x"), &bytes).refused(),
        RefusalCode::WrongHash
    );
    assert_eq!(
        device.ask("PUT", "/v1/blobs/abc", &bytes).refused(),
        RefusalCode::NotFound
    );
    let bomb = zstd::encode_all(std::io::Read::take(std::io::repeat(0), 65 << 20), 3).unwrap();
    assert_eq!(
        device.ask_packed("PUT", &name, &bomb, Some("zstd")).refused(),
        RefusalCode::TooLarge
    );
    assert_eq!(device.ask("HEAD", &name, b"").status, 404);
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
    device
        .ask("PUT", &target(b"trang"), b"trang")
        .read::<BlobStored>()
        .unwrap();
    assert_eq!(
        stranger.ask("GET", &target(b"trang"), b"").refused(),
        RefusalCode::NotFound
    );
    let colleague = server.enrolled(3);
    assert_eq!(colleague.ask("GET", &target(b"trang"), b"").body, b"trang");
    assert_eq!(device.push_all().wanted, Vec::<String>::new());
}
