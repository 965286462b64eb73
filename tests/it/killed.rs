//! Programs killed with SIGKILL anywhere: what was acknowledged is there, nothing half-written is.

use std::time::{Duration, Instant};

use rig::{Folders, Server, beside_this_test, files, server_command};
use serde_json::{Value, json};

use crate::counter::{NOW, TestStation, now, reception, text};
use crate::line::{Line, Way};
use crate::pictures::png;
use crate::programs::{self, answer, kill_after};

/// Delays that differ and can be replayed.
struct Dice(u64);

impl Dice {
    /// A number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// How long a whole call takes here and now, so that kills fall everywhere inside it.
fn usual(folders: &Folders) -> Duration {
    let start = Instant::now();
    let (done, answer) = programs::call(folders, "register", &reception("usual", 999_999).to_string());
    assert!(done, "{answer}");
    start.elapsed()
}

fn no_part_is_left(folders: &Folders) {
    let parts: Vec<_> = files(&folders.data)
        .unwrap()
        .into_iter()
        .filter(|file| file.extension().is_some_and(|end| end == "part"))
        .collect();
    assert!(parts.is_empty(), "{parts:?}");
}

#[test]
fn a_counter_killed_anywhere_keeps_what_it_acknowledged() {
    let folders = Folders::new().unwrap();
    let longest = usual(&folders);
    let mut dice = Dice(0x4d43);
    let mut acknowledged: Vec<(usize, Value)> = Vec::new();
    for run in 0..60 {
        let delay = Duration::from_micros(dice.below(u64::try_from(longest.as_micros()).unwrap() * 5 / 4));
        let output = kill_after(
            programs::start(&folders, NOW, "register", &reception("an", run).to_string()),
            delay,
        );
        if let Some(said) = answer(&output) {
            assert!(said["code"].is_string(), "run {run}: {said}");
            acknowledged.push((run, said));
        }
    }
    assert!(
        (1..60).contains(&acknowledged.len()),
        "{} of 60 came through: no kill fell where it should",
        acknowledged.len()
    );
    let counter = TestStation::at("an", folders, Some(now()));
    counter.call("verify", &json!({}));
    for (run, said) in &acknowledged {
        assert_eq!(counter.show(&text(&said["code"]))["dossier_id"], said["dossier_id"]);
        assert_eq!(&counter.register(*run), said);
    }
    // Those that were not acknowledged are asked again, as the window does; once is enough.
    let all: Vec<Value> = (0..60).map(|run| counter.register(run)).collect();
    assert_eq!((0..60).map(|run| counter.register(run)).collect::<Vec<_>>(), all);
    counter.is_whole(61);
    no_part_is_left(&counter.folders);
}

#[test]
fn a_page_half_attached_is_no_page() {
    let folders = Folders::new().unwrap();
    let (_, first) = programs::call(&folders, "register", &reception("an", 1).to_string());
    let code = text(&first["code"]);
    let longest = usual(&folders);
    let mut dice = Dice(0x4d44);
    let mut acknowledged = 0;
    for run in 0..20 {
        let delay = Duration::from_micros(dice.below(u64::try_from(longest.as_micros()).unwrap() * 5 / 4));
        let request = crate::counter::attachment(&code, &png(run)).to_string();
        let output = kill_after(programs::start(&folders, NOW, "attach", &request), delay);
        acknowledged += usize::from(answer(&output).is_some_and(|said| said["pages"].is_array()));
    }
    let counter = TestStation::at("an", folders, Some(now()));
    counter.is_whole(2);
    let pages = counter.call("find", &json!({"text": code}))["dossiers"][0]["pages"]
        .as_u64()
        .unwrap();
    assert!(
        (acknowledged as u64..=20).contains(&pages),
        "{acknowledged} acknowledged, {pages} there"
    );
    no_part_is_left(&counter.folders);
    let kept = files(&counter.folders.data.join("blobs")).unwrap().len() as u64;
    assert_eq!(kept, pages, "files without a row stay behind");
}

#[test]
fn a_first_start_killed_anywhere_can_be_started_again() {
    let longest = usual(&Folders::new().unwrap());
    let mut dice = Dice(0x4d45);
    for _ in 0..12 {
        let folders = Folders::new().unwrap();
        let delay = Duration::from_micros(dice.below(u64::try_from(longest.as_micros()).unwrap()));
        kill_after(
            programs::start(&folders, NOW, "register", &reception("an", 1).to_string()),
            delay,
        );
        let counter = TestStation::at("an", folders, Some(now()));
        counter.register(1);
        counter.is_whole(1);
        no_part_is_left(&counter.folders);
    }
}

#[test]
fn a_hub_killed_in_the_middle_of_a_push_completes_it_later() {
    let (folders, line) = (Folders::new().unwrap(), Line::new());
    let program = beside_this_test("motcua-hub").unwrap();
    let mut server = Server::start(&program, &folders).unwrap();
    line.lead_to(Some(server.address));
    let counter = TestStation::today("an");
    let code = server_command(&program, &folders, "code")
        .args(["--agency", "H99.128"])
        .output()
        .unwrap();
    let code = String::from_utf8(code.stdout).unwrap();
    counter.call(
        "enrol",
        &json!({"hub": line.address(), "code": code.trim(), "plain": true}),
    );
    let mut dice = Dice(0x4d46);
    for round in 0..6 {
        let codes = counter.register_all(round * 5..round * 5 + 5);
        counter.attach(&codes[0], &png(u32::try_from(round).unwrap()));
        let place = line.carried(Way::Up) + 500 + dice.below(40_000);
        std::thread::scope(|scope| {
            let talk = scope.spawn(|| counter.attempt("sync", &json!({})));
            while line.carried(Way::Up) < place && !talk.is_finished() {
                std::thread::yield_now();
            }
            server.kill().unwrap();
        });
        counter.refusal("sync", &json!({}), "HUB_UNREACHABLE");
        server = Server::start(&program, &folders).unwrap();
        line.lead_to(Some(server.address));
    }
    let answer = counter.call("sync", &json!({}));
    assert_eq!((&answer["waiting"], &answer["refused"]), (&json!(0), &json!(0)));
    let report = server_command(&program, &folders, "report").output().unwrap();
    let report: Value = serde_json::from_slice(&report.stdout).unwrap();
    assert_eq!(
        (&report["chain"], &report["problems"]),
        (&json!("ok"), &json!([])),
        "{report}"
    );
    assert_eq!(
        (&report["dossiers"], &report["blobs"], &report["events"]),
        (&json!(30), &json!(36), &answer["durable"])
    );
    server.kill().unwrap();
    drop(server);
    no_part_is_left(&counter.folders);
    counter.is_whole(30);
}
