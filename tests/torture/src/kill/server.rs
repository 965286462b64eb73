//! The server is killed; the counter lives in this process and pushes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use hub::Hub;
use rig::Folders;
use serde_json::{Value, json};
use station::Station;
use vault::OsEntropy;

use super::LOOK;
use super::child::{Planted, Program};
use crate::chance::Chance;
use crate::counter::{attachment, call, must, now, open, reception};
use crate::line::Line;
use crate::report::Report;

/// Cycles of one server's folder.
pub fn live(report: &mut Report, seed: u64, cycles: u64) {
    if cycles == 0 {
        return;
    }
    let (above, folders, line) = (Folders::new().unwrap(), Folders::new().unwrap(), Line::new());
    let hub = Hub::open(&above.data, &above.keys, Arc::new(OsEntropy), Arc::new(now)).unwrap();
    let code = hub.new_code("H99.128").unwrap();
    drop(hub);
    let station = open(&folders).unwrap();
    let mut program = begin(&above, &line);
    let answer = must(
        &station,
        "enrol",
        &json!({"hub": line.address(), "code": code, "plain": true}),
    );
    assert_eq!(answer["first_talk"], Value::Null);
    let (mut chance, mut person) = (Chance::new(seed), 0);
    for cycle in 1..=cycles {
        let code = must(&station, "register", &reception(person))["code"].clone();
        if chance.one_in(2) {
            let _ = must(&station, "attach", &attachment(code.as_str().unwrap(), person));
        }
        person += 1;
        let found = round(&station, &mut program, &mut chance, report);
        program.kill();
        let look = cycle % LOOK == 0 || cycle == cycles;
        let found = found.and_then(|()| if look { count(&above, &station, person) } else { Ok(()) });
        program = begin(&above, &line);
        report.ran += 1;
        if let Err(why) = found {
            report.broken.push((seed, format!("server, cycle {cycle}: {why}")));
            return;
        }
    }
    program.kill();
}

fn begin(above: &Folders, line: &Line) -> Program {
    let mut program = Program::start("server", above, 0, Planted::Nothing);
    let said = program.hear().expect("the server does not open");
    line.lead_to(Some(said["address"].as_str().unwrap().parse().unwrap()));
    program
}

/// Killed while it is pushed to. What the counter was told is durable stays durable: else its next
/// push would be refused with a gap, or what it holds would not be counted below.
fn round(
    station: &Arc<Station>,
    program: &mut Program,
    chance: &mut Chance,
    report: &mut Report,
) -> Result<(), String> {
    let time = Duration::from_micros(chance.below(40_000));
    let answer = std::thread::scope(|scope| {
        let talk = scope.spawn(|| call(station, "sync", &json!({})));
        let start = Instant::now();
        while start.elapsed() < time && !talk.is_finished() {
            std::thread::yield_now();
        }
        program.kill();
        talk.join().unwrap()
    });
    match answer {
        Ok(_) => report.saw("server killed when all was sent"),
        Err(error) if error.code.as_str() == "HUB_UNREACHABLE" => report.saw("server killed while it is pushed to"),
        Err(error) => return Err(format!("the counter says {error} {:?}", error.detail)),
    }
    Ok(())
}

/// Every byte of the server, with the server stopped; and nothing the counter believes durable is missing.
fn count(above: &Folders, station: &Station, people: u64) -> Result<(), String> {
    let state = must(station, "sync-status", &json!({}));
    let hub = Hub::open(&above.data, &above.keys, Arc::new(OsEntropy), Arc::new(now)).map_err(|it| it.to_string())?;
    let report = hub.report().map_err(|it| it.to_string())?;
    let durable = state["durable"].as_u64().ok_or_else(|| format!("no state: {state}"))?;
    let whole = report.chain == "ok" && report.problems.is_empty();
    let files = station.files_durable().map_err(|it| it.to_string())?;
    if !whole || report.events < durable || report.blobs < files || report.dossiers > people {
        return Err(format!(
            "{durable} events and {files} files durable of {people} people: {report:?}"
        ));
    }
    Ok(())
}
