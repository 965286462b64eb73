//! The program itself: what it prints, what it refuses, how it stops.

use std::path::Path;
use std::process::Output;

use rig::{Folders, Server, server_command};
use serde_json::Value;

use crate::device::Device;
use crate::events::{new_dossier, registered};
use crate::server::AGENCY;

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_motcua-hub"))
}

pub fn start(folders: &Folders) -> Server {
    Server::start(program(), folders).unwrap()
}

pub fn run(folders: &Folders, name: &str, more: &[&str]) -> Output {
    server_command(program(), folders, name).args(more).output().unwrap()
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
    let folders = Folders::new().unwrap();
    let early = code(&folders);
    let program = start(&folders);
    let mut device = Device::new(1, AGENCY);
    device.enrol(&program.url(), &early).unwrap();
    Device::new(2, AGENCY).enrol(&program.url(), &code(&folders)).unwrap();
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
    assert!(program.terminate().unwrap().success());
    assert!(!folders.data.join("hub.address").exists());
    assert_eq!(report(&folders), running);
    assert_eq!(
        std::fs::metadata(folders.data.join("hub.db-wal")).map_or(0, |it| it.len()),
        0
    );
}

#[test]
fn a_network_address_is_refused_with_a_sentence() {
    let folders = Folders::new().unwrap();
    for listen in ["0.0.0.0:0", "192.0.2.1:80", "[::]:0", "máy chủ"] {
        let output = run(&folders, "serve", &["--plain-loopback", "--listen", listen]);
        assert_eq!(output.status.code(), Some(2), "{listen}");
        assert!(String::from_utf8(output.stderr).unwrap().contains("Xin"));
    }
    assert_eq!(run(&folders, "serve", &["--listen", "máy chủ"]).status.code(), Some(2));
    assert!(!folders.data.exists());
    assert_eq!(run(&folders, "serve", &[]).status.code(), Some(2));
}
