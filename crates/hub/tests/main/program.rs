//! The program itself: what it prints, what it refuses, how it stops.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use crate::device::Device;
use crate::events::{new_dossier, registered};
use crate::rig::{AGENCY, Folders};

pub struct Program {
    pub child: Child,
    pub url: String,
}

fn command(folders: &Folders, name: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_motcua-hub"));
    command
        .arg(name)
        .arg("--data")
        .arg(&folders.data)
        .arg("--keys")
        .arg(&folders.keys);
    command
}

impl Program {
    pub fn start(folders: &Folders) -> Self {
        let mut command = command(folders, "serve");
        let mut child = command
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let url = line.strip_prefix("listening ").unwrap().trim().to_owned();
        Self { child, url }
    }

    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn terminate(mut self) -> std::process::ExitStatus {
        let done = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(done.success());
        self.child.wait().unwrap()
    }
}

pub fn run(folders: &Folders, name: &str, more: &[&str]) -> Output {
    command(folders, name).args(more).output().unwrap()
}

pub fn code(folders: &Folders) -> String {
    let output = run(folders, "code", &["--agency", AGENCY]);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn report(folders: &Folders) -> Value {
    serde_json::from_slice(&run(folders, "report", &[]).stdout).unwrap()
}

#[test]
fn it_serves_answers_its_administrator_and_stops_cleanly() {
    let folders = Folders::new();
    let early = code(&folders);
    let program = Program::start(&folders);
    let mut device = Device::new(1, AGENCY);
    device.enrol(&program.url, &early).unwrap();
    Device::new(2, AGENCY).enrol(&program.url, &code(&folders)).unwrap();
    device.write(&registered(AGENCY, AGENCY, new_dossier()));
    device.push_all();
    let running = report(&folders);
    assert_eq!(
        (&running["chain"], &running["devices"], &running["dossiers"]),
        (&"ok".into(), &2.into(), &1.into())
    );
    assert!(folders.data.join("hub.address").exists());
    let second = run(&folders, "serve", &["--listen", "127.0.0.1:0"]);
    assert_eq!(second.status.code(), Some(1));
    assert!(String::from_utf8(second.stdout).unwrap().contains("DATA_FOLDER_IN_USE"));
    let unknown = run(&folders, "code", &["--agency", "H00.000"]);
    assert_eq!(
        (unknown.status.code(), unknown.stdout.as_slice()),
        (Some(1), &b"{\"error\":{\"code\":\"NOT_FOUND\"}}\n"[..])
    );
    assert!(program.terminate().success());
    assert!(!folders.data.join("hub.address").exists());
    assert_eq!(report(&folders), running);
    assert_eq!(
        std::fs::metadata(folders.data.join("hub.db-wal")).map_or(0, |it| it.len()),
        0
    );
}

#[test]
fn a_network_address_is_refused_with_a_sentence() {
    let folders = Folders::new();
    for listen in ["0.0.0.0:0", "192.0.2.1:80", "[::]:0", "máy chủ"] {
        let output = run(&folders, "serve", &["--listen", listen]);
        assert_eq!(output.status.code(), Some(2), "{listen}");
        assert!(String::from_utf8(output.stderr).unwrap().contains("Xin"));
    }
    assert!(!folders.data.exists());
    assert_eq!(run(&folders, "serve", &[]).status.code(), Some(2));
}
