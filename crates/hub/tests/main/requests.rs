//! Requests that are unsigned, wrongly signed, too large or no messages at all.

use wire::protocol::{RefusalCode, signed};

use crate::device::Device;
use crate::events::{new_dossier, registered};
use crate::server::{AGENCY, TestHub};

#[test]
fn unsigned_and_wrongly_signed_requests_are_refused() {
    let server = TestHub::new();
    let mut device = server.enrolled(1);
    device.write(&registered(AGENCY, AGENCY, new_dossier()));
    let body = serde_json::to_vec(&device.batch(1, 1)).unwrap();
    let id = device.stream.device.to_string();
    let good = signed::sign(&device.key, "POST", "/v1/push", &body);
    let elsewhere = signed::sign(&device.key, "POST", "/v1/hello", &body);
    let other_method = signed::sign(&device.key, "PUT", "/v1/push", &body);
    let stranger = signed::sign(&Device::new(9, AGENCY).key, "POST", "/v1/push", &body);
    for signature in ["", "00", elsewhere.as_str(), other_method.as_str(), stranger.as_str()] {
        let headers = [(signed::DEVICE, id.as_str()), (signed::SIGNATURE, signature)];
        assert_eq!(
            device.send("POST", "/v1/push", &body, &headers).refused(),
            RefusalCode::UnknownDevice
        );
    }
    assert_eq!(
        device.send("POST", "/v1/push", &body, &[]).refused(),
        RefusalCode::UnknownDevice
    );
    let headers = [(signed::DEVICE, id.as_str()), (signed::SIGNATURE, good.as_str())];
    let mut changed = body.clone();
    changed.push(b' ');
    assert_eq!(
        device.send("POST", "/v1/push", &changed, &headers).refused(),
        RefusalCode::UnknownDevice
    );
    assert_eq!(server.hub().report().unwrap().events, 0);
    assert_eq!(device.send("POST", "/v1/push", &body, &headers).status, 200);
    assert_eq!(
        device.send("GET", "/admin/report", b"", &[]).refused(),
        RefusalCode::UnknownDevice
    );
    assert_eq!(device.ask("POST", "/v1/nothing", b"").refused(), RefusalCode::NotFound);
}

#[test]
fn nobody_writes_into_another_devices_stream() {
    let server = TestHub::new();
    let (mut device, thief) = (server.enrolled(1), server.enrolled(2));
    device.write(&registered(AGENCY, AGENCY, new_dossier()));
    assert_eq!(
        thief.post("/v1/push", &device.batch(1, 1)).refused(),
        RefusalCode::UnknownDevice
    );
}

#[test]
fn a_suspended_device_is_refused() {
    let server = TestHub::new();
    let device = server.enrolled(1);
    server.hub().suspend(&device.stream.device).unwrap();
    assert_eq!(device.hello().unwrap_err().code, RefusalCode::DeviceSuspended);
    assert_eq!(
        device.lease(AGENCY, "2026-11-23", 1, 1).unwrap_err().code,
        RefusalCode::DeviceSuspended
    );
}

#[test]
fn bombs_and_rubbish_are_refused_with_a_code() {
    let server = TestHub::new();
    let device = server.enrolled(1);
    let bomb = zstd::encode_all(std::io::Read::take(std::io::repeat(b' '), 1 << 30), 3).unwrap();
    assert!(bomb.len() < 1 << 20);
    assert_eq!(
        device.ask_packed("POST", "/v1/push", &bomb, Some("zstd")).refused(),
        RefusalCode::TooLarge
    );
    assert_eq!(
        device
            .ask_packed("POST", "/v1/push", b"rubbish", Some("zstd"))
            .refused(),
        RefusalCode::BadMessage
    );
    assert_eq!(
        device.ask_packed("POST", "/v1/push", b"{}", Some("gzip")).refused(),
        RefusalCode::BadMessage
    );
    for body in [&b""[..], b"{\"stream\":", b"null", &[0xff; 10]] {
        assert_eq!(device.ask("POST", "/v1/push", body).refused(), RefusalCode::BadMessage);
    }
    assert_eq!(
        device.ask("GET", "/v1/pull?after=x", b"").refused(),
        RefusalCode::BadMessage
    );
}

#[test]
fn a_packed_push_is_taken() {
    let server = TestHub::new();
    let mut device = server.enrolled(1);
    (0..1000).for_each(|_| device.write(&registered(AGENCY, AGENCY, new_dossier())));
    let body = serde_json::to_vec(&device.batch(1, 1000)).unwrap();
    let packed = zstd::encode_all(body.as_slice(), 3).unwrap();
    assert_eq!(device.ask_packed("POST", "/v1/push", &packed, Some("zstd")).status, 200);
    device.write(&registered(AGENCY, AGENCY, new_dossier()));
    assert_eq!(device.push(1, 1001).unwrap_err().code, RefusalCode::TooLarge);
    assert_eq!(device.push(1001, 1001).unwrap().durable.seq, 1001);
}

/// Callers who say how much they will send and then say nothing take nobody's turn.
#[test]
fn slow_callers_hold_up_nobody() {
    use std::io::Write as _;
    let server = TestHub::new();
    let mut device = server.enrolled(1);
    let address = server.url().trim_start_matches("http://");
    let silent: Vec<_> = (0..200)
        .map(|_| {
            let mut call = std::net::TcpStream::connect(address).unwrap();
            call.write_all(b"POST /v1/push HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n{")
                .unwrap();
            call
        })
        .collect();
    for _ in 0..20 {
        device.write(&registered(AGENCY, AGENCY, new_dossier()));
        assert_eq!(
            device.push(device.records.len(), device.records.len()).unwrap().refused,
            []
        );
    }
    drop(silent);
}

#[test]
fn an_answer_is_packed_for_whoever_can_read_it() {
    let server = TestHub::new();
    let (mut device, mut other) = (server.enrolled(1), server.enrolled(2));
    (0..50).for_each(|_| device.write(&registered(AGENCY, AGENCY, new_dossier())));
    device.push_all();
    let plain = other.ask("GET", "/v1/pull?after=0&limit=100", b"");
    assert_eq!((plain.status, plain.body.first()), (200, Some(&b'{')));
    let packed = other.ask_accepting("GET", "/v1/pull?after=0&limit=100", "gzip, zstd");
    assert!(packed.body.len() * 2 < plain.body.len(), "{}", packed.body.len());
    assert_eq!(
        wire::pack::unpack(&packed.body, wire::pack::Coding::Zstd, 8 << 20).unwrap(),
        plain.body
    );
    // Too little to be worth it.
    other.write(&registered(AGENCY, AGENCY, new_dossier()));
    let small = other.ask_accepting("GET", "/v1/rules?after=0", "zstd");
    assert_eq!(small.body.first(), Some(&b'{'));
}

/// The first bytes of the answer to a head alone.
fn told(address: &str, head: &str) -> String {
    use std::io::{Read as _, Write as _};
    let mut call = std::net::TcpStream::connect(address).unwrap();
    write!(call, "POST /v1/push HTTP/1.1\r\nhost: x\r\n{head}\r\n\r\n").unwrap();
    let mut first = [0; 12];
    call.read_exact(&mut first).unwrap();
    String::from_utf8(first.to_vec()).unwrap()
}

#[test]
fn strangers_get_no_room_whatever_they_say_they_will_send() {
    let server = TestHub::new();
    let address = server.url().trim_start_matches("http://");
    let unknown = format!("HTTP/1.1 {}", RefusalCode::UnknownDevice.status());
    let stranger = Device::new(9, AGENCY).stream.device;
    for head in [
        "content-length: 8000000".to_owned(),
        "content-length: 99999999999".to_owned(),
        "transfer-encoding: chunked".to_owned(),
        format!("content-length: 8000000\r\n{}: {stranger}", signed::DEVICE),
        "content-length: 8000000\r\nx-admin-token: 00".to_owned(),
    ] {
        assert_eq!(told(address, &head), unknown, "{head}");
    }
}

/// Whoever names a device that is here may take all room for large bodies, and greets nobody away.
#[test]
fn large_bodies_that_never_come_hold_up_no_small_ones() {
    use std::io::{Read as _, Write as _};
    let server = TestHub::new();
    let mut device = server.enrolled(1);
    let address = server.url().trim_start_matches("http://");
    let named = format!(
        "content-length: 8000000\r\n{}: {}",
        signed::DEVICE,
        device.stream.device
    );
    // The hub says that it waits for the body: its room is taken.
    let silent: Vec<_> = (0..16)
        .map(|_| {
            let mut call = std::net::TcpStream::connect(address).unwrap();
            let head = format!("POST /v1/push HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\n{named}\r\n\r\n");
            call.write_all(head.as_bytes()).unwrap();
            let mut first = [0; 12];
            call.read_exact(&mut first).unwrap();
            assert_eq!(&first, b"HTTP/1.1 100");
            call
        })
        .collect();
    device.write(&registered(AGENCY, AGENCY, new_dossier()));
    let full = format!("HTTP/1.1 {}", RefusalCode::Busy.status());
    assert_eq!(told(address, &named), full, "there is no room for one more");
    assert_eq!(device.push_all().durable.seq, 1);
    drop(silent);
}
