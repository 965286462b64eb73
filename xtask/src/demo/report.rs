//! `report.json`, and whether the hub holds what it must.

use serde_json::{Value, json};

use super::folders::Folders;
use super::intake::Intake;
use super::lookups::Found;
use crate::json::Part as _;
use crate::stop::{Outcome, While};

/// The hub must hold every dossier, every receipt and every page exactly once, in an unbroken chain.
pub fn compare(hub: &Value, intake: &Intake<'_>, problems: &mut Vec<String>) {
    let expected = [
        ("dossiers", json!(intake.unique())),
        ("blobs", json!(intake.blobs.len())),
        ("chain", json!("ok")),
    ];
    for (name, wanted) in expected {
        if *hub.part(name) != wanted {
            problems.push(format!("hub: {name} is {}, not {wanted}", hub.part(name)));
        }
    }
}

/// Writes the report; all paths in it are relative to DIR.
pub fn write(folders: &Folders, intake: &Intake<'_>, hub: &Value, found: Found) -> Outcome {
    let report = json!({
        "dossiers": intake.lines,
        "hub": {"dossiers": hub.part("dossiers"), "blobs": hub.part("blobs"), "chain": hub.part("chain")},
        "lookups": {"by_code": found.by_code, "by_name": found.by_name, "by_id": found.by_id},
        "station_data": folders.relative(&folders.station()),
        "hub_data": folders.relative(&folders.hub()),
    });
    let text = serde_json::to_string_pretty(&report).doing("writing the report")?;
    std::fs::write(folders.report(), text.as_bytes()).doing("writing the report")
}
