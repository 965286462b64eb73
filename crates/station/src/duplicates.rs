//! Whether the person at the counter has handed in the same procedure shortly before: asked before a number
//! is given, answered from this PC alone. Nothing is refused by it; an officer is shown the earlier dossier
//! and decides, and a second dossier says why it was taken in ([`note`]).

#[cfg(test)]
mod tests;

use chrono::{DateTime, Days, NaiveDate, Utc};
use dossier::alike::{Likeness, Mergers, Person};
use dossier::calendar::{civil, instant};
use dossier::code::AgencyCode;
use dossier::person::{Applicant, ApplicantKind};
use dossier::state::Business;
use dossier::{Dossier, DossierId};
use rusqlite::{Connection, Row, named_params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::api::responses::Summary;
use crate::api::shared;
use crate::error::{ApiError, Code, Result};
use crate::honest;
use crate::intake::check;
use crate::log;
use crate::lookup;
use crate::rules::agency;
use crate::station::Station;
use crate::store::sixteen;

/// How long a dossier that is still being worked on stands against another one, in days.
const OPEN_DAYS: u64 = 90;
/// Dossiers of one procedure that are looked through, the newest first: a busy commune's of a quarter.
const MOST: u32 = 10_000;
/// Earlier dossiers told.
const TOLD: usize = 5;

/// Who is about to hand in what. Whatever is half typed is left out.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export, optional_fields)]
pub struct DuplicatesRequest {
    /// That of the registration to come: its own dossier is none before it, where the answer was lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    pub procedure: String,
    pub applicant: shared::Applicant,
}

/// What says that it is the same person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum LikenessBy {
    /// The same identity or tax number.
    Number,
    /// Numbers one slip apart.
    NumberMistyped,
    /// Name and birth date.
    Birth,
    /// Name and place of residence.
    Place,
    /// Name and telephone.
    Phone,
}

impl From<Likeness> for LikenessBy {
    fn from(it: Likeness) -> Self {
        match it {
            Likeness::Number => Self::Number,
            Likeness::NumberMistyped => Self::NumberMistyped,
            Likeness::Birth => Self::Birth,
            Likeness::Place => Self::Place,
            Likeness::Phone => Self::Phone,
        }
    }
}

/// An earlier dossier.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Duplicate {
    pub dossier: Summary,
    pub by: LikenessBy,
}

/// The earlier dossiers, the surest first and of those the newest; none is the usual answer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Duplicates {
    pub duplicates: Vec<Duplicate>,
}

/// The earlier dossier an officer saw, and why a new one is taken in all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Despite {
    /// Any code of it, in any accepted writing.
    pub code: String,
    /// In the officer's words.
    pub reason: String,
}

/// Dossiers of the same procedure that the same person may have handed in: those still worked on for three
/// months, ended ones of the same day. Refused, withdrawn and stopped ones stand against nothing.
///
/// # Errors
/// When the database cannot be read.
pub fn duplicates(station: &Station, request: &DuplicatesRequest) -> Result<Duplicates> {
    let (today, author) = (honest::today(station)?, station.author()?);
    station.store.read(|connection| {
        let mergers = mergers(connection, &author.agency, today)?;
        let person = Person::of(&typed(&request.applicant), &mergers);
        let mut found = Vec::new();
        for id in candidates(connection, &request.procedure, today, &person)? {
            let dossier = log::fold(connection, id)?.dossier;
            let itself = request.request_id.as_ref() == Some(&dossier.registration.request_id);
            let by = Person::of(&dossier.registration.applicant, &mergers).alike(&person);
            if let Some(by) = by.filter(|_| !itself && stands(&dossier, today)) {
                found.push((by, id));
            }
        }
        // The surest first, of those the newest: a namesake of yesterday hides nobody.
        found.sort_by_key(|(by, _)| *by);
        let told = found.into_iter().take(TOLD).map(|(by, id)| {
            let dossier = lookup::one(connection, id, author.row)?;
            Ok(Duplicate { dossier, by: by.into() })
        });
        let duplicates = told.collect::<Result<_>>()?;
        Ok(Duplicates { duplicates })
    })
}

/// What communes of the agency were called before they were merged.
fn mergers(connection: &Connection, code: &AgencyCode, day: NaiveDate) -> Result<Mergers> {
    let agency = agency::in_force(connection, code, day)?;
    let merged = agency
        .iter()
        .flat_map(|it| it.former.iter().map(|was| (it.place.as_str(), was.as_str())));
    Ok(Mergers::of(merged))
}

/// What was typed, as far as it can be read by now.
fn typed(asked: &shared::Applicant) -> Applicant {
    Applicant {
        kind: ApplicantKind::from(asked.kind),
        name: asked.name.clone(),
        id_number: asked.id_number.clone(),
        id_kind: asked.id_kind.clone(),
        birth_date: asked.birth_date.as_deref().and_then(|date| date.parse().ok()),
        gender: asked.gender.map(Into::into),
        address: asked.address.clone(),
        phone: asked.phone.clone(),
        email: None,
    }
}

/// Those whose name or number may be the person's: what else is known of them is read only then.
fn candidates(connection: &Connection, procedure: &str, today: NaiveDate, person: &Person) -> Result<Vec<DossierId>> {
    let mut statement = connection.prepare_cached(include_str!("duplicates/candidates.sql"))?;
    let since = day_begins(today.checked_sub_days(Days::new(OPEN_DAYS)).unwrap_or(today));
    let mut rows = statement.query(named_params! {
        ":procedure": procedure, ":since": since.timestamp_millis(), ":most": MOST,
    })?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        if may_be(row, person)? {
            found.push(DossierId::from_bytes(sixteen(row.get("id")?)?));
        }
    }
    Ok(found)
}

fn may_be(row: &Row<'_>, person: &Person) -> rusqlite::Result<bool> {
    let number: Option<String> = row.get("id_number")?;
    Ok(person.may_be(row.get_ref("applicant")?.as_str()?, number.as_deref()))
}

/// Whether a dossier stands against another one of the same person.
fn stands(dossier: &Dossier, today: NaiveDate) -> bool {
    let same_day = civil(dossier.registration.received_at).date() == today;
    dossier.business.is_open() || (dossier.business == Business::Resolved && same_day)
}

fn day_begins(day: NaiveDate) -> DateTime<Utc> {
    instant(day.and_time(chrono::NaiveTime::MIN))
}

/// What is noted beside a new dossier: which earlier one the officer saw, and why it was taken in all the same.
///
/// # Errors
/// `NOT_A_CODE`, `AMBIGUOUS_CODE`, `UNKNOWN_DOSSIER`, `REASON_REQUIRED`, `TOO_LONG`, `CONTROL_CHARACTER`.
pub fn note(station: &Station, connection: &Connection, asked: Option<&Despite>) -> Result<Option<String>> {
    let Some(asked) = asked else { return Ok(None) };
    let code = lookup::read_code(station, &asked.code)?;
    if lookup::by_code(connection, code.as_str())?.is_none() {
        return Err(ApiError::of(Code::UnknownDossier, "despite.code"));
    }
    let reason = check::despite_reason(&asked.reason)?;
    Ok(Some(format!("Nhận mới dù đã có hồ sơ {code}: {reason}")))
}
