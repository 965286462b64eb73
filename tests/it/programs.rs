//! The real programs beside this test: `motcua` and `motcua-hub` as they are shipped, but unoptimised.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::counter::Folders;

/// A program of this workspace, from the folder this test was built into.
pub fn program(name: &str) -> PathBuf {
    let here = std::env::current_exe().unwrap();
    let program = here.parent().and_then(Path::parent).unwrap().join(name);
    assert!(
        program.is_file(),
        "{name} is not built: run `cargo build -p station -p hub` first"
    );
    program
}

/// Whether programs from outside are here. Where everything must be tried, a missing one fails.
pub fn present(names: &[&str]) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_here = |name: &&&str| std::env::split_paths(&path).any(|folder| folder.join(name).is_file());
    let Some(missing) = names.iter().find(|name| !is_here(name)) else {
        return true;
    };
    skip(&format!("{missing} is not installed"))
}

/// Says why a test does not run; with CI=true that is a failure.
pub fn skip(why: &str) -> bool {
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{why}");
    println!("skipped: {why}");
    false
}

/// `motcua call` on these folders, started, with its request on its way.
pub fn start(folders: &Folders, now: &str, command: &str, request: &str) -> Child {
    let mut motcua = Command::new(program("motcua"));
    motcua
        .arg("--data")
        .arg(&folders.data)
        .arg("--keys")
        .arg(&folders.keys)
        .args(["--now", now, "call", command]);
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
    let output = start(folders, crate::counter::NOW, command, request)
        .wait_with_output()
        .unwrap();
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

/// The real server on a port of its own.
pub struct Server {
    child: Child,
    pub address: std::net::SocketAddr,
}

impl Server {
    pub fn start(folders: &Folders) -> Self {
        let mut command = hub(folders, "serve");
        let mut child = command
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .trim()
            .strip_prefix("listening http://")
            .unwrap_or_else(|| panic!("{line:?}"));
        Self {
            address: address.parse().unwrap(),
            child,
        }
    }

    /// The power fails.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Killed before, mostly.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command of the server's program.
pub fn hub(folders: &Folders, name: &str) -> Command {
    let mut command = Command::new(program("motcua-hub"));
    command
        .arg(name)
        .arg("--data")
        .arg(&folders.data)
        .arg("--keys")
        .arg(&folders.keys);
    command
}
