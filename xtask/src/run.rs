//! `cargo xtask run`: from a fresh machine to the open window in one command.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::args::Args;
use crate::build::{self, Profile, made};
use crate::json::Part as _;
use crate::programs::{AGENCY, Hub, Station};
use crate::rig::Running;
use crate::screen::Screen;
use crate::stop::{Outcome, While};
use crate::{sys, tools};

const OFFICER: &str = "Ngô Bảo Mẫu";
const PIN: &str = "246810";

/// `cargo xtask run [--debug] [--once]`.
pub fn run(words: Vec<String>) -> Outcome {
    let mut args = Args::new(words);
    let profile = Profile::from_flag(args.flag("--debug"));
    let once = args.flag("--once");
    args.end()?;
    prepare(profile)?;
    let home = made(tools::target()?.join("run"))?;
    let (_server, station) = counter(&home, &build::folder(profile)?)?;
    println!("officer: {OFFICER}, PIN {PIN}");
    open(&home, &station, &build::folder(profile)?.join("motcua-desktop"), once)
}

fn prepare(profile: Profile) -> Outcome {
    let screen: &[&str] = if Screen::present() { &[] } else { sys::SCREEN };
    sys::ensure(&[sys::BUILD, sys::SCAN, screen])?;
    sys::node()?;
    build::programs(profile)
}

/// A hub on loopback and this PC enrolled with it; what an earlier run made is used again.
fn counter(home: &Path, programs: &Path) -> Outcome<(Running, Station)> {
    let keys = |name: &str| home.join("keys").join(name);
    let hub = Hub {
        program: programs.join("motcua-hub"),
        data: home.join("hub"),
        keys: keys("hub"),
    };
    let (server, address) = serve(home, &hub)?;
    let mut station = Station {
        program: programs.join("motcua"),
        data: home.join("station"),
        keys: keys("station"),
        officer: None,
        sane: None,
    };
    let facts = station.call("station", &json!({}))?;
    officer(&mut station, &facts)?;
    if *facts.part("enrolled") != json!(true) {
        let answer = station.call("enrol", &json!({"hub": address, "code": hub.code(AGENCY)?}))?;
        println!(
            "enrolled with {address} as {AGENCY}; recovery code: {}",
            answer.part("recovery_code").as_str().unwrap_or("none")
        );
    }
    Ok((server, station))
}

/// The station remembers its hub's address, so the port of the first run is kept.
fn serve(home: &Path, hub: &Hub) -> Outcome<(Running, String)> {
    let kept = home.join("port");
    let port = std::fs::read_to_string(&kept)
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(0);
    let (server, address) = hub.serve(port, &home.join("hub.log"))?;
    let port = address.rsplit(':').next().unwrap_or_default().trim_end_matches('/');
    std::fs::write(kept, port).doing("keeping the port")?;
    println!("hub at {address}, data in {}", home.display());
    Ok((server, address))
}

fn officer(station: &mut Station, facts: &Value) -> Outcome {
    match facts.pointer("/officers/0/id").and_then(Value::as_str) {
        Some(id) => station.officer = Some(id.to_owned()),
        None => drop(station.add_officer(OFFICER, PIN, "admin")?),
    }
    Ok(())
}

fn open(home: &Path, station: &Station, program: &Path, once: bool) -> Outcome {
    let mut command = tools::program(program, &[])?;
    command
        .arg("--data")
        .arg(&station.data)
        .arg("--keys")
        .arg(&station.keys)
        .stderr(Stdio::inherit());
    if Screen::present() {
        println!("opening the window; closing it ends the hub too");
        return Running::start(&mut command)?.wait();
    }
    let screen = Screen::start()?;
    println!("no screen here: using a virtual one, Xvfb {}", screen.display());
    screen.give(&mut command);
    let mut window = Running::start(&mut command)?;
    let picture: PathBuf = home.join("screenshot.png");
    screen.shoot(&mut window, &picture)?;
    println!("screenshot: {}", picture.display());
    if once {
        return Ok(());
    }
    println!("running until Ctrl-C");
    window.wait()
}
