//! The real programs as a person at a terminal would use them: `motcua call …` and `motcua-hub …`.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::rig::Running;
use crate::stop::{Outcome, Stop, While, failed};

/// The agency of the samples: a commune that does not exist.
pub const AGENCY: &str = "H99.128";
const PATIENCE: Duration = Duration::from_secs(60);

/// A refusal of a command, or the reason why it could not be asked.
#[derive(Debug)]
pub enum Refusal {
    /// The program answered with this error code.
    Code(String),
    /// The program did not answer.
    Broken(Stop),
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => f.write_str(code),
            Self::Broken(stop) => stop.fmt(f),
        }
    }
}

/// One counter PC, asked through its program.
pub struct Station {
    /// The program `motcua`.
    pub program: PathBuf,
    /// Its data folder.
    pub data: PathBuf,
    /// Its key folder, outside the data folder.
    pub keys: PathBuf,
    /// Who acts (`--as`), once there is an officer.
    pub officer: Option<String>,
    /// A private SANE configuration.
    pub sane: Option<PathBuf>,
}

impl Station {
    /// One command, one answer; a refusal keeps its code.
    pub fn ask(&self, name: &str, request: &Value) -> Result<Value, Refusal> {
        let broken = |words: String| Refusal::Broken(Stop::Failed(format!("{name}: {words}")));
        let mut child = self.command(name).spawn().map_err(|why| broken(why.to_string()))?;
        if let Some(mut input) = child.stdin.take() {
            // A program that refuses before it has read everything closes the pipe; its answer counts.
            let _ = input.write_all(request.to_string().as_bytes());
        }
        let output = child.wait_with_output().map_err(|why| broken(why.to_string()))?;
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        let answer: Value = serde_json::from_slice(&output.stdout)
            .map_err(|why| broken(format!("no JSON on standard output ({why}); {}; {said}", output.status)))?;
        match answer.pointer("/error/code").and_then(Value::as_str) {
            Some(code) => Err(Refusal::Code(code.to_owned())),
            None if output.status.success() => Ok(answer),
            None => Err(broken(format!("{}; {said}", output.status))),
        }
    }

    /// Like [`Station::ask`], where a refusal ends the tool.
    pub fn call(&self, name: &str, request: &Value) -> Outcome<Value> {
        self.ask(name, request).doing(name)
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--data").arg(&self.data).arg("--keys").arg(&self.keys);
        if let Some(officer) = &self.officer {
            command.arg("--as").arg(officer);
        }
        if let Some(sane) = &self.sane {
            command.env("SANE_CONFIG_DIR", sane);
        }
        command
            .args(["call", name])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Adds an officer; from then on the calls are theirs. Answers the officer's id.
    pub fn add_officer(&mut self, name: &str, pin: &str, role: &str) -> Outcome<String> {
        let answer = self.call("officer-add", &json!({"name": name, "pin": pin, "role": role}))?;
        let id = answer
            .pointer("/officer/id")
            .or_else(|| answer.get("officer"))
            .and_then(Value::as_str);
        let Some(id) = id else {
            return failed(format!("officer-add answered {answer}"));
        };
        self.officer = Some(id.to_owned());
        Ok(id.to_owned())
    }
}

/// One district server and where it keeps things.
pub struct Hub {
    /// The program `motcua-hub`.
    pub program: PathBuf,
    /// Its data folder.
    pub data: PathBuf,
    /// Its key folder, outside the data folder.
    pub keys: PathBuf,
}

impl Hub {
    /// Starts it on loopback at `port` (0: a free one); answers the process and its address. What it
    /// says on standard error goes to `log`.
    pub fn serve(&self, port: u16, log: &Path) -> Outcome<(Running, String)> {
        let errors = File::create(log).doing(format!("making {}", log.display()))?;
        let mut command = self.command("serve");
        command.args(["--listen", &format!("127.0.0.1:{port}")]).stderr(errors);
        let running = Running::start(&mut command)?;
        let line = match running.line(PATIENCE) {
            Ok(line) => line,
            Err(stop) => return failed(format!("{stop}; {}", tail(log))),
        };
        match line.strip_prefix("listening ") {
            Some(address) => Ok((running, address.trim().to_owned())),
            None => failed(format!("the hub said {line:?} instead of where it listens")),
        }
    }

    /// A one-time code with which one counter PC of `agency` may enrol.
    pub fn code(&self, agency: &str) -> Outcome<String> {
        let answer = crate::tools::capture(self.command("code").args(["--agency", agency]))?;
        Ok(answer.trim().to_owned())
    }

    /// `{"dossiers", "blobs", "chain", "events"}`.
    pub fn report(&self) -> Outcome<Value> {
        let answer = crate::tools::capture(&mut self.command("report"))?;
        serde_json::from_str(&answer).doing("reading the hub's report")
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(&self.program);
        command
            .arg(name)
            .arg("--data")
            .arg(&self.data)
            .arg("--keys")
            .arg(&self.keys);
        command
    }
}

fn tail(log: &Path) -> String {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().rev().take(3).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join(" / ")
}
