//! How fast the window is there and how much memory it takes, on a folder that exists already.
//! Called by `cargo xtask bench` with the release program; prints JSON lines.
//!
//! Times are upper bounds: the driver's session and its questions are inside them.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::desk::{Desk, PIN};
use crate::group::{Process, processes};
use crate::screen::ready;

/// After so long the web view has put away what it needed for starting.
const SETTLE: Duration = Duration::from_secs(4);

#[test]
#[ignore = "measures; wants BENCH_DATA and BENCH_KEYS, and BENCH_PIN when it is not that of the tests"]
fn start_up() {
    let folder = |name: &str| PathBuf::from(std::env::var_os(name).unwrap_or_else(|| panic!("{name} is not set")));
    if !ready() {
        return;
    }
    let mut desk = Desk::on(folder("BENCH_DATA"), folder("BENCH_KEYS"));
    let start = Instant::now();
    let driver = desk.open();
    driver.wait("document.body.dataset.ready");
    line("window.start_ms", start.elapsed().as_secs_f64() * 1000.0, 1000.0);
    driver.close();

    desk.start();
    line("window.sign_in_ms", sign_in(&desk), 300.0);
    std::thread::sleep(SETTLE);
    line("window.pss_mb", memory(desk.driver().id()), 300.0);
    desk.close();
}

/// Milliseconds from Enter to a reception that takes keys, by the page's own clock.
fn sign_in(desk: &Desk) -> f64 {
    let driver = desk.driver();
    driver.wait("document.body.dataset.ready && document.activeElement.id === 'pin'");
    driver.run(
        "addEventListener('keydown', (e) => { if (e.key === 'Enter') window.t0 = performance.now() }, true);
         const look = () => document.querySelector('main[data-screen=reception]') && document.activeElement.id === 'p-name'
           ? requestAnimationFrame(() => { window.t1 = performance.now() }) : requestAnimationFrame(look);
         look()",
    );
    desk.keyboard()
        .type_text(&std::env::var("BENCH_PIN").unwrap_or_else(|_| PIN.to_owned()));
    desk.keyboard().press(&["Return"]);
    driver.wait("window.t1");
    driver.run("return window.t1 - window.t0").as_f64().unwrap()
}

/// Proportional set size of the program and everything below it, in MB, without the driver's own.
fn memory(driver: u32) -> f64 {
    let table = processes();
    let mut family = vec![driver];
    let mut kilobytes = 0_u64;
    while let Some(one) = family.pop() {
        let children: Vec<&Process> = table.iter().filter(|process| process.parent == one).collect();
        kilobytes += children.iter().map(|child| proportional(child.id)).sum::<u64>();
        family.extend(children.iter().map(|child| child.id));
    }
    kilobytes as f64 / 1024.0
}

/// The `Pss:` line of a process's memory, in kB.
fn proportional(process: u32) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
    line.and_then(|rest| rest.split_whitespace().next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

fn line(name: &str, value: f64, limit: f64) {
    println!(
        "{}",
        json!({ "name": name, "value": (value * 10.0).round() / 10.0, "limit": limit, "ok": value <= limit, "n": 1 })
    );
}
