//! `cargo xtask demo`: the main job through the real programs, without hands. A hub, an enrolled
//! counter PC, receptions, receipts, scanned pages, the way up, and every dossier found again.

mod folders;
mod input;
mod intake;
mod lookups;
mod report;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::args::Args;
use crate::build::{self, Profile};
use crate::fold::fold;
use crate::json::Part as _;
use crate::leak::{Needles, readable};
use crate::programs::{AGENCY, Hub, Station};
use crate::rig::{Scratch, sane};
use crate::stop::{Outcome, Stop, While, failed};
use crate::{requests, sys};

use folders::Folders;
use intake::Intake;

/// How many dossiers are invented when nobody says how many.
const DOSSIERS: usize = 10;
/// How long the way up may make no progress at all.
const STUCK: Duration = Duration::from_secs(60);

/// What the command line asks for.
struct Wanted {
    out: std::path::PathBuf,
    input: Option<std::path::PathBuf>,
    dossiers: usize,
    profile: Profile,
}

/// `cargo xtask demo --out DIR [--input FILE.ndjson] [--dossiers N] [--debug]`.
pub fn demo(words: Vec<String>) -> Outcome {
    let wanted = wanted(Args::new(words))?;
    sys::ensure(&[sys::BUILD_HEADLESS, sys::SCAN])?;
    build::headless(wanted.profile)?;
    play(&wanted)
}

/// The demo as a test runs it: the programs of the quick build are there already.
pub fn smoke(out: &std::path::Path, dossiers: usize) -> Outcome {
    play(&Wanted {
        out: out.to_path_buf(),
        input: None,
        dossiers,
        profile: Profile::Debug,
    })
}

fn wanted(mut args: Args) -> Outcome<Wanted> {
    let out = args
        .value("--out")?
        .ok_or_else(|| Stop::Usage("--out DIR is missing".to_owned()))?;
    let input = args.value("--input")?.map(Into::into);
    let dossiers = match args.value("--dossiers")? {
        Some(text) => text
            .parse()
            .map_err(|_| Stop::Usage(format!("--dossiers {text} is no number")))?,
        None => DOSSIERS,
    };
    let profile = Profile::from_flag(args.flag("--debug"));
    args.end()?;
    Ok(Wanted {
        out: std::path::absolute(out).doing("finding DIR")?,
        input,
        dossiers,
        profile,
    })
}

fn play(wanted: &Wanted) -> Outcome {
    let folders = Folders::fresh(&wanted.out)?;
    let programs = build::folder(wanted.profile)?;
    let scratch = Scratch::below(&wanted.out, "glass")?;
    let hub = Hub {
        program: programs.join("motcua-hub"),
        data: folders.hub(),
        keys: folders.hub_keys(),
    };
    let mut station = Station {
        program: programs.join("motcua"),
        data: folders.station(),
        keys: folders.station_keys(),
        officer: None,
        sane: Some(sane(scratch.path())?),
    };
    let (server, address) = hub.serve(0, &folders.log("hub"))?;
    println!("hub at {address}");
    station.add_officer("Ngô Bảo Mẫu", "246810", "admin")?;
    station.call("enrol", &json!({"hub": address, "code": hub.code(AGENCY)?}))?;

    let mut intake = Intake::new(&station, &folders, scratch.path());
    let asked = requests(wanted, &station)?;
    for (request, at) in asked.iter().zip(1_usize..) {
        intake.take(at, request);
        // As a counter on a line does: numbers for the rest of the day come with every talk.
        if at % 100 == 0 {
            station.call("sync", &json!({}))?;
        }
    }
    let mut problems = std::mem::take(&mut intake.problems);
    problems.extend(send(&station)?);
    problems.extend(verified(&station, intake.unique())?);
    let lookups = lookups::count(&station, &intake.known(), &mut problems);
    let hub_report = hub.report()?;
    report::compare(&hub_report, &intake, &mut problems);
    report::write(&folders, &intake, &hub_report, lookups)?;
    drop(server);
    problems.extend(leaks(&folders, &asked)?);
    end(&folders, intake.unique(), lookups, &problems)
}

fn requests(wanted: &Wanted, station: &Station) -> Outcome<Vec<Value>> {
    match &wanted.input {
        Some(file) => input::read(file),
        None => requests::invent(wanted.dossiers, &procedures(station)?),
    }
}

/// Every procedure the station knows, in full.
fn procedures(station: &Station) -> Outcome<Vec<Value>> {
    let answer = station.call("procedures", &json!({"text": "", "limit": 1000}))?;
    let all = answer.part("procedures").as_array().cloned().unwrap_or_default();
    all.iter()
        .map(|one| station.call("procedure", &json!({"code": one.part("code")})))
        .collect()
}

/// Sends until nothing waits any more, neither records nor files.
fn send(station: &Station) -> Outcome<Vec<String>> {
    let (mut before, mut progress) = (u64::MAX, Instant::now());
    loop {
        let answer = station.call("sync", &json!({}))?;
        let status = station.call("sync-status", &json!({}))?;
        let number = |value: &Value| value.as_u64().unwrap_or(0);
        let waiting = number(answer.part("waiting")).saturating_add(number(status.part("waiting_blobs")));
        if waiting == 0 {
            println!("sent: {} records durable, nothing waits", answer.part("durable"));
            let refused = number(answer.part("refused"));
            return Ok(if refused == 0 {
                Vec::new()
            } else {
                vec![format!("the hub refused {refused} records")]
            });
        }
        if waiting < before {
            (before, progress) = (waiting, Instant::now());
        } else if progress.elapsed() > STUCK {
            return Ok(vec![format!(
                "{waiting} records or files did not reach the hub: {status}"
            )]);
        }
    }
}

fn verified(station: &Station, unique: usize) -> Outcome<Vec<String>> {
    let answer = station.call("verify", &json!({}))?;
    let mut problems = Vec::new();
    if answer.part("chain") != "ok" || answer.part("problems").as_array().is_some_and(|all| !all.is_empty()) {
        problems.push(format!("verify: {answer}"));
    }
    if *answer.part("dossiers") != json!(unique) {
        problems.push(format!(
            "the station holds {} dossiers, not {unique}",
            answer.part("dossiers")
        ));
    }
    Ok(problems)
}

/// Neither a name nor an identity number nor a file may be readable in either data folder.
fn leaks(folders: &Folders, asked: &[Value]) -> Outcome<Vec<String>> {
    let words: BTreeSet<String> = asked.iter().flat_map(requests::personal).collect();
    let folded = words.iter().map(|word| fold(word));
    let needles = Needles::new(words.iter().cloned().chain(folded).collect::<BTreeSet<_>>());
    let mut found = readable(&folders.station(), &needles)?;
    found.extend(readable(&folders.hub(), &needles)?);
    Ok(found)
}

fn end(folders: &Folders, unique: usize, lookups: lookups::Found, problems: &[String]) -> Outcome {
    println!(
        "{unique} dossiers; found again {lookups}; {}",
        folders.report().display()
    );
    for problem in problems {
        eprintln!("MISSING: {problem}");
    }
    match problems.len() {
        0 => Ok(()),
        count => failed(format!("{count} things are missing")),
    }
}
