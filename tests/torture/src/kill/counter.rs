//! The counter is killed; the server lives in this process.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use rig::Folders;
use serde_json::{Value, json};

use super::LOOK;
use super::child::{Planted, Program};
use crate::chance::Chance;
use crate::counter::{District, call, enrol, must, open, reception};
use crate::report::Report;

/// What the counter acknowledged.
#[derive(Default)]
struct Told {
    answers: BTreeMap<u64, Value>,
    /// People whose page was called kept.
    pages: BTreeSet<u64>,
    durable: u64,
}

/// Cycles of one folder.
pub fn live(report: &mut Report, seed: u64, cycles: u64, planted: Planted) {
    let district = District::start(Folders::new().unwrap());
    let folders = Folders::new().unwrap();
    let station = open(&folders).unwrap();
    enrol(&station, &district);
    drop(station);
    let (mut chance, mut told) = (Chance::new(seed), Told::default());
    for cycle in 1..=cycles {
        let found = round(&folders, &mut chance, &mut told, planted, report);
        report.ran += 1;
        let found = found.and_then(|()| {
            if cycle % LOOK == 0 || cycle == cycles {
                look(&folders, &district, &told)
            } else {
                Ok(())
            }
        });
        if let Err(why) = found {
            report.broken.push((seed, format!("counter, cycle {cycle}: {why}")));
            return;
        }
    }
    drop(district.stop());
}

/// Started, listened to, killed in the middle of something.
fn round(
    folders: &Folders,
    chance: &mut Chance,
    told: &mut Told,
    planted: Planted,
    report: &mut Report,
) -> Result<(), String> {
    // The last one is asked again, as a window does that was cut off.
    let again = u64::from(planted == Planted::Nothing);
    let from = (told.answers.len() as u64).saturating_sub(again);
    let mut program = Program::start("counter", folders, from, planted);
    let opened = chance.one_in(12);
    if opened {
        // Killed while it opens, before it says anything.
        wait(Duration::from_micros(chance.below(60_000)));
    } else {
        let lines = 1 + chance.below(7);
        for _ in 0..lines {
            let said = program
                .hear()
                .ok_or("it ended by itself: it could not open or refused")?;
            hear(said, told)?;
        }
        wait(Duration::from_micros(chance.below(25_000)));
    }
    program.kill();
    // What it had said before the signal reached it counts.
    let mut last = json!(null);
    while let Some(said) = program.hear() {
        last = said.clone();
        hear(said, told)?;
    }
    report.saw(match &last {
        _ if opened => "counter killed while it opens",
        last if last.get("sent").is_some() || last["number"].as_u64().is_some_and(|it| it % 4 != 0) => {
            "counter killed after it said something"
        }
        _ => "counter killed while it registers",
    });
    Ok(())
}

fn wait(time: Duration) {
    let start = Instant::now();
    while start.elapsed() < time {
        std::thread::yield_now();
    }
}

fn hear(said: Value, told: &mut Told) -> Result<(), String> {
    if let Some(number) = said["number"].as_u64() {
        let answer = said["answer"].clone();
        if let Some(before) = told.answers.get(&number)
            && *before != answer
        {
            return Err(format!("{before} became {answer}"));
        }
        told.answers.insert(number, answer);
    }
    told.pages.extend(said["page"].as_u64());
    if let Some(durable) = said["sent"]["durable"].as_u64() {
        told.durable = durable;
    }
    Ok(())
}

/// Every byte, every answer, every number.
fn look(folders: &Folders, district: &District, told: &Told) -> Result<(), String> {
    let station = open(folders).map_err(|error| error.to_string())?;
    let verified = must(&station, "verify", &json!({}));
    let (there, acknowledged) = (verified["dossiers"].as_u64().unwrap(), told.answers.len() as u64);
    if verified["chain"] != "ok" || !(acknowledged..=acknowledged + 1).contains(&there) {
        return Err(format!("{acknowledged} acknowledged: {verified}"));
    }
    if verified["blobs"].as_u64().unwrap() < told.pages.len() as u64 {
        return Err(format!("{} pages were called kept: {verified}", told.pages.len()));
    }
    let mut codes = BTreeMap::new();
    for (number, answer) in &told.answers {
        if must(&station, "register", &reception(*number)) != *answer {
            return Err(format!("another answer than {answer}"));
        }
        if codes.insert(answer["code"].to_string(), number).is_some() || answer["code_kind"] != "official" {
            return Err(format!("a number given twice or not at all: {answer}"));
        }
    }
    let sent = call(&station, "sync", &json!({})).map_err(|error| error.to_string())?;
    let above = district.hub.report().unwrap();
    let events = sent["durable"].as_u64().unwrap();
    if above.chain != "ok" || !above.problems.is_empty() || above.events != events || above.dossiers != there {
        return Err(format!("{verified} and {sent} here, above {above:?}"));
    }
    if events < told.durable || above.blobs < acknowledged {
        return Err(format!("{} events were durable above, now {events}", told.durable));
    }
    Ok(())
}
