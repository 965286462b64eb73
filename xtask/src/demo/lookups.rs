//! Every dossier found again: by its code, by the name without tones, by the identity number.

use std::fmt;

use serde_json::{Value, json};

use super::intake::Taken;
use crate::fold::fold;
use crate::json::Part as _;
use crate::programs::Station;

/// How many dossiers were found each way.
#[derive(Clone, Copy, Default)]
pub struct Found {
    /// By `show` with the code.
    pub by_code: u32,
    /// By `find` with the name without tones.
    pub by_name: u32,
    /// By `find` with the identity number; dossiers without one do not count.
    pub by_id: u32,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} by code, {} by name, {} by identity number",
            self.by_code, self.by_name, self.by_id
        )
    }
}

/// Looks for all of them; whoever is not found is named by the code.
pub fn count(station: &Station, dossiers: &[&Taken], problems: &mut Vec<String>) -> Found {
    let mut found = Found::default();
    for dossier in dossiers {
        let applicant = &dossier.request.part("applicant");
        let name = applicant.part("name").as_str().map(fold);
        let id = applicant.part("id_number").as_str().map(str::to_owned);
        note(&mut found.by_code, problems, dossier, "code", shown(station, dossier));
        note(
            &mut found.by_name,
            problems,
            dossier,
            "name",
            name.is_some_and(|text| listed(station, dossier, &text)),
        );
        if let Some(id) = id {
            note(
                &mut found.by_id,
                problems,
                dossier,
                "identity number",
                listed(station, dossier, &id),
            );
        }
    }
    found
}

fn note(count: &mut u32, problems: &mut Vec<String>, dossier: &Taken, way: &str, found: bool) {
    if found {
        *count = count.saturating_add(1);
    } else {
        problems.push(format!("{} was not found by its {way}", dossier.code));
    }
}

/// Found by code (a temporary one leads to the dossier for ever, whatever its official one is now),
/// and with every page it was taken in with.
fn shown(station: &Station, dossier: &Taken) -> bool {
    let Ok(answer) = station.ask("show", &json!({"code": dossier.code})) else {
        return false;
    };
    let pages: usize = answer
        .part("components")
        .as_array()
        .into_iter()
        .flatten()
        .map(pages)
        .sum();
    *answer.part("dossier_id") == json!(dossier.id) && json!(pages) == *dossier.line.part("pages")
}

fn pages(component: &Value) -> usize {
    component.part("pages").as_array().map_or(0, Vec::len)
}

fn listed(station: &Station, dossier: &Taken, text: &str) -> bool {
    // Invented names repeat; a limit below the number of namesakes would hide some of them.
    let Ok(answer) = station.ask("find", &json!({"text": text, "limit": 500})) else {
        return false;
    };
    answer
        .part("dossiers")
        .as_array()
        .is_some_and(|all| all.iter().any(|one| *one.part("dossier_id") == json!(dossier.id)))
}
