//! Files in pieces: they go on where the disk ends, and nobody is told of a file before it is whole and
//! what its name says.

use std::io::Write;
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::Ordering;

use wire::protocol::{RefusalCode, signed};

use crate::device::Device;
use crate::files::{address, name};
use crate::server::TestHub;

/// Bytes that look like nothing else.
fn page(seed: u8, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    blake3::Hasher::new().update(&[seed]).finalize_xof().fill(&mut bytes);
    bytes
}

#[test]
fn a_file_goes_on_where_the_disk_ends_also_after_a_restart() {
    let mut server = TestHub::new();
    let mut device = server.enrolled(1);
    let bytes = page(1, 300_000);
    assert_eq!(device.place(&bytes), (0, false));
    assert_eq!(device.piece(&bytes, 0, 100_000).unwrap().offset, 100_000);
    server.restart();
    device.url = server.url().to_owned();
    assert_eq!(device.place(&bytes), (100_000, false));
    assert_eq!(
        device.ask("GET", &name(&bytes), b"").refused(),
        RefusalCode::NotFound,
        "not whole"
    );
    // Sent again, overlapping, and with a hole: the answer says what is there.
    assert_eq!(device.piece(&bytes, 0, 100_000).unwrap().offset, 100_000);
    assert_eq!(device.piece(&bytes, 150_000, 200_000).unwrap().offset, 100_000);
    assert_eq!(device.piece(&bytes, 60_000, 200_000).unwrap().offset, 200_000);
    let last = device.piece(&bytes, 200_000, 300_000).unwrap();
    assert_eq!((last.offset, last.stored), (300_000, true));
    assert_eq!(device.ask("GET", &name(&bytes), b"").body, bytes);
    assert_eq!(device.place(&bytes), (300_000, true));
    assert!(device.piece(&bytes, 0, 10).unwrap().stored, "once more is harmless");
    let report = server.hub().report().unwrap();
    assert_eq!((report.blobs, report.chain), (1, "ok"));
}

#[test]
fn what_is_not_its_name_is_thrown_away_and_begun_anew() {
    let server = TestHub::new();
    let device = server.enrolled(1);
    let bytes = page(2, 50_000);
    let spoilt = page(3, 20_000);
    assert_eq!(device.patch(&address(&bytes, 0), &spoilt, None).status, 200);
    let refusal = device.piece(&bytes, 20_000, 50_000).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::WrongHash);
    assert_eq!(device.ask("GET", &name(&bytes), b"").refused(), RefusalCode::NotFound);
    assert_eq!(device.place(&bytes), (0, false));
    assert!(device.piece(&bytes, 0, 50_000).unwrap().stored);
    assert!(device.piece(b"", 0, 0).unwrap().stored, "an empty file");
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
        assert_eq!(device.patch(&target, &bytes, None).refused(), code, "{target}");
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
        have = device.place(&bytes).0;
    }
    assert!(have <= 70_000, "{have}");
    let from = usize::try_from(have).unwrap();
    assert!(device.piece(&bytes, from, 200_000).unwrap().stored);
    assert_eq!(device.ask("GET", &name(&bytes), b"").body, bytes);
}

#[test]
fn pieces_belong_to_the_device_that_brought_them_and_grow_old() {
    let mut server = TestHub::new();
    let (mut one, other) = (server.enrolled(1), server.enrolled(2));
    let bytes = page(6, 40_000);
    one.piece(&bytes, 0, 30_000).unwrap();
    assert_eq!(
        other.place(&bytes),
        (0, false),
        "a stranger's bytes are not gone on from"
    );
    let day = 86_400_000;
    server.clock.fetch_add(29 * day, Ordering::SeqCst);
    server.restart();
    server.url().clone_into(&mut one.url);
    assert_eq!(one.place(&bytes), (30_000, false));
    server.clock.fetch_add(2 * day, Ordering::SeqCst);
    server.restart();
    server.url().clone_into(&mut one.url);
    assert_eq!(one.place(&bytes), (0, false));
}

fn rows(server: &mut TestHub, change: &str) -> i64 {
    let mut found = 0;
    server.stop();
    server.database(|db| {
        db.execute_batch(change).unwrap();
        let count = "SELECT count(*) FROM blob_part";
        found = db.query_row(count, [], |row| row.get(0)).unwrap();
    });
    server.start();
    found
}

#[test]
fn pieces_that_were_lost_or_damaged_are_begun_anew() {
    let mut server = TestHub::new();
    let mut device = server.enrolled(1);
    let bytes = page(7, 40_000);
    let flip = |path: &std::path::Path| {
        let mut sealed = std::fs::read(path).unwrap();
        *sealed.last_mut().unwrap() ^= 1;
        std::fs::write(path, sealed).unwrap();
    };
    for lost in [true, false] {
        device.piece(&bytes, 0, 30_000).unwrap();
        for path in rig::files(&server.folders.data.join("blobs")).unwrap() {
            if lost {
                std::fs::remove_file(path).unwrap()
            } else {
                flip(&path)
            }
        }
        assert_eq!(device.place(&bytes), (30_000, false));
        assert_eq!(
            device.piece(&bytes, 30_000, 40_000).unwrap_err().code,
            RefusalCode::WrongHash
        );
        assert_eq!(device.place(&bytes), (0, false), "{lost}");
    }
    // A hole between the pieces, which no request of ours makes.
    device.piece(&bytes, 0, 10_000).unwrap();
    device.piece(&bytes, 10_000, 30_000).unwrap();
    rows(&mut server, "DELETE FROM blob_part WHERE first = 0");
    server.url().clone_into(&mut device.url);
    assert_eq!(
        device.piece(&bytes, 30_000, 40_000).unwrap_err().code,
        RefusalCode::WrongHash
    );
    device.bring(&bytes);
    assert_eq!(device.ask("GET", &name(&bytes), b"").body, bytes);
    assert_eq!(rows(&mut server, ""), 0);
}

#[test]
fn two_who_end_one_file_are_both_told_that_it_is_here() {
    let server = TestHub::new();
    let device = server.enrolled(1);
    for seed in 8..16 {
        let bytes = page(seed, 30_000);
        device.piece(&bytes, 0, 20_000).unwrap();
        std::thread::scope(|both| {
            let ends: Vec<_> = (0..4)
                .map(|_| both.spawn(|| device.piece(&bytes, 20_000, 30_000).unwrap().stored))
                .collect();
            assert!(ends.into_iter().all(|end| end.join().unwrap()));
        });
    }
    assert_eq!(server.hub().report().unwrap().blobs, 8);
}

#[test]
fn pieces_nobody_needs_go_within_a_day_while_the_hub_runs() {
    let mut server = TestHub::new();
    let (mut one, mut other) = (server.enrolled(1), server.enrolled(2));
    let (shared, left) = (page(20, 40_000), page(21, 40_000));
    one.piece(&shared, 0, 30_000).unwrap();
    one.piece(&left, 0, 30_000).unwrap();
    other.bring(&shared);
    let day = 86_400_000;
    let lie = |server: &TestHub| rig::files(&server.folders.data.join("blobs")).unwrap().len();
    assert_eq!(lie(&server), 3);
    other.hello().unwrap();
    assert_eq!(lie(&server), 3, "not yet");
    server.clock.fetch_add(day, Ordering::SeqCst);
    other.hello().unwrap();
    assert_eq!(lie(&server), 2, "pieces of a file that is here");
    assert_eq!(
        (one.place(&shared), one.place(&left)),
        ((40_000, true), (30_000, false))
    );
    server.clock.fetch_add(31 * day, Ordering::SeqCst);
    other.hello().unwrap();
    assert_eq!((lie(&server), one.place(&left)), (1, (0, false)));
    assert_eq!(rows(&mut server, ""), 0);
    server.url().clone_into(&mut one.url);
    server.url().clone_into(&mut other.url);
    assert_eq!(
        one.ask("GET", &name(&shared), b"").refused(),
        RefusalCode::NotFound,
        "not one's own"
    );
    assert_eq!(other.ask("GET", &name(&shared), b"").body, shared);
}

#[test]
fn many_tiny_pieces_fill_no_disk() {
    let mut server = TestHub::new();
    let mut device = server.enrolled(1);
    let bytes = page(22, 1_000);
    // 512 MiB in blocks of 16 KiB, and one more.
    let tiny = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 32768) \
        INSERT INTO blob_part SELECT device, randomblob(32), 0, 1, randomblob(32), randomblob(32), 1795420000000 FROM n, device";
    rows(&mut server, tiny);
    server.url().clone_into(&mut device.url);
    assert_eq!(device.piece(&bytes, 0, 500).unwrap_err().code, RefusalCode::ServerFull);
    device.bring(&bytes);
}
