//! The counter's program beside this test: `motcua` as it is shipped, but unoptimised.

use std::io::Write;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use rig::{Folders, beside_this_test};
use serde_json::Value;

use crate::counter::NOW;

/// `motcua call` on these folders, started, with its request on its way.
pub fn start(folders: &Folders, now: &str, command: &str, request: &str) -> Child {
    let mut motcua = Command::new(beside_this_test("motcua").unwrap());
    motcua.args(folders.options()).args(["--now", now, "call", command]);
    motcua
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = motcua.spawn().unwrap();
    // Killed before it read: its end of the pipe is gone.
    let _ = child.stdin.take().unwrap().write_all(request.as_bytes());
    child
}

/// `motcua call` from start to end: whether it succeeded, and what it said.
pub fn call(folders: &Folders, command: &str, request: &str) -> (bool, Value) {
    let output = start(folders, NOW, command, request).wait_with_output().unwrap();
    (
        output.status.success(),
        answer(&output).unwrap_or_else(|| panic!("{command}: {output:?}")),
    )
}

/// The one line of JSON, if it came out whole.
pub fn answer(output: &Output) -> Option<Value> {
    serde_json::from_slice(&output.stdout).ok()
}

/// Ends a program with SIGKILL unless it ended by itself before.
pub fn kill_after(mut child: Child, time: Duration) -> Output {
    let start = Instant::now();
    while start.elapsed() < time && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    // It may have ended at this very moment.
    let _ = child.kill();
    child.wait_with_output().unwrap()
}
