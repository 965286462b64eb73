//! Finding dossiers: by any writing of a code, by name without tones, identity number, phone,
//! procedure. Readers only; nothing here writes.

mod same_code;

use dossier::code::{CodeError, DossierCode, Scan, read_scan};
use dossier::fold::fold_words;
use dossier::{DossierId, EventId};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::api::responses::{Found, PersonFacts, Shown, Status, Summary};
use crate::error::{ApiError, Code, Result};
use crate::intake::local;
use crate::linked;
use crate::log;
use crate::promises;
use crate::station::Station;
use crate::store::sixteen;

/// Most rows of a list.
const MOST: u32 = 500;
const USUAL: u32 = 20;

/// Reads a code in any accepted writing.
///
/// # Errors
/// `NOT_A_CODE`, `AMBIGUOUS_CODE`.
pub fn read_code(station: &Station, text: &str) -> Result<DossierCode> {
    read(station, text).map(Scan::into_code)
}

/// What a reader brought: a code, or a separator slip.
///
/// # Errors
/// As [`read_code`].
pub fn read(station: &Station, text: &str) -> Result<Scan> {
    read_scan(text, &station.known_agencies()?).map_err(|error| match error {
        CodeError::Ambiguous => ApiError::of(Code::AmbiguousCode, "code"),
        CodeError::NotACode | CodeError::ImpossibleDate | CodeError::NotAnAgency | CodeError::OutOfRange => {
            ApiError::of(Code::NotACode, "code")
        }
    })
}

/// The dossier of a code in any accepted writing.
///
/// # Errors
/// `NOT_A_CODE`, `AMBIGUOUS_CODE`, `UNKNOWN_DOSSIER`.
pub fn dossier_id(station: &Station, text: &str) -> Result<DossierId> {
    let code = read_code(station, text)?;
    let found = station.store.read(|connection| by_code(connection, code.as_str()))?;
    found.ok_or_else(|| ApiError::of(Code::UnknownDossier, "code"))
}

/// The dossier that was given exactly this code.
///
/// # Errors
/// When the database cannot be read.
pub fn by_code(connection: &Connection, code: &str) -> Result<Option<DossierId>> {
    let id: Option<Vec<u8>> = connection
        .prepare_cached(include_str!("lookup/by_code.sql"))?
        .query_row([code], |row| row.get("dossier"))
        .optional()?;
    id.map(|id| Ok(DossierId::from_bytes(sixteen(id)?))).transpose()
}

/// A dossier with its events.
///
/// # Errors
/// As [`dossier_id`].
pub fn show(station: &Station, text: &str) -> Result<Shown> {
    let id = dossier_id(station, text)?;
    let author = station.author()?;
    station.store.read(|connection| {
        let folded = log::fold(connection, id)?;
        let officers = crate::officers::all(connection)?;
        let durable = durable_seq(connection, author.row)?;
        Ok(Shown {
            can: promises::can(&folded.dossier, &author.agency),
            group: linked::group(connection, &folded.dossier)?,
            same_code: same_code::others(connection, &folded.dossier)?,
            ..crate::api::shown(&folded, &officers, author.row, durable)
        })
    })
}

/// Last record of a stream that the hub has, as it said.
///
/// # Errors
/// When the database cannot be read.
pub fn durable_seq(connection: &Connection, stream: i64) -> Result<i64> {
    Ok(connection
        .prepare_cached(include_str!("lookup/durable.sql"))?
        .query_row([stream], |row| row.get("durable_seq"))?)
}

/// Dossiers that match every word asked for, newest first. The last word may be half typed.
///
/// # Errors
/// When the database cannot be read.
pub fn find(station: &Station, text: &str, limit: Option<u32>) -> Result<Found> {
    let limit = limit.unwrap_or(USUAL).clamp(1, MOST);
    if let Some(exact) = exact(station, text)? {
        return Ok(Found { dossiers: vec![exact] });
    }
    let (Some(whole), Some(begun)) = (query(text, Last::Whole), query(text, Last::Begun)) else {
        return recent(station, Some(limit));
    };
    let stream = station.author()?.row;
    station.store.read(|connection| {
        // Every begun word means reading all words that begin so; mostly the word was typed out.
        let found = matching(connection, &whole, limit, stream)?;
        let enough = found.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
        let dossiers = if enough || whole == begun {
            found
        } else {
            matching(connection, &begun, limit, stream)?
        };
        Ok(Found { dossiers })
    })
}

/// The newest dossiers that match a full-text query.
fn matching(connection: &Connection, query: &str, limit: u32, stream: i64) -> Result<Vec<Summary>> {
    let mut statement = connection.prepare_cached(include_str!("lookup/find.sql"))?;
    let rows = statement.query_map(
        named_params! { ":query": query, ":limit": limit, ":stream": stream },
        raw,
    )?;
    rows.map(|row| summary(row?)).collect()
}

/// A whole code typed or scanned into the search finds its one dossier.
fn exact(station: &Station, text: &str) -> Result<Option<Summary>> {
    let Ok(code) = read_code(station, text) else {
        return Ok(None);
    };
    let stream = station.author()?.row;
    station
        .store
        .read(|connection| match by_code(connection, code.as_str())? {
            None => Ok(None),
            Some(id) => one(connection, id, stream).map(Some),
        })
}

/// The line of one dossier.
///
/// # Errors
/// When the database cannot be read.
pub fn one(connection: &Connection, id: DossierId, stream: i64) -> Result<Summary> {
    let row = connection
        .prepare_cached(include_str!("lookup/one.sql"))?
        .query_row(named_params! { ":id": id.as_bytes(), ":stream": stream }, raw)?;
    summary(row)
}

/// How the last word of a search is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// As it stands.
    Whole,
    /// As the beginning of a word.
    Begun,
}

/// The full-text query: every folded word; numbers may be begun, and the last word if so meant.
fn query(text: &str, last: Last) -> Option<String> {
    let packed: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let coded = text.contains('-') && packed.chars().any(|c| c.is_ascii_digit());
    let words = if coded {
        vec![packed.to_lowercase()]
    } else {
        fold_words(&grouped_digits(text))
    };
    let end = words.len().checked_sub(1)?;
    let quoted = words.iter().enumerate().map(|(place, word)| {
        let word: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        // A word is almost surely whole when another follows: whole words keep the search fast.
        if (place == end && last == Last::Begun) || word.chars().any(|c| c.is_ascii_digit()) {
            format!("\"{word}\"*")
        } else {
            format!("\"{word}\"")
        }
    });
    let query = quoted.filter(|word| word.len() > 3).collect::<Vec<_>>().join(" ");
    (!query.is_empty()).then_some(query)
}

/// `099 090 000 001` and `0900.000.126` are one number each.
fn grouped_digits(text: &str) -> String {
    let numeric = text
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | '+'));
    if numeric {
        text.chars().filter(char::is_ascii_digit).collect()
    } else {
        text.to_owned()
    }
}

/// The newest dossiers.
///
/// # Errors
/// When the database cannot be read.
pub fn recent(station: &Station, limit: Option<u32>) -> Result<Found> {
    let limit = limit.unwrap_or(USUAL).clamp(1, MOST);
    let stream = station.author()?.row;
    station.store.read(|connection| {
        let mut statement = connection.prepare_cached(include_str!("lookup/recent.sql"))?;
        let rows = statement.query_map(named_params! { ":limit": limit, ":stream": stream }, raw)?;
        rows.map(|row| summary(row?))
            .collect::<Result<_>>()
            .map(|dossiers| Found { dossiers })
    })
}

/// What is known of a person: the facts of the newest dossier, and their dossiers.
///
/// # Errors
/// When the database cannot be read.
pub fn person(station: &Station, id_number: &str) -> Result<PersonFacts> {
    let number: String = id_number.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
    let stream = station.author()?.row;
    station.store.read(|connection| {
        let mut statement = connection.prepare_cached(include_str!("lookup/person.sql"))?;
        let rows = statement.query_map(named_params! { ":number": number, ":stream": stream }, raw)?;
        let dossiers: Vec<Summary> = rows.map(|row| summary(row?)).collect::<Result<_>>()?;
        let newest = dossiers
            .first()
            .and_then(|newest| newest.dossier_id.parse::<DossierId>().ok());
        let applicant = match newest {
            Some(id) => Some((&log::fold(connection, id)?.dossier.registration.applicant).into()),
            None => None,
        };
        Ok(PersonFacts { applicant, dossiers })
    })
}

/// A row before its instants and names are given their outer form.
struct Raw {
    id: Vec<u8>,
    received_at: i64,
    due_at: i64,
    code_kind: String,
    status: String,
    summary: Summary,
}

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw {
        id: row.get("id")?,
        received_at: row.get("received_at")?,
        due_at: row.get("due_at")?,
        code_kind: row.get("code_kind")?,
        status: row.get("status")?,
        summary: Summary {
            dossier_id: String::new(),
            code: row.get("code")?,
            code_kind: crate::api::responses::CodeKind::Temporary,
            applicant_name: row.get("applicant")?,
            id_masked: row.get::<_, Option<String>>("id_number")?.map(|number| masked(&number)),
            phone: row.get("phone")?,
            procedure: row.get("procedure")?,
            procedure_name: row.get("procedure_name")?,
            received_at: String::new(),
            due_at: String::new(),
            status: Status::Received,
            durable: row.get("durable")?,
            pages: row.get("pages")?,
        },
    })
}

fn summary(raw: Raw) -> Result<Summary> {
    let instant = |millis| {
        chrono::DateTime::from_timestamp_millis(millis)
            .map(local)
            .unwrap_or_default()
    };
    let named = |name: &str| serde_json::Value::String(name.to_owned());
    let wrong = |_| crate::store::damaged("a projected name");
    Ok(Summary {
        dossier_id: EventId::from_bytes(sixteen(raw.id)?).to_string(),
        received_at: instant(raw.received_at),
        due_at: instant(raw.due_at),
        code_kind: serde_json::from_value(named(&raw.code_kind)).map_err(wrong)?,
        status: serde_json::from_value(named(&raw.status)).map_err(wrong)?,
        ..raw.summary
    })
}

/// `099•••••0411`: enough to tell two people apart in a list, too little to copy.
fn masked(number: &str) -> String {
    let characters: Vec<char> = number.chars().collect();
    let hidden = characters.len().saturating_sub(6);
    let head: String = characters.iter().take(3).collect();
    let tail: String = characters.iter().skip(3_usize.saturating_add(hidden)).collect();
    format!("{head}{}{tail}", "•".repeat(hidden))
}
