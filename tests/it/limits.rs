//! Hubs that are busy, and hubs that answer what no hub should: the counter goes on.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};

use serde_json::{Value, json};

use crate::counter::TestStation;
use crate::line::Way;
use crate::server::TestHub;

/// A server of one answer, whatever it is asked.
fn answering(head: &str, body: Vec<u8>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let head = format!("HTTP/1.1 {head}\r\ncontent-length: {}\r\n\r\n", body.len());
    std::thread::spawn(move || {
        for call in listener.incoming().flatten() {
            let (mut lines, mut length) = (BufReader::new(&call), 0);
            let mut line = String::new();
            while lines.read_line(&mut line).is_ok_and(|read| read > 2) {
                let lower = line.to_lowercase();
                if let Some(bytes) = lower.strip_prefix("content-length:") {
                    length = bytes.trim().parse().unwrap();
                }
                line.clear();
            }
            // Whoever hung up needs no answer.
            let _ = lines.read_exact(&mut vec![0; length]);
            let _ = (&call)
                .write_all(head.as_bytes())
                .and_then(|()| (&call).write_all(&body));
        }
    });
    address
}

fn bomb(bytes: u64) -> Vec<u8> {
    let mut plain = b"{\"generation\": \"".to_vec();
    plain.resize(usize::try_from(bytes).unwrap(), b' ');
    zstd::encode_all(plain.as_slice(), 3).unwrap()
}

#[test]
fn a_busy_hub_is_asked_again_when_it_wants_to_be() {
    let mut hub = TestHub::start();
    let counter = TestStation::enrolled("an", &hub);
    counter.register_all(0..2);
    hub.stop();
    let busy = json!({"code": "BUSY", "retry_after_ms": 7_000}).to_string();
    hub.line
        .lead_to(Some(answering("503 Service Unavailable", busy.into_bytes())));
    let refused = counter.refusal("sync", &json!({}), "HUB_BUSY");
    assert_eq!(refused.detail.get("retry_after_ms").map(String::as_str), Some("7000"));
    assert_eq!(counter.call("sync-status", &json!({}))["problem"], "HUB_BUSY");
    hub.open();
    assert_eq!(counter.call("sync", &json!({}))["waiting"], 0);
    assert_eq!(hub.whole().0, 2);
}

#[test]
fn an_answer_that_unpacks_to_too_much_stops_at_the_bound() {
    let mut hub = TestHub::start();
    let counter = TestStation::enrolled("an", &hub);
    counter.register(1);
    hub.stop();
    let head = "200 OK\r\ncontent-type: application/json\r\ncontent-encoding: zstd";
    for bytes in [1 << 20, 1 << 30] {
        hub.line.lead_to(Some(answering(head, bomb(bytes))));
        let refused = counter.refusal("sync", &json!({}), "HUB_REFUSED");
        assert!(refused.detail["reason"].contains("too many"), "{refused:?}");
    }
    hub.line.lead_to(Some(answering(head, b"rubbish".to_vec())));
    counter.refusal("sync", &json!({}), "HUB_REFUSED");
    hub.open();
    assert_eq!(counter.call("sync", &json!({}))["waiting"], 0);
}

#[test]
fn records_go_small_over_the_line_both_ways() {
    let hub = TestHub::start();
    let (an, binh) = (TestStation::enrolled("an", &hub), TestStation::enrolled("binh", &hub));
    an.call("sync", &json!({}));
    an.register_all(0..40);
    let plain = an.call("sync-status", &json!({}));
    assert!(plain["waiting"].as_u64().unwrap() >= 120, "{plain}");
    // The receipts are files and go as they are: cut them off.
    let before = hub.line.carried(Way::Up);
    hub.line.cut_after(Way::Up, 110_000);
    let _ = an.attempt("sync", &json!({}));
    hub.line.mend();
    let status = an.call("sync-status", &json!({}));
    let up = hub.line.carried(Way::Up) - before;
    assert_eq!(status["waiting"], 0, "{status}");
    assert!(up <= 110_000, "{up}");
    let (before, carried) = (hub.line.carried(Way::Down), hub.line.carried(Way::Up));
    assert_eq!(binh.call("sync", &json!({}))["waiting"], 0);
    let down = hub.line.carried(Way::Down) - before;
    assert!((10_000..110_000).contains(&down), "{down} bytes of 120 records");
    assert!(hub.line.carried(Way::Up) - carried < 10_000);
    assert_eq!(binh.find("nguyen thi mau").len(), 40);
    let _: Value = an.call("sync", &json!({}));
}
