//! Files in pieces: they go on where the disk ends, and nobody is told of a file before it is whole and
//! what its name says.

use std::io::Write;
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::Ordering;

use wire::protocol::{BlobPlace, Refusal, RefusalCode, signed};

use crate::device::Device;
use crate::server::TestHub;

fn name(bytes: &[u8]) -> String {
    format!("/v1/blobs/{}", blake3::hash(bytes).to_hex())
}

/// Bytes that look like nothing else.
fn page(seed: u8, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    blake3::Hasher::new().update(&[seed]).finalize_xof().fill(&mut bytes);
    bytes
}

fn address(bytes: &[u8], from: usize) -> String {
    format!("{}?from={from}&size={}", name(bytes), bytes.len())
}

/// Sends a piece under its signed address.
fn send(device: &Device, target: &str, piece: &[u8]) -> Result<BlobPlace, Refusal> {
    let signature = signed::sign(&device.key, "PATCH", target, b"");
    let sender = device.stream.device.to_string();
    let headers = [
        (signed::DEVICE, sender.as_str()),
        (signed::SIGNATURE, signature.as_str()),
    ];
    device.send("PATCH", target, piece, &headers).read()
}

fn piece(device: &Device, bytes: &[u8], from: usize, to: usize) -> Result<BlobPlace, Refusal> {
    send(device, &address(bytes, from), &bytes[from..to])
}

fn place(device: &Device, bytes: &[u8]) -> (u64, bool) {
    let told: BlobPlace = device
        .ask("GET", &format!("{}/place", name(bytes)), b"")
        .read()
        .unwrap();
    (told.offset, told.stored)
}

#[test]
fn a_file_goes_on_where_the_disk_ends_also_after_a_restart() {
    let mut server = TestHub::new();
    let mut device = server.enrolled(1);
    let bytes = page(1, 300_000);
    assert_eq!(place(&device, &bytes), (0, false));
    assert_eq!(piece(&device, &bytes, 0, 100_000).unwrap().offset, 100_000);
    server.restart();
    device.url = server.url().to_owned();
    assert_eq!(place(&device, &bytes), (100_000, false));
    assert_eq!(device.ask("HEAD", &name(&bytes), b"").status, 404, "not whole");
    // Sent again, overlapping, and with a hole: the answer says what is there.
    assert_eq!(piece(&device, &bytes, 0, 100_000).unwrap().offset, 100_000);
    assert_eq!(piece(&device, &bytes, 150_000, 200_000).unwrap().offset, 100_000);
    assert_eq!(piece(&device, &bytes, 60_000, 200_000).unwrap().offset, 200_000);
    let last = piece(&device, &bytes, 200_000, 300_000).unwrap();
    assert_eq!((last.offset, last.stored), (300_000, true));
    assert_eq!(device.ask("GET", &name(&bytes), b"").body, bytes);
    assert_eq!(place(&device, &bytes), (300_000, true));
    assert!(piece(&device, &bytes, 0, 10).unwrap().stored, "once more is harmless");
    let report = server.hub().report().unwrap();
    assert_eq!((report.blobs, report.chain), (1, "ok"));
}

#[test]
fn what_is_not_its_name_is_thrown_away_and_begun_anew() {
    let server = TestHub::new();
    let device = server.enrolled(1);
    let bytes = page(2, 50_000);
    let spoilt = page(3, 20_000);
    send(&device, &address(&bytes, 0), &spoilt).unwrap();
    let refusal = piece(&device, &bytes, 20_000, 50_000).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::WrongHash);
    assert_eq!(device.ask("HEAD", &name(&bytes), b"").status, 404);
    assert_eq!(place(&device, &bytes), (0, false));
    assert!(piece(&device, &bytes, 0, 50_000).unwrap().stored);
    assert!(piece(&device, b"", 0, 0).unwrap().stored, "an empty file");
}

#[test]
fn addresses_that_cannot_be_are_refused() {
    let server = TestHub::new();
    let device = server.enrolled(1);
    let bytes = page(4, 1_000);
    let named = name(&bytes);
    for (target, code) in [
        (format!("{named}?from=900&size=1000"), RefusalCode::BadMessage),
        (format!("{named}?from=0"), RefusalCode::TooLarge),
        (format!("{named}?from=0&size={}", 65 << 20), RefusalCode::TooLarge),
        ("/v1/blobs/abc?from=0&size=1000".to_owned(), RefusalCode::NotFound),
    ] {
        assert_eq!(send(&device, &target, &bytes).unwrap_err().code, code, "{target}");
    }
    // A signature over another address opens nothing.
    let signature = signed::sign(&device.key, "PATCH", &address(&bytes, 5), b"");
    let sender = device.stream.device.to_string();
    let headers = [
        (signed::DEVICE, sender.as_str()),
        (signed::SIGNATURE, signature.as_str()),
    ];
    let answer = device.send("PATCH", &address(&bytes, 0), &bytes, &headers);
    assert_eq!(answer.refused(), RefusalCode::UnknownDevice);
}

/// Sends the head of a request and so many bytes of its body, and hangs up.
fn hang_up_after(device: &Device, bytes: &[u8], from: usize, sent: usize) {
    let target = address(bytes, from);
    let signature = signed::sign(&device.key, "PATCH", &target, b"");
    let mut line = TcpStream::connect(device.url.trim_start_matches("http://")).unwrap();
    let head = format!(
        "PATCH {target} HTTP/1.1\r\nhost: hub\r\ncontent-length: {}\r\n{}: {}\r\n{}: {signature}\r\n\r\n",
        bytes.len() - from,
        signed::DEVICE,
        device.stream.device,
        signed::SIGNATURE,
    );
    line.write_all(head.as_bytes()).unwrap();
    line.write_all(&bytes[from..from + sent]).unwrap();
    line.shutdown(Shutdown::Both).unwrap();
}

#[test]
fn what_came_before_the_line_broke_is_kept() {
    let server = TestHub::new();
    let device = server.enrolled(1);
    let bytes = page(5, 200_000);
    hang_up_after(&device, &bytes, 0, 70_000);
    // The hub hears of it in its own time.
    let mut have = 0;
    while have == 0 {
        have = place(&device, &bytes).0;
    }
    assert!(have <= 70_000, "{have}");
    let from = usize::try_from(have).unwrap();
    assert!(piece(&device, &bytes, from, 200_000).unwrap().stored);
    assert_eq!(device.ask("GET", &name(&bytes), b"").body, bytes);
}

#[test]
fn pieces_belong_to_the_device_that_brought_them_and_grow_old() {
    let mut server = TestHub::new();
    let (mut one, other) = (server.enrolled(1), server.enrolled(2));
    let bytes = page(6, 40_000);
    piece(&one, &bytes, 0, 30_000).unwrap();
    assert_eq!(
        place(&other, &bytes),
        (0, false),
        "a stranger's bytes are not gone on from"
    );
    let day = 86_400_000;
    server.clock.fetch_add(29 * day, Ordering::SeqCst);
    server.restart();
    server.url().clone_into(&mut one.url);
    assert_eq!(place(&one, &bytes), (30_000, false));
    server.clock.fetch_add(2 * day, Ordering::SeqCst);
    server.restart();
    server.url().clone_into(&mut one.url);
    assert_eq!(place(&one, &bytes), (0, false));
}
