//! How soon the real window is there and how much memory it takes, driven like the window's tests.
//!
//! Times are upper bounds: the driver's session and its questions are inside them.

use std::time::{Duration, Instant};

use crate::counter::Folders;
use crate::desk::Desk;
use crate::group::{Process, processes};
use crate::years::PIN;

/// After so long the web view has put away what it needed for starting.
const SETTLE: Duration = Duration::from_secs(4);

/// One start of the program on a folder that exists already.
pub struct Start {
    /// Milliseconds from the start of the process to a sign-in that accepts keys.
    pub start: f64,
    /// Milliseconds from Enter to a reception that accepts keys.
    pub sign_in: f64,
    /// Megabytes of all its processes, shared pages by share.
    pub memory: f64,
}

/// Starts the program twice: once to be timed, once to be signed in to.
pub fn measure(folders: &Folders) -> Start {
    let mut desk = Desk::on(folders.data.clone(), folders.keys.clone());
    let from = Instant::now();
    let driver = desk.open();
    driver.wait("document.body.dataset.ready");
    let start = from.elapsed().as_secs_f64() * 1000.0;
    driver.close();

    desk.start();
    let sign_in = sign_in(&desk);
    std::thread::sleep(SETTLE);
    let memory = memory(desk.driver().id());
    desk.close();
    Start { start, sign_in, memory }
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
    desk.keyboard().type_text(PIN);
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
