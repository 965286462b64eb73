//! People who came before, by a few letters of the name: the officer takes one instead of typing all of it.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use dossier::DossierId;
use dossier::fold::{fold, fold_words};
use rusqlite::{Connection, Row, named_params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::api::responses::Summary;
use crate::api::shared::Applicant;
use crate::error::Result;
use crate::log;
use crate::lookup;
use crate::station::Station;
use crate::store::sixteen;

/// People told of.
const TOLD: usize = 6;
/// Dossiers looked through, the newest first: those who came lately are those who come again.
const MOST: u32 = 300;
/// The fewest letters that ask: fewer name half the commune.
const FEWEST: usize = 2;

/// A name half typed, without tones if need be.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PeopleRequest {
    pub name: String,
}

/// Somebody who came before, as they said at the last visit.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Known {
    pub applicant: Applicant,
    /// What the last visit was about.
    pub last: Summary,
}

/// Those whose name has every word begun so: whole words before begun ones, then the newest.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct People {
    pub people: Vec<Known>,
}

/// Who a name half typed may be; nobody while too little of it is there.
///
/// # Errors
/// When the database cannot be read.
pub fn people(station: &Station, request: &PeopleRequest) -> Result<People> {
    let words = fold_words(&request.name);
    if words.iter().map(|word| word.chars().count()).sum::<usize>() < FEWEST {
        return Ok(People { people: Vec::new() });
    }
    let stream = station.author()?.row;
    station.store.read(|connection| {
        let mut found = named(connection, &words)?;
        // Stable: among equals the newest stays first.
        found.sort_by_key(|it| !it.whole);
        let known = found.into_iter().take(TOLD).map(|it| {
            let applicant = (&log::fold(connection, it.id)?.dossier.registration.applicant).into();
            let last = lookup::one(connection, it.id, stream)?;
            Ok(Known { applicant, last })
        });
        let people = known.collect::<Result<_>>()?;
        Ok(People { people })
    })
}

/// The newest dossier of somebody.
struct Newest {
    id: DossierId,
    /// Every word asked for is a whole word of the name.
    whole: bool,
}

/// Each person once: by the number where there is one, else by name and telephone.
fn named(connection: &Connection, words: &[String]) -> Result<Vec<Newest>> {
    let mut statement = connection.prepare_cached(include_str!("people/find.sql"))?;
    let mut rows = statement.query(named_params! { ":query": query(words), ":most": MOST })?;
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let name: String = row.get("applicant")?;
        if seen.insert(whose(row, &name)?) {
            let own = fold_words(&name);
            found.push(Newest {
                id: DossierId::from_bytes(sixteen(row.get("id")?)?),
                whole: words.iter().all(|word| own.contains(word)),
            });
        }
    }
    Ok(found)
}

fn whose(row: &Row<'_>, name: &str) -> Result<String> {
    let number: Option<String> = row.get("id_number")?;
    let phone: Option<String> = row.get("phone")?;
    Ok(number.unwrap_or_else(|| format!("{} {}", fold(name), phone.unwrap_or_default())))
}

/// Every word begun, in the name alone. Of one letter it is a whole word: names of one letter are said whole,
/// and the index does not hold beginnings so short.
fn query(words: &[String]) -> String {
    let quoted = words.iter().map(|word| match word.chars().count() {
        1 => format!("\"{word}\""),
        _ => format!("\"{word}\"*"),
    });
    format!("name : ({})", quoted.collect::<Vec<_>>().join(" AND "))
}
