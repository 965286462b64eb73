//! The server's calls: a counter sends it events and files while each of them fails once.

use std::sync::Arc;

use rig::Folders;
use serde_json::{Value, json};

use super::{kind, nth};
use crate::counter::{District, attachment, call, enrol, must, open, reception};
use crate::disk::Watch;
use crate::report::Report;

pub fn walk(report: &mut Report, error: &'static str, errno: i32, events: u64) {
    let district = District::start(Folders::new().unwrap());
    let folders = Folders::new().unwrap();
    let station = open(&folders).unwrap();
    enrol(&station, &district);
    let watch = Watch::begin(&district.folders.data);
    let (mut at, mut person, mut receipts, mut waits) = (1, 0, 0, false);
    let (mut sent, mut there) = (must(&station, "sync", &json!({})), up(&district));
    while sent["durable"].as_u64().unwrap() < events || at > 1 {
        if !waits {
            let code = must(&station, "register", &reception(person))["code"].clone();
            receipts += 1;
            if person % 3 == 0 {
                let _ = must(&station, "attach", &attachment(code.as_str().unwrap(), person));
                receipts += 1;
            }
            person += 1;
        }
        watch.fail(nth(at, errno, |file| file != "hub.db"));
        let answer = call(&station, "sync", &json!({}));
        let fired = watch.heal();
        if let Some(fired) = &fired {
            report.ran += 1;
            report.saw(&format!("server: {}", kind(error, fired)));
        }
        let now = up(&district);
        waits = answer.is_err();
        // Where a try that failed came some way all the same, the rest is walked from its beginning.
        at = match (&fired, waits && now != there) {
            (Some(_), false) => at + 1,
            _ => 1,
        };
        there = now;
        match (answer, fired) {
            (Ok(answer), _) => sent = answer,
            (Err(why), Some(_)) if why.code.as_str() == "HUB_REFUSED" => {}
            (Err(why), fired) => report.broke(format!("server: {fired:?} is answered with {why} {:?}", why.detail)),
        }
        assert!(report.broken.len() < 10, "{:#?}", report.broken);
    }
    if waits {
        sent = must(&station, "sync", &json!({}));
    }
    watch.end();
    let told = sent["durable"].as_u64().unwrap();
    let district = District::start(district.stop());
    let found = district.hub.report().unwrap();
    let counted = (found.events, found.blobs, found.dossiers);
    if found.chain != "ok" || !found.problems.is_empty() || counted != (told, receipts, person) {
        report.broke(format!(
            "server: {told} events, {receipts} files and {person} dossiers acknowledged: {found:?}"
        ));
    }
    drop((Arc::into_inner(station), district.stop()));
}

/// What the server holds. Read to the last byte, so it is also seen that it can be read.
fn up(district: &District) -> Value {
    let report = district.hub.report().unwrap();
    json!([report.events, report.blobs])
}
