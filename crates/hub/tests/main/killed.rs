//! The real program killed by SIGKILL in the middle of pushes: what it called durable is there
//! afterwards, and the station's next push completes the stream.

use std::sync::atomic::{AtomicU64, Ordering};

use rig::Folders;
use wire::protocol::{HelloResponse, PushResponse};

use crate::device::Device;
use crate::events::{new_dossier, note, registered};
use crate::program::{code, run, start};
use crate::server::AGENCY;

const CYCLES: usize = 24;
const EACH: usize = 40;
const BATCH: usize = 5;

#[test]
fn nothing_acknowledged_is_lost() {
    let folders = Folders::new().unwrap();
    let mut program = start(&folders);
    let mut device = Device::new(1, AGENCY);
    device.enrol(&program.url(), &code(&folders)).unwrap();
    let acknowledged = AtomicU64::new(0);
    for cycle in 0..CYCLES {
        write_more(&mut device);
        let answers = acknowledged.load(Ordering::SeqCst);
        // Killed after a number of answers that differs from cycle to cycle, while more are on
        // their way.
        let patience = answers + ((cycle * 7) % EACH) as u64;
        std::thread::scope(|scope| {
            scope.spawn(|| push_until_cut(&device, &acknowledged));
            while acknowledged.load(Ordering::SeqCst) < patience {
                std::thread::yield_now();
            }
            program.kill().unwrap();
        });
        program = start(&folders);
        device.url = program.url();
        let hello: HelloResponse = device.hello().unwrap();
        assert!(
            hello.durable.seq >= acknowledged.load(Ordering::SeqCst),
            "acknowledged and lost"
        );
        assert_eq!(
            hello.durable.hash,
            wire::envelope::hex(&device.hashes[hello.durable.seq as usize])
        );
        let from = hello.durable.seq as usize;
        if from < device.records.len() {
            let done = device.push(from + 1, device.records.len()).unwrap();
            assert_eq!(done.durable.seq as usize, device.records.len());
        }
        acknowledged.store(device.records.len() as u64, Ordering::SeqCst);
    }
    program.kill().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&run(&folders, "report", &[]).stdout).unwrap();
    assert_eq!(
        (&report["chain"], &report["events"]),
        (&"ok".into(), &(CYCLES * EACH).into())
    );
    assert_eq!(report["problems"], serde_json::json!([]));
}

fn write_more(device: &mut Device) {
    let dossier = new_dossier();
    device.write(&registered(AGENCY, AGENCY, dossier));
    (1..EACH).for_each(|n| device.write(&note(AGENCY, dossier, &n.to_string())));
}

/// Small pushes one after the other, until the line is cut.
fn push_until_cut(device: &Device, acknowledged: &AtomicU64) {
    let mut at = acknowledged.load(Ordering::SeqCst) as usize;
    while at < device.records.len() {
        let to = (at + BATCH).min(device.records.len());
        let body = serde_json::to_vec(&device.batch(at + 1, to)).unwrap();
        let Some(answer) = device.try_ask("POST", "/v1/push", &body) else {
            return;
        };
        let answer: PushResponse = answer.read().unwrap();
        at = answer.durable.seq as usize;
        acknowledged.store(answer.durable.seq, Ordering::SeqCst);
    }
}
