//! The procedures this counter knows, as the rules in force on a day say. The starter catalogue is data (`data/catalogue.json`),
//! written from public facts and marked as not approved until an authority says so.

pub mod favourites;
pub mod file;
pub mod import;
pub mod list;
pub mod review;

use chrono::NaiveDate;
use dossier::OfficerId;
use dossier::catalogue::{Case, Fee, Procedure};
use dossier::deadline::Limit;
use dossier::fees::{self, Asked, Line, Resolution, assess};
use dossier::fold::{fold, fold_words};
use dossier::money::Dong;
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::Value;

use self::file::ProcedureFile;
use crate::error::{ApiError, Code, Result, internal};
use crate::rules::fees as resolutions;
use crate::rules::{self, RuleKind};
use crate::store::damaged;

/// The starter catalogue shipped with the program.
pub(crate) const STARTER: &str = include_str!("../../../data/catalogue.json");

#[derive(Debug, Deserialize)]
struct CatalogueFile {
    procedures: Vec<ProcedureFile>,
}

/// The starter catalogue: codes and data.
///
/// # Errors
/// Only when the shipped file is damaged; a test reads it.
pub(crate) fn starter() -> Result<Vec<(String, Value)>> {
    let catalogue: CatalogueFile = serde_json::from_str(STARTER).map_err(internal)?;
    let mut found = Vec::new();
    for file in catalogue.procedures {
        let data = serde_json::to_value(&file).map_err(internal)?;
        found.push((file.code, data));
    }
    Ok(found)
}

/// A procedure by its national code, as it is in force on a day, with the provincial amounts of
/// that day.
///
/// # Errors
/// `UNKNOWN_PROCEDURE`.
pub fn procedure(connection: &Connection, code: &str, day: NaiveDate) -> Result<Procedure> {
    let version = rules::current(connection, RuleKind::Procedure, code.trim(), day)?
        .ok_or_else(|| ApiError::of(Code::UnknownProcedure, "procedure"))?;
    read(&version.data, &resolutions::in_force(connection, day)?, day)
}

/// One version of a procedure, whether it is in force or not. None when this PC never had it: the
/// dossier came from elsewhere.
///
/// # Errors
/// When the database cannot be read.
pub fn version(connection: &Connection, code: &str, version: &str) -> Result<Option<Procedure>> {
    let known = rules::versions(connection, RuleKind::Procedure, code)?;
    let Some(one) = known.into_iter().find(|one| one.version == version) else {
        return Ok(None);
    };
    let file: ProcedureFile = serde_json::from_str(&one.data).map_err(internal)?;
    // What cannot be read any more is as unknown as what never came.
    Ok(file.read().ok())
}

fn read(data: &str, resolutions: &[Resolution], day: NaiveDate) -> Result<Procedure> {
    let file: ProcedureFile = serde_json::from_str(data).map_err(internal)?;
    let read = file.read();
    let mut procedure = read.map_err(|wrong| damaged(&format!("{}: {}", wrong.field, wrong.why)))?;
    procedure.fees = fees::apply(&procedure.fees, &procedure.code, resolutions, day);
    Ok(procedure)
}

/// Every procedure in force on a day, as its own text says, in the order they came.
///
/// # Errors
/// When the database cannot be read.
pub(crate) fn all(connection: &Connection, day: NaiveDate) -> Result<Vec<Procedure>> {
    let found = rules::all_current(connection, RuleKind::Procedure, day)?;
    found.iter().map(|version| read(&version.data, &[], day)).collect()
}

/// Procedures in force on a day whose words begin with the given letters (without tones) or whose
/// code has the given digits: the officer's favourites first, then what they used last, then what others did.
///
/// # Errors
/// When the database cannot be read.
pub fn search(connection: &Connection, asked: &Search<'_>) -> Result<Vec<Listed>> {
    let (day, officer) = (asked.day, asked.officer);
    let favourites = favourites::of(connection, officer)?;
    let recent = recent(connection, officer)?;
    let resolutions = resolutions::in_force(connection, day)?;
    let mut found = Vec::new();
    for version in rules::all_current(connection, RuleKind::Procedure, day)? {
        let procedure = read(&version.data, &resolutions, day)?;
        if matches(&procedure, asked.text) {
            found.push(procedure);
        }
    }
    let place = |among: &[String], it: &Procedure| among.iter().position(|code| *code == it.code);
    let behind = |place: Option<usize>| place.unwrap_or(usize::MAX);
    found.sort_by_key(|it| (behind(place(&favourites, it)), behind(place(&recent, it))));
    let listed = found.into_iter().take(asked.limit).map(|procedure| Listed {
        favourite: place(&favourites, &procedure).is_some(),
        recent: place(&recent, &procedure).is_some(),
        procedure,
    });
    Ok(listed.collect())
}

/// What the catalogue is searched for.
pub struct Search<'a> {
    /// Letters or digits; every procedure where there are none.
    pub text: &'a str,
    /// Most lines.
    pub limit: usize,
    /// On which day the rules are in force.
    pub day: NaiveDate,
    /// Whose favourites and whose last ones.
    pub officer: Option<OfficerId>,
}

/// One procedure that was found.
pub struct Listed {
    /// Itself.
    pub procedure: Procedure,
    /// One of the newest dossiers is of it.
    pub recent: bool,
    /// The officer keeps it at the top.
    pub favourite: bool,
}

fn matches(procedure: &Procedure, text: &str) -> bool {
    let folded = fold(text);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    if !folded.is_empty() && folded.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return digits(&procedure.code).contains(&digits(&folded)) || procedure.code.contains(&folded);
    }
    let words = fold_words(&format!("{} {}", procedure.name, procedure.field));
    fold_words(text)
        .iter()
        .all(|asked| words.iter().any(|word| word.starts_with(asked.as_str())))
}

/// Codes of the procedures of the newest dossiers, each once: those the officer took in, then everybody's.
fn recent(connection: &Connection, officer: Option<OfficerId>) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(include_str!("catalogue/recent.sql"))?;
    let rows = statement.query_map([officer.map(|id| id.to_string())], |row| row.get("procedure"))?;
    rows.map(|row| Ok(row?)).collect()
}

/// Words of a limit, as the receipt prints them: `05 ngày làm việc`.
#[must_use]
pub fn limit_words(limit: &Limit) -> String {
    match limit {
        Limit::WorkingDays(days) => format!("{days:02} ngày làm việc"),
        Limit::CalendarDays(days) => format!("{days:02} ngày"),
        Limit::Hours(hours) => format!("{hours:02} giờ làm việc"),
        Limit::SameDay => "Trong ngày".to_owned(),
    }
}

/// The fees of a case when nothing more is known than the way it came: one copy of one page, nobody
/// exempt. Amounts that only the provincial council knows are left to the officer.
///
/// # Errors
/// `INVALID_AMOUNT` when the catalogue's amounts are out of range.
pub fn usual_fees(procedure: &Procedure, case: &Case, day: NaiveDate, online: bool) -> Result<Vec<Line>> {
    let asked = Asked {
        case: &case.id,
        day,
        online,
        copies: 1,
        pages: 1,
        claimed: &[],
    };
    assess(&procedure.fees, &asked).map_err(|_| ApiError::of(Code::InvalidAmount, "fees"))
}

/// The lines that are charged.
#[must_use]
pub fn charged(lines: &[Line]) -> Vec<Fee> {
    let charged = lines.iter().filter_map(|line| {
        let amount = line.amount.filter(|amount| *amount > Dong::ZERO)?;
        Some(Fee {
            name: line.name.clone(),
            amount,
        })
    });
    charged.collect()
}

/// Words of the usual fees: their sum, that there is none, or that the council sets them.
#[must_use]
pub fn fee_words(lines: &[Line]) -> String {
    if lines.iter().any(|line| line.amount.is_none()) {
        return "Theo nghị quyết của HĐND cấp tỉnh".to_owned();
    }
    let amounts = lines.iter().filter_map(|line| line.amount);
    let sum = amounts.fold(0_i64, |sum, amount| sum.saturating_add(amount.0));
    if sum == 0 {
        "Không thu phí".to_owned()
    } else {
        Dong(sum).to_string()
    }
}

#[cfg(test)]
mod tests;
